"""Splitting: into a new person, back to an old address, to another; and what is remembered."""

from __future__ import annotations

from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import Entry, Judgement, Person, PersonStatus, Verdict
from registry.records.people.choosing import choose
from registry.records.people.judging import JudgementRefused, judge_entries
from registry.records.people.merging import MergeRefused
from registry.records.people.splitting import SplitRefused, merged_here, move_entries
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


@pytest.fixture
def joint(make_person: Any) -> int:
    """Somebody with three entries."""
    for year in ("1891", "1892", "1893"):
        person: int = make_person(birth=parse_edtf(year), person_key="joint")
    return person


def verdicts() -> set[tuple[int, int, str]]:
    return set(Judgement.all_records.values_list("left", "right", "verdict"))


def test_some_entries_go_to_a_new_person(joint: int, make_person: Any) -> None:
    first, second, third = entries_of(joint)
    other = make_person()
    stated, kept = relate(joint, other, second), relate(joint, other, first)
    before = asserted()
    done = split(joint, second)
    assert entries_of(done.person) == [second]
    assert entries_of(joint) == [first, third]
    row = Person.all_records.get(pk=done.person)
    assert (row.birth_edtf, row.entry_count, row.status_by_rule) == ("1892", 1, True)
    assert (ends(stated), ends(kept)) == ((done.person, other), (joint, other))
    assert verdicts() == {(first, second, "different"), (second, third, "different")}
    with pytest.raises(MergeRefused) as refused:
        merge(joint, done.person)
    assert refused.value.code == "judged-different"
    after = asserted()
    undone = undo(done.change)
    gone = f"person {done.person}"
    assert undone.left == []
    assert {key: body for key, body in asserted().items() if key != gone} == before
    assert undo(undone.change).left == []
    assert asserted() == after


def test_an_old_address_lives_again(make_person: Any) -> None:
    older, younger, youngest = (make_person(birth=parse_edtf("1891")) for _ in range(3))
    entry = entry_of(youngest)
    merge(younger, youngest)
    merge(older, younger)
    assert merged_here(older) == [younger, youngest]
    before = asserted()
    done = split(older, entry, into=youngest)
    assert done.person == youngest
    row = Person.all_records.get(pk=youngest)
    assert (row.status_by_rule, row.merged_into, row.entry_count) == (True, None, 1)
    undone = undo(done.change)
    assert (undone.left, asserted()) == ([], before)


def test_a_choice_that_believed_what_has_left_stays_and_counts_for_nothing(joint: int) -> None:
    second = entries_of(joint)[1]
    choose(person=joint, field="birth", entry=second, **ACT)
    assert Person.all_records.get(pk=joint).birth_edtf == "1892"
    split(joint, second)
    assert chosen(joint) == {"birth": second}
    assert Person.all_records.get(pk=joint).birth_edtf == "1891"


def test_who_is_split_off_is_shown_no_further_than_the_person_was(joint: int) -> None:
    rows = Person.all_records.filter(pk=joint)
    rows.update(status=PersonStatus.RESTRICTED, status_by_rule=False)
    part = Person.all_records.get(pk=split(joint, entries_of(joint)[0]).person)
    assert (part.status, part.status_by_rule) == ("restricted", False)


def test_entries_move_to_somebody_else(joint: int, make_person: Any) -> None:
    other = make_person()
    first, second, third = entries_of(joint)
    before = asserted()
    change = move_entries(entries=[second], to=other, **ACT)
    assert second in entries_of(other)
    assert verdicts() == {(first, second, "different"), (second, third, "different")}
    with pytest.raises(SplitRefused) as refused:
        move_entries(entries=[second], to=joint, **ACT)
    assert refused.value.code == "judged-different"
    assert refused.value.judgement is not None
    undone = undo(change)
    assert (undone.left, asserted()) == ([], before)


def test_a_link_between_the_two_stays_what_the_entry_states(joint: int, make_person: Any) -> None:
    other, entry = make_person(), entries_of(joint)[1]
    between, twice = relate(joint, other, entry), relate(joint, other, entry, "parent")
    known = relate(other, joint, entry_of(other))
    move_entries(entries=[entry], to=other, **ACT)
    assert [ends(row) for row in (between, twice, known)] == [
        (joint, other), (joint, other), (other, joint),
    ]  # fmt: skip


def test_what_was_restricted_by_hand_does_not_move_to_where_it_is_shown(
    joint: int, make_person: Any
) -> None:
    other, entry = make_person(), entries_of(joint)[0]
    for by_rule, code in ((False, "shows-more"), (True, "")):
        rows = Person.all_records.filter(pk=joint)
        rows.update(status=PersonStatus.RESTRICTED, status_by_rule=by_rule)
        if code:
            with pytest.raises(SplitRefused, match=f"^{code}$"):
                move_entries(entries=[entry], to=other, **ACT)
        else:
            move_entries(entries=[entry], to=other, **ACT)


def test_what_is_refused(joint: int, make_person: Any) -> None:
    other = make_person()
    entries = entries_of(joint)

    def code(person: int, *named: int, into: int | None = None) -> str:
        with pytest.raises(SplitRefused) as refused:
            split(person, *named, into=into)
        return refused.value.code

    assert code(joint) == "no-entries"
    assert code(joint, *entries) == "all-entries"
    assert code(joint, entry_of(other)) == "unknown-entry"
    assert code(joint + 100, entries[0]) == "unknown"
    assert code(joint, entries[0], into=other) == "not-merged-here"
    assert code(joint, entries[0], into=other + 100) == "unknown"
    assert code(joint, entries[0], into=joint) == "same-person"
    Person.all_records.filter(pk=joint).update(status="withdrawn", status_by_rule=False)
    assert code(joint, entries[0]) == "hidden"
    with pytest.raises(SplitRefused, match="hidden"):
        move_entries(entries=entries[:1], to=other, **ACT)


def test_a_question_is_asked_once(joint: int, make_person: Any) -> None:
    entry, other = entries_of(joint)[0], entry_of(make_person())

    def code(left: int, right: int, verdict: str = "unsure") -> str:
        with pytest.raises(JudgementRefused) as refused:
            judge_entries(left=left, right=right, verdict=verdict, **ACT)
        return refused.value.code

    assert code(entry, other, "same") == "unknown-verdict"
    assert code(entry, entry) == "same-entry"
    assert code(entry, other + 100) == "unknown"
    assert code(entry, entries_of(joint)[1]) == "one-person"
    change = judge_entries(left=other, right=entry, verdict="unsure", **ACT)
    assert code(entry, other, "different") == "asked-already"
    undo(change)
    assert verdicts() == set()
    judge_entries(left=entry, right=other, verdict="different", **ACT)
    assert verdicts() == {(entry, other, "different")}


def test_unsure_is_settled_by_a_split(make_person: Any) -> None:
    one, other = make_person(), make_person()
    left, right = entry_of(one), entry_of(other)
    judge_entries(left=left, right=right, verdict="unsure", **ACT)
    merge(one, other)
    done = split(one, right, into=other)
    assert verdicts() == {(left, right, Verdict.DIFFERENT)}
    undo(done.change)
    assert verdicts() == {(left, right, Verdict.UNSURE)}


def test_what_was_reverted_counts_for_no_entry(joint: int) -> None:
    entries = entries_of(joint)
    Entry.all_records.filter(pk=entries[0]).update(standing="reverted")
    with pytest.raises(SplitRefused, match="all-entries"):
        split(joint, *entries[1:])
