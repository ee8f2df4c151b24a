"""What a contributor is asked: the values of each kind of part, and the pages they stand on.

Values of a person and of a fact have the names of the columns of the entry table, so that what
is accepted is read as an import would read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from registry.models import PartKind, SubmissionKind

NAME = ("family_name", "given_name", "patronymic", "other_names")
LONGEST = 20_000
"""Characters of one value: a life of ten pages."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the form: its code, and the values it asks for.

    `of` is the kind of part the values belong to; None where they belong to the submission
    itself. `needed` tells that without it nothing can be sent.
    """

    code: str
    values: tuple[str, ...]
    of: PartKind | None = PartKind.PERSON
    needed: bool = False


WHO = Page("who", (*NAME, "sex"), needed=True)
ABOUT_A_PERSON = (
    Page("birth", ("birth_date", "birth_place")),
    Page("life", ("nationality", "occupation", "residence", "education", "party")),
    Page(
        "repression",
        (
            "arrest_date", "arrest_place", "charge", "sentencing_body", "sentence_date",
            "sentence", "stays", "release_date",
        ),
    ),
    Page(
        "death",
        (
            "fate", "execution_date", "death_date", "death_place", "death_cause", "burial_place",
        ),
    ),
    Page("rehabilitation", ("rehabilitation_date", "rehabilitated_by")),
    Page("family", ("relatives",)),
    Page("more", ("archive_file", "comment")),
)  # fmt: skip
HOW = Page("how", ("knowledge", "how", "cites"), of=None, needed=True)
FILES = Page("files", ("rights",), of=None)
YOU = Page("you", ("credit", "credit_name", "contact"), of=None)
BIOGRAPHY = Page("story", ("language", "title", "text"), of=PartKind.BIOGRAPHY, needed=True)
SITE = Page(
    "place", ("name", "kind", "where", "coordinates", "text"), of=PartKind.SITE, needed=True
)
FIGURE = Page("figure", ("measure", "low", "high", "note"), of=PartKind.FIGURE, needed=True)
TAKEDOWN = Page("wish", ("what", "why", "kin", "where"), of=PartKind.TAKEDOWN, needed=True)
FACT = Page("fact", (), of=PartKind.FACT, needed=True)
"""What it asks for depends on the fact: see `FACT_VALUES`."""

PAGES: Mapping[SubmissionKind, tuple[Page, ...]] = {
    SubmissionKind.PERSON: (WHO, HOW, *ABOUT_A_PERSON, FILES, YOU),
    SubmissionKind.ADDITION: (HOW, *ABOUT_A_PERSON, FILES, YOU),
    SubmissionKind.CORRECTION: (FACT, HOW, FILES, YOU),
    SubmissionKind.BIOGRAPHY: (BIOGRAPHY, HOW, FILES, YOU),
    SubmissionKind.FILES: (HOW, FILES, YOU),
    SubmissionKind.SITE: (SITE, HOW, FIGURE, FILES, YOU),
    SubmissionKind.TAKEDOWN: (TAKEDOWN, YOU),
}
"""The pages of each kind, in the order in which they are offered."""

_DATED = {"birth", "death", "arrest", "execution", "release"}
FACT_VALUES: Mapping[str, tuple[str, ...]] = {
    "name": NAME,
    **{name: (f"{name}_date",) for name in sorted(_DATED)},
    "burial": ("burial_place",),
    "rehabilitation": ("rehabilitation_date", "rehabilitated_by", "rehabilitation_outcome"),
    "roles": ("role",),
    "note": ("comment",),
    **{
        name: (name,)
        for name in (
            "sex", "birth_place", "age", "nationality", "party", "category", "citizenship",
            "social_origin", "education", "occupation", "residence", "relatives", "archive_file",
            "basis", "comment", "fate", "death_place", "death_cause", "stays", "arrested_by",
            "arrest_place", "arrest_circumstances", "charge", "articles", "operation",
            "sentencing_body", "sentence_date", "sentence", "execution_place",
        )
    },
}  # fmt: skip
"""The values by which each fact of a person, or of an episode, is corrected."""
DATES = frozenset(
    {
        "birth_date", "death_date", "arrest_date", "execution_date", "release_date",
        "sentence_date", "rehabilitation_date",
    }
)  # fmt: skip
ANSWERS = frozenset({*HOW.values, *FILES.values, "credit", "credit_name"})
"""What is said once for all parts: columns of the submission."""


_FIELD = re.compile(r"(?:episode:[1-9][0-9]?\.)?([a-z_]+)", re.ASCII)


def is_fact(field: str) -> bool:
    """Tell whether a field names a fact that can be corrected: `birth`, `episode:2.arrest`."""
    found = _FIELD.fullmatch(field)
    return found is not None and found.group(1) in FACT_VALUES


def fact_name(field: str) -> str:
    """Return the fact a field is about: `arrest` of `episode:2.arrest`."""
    return field.rpartition(".")[2]


def values_of(kind: str, field: str = "") -> frozenset[str]:
    """Return the names of the values a part of this kind can have."""
    if kind == PartKind.FACT:
        return frozenset(FACT_VALUES.get(fact_name(field), ()))
    asking = (WHO, *ABOUT_A_PERSON, BIOGRAPHY, SITE, FIGURE, TAKEDOWN)
    pages = [page for page in asking if page.of == kind]
    return frozenset(value for page in pages for value in page.values)
