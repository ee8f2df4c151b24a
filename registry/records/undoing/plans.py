"""Plans of an undoing: what each record is to assert again, told apart field by field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from registry.models import Entry, Person, PersonStatus
from registry.records.ledger.acts import OWNERS, Act, Body, in_batches
from registry.records.ledger.changes import canonical
from registry.records.ledger.snapshots import ENTRY, as_told
from registry.records.people.choosing import CHOICE
from registry.records.people.identity import PERSON
from registry.records.people.statuses import shows_more

from .effects import Effect
from .subjects import SUBJECTS

ENDS = ("person_id", "other_id")
"""Columns that say whose a record is."""
Place = tuple[str, str]
"""A field of a body, and the key within it where it is a table of its own."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a record is to assert again; nothing (None) where the change has made it."""

    effect: Effect
    target: Body | None

    def turn(self) -> tuple[bool, int]:
        """What comes back comes before what hangs on it; what goes goes last, and after it."""
        order = list(SUBJECTS).index(self.effect.subject.name)
        return (True, -order) if self.target is None else (False, order)


def same_record(current: Body | None, after: Body | None) -> bool:
    """Tell whether a record says what it did, whosever it is by now.

    Merging and splitting hand records over, and say nothing else of them.
    """
    if current is None or after is None:
        return False
    return _whosever(current) == _whosever(after)


def _whosever(body: Body) -> str:
    return canonical({name: value for name, value in body.items() if name not in OWNERS})


def take_back(effect: Effect, current: Body) -> tuple[Body, tuple[str, ...]]:
    """Return what a record asserts without what a change has said, and the fields that stay.

    Group by group, what still stands as the change has left it is taken back.
    """
    was, made = _told_apart(effect.before or {}), _told_apart(effect.after or {})
    now = _told_apart(as_told(current))
    groups: dict[str, list[Place]] = {}
    for place in was.keys() | made.keys():
        groups.setdefault(effect.subject.group(".".join(filter(None, place))), []).append(place)
    target, left = dict(now), set[str]()
    for places in groups.values():
        if all(was.get(place) == made.get(place) for place in places):
            continue
        if all(now.get(place) == made.get(place) for place in places):
            target = {place: own for place, own in target.items() if place not in places}
            target.update({place: was[place] for place in places if place in was})
        elif any(now.get(place) != was.get(place) for place in places):
            left.update(
                name for name, key in places if was.get((name, key)) != made.get((name, key))
            )
    return _told_together(target), tuple(sorted(left))


def moved_only(plan: Plan, now: Body) -> tuple[str, int, int] | None:
    """Return how an entry is to stand, whose it is and is to be, if no more of it is to change.

    An import that is reverted is thousands of those, and a merge that is undone some.
    """
    if plan.effect.subject is not ENTRY:
        return None
    here: int = now["person_id"]
    if plan.target is None:
        return "", here, here
    standing, there = plan.target["standing"], plan.target["person_id"]
    if canonical({**now, "standing": standing, "person_id": there}) != canonical(plan.target):
        return None
    return standing, here, there


def write_plans(plans: Sequence[Plan], doing: Act) -> None:
    """Let records assert what they are to, those of one kind that stand together at once."""
    for _name, own in groupby(plans, lambda plan: plan.effect.subject.name):
        some = list(own)
        bodies = {plan.effect.reference: plan.target for plan in some}
        some[0].effect.subject.write_all(bodies, doing)


def ends_of(plans: Iterable[Plan]) -> set[int]:
    """Return the people whose the records are to be."""
    targets = [plan.target for plan in plans if plan.target is not None]
    return {int(target[end]) for target in targets for end in ENDS if target.get(end)}


def merged_of(people: Collection[int]) -> set[int]:
    """Return those of these people who were merged with others."""
    found: set[int] = set()
    for own in in_batches(sorted(map(str, people))):
        rows = Person.all_records.filter(pk__in=own, status=PersonStatus.MERGED).order_by()
        found.update(rows.values_list("pk", flat=True))
    return found


def statuses_then(plans: Sequence[Plan]) -> dict[int, str]:
    """Return the statuses that people have once these plans are done."""
    return {
        int(plan.effect.reference): plan.target["status"]
        for plan in plans
        if plan.effect.subject is PERSON and plan.target is not None
    }


def governor_lost(effects: Sequence[Effect], left: Iterable[Any]) -> str:
    """Return the code of why a record that governs the others cannot come back, or nothing.

    What a decision brought is public by that decision alone: it goes by itself, where the
    submission has been withdrawn since, and comes back only with it.
    """
    codes = {(one.subject, one.reference): one.code for one in left}
    governing = (one for one in effects if one.subject.governs and one.before is not None)
    found = (codes.get((one.subject.name, one.reference), "") for one in governing)
    return next(filter(None, found), "")


def choosers_then(plans: Sequence[Plan]) -> dict[str, set[int]]:
    """Return, by the field of a choice, the people for whom it will be believed."""
    found: dict[str, set[int]] = {}
    for plan in plans:
        if plan.effect.subject is CHOICE:
            person, _, field = plan.effect.reference.partition(":")
            own = found.setdefault(field, set())
            if plan.target is not None:
                own.add(int(person))
    return found


def forbidden_person(person: int, status: str, show_hidden: bool) -> str:
    """Nobody is left without entries, merged with some, or shown by one alone."""
    own = Person.all_records.get(pk=person)
    has_entries = Entry.all_records.filter(person=own).exists()
    merged = status == PersonStatus.MERGED
    if own.status == PersonStatus.MERGED and not merged and not has_entries:
        return "no-entries"
    if merged and has_entries:
        return "has-entries"
    suppresses = status == PersonStatus.SUPPRESSED != own.status
    alone = not show_hidden and (suppresses or shows_more(own, status))
    return "needs-second" if alone else ""


def _told_apart(body: Body) -> dict[Place, Any]:
    """Return a body with each key of its tables told by itself, as each is said by itself."""
    found: dict[Place, Any] = {}
    for name, value in body.items():
        found[name, ""] = {} if isinstance(value, Mapping) else value
        if isinstance(value, Mapping):
            found.update({(name, str(key)): own for key, own in value.items()})
    return found


def _told_together(places: Mapping[Place, Any]) -> Body:
    """Return the body again."""
    body = {name: value for (name, key), value in places.items() if not key}
    for (name, key), value in places.items():
        if key:
            body[name] = {**(body[name] or {}), key: value}
    return body
