"""What came to hang on people whose entries an undoing takes away: it follows, or is named.

Undoing a split says that two people are one after all. What was written meanwhile about the
one who is no more is about the other, as in a merge; but what that one already has, or whom to
believe, nobody has decided, and it stays where it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from registry.models import Entry, Revision
from registry.records.conclusions.saying import by_id
from registry.records.ledger.acts import Act
from registry.records.ledger.snapshots import ENTRY
from registry.records.people.merge_rules import MERGE_RULES, MergeRule, Treatment, rows_of

HANGING = {
    name: rule
    for name, rule in MERGE_RULES.items()
    if rule.subject is not None and rule.subject is not ENTRY
}
"""Relations of a person whose rows the ledger keeps, but the entries."""
Came = tuple[str, str]
"""The name of a subject, and a reference."""


def without_entries(people: Collection[int]) -> list[int]:
    """Return those of these people who have no entry in use, sorted."""
    used = Entry.all_records.get_queryset().in_use().filter(person__in=people).order_by()
    return sorted(set(people) - set(used.values_list("person", flat=True)))


def look_after(
    doing: Act, left: Mapping[int, int | None], *, since: int
) -> tuple[list[Came], list[Came]]:
    """Let what came to these people after a change follow their entries; return what did.

    `left` says to whom all the entries of each have gone, if to anyone. The second list is what
    stays: a biography where the other has one in its language, what the other has already, and
    every choice, since whom to believe of more entries is another question.
    """
    came: dict[Came, None] = {}
    stays: dict[Came, None] = {}
    for name, rule in HANGING.items():
        _table, column = rows_of(name)
        for record, row in _since(name, rule, left, since):
            there = left[getattr(row, column)]
            if there is None or not _follows(doing, name, rule, row, there):
                stays[record] = None
            else:
                came[record] = None
    return list(came), [record for record in stays if record not in came]


def _follows(doing: Act, name: str, rule: MergeRule, row: Any, there: int) -> bool:
    """Hand one row over, unless it would stand there twice or link somebody with themself."""
    if rule.reference is not None or (rule.other_end and getattr(row, rule.other_end) == there):
        return False
    table, column = rows_of(name)
    rows = table._base_manager
    if _identity(rule, row) in {_identity(rule, own) for own in rows.filter(**{column: there})}:
        return False
    doing.touch(rule.subject, row.pk)  # type: ignore[arg-type]  # as it stands in `HANGING`
    rows.filter(pk=row.pk).update(**{column: there})
    return True


def _identity(rule: MergeRule, row: Any) -> tuple[Any, ...]:
    """Return by what a person has a row already."""
    if rule.treatment is Treatment.ASKED:
        return (rule.slot(row),)
    return tuple(getattr(row, column) for column in rule.same)


def _since(
    name: str, rule: MergeRule, people: Collection[int], change: int
) -> Iterator[tuple[Came, Any]]:
    """Yield the rows of a relation that were written after a change."""
    assert rule.subject is not None  # noqa: S101 (as it stands in `HANGING`)
    subject = rule.subject.name
    table, column = rows_of(name)
    own: dict[str, Any] = {}
    for row in by_id(table._base_manager.filter(**{f"{column}__in": people}, **rule.live)):
        own[rule.reference(row.person_id, row) if rule.reference else str(row.pk)] = row
    if not own:
        return
    written = Revision.all_records.filter(subject=subject, reference__in=list(own)).order_by()
    found = set(written.filter(change__gt=change).values_list("reference", flat=True))
    for reference, row in own.items():
        if reference in found:
            yield (subject, reference), row
