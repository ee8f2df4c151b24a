"""Undoing: back to the identical snapshot, and never over what came after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from registry.dates import parse_edtf
from registry.models import Change, ChangeKind, Entry, Person, Role, Source, Standing, Term
from registry.records import TermDraft, put_terms, withdraw_source
from registry.records.catalogue.terms import SPELLING, TERM, assign_spelling, edit_term
from registry.records.drafts.readings import DateReading
from registry.records.entries.editing import correct_reading, discredit
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY, as_told
from registry.records.undoing.effects import count_records, count_settled
from registry.records.undoing.reverting import preview_undo, undo_account, undo_change
from tests.databases import NOW

pytestmark = pytest.mark.django_db
ACT = {"by": None, "role": Role.EDITOR, "now": NOW}


def undo(change: Change | None) -> Any:
    assert change is not None
    return undo_change(change=change.pk, reason="wrong", **ACT)


def entry_of(person: int) -> Entry:
    return Entry.all_records.get(person=person)


def body_of(entry: Entry) -> dict[str, Any]:
    return as_told(ENTRY.read([str(entry.pk)])[str(entry.pk)])


def set_birth(entry: Entry, edtf: str, **more: Any) -> Change | None:
    with act(kind=ChangeKind.EDIT, reason="read again", **ACT) as doing:
        doing.touch(ENTRY, entry.pk)
        row = Entry.all_records.get(pk=entry.pk)
        row.birth = parse_edtf(edtf)
        for name, value in more.items():
            setattr(row, name, value)
        row.save()
    return doing.change


def test_an_edit_is_undone_to_the_identical_snapshot(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1891"))
    entry = entry_of(person)
    before = body_of(entry)
    result = undo(set_birth(entry, "1892", occupation="кузнец"))
    assert (result.records, result.left) == (1, [])
    assert body_of(entry) == before
    assert Person.all_records.get(pk=person).birth_edtf == "1891"
    again = undo(result.change)
    assert again.left == []
    assert body_of(entry)["occupation"] == "кузнец"
    assert Person.all_records.get(pk=person).birth_edtf == "1892"


def test_what_differs_in_nothing_leaves_no_trace(make_person: Any) -> None:
    entry = entry_of(make_person(birth=parse_edtf("1891")))
    count = Change.all_records.count()
    assert set_birth(entry, "1891") is None
    assert Change.all_records.count() == count


def test_what_came_after_is_listed_and_not_overwritten(make_person: Any) -> None:
    entry = entry_of(make_person(birth=parse_edtf("1891")))
    first = set_birth(entry, "1892", occupation="кузнец")
    set_birth(entry, "1893")
    result = undo(first)
    assert [(left.subject, left.fields, left.code) for left in result.left] == [
        ("entry", ("birth_earliest", "birth_edtf", "birth_latest", "birth_printed"),
         "changed-since"),
    ]  # fmt: skip
    row = Entry.all_records.get(pk=entry.pk)
    assert (row.birth_edtf, row.occupation) == ("1893", "")


def test_a_preview_changes_nothing(make_person: Any) -> None:
    entry = entry_of(make_person(birth=parse_edtf("1891")))
    made = set_birth(entry, "1892")
    count = Change.all_records.count()
    assert made is not None
    told = preview_undo(change=made.pk, by=None, role=Role.EDITOR, now=NOW)
    assert (told.records, told.left) == (1, [])
    assert Change.all_records.count() == count
    assert Entry.all_records.get(pk=entry.pk).birth_edtf == "1892"


def test_an_import_is_reverted_and_can_come_again(make_person: Any) -> None:
    person = make_person(key="1", birth=parse_edtf("1891"))
    entry = entry_of(person)
    result = undo(entry.change)
    assert result.left == []
    assert Entry.all_records.get(pk=entry.pk).standing == Standing.REVERTED
    assert not Person.public.filter(pk=person).exists()
    assert undo(result.change).left == []
    assert Person.public.filter(pk=person).exists()
    undo(entry.change)
    assert make_person(key="1", birth=parse_edtf("1891")) == person
    assert Entry.all_records.get(pk=entry.pk).standing == Standing.IN_USE
    assert Person.public.filter(pk=person).exists()


def test_a_withdrawn_source_comes_back(make_person: Any) -> None:
    person = make_person(source="book-1")
    assert undo(withdraw_source(slug="book-1", reason="forged", **ACT)).left == []
    assert Source.all_records.get(slug="book-1").status == "in-use"
    assert Person.public.filter(pk=person).exists()


def test_a_term_and_its_spellings_go_and_come(make_person: Any, change: Change) -> None:
    person = make_person(fate="повешен")
    made = edit_term(
        draft=TermDraft("fate", "hanged", "hanged", "повешен", "повішений"), reason="new", **ACT
    )
    assert Person.all_records.get(pk=person).fate.code == "hanged"
    result = undo(made)
    assert result.left == []
    assert not Term.all_records.filter(code="hanged").exists()
    assert Person.all_records.get(pk=person).fate is None
    assert undo(result.change).left == []
    assert Person.all_records.get(pk=person).fate.code == "hanged"
    assert set(TERM.read(["fate:hanged"])) == {"fate:hanged"}


def test_a_term_that_others_use_since_stays(make_person: Any, change: Change) -> None:
    make_person(fate="пропал")
    made = edit_term(
        draft=TermDraft("fate", "hanged", "hanged", "повешен", "повішений"), reason="new", **ACT
    )
    spelling = Entry.all_records.get().fate_id
    assign_spelling(spelling=spelling, code="hanged", reason="read", **ACT)
    assert [left.code for left in undo(made).left] == ["in-use"]
    assert SPELLING.read([str(spelling)])[str(spelling)]["term"] == "hanged"


def test_all_that_an_account_did_since_a_moment_is_undone(make_person: Any) -> None:
    account = User.objects.create(username="invented")
    entry = entry_of(make_person(birth=parse_edtf("1891")))
    before = body_of(entry)
    for minute, year in enumerate(("1892", "1893", "1894")):
        with act(
            kind=ChangeKind.EDIT, by=account, role=Role.EDITOR, reason="x",
            now=NOW + timedelta(minutes=minute),
        ) as doing:  # fmt: skip
            doing.touch(ENTRY, entry.pk)
            row = Entry.all_records.get(pk=entry.pk)
            row.birth = parse_edtf(year)
            row.save()
    results = undo_account(
        account=account, since=NOW + timedelta(minutes=1), reason="stolen", **ACT
    )
    assert [len(result.left) for result in results] == [0, 0]
    assert Entry.all_records.get(pk=entry.pk).birth_edtf == "1892"
    undo_account(account=account, since=NOW, reason="stolen", **ACT)
    assert body_of(entry) == before


def test_terms_of_an_import_are_kept(change: Change) -> None:
    put_terms(drafts=[TermDraft("fate", "hanged", "hanged", "повешен", "повішений")], change=change)
    assert undo(change).left == []
    assert not Term.all_records.filter(vocabulary="fate").exists()


def test_a_refused_undoing_of_a_term_leaves_nobody_concluded_from_it(make_person: Any) -> None:
    """What was concluded again before the term turned out to stay is concluded again after."""
    person, other = make_person(fate="повешен"), make_person(fate="пропал")
    made = edit_term(
        draft=TermDraft("fate", "hanged", "hanged", "повешен", "повішений"), reason="new", **ACT
    )
    assign_spelling(spelling=entry_of(other).fate_id, code="hanged", reason="read", **ACT)
    assert [left.code for left in undo(made).left] == ["in-use"]
    assert Person.all_records.get(pk=person).fate is None
    assert Person.all_records.get(pk=other).fate.code == "hanged"


def test_each_of_two_corrections_is_undone_with_what_is_noted_of_it(make_person: Any) -> None:
    entry = entry_of(make_person(birth=parse_edtf("1891"), death=parse_edtf("1938")))
    first, second = (
        correct_reading(entry=entry.pk, readings={path: DateReading(year)}, reason="x", **ACT)
        for path, year in (("birth", "1892"), ("death", "1939"))
    )
    before = body_of(entry)
    result = undo(first)
    assert result.left == []
    row = Entry.all_records.get(pk=entry.pk)
    assert (row.birth_edtf, row.death_edtf, list(row.reading)) == ("1891", "1939", ["death"])
    assert undo(result.change).left == []
    assert body_of(entry) == before
    assert undo(second).left == []
    assert list(Entry.all_records.get(pk=entry.pk).reading) == ["birth"]


def test_each_of_two_doubts_is_undone_by_itself(make_person: Any) -> None:
    entry = entry_of(make_person(birth=parse_edtf("1891"), occupation="кузнец"))
    why = {"en": "a mistake", "ru": "ошибка"}
    first, _second = (
        discredit(entry=entry.pk, field=field, why=why, reason="x", **ACT)
        for field in ("birth", "occupation")
    )
    assert undo(first).left == []
    row = Entry.all_records.get(pk=entry.pk)
    assert (list(row.discredited), list(row.reading)) == (
        ["occupation"],
        ["discredited.occupation"],
    )
    assert list(row.wording) == ["discredited.occupation"]


def test_an_entry_does_not_name_a_term_again_that_is_gone(make_person: Any) -> None:
    entry = entry_of(make_person(birth_place="Утечково"))
    term = edit_term(draft=TermDraft("region", "invented", "I", "И", "І"), reason="new", **ACT)
    read = correct_reading(
        entry=entry.pk, readings={"birth_region": "invented"}, reason="read", **ACT
    )
    result = undo(read)
    assert undo(term).left == []
    again = undo(result.change)
    assert (again.change, [left.code for left in again.left]) == (None, ["term-gone"])


def test_what_a_source_and_a_spelling_settle_counts_as_work(make_person: Any) -> None:
    for number in range(3):
        make_person(source="book-1", key=str(number), fate="повешен")
    gone = withdraw_source(slug="book-1", reason="forged", **ACT)
    meant = edit_term(
        draft=TermDraft("fate", "hanged", "hanged", "повешен", "повішений"), reason="new", **ACT
    )
    assert gone is not None
    assert meant is not None
    both = [gone.pk, meant.pk]
    assert (count_records([gone.pk]), count_settled([gone.pk])) == (1, 3)
    own = meant.revisions.count()
    assert (count_records([meant.pk]), count_settled([meant.pk])) == (own, 3)
    assert (count_records(both), count_settled(both)) == (1 + own, 6)


def test_a_preview_concludes_nobody_again(make_person: Any, monkeypatch: Any) -> None:
    person = make_person(source="book-1", fate="повешен")
    gone = withdraw_source(slug="book-1", reason="forged", **ACT)
    assert gone is not None
    monkeypatch.setattr("registry.records.ledger.acts.refresh_people", lambda *_a, **_k: 1 / 0)
    told = preview_undo(change=gone.pk, by=None, role=Role.EDITOR, now=NOW)
    assert (told.records, told.left) == (1, [])
    assert not Person.public.filter(pk=person).exists()
