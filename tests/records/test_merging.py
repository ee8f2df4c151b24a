"""Merging two people: what moves, what stays, what is asked, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from registry.dates import parse_edtf
from registry.models import (
    Biography,
    Change,
    Choice,
    Entry,
    Judgement,
    Person,
    PersonKey,
    PersonStatus,
    Repression,
)
from registry.records.drafts.entries import RepressionDraft
from registry.records.people.biographies import BiographyDraft, write_biography
from registry.records.people.choosing import choose
from registry.records.people.identity import people_by_key
from registry.records.people.judging import judge_entries
from registry.records.people.merge_rules import MERGE_RULES
from registry.records.people.merging import MergeAsks, MergeRefused, plan_merge
from registry.records.people.statuses import propose_suppressing
from registry.records.public.rows import follow_merges
from tests.records.joining import ACT, asserted, chosen, ends, entry_of, merge, relate, undo

pytestmark = pytest.mark.django_db


def test_every_field_and_relation_of_a_person_has_its_rule() -> None:
    named = {field.name for field in Person._meta.get_fields()}
    assert named - MERGE_RULES.keys() == set(), "registry/records/people/merge_rules.py"
    assert MERGE_RULES.keys() - named == set()


def test_entries_move_to_the_older_address_and_all_is_concluded_again(make_person: Any) -> None:
    older = make_person(birth=parse_edtf("1891"), fate="умер", person_key="a")
    younger = make_person(death=parse_edtf("1938-03-04"), occupation="кузнец", person_key="b")
    merge(younger, older)
    kept, gone = Person.all_records.get(pk=older), Person.all_records.get(pk=younger)
    assert (kept.entry_count, kept.birth_edtf, kept.death_edtf) == (2, "1891", "1938-03-04")
    assert (gone.status, gone.merged_into_id, gone.entry_count) == ("merged", older, 0)
    assert set(Entry.all_records.values_list("person", flat=True)) == {older}
    assert PersonKey.all_records.get(key="b").person_id == younger
    assert people_by_key(["a", "b"]) == {"a": older, "b": older}


def test_undone_at_once_all_is_as_it_was(make_person: Any) -> None:
    older, younger, third = (make_person(birth=parse_edtf("1891")) for _ in range(3))
    relate(younger, third, entry_of(third))
    before = asserted()
    change = merge(older, younger)
    after = asserted()
    undone = undo(change)
    assert undone.left == []
    assert asserted() == before
    assert undo(undone.change).left == []
    assert asserted() == after


def test_links_move_on_both_ends_unless_double_or_with_oneself(make_person: Any) -> None:
    older, younger, third = (make_person() for _ in range(3))
    stated = entry_of(third)
    moves, back = relate(younger, third, stated), relate(third, younger, stated, "parent")
    double = relate(younger, third, stated, "colleague")
    relate(older, third, stated, "colleague")
    oneself = relate(older, younger, stated)
    merge(older, younger)
    assert ends(moves) == (older, third)
    assert ends(back) == (third, older)
    assert ends(double) == (younger, third)
    assert ends(oneself) == (older, younger)


def test_an_import_after_a_merge_finds_whom_the_key_leads_to(
    make_person: Any, django_assert_num_queries: Any
) -> None:
    first, second, third = (make_person(person_key=key) for key in "abc")
    merge(second, third)
    merge(first, second)
    assert make_person(person_key="c") == first
    with django_assert_num_queries(3):
        assert follow_merges([third, second, first]) == dict.fromkeys((first, second, third), first)


def test_what_is_refused(make_person: Any) -> None:
    one, other, third = (make_person() for _ in range(3))

    def code(left: int, right: int) -> str:
        with pytest.raises(MergeRefused) as refused:
            merge(left, right)
        return refused.value.code

    assert code(one, one) == "same-person"
    assert code(one, third + 100) == "unknown"
    Person.all_records.filter(pk=third).update(status=PersonStatus.WITHDRAWN, status_by_rule=False)
    assert code(one, third) == code(third, one) == "hidden"
    merge(one, other)
    assert code(one, other) == "merged-already"
    assert Change.all_records.filter(kind="merge").count() == 1


def test_what_was_judged_different_is_not_merged_until_that_is_undone(make_person: Any) -> None:
    one, other = make_person(), make_person()
    judged = judge_entries(left=entry_of(other), right=entry_of(one), verdict="different", **ACT)
    with pytest.raises(MergeRefused) as refused:
        merge(one, other)
    assert refused.value.code == "judged-different"
    assert refused.value.judgement == Judgement.all_records.get()
    assert judged is not None
    undo(judged)
    merge(one, other)


def test_choices_come_along_and_where_both_chose_it_is_asked(make_person: Any) -> None:
    older = make_person(birth=parse_edtf("1891"), sex="m")
    younger = make_person(birth=parse_edtf("1893"), sex="m", death=parse_edtf("1938"))
    mine, theirs = entry_of(older), entry_of(younger)
    for person, field, entry in (
        (older, "birth", mine), (younger, "birth", theirs), (younger, "death", theirs),
    ):  # fmt: skip
        choose(person=person, field=field, entry=entry, **ACT)
    before = asserted()
    with pytest.raises(MergeAsks) as asked:
        merge(older, younger)
    [ask] = asked.value.asks
    assert (ask.relation, ask.slot) == ("choices", "birth")
    assert asserted() == before
    with pytest.raises(MergeRefused, match="no-answer"):
        merge(older, younger, choices={"birth": mine + theirs})

    change = merge(older, younger, choices={"birth": mine})
    assert chosen(older) == {"birth": mine, "death": theirs}
    assert Person.all_records.get(pk=older).birth_edtf == "1891"
    undone = undo(change)
    assert (undone.left, asserted()) == ([], before)

    change = merge(older, younger, choices={"birth": theirs})
    assert chosen(older) == {"birth": theirs, "death": theirs}
    assert Person.all_records.get(pk=older).birth_edtf == "1893"
    undone = undo(change)
    assert (undone.left, asserted()) == ([], before)


@pytest.mark.parametrize(
    ("kept", "merged", "shown"),
    [
        (None, None, ("public", True)),
        (None, "restricted", ("restricted", False)),
        ("restricted", "public", ("restricted", False)),
        ("public", None, ("public", True)),
        ("public", "public", ("public", False)),
    ],
)
def test_nobody_is_shown_further_than_was_said_of_both(
    make_person: Any, kept: str | None, merged: str | None, shown: tuple[str, bool]
) -> None:
    people = [make_person(death=parse_edtf("1938")) for _ in range(2)]
    for person, status in zip(people, (kept, merged), strict=True):
        if status:
            rows = Person.all_records.filter(pk=person)
            rows.update(status=status, status_by_rule=False)
    merge(*people)
    row = Person.all_records.get(pk=people[0])
    assert (row.status, row.status_by_rule) == shown


def test_a_plan_changes_nothing(make_person: Any) -> None:
    one, other = make_person(), make_person()
    before = asserted()
    plan = plan_merge(left=other, right=one)
    assert (plan.kept.pk, plan.merged.pk, plan.asks) == (one, other, ())
    assert asserted() == before


def biography(person: int, language: str, title: str) -> int:
    draft = BiographyDraft(person, language, title, "Выдуманная жизнь.", ("invented-book",))
    write_biography(draft=draft, **ACT)
    key: int = Biography.all_records.get(person=person, language=language).pk
    return key


def lives(person: int) -> dict[str, str]:
    rows = Biography.all_records.filter(person=person)
    return dict(rows.values_list("language", "title"))


def test_biographies_come_along_and_where_both_have_one_it_is_asked(make_person: Any) -> None:
    older, younger = make_person(), make_person()
    mine, theirs = biography(older, "ru", "Одна"), biography(younger, "ru", "Другая")
    biography(younger, "uk", "Третя")
    before = asserted()
    with pytest.raises(MergeAsks) as asked:
        merge(older, younger)
    assert [(ask.relation, ask.slot) for ask in asked.value.asks] == [("biographies", "ru")]
    for answer, shown, hidden in ((mine, "Одна", "Другая"), (theirs, "Другая", "Одна")):
        change = merge(older, younger, biographies={"ru": answer})
        after = asserted()
        assert lives(older) == {"ru": shown, "uk": "Третя"}
        assert lives(younger) == {"ru": hidden}
        # Both change places again, although nobody may have two in one language.
        undone = undo(change)
        assert (undone.left, asserted()) == ([], before)
        again = undo(undone.change)
        assert (again.left, asserted()) == ([], after)
        assert undo(again.change).left == []
        assert asserted() == before


def test_a_repression_that_both_chose_for_is_asked_and_others_are_not(make_person: Any) -> None:
    def arrested(day: str) -> int:
        person: int = make_person(repressions=(RepressionDraft(arrest=parse_edtf(day)),))
        return person

    older, younger, third = (arrested(day) for day in ("1937-11-05", "1937-11-07", "1930-01-01"))
    for person in (older, younger, third):
        choose(person=person, field="episode:1.arrest", entry=entry_of(person), **ACT)
    theirs, apart = entry_of(younger), entry_of(third)
    merge(older, third)
    assert Choice.all_records.filter(person=older, superseded_by__isnull=True).count() == 2
    with pytest.raises(MergeAsks) as asked:
        merge(older, younger)
    [ask] = asked.value.asks
    assert ask.slot == f"episode:1.arrest:{theirs}"
    merge(older, younger, choices={ask.slot: theirs})
    live = Choice.all_records.filter(person=older, superseded_by__isnull=True)
    assert {row.entry_id for row in live} == {theirs, apart}


def test_episodes_numbered_on_both_sides_are_one_only_by_their_dates(make_person: Any) -> None:
    def numbered(*days: str) -> int:
        rows = (RepressionDraft(arrest=parse_edtf(d), episode=n) for n, d in enumerate(days, 1))
        person: int = make_person(repressions=tuple(rows))
        return person

    older, younger = numbered("1937-11-05"), numbered("1931-02-01", "1937-11-06")
    before = asserted()
    change = merge(older, younger)
    rows = Repression.all_records.order_by("entry", "position").values_list("episode", flat=True)
    assert list(rows) == [1, 3, 1]
    undone = undo(change)
    assert (undone.left, asserted()) == ([], before)


def test_nothing_is_merged_while_a_proposal_is_open(make_person: Any) -> None:
    one, other = make_person(), make_person()
    account = User.objects.create(username="invented")
    propose_suppressing(person=other, **{**ACT, "by": account})
    with pytest.raises(MergeRefused, match="proposal-open"):
        merge(one, other)
