"""Concluding: the rule holds for whatever entries say, and in whatever order they came."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, strategies as st

from registry.dates import Calendar
from registry.records.concluding import (
    DEATH_GROUP,
    PLURAL,
    SINGLE,
    Concluded,
    by_other_calendar,
    conclude,
    conclude_field,
    conclude_name,
    group_values,
    precision,
    values_agree,
)
from registry.records.facts import Assertion, EntryFacts, EntryRef, NameFact, Value, Words
from tests.records.statements import UNREAD, dates, day, entries, refs, values_of, words

STEPS = ("rank", "count", "precision")


@st.composite
def asserted(draw: st.DrawFn, field: str = "birth") -> list[Assertion]:
    return [Assertion(ref, draw(values_of(field))) for ref in draw(refs())]


fields = st.sampled_from(["birth", "birth_place", "fate"])


def peers(one: Assertion, among: Sequence[Assertion]) -> int:
    return sum(values_agree(one.value, other.value) for other in among)


def measures(one: Assertion, among: Sequence[Assertion]) -> tuple[int, int, int]:
    return (one.entry.rank, -peers(one, among), -precision(one.value))


def believed(among: Sequence[Assertion]) -> Assertion:
    """The rule once more, slowly: of all, the best at each step in turn."""
    left = list(among)
    for step in range(3):
        best = min(measures(one, among)[step] for one in left)
        left = [one for one in left if measures(one, among)[step] == best]
    return min(left, key=lambda one: (one.entry.source, one.entry.key))


def deciding(winner: Assertion, among: Sequence[Assertion]) -> str:
    """Name the step by which the last rival of the winner was left behind."""
    if len(among) == 1:
        return "only"
    rivals = [one for one in among if not values_agree(winner.value, one.value)]
    if not rivals:
        return "agreed"
    for step, name in enumerate(STEPS):
        level = measures(winner, among)[step]
        rivals = [one for one in rivals if measures(one, among)[step] == level]
        if not rivals:
            return name
    return "order"


def told(fact: Concluded) -> Counter[int]:
    return Counter(pk for stated in (*fact.values, *fact.rivals) for pk in stated.entries)


@given(fields.flatmap(asserted))
def test_the_value_and_the_rule_told_are_those_of_the_rule(stated: list[Assertion]) -> None:
    assume(stated)
    winner = believed(stated)
    fact = conclude_field("field", stated)
    assert fact is not None
    assert fact.value == winner.value
    assert fact.values[0].entries[0] == winner.entry.id
    assert fact.rule == deciding(winner, stated)


@given(fields.flatmap(asserted), st.randoms(use_true_random=False))
def test_who_agrees_and_who_differs_are_all_who_state_it_each_once(
    stated: list[Assertion], chance: random.Random
) -> None:
    assume(stated)
    chosen = chance.choice([None, stated[0].entry.id])
    fact = conclude_field("field", stated, chosen=chosen)
    assert fact is not None
    assert told(fact) == Counter(one.entry.id for one in stated)
    own = {one.entry.id: one.value for one in stated}
    assert all(values_agree(fact.value, own[pk]) for pk in fact.values[0].entries)
    for rival in fact.rivals:
        assert all(values_agree(rival.value, own[pk]) for pk in rival.entries)
        assert not any(values_agree(fact.value, own[pk]) for pk in rival.entries)
        assert rival.value in [own[pk] for pk in rival.entries]


@given(fields.flatmap(asserted), st.integers(0, 7))
def test_a_choice_is_believed_where_its_entry_speaks(stated: list[Assertion], at: int) -> None:
    assume(stated)
    chosen = next((one for one in stated if one.entry.id == at), None)
    fact = conclude_field("field", stated, chosen=at)
    assert fact is not None
    if chosen is None:
        assert fact == conclude_field("field", stated)
    else:
        assert (fact.rule, fact.value) == ("choice", chosen.value)


@given(fields.flatmap(asserted), st.data())
def test_an_entry_that_agrees_changes_the_value_only_by_the_rule(
    stated: list[Assertion], data: st.DataObject
) -> None:
    assume(stated)
    before = believed(stated)
    new = Assertion(EntryRef(99, data.draw(st.sampled_from("az")), "99", 3), before.value)
    if data.draw(st.booleans()):
        new = replace(new, value=data.draw(st.one_of(dates, words)))
    assume(values_agree(new.value, before.value))
    together = [*stated, new]
    fact = conclude_field("field", together)
    assert fact is not None
    assert fact.values[0].entries[0] in {before.entry.id, 99}
    if new.entry.rank > before.entry.rank:
        assert fact.value == before.value
    elif fact.values[0].entries[0] == 99:
        assert measures(new, together) <= measures(before, together)


@given(st.one_of(dates, words), st.one_of(dates, words))
def test_agreement_is_symmetric_and_everything_agrees_with_itself(a: Value, b: Value) -> None:
    assert values_agree(a, b) == values_agree(b, a)
    assert by_other_calendar(a, b) == by_other_calendar(b, a)
    assert values_agree(a, a)
    assert not by_other_calendar(a, a)


@pytest.mark.parametrize(
    ("a", "b", "agrees"),
    [
        (Words("г. Орёл"), Words("Орел"), True),
        (Words("Орёл"), Words("Тверь"), False),
        (Words("русский", "russian"), Words("великоросс", "russian"), True),
        (Words("русский", "russian"), Words("русский", "other"), False),
        (Words("?"), Words("Тверь"), False),
        (Words("", "executed"), Words("умер в лагере"), False),
        (Words("—"), Words("—"), True),
        (day("1891"), day("1891-01-15"), True),
        (day("1891"), Words("1891"), False),
        (UNREAD, UNREAD, True),
        (UNREAD, day("1937"), False),
        (day("1874-01-28"), day("1874-02-09"), True),
        (day("1898-05-31", Calendar.JULIAN), day("1898-06-12", Calendar.GREGORIAN), True),
        (day("1874-02-09"), day("1874-02-10"), False),
    ],
)
def test_two_statements_agree_when_both_can_be_true(a: Value, b: Value, agrees: bool) -> None:
    assert values_agree(a, b) is agrees
    assert values_agree(b, a) is agrees


def test_dates_of_two_calendars_agree_and_are_told_to() -> None:
    """Meyerhold was born on 28 January by one calendar, on 9 February by the other."""
    stated = [
        Assertion(EntryRef(1, "a", "1", 3), day("1874-02-09")),
        Assertion(EntryRef(2, "b", "1", 4), day("1874-01-28")),
    ]
    fact = conclude_field("birth", stated)
    assert fact is not None
    assert (fact.rule, fact.calendar, fact.rivals) == ("agreed", True, ())
    assert fact.values[0].entries == (1, 2)


@given(entries(), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_changes_the_conclusion(
    said: list[EntryFacts], chance: random.Random
) -> None:
    shuffled = chance.sample(said, len(said))
    choices = {"death": 1, "birth_place": 2} if chance.random() < 0.5 else {}
    assert conclude(shuffled, choices) == conclude(said, choices)


@given(entries(), st.data())
def test_a_discredited_field_is_as_if_nobody_had_said_it(
    said: list[EntryFacts], data: st.DataObject
) -> None:
    doubted, without = [], []
    for entry in said:
        gone = data.draw(st.sets(st.sampled_from([*entry.values, "*", "comment"]), max_size=2))
        kept = {} if "*" in gone else {n: v for n, v in entry.values.items() if n not in gone}
        how = "discredited" if data.draw(st.booleans()) or "*" in gone else "unreliable"
        doubted.append(replace(entry, **{how: frozenset(gone)}))
        without.append(replace(entry, values=kept))
    assert conclude(doubted) == conclude(without)


@given(entries())
def test_every_field_names_all_who_state_it_each_once(said: list[EntryFacts]) -> None:
    found = conclude(said)
    for name in (*SINGLE, *PLURAL, *DEATH_GROUP):
        who = Counter(entry.ref.id for entry in said if name in entry.values)
        assert (told(found[name]) if name in found else Counter()) == who
        if name in found and name not in DEATH_GROUP:
            assert found[name].values


@given(entries(), st.booleans(), st.data())
def test_the_death_group_never_mixes_versions(
    said: list[EntryFacts], choose: bool, data: st.DataObject
) -> None:
    choices = {"death": data.draw(st.integers(1, 6))} if choose else {}
    found = conclude(said, choices)
    own = {entry.ref.id: entry.values for entry in said}
    for name in DEATH_GROUP:
        if name not in found or not found[name].values:
            continue
        winner = own[found[name].values[0].entries[0]]
        for other in ("death", "fate"):
            if other in winner and other in found and found[other].values:
                assert values_agree(winner[other], found[other].value)


@given(entries())
def test_what_the_other_version_alone_says_is_told_and_not_believed(said: list[EntryFacts]) -> None:
    found = conclude(said)
    own = {entry.ref.id: entry.values for entry in said}
    for name in DEATH_GROUP:
        if name not in found:
            continue
        fact = found[name]
        rivals = {pk for rival in fact.rivals for pk in rival.entries}
        if fact.rule == "group":
            assert rivals
            assert all(
                any(
                    other in own[pk]
                    and found[other].values
                    and not values_agree(own[pk][other], found[other].value)
                    for other in ("death", "fate")
                    if other in found
                )
                or disputed(own, pk, found)
                for pk in rivals
            )
        else:
            assert fact.values
            assert bool(rivals) == (fact.rule not in {"only", "agreed"})


def disputed(own: dict[int, dict[str, Value]], pk: int, found: dict[str, Concluded]) -> bool:
    """Whether the entry contradicts the one that anchors the group, by date or fate."""
    first = next(name for name in DEATH_GROUP if name in found)
    anchor = own[found[first].values[0].entries[0]]
    return any(
        name in own[pk] and name in anchor and not values_agree(own[pk][name], anchor[name])
        for name in ("death", "fate")
    )


def facts(pk: int, rank: int, **values: Value) -> EntryFacts:
    return EntryFacts(EntryRef(pk, "abcdef"[pk], f"{pk}", rank), values)


def test_the_place_of_one_version_never_stands_beside_the_fate_of_another() -> None:
    """The first dates the death, two others tell two stories of it."""
    said = [
        facts(1, 1, death=day("1938")),
        facts(2, 3, fate=Words("", "died-in-camp")),
        facts(3, 4, fate=Words("", "executed"), death_place=Words("Орёл")),
    ]
    found = conclude(said)
    assert found["fate"].value == Words("", "died-in-camp")
    assert found["death_place"].values == ()
    assert found["death_place"].rule == "group"
    assert [rival.value for rival in found["death_place"].rivals] == [Words("Орёл")]


def test_a_choice_whose_entry_left_is_as_if_it_were_not_there() -> None:
    said = [
        facts(1, 3, death=day("1938"), burial=Words("Тверь")),
        facts(2, 1, death=day("1941"), burial=Words("Орёл")),
        facts(3, 3, burial=Words("Тверь")),
    ]
    assert conclude(said, {"burial": 9}) == conclude(said)
    assert conclude(said, {"burial": 1})["death"].value == day("1938")


def test_a_place_that_both_versions_name_is_believed_with_both() -> None:
    said = [
        facts(1, 1, death=day("1938"), death_place=Words("Орёл")),
        facts(2, 3, death=day("1941"), death_place=Words("г. Орёл")),
        facts(3, 3, death=day("1941"), death_place=Words("Тверь")),
    ]
    place = conclude(said)["death_place"]
    assert place.values[0].entries == (1, 2)
    assert (place.rule, [r.entries for r in place.rivals]) == ("group", [(3,)])


@given(st.sampled_from([*PLURAL]).flatmap(asserted))
def test_values_side_by_side_are_each_of_those_who_state_them(stated: list[Assertion]) -> None:
    groups = group_values(stated)
    ids = Counter(pk for group in groups for pk in group.entries)
    assert ids == Counter(one.entry.id for one in stated)
    own = {one.entry.id: one.value for one in stated}
    for group in groups:
        assert group.value in [own[pk] for pk in group.entries]
        assert all(values_agree(group.value, own[pk]) for pk in group.entries)


def test_nothing_is_concluded_from_nothing() -> None:
    assert conclude([]) == {}
    assert conclude_field("birth", []) is None
    assert group_values([]) == ()
    assert conclude_name([]) is None


def name(kind: str, full: str) -> NameFact:
    return NameFact(0, kind, full, "", "", full, "ru", "Cyrl")


def named(pk: int, rank: int, *rows: NameFact, gone: str = "") -> EntryFacts:
    return replace(facts(pk, rank), names=rows, discredited=frozenset({gone} - {""}))


@given(entries(whole=True), st.randoms(use_true_random=False))
def test_the_main_name_does_not_depend_on_the_order(
    said: list[EntryFacts], chance: random.Random
) -> None:
    first = conclude_name(said)
    again = conclude_name(chance.sample(said, len(said)))
    if first is None:
        assert again is None
        assert not any(entry.names for entry in said)
    else:
        assert again is not None
        assert first[1].kind == min(
            (row.kind for entry in said for row in entry.names),
            key=("main", "birth", "transliteration").index,
        )
        assert (again[0].ref, again[1]) == (first[0].ref, first[1])


def test_the_main_name_is_chosen_by_kind_then_rank_then_number_then_fullness() -> None:
    said = [
        named(1, 1, name("birth", "Примеркин Пример")),
        named(2, 3, name("main", "Примеров П.")),
        named(3, 3, name("main", "Примеров Пример")),
        named(4, 3, name("main", "Примеров Пример")),
        named(5, 1, name("main", "Негодный Пример Примерович"), gone="*"),
    ]
    chosen = conclude_name(said)
    assert chosen is not None
    assert (chosen[0].ref.id, chosen[1].full) == (3, "Примеров Пример")
    fuller = conclude_name(said[1:3])
    assert fuller is not None
    assert fuller[1].full == "Примеров Пример"
