"""Undoing: any act, at once or years later, back to what the records asserted before it.

Where nothing came after, every record asserts exactly what it did. Where something did, what
can be undone is, field by field, and the rest is listed and never overwritten. An undoing is
an act like any other, and can be undone itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction

from registry.models import (
    Change,
    ChangeKind,
    Entry,
    Person,
    PersonStatus,
    Revision,
    Role,
    Standing,
)

from .acts import Act, Body, CannotRestore, act
from .changes import canonical
from .choosing import CHOICE
from .effects import Effect, effects_of
from .people import PERSON
from .snapshots import ENTRY, as_told, set_standing
from .statuses import shows_more
from .subjects import SUBJECTS

ENDS = ("person_id", "other_id")
"""Columns that say whose a record is."""


class ChangeUnknown(LookupError):
    """The ledger has no change of this number."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was not undone: the record, its fields, and the code of why.

    `changed-since`: something came after; `erased`: a court had it emptied; `needs-second`:
    showing what was hidden, or suppressing, is never one person's act; `no-entries`, `has-entries`,
    `merged-since`: a merge or split came between; `in-use`, `conflict`, `term-gone`, `file-gone`;
    `withdrawn`: a contributor took it back.
    """

    subject: str
    reference: str
    fields: tuple[str, ...]
    code: str


@dataclass(slots=True)
class Undone:
    """What an undoing came to; `change` is None when nothing could be undone."""

    of: int
    change: Change | None = None
    records: int = 0
    left: list[Left] = field(default_factory=list)


def undo_change(
    *,
    change: int,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
    show_hidden: bool = False,
) -> Undone:
    """Undo one change, in one transaction and as one change of its own.

    `show_hidden` lets it show again whom the change has hidden, which the desk decides by two
    people. Raises ChangeUnknown.
    """
    found = Change.all_records.filter(pk=change).first()
    if found is None:
        raise ChangeUnknown(change)
    result = Undone(of=change)
    with act(kind=ChangeKind.UNDO, by=by, role=role, reason=reason, now=now, undoes=found) as doing:
        for effects in effects_of(found):
            _Undoing(doing, effects, result, show_hidden=show_hidden).run()
            result.records += sum(len(own) for own in doing.settle().values())
    result.change = doing.change
    return result


def preview_undo(*, change: int, by: AbstractBaseUser | None, role: Role, now: datetime) -> Undone:
    """Tell what undoing a change would come to, and change nothing. Raises ChangeUnknown."""
    return preview_changes(changes=[change], by=by, role=role, now=now)[0]


def undo_changes(
    *,
    changes: Collection[int],
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
    show_hidden: bool = False,
) -> list[Undone]:
    """Undo a set of changes, the newest first, all in one transaction; each is one change.

    Raises ChangeUnknown.
    """
    with transaction.atomic():
        return [
            undo_change(
                change=change, by=by, role=role, reason=reason, now=now, show_hidden=show_hidden
            )
            for change in sorted(set(changes), reverse=True)
        ]


def undo_account(
    *,
    account: AbstractBaseUser,
    since: datetime,
    until: datetime | None = None,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
    show_hidden: bool = False,
) -> list[Undone]:
    """Undo all that an account did since a moment (before `until`), as `undo_changes` does.

    Erasures stay: what was really erased cannot come back.
    """
    return undo_changes(
        changes=changes_of(account=account, since=since, until=until),
        by=by,
        role=role,
        reason=reason,
        now=now,
        show_hidden=show_hidden,
    )


def changes_of(
    *, account: AbstractBaseUser, since: datetime, until: datetime | None = None
) -> list[int]:
    """Return what an account did since a moment (before `until`), oldest first, no erasures."""
    made = Change.all_records.filter(by=account, at__gte=since).exclude(kind=ChangeKind.ERASURE)
    if until is not None:
        made = made.filter(at__lt=until)
    return list(made.order_by("pk").values_list("pk", flat=True))


def preview_changes(
    *,
    changes: Collection[int],
    by: AbstractBaseUser | None,
    role: Role,
    now: datetime,
    show_hidden: bool = False,
) -> list[Undone]:
    """Tell what undoing a set of changes would come to, and change nothing."""
    with transaction.atomic():
        results = undo_changes(
            changes=changes, by=by, role=role, reason="?", now=now, show_hidden=show_hidden
        )
        transaction.set_rollback(True)
    return results


class _Undoing:
    """One piece of an undoing: what of it can be done, and the doing of it."""

    def __init__(
        self, doing: Act, effects: Sequence[Effect], result: Undone, *, show_hidden: bool
    ) -> None:
        self.doing = doing
        self.effects = effects
        self.result = result
        self.show_hidden = show_hidden
        self.now: dict[tuple[str, str], Body] = {}
        self.then: dict[int, str] = {}
        self.choosers: dict[str, set[int]] = {}

    def run(self) -> None:
        """Restore what can be, records before those that hang on them, and list the rest."""
        for name, subject in SUBJECTS.items():
            own = [effect.reference for effect in self.effects if effect.subject.name == name]
            found = self.doing.touch(subject, *own)
            self.now.update({(name, reference): body for reference, body in found.items()})
        plans = [plan for effect in self.effects if (plan := self._plan(effect))]
        self.then, self.choosers = _statuses(plans), _choosers(plans)
        clashing = []
        for plan in sorted(self._stand_or_fall(plans), key=_Plan.turn):
            code = self._forbidden(plan)
            if code:
                self._leave(plan.effect, (), code)
            elif not self._restore([plan]):
                clashing.append(plan)
        # What stands in each other's way is taken away first, and put back together.
        if clashing and not self._restore(clashing, anew=True):
            for plan in clashing:
                self._leave(plan.effect, (), "conflict")

    def _plan(self, effect: Effect) -> _Plan | None:
        """Return what the record is to assert again, if that is any change."""
        current = self.now.get((effect.subject.name, effect.reference))
        if effect.erased:
            self._leave(effect, (), "erased")
            return None
        if canonical(current) == canonical(effect.after):
            return _Plan(effect, effect.before)
        if current is None or effect.after is None or effect.before is None:
            if canonical(current) != canonical(effect.before):
                self._leave(effect, (), "changed-since")
            return None
        return self._merge(effect, effect.before, effect.after, as_told(current))

    def _merge(self, effect: Effect, before: Body, after: Body, current: Body) -> _Plan | None:
        """Take back, group by group, what still stands as the change has left it."""
        was, made, now = _told_apart(before), _told_apart(after), _told_apart(current)
        groups: dict[str, list[_Place]] = {}
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
        if left:
            self._leave(effect, tuple(sorted(left)), "changed-since")
        return _Plan(effect, _told_together(target)) if target != now else None

    def _stand_or_fall(self, plans: Sequence[_Plan]) -> list[_Plan]:
        """Let entries come and go that differ in nothing else, all at once; return the others.

        An import that is reverted is thousands of them.
        """
        others, standings = [], dict[str, list[int]]()
        for plan in plans:
            now = self.now.get((ENTRY.name, plan.effect.reference), {})
            standing = Standing.REVERTED.value
            if plan.effect.subject is ENTRY and plan.target is not None:
                standing = plan.target["standing"]
                if canonical({**now, "standing": standing}) != canonical(plan.target):
                    others.append(plan)
                    continue
            elif plan.effect.subject is not ENTRY:
                others.append(plan)
                continue
            standings.setdefault(standing, []).append(int(plan.effect.reference))
        for standing, entries in standings.items():
            set_standing(entries, standing)
        return others

    def _forbidden(self, plan: _Plan) -> str:
        """Return the code of why a plan would leave a half state, or nothing."""
        subject, reference, target = plan.effect.subject, plan.effect.reference, plan.target
        if subject is CHOICE:
            # What moved with a merge is one choice more here and one less there.
            return self._forbidden_place(self.choosers[reference.partition(":")[2]])
        if target is None:
            return ""
        if subject is ENTRY:
            here = self.now[ENTRY.name, reference]["person_id"]
            return self._forbidden_entry(here, target["person_id"])
        if subject is PERSON:
            return _forbidden_person(int(reference), target["status"], self.show_hidden)
        now = self.now.get((subject.name, reference), {})
        there = {int(target[end]) for end in ENDS if target.get(end)}
        return self._forbidden_place(there - {now.get(end) for end in ENDS})

    def _forbidden_place(self, people: Collection[int]) -> str:
        """Nothing goes back to someone who stays merged: nobody would find it there."""
        asked = [person for person in people if self.then.get(person) != PersonStatus.MERGED]
        merged = Person.all_records.filter(pk__in=asked, status=PersonStatus.MERGED)
        return "merged-since" if asked and merged.exists() else ""

    def _forbidden_entry(self, here: int, there: int) -> str:
        """An entry may not go back to someone who stays merged, nor out of hiding by one alone."""
        if there == here:
            return ""
        people = Person.all_records.in_bulk([here, there])
        row, other = people[here], people[there]
        then = self.then.get(there, "" if other.status_by_rule else other.status)
        if then == PersonStatus.MERGED:
            return "merged-since"
        if self.show_hidden or not shows_more(row, then):
            return ""
        decided = Revision.all_records.filter(subject=PERSON.name, reference=str(here))
        return "needs-second" if decided.filter(change__gt=self.result.of).exists() else ""

    def _restore(self, plans: Sequence[_Plan], *, anew: bool = False) -> bool:
        """Let records assert again what they are to; tell whether the database took it."""
        try:
            with transaction.atomic():
                for plan in plans if anew else ():
                    plan.effect.subject.write(plan.effect.reference, None, self.doing)
                for plan in plans:
                    plan.effect.subject.write(plan.effect.reference, plan.target, self.doing)
        except CannotRestore as refused:
            for plan in plans:
                self._leave(plan.effect, (), refused.code)
        except IntegrityError:
            return False
        return True

    def _leave(self, effect: Effect, fields: tuple[str, ...], code: str) -> None:
        self.result.left.append(Left(effect.subject.name, effect.reference, fields, code))


_Place = tuple[str, str]
"""A field of a body, and the key within it where it is a table of its own."""


def _told_apart(body: Body) -> dict[_Place, Any]:
    """Return a body with each key of its tables told by itself, as each is said by itself."""
    found: dict[_Place, Any] = {}
    for name, value in body.items():
        found[name, ""] = {} if isinstance(value, Mapping) else value
        if isinstance(value, Mapping):
            found.update({(name, str(key)): own for key, own in value.items()})
    return found


def _told_together(places: Mapping[_Place, Any]) -> Body:
    """Return the body again."""
    body = {name: value for (name, key), value in places.items() if not key}
    for (name, key), value in places.items():
        if key:
            body[name] = {**(body[name] or {}), key: value}
    return body


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a record is to assert again; nothing (None) where the change has made it."""

    effect: Effect
    target: Body | None

    def turn(self) -> tuple[bool, int]:
        """What comes back comes before what hangs on it; what goes goes last, and after it."""
        order = list(SUBJECTS).index(self.effect.subject.name)
        return (True, -order) if self.target is None else (False, order)


def _statuses(plans: Sequence[_Plan]) -> dict[int, str]:
    """Return the statuses that people have once these plans are done."""
    return {
        int(plan.effect.reference): plan.target["status"]
        for plan in plans
        if plan.effect.subject is PERSON and plan.target is not None
    }


def _choosers(plans: Sequence[_Plan]) -> dict[str, set[int]]:
    """Return, by the field of a choice, the people for whom it will be believed."""
    found: dict[str, set[int]] = {}
    for plan in plans:
        if plan.effect.subject is CHOICE:
            person, _, field = plan.effect.reference.partition(":")
            own = found.setdefault(field, set())
            if plan.target is not None:
                own.add(int(person))
    return found


def _forbidden_person(person: int, status: str, show_hidden: bool) -> str:
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
