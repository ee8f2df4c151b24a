"""Terms and spellings: recognised however typed, whatever came first, once for all entries."""

import json

import pytest
from django.db import transaction

from registry.models import Change, Person, Revision, Role, Spelling, Term
from registry.records import SpellingBook, TermDraft, assign_spelling, put_terms
from registry.records.catalogue.terms import (
    SpellingUnknown,
    TermRefused,
    TermUnknown,
    alike,
    count_entries,
    edit_term,
    spellings_for,
)
from tests.databases import NOW

pytestmark = pytest.mark.django_db

SHOT = TermDraft(
    vocabulary="fate",
    code="shot",
    en="shot",
    ru="расстрелян",
    uk="розстріляний",
    spellings=("расстреляна", "Расстр."),
)
DIED = TermDraft(vocabulary="fate", code="died", en="died", ru="умер", uk="помер")


def term_of(text: str) -> str | None:
    row = Spelling.all_records.get(vocabulary="fate", text=text)
    return row.term.code if row.term else None


def edit(draft: TermDraft) -> Change | None:
    return edit_term(draft=draft, by=None, role=Role.EDITOR, reason="checked", now=NOW)


def assign(text: str, code: str) -> Change | None:
    row = Spelling.all_records.get(vocabulary="fate", text=text)
    return assign_spelling(
        spelling=row.pk, code=code, by=None, role=Role.EDITOR, reason="read", now=NOW
    )


def test_terms_are_written_with_their_spellings_and_labels(change: Change) -> None:
    assert put_terms(drafts=[SHOT, DIED], change=change) == 2
    assert term_of("расстреляна") == term_of("shot") == term_of("розстріляний") == "shot"
    assert term_of("умер") == "died"
    kept = change.revisions.filter(subject="term").values_list("reference", flat=True)
    assert set(kept) == {"fate:shot", "fate:died"}
    assert change.revisions.filter(subject="spelling").count() == Spelling.all_records.count()


def test_writing_the_same_terms_again_changes_nothing(change: Change) -> None:
    put_terms(drafts=[SHOT, DIED], change=change)
    before = list(Spelling.all_records.values_list("text", "term__code"))
    assert put_terms(drafts=[SHOT, DIED], change=change) == 0
    assert list(Spelling.all_records.values_list("text", "term__code")) == before


def test_a_term_that_differs_is_written(change: Change) -> None:
    put_terms(drafts=[SHOT], change=change)
    noted = TermDraft("fate", "shot", "shot", "расстрелян", "розстріляний", {"en": "by order"})
    assert put_terms(drafts=[noted], change=change) == 1
    assert Term.all_records.get(code="shot").note == {"en": "by order"}


def test_a_spelling_that_is_typed_alike_is_recognised(change: Change) -> None:
    put_terms(drafts=[SHOT], change=change)
    found = spellings_for("fate", ["РАССТРЕЛЯН", "  расстр", "повешен", ""])
    assert {text: row.term and row.term.code for text, row in found.items()} == {
        "РАССТРЕЛЯН": "shot",
        "  расстр": "shot",
        "повешен": None,
    }


def test_spellings_that_came_before_their_term_are_settled_by_it(change: Change) -> None:
    spellings_for("fate", ["РАССТРЕЛЯН", "—"])
    put_terms(drafts=[SHOT], change=change)
    assert term_of("РАССТРЕЛЯН") == "shot"
    assert term_of("—") is None


def test_a_spelling_without_letters_is_like_no_other(change: Change) -> None:
    dash = TermDraft("fate", "unknown", "unknown", "неизвестно", "невідомо", spellings=("—",))
    spellings_for("fate", ["—"])
    put_terms(drafts=[dash], change=change)
    assert spellings_for("fate", ["?"])["?"].term is None
    assert term_of("—") == "unknown"
    assert [row.text for row in alike(Spelling.all_records.get(text="—"))] == ["—"]


def test_a_listed_spelling_goes_before_a_label(change: Change) -> None:
    lost = TermDraft("fate", "lost", "lost", "пропал", "зник", spellings=("умер",))
    put_terms(drafts=[DIED, lost], change=change)
    assert term_of("умер") == "lost"


def test_a_spelling_that_belongs_to_a_term_is_not_taken_by_another(change: Change) -> None:
    put_terms(drafts=[DIED], change=change)
    put_terms(
        drafts=[TermDraft("fate", "lost", "lost", "пропал", "зник", spellings=("Умер",))],
        change=change,
    )
    assert term_of("Умер") == "died"


@pytest.mark.parametrize(
    ("draft", "field", "code"),
    [
        (TermDraft("colour", "red", "red", "красный", "червоний"), "vocabulary", "unknown"),
        (TermDraft("fate", "shot", "shot", "", "x"), "label_ru", "empty"),
        (TermDraft("fate", "shot", "shot", "x", "x" * 201), "label_uk", "too-long"),
    ],
)
def test_a_term_that_cannot_be_kept_is_refused(
    draft: TermDraft, field: str, code: str, change: Change
) -> None:
    with pytest.raises(TermRefused) as refused:
        put_terms(drafts=[draft], change=change)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert not Term.all_records.exists()


def test_a_spelling_as_long_as_prose_is_refused() -> None:
    with pytest.raises(TermRefused, match="too-long"):
        spellings_for("fate", ["х" * 501])


def test_the_book_asks_the_database_once_for_what_it_knows(
    django_assert_num_queries: object,
) -> None:
    book = SpellingBook()
    book.spellings_for("fate", ["умер", "убит"])
    with django_assert_num_queries(0):  # type: ignore[operator]
        again = book.spellings_for("fate", ["убит", "умер"])
    assert {text: row.text for text, row in again.items()} == {"умер": "умер", "убит": "убит"}


def test_the_book_finds_what_is_there_in_one_query(django_assert_num_queries: object) -> None:
    spellings_for("fate", [f"text {n}" for n in range(50)])
    with django_assert_num_queries(1):  # type: ignore[operator]
        SpellingBook().spellings_for("fate", [f"text {n}" for n in range(50)])


def test_the_book_makes_fifty_in_the_queries_of_one(django_assert_num_queries: object) -> None:
    for texts in (["alone"], [f"text {n}" for n in range(50)]):
        with django_assert_num_queries(4):  # type: ignore[operator]
            SpellingBook().spellings_for("fate", texts)


def test_the_book_stays_small_and_still_answers() -> None:
    book = SpellingBook(limit=3)
    for texts in (["a", "b"], ["c", "d"], ["e", "f", "g", "h", "i"]):
        assert set(book.spellings_for("fate", texts)) == set(texts)
        assert len(book) <= 3


def test_the_book_forgets_what_was_rolled_back() -> None:
    book = SpellingBook()
    with transaction.atomic():
        book.spellings_for("fate", ["умер"])
        transaction.set_rollback(True)
    book.forget()
    row = book.spellings_for("fate", ["умер"])["умер"]
    assert Spelling.all_records.filter(pk=row.pk).exists()


def test_assigning_a_spelling_settles_everyone_who_has_it(make_person, change: Change) -> None:
    put_terms(drafts=[SHOT, DIED], change=change)
    one = make_person(fate="ВМН", person_key="p1")
    two = make_person(fate="вмн", person_key="p2")
    assert Person.all_records.get(pk=one).fate is None
    made = assign("ВМН", "shot")
    assert made is not None
    assert {Person.all_records.get(pk=pk).fate.code for pk in (one, two)} == {"shot"}
    assert made.reason == "read"
    bodies = Revision.all_records.filter(change=made, subject="spelling")
    assert [json.loads(row.body.text)["term"] for row in bodies] == ["", "", "shot", "shot"]


def test_a_spelling_can_be_assigned_anew_and_to_nothing(make_person, change: Change) -> None:
    put_terms(drafts=[SHOT, DIED], change=change)
    person = make_person(fate="ВМН")
    for code in ("shot", "died"):
        assign("ВМН", code)
        assert Person.all_records.get(pk=person).fate.code == code
    assign("ВМН", "")
    assert Person.all_records.get(pk=person).fate is None


def test_assigning_what_is_assigned_makes_no_change(change: Change) -> None:
    put_terms(drafts=[SHOT], change=change)
    count = Change.all_records.count()
    assert assign("расстреляна", "shot") is None
    assert Change.all_records.count() == count


def test_assigning_to_what_is_not_there_is_refused(change: Change) -> None:
    put_terms(drafts=[SHOT], change=change)
    with pytest.raises(TermUnknown):
        assign("расстреляна", "hanged")
    with pytest.raises(SpellingUnknown):
        assign_spelling(spelling=0, code="shot", by=None, role=Role.EDITOR, reason="x", now=NOW)


def test_how_many_a_spelling_settles_is_counted_to_a_limit(make_person) -> None:
    for number in range(3):
        make_person(fate="ВМН", nationality="примерец", person_key=f"p{number}")
    row = Spelling.all_records.get(text="ВМН")
    assert count_entries(row, limit=10) == 3
    assert count_entries(row, limit=2) == 2


def test_editing_a_term_is_one_act_and_none_when_nothing_differs(change: Change) -> None:
    put_terms(drafts=[DIED], change=change)
    assert edit(DIED) is None
    made = edit(TermDraft("fate", "died", "died in prison", "умер", "помер"))
    assert made is not None
    assert (made.reason, made.role) == ("checked", Role.EDITOR)
    assert Term.all_records.get(code="died").label_en == "died in prison"
    new = edit(TermDraft("fate", "lost", "lost", "пропал", "зник"))
    assert new is not None
    assert new.revisions.get(subject="term").reference == "fate:lost"
