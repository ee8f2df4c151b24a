"""Episodes: the same repressions are one, whatever the order; the doubtful stay apart."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from registry.dates import FuzzyDate
from registry.records.conclusions.episodes import (
    WITHIN_DAYS,
    Episode,
    conclude_episode,
    days_apart,
    group_episodes,
)
from registry.records.conclusions.facts import EntryFacts, EntryRef, RepressionFact, Value, Words
from registry.records.conclusions.rules import is_understood
from tests.records.statements import UNREAD, dates, day, entries


def repressions(said: list[EntryFacts]) -> list[RepressionFact]:
    return [row for entry in said for row in entry.repressions]


def shape(episodes: list[Episode]) -> list[tuple[object, ...]]:
    return [
        (e.number, e.kind, e.ambiguous, e.set_as, frozenset(m.id for m in e.members))
        for e in episodes
    ]


def stated(
    pk: int, *, kind: str = "arrest", episode: int | None = None, position: int = 1, **values: Value
) -> RepressionFact:
    ref = EntryRef(pk, f"source-{pk}", f"{pk}", 3)
    return RepressionFact(ref, pk * 10 + position, position, kind, values, episode)


def members(episodes: list[Episode]) -> list[set[int]]:
    return [{member.entry.id for member in episode.members} for episode in episodes]


@given(entries(whole=True), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_changes_the_episodes(
    said: list[EntryFacts], chance: random.Random
) -> None:
    rows = repressions(said)
    shuffled = chance.sample(rows, len(rows))
    once, again = group_episodes(rows), group_episodes(shuffled)
    assert shape(once) == shape(again)
    assert [conclude_episode(e) for e in once] == [conclude_episode(e) for e in again]


@given(entries(whole=True))
def test_every_repression_is_in_one_episode_numbered_by_date(said: list[EntryFacts]) -> None:
    rows = repressions(said)
    episodes = group_episodes(rows)
    assert Counter(m.id for e in episodes for m in e.members) == Counter(row.id for row in rows)
    assert [e.number for e in episodes] == list(range(1, len(episodes) + 1))
    assert [e.earliest for e in episodes] == sorted(e.earliest for e in episodes)


@given(entries(whole=True))
def test_what_was_set_stands(said: list[EntryFacts]) -> None:
    episodes = group_episodes(repressions(said))
    for episode in episodes:
        assert {m.episode for m in episode.members} <= {None, episode.set_as}
    numbers = [e.set_as for e in episodes if e.set_as is not None]
    assert len(numbers) == len(set(numbers))


@given(entries(whole=True))
def test_episodes_found_by_date_are_of_one_kind_and_near_and_one_an_entry(
    said: list[EntryFacts],
) -> None:
    for episode in group_episodes(repressions(said)):
        found = [m for m in episode.members if m.episode is None]
        assert {m.kind for m in found} <= {episode.kind}
        counts = Counter(m.entry.id for m in found)
        assert all(count == 1 for count in counts.values())
        for a in found:
            for b in episode.members:
                left, right = a.values.get("arrest"), b.values.get("arrest")
                if isinstance(left, FuzzyDate) and isinstance(right, FuzzyDate):
                    assert days_apart(left, right) <= WITHIN_DAYS
        if episode.ambiguous:
            assert len(episode.members) == 1


@given(entries(whole=True))
def test_all_who_state_a_field_of_an_episode_are_named(said: list[EntryFacts]) -> None:
    for episode in group_episodes(repressions(said)):
        found = conclude_episode(episode)
        for name in {name for m in episode.members for name in m.values}:
            stating = [m for m in episode.members if name in m.values]
            stating = [m for m in stating if is_understood(m.values[name])] or stating
            who = {m.entry.id for m in stating}
            told = [*found[name].values, *found[name].rivals]
            assert {pk for one in told for pk in one.entries} == who
            if len(who) == len(stating):
                assert sum(len(one.entries) for one in told) == len(who)


@given(entries(whole=True), st.data())
def test_discredited_dates_and_entries_group_nothing(
    said: list[EntryFacts], data: st.DataObject
) -> None:
    rows = repressions(said)
    doubted, without = [], []
    for row in rows:
        gone = data.draw(st.sampled_from(["", "arrest", "sentence_date", "charge", "*"]))
        doubted.append(replace(row, discredited=frozenset({gone} - {""})))
        if gone != "*":
            kept = {name: value for name, value in row.values.items() if name != gone}
            without.append(replace(row, values=kept))
    with_doubt, plain = group_episodes(doubted), group_episodes(without)
    assert shape(with_doubt) == shape(plain)
    assert [conclude_episode(e) for e in with_doubt] == [conclude_episode(e) for e in plain]


def test_three_dates_of_one_arrest_are_one_episode_and_four_years_before_another() -> None:
    episodes = group_episodes(
        [
            stated(1, arrest=day("1938-04-30")),
            stated(2, arrest=day("1938-05-03")),
            stated(3, arrest=day("1938-05-05")),
            stated(4, arrest=day("1934-05-17")),
            stated(5, sentence_date=day("1938-08-02")),
        ]
    )
    assert members(episodes) == [{4}, {1, 2, 3, 5}]
    arrest = conclude_episode(episodes[1])["arrest"]
    assert [one.entries for one in (*arrest.values, *arrest.rivals)] == [(1,), (2,), (3,)]


def test_what_fits_two_episodes_stays_apart_and_is_flagged() -> None:
    two = [stated(1, arrest=day("1937-01")), stated(2, arrest=day("1938-06"))]
    episodes = group_episodes([*two, stated(3, arrest=day("1937~")), stated(4)])
    assert members(episodes) == [{3}, {1}, {2}, {4}]
    assert [e.ambiguous for e in episodes] == [True, False, False, True]


def test_what_fits_an_ambiguous_one_alone_is_flagged_too() -> None:
    episodes = group_episodes(
        [
            stated(1, arrest=day("1935-01")),
            stated(2, arrest=day("1937-06")),
            stated(3, arrest=day("1936"), sentence_date=day("1939")),
            stated(4, sentence_date=day("1939")),
        ]
    )
    assert members(episodes) == [{1}, {3}, {2}, {4}]
    assert [e.ambiguous for e in episodes] == [False, True, False, True]


def test_kinds_are_never_mixed_by_date_but_by_whoever_sets_them() -> None:
    rows = [stated(1, arrest=day("1937")), stated(2, kind="exile", arrest=day("1937"))]
    assert members(group_episodes(rows)) == [{1}, {2}]
    assert members(group_episodes([replace(row, episode=2) for row in rows])) == [{1, 2}]


def test_one_entry_states_two_episodes_and_never_one_twice() -> None:
    rows = [stated(1, arrest=day("1937-01")), stated(1, position=2, arrest=day("1937-05"))]
    assert members(group_episodes(rows)) == [{1}, {1}]


def test_a_choice_decides_a_field_of_an_episode() -> None:
    [episode] = group_episodes([stated(1, arrest=day("1938")), stated(2, arrest=day("1937-12-31"))])
    assert conclude_episode(episode)["arrest"].rule == "precision"
    chosen = conclude_episode(episode, {"arrest": 1})["arrest"]
    assert (chosen.rule, chosen.value) == ("choice", day("1938"))


def test_an_arrest_that_was_not_read_is_neither_believed_nor_a_rival_of_one_that_was() -> None:
    [episode] = group_episodes([stated(1, arrest=UNREAD), stated(2, arrest=day("1938"))])
    arrest = conclude_episode(episode)["arrest"]
    assert (arrest.value, arrest.values[0].entries, arrest.rule) == (day("1938"), (2,), "only")
    assert arrest.rivals == ()


def test_charges_stand_side_by_side_as_each_has_them() -> None:
    rows = [
        stated(1, arrest=day("1938"), charge=Words("шпионаж, агитация")),
        stated(2, arrest=day("1938"), charge=Words("Шпионаж")),
        stated(3, arrest=day("1938"), charge=Words("шпионаж")),
    ]
    [episode] = group_episodes(rows)
    charges = conclude_episode(episode)["charge"].values
    assert [one.entries for one in charges] == [(1,), (2, 3)]


def test_nothing_makes_no_episode() -> None:
    assert group_episodes([]) == []
    assert conclude_episode(Episode("arrest")) == {}
    [undated] = group_episodes([stated(1, charge=Words("шпионаж"), arrest=UNREAD)])
    assert undated.number == 1


@given(dates, dates)
def test_days_apart_are_the_same_both_ways_and_none_where_dates_meet(
    a: FuzzyDate, b: FuzzyDate
) -> None:
    assert days_apart(a, b) == days_apart(b, a) >= 0
    assert days_apart(a, a) == 0


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        ("1937-11-03", "1937-11-08", 5),
        ("1937", "1937-11-08", 0),
        ("1937", "1939-01-01", 366),
        ("[..1938]", "1939-01-02", 2),
        ("[1937..]", "1936-12-31", 1),
    ],
)
def test_days_between_dates_are_the_fewest_there_can_be(a: str, b: str, days: int) -> None:
    assert days_apart(day(a), day(b)) == days
