"""Hiding, what waits for a second person, and erasing, on the desk in three languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.admin.matrix import MATRIX
from registry.dates import parse_edtf
from registry.models import Entry, Person, Proposal, Role, Wish
from registry.records.people.statuses import DELAY, propose_showing, propose_suppressing
from tests.admin.conftest import log_in
from tests.admin.sending import errors_of, form_of

pytestmark = pytest.mark.django_db
LISTED = {
    "": "What waits for a second person",
    "/ru": "Что ждёт второго человека",
    "/uk": "Що чекає на другу людину",
}


@pytest.fixture
def person(make_person: Any) -> int:
    return int(make_person(birth=parse_edtf("1891"), death=parse_edtf("1938")))


def act(client: Client, person: int, what: str, **sent: Any) -> Any:
    return client.post(f"/admin/acts/person/{person}/{what}/", {"reason": "a letter", **sent})


def status(person: int) -> str:
    return str(Person.all_records.get(pk=person).status)


def answer(client: Client, proposal: int, said: str) -> Any:
    cache.clear()  # the code of another log-in opens once
    return client.post(f"/admin/acts/proposals/{proposal}/", {"answer": said, "reason": "seen"})


@pytest.mark.parametrize("wanted", ["withdrawn", "held", "restricted"])
def test_a_moderator_hides_at_once(person: int, at_desk: Any, wanted: str) -> None:
    client = at_desk(Role.MODERATOR)
    page = client.get(f"/admin/registry/person/{person}/change/").content.decode()
    assert f"/admin/acts/person/{person}/hide/" in page
    form = form_of(client.get(f"/admin/acts/person/{person}/hide/").content.decode())
    assert "reason" in form
    assert act(client, person, "hide", status=wanted).status_code == 302
    assert status(person) == wanted
    answer = Client().get(f"/people/{person}/")
    assert answer.status_code == (200 if wanted == "restricted" else 410)


def test_hiding_is_refused_in_words(person: int, at_desk: Any) -> None:
    client = at_desk(Role.MODERATOR)
    act(client, person, "hide", status="withdrawn")
    assert "show more" in errors_of(act(client, person, "hide", status="restricted"))
    assert errors_of(act(client, person, "hide", status="public"))
    assert act(client, 0, "hide", status="held").status_code == 404


@pytest.mark.parametrize("prefix", LISTED)
def test_showing_waits_for_a_second_person(person: int, at_desk: Any, prefix: str) -> None:
    one, two = at_desk(name="one"), at_desk(name="two")
    act(one, person, "hide", status="withdrawn")
    assert act(one, person, "show", wish="by-rule").status_code == 302
    assert status(person) == "withdrawn"
    index = one.get(f"{prefix}/admin/").content.decode()
    assert f"{LISTED[prefix]}</a> <span>1</span>" in index
    listed = two.get(f"{prefix}/admin/acts/proposals/").content.decode()
    assert "a letter" in listed
    proposal = Proposal.all_records.get().pk
    assert f"/admin/acts/proposals/{proposal}/" in listed
    page = two.get(f"{prefix}/admin/acts/proposals/{proposal}/")
    assert page.status_code == 200
    own = one.get(f"/admin/acts/proposals/{proposal}/").content.decode()
    assert "another editor decides it" in own
    assert "another editor decides it" in errors_of(answer(one, proposal, "accept"))
    assert answer(two, proposal, "accept").status_code == 302
    assert status(person) == "public"
    assert "</a> <span>0</span>" in one.get(f"{prefix}/admin/").content.decode()
    assert "decided already" in errors_of(answer(two, proposal, "accept"))


def test_a_list_of_many_asks_the_database_no_more_than_one_of_few(
    make_person: Any, at_desk: Any, account: Any
) -> None:
    client = at_desk()
    asked = []
    for name in ("one", "two", "three"):
        one = make_person(birth=parse_edtf("1891"), death=parse_edtf("1938"))
        propose_suppressing(
            person=one, by=account(name), role=Role.EDITOR, reason="x", now=datetime.now(tz=UTC)
        )
        with CaptureQueriesContext(connection) as queries:
            assert name in client.get("/admin/acts/proposals/").content.decode()
        asked.append(len(queries))
    assert asked[2] == asked[1]


def test_a_moderator_proposes_and_does_not_decide(person: int, at_desk: Any) -> None:
    client = at_desk(Role.MODERATOR)
    act(client, person, "hide", status="held")
    assert act(client, person, "suppress").status_code == 302
    proposal = Proposal.all_records.get().pk
    assert client.get("/admin/acts/proposals/").status_code == 200
    assert client.get(f"/admin/acts/proposals/{proposal}/").status_code == 403
    assert answer(client, proposal, "accept").status_code == 403
    assert "waits" in errors_of(act(client, person, "show", wish="public"))
    assert answer(at_desk(), proposal, "accept").status_code == 302
    assert status(person) == "suppressed"
    gone = Client().get(f"/people/{person}/")
    assert gone.status_code == 410
    assert "nothing to read" in gone.content.decode()
    assert "withdrawn" not in gone.content.decode()
    assert "to read" in Client().get(f"/api/v1/people/{person}").json()["message"]
    entry = Client().get(f"/entries/{Entry.all_records.get().pk}/").content.decode()
    assert "withdrawn" not in entry


def test_the_only_editor_accepts_after_two_days_with_the_second_factor(
    person: int, at_desk: Any
) -> None:
    client = at_desk()
    Person.all_records.filter(pk=person).update(status="held", status_by_rule=False)
    user = User.objects.get()
    now = datetime.now(UTC)
    young, old = now - timedelta(hours=1), now - DELAY - timedelta(minutes=1)
    for moment, words in ((young, "48 hours"), (old, "")):
        Proposal.all_records.update(outcome="refused")
        proposal = propose_showing(
            person=person, wish=Wish.PUBLIC, by=user, role=Role.EDITOR, reason="x", now=moment
        )
        told = answer(client, proposal, "accept")
        assert words in told.content.decode()
        assert told.status_code == (200 if words else 302)
    assert status(person) == "public"


def test_deciding_suppressing_and_erasing_ask_for_the_factor_again(
    person: int, at_desk: Any
) -> None:
    names = [name for name in MATRIX if name.endswith(("_suppress", "_decide", "_erase"))]
    assert len(names) == 6
    assert all(MATRIX[name].proof for name in names)
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=6)):
        client = at_desk(Role.ADMINISTRATOR)
    for what in ("suppress", "erase"):
        assert act(client, person, what, understood="on").status_code == 403
    assert not Proposal.all_records.exists()
    assert Entry.all_records.get().standing == "in-use"
    assert act(client, person, "hide", status="held").status_code == 302


def test_an_administrator_erases(person: int, at_desk: Any) -> None:
    path = f"/admin/acts/person/{person}/erase/"
    editor, client = at_desk(), at_desk(Role.ADMINISTRATOR)
    assert editor.get(path).status_code == 403
    assert act(editor, person, "erase", understood="on").status_code == 403
    assert "cannot be undone" in client.get(path).content.decode()
    assert errors_of(act(client, person, "erase"))
    assert act(client, person, "erase", understood="on").status_code == 302
    row = Person.all_records.get(pk=person)
    assert (row.status, row.full) == ("withdrawn", "")
    entry = Entry.all_records.get()
    assert entry.standing == "erased"
    assert client.get(f"/admin/registry/entry/{entry.pk}/change/").status_code == 200
    assert client.get(f"/admin/acts/entry/{entry.pk}/erase/").status_code == 200
    assert Client().get(f"/people/{person}/").status_code == 410


def test_a_stolen_password_opens_none_of_it(person: int, account: Any) -> None:
    account("stolen")
    client = Client()
    log_in(client, "stolen")
    for what in ("hide", "show", "suppress", "erase", "choose"):
        answer = act(client, person, what, status="withdrawn", wish="public", understood="on")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/")
    assert status(person) == "public"
