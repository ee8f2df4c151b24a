"""The moderators' desk: what waits, and what is decided of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from registry.dates import parse_edtf
from registry.models import Person, Role, Submission, SubmissionKind
from registry.submissions.starting import Target
from registry.submissions.triage import ask_contributor, claim_submission
from tests.databases import NOW
from tests.submissions.sending import begin, reject_all, send

pytestmark = pytest.mark.django_db
QUEUE = "/admin/acts/submissions/"


@pytest.fixture
def moderator(at_desk: Any) -> Client:
    client: Client = at_desk(Role.MODERATOR)
    return client


def number(sent: int) -> str:
    told = Submission.all_records.get(pk=sent).number
    return f"{told[:4]}-{told[4:]}"


def shown(client: Client, query: str = "", prefix: str = "") -> list[str]:
    page = client.get(f"{prefix}{QUEUE}{query}")
    assert page.status_code == 200
    return re.findall(r"submissions/\d+/[^\"]*\">(\d{4}-\d{4})</a>", page.content.decode())


def test_urgent_ones_stand_first_then_the_oldest(moderator: Client, make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1880"))
    younger = send(now=NOW)
    older = send(
        now=NOW - timedelta(days=30), values={"family_name": "Выдумкин", "death_date": "1938"}
    )
    wish = send(SubmissionKind.TAKEDOWN, {"what": "всё"}, target=Target(person), now=NOW)
    begin()
    assert shown(moderator) == [number(wish), number(older), number(younger)]


def test_a_line_of_the_queue_tells_what_waits_and_why(moderator: Client, make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1880"))
    now = timezone.now()
    send(values={"family_name": "Выдумкин", "given_name": "Живой"}, now=now - timedelta(weeks=2))
    wish = send(SubmissionKind.TAKEDOWN, {"what": "всё"}, target=Target(person), now=now)
    page = moderator.get(QUEUE).content.decode()
    due = Submission.all_records.get(pk=wish).since + timedelta(days=30)
    for words in (
        "Выдумкин Живой", "waits for 2 weeks", "came this week", "Russian", "1 part", "urgent",
        "may be about somebody alive", "Somebody wishes that something be hidden or removed.",
        f"to be decided by {date_format(due)}", str(Person.all_records.get(pk=person)),
    ):  # fmt: skip
        assert words in page, words


def test_a_wish_that_is_late_says_so(moderator: Client, make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1880"))
    came = timezone.now() - timedelta(weeks=6)
    wish = send(SubmissionKind.TAKEDOWN, {"what": "всё"}, target=Target(person), now=came)
    due = Submission.all_records.get(pk=wish).since + timedelta(days=30)
    told = f"late: to be decided by {date_format(due)}"
    assert told in moderator.get(QUEUE).content.decode()
    assert told in moderator.get(f"{QUEUE}{wish}/").content.decode()


def test_filters_live_in_the_address(moderator: Client, make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1880"))
    new = send()
    fix = send(SubmissionKind.CORRECTION, {"birth_date": "1891"}, target=Target(person, "birth"))
    wish = send(SubmissionKind.TAKEDOWN, {"what": "всё"}, target=Target(person))
    asked = send(values={"family_name": "Выдумкин", "death_date": "1938"})
    done = send(values={"family_name": "Небывалов", "death_date": "1938"})
    reject_all(done)
    staff = User.objects.get(username="invented-moderator")
    ask_contributor(submission=asked, text="Откуда?", by=staff, now=NOW)
    claim_submission(submission=new, by=staff, now=timezone.now())
    cases = {
        "": [wish, new, fix, asked],
        "?kind=correction": [fix],
        "?language=uk": [],
        "?language=ru&kind=person": [new, asked],
        "?state=waiting": [wish, new, fix],
        "?state=asked": [asked],
        "?state=decided": [done],
        "?state=withdrawn": [],
        "?flag=takedown": [wish],
        "?flag=duplicate": [wish],
        "?urgent=on": [wish],
        "?mine=on": [new],
        f"?q={number(done)}": [done],
        f"?q={number(fix).replace('-', '+')}": [fix],
        "?q=nothing": [],
        "?kind=no-such-kind&page=x": [wish, new, fix, asked],
    }
    for query, expected in cases.items():
        assert sorted(shown(moderator, query)) == sorted(map(number, expected)), query
    page = moderator.get(f"{QUEUE}?kind=correction").content.decode()
    assert f'/admin/acts/submissions/{fix}/?kind=correction"' in page
    assert '<option value="correction" selected>' in page


def test_the_queue_costs_the_same_for_one_and_for_fifty(moderator: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert moderator.get(QUEUE).status_code == 200
        return len(queries)

    send()
    few = cost()
    for one in range(50):
        send(values={"family_name": f"Выдумкин{one}", "death_date": "1938"})
    assert (cost(), few) == (6, 6)
    assert len(shown(moderator)) == 50
    assert len(shown(moderator, "?page=2")) == 1


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", ("What was sent", "2 wait", "1 of them urgent"))],
)
def test_the_index_tells_how_many_wait(
    moderator: Client, make_person: Any, prefix: str, words: tuple[str, ...]
) -> None:
    with CaptureQueriesContext(connection) as before:
        moderator.get(f"{prefix}/admin/")
    person = make_person(birth=parse_edtf("1880"))
    send()
    send(SubmissionKind.TAKEDOWN, {"what": "всё"}, target=Target(person))
    with CaptureQueriesContext(connection) as after:
        page = moderator.get(f"{prefix}/admin/").content.decode()
    assert len(after) == len(before)
    for one in words:
        assert one in page


def test_a_draft_is_nobody_s_to_see(moderator: Client) -> None:
    draft = begin().submission
    assert moderator.get(f"{QUEUE}{draft}/").status_code == 404
    assert moderator.get(f"{QUEUE}{draft}/undo/").status_code == 404
    assert shown(moderator, f"?q={number(draft)}") == []
