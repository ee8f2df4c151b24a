"""The concluded columns of a person: the same for every order, and nothing discredited."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from registry.dates import FuzzyDate
from registry.models import Person, PersonStatus, Rehabilitation
from registry.records.conclusions.contradictions import certainly_after
from registry.records.conclusions.facts import (
    EntryFacts,
    EntryRef,
    NameFact,
    RepressionFact,
    RulingFact,
    Words,
)
from registry.records.ledger.refreshing import (
    CONCLUDED_COLUMNS,
    DECISIVE,
    fill_person,
    latest_word,
    refresh_people,
    rehabilitation,
)
from tests.databases import NOW
from tests.records.statements import UNREAD, dates, day, entries

TODAY = date(2026, 1, 15)


class NoCodes:
    """A codebook without terms and places."""

    def term(self, *_: str) -> None:
        return None

    site = term


def columns(said: list[EntryFacts]) -> dict[str, Any]:
    person = Person()
    fill_person(person, said, choices={}, book=NoCodes(), today=TODAY)  # type: ignore[arg-type]
    return {name: getattr(person, name) for name in CONCLUDED_COLUMNS}


@given(entries(whole=True), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_no_column(
    said: list[EntryFacts], chance: random.Random
) -> None:
    assert columns(chance.sample(said, len(said))) == columns(said)


@given(entries(whole=True), st.data())
def test_an_entry_discredited_as_a_whole_tells_nothing(
    said: list[EntryFacts], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from([entry.ref.id for entry in said]))) if said else set()
    doubted = [
        replace(
            entry,
            discredited=frozenset("*"),
            repressions=tuple(replace(r, discredited=frozenset("*")) for r in entry.repressions),
        )
        if entry.ref.id in gone
        else entry
        for entry in said
    ]
    kept = [entry for entry in said if entry.ref.id not in gone]
    counted = {"entry_count", "status"}
    left, right = columns(doubted), columns(kept)
    assert {n: v for n, v in left.items() if n not in counted} == {
        n: v for n, v in right.items() if n not in counted
    }


REF = EntryRef(1, "a", "1", 3)


def ruled(*rulings: tuple[str, str | None, int | None], arrests: int = 1) -> list[EntryFacts]:
    """One entry with arrests ten years apart, and rulings: kind, date, position of the arrest."""
    rows = tuple(
        RepressionFact(REF, n, n, "arrest", {"arrest": day(f"19{n}7")})
        for n in range(2, arrests + 2)
    )
    said = tuple(
        RulingFact(REF, n, kind, day(at) if at else None, about)
        for n, (kind, at, about) in enumerate(rulings)
    )
    return [EntryFacts(REF, {}, repressions=rows, rulings=said)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], Rehabilitation.UNKNOWN),
        (ruled(("annulled", "1956", 2)), Rehabilitation.UNKNOWN),
        (ruled(("rehabilitated", "1956", 2)), Rehabilitation.FULL),
        (ruled(("rehabilitated", None, None)), Rehabilitation.FULL),
        (ruled(("refused", "1957", 2), ("rehabilitated", "1961", 2)), Rehabilitation.FULL),
        (ruled(("rehabilitated", "1957", None), ("refused", "1961", 2)), Rehabilitation.REFUSED),
        (ruled(("rehabilitated", "1957", 2), ("cancelled", "1961", 2)), Rehabilitation.CANCELLED),
        (ruled(("no-information", "1957", 2)), Rehabilitation.NO_INFORMATION),
        (
            ruled(("rehabilitated", "1957", 2), ("refused", "1957", 3), arrests=2),
            Rehabilitation.PARTIAL,
        ),
        (
            ruled(("no-information", "1957", 2), ("rehabilitated", "1957", 3), arrests=2),
            Rehabilitation.FULL,
        ),
        (ruled(("rehabilitated", "1957", None), arrests=2), Rehabilitation.FULL),
        (
            ruled(("cancelled", "1957", None), ("refused", "1958", 3), arrests=2),
            Rehabilitation.REFUSED,
        ),
        (
            ruled(("rehabilitated", "1957", None), ("refused", "1961", 3), arrests=2),
            Rehabilitation.REFUSED,
        ),
        (
            ruled(
                ("rehabilitated", "1989", None), ("refused", "1956", 2), ("refused", "1957", 3),
                arrests=2,
            ),
            Rehabilitation.FULL,
        ),
        (ruled(("refused", "1957", 2), ("rehabilitated", "1957", 2)), Rehabilitation.FULL),
        (ruled(("refused", "1957-05", 2), ("rehabilitated", "1957", 2)), Rehabilitation.FULL),
        (ruled(("cancelled", "1957", 2), ("refused", "1957", 2)), Rehabilitation.CANCELLED),
        (ruled(("rehabilitated", "1957", 2), ("cancelled", "1957", 2)), Rehabilitation.CANCELLED),
        (ruled(("cancelled", None, 2), ("rehabilitated", None, 2)), Rehabilitation.CANCELLED),
        (
            ruled(("cancelled", "1957-02", 2), ("rehabilitated", "1957-03", 2)),
            Rehabilitation.FULL,
        ),
        (ruled(("no-information", "1957", 2), ("refused", "1957", 2)), Rehabilitation.REFUSED),
        (ruled(("rehabilitated", None, 2), ("refused", "1957", 2)), Rehabilitation.REFUSED),
        (ruled(("rehabilitated", None, 2), ("refused", None, 2)), Rehabilitation.FULL),
    ],
)  # fmt: skip
def test_the_latest_word_on_each_episode_counts(
    said: list[EntryFacts], expected: Rehabilitation
) -> None:
    assert rehabilitation(said) == expected


def ruling(kind: str, date: FuzzyDate | None) -> RulingFact:
    return RulingFact(REF, 1, kind, date, None)


def test_a_ruling_whose_date_was_not_read_is_as_one_without() -> None:
    refused = ruling("refused", day("1957"))
    for undated in (ruling("rehabilitated", None), ruling("rehabilitated", UNREAD)):
        assert latest_word([undated, refused]) == "refused"
        assert latest_word([undated, ruling("refused", None)]) == "rehabilitated"


@given(st.lists(st.builds(ruling, st.sampled_from(sorted(DECISIVE)), st.none() | dates),
                min_size=1, max_size=4), st.randoms(use_true_random=False))  # fmt: skip
def test_the_latest_word_is_of_a_ruling_that_none_certainly_came_after(
    rulings: list[RulingFact], chance: random.Random
) -> None:
    word = latest_word(rulings)
    assert latest_word(chance.sample(rulings, len(rulings))) == word
    mine = [r for r in rulings if r.kind == word]
    read = [r.date for r in rulings if r.date and r.date.edtf]
    assert any(
        not any(certainly_after(other, r.date) for other in read)
        if r.date and r.date.edtf
        else not read
        for r in mine
    )


def test_a_vague_arrest_that_may_be_late_waits() -> None:
    said = ruled()
    [late] = [
        replace(said[0], living_rule="restrict", repressions=(
            RepressionFact(REF, 1, 1, "arrest", {"arrest": day("1950/1955")}),
        ))
    ]  # fmt: skip
    assert columns([late])["status"] == PersonStatus.HELD
    early = replace(late, repressions=(
        RepressionFact(REF, 1, 1, "arrest", {"arrest": day("1950/1953")}),
    ))  # fmt: skip
    assert columns([early])["status"] == PersonStatus.RESTRICTED


def named(pk: int, family: str, language: str, script: str, kind: str = "main") -> EntryFacts:
    row = NameFact(0, kind, family, "Пример", "", f"{family} Пример", language, script)
    return EntryFacts(EntryRef(pk, f"source-{pk}", f"{pk}", 3), {}, names=(row,))


def test_letters_are_of_the_name_in_each_script() -> None:
    latin = named(2, "Zrimerov", "de", "Latn", "transliteration")
    english = named(3, "Primerov", "en", "Latn", "transliteration")
    found = columns([named(1, "Ёмкин", "ru", "Cyrl"), latin, english])
    assert (found["letter"], found["latin_letter"], found["sort_key"]) == ("Е", "P", "емкин пример")
    alone = columns([named(1, "Ёмкин", "ru", "Cyrl")])
    assert (alone["letter"], alone["latin_letter"]) == ("Е", "Y")
    foreign = columns([named(1, "Primerov", "en", "Latn")])
    assert (foreign["letter"], foreign["latin_letter"]) == ("", "P")
    wordless = columns([named(1, "一", "zh", "Hani")])
    assert wordless["letter"] == ""


def test_an_exact_day_of_death_is_one_of_the_year() -> None:
    dead = EntryFacts(REF, {"death": day("1937-11-03")})
    assert columns([dead])["death_month_day"] == 1103
    vague = EntryFacts(REF, {"death": day("1937-11")})
    assert columns([vague])["death_month_day"] is None


def test_places_are_words_of_every_language_each_once() -> None:
    place = Words("Oryol", wording={"ru": "Орёл"})
    row = RepressionFact(REF, 1, 1, "arrest", {"arrest_place": Words("г. Орёл")})
    found = columns([EntryFacts(REF, {"birth_place": place}, repressions=(row,))])
    assert found["places_folded"] == " oryol орел г"
    assert found["wording"] == {"birth_place": {"ru": "Орёл"}}


def test_a_status_an_editor_set_is_not_changed_by_the_rule() -> None:
    for status, by_rule, expected in (
        (PersonStatus.HELD, True, PersonStatus.PUBLIC),
        (PersonStatus.HELD, False, PersonStatus.HELD),
        (PersonStatus.WITHDRAWN, True, PersonStatus.WITHDRAWN),
    ):
        person = Person(status=status, status_by_rule=by_rule)
        said = [EntryFacts(REF, {"birth": day("1891")})]
        fill_person(person, said, choices={}, book=NoCodes(), today=TODAY)  # type: ignore[arg-type]
        assert person.status == expected


@pytest.mark.django_db
def test_people_that_do_not_exist_are_passed_over() -> None:
    refresh_people([999], now=NOW)
    assert not Person.all_records.exists()
