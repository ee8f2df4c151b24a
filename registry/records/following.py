"""What came to hang on people whose entries an undoing takes away: it follows, or is named.

Undoing a split says that two people are one after all. What was written meanwhile about the
one who is no more is about the other, as in a merge; but what that one already has, or whom to
believe, nobody has decided, and it stays where it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from registry.models import Entry, Revision

from .acts import Act
from .merge_rules import MERGE_RULES, MergeRule, Treatment, rows_of
from .snapshots import ENTRY

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


def came_since(people: Collection[int], change: int) -> list[Came]:
    """Return what hangs on these people and was written after a change."""
    return [
        (subject, reference)
        for name, rule in HANGING.items()
        for subject, reference, _row in _since(name, rule, people, change)
    ]


def bring_along(doing: Act, *, here: int, there: int, since: int) -> list[Came]:
    """Let what came to one person since a change follow all their entries to another.

    Returns what did. A biography stays where the other has one in its language, so does what
    the other has already, and every choice: whom to believe of more entries is another question.
    """
    came: dict[Came, None] = {}
    for name, rule in HANGING.items():
        if rule.reference is not None:
            continue
        table, column = rows_of(name)
        rows = table._base_manager.filter(**{column: there})
        taken = {_identity(rule, row) for row in rows}
        for subject, reference, row in list(_since(name, rule, [here], since)):
            with_self = rule.other_end and getattr(row, rule.other_end) == there
            if _identity(rule, row) in taken or with_self:
                continue
            doing.touch(rule.subject, reference)  # type: ignore[arg-type]  # these have one
            table._base_manager.filter(pk=row.pk).update(**{column: there})
            came[subject, reference] = None
    return list(came)


def _identity(rule: MergeRule, row: Any) -> tuple[Any, ...]:
    """Return by what a person has a row already."""
    if rule.treatment is Treatment.ASKED:
        return (rule.slot(row),)
    return tuple(getattr(row, column) for column in rule.same)


def _since(
    name: str, rule: MergeRule, people: Collection[int], change: int
) -> Iterator[tuple[str, str, Any]]:
    """Yield the rows of a relation that were written after a change."""
    subject = rule.subject
    assert subject is not None  # noqa: S101 (as it stands in `HANGING`)
    table, column = rows_of(name)
    own: dict[str, Any] = {}
    for row in table._base_manager.filter(**{f"{column}__in": people}, **rule.live).order_by("pk"):
        own[rule.reference(row.person_id, row) if rule.reference else str(row.pk)] = row
    for reference in _written_since(subject.name, list(own), change):
        yield subject.name, reference, own[reference]


def _written_since(subject: str, references: Sequence[str], change: int) -> list[str]:
    rows = Revision.all_records.filter(subject=subject, reference__in=references)
    found = set(rows.filter(change__gt=change).order_by().values_list("reference", flat=True))
    return [reference for reference in references if reference in found]
