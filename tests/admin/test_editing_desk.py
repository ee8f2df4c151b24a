"""Entries edited at the desk: read anew, copied anew, doubted, withdrawn; nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.dates import parse_edtf, read_printed
from registry.models import Change, Entry, Revision, Role, Standing
from registry.records import SourceDraft, put_entries, put_sources
from registry.records.drafts.entries import EntryDraft, RepressionDraft, RulingDraft
from registry.records.entries.drafting import entry_draft
from tests.admin.sending import errors_of, form_of, latest, save
from tests.databases import NOW
from tests.records.drafting import draft
from tests.records.test_editing import whole

pytestmark = pytest.mark.django_db
ACTS = ("reading", "transcription", "doubt", "credit", "withdraw", "reinstate")


@pytest.fixture
def entry(library: None, change: Change, make_source: Any) -> Entry:
    make_source()
    return put(change, whole())


def put(change: Change, made: EntryDraft) -> Entry:
    [outcome] = put_entries(drafts=[made], change=change, now=NOW)
    found: Entry = Entry.all_records.get(pk=outcome.entry)
    return found


def address(entry: Entry, act: str) -> str:
    return reverse(f"admin:registry_entry_{act}", args=[entry.pk])


def fields_of(client: Client, entry: Entry, act: str) -> dict[str, Any]:
    return form_of(client.get(address(entry, act)).content.decode())


def test_acts_on_an_entry_are_offered_to_editors(at_desk: Any, entry: Entry) -> None:
    page = at_desk().get(reverse("admin:registry_entry_change", args=[entry.pk])).content.decode()
    assert [act for act in ACTS if address(entry, act) in page] == list(ACTS[:5])
    page = at_desk(Role.MODERATOR).get(address(entry, "reading"))
    assert page.status_code == 403


# Reading ---------------------------------------------------------------------------------------


def test_every_printed_field_stands_beside_its_reading(at_desk: Any, entry: Entry) -> None:
    page = at_desk().get(address(entry, "reading")).content.decode()
    assert "5.1.1891" in page
    assert 'value="1891-01-05"' in page
    assert 'name="repressions.2.rulings.1.date"' in page
    assert 'value="58-10, 58-11"' in page
    assert "Repression 2" in page


def test_a_misread_year_is_corrected(at_desk: Any, entry: Entry) -> None:
    values = {"birth": "1898", "birth.calendar": "", "reason": "read again"}
    answer = save(at_desk(), address(entry, "reading"), **values)
    assert answer.status_code == 302
    found = entry_draft(entry.pk)
    assert found.birth is not None
    assert (found.birth.printed, found.birth.edtf) == ("5.1.1891", "1898")
    assert [path for path in found.reading if path != "death"] == ["birth"]
    done, _ = latest("entry")
    assert (done.reason, done.role) == ("read again", Role.EDITOR)


def test_all_kinds_of_readings_are_taken(at_desk: Any, entry: Entry) -> None:
    values = {
        "repressions.2.article_codes": "58-11",
        "repressions.2.sentence_months": "",
        "repressions.2.sentence_kind": "shooting",
        "repressions.1.kind": "deportation",
        "birth_region": "tver",
        "names.1.patronymic": "",
        "reason": "read again",
    }
    assert save(at_desk(), address(entry, "reading"), **values).status_code == 302
    found = entry_draft(entry.pk)
    row = found.repressions[1]
    assert (row.article_codes, row.sentence_months, row.sentence_kind) == (
        ("58-11",),
        None,
        "shooting",
    )
    assert (found.repressions[0].kind, found.birth_region) == ("deportation", "tver")
    assert found.names[0].patronymic == ""


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("birth", "30.02.1891", "There is no such day."),
        ("birth", "давно", "This is not understood as a date."),
        ("birth_region", "nowhere", "There is no term “nowhere”."),
        ("repressions.2.stays.1.site", "nowhere", "The place is not in the registry."),
        ("repressions.2.article_codes", "58-10 58-99", "There is no term “58-99”."),
        ("names.1.family", "Иной", "The printed name does not have this word."),
    ],
)
def test_a_reading_that_cannot_be_is_refused_and_kept_in_the_form(
    at_desk: Any, entry: Entry, field: str, value: str, words: str
) -> None:
    client, count = at_desk(), Change.all_records.count()
    answer = save(client, address(entry, "reading"), **{field: value, "reason": "again"})
    assert words in errors_of(answer)
    assert value in answer.content.decode()
    assert 'value="again"' in answer.content.decode()
    assert Change.all_records.count() == count


def test_a_form_sent_back_as_it_stands_changes_nothing(at_desk: Any, entry: Entry) -> None:
    client, count = at_desk(), Change.all_records.count()
    for act in ("reading", "transcription"):
        answer = save(client, address(entry, act), reason="nothing", follow="")
        assert answer.status_code == 302
        assert "Nothing was different." in client.get(answer["Location"]).content.decode()
    assert Change.all_records.count() == count
    assert not Revision.all_records.filter(subject="entry").exists()


# Copied wrongly --------------------------------------------------------------------------------


def test_a_transcription_is_replaced(at_desk: Any, entry: Entry) -> None:
    before = entry_draft(entry.pk)
    values = {
        "birth_date": "в 1892",
        "verbatim": "первая строка\r\nвторая строка",
        "names-0-full": "ПРИМЕРОВ Пример",
        "names-0-patronymic": "",
        "repressions-1-sentence": "ВМН",
        "rulings-0-of": "1",
        "stays-0-remove": "on",
        "roles-0-text": "Служил иначе",
        "reason": "copied wrongly",
    }
    assert save(at_desk(), address(entry, "transcription"), **values).status_code == 302
    found = entry_draft(entry.pk)
    assert found.birth is not None
    assert found.passage is not None
    assert (found.birth.printed, found.birth.edtf) == ("в 1892", "1892")
    assert found.passage.text == "первая строка\nвторая строка"
    assert (found.names[0].full, found.names[0].patronymic) == ("ПРИМЕРОВ Пример", "")
    assert found.repressions[1].sentence == "ВМН"
    assert found.repressions[1].arrest == before.repressions[1].arrest
    assert (found.repressions[1].article_codes, found.repressions[1].wording) == (
        ("58-10", "58-11"),
        {},
    )
    assert [len(row.rulings) for row in found.repressions] == [1, 0]
    assert [len(row.stays) for row in found.repressions] == [0, 0]
    assert found.roles[0].text == "Служил иначе"
    assert (found.discredited, found.wording) == (before.discredited, before.wording)
    assert found.content_hash == before.content_hash


def test_rows_are_added_by_a_button_and_nothing_typed_is_lost(at_desk: Any, entry: Entry) -> None:
    client = at_desk()
    sent = fields_of(client, entry, "transcription")
    sent |= {"occupation": "кузнец", "reason": "more", "stays-1-remove": "on", "add": "repressions"}
    answer = client.post(address(entry, "transcription"), sent)
    page = answer.content.decode()
    again = form_of(page)
    assert answer.status_code == 200
    assert errors_of(answer) == ""
    assert again["repressions-rows"] == ["3"]
    assert (again["occupation"], again["reason"]) == (["кузнец"], ["more"])
    assert again["stays-1-remove"] == ["on"]
    assert "autofocus" in page
    again |= {"repressions-2-arrest_date": "1946", "rulings-1-of": "3"}
    assert client.post(address(entry, "transcription"), again).status_code == 302
    found = entry_draft(entry.pk)
    assert found.occupation == "кузнец"
    assert found.repressions[2].arrest == read_printed("1946")
    assert found.repressions[2].rulings == (RulingDraft("no-information"),)
    assert found.stays == ()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("names-0-kind", "birth", ""),
        ("rulings-0-of", "7", "There is no repression of this number."),
        ("rulings-0-kind", "", "The outcome is not one that is known."),
        ("stays-0-place", "", "The kind of the place is not known, or the place is missing."),
        ("stays-0-site", "nowhere", "There is no place “nowhere”."),
        ("burial_site", "nowhere", "There is no place “nowhere”."),
        ("age", "с" * 61, "at most 60"),
        ("names-0-remove", "on", "There is neither a name"),
        ("repressions-1-sentence_date", "1" * 301, "at most 300"),
    ],
)
def test_a_transcription_that_cannot_be_kept_is_refused(
    at_desk: Any, entry: Entry, field: str, value: str, words: str
) -> None:
    values = {field: value, "reason": "r", "comment": "typed and kept"}
    answer = save(at_desk(), address(entry, "transcription"), **values)
    if not words:
        assert answer.status_code == 302
        return
    assert words in errors_of(answer)
    assert "typed and kept" in answer.content.decode()


def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    at_desk: Any, entry: Entry
) -> None:
    client = at_desk()
    sent = fields_of(client, entry, "transcription")
    save(client, address(entry, "transcription"), age="46", reason="the other")
    answer = client.post(
        address(entry, "transcription"), {**sent, "occupation": "кузнец", "reason": "mine"}
    )
    assert "Somebody else has saved this" in errors_of(answer)
    again = form_of(answer.content.decode())
    assert again["occupation"] == ["кузнец"]
    assert client.post(address(entry, "transcription"), again).status_code == 302
    assert entry_draft(entry.pk).occupation == "кузнец"


def test_an_entry_without_a_name_can_be_copied_anew(at_desk: Any, change: Change) -> None:
    client = at_desk()
    put_sources(drafts=[SourceDraft("invented-book", "memory-book", 3, "Invented")], change=change)
    put(change, draft("1", person_key="p"))
    nameless = put(change, draft("2", names=(), person_key="p", birth=parse_edtf("1891")))
    assert save(client, address(nameless, "transcription"), age="46", reason="r").status_code == 302
    assert entry_draft(nameless.pk).age == "46"


def test_regions_and_readings_stay_where_the_print_is_as_before(
    at_desk: Any, change: Change, entry: Entry
) -> None:
    client = at_desk()
    row = RepressionDraft(
        arrest=read_printed("1937"), sentence="8 лет", sentence_months=96, arrest_place="Орёл"
    )
    other = put(change, draft("2", residence="Орёл", residence_region="oryol", repressions=(row,)))
    values = {"residence": "Арел", "repressions-0-charge": "КРД", "reason": "a slip"}
    assert save(client, address(other, "transcription"), **values).status_code == 302
    found = entry_draft(other.pk)
    assert (found.residence, found.residence_region) == ("Арел", "oryol")
    assert (found.repressions[0].sentence_months, found.repressions[0].charge) == (96, "КРД")


# Doubting and withdrawing ----------------------------------------------------------------------


def test_a_field_is_discredited_and_believed_again(at_desk: Any, entry: Entry) -> None:
    client = at_desk()
    values = {"field": "birth", "en": "Invented.", "ru": "Выдумано.", "uk": ""}
    assert save(client, address(entry, "doubt"), **values).status_code == 302
    entry.refresh_from_db()
    assert entry.discredited["birth"] == "Invented."
    assert entry.wording["discredited.birth"] == {"ru": "Выдумано."}
    assert latest("entry")[0].reason == "Invented."
    answer = save(client, address(entry, "credit"), field="birth", reason="found right")
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert "birth" not in entry.discredited


def test_only_what_the_entry_says_can_be_discredited(at_desk: Any, entry: Entry) -> None:
    page = at_desk().get(address(entry, "doubt") + "?field=death").content.decode()
    offered = {name for name in ("birth", "death", "arrest", "sentence", "*", "occupation")
               if f'<option value="{name}"' in page}  # fmt: skip
    assert offered == {"birth", "death", "arrest", "sentence", "*"}
    assert '<option value="death" selected' in page
    answer = save(at_desk(name="other"), address(entry, "doubt"), field="occupation", en="x")
    assert "errorlist" in answer.content.decode()


def test_an_entry_is_withdrawn_and_shown_again(at_desk: Any, entry: Entry) -> None:
    client = at_desk()
    assert "This field is required." in errors_of(save(client, address(entry, "withdraw")))
    assert save(client, address(entry, "withdraw"), reason="a mistake").status_code == 302
    entry.refresh_from_db()
    assert entry.standing == Standing.WITHDRAWN
    page = client.get(reverse("admin:registry_entry_change", args=[entry.pk])).content.decode()
    assert address(entry, "reinstate") in page
    assert address(entry, "withdraw") not in page
    assert save(client, address(entry, "reinstate"), reason="right").status_code == 302
    entry.refresh_from_db()
    assert entry.standing == Standing.IN_USE


def test_what_was_taken_back_offers_nothing(at_desk: Any, entry: Entry) -> None:
    Entry.all_records.filter(pk=entry.pk).update(standing=Standing.REVERTED)
    client = at_desk()
    page = client.get(reverse("admin:registry_entry_change", args=[entry.pk])).content.decode()
    assert not [act for act in ACTS if address(entry, act) in page]
    answer = save(client, address(entry, "withdraw"), reason="r")
    assert "was undone" in errors_of(answer)


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_pages_and_errors_are_in_the_readers_language(
    at_desk: Any, entry: Entry, language: str
) -> None:
    client = at_desk()
    for act in ACTS:
        page = client.get(f"/{language}{address(entry, act)}").content.decode()
        assert "translate" not in page
        assert f'lang="{language}"' in page
