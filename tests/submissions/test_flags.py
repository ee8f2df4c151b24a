"""What whoever decides sees before anything else: codes, and nothing that is not so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.models import MediaType, Submission, SubmissionKind
from registry.records.drafts.uploads import CheckedFile
from registry.submissions.deciding import undo_decision
from registry.submissions.files import add_file
from registry.submissions.flags import find_flags
from registry.submissions.receiving import (
    name_person,
    reply,
    save_answers,
    send_submission,
    withdraw_submission,
)
from registry.submissions.starting import Target
from registry.submissions.triage import waiting_submissions
from tests.databases import NOW

from .sending import SOMEBODY, begin, moderator, reject_all, send

pytestmark = pytest.mark.django_db
DEAD = {"family_name": "Примеров", "given_name": "Пример", "death_date": "1938"}
Flags = list[tuple[str, Any]]


def flags_of(number: int) -> Flags:
    row = Submission.all_records.get(pk=number)
    return [(flag["code"], flag["about"]) for flag in row.flags]


def sent(values: dict[str, str], **more: Any) -> Flags:
    return flags_of(send(values={**DEAD, **values}, **more))


def living(**values: str) -> bool:
    """Tell whether somebody of this name and these values is flagged, and urgent, as living."""
    own = {name: text for name, text in {**DEAD, "death_date": "", **values}.items() if text}
    number = send(values=own)
    row = Submission.all_records.get(pk=number)
    flagged = ("possibly-living", 1) in flags_of(number)
    assert row.urgent is flagged
    return flagged


def test_of_a_plain_one_nothing_is_told() -> None:
    assert flags_of(send(values=SOMEBODY)) == []


@pytest.mark.parametrize(
    ("values", "flagged"),
    [
        ({}, True),
        ({"birth_date": "1915"}, False),
        ({"birth_date": "1916"}, True),
        ({"birth_date": "не знаю"}, True),
        ({"birth_date": "после 1880"}, True),
        ({"birth_date": "до 1900"}, False),
        ({"arrest_date": "1937"}, True),
        ({"arrest_date": "1905"}, False),
        ({"birth_date": "1990", "death_date": "05.11.1997"}, False),
        ({"birth_date": "1990", "death_date": "не знаю"}, True),
        ({"birth_date": "1990", "execution_date": "1938"}, False),
        ({"birth_date": "1990", "fate": "расстрелян"}, False),
        ({"birth_date": "1990", "fate": "Розстріляний"}, False),
        ({"birth_date": "1990", "fate": "executed"}, False),
        ({"birth_date": "1990", "fate": "освобождён"}, True),
        ({"birth_date": "1990", "sentence": "расстрел"}, False),
    ],
)
def test_whoever_may_be_alive_is_flagged_and_urgent(values: dict[str, str], flagged: bool) -> None:
    assert living(**values) is flagged


def test_whoever_is_restricted_is_flagged_by_number(make_person: Any) -> None:
    alive = make_person()
    dead = make_person(death=parse_edtf("1938"))
    for person, told in ((alive, [("possibly-living", 1)]), (dead, [])):
        number = begin(SubmissionKind.CORRECTION, {"birth_date": "1990"},
                       target=Target(person, "birth")).submission  # fmt: skip
        send_submission(submission=number, now=NOW)
        assert flags_of(number) == told


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Писать на someone@example.org", True),
        ("Телефон +7 (900) 000-00-00", True),
        ("звоните 8 900 000 00 00", True),
        ("Меня зовут Пример", True),
        ("мене звати Приклад", True),
        ("моє імʼя таке", True),
        ("My name is Example", True),
        ("I live in a town", True),
        ("я живу давно", True),
        ("Родился 05.11.1937 в Примере", False),
        ("дело П-12345, т. 2, л. 14", False),
        ("1937-1938", False),
        ("a@b", False),
        ("Анна Секретная рассказала", True),
    ],
)
def test_a_contributor_named_in_the_text_is_flagged(text: str, flagged: bool) -> None:
    number = begin(values={**DEAD, "comment": text}).submission
    answers = {"credit": "name", "credit_name": "Анна Секретная"}
    save_answers(submission=number, answers=answers, now=NOW)
    send_submission(submission=number, now=NOW)
    assert flags_of(number) == ([("names-contributor", "")] if flagged else [])


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"birth_date": "1940", "death_date": "1938"}, ["death-before-birth"]),
        ({"birth_date": "1938", "death_date": "1938"}, []),
        ({"arrest_date": "1938", "sentence_date": "1937"}, ["sentence-before-arrest"]),
        ({"birth_date": "не знаю", "death_date": "1938"}, []),
    ],
)
def test_dates_in_an_order_no_life_has_are_told(values: dict[str, str], told: list[str]) -> None:
    assert [about for code, about in sent(values) if code == "contradiction"] == told


def test_others_about_the_same_are_told_by_their_number_while_they_wait(make_person: Any) -> None:
    first = send(values=DEAD)
    number = Submission.all_records.get(pk=first).number
    assert sent({}) == [("duplicate", number)]
    assert sent({"family_name": "Другой"}) == []
    reject_all(first)
    again = send(values=DEAD)
    assert ("duplicate", number) not in flags_of(again)
    assert [code for code, _ in flags_of(again)] == ["duplicate"]
    person = make_person(death=parse_edtf("1938"))
    about = [begin(values=DEAD).submission for _ in range(2)]
    for one in about:
        name_person(submission=one, position=1, person=person, now=NOW)
        send_submission(submission=one, now=NOW)
    assert flags_of(about[0]) == []
    assert flags_of(about[1]) == [
        ("duplicate", Submission.all_records.get(pk=about[0]).number)
    ]  # fmt: skip


def test_one_that_was_withdrawn_or_is_a_draft_is_no_duplicate() -> None:
    begin(values=DEAD)
    withdrawn = send(values=DEAD)
    withdraw_submission(submission=withdrawn, now=NOW)
    assert sent({}) == []


def test_what_comes_later_is_flagged_when_it_comes(media: Any) -> None:
    number = send(values=DEAD)
    assert flags_of(number) == []
    for one in range(2):
        file = CheckedFile(MediaType.JPEG, ((3, 2),), (b"%d" % one,))
        add_file(submission=number, file=file, now=NOW)
    reply(submission=number, text="Ответ.", now=NOW)
    assert flags_of(number) == [("files", 2), ("answered", "")]


def test_what_it_rests_on_is_told() -> None:
    number = begin(values=DEAD).submission
    answers = {"knowledge": "book", "cites": "Примерная книга, т. 3" + "я" * 300}
    save_answers(submission=number, answers=answers, now=NOW)
    send_submission(submission=number, now=NOW)
    assert flags_of(number) == [("cites", answers["cites"][:200])]


def test_the_urgent_stand_above_older_ones_until_they_are_decided_and_again_when_undone(
    make_person: Any,
) -> None:
    person = make_person(death=parse_edtf("1938"))
    old = send(values=DEAD, now=NOW - timedelta(days=70))
    newer = send(values={**DEAD, "family_name": "Новый"}, now=NOW)
    wish = send(
        SubmissionKind.TAKEDOWN,
        {"what": "адрес"},
        target=Target(person),
        now=NOW + timedelta(days=7),
    )
    alive = send(values={"family_name": "Живой"}, now=NOW - timedelta(days=1))
    queue = [alive, wish, old, newer]
    assert [row.pk for row in waiting_submissions()] == queue
    reject_all(wish)
    assert not Submission.all_records.get(pk=wish).urgent
    undo_decision(
        submission=wish, by=moderator(), role="moderator", reason="an invented reason",  # type: ignore[arg-type]
        now=NOW + timedelta(days=1),
    )  # fmt: skip
    # It waits again as of the month it came in, whose first week is before that of the other.
    assert [row.pk for row in waiting_submissions()] == [wish, alive, old, newer]


def test_a_family_costs_a_literal_number_of_queries() -> None:
    number = send(values=DEAD)
    row = Submission.all_records.get(pk=number)
    with CaptureQueriesContext(connection) as told:
        find_flags(row, now=NOW)
    assert len(told) == 4
