"""A merged person leads on, a hidden one is gone, in words: pages and API, three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from registry.models import Entry, Person, PersonStatus, Role
from registry.records import withdraw_source
from tests.addresses import PREFIXES
from tests.databases import NOW

pytestmark = pytest.mark.django_db

LANGUAGES = {"": "en", "/ru": "ru", "/uk": "uk"}
GONE = {
    "": "This is no longer shown",
    "/ru": "Это больше не показывается",
    "/uk": "Це більше не показується",
}
LESS_TOLD = {
    "": "There is nothing to read here",
    "/ru": "Здесь нечего читать",
    "/uk": "Тут немає чого читати",
}
HIDDEN = (PersonStatus.HELD, PersonStatus.WITHDRAWN, PersonStatus.SUPPRESSED)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_merged_person_leads_to_the_other_for_ever(
    client: Client, make_person: Callable[..., int], prefix: str
) -> None:
    kept, joined = make_person(fate="shot"), make_person(fate="shot", family="Другов")
    Person.all_records.filter(pk=joined).update(status=PersonStatus.MERGED, merged_into=kept)

    page = client.get(f"{prefix}/people/{joined}/")
    told = client.get(f"/api/v1/people/{joined}", headers={"Accept-Language": LANGUAGES[prefix]})

    assert (page.status_code, page["Location"]) == (301, f"{prefix}/people/{kept}/")
    assert told.status_code == 301
    assert told["Location"].endswith(f"/api/v1/people/{kept}")
    assert told.json()["location"] == told["Location"]
    assert "Другов" not in page.content.decode() + told.content.decode()
    assert client.get(page["Location"]).status_code == 200


@pytest.mark.parametrize("status", HIDDEN)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_hidden_person_is_gone_and_nothing_is_told_of_them(
    client: Client, make_person: Callable[..., int], prefix: str, status: PersonStatus
) -> None:
    hidden = make_person(fate="shot", family="Скрытов")
    entry = Entry.all_records.get(person=hidden)
    Person.all_records.filter(pk=hidden).update(status=status, status_by_rule=False)

    for address in (f"/people/{hidden}/", f"/entries/{entry.pk}/"):
        page = client.get(prefix + address)
        text = page.content.decode()
        assert page.status_code == 410
        words = LESS_TOLD if status == PersonStatus.SUPPRESSED else GONE
        assert words[prefix] in text
        assert f'<html lang="{LANGUAGES[prefix]}"' in text
        assert "Скрытов" not in text
        assert "noindex" in text
        told = client.get(
            f"/api/v1{address.rstrip('/')}", headers={"Accept-Language": LANGUAGES[prefix]}
        )
        assert told.status_code == 410
        assert told.json()["error"] == "gone"
        assert told["Content-Language"] == LANGUAGES[prefix]
        assert "Скрытов" not in told.content.decode()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_what_only_a_withdrawn_source_said_is_gone(
    client: Client, make_person: Callable[..., int], prefix: str
) -> None:
    person = make_person(fate="shot", source="withdrawn-book")
    entry = Entry.all_records.get(person=person)
    withdraw_source(slug="withdrawn-book", by=None, role=Role.SYSTEM, reason="a test", now=NOW)

    for address in ("/sources/withdrawn-book/", f"/people/{person}/", f"/entries/{entry.pk}/"):
        page = client.get(prefix + address)
        assert page.status_code == 410, address
        assert GONE[prefix] in page.content.decode()
        assert "Invented book" not in page.content.decode()
