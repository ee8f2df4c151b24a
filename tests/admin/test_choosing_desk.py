"""Choosing on the desk: what is in dispute, one value and why, and back to the rule."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from registry.dates import parse_edtf
from registry.models import Change, Choice, Entry, Role
from registry.records import public_person, withdraw_source
from registry.records.drafts.entries import RepressionDraft
from tests.databases import NOW
from tests.records.drafting import draft, put_books, put_one

pytestmark = pytest.mark.django_db
WORDS = {
    "": ("Choose what to believe", "no longer applies"),
    "/ru": ("Выбрать, какой записи верить", "больше не действует"),
    "/uk": ("Вибрати, якому запису вірити", "більше не діє"),
}


@pytest.fixture
def person(library: None, change: Change) -> int:
    return put_one(
        change,
        draft(
            "1", "book-a", person_key="p", birth=parse_edtf("1891"), fate="расстрелян",
            repressions=(RepressionDraft(arrest=parse_edtf("1937-11-03")),),
        ),
        draft(
            "2", "book-b", person_key="p", birth=parse_edtf("1892"),
            repressions=(RepressionDraft(arrest=parse_edtf("1937-11-08")),),
        ),
    )  # fmt: skip


def path(person: int, prefix: str = "") -> str:
    return f"{prefix}/admin/acts/person/{person}/choose/"


def entry(key: str) -> int:
    return int(Entry.all_records.get(key=key).pk)


def picks(client: Client, person: int, prefix: str = "") -> list[str]:
    page = client.get(path(person, prefix))
    assert page.status_code == 200
    return re.findall(r'name="pick" value="([^"]*)"', page.content.decode())


def pick(client: Client, person: int, what: str, reason: str = "seen in the file") -> Any:
    return client.post(path(person), {"pick": what, "reason": reason})


def test_what_is_in_dispute_is_offered_and_nothing_else(person: int, at_desk: Any) -> None:
    client = at_desk()
    one, two = entry("1"), entry("2")
    assert picks(client, person) == [
        f"{one}:birth", f"{two}:birth", f"{one}:episode:1.arrest", f"{two}:episode:1.arrest",
    ]  # fmt: skip


def test_an_entry_is_believed_and_given_up_again(person: int, at_desk: Any) -> None:
    client = at_desk()
    two = entry("2")
    for field in ("birth", "episode:1.arrest"):
        assert pick(client, person, f"{two}:{field}").status_code == 302
        assert f"rule:{two}:{field}" in picks(client, person)
    told = public_person(person, language="en")
    for fact in (told.facts["birth"], told.episodes[0].facts["arrest"]):
        assert (fact.rule, fact.reason) == ("choice", "seen in the file")
    for field in ("birth", "episode:1.arrest"):
        assert pick(client, person, f"rule:{two}:{field}", "misread").status_code == 302
    told = public_person(person, language="en")
    assert told.facts["birth"].rule == told.episodes[0].facts["arrest"].rule == "rank"


@pytest.mark.parametrize("prefix", WORDS)
def test_readers_are_told_of_a_choice_and_that_it_lapsed(
    person: int, at_desk: Any, prefix: str
) -> None:
    client = at_desk()
    pick(client, person, f"{entry('2')}:birth", "видно в деле")
    reader = Client()
    page = reader.get(f"{prefix}/people/{person}/").content.decode()
    assert "видно в деле" in page
    assert WORDS[prefix][1] not in page
    facts = reader.get(f"/api/v1/people/{person}").json()["fields"]["birth"]
    assert (facts["rule"], facts["reason"]) == ("choice", "видно в деле")
    withdraw_source(slug="book-b", by=None, role=Role.EDITOR, reason="forged", now=NOW)
    page = reader.get(f"{prefix}/people/{person}/").content.decode()
    assert WORDS[prefix][1] in page
    assert "видно в деле" not in page
    assert reader.get(f"/api/v1/people/{person}").json()["lapsed"] == ["birth"]
    desk = client.get(f"{prefix}/admin/registry/person/{person}/change/").content.decode()
    assert WORDS[prefix][1] in desk
    acts = client.get(path(person, prefix)).content.decode()
    assert WORDS[prefix][0] in acts
    assert WORDS[prefix][1] in acts
    assert pick(client, person, f"rule:{entry('2')}:birth", "gone").status_code == 302
    assert reader.get(f"/api/v1/people/{person}").json()["lapsed"] == []


def test_nothing_typed_is_lost_when_it_is_refused(person: int, at_desk: Any) -> None:
    client = at_desk()
    two = entry("2")
    answer = pick(client, person, f"{two}:birth", "")
    assert answer.status_code == 200
    assert f'value="{two}:birth" checked' in answer.content.decode()
    answer = pick(client, person, f"{two}:occupation", "why not")
    assert "can no longer be chosen" in answer.content.decode()
    assert 'value="why not"' in answer.content.decode()
    assert not Choice.all_records.exists()


def test_a_moderator_looks_and_does_not_choose(person: int, at_desk: Any) -> None:
    client = at_desk(Role.MODERATOR)
    assert client.get(path(person)).status_code == 200
    assert pick(client, person, f"{entry('2')}:birth").status_code == 403
    assert client.get(path(0)).status_code == 404


def test_where_nothing_differs_nothing_is_asked(change: Change, at_desk: Any) -> None:
    put_books(change)
    alone = put_one(change, draft("1", "book-a", birth=parse_edtf("1891")))
    page = at_desk().get(path(alone)).content.decode()
    assert "differ on no field" in page
    assert 'class="default"' not in page
