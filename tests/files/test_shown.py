"""Photographs and scans on the pages, in the API, in what machines read, and in the search."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from registry.dates import parse_edtf
from registry.models import Document, Person

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.4\n%%EOF"


def image(page: str) -> str:
    [found] = re.findall(r"<img[^>]*>", page)
    return str(found)


def test_a_picture_stands_on_the_page_in_three_sizes(
    add: Callable[..., Any], person: int, client: Client
) -> None:
    row = add(
        person=person,
        caption={"en": "In a yard <b>", "ru": "Во дворе"},
        alt={"ru": "Тёмное и светлое"},
        credit="An invented archive",
        licence="CC BY 4.0",
        date=parse_edtf("1935"),
    )
    english = client.get(f"/people/{person}/").content.decode()
    shown = image(english)
    stem = f"/files/{row.name}"
    assert f'src="{stem}-240.jpg"' in shown
    assert f'srcset="{stem}-240.jpg 240w, {stem}-301.jpg 301w"' in shown
    assert 'width="240" height="159"' in shown
    assert 'alt="Тёмное и светлое" lang="ru"' in shown
    assert f'href="{stem}-301.jpg"' in english
    for told in ("In a yard &lt;b&gt;", "An invented archive", "CC BY 4.0", "1935"):
        assert told in english
    assert re.search(
        r'/sources/invented-book/">Invented book.*?</a><sup><a href="#entry-1">', english
    )
    russian = client.get(f"/ru/people/{person}/").content.decode()
    assert "Во дворе" in russian
    assert "In a yard" not in russian


def test_a_picture_without_words_is_told_as_what_it_is(
    add: Callable[..., Any], person: int, place: str, client: Client
) -> None:
    add(person=person)
    add(site=place, source="invented-guide")
    assert 'alt="Photograph of this person"' in client.get(f"/people/{person}/").content.decode()
    page = client.get(f"/sites/{place}/").content.decode()
    assert 'alt="Photograph of this place"' in page
    assert "<sup>" not in page


def test_scans_stand_under_documents(add: Callable[..., Any], person: int, client: Client) -> None:
    assert "Documents" not in client.get(f"/people/{person}/").content.decode()
    row = add(Document, PAPER, person=person, caption={"uk": "Сторінка"})
    page = client.get(f"/people/{person}/").content.decode()
    assert '<h2 id="documents">Documents</h2>' in page
    assert f'<a href="/files/{row.name}.pdf" download>Scan in PDF</a>' in page
    assert '<span lang="uk">Сторінка</span>' in page


def test_programs_are_told_too(
    add: Callable[..., Any], person: int, place: str, client: Client
) -> None:
    row = add(person=person, caption={"en": "In a yard"}, credit="Invented")
    scan = add(Document, PAPER, person=person)
    add(site=place, source="invented-guide")
    told = client.get(f"/api/v1/people/{person}").json()
    [photograph] = told["photographs"]
    address = f"http://testserver/files/{row.name}-301.jpg"
    assert photograph["file"] == address
    assert [size["width"] for size in photograph["sizes"]] == [240, 301]
    assert client.get(photograph["sizes"][0]["file"]).status_code == 200
    assert photograph["caption"] == {"text": "In a yard", "lang": "en"}
    assert photograph["source"]["slug"] == "invented-book"
    assert photograph["entries"] == [told["entries"][0]["id"]]
    assert told["documents"][0]["file"] == f"http://testserver/files/{scan.name}.pdf"
    assert len(client.get(f"/api/v1/sites/{place}").json()["photographs"]) == 1
    page = client.get(f"/uk/people/{person}/").content.decode()
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(script)["image"] == [
        {
            "@type": "ImageObject",
            "contentUrl": address,
            "caption": "In a yard",
            "creditText": "Invented",
        }
    ]


def test_the_search_finds_who_has_a_picture_that_is_shown(
    add: Callable[..., Any], person: int, client: Client
) -> None:
    def found(has: str) -> int:
        count: int = client.get(f"/api/v1/people?has={has}").json()["count"]
        return count

    assert (found("photo"), found("document")) == (0, 0)
    add(person=person, published=False)
    add(Document, person=person)
    assert (found("photo"), found("document")) == (0, 1)
    add(person=person)
    assert (found("photo"), found("document")) == (1, 1)
    Person.all_records.update(status="restricted")
    assert (found("photo"), found("document")) == (0, 0)
    told = client.get(f"/api/v1/people/{person}").json()
    assert (told["photographs"], told["documents"]) == ([], [])
