"""One act on the records: what it touches is kept in the ledger before and after.

Every editor's act has one shape: begin it, touch what will change, change it. At the end what
differs is written to the ledger, and the people concerned are concluded again, all in one
transaction. What differs in nothing leaves no trace. That is all that undoing needs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from registry.models import Change, ChangeKind, Revision, Role

from .changes import Snapshot, begin_change, canonical, keep_revisions
from .refreshing import refresh_people

Body = Mapping[str, Any]
"""What one record asserts, as plain data that JSON can hold (dates as ISO text)."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of record that the ledger keeps.

    `read` maps references to the bodies of those that exist. `write` makes a record assert a
    body again, or nothing (None), under the act given; it raises `CannotRestore`. `people` are
    those concluded from a record and its body, `origins` the changes that brought records in
    of which the ledger may have nothing yet (imports). `group` names the fields that are only
    ever restored together; a field is a group of its own unless it says otherwise. `together`
    writes many records at once, where that takes less than one after another. Where a record of
    a kind that `governs` cannot come back, nothing does that was undone with it.
    """

    name: str
    read: Callable[[Sequence[str]], dict[str, Body]]
    write: Callable[[str, Body | None, Act], None]
    people: Callable[[str, Body], Iterable[int]] = lambda _reference, _body: ()
    origins: Callable[[Sequence[str]], Mapping[str, int]] = lambda _references: {}
    group: Callable[[str], str] = lambda field: field
    together: Callable[[Mapping[str, Body | None], Act], None] | None = None
    governs: bool = False

    def write_all(self, bodies: Mapping[str, Body | None], doing: Act) -> None:
        """Make records, by their references, assert bodies again, or nothing, as `write` does."""
        if self.together is not None:
            self.together(bodies, doing)
            return
        for reference, body in bodies.items():
            self.write(reference, body, doing)


class CannotRestore(Exception):
    """A record cannot assert again what it did: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Act:
    """What is being done under one Change; `change` is None once it came to nothing.

    One that is only tried, and taken back whatever comes of it, need not conclude anybody again:
    `concludes` is false then.
    """

    def __init__(self, *, change: Change, now: datetime) -> None:
        self.change: Change | None = change
        self.now = now
        self.has_effect = False
        self.concludes = True
        self._before: dict[Subject, dict[str, Body | None]] = {}
        self._people: set[int] = set()

    @property
    def under(self) -> Change:
        """The change, for the rows that refer to it."""
        if self.change is None:
            raise RuntimeError("the act came to nothing")
        return self.change

    def touch(self, subject: Subject, *references: object) -> dict[str, Body]:
        """Remember what these records assert, before they change; return it where they exist.

        Records of one kind are best touched together: the number of queries is that of one.
        """
        known = self._before.setdefault(subject, {})
        missing = [ref for ref in dict.fromkeys(map(str, references)) if ref not in known]
        found = subject.read(missing) if missing else {}
        known.update({reference: found.get(reference) for reference in missing})
        own = {str(reference): known[str(reference)] for reference in references}
        return {reference: body for reference, body in own.items() if body is not None}

    def add(self, subject: Subject, *references: object) -> None:
        """Note records that this act has made."""
        self._before.setdefault(subject, {}).update({str(ref): None for ref in references})

    def conclude(self, people: Collection[int]) -> None:
        """Have these people concluded again at the end."""
        self._people.update(people)

    def conclude_now(self) -> None:
        """Conclude again whoever is due, so that nobody refers to what is no longer so.

        They stay due till the act settles: what comes of this may be taken back with a savepoint.
        """
        if self._people:
            refresh_people(self._people, now=self.now)

    def settle(self) -> dict[str, dict[str, tuple[Body | None, Body | None]]]:
        """Write what differs to the ledger, conclude again, and begin to remember anew.

        Returns, by the name of the subject and the reference, the bodies before and after. An
        act that touches very much settles now and then, so that its memory does not grow.
        """
        changed: dict[str, dict[str, tuple[Body | None, Body | None]]] = {}
        kept: list[tuple[Change | int, Snapshot]] = []
        for subject, before in self._before.items():
            after = subject.read(list(before))
            own = {
                reference: (body, after.get(reference))
                for reference, body in before.items()
                if canonical(body) != canonical(after.get(reference))
            }
            if own:
                changed[subject.name] = own
                kept += self._told(subject, own)
        keep_revisions(kept)
        self.has_effect = self.has_effect or bool(changed)
        self._before.clear()
        if self.concludes:
            self.conclude_now()
        self._people.clear()
        return changed

    def _told(
        self, subject: Subject, changed: Mapping[str, tuple[Body | None, Body | None]]
    ) -> list[tuple[Change | int, Snapshot]]:
        """Return what the ledger is to keep of these records, and after which change."""
        known = revised(subject, list(changed))
        first = {
            reference: before
            for reference, (before, _) in changed.items()
            if before is not None and reference not in known
        }
        origins = subject.origins(list(first)) if first else {}
        kept: list[tuple[Change | int, Snapshot]] = [
            (origins.get(reference, self.under), Snapshot(subject.name, reference, body))
            for reference, body in first.items()
        ]
        kept += [
            (self.under, Snapshot(subject.name, reference, after))
            for reference, (_, after) in changed.items()
        ]
        kept += [(self.under, snapshot) for snapshot in partings(subject, changed)]
        for reference, bodies in changed.items():
            for body in bodies:
                if body is not None:
                    self._people.update(subject.people(reference, body))
        return kept


_TOGETHER: ContextVar[Act | None] = ContextVar("together", default=None)


@contextmanager
def together(doing: Act) -> Iterator[None]:
    """Make the acts begun in here parts of this one: under its Change, and undone with it.

    Each settles as it ends, so that the next sees what it has concluded.
    """
    token = _TOGETHER.set(doing)
    try:
        yield
    finally:
        _TOGETHER.reset(token)


@contextmanager
def act(
    *,
    kind: ChangeKind,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
    undoes: Change | None = None,
) -> Iterator[Act]:
    """Do one act in one transaction; afterwards `change` tells whether anything came of it.

    Raises ValueError when no reason is given; whatever is raised inside takes all back. Within
    `together` it is a part of that act, whose kind and reason stand in the ledger.
    """
    whole = _TOGETHER.get()
    if whole is not None:
        yield whole
        whole.settle()
        return
    with transaction.atomic():
        change = begin_change(kind=kind, by=by, role=role, reason=reason, now=now, undoes=undoes)
        doing = Act(change=change, now=now)
        yield doing
        doing.settle()
        if not doing.has_effect:
            transaction.set_rollback(True)
            doing.change = None


LEFT = "left"
"""The kind of what is kept of a person or a place that records are no longer of."""
OWNERS = {
    "person_id": "person", "other_id": "person", "merged_into": "person", "site_id": "site",
}  # fmt: skip
"""Columns that say whose a record is, and what they refer to."""


def owners_of(body: Body | None) -> set[str]:
    """Return whose a record is: `person:12`, `site:3`."""
    told = body or {}
    return {f"{kind}:{told[name]}" for name, kind in OWNERS.items() if told.get(name)}


def partings(
    subject: Subject, changed: Mapping[str, tuple[Body | None, Body | None]]
) -> list[Snapshot]:
    """Return what has left whom, so that the history of either finds it without a search.

    What is there now is found by its own columns; what has gone elsewhere, or away, by this.
    """
    found: dict[str, list[str]] = {}
    for reference, (before, after) in changed.items():
        for owner in owners_of(before) - owners_of(after):
            found.setdefault(owner, []).append(reference)
    return [
        Snapshot(LEFT, owner, {"subject": subject.name, "references": references})
        for owner, references in sorted(found.items())
    ]


REFERENCES = 500
"""References asked for in one query: SQLite takes so many values and not many more."""


def revised(subject: Subject, references: Sequence[str]) -> set[str]:
    """Return those of the references of which the ledger has a revision."""
    found: set[str] = set()
    for own in in_batches(references):
        rows = Revision.all_records.filter(subject=subject.name, reference__in=own).order_by()
        found.update(rows.values_list("reference", flat=True).distinct())
    return found


def in_batches(references: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut references into pieces that one query takes."""
    for start in range(0, len(references), REFERENCES):
        yield references[start : start + REFERENCES]
