"""The rule about the possibly living as years go by: whoever it hides no more is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from registry.dates import parse_edtf
from registry.models import Change, Person, PersonStatus
from registry.records import reassess_living, refresh_people
from registry.records.drafts.entries import RepressionDraft
from registry.records.ledger import refreshing
from registry.search import PeopleQuery, find_people
from tests.databases import NOW
from tests.records.drafting import draft, put_books, put_one

pytestmark = pytest.mark.django_db


def arrested(day: str) -> dict[str, object]:
    return {"repressions": (RepressionDraft(arrest=parse_edtf(day)),)}


LIVES: dict[str, dict[str, object]] = {
    "public": {"birth": parse_edtf("1915")},
    "dead": {"birth": parse_edtf("1950"), "death": parse_edtf("1990")},
    "restricted": {"birth": parse_edtf("1916-07-01")},
    "held": {"birth": parse_edtf("1916"), "source": "book-b"},
    "decided": {"birth": parse_edtf("1916")},
    "span": {"birth": parse_edtf("1914/1918")},
    "open": {"birth": parse_edtf("[1900..]"), **arrested("1917")},
    "unborn": arrested("1917-03"),
    "late": {"birth": parse_edtf("1930"), **arrested("1955")},
    "undated": {},
}


@pytest.fixture
def people(change: Change, make_source: Callable[..., str]) -> dict[str, int]:
    put_books(change)
    found = {
        key: put_one(change, draft(key, **{"source": "book-a", **said}))  # type: ignore[arg-type]
        for key, said in LIVES.items()
    }
    Person.all_records.filter(pk=found["decided"]).update(status_by_rule=False)
    return found


def hidden(people: dict[str, int]) -> set[str]:
    rows = Person.all_records.exclude(status=PersonStatus.PUBLIC)
    return {key for key, pk in people.items() if pk in set(rows.values_list("pk", flat=True))}


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_whom_age_alone_tells_to_have_died_is_shown(
    people: dict[str, int], monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(refreshing, "REFRESH_BATCH", batch)
    first = set(LIVES) - {"public", "dead"}
    assert (reassess_living(now=NOW), hidden(people)) == (0, first)
    assert people["held"] not in find_people(PeopleQuery()).people.values_list("pk", flat=True)
    begun = datetime(2027, 1, 1, tzinfo=UTC)
    assert (reassess_living(now=begun), hidden(people)) == (2, first - {"restricted", "held"})
    assert people["held"] in find_people(PeopleQuery()).people.values_list("pk", flat=True)
    assert reassess_living(now=begun) == 0


def test_the_daily_walk_finds_whomever_concluding_everyone_anew_would_show(
    people: dict[str, int],
) -> None:
    for year in range(2026, 2043):
        now = datetime(year, 5, 1, tzinfo=UTC)
        reassess_living(now=now)
        walked = hidden(people)
        refresh_people(people.values(), now=now)
        assert hidden(people) == walked
    assert walked == {"decided", "undated"}


def test_the_command_tells_how_many_are_shown(people: dict[str, int]) -> None:
    told = StringIO()
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC)):
        call_command("reassess_living", stdout=told)
    assert told.getvalue() == "2 people are no longer taken to be possibly living.\n"
