"""The trail of records in the ledger: what each asserted, change by change."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from registry.models import Revision
from registry.records.public.received import MARK, named_now

from .acts import LEFT, Body
from .changes import canonical

Record = tuple[str, str]
"""The name of a subject, and a reference."""
CREDITED = frozenset({"biography", "photograph", "document"})
"""Subjects whose bodies have a credit line."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one change did to one record: its bodies before and after, None where none was.

    `erased` tells that a court had one of them emptied; `unwritten` that the change brought the
    record in and the ledger has no body of it, since nothing has changed it after.
    """

    change: int
    subject: str
    reference: str
    before: Body | None
    after: Body | None
    erased: bool = False
    unwritten: bool = False


@dataclass(slots=True)
class Trail:
    """All that the ledger has of some records, oldest first, and the changes that made them."""

    rows: dict[Record, list[Revision]]
    origins: Mapping[Record, int] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        """Yield every step of every record; those of one record in their order."""
        for record, change in self.origins.items():
            if record not in self.rows:
                yield Step(change, *record, None, None, unwritten=True)
        for record, rows in self.rows.items():
            yield from self._steps(record, rows)

    def _steps(self, record: Record, rows: list[Revision]) -> Iterator[Step]:
        before: Revision | None = None
        if self._began_earlier(record):
            # Of a record that was there before the ledger knew it, the first row is no change.
            before, rows = rows[0], rows[1:]
        last = {row.change_id: row for row in rows}
        for change, row in last.items():
            erased = is_erased(row) or is_erased(before)
            yield Step(change, *record, body_of(before), body_of(row), erased)
            before = row

    def _began_earlier(self, record: Record) -> bool:
        rows = self.rows[record]
        made = self.origins.get(record) == rows[0].change_id
        return not made and len(rows) > 1 and rows[0].change_id == rows[1].change_id

    def known(self, record: Record) -> bool:
        """Tell whether the ledger has a body of the record."""
        return record in self.rows

    def after(self, record: Record, change: int) -> Revision | None:
        """Return the last word on a record after a change; None where it was not there yet."""
        rows = self.rows[record]
        found = [row for row in rows if row.change_id <= change]
        if not found and self._began_earlier(record):
            return rows[0]
        return found[-1] if found else None


def is_erased(row: Revision | None) -> bool:
    """Tell whether a court had the body of a revision emptied."""
    return row is not None and not row.body.text


def body_of(row: Revision | None) -> Body | None:
    """Return what a revision asserts; None where nothing, or where it was emptied."""
    found: dict[str, Any] | None = json.loads(row.body.text) if row and row.body.text else None
    return found


def read_trail(
    records: Mapping[str, Collection[str]], *, origins: Mapping[Record, int] | None = None
) -> Trail:
    """Read all revisions of these records (references by subject), in one query.

    `origins` are the changes that brought records in of which the ledger may have nothing yet.
    """
    wanted = Q(pk__in=())
    for subject, references in records.items():
        if references:
            wanted |= Q(subject=subject, reference__in=list(references))
    rows: dict[Record, list[Revision]] = {}
    found = list(Revision.all_records.filter(wanted).select_related("body").order_by("pk"))
    _name_contributors(found)
    for row in found:
        rows.setdefault((row.subject, row.reference), []).append(row)
    return Trail(rows, origins or {})


def _name_contributors(rows: Iterable[Revision]) -> None:
    """Let credit lines of then name contributors as they wish today; one query, or none."""
    marked = [row for row in rows if row.subject in CREDITED and MARK.search(row.body.text)]
    bodies = [json.loads(row.body.text) for row in marked]
    names = named_now([body["credit"] for body in bodies])
    for row, body, credit in zip(marked, bodies, names, strict=True):
        row.body.text = canonical({**body, "credit": credit})


def records_left(owners: Collection[str]) -> dict[str, set[str]]:
    """Return the records that once were of these (`person:12`), by subject, in one query."""
    found: dict[str, set[str]] = {}
    rows = Revision.all_records.filter(subject=LEFT, reference__in=list(owners))
    for row in rows.select_related("body").order_by("pk"):
        told = body_of(row) or {"subject": "", "references": ()}
        found.setdefault(told["subject"], set()).update(told["references"])
    return found
