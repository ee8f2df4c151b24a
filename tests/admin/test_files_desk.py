"""Photographs and scans at the desk: added, edited and removed, each with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from registry.dates import parse_edtf
from registry.models import Change, Document, MemorialSite, Photograph, Role
from tests.admin.sending import form_of
from tests.files.pictures import TOLD, file_of, jpeg, picture, telling, tells_nothing

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(make_person: Callable[..., int], media: Path) -> int:
    return make_person(death=parse_edtf("1938"), birth=parse_edtf("1890"))


def upload(data: bytes, name: str = "uncle at his house.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def fill(client: Client, path: str, **values: Any) -> Any:
    """Send the form of a page as a browser does, with these values in it."""
    page = client.get(path)
    assert page.status_code == 200
    return client.post(path, {**form_of(page.content.decode()), **values})


SAID: dict[str, Any] = {
    "source": "invented-book",
    "credit": "An invented archive",
    "licence": "CC BY 4.0",
    "day": "1935~",
    "caption_en": "In an invented yard",
    "caption_ru": "В выдуманном дворе",
    "alt_en": "A dark half and a light half",
    "published": "on",
    "reason": "It came with the book.",
}


def test_the_pages_of_people_and_places_lead_there(
    at_desk: Any, person: int, wood: MemorialSite
) -> None:
    editor, moderator = at_desk(), at_desk(Role.MODERATOR)
    for of, pk in (("person", person), ("memorialsite", wood.pk)):
        kind = of.replace("memorial", "")
        address = f"/admin/acts/{kind}/{pk}/files/"
        assert address in editor.get(f"/admin/registry/{of}/{pk}/change/").content.decode()
        assert address in moderator.get(f"/admin/registry/{of}/{pk}/change/").content.decode()
        assert f"{address}photograph/" in editor.get(address).content.decode()
        assert f"{address}photograph/" not in moderator.get(address).content.decode()
    assert editor.get("/admin/acts/person/999999/files/").status_code == 404


def test_a_photograph_is_added_with_all_that_is_said_of_it(at_desk: Any, person: int) -> None:
    client = at_desk()
    path = f"/admin/acts/person/{person}/files/photograph/"
    answer = fill(client, path, upload=upload(telling()), **SAID)
    assert answer["Location"] == f"/admin/acts/person/{person}/files/"
    row = Photograph.all_records.get()
    assert (row.person_id, row.credit, row.published) == (person, "An invented archive", True)
    assert row.caption == {"en": "In an invented yard", "ru": "В выдуманном дворе"}
    assert row.date.edtf == "1935~"
    assert Change.all_records.latest("pk").reason == "It came with the book."
    page = client.get(answer["Location"]).content.decode()
    assert "In an invented yard" in page
    assert "uncle" not in page
    shown = Client().get(f"/people/{person}/").content.decode()
    assert f"/files/{row.name}-40.jpg" in shown
    assert 'alt="A dark half and a light half"' in shown


def test_an_unpublished_one_is_seen_at_the_desk_alone(at_desk: Any, person: int) -> None:
    client = at_desk(Role.EDITOR)
    path = f"/admin/acts/person/{person}/files/photograph/"
    fill(client, path, upload=upload(jpeg()), reason="to be looked at")
    row = Photograph.all_records.get()
    assert row.published is False
    address = f"/admin/acts/photograph/{row.pk}/file/"
    for browser in (client, at_desk(Role.MODERATOR)):
        answer = browser.get(address)
        assert tells_nothing(answer.content)
        assert answer["Cache-Control"] == "no-store"
    assert Client().get(address).status_code == 302
    for browser in (client, Client()):
        assert browser.get(f"/files/{row.name}-40.jpg").status_code == 410


def test_a_scan_in_pdf_is_taken_and_saved_by_the_browser(
    at_desk: Any, wood: MemorialSite, media: Path
) -> None:
    client = at_desk()
    path = f"/admin/acts/site/{wood.pk}/files/document/"
    paper = b"%PDF-1.4\n%%EOF"
    answer = fill(client, path, upload=upload(paper, "x.pdf"), **SAID)
    assert answer.status_code == 302
    row = Document.all_records.get()
    assert (row.site_id, row.media_type) == (wood.pk, "application/pdf")
    sent = client.get(f"/admin/acts/document/{row.pk}/file/")
    assert sent["Content-Disposition"].startswith("attachment")
    assert "Scan in PDF" in client.get(f"/admin/acts/site/{wood.pk}/files/").content.decode()
    assert f"/files/{row.name}.pdf" in Client().get("/sites/invented-wood/").content.decode()
    for file in media.iterdir():
        file.unlink()
    assert client.get(f"/admin/acts/document/{row.pk}/file/").status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (file_of(picture(), "GIF"), "Files of this kind are not taken here."),
        (b"%PDF-1.4", "Files of this kind are not taken here."),
        (jpeg()[:-200], "The file is damaged and cannot be read."),
        (bytes(15 * 1024 * 1024 + 1), "The file has more than 15 megabytes."),
    ],
    ids=["gif", "pdf", "truncated", "large"],
)
def test_a_refused_file_is_told_in_words_and_nothing_typed_is_lost(
    data: bytes, words: str, at_desk: Any, person: int, media: Path
) -> None:
    client = at_desk()
    path = f"/admin/acts/person/{person}/files/photograph/"
    answer = fill(client, path, upload=upload(data), **SAID)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    for typed in ("An invented archive", "В выдуманном дворе", "1935~", "It came with the book."):
        assert typed in page
    assert not Photograph.all_records.exists()
    assert not media.exists()
    russian = client.post(f"/ru{path}", {**SAID, "upload": upload(data)}).content.decode()
    assert words not in russian


def test_what_cannot_be_said_is_told_in_words(at_desk: Any, person: int, media: Path) -> None:
    client = at_desk()
    path = f"/admin/acts/person/{person}/files/photograph/"
    page = fill(client, path, upload=upload(jpeg()), **{**SAID, "day": "1937-02-30"})
    assert "There is no such day." in page.content.decode()
    assert "Choose the file again." in page.content.decode()
    page = fill(client, path, upload=upload(jpeg()), **{**SAID, "source": ""})
    assert "What is shown to the public has a source." in page.content.decode()
    page = fill(client, path, upload=upload(jpeg()), **{**SAID, "reason": ""})
    assert "This field is required." in page.content.decode()
    assert not Photograph.all_records.exists()
    assert list(media.iterdir()) == []
    fill(client, path, upload=upload(jpeg()), **SAID)
    page = fill(client, path, upload=upload(jpeg()), **SAID)
    assert "The same picture is there already." in page.content.decode()


def test_a_full_disk_is_told_in_words(at_desk: Any, person: int, media: Path) -> None:
    media.write_text("no folder")
    client = at_desk()
    path = f"/admin/acts/person/{person}/files/photograph/"
    page = fill(client, path, upload=upload(jpeg()), **SAID).content.decode()
    assert "The file could not be stored." in page
    assert "An invented archive" in page


def test_editing_keeps_the_file_and_removing_takes_it_from_the_page(
    at_desk: Any, person: int
) -> None:
    client = at_desk()
    path = f"/admin/acts/person/{person}/files/photograph/"
    fill(client, path, upload=upload(jpeg()), **SAID)
    row = Photograph.all_records.get()
    edit = f"/admin/acts/photograph/{row.pk}/"
    assert fill(client, edit, reason="nothing").status_code == 302
    assert Change.all_records.latest("pk").reason == "It came with the book."
    answer = fill(client, edit, credit="Another archive", caption_ru="", reason="misread")
    assert answer.status_code == 302
    changed = Photograph.all_records.get()
    assert (changed.name, changed.credit) == (row.name, "Another archive")
    assert changed.caption == {"en": "In an invented yard"}
    assert changed.date == row.date
    address = f"/files/{row.name}-40.jpg"
    assert Client().get(address).status_code == 200
    answer = fill(client, f"{edit}remove/", reason="the family asked")
    assert answer["Location"] == f"/admin/acts/person/{person}/files/"
    assert not Photograph.all_records.exists()
    assert Client().get(address).status_code == 410
    for gone in (edit, f"{edit}remove/", f"{edit}file/"):
        assert client.get(gone).status_code == 404


def test_what_a_file_was_called_is_kept_nowhere(at_desk: Any, person: int, media: Path) -> None:
    path = f"/admin/acts/person/{person}/files/photograph/"
    fill(at_desk(), path, upload=upload(telling(), f"{TOLD.decode()}.jpg"), **SAID)
    row = Photograph.all_records.get()
    kept = "".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)
    assert TOLD.decode() not in kept
    assert all(TOLD not in file.read_bytes() for file in media.iterdir())
    assert all(TOLD.decode() not in file.name for file in media.iterdir())


def test_an_administrator_erases_what_was_removed_before(at_desk: Any, person: int) -> None:
    editor, client = at_desk(), at_desk(Role.ADMINISTRATOR)
    fill(editor, f"/admin/acts/person/{person}/files/photograph/", upload=upload(jpeg()), **SAID)
    number = Photograph.all_records.get().pk
    page, erase = f"/admin/acts/person/{person}/files/", f"/admin/acts/photograph/{number}/erase/"
    assert erase in client.get(page).content.decode()
    assert erase not in editor.get(page).content.decode()
    assert fill(editor, f"/admin/acts/photograph/{number}/remove/", reason="x").status_code == 302
    told = client.get(page).content.decode()
    assert "Removed before" in told
    assert "In an invented yard" in told
    assert erase in told
    assert "Removed before" not in editor.get(page).content.decode()
    answer = fill(client, erase, understood="on", reason="a court")
    assert answer.status_code == 302
    assert answer["Location"] == f"/admin/registry/person/{person}/change/"
    assert erase not in client.get(page).content.decode()
    assert client.get(erase).status_code == 404
