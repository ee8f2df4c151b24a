"""Contradictions: what cannot be true is flagged, and nothing else is."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from registry.dates import Calendar, FuzzyDate
from registry.records.conclusions.contradictions import (
    CODES,
    LIFE,
    Clash,
    certainly_after,
    find_contradictions,
)
from registry.records.conclusions.episodes import conclude_episode, group_episodes
from registry.records.conclusions.facts import (
    EntryFacts,
    EntryRef,
    RepressionFact,
    RulingFact,
    Value,
)
from registry.records.conclusions.rules import conclude
from tests.records.statements import UNREAD, dates, day, entries


def clashes(said: list[EntryFacts]) -> list[Clash]:
    groups = group_episodes(row for entry in said for row in entry.repressions)
    facts = {name: fact for name, fact in conclude(said).items() if fact.values}
    return find_contradictions(said, facts, [(e, conclude_episode(e)) for e in groups])


def entry(pk: int = 1, repression: dict[str, Value] | None = None, **values: Value) -> EntryFacts:
    ref = EntryRef(pk, f"source-{pk}", f"{pk}", 3)
    rows = (RepressionFact(ref, pk, 1, "arrest", repression),) if repression is not None else ()
    return EntryFacts(ref, values, repressions=rows)


@given(entries(whole=True))
def test_every_contradiction_is_one_and_is_told_once(said: list[EntryFacts]) -> None:
    found = clashes(said)
    ids = {one.ref.id for one in said}
    for clash in found:
        assert clash.code in CODES
        assert certainly_after(clash.earlier, clash.later)
        assert clash.entries
        assert set(clash.entries) <= ids
    assert len({(c.code, c.episode) for c in found}) == len(found)


@given(entries(whole=True), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_no_contradiction(
    said: list[EntryFacts], chance: random.Random
) -> None:
    ordered = sorted(said, key=lambda one: one.ref.order)
    shuffled = chance.sample(said, len(said))
    told = [{(c.code, c.episode) for c in clashes(rows)} for rows in (ordered, shuffled)]
    assert told[0] == told[1]


@pytest.mark.parametrize(("first", "second", "code"), LIFE)
def test_what_comes_first_in_a_life_comes_first(first: str, second: str, code: str) -> None:
    for earlier, later, found in (
        ("1937-11-03", "1937-11-03", []),
        ("1937", "1937-11-03", []),
        ("1937-11-04", "1937-11-03", [code]),
        ("1938", "1937~", []),
    ):
        own = {first: day(earlier), second: day(later)}
        inside = {n: v for n, v in own.items() if n not in {"birth", "death"}}
        outside = {n: v for n, v in own.items() if n in {"birth", "death"}}
        said = [entry(repression=inside, **outside)] if inside else [entry(**outside)]
        assert [c.code for c in clashes(said)] == found


def test_a_contradiction_between_two_entries_names_both() -> None:
    said = [entry(1, birth=day("1940")), entry(2, death=day("1938"))]
    [clash] = clashes(said)
    assert clash == Clash("death-before-birth", day("1940"), day("1938"), None, (1, 2))


def test_a_contradiction_of_an_episode_is_not_told_of_the_person_again() -> None:
    [clash] = clashes([entry(repression={"arrest": day("1938")}, death=day("1937"))])
    assert (clash.code, clash.episode) == ("death-before-arrest", 1)


@pytest.mark.parametrize(
    ("death", "codes"),
    [
        ("1938-05-01", ["execution-differs-from-death"]),
        ("1937", ["execution-differs-from-death"]),
        ("1938-02-10", []),
        ("1938", []),
        ("1938-02", []),
    ],
)
def test_an_execution_on_another_day_than_the_death_is_flagged_either_way(
    death: str, codes: list[str]
) -> None:
    said = [entry(1, {"execution": day("1938-02-10")}), entry(2, death=day(death))]
    assert [(c.code, c.episode) for c in clashes(said)] == [(code, 1) for code in codes]
    one = entry(repression={"execution": day("1938-02-10")}, death=day(death))
    assert [c.code for c in clashes([one])] == codes


def test_a_ruling_before_its_sentence_is_flagged() -> None:
    said = entry(repression={"sentence_date": day("1937-10")})
    about = RulingFact(said.ref, 1, "rehabilitated", day("1936"), 1)
    for ruling, codes in (
        (about, ["ruling-before-sentence"]),
        (replace(about, date=day("1956")), []),
        (replace(about, date=None), []),
        (replace(about, repression=None), []),
    ):
        assert [c.code for c in clashes([replace(said, rulings=(ruling,))])] == codes
    undated = entry(repression={"charge": UNREAD})
    assert clashes([replace(undated, rulings=(replace(about, entry=undated.ref),))]) == []


def test_what_is_discredited_contradicts_nothing() -> None:
    false = replace(
        entry(repression={"arrest": day("1938")}, death=day("1937")),
        discredited=frozenset({"death"}),
    )
    assert clashes([false]) == []
    wrong = entry(repression={"arrest": day("1938")}, death=day("1937"))
    [row] = wrong.repressions
    unread = replace(row, discredited=frozenset({"arrest"}))
    assert clashes([replace(wrong, repressions=(unread,))]) == []


def test_julian_days_are_moved_before_they_are_compared() -> None:
    julian, gregorian = Calendar.JULIAN, Calendar.GREGORIAN
    assert certainly_after(day("1917-10-25", julian), day("1917-11-06", gregorian))
    assert not certainly_after(day("1917-10-25", julian), day("1917-11-07", gregorian))
    assert certainly_after(day("1917-11-08"), day("1917-10-25", julian))
    assert not certainly_after(day("1917-11-07"), day("1917-10-25", julian))


@given(dates, dates)
def test_two_dates_are_never_both_after_the_other(a: FuzzyDate, b: FuzzyDate) -> None:
    assert not (certainly_after(a, b) and certainly_after(b, a))


def test_nothing_contradicts_nothing() -> None:
    assert find_contradictions([], {}, []) == []
