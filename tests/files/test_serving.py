"""A file is sent while what shows it is shown, and answers 410 or 404 within the minute after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from registry.models import Document, MemorialSite, Person, Photograph
from registry.records import withdraw_source
from registry.records.catalogue.photographs import edit_file, file_draft, remove_file
from registry.records.drafts.uploads import check_upload, store_file
from registry.records.public.files import FileUnknown, any_file
from tests.files.conftest import ACT
from tests.files.pictures import jpeg, tells_nothing

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.4\n<script>alert(1)</script>\n%%EOF"


def parts(row: Any) -> list[str]:
    return [f"/files/{row.name}-{width}.jpg" for width, _ in row.sizes] or [
        f"/files/{row.name}.pdf"
    ]


def test_a_picture_that_is_shown_is_sent(
    add: Callable[..., Any], person: int, client: Client
) -> None:
    row = add(person=person)
    assert len(parts(row)) == 2
    for address in parts(row):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Cache-Control"] == "public, max-age=60"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Content-Disposition" not in answer
        assert "Last-Modified" not in answer
        assert not answer.cookies
        assert tells_nothing(answer.content)
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405


def test_a_scan_in_pdf_is_saved_and_never_shown(
    add: Callable[..., Any], person: int, client: Client
) -> None:
    [address] = parts(add(Document, PAPER, person=person))
    answer = client.get(address)
    assert answer.content == PAPER
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "asked",
    [
        "x", "..", "%2e%2e/settings.py", "..%2f..%2fregistry.sqlite3", "0" * 32 + ".jpg",
        "0" * 32 + "-240.jpg", "0" * 32 + "-240.svg", "%00", "0" * 32 + "-99999.jpg",
        "0" * 32 + "-240.jpg%0a", "٠" * 32 + ".jpg",
    ],
)  # fmt: skip
def test_no_other_name_leads_anywhere(asked: str, client: Client, media: Path) -> None:
    assert client.get(f"/files/{asked}").status_code == 404


def test_another_size_than_there_is_is_not_there(
    add: Callable[..., Any], person: int, client: Client
) -> None:
    row = add(person=person)
    for ending in ("-999.jpg", ".pdf", ".jpg"):
        assert client.get(f"/files/{row.name}{ending}").status_code == 404


def hide_person(row: Any) -> None:
    Person.all_records.filter(pk=row.person_id).update(status="withdrawn")


def restrict_person(row: Any) -> None:
    Person.all_records.filter(pk=row.person_id).update(status="restricted")


def empty_person(row: Any) -> None:
    Person.all_records.filter(pk=row.person_id).update(entry_count=0)


def withdraw(row: Any) -> None:
    withdraw_source(slug="invented-book", **ACT)


def unpublish(row: Any) -> None:
    draft = file_draft(row)
    edit_file(
        model=type(row),
        number=row.pk,
        draft=type(draft)(person=draft.person, source=draft.source),
        **ACT,
    )


def remove(row: Any) -> None:
    remove_file(model=type(row), number=row.pk, **ACT)


@pytest.mark.parametrize("model", [Photograph, Document])
@pytest.mark.parametrize(
    "hide", [hide_person, restrict_person, empty_person, withdraw, unpublish, remove]
)
def test_what_is_hidden_is_gone_at_once(
    hide: Callable[[Any], None],
    model: Any,
    add: Callable[..., Any],
    person: int,
    client: Client,
) -> None:
    row = add(model, person=person)
    etags = {address: client.get(address)["ETag"] for address in parts(row)}
    hide(row)
    for address, etag in etags.items():
        assert client.get(address).status_code == 410
        # Nor is a cache told that what it has still holds.
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 410


def test_photographs_of_a_hidden_place_are_gone(
    add: Callable[..., Any], place: str, client: Client
) -> None:
    row = add(site=place, source="invented-guide")
    assert [client.get(address).status_code for address in parts(row)] == [200, 200]
    MemorialSite.all_records.update(status="withdrawn")
    assert [client.get(address).status_code for address in parts(row)] == [410, 410]


def test_what_was_sent_and_not_reviewed_is_not_reachable(media: Path, db: None) -> None:
    stored = store_file(check_upload(jpeg()))
    [part] = stored.parts
    assert Client().get(f"/files/{part}").status_code == 410


def test_a_file_lost_from_the_disk_is_not_there(
    add: Callable[..., Any], person: int, media: Path, client: Client
) -> None:
    row = add(person=person, published=False)
    assert any_file(Photograph, row.pk).content
    Photograph.all_records.update(published=True)
    for path in media.iterdir():
        path.unlink()
    assert client.get(parts(row)[0]).status_code == 404
    with pytest.raises(FileUnknown):
        any_file(Photograph, row.pk)
    with pytest.raises(FileUnknown):
        any_file(Document, 999)
