"""What an undoing left as it is, in words: for the desk, and for the report of a command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.records.ledger.snapshots import DATE_PARTS

from .reverting import Left, Undone

DATE_ENDS = tuple(f"_{part}" for part in DATE_PARTS)
LEFT_WORDS: dict[str, Any] = {
    "changed-since": _("something came after; it is not overwritten"),
    "erased": _("it was emptied for good; it cannot come back"),
    "needs-second": _("one alone neither shows what was hidden nor suppresses"),
    "no-entries": _("nobody is shown again without entries; they went elsewhere since"),
    "has-entries": _("who has entries is not joined with another again"),
    "merged-since": _("it belongs to someone who was joined with another since"),
    "left-alone": _("it came since; whom it is about has no entry any more, and nobody sees it"),
    "came-along": _("it came since; it goes with the entries it is about"),
    "in-use": _("others use it since"),
    "file-gone": _("its file was erased"),
    "conflict": _("something else stands in its place"),
    "term-gone": _("its term is there no more"),
    "withdrawn": _("whoever sent it has taken it back"),
}
SUBJECT_WORDS: dict[str, Any] = {
    "term": _("term"),
    "spelling": _("spelling"),
    "source": _("source"),
    "site": _("place"),
    "entry": _("entry"),
    "person": _("person"),
    "relation": _("link"),
    "choice": _("choice"),
    "judgement": _("judgement"),
    "photograph": _("photograph"),
    "document": _("scan"),
    "biography": _("biography"),
    "proposal": _("proposal"),
    "submission": _("submission"),
    "account": _("account"),
}


@dataclass(frozen=True, slots=True)
class LeftLine:
    """One record that stays in whole or in part: what it is, the codes of fields, and why."""

    record: str
    fields: tuple[str, ...]
    why: str


def left_lines(results: Iterable[Undone]) -> list[LeftLine]:
    """Return what stays of all results, each line once."""
    return _lines(left for result in results for left in result.left)


def along_lines(results: Iterable[Undone]) -> list[LeftLine]:
    """Return what goes along with what was undone, each line once."""
    return _lines(left for result in results for left in result.along)


def _lines(of: Iterable[Left]) -> list[LeftLine]:
    lines = (
        LeftLine(
            f"{SUBJECT_WORDS.get(left.subject, left.subject)} {left.reference}",
            tuple(dict.fromkeys(_fields(left))),
            str(LEFT_WORDS.get(left.code, left.code)),
        )
        for left in of
    )
    return list(dict.fromkeys(lines))


def _fields(left: Left) -> Iterable[str]:
    """Yield the names of fields: a date by its own and not by its columns."""
    for column in left.fields:
        name = column.removesuffix("_id")
        yield name.rpartition("_")[0] if name.endswith(DATE_ENDS) else name
