"""Two editors of one record: the second is told, nothing is written over, nothing typed is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from registry.dates import parse_edtf
from registry.models import Change, Entry, MemorialSite, Photograph, Role, SiteName, Source, Term
from registry.records.catalogue.photographs import FileDraft, add_file
from registry.records.drafts.uploads import check_upload
from registry.records.people.biographies import BiographyDraft, read_biography, write_biography
from registry.records.undoing.versions import is_still, version_of
from tests.admin.sending import errors_of, form_of, save
from tests.databases import NOW
from tests.files.pictures import jpeg

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"by": None, "role": Role.EDITOR, "reason": "the other", "now": NOW}
TOLD = "Somebody else has saved this since you opened it."


@pytest.fixture
def person(make_person: Any, media: Path) -> int:
    return int(make_person(birth=parse_edtf("1871"), death=parse_edtf("1938")))


def life(person: int, text: str, **more: Any) -> BiographyDraft:
    return BiographyDraft(person, "ru", "Жизнь", text, ("invented-book",), **more)


def opened(client: Client, path: str) -> dict[str, Any]:
    """Return the form of a page as it stands when somebody opens it."""
    return form_of(client.get(path).content.decode())


def text_of(person: int) -> str:
    found = read_biography(person=person, language="ru")
    return found.text if found else ""


def test_a_life_saved_by_another_since_is_not_written_over(at_desk: Any, person: int) -> None:
    client, path = at_desk(), f"/admin/acts/person/{person}/lives/ru/"
    write_biography(draft=life(person, "Первый."), **ACT)
    sent = opened(client, path)
    write_biography(draft=life(person, "Чужое <i>слово</i>."), **ACT)
    count = Change.all_records.count()
    answer = client.post(path, {**sent, "text": "Моё слово.", "reason": "mine"})
    assert answer.status_code == 200
    assert TOLD in errors_of(answer)
    assert Change.all_records.count() == count
    page = answer.content.decode()
    assert "Чужое &lt;i&gt;слово&lt;/i&gt;." in page
    again = form_of(page)
    assert (again["text"], again["reason"]) == (["Моё слово."], ["mine"])
    assert client.post(path, again).status_code == 302
    assert text_of(person) == "Моё слово."


def test_two_who_write_the_first_life_are_told(at_desk: Any, person: int) -> None:
    client, path = at_desk(), f"/admin/acts/person/{person}/lives/ru/"
    sent = {**opened(client, path), "title": "Моя", "text": "Моё.", "sources": "invented-book"}
    write_biography(draft=life(person, "Чужое."), **ACT)
    assert TOLD in errors_of(client.post(path, {**sent, "reason": "mine"}))
    assert text_of(person) == "Чужое."


def test_who_saves_alone_is_asked_nothing(at_desk: Any, person: int) -> None:
    client, path = at_desk(), f"/admin/acts/person/{person}/lives/ru/"
    write_biography(draft=life(person, "Первый.\nВторой."), **ACT)
    sent = {**opened(client, path), "text": "Первый.\r\nТретий.", "reason": "mine"}
    assert client.post(path, sent).status_code == 302
    assert text_of(person) == "Первый.\r\nТретий."


def test_readings_saved_by_another_are_not_taken_back_unseen(at_desk: Any, person: int) -> None:
    client, entry = at_desk(), Entry.all_records.get()
    path = f"/admin/acts/entry/{entry.pk}/reading/"
    sent = opened(client, path)
    assert save(client, path, birth="1872", reason="the other").status_code == 302
    answer = client.post(path, {**sent, "death": "1939", "reason": "mine"})
    assert TOLD in errors_of(answer)
    entry.refresh_from_db()
    assert (entry.birth_edtf, entry.death_edtf) == ("1872", "1938")
    assert "<dd>1872</dd>" in answer.content.decode()


def test_what_another_said_of_a_photograph_stays(at_desk: Any, person: int) -> None:
    draft = FileDraft(person=person, source="invented-book")
    number = add_file(model=Photograph, file=check_upload(jpeg()), draft=draft, **ACT)
    client, path = at_desk(), f"/admin/acts/photograph/{number}/"
    sent = opened(client, path)
    assert save(client, path, caption_ru="Чужая подпись", reason="x").status_code == 302
    answer = client.post(path, {**sent, "credit": "Мой архив", "reason": "mine"})
    assert TOLD in errors_of(answer)
    row = Photograph.all_records.get(pk=number)
    assert (row.credit, row.caption) == ("", {"ru": "Чужая подпись"})
    again = {**form_of(answer.content.decode()), "caption_ru": "Чужая подпись"}
    assert client.post(path, again).status_code == 302
    row.refresh_from_db()
    assert (row.credit, row.caption) == ("Мой архив", {"ru": "Чужая подпись"})


def test_sources_and_terms_are_not_written_over(at_desk: Any, make_source: Any, shot: Term) -> None:
    make_source("book-1")
    source = Source.all_records.get(slug="book-1")
    client = at_desk()
    for path, mine, theirs in (
        (f"/admin/registry/source/{source.pk}/change/", {"author": "Мой"}, {"note": "чужое"}),
        (f"/admin/registry/term/{shot.pk}/change/", {"note_ru": "моё"}, {"note_uk": "чуже"}),
    ):
        sent = opened(client, path)
        assert save(client, path, **theirs, reason="the other").status_code == 302
        answer = client.post(path, {**sent, **mine, "reason": "mine"})
        assert TOLD in errors_of(answer)
        again = form_of(answer.content.decode())
        [[name, text]] = mine.items()
        assert again[name] == [text]
        assert client.post(path, again).status_code == 302
    source.refresh_from_db()
    shot.refresh_from_db()
    assert (source.author, shot.note) == ("Мой", {"ru": "моё"})


def test_rows_of_a_place_saved_by_another_are_not_lost(at_desk: Any, wood: MemorialSite) -> None:
    client, path = at_desk(), f"/admin/registry/memorialsite/{wood.pk}/change/"
    sent = opened(client, path)
    theirs = {"names-1-language": "ru", "names-1-name": "Чужая роща", "reason": "the other"}
    assert save(client, path, **theirs).status_code == 302
    answer = client.post(path, {**sent, "town": "Мой", "reason": "mine"})
    assert TOLD in errors_of(answer)
    assert set(SiteName.all_records.values_list("language", flat=True)) == {"en", "ru"}
    assert 'value="Мой"' in answer.content.decode()


def test_a_version_is_of_what_is_asserted(person: int) -> None:
    entry = str(Entry.all_records.get().pk)
    before = version_of("entry", entry)
    assert is_still("entry", entry, before)
    assert version_of("biography", "0") == version_of("entry", "0") != before
    Entry.all_records.update(age="40")
    assert not is_still("entry", entry, before)
