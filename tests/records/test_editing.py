"""Editing of entries: one act each, undone to what it was; the print stays."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from registry.dates import Calendar, parse_edtf, read_printed
from registry.models import Change, ChangeKind, Entry, Person, Revision, Role, Standing
from registry.records import public_person, withdraw_source
from registry.records.drafts.entries import (
    EntryDraft,
    PassageDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
    StayDraft,
)
from registry.records.entries.drafting import entry_draft
from registry.records.entries.editing import (
    EntryRefused,
    add_entry,
    credit_again,
    discredit,
    reinstate_entry,
    rewrite_entry,
    withdraw_entry,
)
from registry.records.entries.writing import put_entries
from registry.records.ledger.snapshots import ENTRY
from registry.records.undoing.reverting import undo_change
from tests.databases import NOW
from tests.records.drafting import (
    draft,
    name,
    put_one,
    random_drafts,
)

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"by": None, "role": Role.EDITOR, "reason": "invented", "now": NOW}


@pytest.fixture(autouse=True)
def books(library: None, make_source: Callable[..., str]) -> None:
    make_source("invented-book")


def whole(**fields: Any) -> EntryDraft:
    """An entry with something of every kind."""
    about = RepressionDraft(
        episode=2,
        arrest=read_printed("11.1937"),
        arrest_place="Орёл",
        articles="58-10, 58-11",
        article_codes=("58-10", "58-11"),
        operation="приказ 00447",
        sentencing_body="тройка",
        sentence="10 лет ИТЛ",
        sentence_kind="camp",
        sentence_months=120,
        rulings=(RulingDraft("rehabilitated", parse_edtf("1956"), body="суд"),),
        stays=(StayDraft("Выдуманный лагерь", "camp", from_date=parse_edtf("1938")),),
        wording={"sentence": {"ru": "x", "uk": "y"}},
    )
    made = {
        "passage": PassageDraft("с. 1", language="ru", text="Примеров П. П., 1891 г. р."),
        "birth": replace(read_printed("5.1.1891"), calendar=Calendar.JULIAN),
        "birth_place": "Орёл",
        "birth_region": "oryol",
        "repressions": (RepressionDraft(kind="exile"), about),
        "rulings": (RulingDraft("no-information"),),
        "stays": (StayDraft("Выдуманная тюрьма", "prison"),),
        "roles": (RoleDraft("service", "Служил", from_date=parse_edtf("1920")),),
        "nationality": "русский",
        "party": "ВКП(б)",
        "category": "кулак",
        "reading": {"death": {"reason": "not-understood"}},
        "death": replace(parse_edtf("1938"), edtf="", earliest=None, latest=None),
        "discredited": {"death_date": "invented"},
        "wording": {"discredited.death_date": {"ru": "придумано"}},
    }
    return draft(**(made | fields))


def entry_of(person: int) -> Entry:
    entry: Entry = Entry.all_records.get(person=person)
    return entry


def body(entry: Entry) -> Any:
    return ENTRY.read([str(entry.pk)])[str(entry.pk)]


# Adding ----------------------------------------------------------------------------------------


def test_an_entry_is_added_about_somebody_new_and_taken_back() -> None:
    change, pk = add_entry(draft=whole(), **ACT)
    assert (change.kind, change.reason) == (ChangeKind.EDIT, "invented")
    entry = Entry.all_records.get(pk=pk)
    assert (entry.change, entry.person.family) == (change, "Примеров")
    assert not Revision.all_records.filter(change=change).exists()
    assert undo_change(change=change.pk, **ACT).left == []
    entry.refresh_from_db()
    assert entry.standing == Standing.REVERTED
    again, same = add_entry(draft=whole(birth_place="Тверь"), **ACT)
    entry.refresh_from_db()
    assert (same, entry.standing, entry.birth_place) == (pk, Standing.IN_USE, "Тверь")
    assert again.pk > change.pk


def test_an_entry_joins_a_person(change: Change) -> None:
    person = put_one(change, draft("1", "book-a", birth=parse_edtf("1891")))
    _, pk = add_entry(draft=draft("2", names=(), death=parse_edtf("1938")), person=person, **ACT)
    assert Entry.all_records.get(pk=pk).person_id == person
    row = Person.all_records.get(pk=person)
    assert (row.entry_count, row.birth_edtf, row.death_edtf) == (2, "1891", "1938")


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"key": "1"}, "key", "taken"),
        ({"key": ""}, "key", "missing"),
        ({"key": "к" * 121}, "key", "too-long"),
        ({"source": "no-book"}, "source", "unknown-source"),
        ({"source": "book-c"}, "source", "withdrawn-source"),
        ({"names": ()}, "full_name", "no-name"),
        ({"names": (name(), name(1))}, "names", "two-main-names"),
        ({"names": (replace(name(), kind="nick"),)}, "names.1.kind", "unknown"),
        ({"age": "с" * 61}, "age", "too-long"),
        ({"fate": "с" * 501}, "fate", "too-long"),
        ({"comment": "\x00"}, "comment", "nul"),
        ({"sex": "x"}, "sex", "unknown"),
        ({"birth_region": "nowhere"}, "birth_region", "unknown-code"),
        ({"burial_site": "nowhere"}, "burial_site", "unknown-site"),
        ({"birth": replace(parse_edtf("1891"), printed="1" * 301)}, "birth", "too-long"),
        ({"stays": (StayDraft(""),)}, "stays.1.place", "missing"),
        (
            {"repressions": (RepressionDraft(rulings=(RulingDraft("praised"),)),)},
            "repressions.1.rulings.1.kind",
            "unknown",
        ),
        (
            {"repressions": (RepressionDraft(sentence_months=40_000),)},
            "repressions.1.sentence_months",
            "bad-number",
        ),
        ({"birth": replace(parse_edtf("1891"), printed="1891\x00")}, "birth", "nul"),
    ],
)
def test_what_cannot_be_added_is_refused(
    change: Change, fields: dict[str, Any], field: str, code: str
) -> None:
    put_one(change, draft("1"))
    withdraw_source(slug="book-c", **ACT)
    count = Change.all_records.count()
    with pytest.raises(EntryRefused) as refused:
        add_entry(draft=replace(draft("2"), **fields), **ACT)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert Change.all_records.count() == count


def test_nobody_joins_who_is_not_there_or_merged(change: Change) -> None:
    person = put_one(change, draft("1"))
    other = put_one(change, draft("9"))
    Person.all_records.filter(pk=other).update(status="merged", merged_into=person)
    for number, code in ((10_000, "unknown-person"), (other, "merged")):
        with pytest.raises(EntryRefused) as refused:
            add_entry(draft=draft("2"), person=number, **ACT)
        assert (refused.value.field, refused.value.code) == ("person", code)


# Rewriting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_what_is_asserted_written_back_changes_nothing(change: Change, seed: int) -> None:
    put_one(change, *random_drafts(random.Random(seed), 12, 5), whole())
    count = Change.all_records.count()
    for entry in Entry.all_records.all():
        before = body(entry)
        found = entry_draft(entry.pk)
        assert rewrite_entry(entry=entry.pk, draft=found, **ACT) is None
        assert body(entry) == before
        assert entry_draft(entry.pk) == found
    assert Change.all_records.count() == count


def test_a_draft_is_what_was_put(change: Change) -> None:
    entry = entry_of(put_one(change, whole()))
    assert entry_draft(entry.pk) == whole()


def test_what_was_copied_wrongly_is_replaced_and_comes_back(change: Change) -> None:
    entry = entry_of(put_one(change, whole()))
    before = body(entry)
    better = whole(
        names=(name(1),), repressions=(), rulings=(), stays=(), roles=(), passage=None, age="46"
    )
    done = rewrite_entry(entry=entry.pk, draft=better, **ACT)
    assert done is not None
    entry.refresh_from_db()
    assert (entry.age, entry.passage, entry.content_hash) == ("46", None, before["content_hash"])
    assert Person.all_records.get(pk=entry.person_id).full == "Примерова Примера"
    assert undo_change(change=done.pk, **ACT).left == []
    assert body(entry) == before


def test_a_newer_version_does_not_overwrite_what_was_copied_anew(change: Change) -> None:
    older = draft("1", birth=parse_edtf("1891"), age="45")
    newer = draft("1", birth=parse_edtf("1891-01"), age="45")
    entry = entry_of(put_one(change, older))
    done = rewrite_entry(entry=entry.pk, draft=replace(older, age="46"), **ACT)
    [outcome] = put_entries(drafts=[newer], change=change, now=NOW)
    assert (outcome.kind, outcome.reason, outcome.entry) == ("refused", "copied-anew", entry.pk)
    assert (entry_draft(entry.pk).age, entry_draft(entry.pk).birth) == ("46", older.birth)
    assert done is not None
    assert undo_change(change=done.pk, **ACT).left == []
    [outcome] = put_entries(drafts=[newer], change=change, now=NOW)
    assert outcome.kind == "changed"
    assert (entry_draft(entry.pk).age, entry_draft(entry.pk).birth) == ("45", newer.birth)


def test_a_passage_that_others_share_is_left_to_them(change: Change) -> None:
    shared = PassageDraft("с. 1", text="двое в одной строке", key="1")
    put_one(change, draft("1", passage=shared), draft("2", passage=shared))
    one, two = Entry.all_records.order_by("key")
    assert one.passage_id == two.passage_id
    better = replace(entry_draft(one.pk), passage=replace(shared, text="исправлено"))
    rewrite_entry(entry=one.pk, draft=better, **ACT)
    assert entry_draft(one.pk).passage.text == "исправлено"  # type: ignore[union-attr]
    assert entry_draft(two.pk).passage.text == "двое в одной строке"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"key": "2"}, "key", "other-entry"),
        ({"names": ()}, "names", "no-name"),
        ({"sex": "?"}, "sex", "unknown"),
        ({"residence_region": "nowhere"}, "residence_region", "unknown-code"),
    ],
)
def test_what_no_entry_can_say_is_not_written_over_one(
    change: Change, fields: dict[str, Any], field: str, code: str
) -> None:
    entry = entry_of(put_one(change, draft("1")))
    with pytest.raises(EntryRefused) as refused:
        rewrite_entry(entry=entry.pk, draft=replace(entry_draft(entry.pk), **fields), **ACT)
    assert (refused.value.field, refused.value.code) == (field, code)


# Doubting, withdrawing -------------------------------------------------------------------------


def test_a_field_is_discredited_and_believed_again(change: Change) -> None:
    entry = entry_of(put_one(change, draft(birth=parse_edtf("1891"), death=parse_edtf("1950"))))
    why = {"en": " An invented form. ", "ru": "Выдуманная форма.", "uk": ""}
    done = discredit(entry=entry.pk, field="death_date", why=why, **ACT)
    assert done is not None
    entry.refresh_from_db()
    assert entry.discredited == {"death": "An invented form."}
    assert entry.wording == {"discredited.death": {"ru": "Выдуманная форма."}}
    assert Person.all_records.get(pk=entry.person_id).death is None
    told = public_person(entry.person_id, language="ru").facts["death"].discredited[0]
    assert str(told.reason) == "Выдуманная форма."
    assert public_person(entry.person_id, language="ru").entries[0].reading == {}
    assert discredit(entry=entry.pk, field="death", why=why, **ACT) is None
    assert credit_again(entry=entry.pk, field="death", **ACT) is not None
    entry.refresh_from_db()
    assert (entry.discredited, entry.wording, entry.reading) == ({}, {}, {})
    assert Person.all_records.get(pk=entry.person_id).death_edtf == "1950"
    assert credit_again(entry=entry.pk, field="death", **ACT) is None


def test_what_an_editor_doubts_stays_doubted_in_a_newer_version(change: Change) -> None:
    said = {"death_date": "the source itself", "fate": "the source itself"}
    entry = entry_of(put_one(change, draft(death=parse_edtf("1950"), discredited=said)))
    why = {"en": "an editor"}
    discredit(entry=entry.pk, field="death", why=why, **ACT)
    discredit(entry=entry.pk, field="*", why={"en": "all of it", "uk": "усе"}, **ACT)
    put_one(change, draft(death=parse_edtf("1951"), discredited={"death_date": "the source"}))
    entry.refresh_from_db()
    assert entry.discredited == {"death": "an editor", "*": "all of it"}
    assert entry.wording["discredited.*"] == {"uk": "усе"}
    assert entry.death_edtf == "1951"


def test_a_doubt_needs_a_field_and_a_reason(change: Change) -> None:
    entry = entry_of(put_one(change, draft()))
    for field, why, code in (
        ("key", {"en": "x"}, "unknown-field"),
        ("birth", {"ru": "x"}, "missing"),
    ):
        with pytest.raises(EntryRefused) as refused:
            discredit(entry=entry.pk, field=field, why=why, **ACT)
        assert refused.value.code == code


def test_an_entry_is_withdrawn_and_used_again(change: Change) -> None:
    put_one(change, draft("1", "book-a", person_key="p", birth=parse_edtf("1891")))
    person = put_one(change, draft("2", person_key="p", death=parse_edtf("1950")))
    entry = Entry.all_records.get(key="2")
    done = withdraw_entry(entry=entry.pk, **ACT)
    assert done is not None
    assert withdraw_entry(entry=entry.pk, **ACT) is None
    assert Person.all_records.get(pk=person).death is None
    assert reinstate_entry(entry=entry.pk, **ACT) is not None
    assert Person.all_records.get(pk=person).death_edtf == "1950"


def test_what_was_taken_back_is_not_edited(change: Change) -> None:
    done, pk = add_entry(draft=draft(), **ACT)
    undo_change(change=done.pk, **ACT)
    with pytest.raises(EntryRefused) as refused:
        withdraw_entry(entry=pk, **ACT)
    assert (refused.value.field, refused.value.code) == ("", "reverted")
