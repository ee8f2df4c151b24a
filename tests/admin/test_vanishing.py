"""What a contributor invented vanishes from every output: through the desk, as its words say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.models import Change, Entry, Role, SubmissionKind
from registry.submissions.starting import Target
from tests.admin.reviewing import act, open_review
from tests.admin.sending import save
from tests.submissions.sending import SOMEBODY, accept_all, send

pytestmark = pytest.mark.django_db
MARK = "Выдуманное"


@pytest.fixture
def sent() -> tuple[int, int, Entry]:
    """Return a submission with something invented beside what is not, the person, the entry."""
    person = accept_all(send()).people[1]
    values = {"comment": MARK, "occupation": "примерный"}
    number = send(SubmissionKind.ADDITION, values, target=Target(person))
    accept_all(number)
    return number, person, Entry.all_records.latest("pk")


def telling(person: int, entry: Entry) -> list[str]:
    """Return the public addresses that tell what was invented."""
    client = Client()
    pages = [f"/people/{person}/", f"/people/{person}/history/", f"/entries/{entry.pk}/"]
    pages += [f"/api/v1/people/{person}", f"/api/v1/entries/{entry.pk}"]
    pages += [
        f"/people/?q={SOMEBODY['family_name']}",
        f"/api/v1/people?q={SOMEBODY['family_name']}",
    ]
    changes = Change.all_records.order_by("pk").values_list("pk", flat=True)
    pages += [f"/people/{person}/history/{change}/" for change in changes]
    return [page for page in pages if MARK in client.get(page).content.decode()]


def desk(entry: Entry, name: str) -> str:
    return reverse(f"admin:registry_entry_{name}", args=[entry.pk])


def test_what_is_discredited_stays_and_the_page_says_what_does_not(
    sent: tuple[int, int, Entry], at_desk: Any
) -> None:
    number, person, entry = sent
    client = at_desk()
    page = client.get(desk(entry, "doubt")).content.decode()
    assert "stays on the page as not believed" in page
    assert f"/admin/acts/submissions/{number}/" in page
    assert desk(entry, "withdraw") in page
    save(client, desk(entry, "doubt"), field="comment", en="It is invented.")
    assert f"/people/{person}/" in telling(person, entry)


def test_a_withdrawn_entry_is_in_no_output(sent: tuple[int, int, Entry], at_desk: Any) -> None:
    _, person, entry = sent
    assert f"/people/{person}/" in telling(person, entry)
    save(at_desk(), desk(entry, "withdraw"), reason="It is invented.")
    assert telling(person, entry) == []


def test_undone_and_decided_again_without_it_the_rest_stays(
    sent: tuple[int, int, Entry], at_desk: Any
) -> None:
    number, person, entry = sent
    client = at_desk(Role.MODERATOR)
    assert "Undo the decision" in open_review(client, number)
    client.post(f"/admin/acts/submissions/{number}/undo/", {"reason": "It is invented."})
    assert telling(person, entry) == []
    act(client, number, "accept", p1__take__comment=None)
    assert telling(person, entry) == []
    page = Client().get(f"/people/{person}/").content.decode()
    assert "примерный" in page


def test_what_was_mended_is_forgotten_by_an_administrator(
    sent: tuple[int, int, Entry], at_desk: Any
) -> None:
    _, person, entry = sent
    save(at_desk(), desk(entry, "transcription"), comment="", reason="It is invented.")
    assert telling(person, entry)
    assert at_desk(name="other").get(desk(entry, "forget")).status_code == 403
    client = at_desk(Role.ADMINISTRATOR)
    assert desk(entry, "forget") in client.get(desk(entry, "change")).content.decode()
    save(client, desk(entry, "forget"), understood="on", reason="It is invented.")
    assert telling(person, entry) == []
    page = Client().get(f"/people/{person}/history/").content.decode()
    assert re.search("emptied for good", page)
