"""The death of a person is concluded as one: no version borrows the place or cause of another."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from registry.records.conclusions.facts import EntryFacts, Value, Words
from registry.records.conclusions.rules import (
    DEATH_GROUP,
    Concluded,
    conclude,
    is_understood,
    values_agree,
)
from tests.records.statements import UNREAD, counted, day, entries, facts

STEPS = ("rank", "count", "precision")


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
            if name == "fate" and all(disputed(own, e.ref.id, found) for e in counted(said, name)):
                # Nobody of the version believed says how: then any other may.
                continue
            if other in winner and is_understood(winner[other]) and found[other].values:
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
                    and is_understood(own[pk][other])
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
        name in own[pk]
        and name in anchor
        and is_understood(own[pk][name])
        and not values_agree(own[pk][name], anchor[name])
        for name in ("death", "fate")
    )


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


def test_how_someone_died_is_told_where_only_those_who_differ_about_the_day_say_it() -> None:
    """And where, which belongs to the day, is still not believed."""
    said = [
        facts(1, 1, death=day("1938-10-05")),
        facts(2, 3, death=day("1938-10-04"), fate=Words("", "executed"), burial=Words("Орёл")),
        facts(3, 4, death=day("1941"), fate=Words("", "executed"), death_cause=Words("тиф")),
    ]
    found = conclude(said)
    assert (found["death"].value, found["death"].rule) == (day("1938-10-05"), "rank")
    assert [(one.value, one.entries) for one in found["fate"].values] == [
        (Words("", "executed"), (2, 3))
    ]
    assert (found["fate"].rule, found["fate"].rivals) == ("agreed", ())
    for name in ("burial", "death_cause"):
        assert (found[name].values, found[name].rule) == ((), "group")
    inside = [*said, facts(4, 6, fate=Words("", "died-in-camp"))]
    fate = conclude(inside)["fate"]
    assert (fate.value, fate.rule) == (Words("", "died-in-camp"), "group")


def test_those_of_the_other_version_who_agree_make_it_no_only_word() -> None:
    said = [
        facts(1, 1, death=day("1939")),
        facts(2, 6, fate=Words("", "executed")),
        facts(3, 4, death=day("1938"), fate=Words("", "executed")),
    ]
    fate = conclude(said)["fate"]
    assert (fate.values[0].entries, fate.rule) == ((2, 3), "agreed")


def test_dates_that_were_not_read_are_no_two_versions() -> None:
    """One book has "no information" in the column, another leaves a dash there."""
    said = [
        facts(1, 1, death=UNREAD, fate=Words("", "died-in-camp")),
        facts(2, 3, death=replace(UNREAD, printed="—"), death_place=Words("Магадан")),
    ]
    found = conclude(said)
    assert (found["death_place"].value, found["death_place"].rule) == (Words("Магадан"), "only")
    assert conclude(said, {"fate": 1})["death_place"].rule == "only"


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
