"""Merging and splitting, and what came after, undone in any order: never a half state."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from registry.dates import parse_edtf
from registry.models import Change, ChangeKind, Entry, Person, PersonStatus
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY
from registry.records.people.choosing import ChoiceRefused, choose
from registry.records.people.identity import PERSON
from registry.records.people.merging import MergeAsks, MergeRefused
from registry.records.people.splitting import SplitRefused, merged_here, move_entries
from registry.records.undoing.reverting import Undone
from tests.records.joining import (
    ACT,
    asserted,
    chosen,
    ends,
    entries_of,
    entry_of,
    merge,
    relate,
    split,
    undo,
)

pytestmark = pytest.mark.django_db
REFUSED = (MergeRefused, MergeAsks, SplitRefused, ChoiceRefused)


def codes(undone: Undone) -> set[tuple[str, str]]:
    return {(left.subject, left.code) for left in undone.left}


def set_birth(entry: int, year: str) -> None:
    with act(kind=ChangeKind.EDIT, **ACT) as doing:
        doing.touch(ENTRY, entry)
        row = Entry.all_records.get(pk=entry)
        row.birth = parse_edtf(year)
        row.save()


def test_a_later_edit_of_an_entry_goes_back_with_it(make_person: Any) -> None:
    older, younger = make_person(birth=parse_edtf("1891")), make_person(birth=parse_edtf("1892"))
    entry = entry_of(younger)
    change = merge(older, younger)
    set_birth(entry, "1899")
    assert undo(change).left == []
    assert entries_of(younger) == [entry]
    assert Person.all_records.get(pk=younger).birth_edtf == "1899"


def test_two_merges_in_a_chain_are_undone_in_either_order(make_person: Any) -> None:
    first, second, third = (make_person(birth=parse_edtf("1891")) for _ in range(3))
    entry, own = entry_of(third), entry_of(second)
    link = relate(third, first, entry)
    before = asserted()
    inner = merge(second, third)
    between = asserted()
    outer = merge(first, second)
    after = asserted()
    # The link was moved by the inner merge, and would be with oneself after the outer one.
    assert ends(link) == (second, first)

    undone = undo(outer)
    assert (undone.left, asserted()) == ([], between)
    assert undo(undone.change).left == []
    assert asserted() == after

    # The entry has gone on since: whom it came from has none, and leads on.
    assert codes(undo(inner)) == {("entry", "changed-since"), ("person", "no-entries")} | {
        ("relation", "merged-since")
    }
    assert asserted() == after
    assert undo(outer).left == []
    assert undo(inner).left == []
    assert asserted() == before
    assert entries_of(second) == [own]


def test_what_was_split_off_since_stays_where_it_is(make_person: Any) -> None:
    older = make_person(birth=parse_edtf("1891"))
    for year in ("1892", "1893"):
        younger = make_person(birth=parse_edtf(year), person_key="younger")
    stays, goes = entries_of(younger)
    change = merge(older, younger)
    part = split(older, goes).person
    assert codes(undo(change)) == {("entry", "changed-since")}
    assert (entries_of(younger), entries_of(part)) == ([stays], [goes])


def test_a_merge_of_somebody_hidden_since_is_not_undone_by_one_alone(make_person: Any) -> None:
    older, younger, third = (make_person(birth=parse_edtf("1891")) for _ in range(3))
    link = relate(younger, third, entry_of(third))
    choose(person=younger, field="birth", entry=entry_of(younger), **ACT)
    change = merge(older, younger)
    with act(kind=ChangeKind.PUBLISHING, **ACT) as doing:
        doing.touch(PERSON, older)
        Person.all_records.filter(pk=older).update(status="withdrawn", status_by_rule=False)
    before = asserted()
    assert ("entry", "needs-second") in codes(undo(change))
    assert asserted() == before
    assert ends(link) == (older, third)
    assert chosen(older) == {"birth": entries_of(older)[1]}


OPERATIONS = ("merge", "split", "revive", "move", "choose", "edit", "undo")
STEPS = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 99), st.integers(0, 99)),
    min_size=3,
    max_size=9,
)


class Day:
    """Does what a list of numbers says, and passes over what is refused in words."""

    def __init__(self, people: list[int]) -> None:
        self.people = people

    def do(self, name: str, a: int, b: int) -> None:
        try:
            with transaction.atomic():
                getattr(self, name)(a, b)
        except REFUSED:
            pass

    def person(self, number: int) -> int:
        rows = list(Person.all_records.order_by("pk").values_list("pk", flat=True))
        return int(rows[number % len(rows)])

    def merge(self, a: int, b: int) -> None:
        left, right = self.person(a), self.person(b)
        try:
            merge(left, right)
        except MergeAsks as asked:
            sides = [ask.merged if a % 2 else ask.kept[0] for ask in asked.asks]
            answers = {ask.slot: row.entry_id for ask, row in zip(asked.asks, sides, strict=True)}
            merge(left, right, choices=answers)

    def split(self, a: int, b: int) -> None:
        entries = entries_of(self.person(a))
        split(self.person(a), *entries[: 1 + b % 2])

    def revive(self, a: int, b: int) -> None:
        person = self.person(a)
        merged = merged_here(person)
        if merged:
            split(person, *entries_of(person)[-1:], into=merged[b % len(merged)])

    def move(self, a: int, b: int) -> None:
        move_entries(entries=entries_of(self.person(a))[:1], to=self.person(b), **ACT)

    def choose(self, a: int, b: int) -> None:
        person = self.person(a)
        entries = entries_of(person)
        if entries:
            choose(person=person, field="birth", entry=entries[b % len(entries)], **ACT)

    def edit(self, a: int, b: int) -> None:
        entries = list(Entry.all_records.order_by("pk").values_list("pk", flat=True))
        set_birth(entries[a % len(entries)], str(1870 + b))

    def undo(self, a: int, _b: int) -> None:
        rows = Change.all_records.exclude(kind="import").order_by("-pk")
        if rows:
            undo(rows[a % rows.count()])


def assert_whole() -> None:
    merged = Person.all_records.filter(status=PersonStatus.MERGED)
    assert not Entry.all_records.filter(person__in=merged).exists()
    for row in merged:
        assert row.merged_into_id is not None
        assert row.merged_into_id < row.pk
    counted = {pk: len(entries_of(pk)) for pk in Person.all_records.values_list("pk", flat=True)}
    told = dict(Person.all_records.values_list("pk", "entry_count"))
    assert told == counted


@given(steps=STEPS)
@settings(
    max_examples=40,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_nothing_done_in_any_order_leads_to_a_half_state(steps: Any, make_person: Any) -> None:
    with transaction.atomic():
        people = [make_person(birth=parse_edtf("1891"), person_key=f"p{n}") for n in (1, 1, 2, 3)]
        relate(people[0], people[2], entry_of(people[2]))
        relate(people[3], people[0], entry_of(people[3]), "parent")
        day = Day(people)
        for name, a, b in steps:
            before, last = asserted(), Change.all_records.latest("pk").pk
            day.do(name, a, b)
            assert_whole()
            made = Change.all_records.filter(pk__gt=last).first()
            if made is None:
                continue
            # At once undone, all is as it was; undone again, all is as the step has left it.
            after, at_once = asserted(), undo(made)
            if not at_once.left:
                now = asserted()
                assert {key: now.get(key) for key in before} == before
                assert undo(at_once.change).left == []
                assert asserted() == after
            assert_whole()
        transaction.set_rollback(True)
