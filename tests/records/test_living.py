"""The rule about people who may be alive."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from registry.models import PersonStatus
from registry.records.conclusions.facts import EntryFacts, EntryRef, Value, Words
from registry.records.conclusions.living import LIVING_YEARS, assess_status, possibly_living
from registry.records.conclusions.rules import conclude
from tests.records.statements import UNREAD, day, entries

TODAY = date(2026, 1, 15)
PUBLIC, RESTRICTED, HELD = PersonStatus.PUBLIC, PersonStatus.RESTRICTED, PersonStatus.HELD


def status(*arrests: date, rules: tuple[str, ...] = ("restrict",), **values: Value) -> PersonStatus:
    facts = conclude([EntryFacts(EntryRef(1, "a", "1", 3), values)])
    return assess_status(facts=facts, first_repressions=arrests, rules=rules, today=TODAY)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, RESTRICTED),
        ({"birth": day("1915-12-31")}, PUBLIC),
        ({"birth": day("1916")}, RESTRICTED),
        ({"birth": day("1915~")}, RESTRICTED),
        ({"birth": day("[..1915]")}, PUBLIC),
        ({"birth": day("[1900..]")}, RESTRICTED),
        ({"birth": UNREAD}, RESTRICTED),
        ({"birth": day("1950"), "death": day("1980")}, PUBLIC),
        ({"birth": day("1950"), "death": UNREAD}, RESTRICTED),
        ({"birth": day("1950"), "death": UNREAD, "fate": Words("", "executed")}, PUBLIC),
        ({"birth": day("1950"), "fate": Words("расстрелян", "executed")}, PUBLIC),
        ({"birth": day("1950"), "fate": Words("выжил", "survived")}, RESTRICTED),
        ({"birth": day("1950"), "fate": Words("неизвестно", "unknown")}, RESTRICTED),
        ({"birth": day("1950"), "fate": Words("слово без термина")}, RESTRICTED),
        ({"birth": day("1950"), "burial": Words("кладбище")}, RESTRICTED),
        ({"birth": day("1950"), "residence": Words("Орёл")}, RESTRICTED),
    ],
)
def test_who_may_be_alive_is_restricted(values: dict[str, Value], expected: PersonStatus) -> None:
    assert status(**values) == expected


@pytest.mark.parametrize(
    ("arrests", "rules", "expected"),
    [
        ([date(1915, 5, 1)], ["hold"], PUBLIC),
        ([date(1916, 5, 1)], ["hold"], HELD),
        ([date(1937, 5, 1)], ["restrict"], RESTRICTED),
        ([date(1937, 5, 1)], ["hold", "restrict"], RESTRICTED),
        ([date(1953, 12, 31)], ["restrict"], RESTRICTED),
        ([date(1937, 5, 1), date(1954, 1, 1)], ["restrict"], HELD),
        ([date(1915, 5, 1), date(1954, 1, 1)], ["restrict"], PUBLIC),
        ([], ["hold"], HELD),
        ([], [], HELD),
    ],
)
def test_without_a_birth_the_first_repression_counts_and_late_cases_wait(
    arrests: list[date], rules: list[str], expected: PersonStatus
) -> None:
    assert status(*arrests, rules=tuple(rules)) == expected


@pytest.mark.parametrize(
    ("last", "expected"), [(None, RESTRICTED), (date(1953, 12, 31), RESTRICTED),
                           (date(1954, 1, 1), HELD)],
)  # fmt: skip
def test_the_last_day_of_a_case_makes_it_late_too(
    last: date | None, expected: PersonStatus
) -> None:
    """An arrest of "1950 to 1955" began early and may be of any of these years."""
    found = assess_status(
        facts={}, first_repressions=[date(1950, 1, 1)], rules=["restrict"], today=TODAY,
        last_day=last,
    )  # fmt: skip
    assert found == expected


@given(entries(), st.dates(date(1900, 1, 1), date(2000, 1, 1)), st.integers(0, 60))
def test_nobody_comes_to_life_again_as_years_go_by(
    said: list[EntryFacts], arrest: date, years: int
) -> None:
    facts = conclude(said)
    later = date(TODAY.year + years, 1, 1)
    if possibly_living(facts=facts, first_repressions=[arrest], today=later):
        assert possibly_living(facts=facts, first_repressions=[arrest], today=TODAY)
    end = date(arrest.year + LIVING_YEARS + 1, 1, 1)
    if "birth" not in facts:
        assert not possibly_living(facts=facts, first_repressions=[arrest], today=end)
