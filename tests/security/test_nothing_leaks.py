"""What is hidden changes no public answer by one byte, and is told by none.

Every public address is fetched twice: before and after records that must not be seen are added.
The answers are equal, so neither a string nor a count nor the order of anything tells of them.
Then they are shown, and the same addresses do tell of them: the test could have failed.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from registry.models import (
    Entry,
    Person,
    PersonStatus,
    Source,
    SourceStatus,
)
from registry.records import (
    TermDraft,
    put_terms,
)
from tests.addresses import PREFIXES, Shown, public_addresses
from tests.conftest import new_change
from tests.databases import NOW
from tests.security.hidden import (
    LATIN_MARK,
    MARK,
    Registry,
    add_marked_file,
    fetch,
    hide_records,
    possibly_living,
    show_records,
)

pytestmark = pytest.mark.django_db


def test_hidden_records_change_no_public_answer(
    registry: Registry,
    make_person: Callable[..., int],
    make_source: Callable[..., str],
    client: Client,
) -> None:
    before = fetch(client, registry)
    hide_records(registry, make_person, make_source)
    after = fetch(client, registry)
    changed = [address for address in before if before[address] != after[address]]
    # A history says that something was added that is not shown now, and nothing of what it is.
    assert [address for address in changed if "/history/" not in address] == []
    told = [page for address in changed for page in [after[address][1]] if "/history/" in address]
    assert [page for page in told if MARK in page or LATIN_MARK in page] == []
    show_records()
    with time_machine.travel(NOW, tick=False):
        told = [
            address
            for address in public_addresses(registry.shown, languages=[""])
            if MARK in client.get(address).content.decode(errors="replace")
        ]
    assert "/" in told or "/people/" in told, "nothing could have leaked: the test proves nothing"
    for needed in ("/people/?sort=name&limit=100", "/api/v1/people?limit=100&facets=1"):
        assert needed in told
    assert any(address.startswith("/sites/invented-site") for address in told)
    assert any(address.startswith("/people/") and address.endswith("/") for address in told)


@pytest.mark.parametrize("prefix", [*PREFIXES, "/api/v1"])
def test_hidden_records_have_no_page_of_their_own(
    registry: Registry,
    make_person: Callable[..., int],
    make_source: Callable[..., str],
    client: Client,
    prefix: str,
) -> None:
    found = hide_records(registry, make_person, make_source)
    slash = "" if prefix.startswith("/api") else "/"
    statuses = []
    for person in found.hidden:
        answer = client.get(f"{prefix}/people/{person}{slash}")
        statuses.append(answer.status_code)
        assert_untold(answer.content)
    assert statuses == [410, 410, 410, 301, 410]
    for entry in found.entries:
        answer = client.get(f"{prefix}/entries/{entry}{slash}")
        assert answer.status_code == 410
        assert_untold(answer.content)
    answer = client.get(f"{prefix}/sites/zzleak-site{slash}")
    assert answer.status_code == 410
    assert_untold(answer.content)
    if not prefix.startswith("/api"):
        answer = client.get(f"{prefix}/sources/zzleak-withdrawn/")
        assert answer.status_code == 410
        assert_untold(answer.content)


def test_files_of_what_is_hidden_cannot_be_reached(
    registry: Registry,
    make_person: Callable[..., int],
    make_source: Callable[..., str],
    client: Client,
) -> None:
    found = hide_records(registry, make_person, make_source)
    restricted = make_person(**possibly_living())
    of_restricted = list(add_marked_file(99, person=restricted))
    assert len(found.files) == 18
    for address in (*found.files, *of_restricted):
        answer = client.get(address)
        assert answer.status_code == 410, address
        assert_untold(answer.content)
    show_records()
    assert {client.get(address).status_code for address in found.files} == {200}


def assert_untold(body: bytes) -> None:
    """Assert that no marked text stands in an answer; addresses in lower case may be echoed."""
    text = body.decode()
    assert MARK not in text
    assert LATIN_MARK.title() not in text
    assert f"{MARK} {LATIN_MARK}" not in text


def test_restricted_person_tells_name_years_fate_and_source_alone(
    registry: Registry, make_person: Callable[..., int], client: Client
) -> None:
    printed = str(possibly_living()["fate"])
    alive = TermDraft("fate", "survived", "invented alive", "живой", "живий", spellings=(printed,))
    put_terms(drafts=[alive], change=new_change("a vocabulary of the test"))
    person = make_person(**possibly_living())
    list(add_marked_file(99, person=person))
    assert Person.all_records.get(pk=person).status == PersonStatus.RESTRICTED
    entry = Entry.all_records.get(person=person)
    shown = Shown(
        person=[person],
        entry=[entry.pk],
        site=["invented-site"],
        source=["invented-book"],
        letter=["З"],
        name=["Закрытов"],
    )
    for address, (status, body) in fetch(client, Registry(shown)).items():
        assert status == 200, address
        if MARK not in address and LATIN_MARK not in address:
            assert MARK not in body, address
            assert LATIN_MARK not in body.casefold(), address
            assert "1990-11-11" not in body, address
    page = client.get(f"/people/{person}/").content.decode()
    assert "Закрытов" in page
    assert "1990" in page
    told = client.get(f"/api/v1/people/{person}").content.decode()
    assert "survived" in told
    assert "invented alive" in told
    # Where someone is said to lie is not told of them, nor on the page of the place.
    assert "Закрытов" not in client.get("/sites/invented-site/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        f"place={MARK}",
        f"occupation={MARK}",
        f"archive_file={LATIN_MARK}",
        "sex=f",
        "site=invented-site",
        "arrest_to=1952",
        "nationality=invented-nation",
        "undated=on&arrest_from=1700",
        "has=photo",
        "has=document",
    ],
)
def test_restricted_person_is_not_found_by_what_is_not_told(
    registry: Registry, make_person: Callable[..., int], client: Client, query: str
) -> None:
    person = make_person(**possibly_living())
    list(add_marked_file(99, person=person))
    assert Person.all_records.get(pk=person).status == PersonStatus.RESTRICTED
    found = client.get(f"/api/v1/people?facets=1&{query}").content.decode()
    assert "Закрытов" not in found


def test_sources_are_all_in_use(registry: Registry) -> None:
    assert set(Source.all_records.values_list("status", flat=True)) == {SourceStatus.IN_USE}
