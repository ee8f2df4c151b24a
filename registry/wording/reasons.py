"""The reasons that the program itself gives, in the language of whoever reads them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from registry.records.ledger.reasons import read_reason

from .words import Words

OWN_REASONS: Words = {
    "first-records": _("The first records of this registry"),
    "import": _("Import of %(file)s"),
    "book": _("Entered from a book: %(place)s"),
    "testimony": _("The source of what people tell the registry is made."),
    "submission": _("Submission %(number)s"),
    "account": _("A staff account is made."),
    "taken-back": _("Submission %(number)s was taken back by whoever sent it."),
}


def why_words(reason: str) -> str:
    """Say a reason of the program in the language of the reader; a person's stays as written."""
    own = read_reason(reason)
    return str(OWN_REASONS[own.code]) % own.values if own else reason
