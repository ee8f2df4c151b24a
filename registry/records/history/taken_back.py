"""What a decision has made public and an undoing took back: no history tells it any more.

A contributor's words are public by a decision alone. Where that was undone they are gone from
every output: from the difference that the decision made, from that of its undoing, and from what
the record was on any day between. What is stated now, whoever brought it, is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from registry.models import Change, ChangeKind
from registry.records.ledger.acts import Body
from registry.records.ledger.trails import Record, Step, Trail, body_of

KEPT = frozenset({"standing", "status", "person_id", "site_id", "source_id", "language", "kind"})
"""What says where a record stands and whose it is, and nothing that somebody sent."""


class TakenBack:
    """What of a trail was decided and undone, in one query."""

    def __init__(self, trail: Trail) -> None:
        steps = [step for step in trail.steps() if step.after is not None]
        undone = _undone_decisions({step.change for step in steps})
        self._made: dict[Record, list[tuple[Body, Body]]] = {}
        for step in steps:
            if step.change in undone and step.after is not None:
                record = (step.subject, step.reference)
                self._made.setdefault(record, []).append((step.before or {}, step.after))
        self._now = {record: body_of(trail.rows[record][-1]) or {} for record in self._made}

    def cleaned(self, step: Step) -> Step:
        """Return a step without what was taken back."""
        record = (step.subject, step.reference)
        before, after = (self.clean(record, body) for body in (step.before, step.after))
        return replace(step, before=before, after=after)

    def clean(self, record: Record, body: Body | None) -> Body | None:
        """Return what a record asserted without what was taken back."""
        made = self._made.get(record)
        if body is None or made is None:
            return body
        now = self._now[record]
        cleaned = {}
        for name, value in body.items():
            told = value
            for before, after in reversed(made if name not in KEPT else ()):
                if before.get(name) != after.get(name):
                    told = _without(told, name, before, after, now)
            cleaned[name] = told
        return cleaned


def _without(value: Any, name: str, before: Body, after: Body, now: Mapping[str, Any]) -> Any:
    """Return a value as it would be had one decision not made it; rows of a list one by one."""
    if isinstance(value, list):
        brought = [row for row in after.get(name, ()) if row not in before.get(name, ())]
        return [row for row in value if row not in brought or row in now.get(name, ())]
    if value != after.get(name) or value == now.get(name):
        return value
    return before.get(name, now.get(name))


def _undone_decisions(changes: Collection[int]) -> set[int]:
    """Return the decisions among these changes that an undoing has taken back, and none returned.

    An undoing that was itself undone took nothing back.
    """
    kinds = (ChangeKind.DECISION, ChangeKind.UNDO)
    rows = Change.all_records.filter(pk__in=changes, kind__in=kinds).order_by("-pk")
    gone: set[int] = set()
    decisions: set[int] = set()
    for pk, kind, undoes in rows.values_list("pk", "kind", "undoes"):
        if pk in gone:
            decisions |= {pk} if kind == ChangeKind.DECISION else set()
        elif kind == ChangeKind.UNDO:
            gone.add(undoes)
    return decisions
