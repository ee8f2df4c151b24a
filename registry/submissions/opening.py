"""From a receipt to its submission: a wrong one is told as slowly and in the same words."""

from __future__ import annotations

from registry.models import Submission

from .receipts import finder_of, matches, pretend, read_receipt


class ReceiptUnknown(LookupError):
    """No submission has this receipt; nothing tells whether its beginning was right."""


def open_by_receipt(text: str) -> int:
    """Return the submission whose receipt this is.

    Raises ReceiptMistyped where the digits cannot be a receipt at all, and ReceiptUnknown.
    """
    digits = read_receipt(text)
    row = Submission.all_records.filter(finder=finder_of(digits)).first()
    if row is None:
        pretend(digits)
        raise ReceiptUnknown
    if not matches(digits, bytes(row.receipt_salt), bytes(row.receipt_hash)):
        raise ReceiptUnknown
    return int(row.pk)
