"""The fields of an entry by their paths, in words: `repressions.2.arrest`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import codes

PARTS: dict[str, Promise] = {
    "names": _("Name"),
    "repressions": _("Repression"),
    "rulings": _("Decision afterwards"),
    "stays": _("Place of confinement"),
    "roles": _("Post or act"),
    "passage": _("Passage"),
}
"""One of the rows that belong to an entry."""
OF_PARTS: dict[str, Promise] = {
    "family": _("Surname"),
    "given": _("Given name"),
    "patronymic": _("Patronymic"),
    "full": _("Name as printed"),
    "kind": _("Kind"),
    "language": _("Language"),
    "script": _("Script"),
    "article_codes": _("Articles recognised"),
    "execution_site": _("Memorial site of the execution"),
    "episode": _("Number of the repression in the life"),
    "body": _("Body"),
    "ground": _("Ground"),
    "scope": _("Scope"),
    "text": _("Text"),
    "place": _("Place"),
    "site": _("Memorial site"),
    "locator": _("Page, or place in the source"),
}
"""Fields of rows, and what the desk calls otherwise than readers do."""


def path_words(path: str) -> str:
    """Name a field of an entry by its path: `Repression 2, Arrested`."""
    told: list[str] = []
    for step in path.split("."):
        if step.isdecimal() and told:
            told[-1] += f" {step}"
        else:
            told.append(str(PARTS.get(step) or OF_PARTS.get(step) or codes.word("field", step)))
    return ", ".join(told)
