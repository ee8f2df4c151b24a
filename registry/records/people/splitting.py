"""Not the same person: some entries go to a new person, back to an old address, or to another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from registry.models import (
    Change,
    ChangeKind,
    Entry,
    Judgement,
    Person,
    PersonStatus,
    Relation,
    Role,
    Verdict,
)
from registry.records.ledger.acts import Act, act
from registry.records.ledger.snapshots import ENTRY
from registry.records.public.rows import follow_merges, is_shown

from .identity import PERSON
from .judging import THERE, judge_apart, judgements_between
from .relating import RELATION
from .statuses import shows_more


class SplitRefused(ValueError):
    """Entries that do not go elsewhere: `code` says why.

    `unknown`: nobody has this number; `unknown-entry`: an entry is not one of this person;
    `no-entries`, `all-entries`: none or all of them were named; `hidden`: one of both is not
    shown; `shows-more`: what an editor restricted would be shown there; `not-merged-here`: that
    address was not merged into this person; `same-person`;
    `judged-different`: an entry was judged to be about somebody else than an entry there
    (`judgement`).
    """

    def __init__(self, code: str, judgement: Judgement | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.judgement = judgement


@dataclass(frozen=True, slots=True)
class Split:
    """What a split came to: the change, and the person who has the entries now."""

    change: Change
    person: int


def split_person(
    *,
    person: int,
    entries: Collection[int],
    into: int | None = None,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Split:
    """Take entries out of a person: into a new one, or back `into` one who was merged into them.

    That those entries and the rest are about different people is remembered. Biographies,
    photographs and choices stay. Raises SplitRefused.
    """
    with act(kind=ChangeKind.SPLIT, by=by, role=role, reason=reason, now=now) as doing:
        origin = _shown(person)
        leaving, remaining = _parted(origin, entries)
        target = _new_person(doing, origin) if into is None else _revived(doing, origin, into)
        _move(doing, origin.pk, target, leaving)
        judge_apart(doing, leaving, remaining, reason)
    return Split(doing.under, target)


def move_entries(
    *,
    entries: Collection[int],
    to: int,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change:
    """Let some entries of one person be those of another who is shown.

    That they and the rest are about different people is remembered. Raises SplitRefused.
    """
    with act(kind=ChangeKind.SPLIT, by=by, role=role, reason=reason, now=now) as doing:
        origin, target, leaving, remaining = _check_move(entries, to)
        _move(doing, origin.pk, target.pk, leaving)
        judge_apart(doing, leaving, remaining, reason)
    return doing.under


def check_move(*, entries: Collection[int], to: int) -> None:
    """Raise SplitRefused where these entries cannot be those of that person."""
    _check_move(entries, to)


def merged_here(person: int) -> list[int]:
    """Return the numbers of those who were merged into a person, at any remove."""
    found: list[int] = []
    last = [person]
    while last:
        rows = Person.all_records.filter(merged_into__in=last).order_by("pk")
        last = list(rows.values_list("pk", flat=True))
        found += last
    return sorted(found)


def _check_move(entries: Collection[int], to: int) -> tuple[Person, Person, list[int], list[int]]:
    """Return from whom and to whom, which entries leave, and which remain."""
    people = set(Entry.all_records.filter(pk__in=entries).values_list("person", flat=True))
    if not people:
        raise SplitRefused("unknown-entry" if entries else "no-entries")
    origin, target = _shown(min(people)), _shown(to)
    if origin.pk == target.pk:
        raise SplitRefused("same-person")
    if not origin.status_by_rule and shows_more(origin, _decided(target)):
        raise SplitRefused("shows-more")
    leaving, remaining = _parted(origin, entries)
    there = Entry.all_records.filter(person=target).values_list("pk", flat=True)
    for row in judgements_between(leaving, list(there)):
        if row.verdict == Verdict.DIFFERENT:
            raise SplitRefused("judged-different", row)
    return origin, target, leaving, remaining


def _decided(person: Person) -> str:
    """Return the status that an editor decided, or nothing where the rule decides."""
    return "" if person.status_by_rule else str(person.status)


def _shown(person: int) -> Person:
    row: Person | None = Person.all_records.filter(pk=person).first()
    if row is None:
        raise SplitRefused("unknown")
    if not is_shown(row):
        raise SplitRefused("hidden")
    return row


def _parted(origin: Person, entries: Collection[int]) -> tuple[list[int], list[int]]:
    """Return the entries that leave and those that remain; what was reverted counts for none."""
    rows = Entry.all_records.filter(person=origin).filter(standing__in=THERE)
    own = list(rows.order_by("pk").values_list("pk", flat=True))
    if not entries:
        raise SplitRefused("no-entries")
    if set(entries) - set(own):
        raise SplitRefused("unknown-entry")
    remaining = [entry for entry in own if entry not in set(entries)]
    if not remaining:
        raise SplitRefused("all-entries")
    return sorted(set(entries)), remaining


def _standing_of_part(origin: Person) -> dict[str, object]:
    """Return the status of somebody split off: never shown further than the person was."""
    by_hand = not origin.status_by_rule and origin.status == PersonStatus.RESTRICTED
    status = PersonStatus.RESTRICTED if by_hand else PersonStatus.PUBLIC
    return {"status": status, "status_by_rule": not by_hand}


def _new_person(doing: Act, origin: Person) -> int:
    row = Person(**_standing_of_part(origin))
    row.save(force_insert=True)
    doing.add(PERSON, row.pk)
    return row.pk


def _revived(doing: Act, origin: Person, into: int) -> int:
    """Let the address of somebody merged into this person live again."""
    if into == origin.pk:
        raise SplitRefused("same-person")
    if not Person.all_records.filter(pk=into).exists():
        raise SplitRefused("unknown")
    if follow_merges([into])[into] != origin.pk:
        raise SplitRefused("not-merged-here")
    doing.touch(PERSON, into)
    Person.all_records.filter(pk=into).update(merged_into=None, **_standing_of_part(origin))
    return into


def _move(doing: Act, origin: int, target: int, entries: Sequence[int]) -> None:
    """Hand entries over, and the links they state."""
    doing.touch(ENTRY, *entries)
    Entry.all_records.filter(pk__in=entries).update(person=target)
    doing.conclude({origin, target})
    ends = Relation.all_records.filter(Q(person=origin) | Q(other=origin), entry__in=entries)
    links = list(ends.order_by("pk"))
    here = Relation.all_records.filter(Q(person=target) | Q(other=target), entry__in=entries)
    known = {(row.entry_id, row.person_id, row.other_id, row.kind) for row in here}
    doing.touch(RELATION, *(row.pk for row in links))
    for row in links:
        row.person_id = target if row.person_id == origin else row.person_id
        row.other_id = target if row.other_id == origin else row.other_id
        same = (row.entry_id, row.person_id, row.other_id, row.kind)
        if row.person_id != row.other_id and same not in known:
            row.save(update_fields=["person", "other"])
