"""Concluding: the rule holds for whatever entries say, and in whatever order they came."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, strategies as st

from registry.dates import Calendar
from registry.records.conclusions.facts import (
    Assertion,
    EntryFacts,
    EntryRef,
    NameFact,
    Value,
    Words,
)
from registry.records.conclusions.rules import (
    DEATH_GROUP,
    PLURAL,
    SINGLE,
    Concluded,
    by_other_calendar,
    conclude,
    conclude_field,
    conclude_name,
    gather,
    group_values,
    precision,
    same_value,
    values_agree,
)
from tests.records.statements import (
    UNREAD,
    counted,
    dates,
    day,
    entries,
    facts,
    refs,
    values_of,
    words,
)

STEPS = ("rank", "count", "precision")


@st.composite
def asserted(draw: st.DrawFn, field: str = "birth") -> list[Assertion]:
    return [Assertion(ref, draw(values_of(field))) for ref in draw(refs())]


fields = st.sampled_from(["birth", "birth_place", "fate"])


def peers(one: Assertion, among: Sequence[Assertion]) -> int:
    """The sources that agree: two entries of one book are one witness."""
    return len({other.entry.source for other in among if values_agree(one.value, other.value)})


def agreeing(one: Assertion, among: Sequence[Assertion]) -> list[Assertion]:
    """Who agrees with one, and with everybody else who does."""
    fitting = [other for other in among if values_agree(one.value, other.value)]
    return [a for a in fitting if all(values_agree(a.value, b.value) for b in fitting)]


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
    rivals = [one for one in among if one not in agreeing(winner, among)]
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
        for pk in rival.entries:
            fitting = [v for v in own.values() if values_agree(fact.value, v)]
            assert not all(values_agree(own[pk], v) for v in (*fitting, fact.value))
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
def test_a_new_source_that_agrees_changes_the_value_only_by_the_rule(
    stated: list[Assertion], data: st.DataObject
) -> None:
    assume(stated)
    before = believed(stated)
    new = Assertion(EntryRef(99, "z", "99", 3), before.value)
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
        (Words("член партии"), Words("не член партии"), False),
        (Words("a member"), Words("not a member"), False),
        (Words("не член"), Words("не член партии"), True),
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


@given(st.one_of(dates, words), st.one_of(dates, words))
def test_what_is_the_same_agrees_and_says_no_more(a: Value, b: Value) -> None:
    assert same_value(a, b) == same_value(b, a)
    assert same_value(a, a)
    if same_value(a, b):
        assert values_agree(a, b)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (Words("Орёл."), Words("орел"), True),
        (Words("поэт"), Words("поэт, слесарь"), False),
        (Words("русский", "russian"), Words("великоросс", "russian"), True),
        (Words("", "russian"), Words("?"), False),
        (Words("?"), Words("—"), False),
        (Words("—"), Words("—"), True),
        (day("1938"), day("1938"), True),
        (day("1938"), day("1938-02-10"), False),
        (day("1938"), Words("1938"), False),
    ],
)
def test_only_equal_values_are_the_same(a: Value, b: Value, same: bool) -> None:
    assert same_value(a, b) is same
    assert same_value(b, a) is same


def said_by(*stated: tuple[str, int, Value]) -> list[Assertion]:
    """One entry for each source, rank and value; ids from 1."""
    return [
        Assertion(EntryRef(pk, source, f"{pk}", rank), value)
        for pk, (source, rank, value) in enumerate(stated, start=1)
    ]


def test_those_who_contradict_each_other_are_rivals_of_the_vague_value_both_fit() -> None:
    """A book of rank 3 has the year, two of rank 4 a day each, and not the same one."""
    two_days = said_by(
        ("a", 3, day("1938")), ("b", 4, day("1938-02-10")), ("c", 4, day("1938-05-01"))
    )
    fact = conclude_field("death", two_days)
    assert fact is not None
    assert (fact.value, fact.values[0].entries, fact.rule) == (day("1938"), (1,), "rank")
    assert [(r.value, r.entries) for r in fact.rivals] == [
        (day("1938-02-10"), (2,)), (day("1938-05-01"), (3,)),
    ]  # fmt: skip
    fitting = conclude_field("death", two_days[:2])
    assert fitting is not None
    assert (fitting.values[0].entries, fitting.rule, fitting.rivals) == ((1, 2), "agreed", ())


def test_two_entries_of_one_source_are_one_witness() -> None:
    twice = said_by(("b", 3, day("1937")), ("b", 3, day("1937")), ("a", 3, day("1938")))
    fact = conclude_field("death", twice)
    assert fact is not None
    assert (fact.value, fact.rule) == (day("1938"), "order")
    third = said_by(("b", 3, day("1937")), ("c", 6, day("1937")), ("a", 3, day("1938")))
    fact = conclude_field("death", third)
    assert fact is not None
    assert (fact.value, fact.rule) == (day("1937"), "count")


def test_a_date_that_was_not_read_counts_only_where_none_was() -> None:
    said = said_by(("a", 1, UNREAD), ("b", 4, day("1938")), ("c", 4, Words("Орёл")))
    names = ["death", "death", "death_place"]
    assert gather(zip(said, names, strict=True)) == {"death": said[1:2], "death_place": said[2:]}
    assert gather([(said[0], "death")]) == {"death": said[:1]}
    assert gather([]) == {}


def test_what_can_be_several_stands_side_by_side_as_each_has_it() -> None:
    said = [
        facts(1, 1, occupation=Words("поэт, слесарь")),
        facts(2, 3, occupation=Words("Поэт")),
        facts(3, 4, occupation=Words("поэт.")),
    ]
    found = conclude(said)["occupation"]
    assert [(one.value, one.entries) for one in found.values] == [
        (Words("поэт, слесарь"), (1,)), (Words("Поэт"), (2, 3)),
    ]  # fmt: skip
    assert (found.rivals, found.rule) == ((), "agreed")


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
        who = Counter(entry.ref.id for entry in counted(said, name))
        assert (told(found[name]) if name in found else Counter()) == who
        if name in found and name not in DEATH_GROUP:
            assert found[name].values


@given(st.sampled_from([*PLURAL]).flatmap(asserted))
def test_values_side_by_side_are_each_of_those_who_state_them(stated: list[Assertion]) -> None:
    groups = group_values(stated)
    ids = Counter(pk for group in groups for pk in group.entries)
    assert ids == Counter(one.entry.id for one in stated)
    own = {one.entry.id: one.value for one in stated}
    for group in groups:
        assert group.value in [own[pk] for pk in group.entries]
        assert all(values_agree(group.value, own[pk]) for pk in group.entries)
    alike = group_values(stated, same_value)
    assert Counter(pk for group in alike for pk in group.entries) == ids
    for group in alike:
        assert all(same_value(group.value, own[pk]) for pk in group.entries)


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
