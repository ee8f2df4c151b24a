"""Undoing: any act, at once or years later, back to what the records asserted before it.

Where nothing came after, every record asserts exactly what it did. Where something did, what
can be undone is, field by field, and the rest is listed and never overwritten. An undoing is
an act like any other, and can be undone itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain, groupby
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.functional import cached_property

from registry.models import (
    Change,
    ChangeKind,
    Person,
    PersonStatus,
    Revision,
    Role,
    Standing,
)
from registry.records.ledger.acts import Act, Body, CannotRestore, act, in_batches
from registry.records.ledger.changes import canonical
from registry.records.ledger.snapshots import ENTRY, set_person, set_standing
from registry.records.people.choosing import CHOICE
from registry.records.people.identity import PERSON
from registry.records.people.statuses import shows_more

from .effects import Effect, effects_of
from .following import look_after, without_entries
from .plans import (
    ENDS,
    Plan,
    choosers_then,
    ends_of,
    forbidden_person,
    governor_lost,
    merged_of,
    moved_only,
    same_record,
    statuses_then,
    take_back,
    write_plans,
)
from .subjects import SUBJECTS


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
    """What an undoing came to; `change` is None when nothing could be undone.

    `left` is what stays, `along` what came after and was handed over with what it hangs on.
    """

    of: int
    change: Change | None = None
    records: int = 0
    left: list[Left] = field(default_factory=list)
    along: list[Left] = field(default_factory=list)


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
    return _undo(change, show_hidden=show_hidden, by=by, role=role, reason=reason, now=now)


def _undo(change: int, *, show_hidden: bool, concludes: bool = True, **how: Any) -> Undone:
    found = Change.all_records.filter(pk=change).first()
    if found is None:
        raise ChangeUnknown(change)
    result = Undone(of=change)
    with act(kind=ChangeKind.UNDO, undoes=found, **how) as doing:
        doing.concludes = concludes
        for effects in effects_of(found, read=partial(_touched, doing)):
            _Undoing(doing, effects, result, show_hidden=show_hidden).run()
            result.records += sum(len(own) for own in doing.settle().values())
    result.change = doing.change
    return result


def _touched(doing: Act, entries: Sequence[str]) -> dict[str, Body]:
    return doing.touch(ENTRY, *entries)


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
    """Tell what undoing a set of changes would come to, and change nothing.

    Nobody is concluded again meanwhile, which is most of the work: whom the rule about the
    living would show or hide in between is left as it is now. Raises ChangeUnknown.
    """
    how: dict[str, Any] = {"by": by, "role": role, "reason": "?", "now": now}
    with transaction.atomic():
        results = [
            _undo(change, show_hidden=show_hidden, concludes=False, **how)
            for change in sorted(set(changes), reverse=True)
        ]
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
        self.plans: list[Plan] = []
        self.then: dict[int, str] = {}
        self.choosers: dict[str, set[int]] = {}
        self.moved: dict[int, int] = {}

    def run(self) -> None:
        """Restore what can be and list the rest; nothing without the record that governs it."""
        known = len(self.result.left)
        with transaction.atomic():
            self._run()
            code = governor_lost(self.effects, self.result.left[known:])
            transaction.set_rollback(bool(code))
        if code:
            self.result.along.clear()
            del self.result.left[known:]
            for effect in self.effects:
                self._leave(effect, (), code)

    def _run(self) -> None:
        """Restore records before those that hang on them."""
        for name, subject in SUBJECTS.items():
            own = [effect.reference for effect in self.effects if effect.subject.name == name]
            found = self.doing.touch(subject, *own)
            self.now.update({(name, reference): body for reference, body in found.items()})
        self.plans = plans = [plan for effect in self.effects if (plan := self._plan(effect))]
        self.then, self.choosers = statuses_then(plans), choosers_then(plans)
        clashing: list[Plan] = []
        turns = groupby(sorted(self._stand_or_move(plans), key=Plan.turn), Plan.turn)
        for _turn, together in turns:
            allowed = [plan for plan in together if not self._is_forbidden(plan)]
            # All of one kind at once, and one by one where the database does not take them so.
            if allowed and not self._restore(allowed):
                clashing += [plan for plan in allowed if not self._restore([plan], alone=True)]
        # What stands in each other's way is taken away first, and put back together.
        if clashing and not self._restore(clashing, anew=True):
            for plan in clashing:
                self._leave(plan.effect, (), "conflict")
        self._look_after_who_is_left()

    def _plan(self, effect: Effect) -> Plan | None:
        """Return what the record is to assert again, if that is any change."""
        current = self.now.get((effect.subject.name, effect.reference))
        if effect.erased:
            self._leave(effect, (), "erased")
            return None
        if current is effect.after or canonical(current) == canonical(effect.after):
            return Plan(effect, effect.before)
        if effect.before is None and same_record(current, effect.after):
            # What the change has made is found where it is now, and taken away there.
            return Plan(effect, None)
        if current is None or effect.after is None or effect.before is None:
            if canonical(current) != canonical(effect.before):
                self._leave(effect, (), "changed-since")
            return None
        target, left = take_back(effect, current)
        if left:
            self._leave(effect, left, "changed-since")
        return Plan(effect, target) if canonical(target) != canonical(current) else None

    def _stand_or_move(self, plans: Sequence[Plan]) -> list[Plan]:
        """Let entries come, go and move that differ in nothing else, all at once.

        Returns the plans that remain.
        """
        others, alike = [], dict[tuple[str, int, int], list[Plan]]()
        for plan in plans:
            now = self.now.get((plan.effect.subject.name, plan.effect.reference), {})
            moves = moved_only(plan, now)
            if moves is None:
                others.append(plan)
            else:
                alike.setdefault(moves, []).append(plan)
        standings: dict[str, list[int]] = {}
        for (standing, here, there), own in alike.items():
            entries = [int(plan.effect.reference) for plan in own]
            code = self._forbidden_entry(here, there)
            if code:
                for plan in own:
                    self._leave(plan.effect, (), code)
                continue
            standings.setdefault(standing or Standing.REVERTED.value, []).extend(entries)
            if here != there:
                set_person(entries, there)
                self.moved[here] = there
        for standing, entries in standings.items():
            set_standing(entries, standing)
        return others

    def _is_forbidden(self, plan: Plan) -> bool:
        code = self._forbidden(plan)
        if code:
            self._leave(plan.effect, (), code)
        return bool(code)

    def _forbidden(self, plan: Plan) -> str:
        """Return the code of why a plan would leave a half state, or nothing."""
        subject, reference, target = plan.effect.subject, plan.effect.reference, plan.target
        if subject is CHOICE:
            # What moved with a merge is one choice more here and one less there.
            return self._forbidden_place(self.choosers[reference.partition(":")[2]])
        if target is None:
            return ""
        if subject is ENTRY:
            here, there = self.now[ENTRY.name, reference]["person_id"], target["person_id"]
            code = self._forbidden_entry(here, there)
            if here != there and not code:
                self.moved[here] = there
            return code
        if subject is PERSON:
            return forbidden_person(int(reference), target["status"], self.show_hidden)
        now = self.now.get((subject.name, reference), {})
        return self._forbidden_place(ends_of([plan]) - {now.get(end) for end in ENDS})

    def _forbidden_place(self, people: Collection[int]) -> str:
        """Nothing goes back to someone who stays merged: nobody would find it there."""
        asked = {person for person in people if self.then.get(person) != PersonStatus.MERGED}
        return "merged-since" if asked & self._merged else ""

    @cached_property
    def _merged(self) -> set[int]:
        """Those of the people named who are merged; asked when all of them are what they will be.

        People come before what hangs on them.
        """
        return merged_of({*ends_of(self.plans), *chain(*self.choosers.values())})

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

    def _restore(self, plans: Sequence[Plan], *, alone: bool = False, anew: bool = False) -> bool:
        """Let records assert again what they are to; tell whether the database took it."""
        try:
            with transaction.atomic():
                for plan in plans if anew else ():
                    plan.effect.subject.write(plan.effect.reference, None, self.doing)
                write_plans(plans, self.doing)
        except CannotRestore as refused:
            if not (alone or anew):
                return False
            for plan in plans:
                self._leave(plan.effect, (), refused.code)
        except IntegrityError:
            return False
        return True

    def _look_after_who_is_left(self) -> None:
        """What came since to whoever has no entry in use now follows the entries, or is listed."""
        bodies = [body for (name, _), body in self.now.items() if name == ENTRY.name]
        for some in in_batches(sorted({str(body["person_id"]) for body in bodies})):
            left = {
                person: self.moved.get(person)
                for person in without_entries([int(person) for person in some])
            }
            if left:
                came, stays = look_after(self.doing, left, since=self.result.of)
                self.result.along += [Left(*record, (), "came-along") for record in came]
                self.result.left += [Left(*record, (), "left-alone") for record in stays]

    def _leave(self, effect: Effect, fields: tuple[str, ...], code: str) -> None:
        self.result.left.append(Left(effect.subject.name, effect.reference, fields, code))
