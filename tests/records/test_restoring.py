"""What comes back when an act is undone, and what cannot: each with its reason."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import (
    Biography,
    Change,
    ChangeKind,
    Entry,
    Person,
    Repression,
    Source,
    Spelling,
    Standing,
    Term,
)
from registry.records import SourceDraft, TermDraft, withdraw_source
from registry.records.catalogue.sources import edit_source, source_draft
from registry.records.catalogue.terms import assign_spelling, edit_term
from registry.records.drafts.entries import (
    PassageDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
    StayDraft,
)
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY
from registry.records.people.biographies import (
    BiographyDraft,
    BiographyRefused,
    remove_biography,
    write_biography,
)
from registry.records.people.relating import Link, RelationRefused, remove_relation, state_relation
from registry.records.people.splitting import move_entries
from registry.records.undoing.reverting import ChangeUnknown, undo_change
from tests.records.joining import ACT, asserted, entries_of, entry_of, merge, undo

pytestmark = pytest.mark.django_db
HANGED = TermDraft("fate", "hanged", "hanged", "повешен", "повішений")


def codes(change: Change | None) -> list[tuple[str, str, str]]:
    return [(left.subject, left.reference, left.code) for left in undo(change).left]


def test_a_change_the_ledger_does_not_have_is_not_undone(db: None) -> None:
    with pytest.raises(ChangeUnknown, match=r"^7$"):
        undo_change(change=7, **ACT)
    assert not Change.all_records.exists()


def test_nothing_refers_to_an_act_that_came_to_nothing(db: None) -> None:
    with act(kind=ChangeKind.EDIT, **ACT) as doing:
        assert doing.under == Change.all_records.get()
    assert doing.change is None
    assert not Change.all_records.exists()
    with pytest.raises(RuntimeError, match="came to nothing"):
        _ = doing.under


def test_a_source_added_by_an_edit_is_withdrawn_and_comes_back(db: None) -> None:
    draft = SourceDraft("new-book", "memory-book", 3, "Invented", unreliable_for=("birth",))
    made = edit_source(draft=draft, **ACT)
    undone = undo(made)
    assert (undone.records, undone.left) == (1, [])
    assert Source.all_records.get(slug="new-book").status == "withdrawn"
    assert undo(undone.change).left == []
    row = Source.all_records.get(slug="new-book")
    assert (row.status, source_draft(row)) == ("in-use", draft)


def test_what_is_said_of_a_source_comes_back_and_concludes_nobody(
    make_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person(source="book-1")
    before = source_draft(Source.all_records.get())
    made = edit_source(draft=replace(before, title="Another", note="a note"), **ACT)
    concluded: list[int] = []
    monkeypatch.setattr(
        "registry.records.ledger.acts.refresh_people",
        lambda people, **_now: concluded.extend(people),
    )
    assert undo(made).left == []
    assert source_draft(Source.all_records.get()) == before
    assert concluded == []


def test_a_spelling_does_not_mean_a_term_again_that_is_gone(make_person: Any) -> None:
    person = make_person(fate="пропал")
    made = edit_term(draft=HANGED, **ACT)
    spelling = Spelling.all_records.get(text="пропал")
    read = undo(assign_spelling(spelling=spelling.pk, code="hanged", **ACT))
    assert undo(made).left == []
    assert codes(read.change) == [("spelling", str(spelling.pk), "term-gone")]
    spelling.refresh_from_db()
    assert spelling.term is None
    assert Person.all_records.get(pk=person).fate is None


def test_a_spelling_that_an_entry_has_since_stays_and_means_nothing(make_person: Any) -> None:
    made = edit_term(draft=HANGED, **ACT)
    person = make_person(fate="повешен")
    assert Person.all_records.get(pk=person).fate.code == "hanged"
    undone = undo(made)
    assert undone.left == []
    assert not Term.all_records.exists()
    assert list(Spelling.all_records.values_list("text", "term")) == [("повешен", None)]
    assert Person.all_records.get(pk=person).fate is None
    assert undo(undone.change).left == []
    assert Person.all_records.get(pk=person).fate.code == "hanged"
    rows = Spelling.all_records.filter(term__code="hanged").values_list("text", flat=True)
    assert sorted(rows) == ["hanged", "повешен", "повішений"]


def test_a_passage_that_an_import_brought_goes_and_comes(make_person: Any) -> None:
    make_person(key="1", person_key="one")
    make_person(key="1", person_key="one", passage=PassageDraft(locator="p. 5", text="Выдумка"))
    entry = Entry.all_records.get()
    assert entry.passage.text == "Выдумка"
    latest = Change.all_records.order_by("-pk").first()
    undone = undo(latest)
    assert (undone.left, Entry.all_records.get().passage) == ([], None)
    assert undo(undone.change).left == []
    passage = Entry.all_records.get().passage
    assert (passage.locator, passage.text) == ("p. 5", "Выдумка")


def test_all_that_an_entry_says_of_a_repression_goes_and_comes(make_person: Any) -> None:
    edit_term(draft=TermDraft("article", "x-1", "one", "один", "один"), **ACT)
    rows = tuple(
        RepressionDraft(
            arrest=parse_edtf(year), article_codes=("x-1",),
            rulings=(RulingDraft("refused", text="нет"),), stays=(StayDraft("Выдуманная тюрьма"),),
        )
        for year in ("1931", "1937")
    )  # fmt: skip
    make_person(key="1", person_key="one", repressions=rows)
    before = asserted()
    make_person(key="1", person_key="one", repressions=rows[1:], roles=(RoleDraft("post", "X"),))
    after = asserted()
    assert (Repression.all_records.count(), after != before) == (1, True)
    undone = undo(Change.all_records.order_by("-pk").first())
    assert (undone.left, asserted()) == ([], before)
    assert [len(own) for own in _said(before)] == [2, 2, 2, 0]
    assert undo(undone.change).left == []
    assert asserted() == after
    assert [len(own) for own in _said(after)] == [1, 1, 1, 1]


def _said(records: dict[str, str]) -> list[list[Any]]:
    [body] = [json.loads(text) for name, text in records.items() if name.startswith("entry ")]
    return [body[name] for name in ("repressions", "rulings", "stays", "roles")]


def test_an_entry_that_is_to_assert_nothing_is_taken_back_and_kept(make_person: Any) -> None:
    entry = entry_of(make_person())
    with act(kind=ChangeKind.EDIT, **ACT) as doing:
        doing.touch(ENTRY, entry)
        ENTRY.write(str(entry), None, doing)
    assert Entry.all_records.get(pk=entry).standing == Standing.REVERTED
    assert undo(doing.change).left == []
    assert Entry.all_records.get(pk=entry).standing == Standing.IN_USE


def test_a_life_does_not_come_back_where_another_was_written_since(make_person: Any) -> None:
    person = make_person()
    draft = BiographyDraft(person, "ru", "Одна", "Выдуманная жизнь.", ("invented-book",))
    write_biography(draft=draft, **ACT)
    reference = str(Biography.all_records.get().pk)
    gone = remove_biography(person=person, language="ru", **ACT)
    write_biography(draft=replace(draft, title="Другая"), **ACT)
    assert codes(gone) == [("biography", reference, "conflict")]
    assert Biography.all_records.get().title == "Другая"


def test_what_was_undone_already_leaves_nothing_to_undo(make_person: Any) -> None:
    draft = BiographyDraft(make_person(), "ru", "Одна", "Выдуманная.", ("invented-book",))
    made = write_biography(draft=draft, **ACT)
    undone = undo(made)
    assert (undone.records, undone.left) == (1, [])
    again = undo(made)
    assert (again.change, again.records, again.left) == (None, 0, [])
    assert not Biography.all_records.exists()


def test_an_entry_does_not_go_back_to_who_was_merged_since(make_person: Any) -> None:
    older, other = make_person(), make_person()
    for _ in range(2):
        younger = make_person(person_key="younger")
    moved = entries_of(younger)[0]
    change = move_entries(entries=[moved], to=other, **ACT)
    merge(older, younger)
    assert ("entry", str(moved), "merged-since") in codes(change)
    assert entries_of(other)[-1] == moved


def test_who_has_got_an_entry_since_is_not_joined_again(make_person: Any) -> None:
    older, younger = make_person(), make_person(person_key="younger")
    parted = undo(merge(older, younger))
    make_person(person_key="younger")
    here = entries_of(younger)
    assert codes(parted.change) == [("person", str(younger), "has-entries")]
    assert Person.all_records.get(pk=younger).merged_into is None
    assert entries_of(younger) == here[1:]
    assert here[0] in entries_of(older)


def test_nobody_writes_the_life_of_who_was_merged(make_person: Any) -> None:
    older, younger = make_person(), make_person()
    merge(older, younger)
    with pytest.raises(BiographyRefused, match=r"^person: merged$"):
        write_biography(draft=BiographyDraft(younger, "ru", "А", "Б", ("invented-book",)), **ACT)
    assert not Biography.all_records.exists()


def test_links_are_refused_with_who_was_merged_or_on_what_was_withdrawn(make_person: Any) -> None:
    older, younger = make_person(), make_person()
    third = make_person(source="other-book")
    merge(older, younger)
    entry = entry_of(third)
    for link, told in (
        (Link(younger, third, "spouse", entry), "person: merged"),
        (Link(third, younger, "spouse", entry), "other: merged"),
    ):
        with pytest.raises(RelationRefused, match=f"^{told}$"):
            state_relation(link=link, **ACT)
    withdraw_source(slug="other-book", **ACT)
    with pytest.raises(RelationRefused, match=r"^entry: withdrawn$"):
        state_relation(link=Link(older, third, "spouse", entry), **ACT)
    with pytest.raises(RelationRefused, match=r"^relation: unknown-relation$"):
        remove_relation(relation=77, **ACT)
