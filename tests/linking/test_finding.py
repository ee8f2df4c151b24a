"""Finding whoever is like somebody described: in the database, hidden people left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.linking import (
    POSSIBLE,
    KnownName,
    Profile,
    Similar,
    find_similar,
    find_similar_of,
    profile_of,
    profile_of_person,
)
from registry.linking.candidates import find_candidates
from registry.models import Entry, Person, PersonStatus
from registry.records import withdraw_source
from registry.records.drafts.entries import NameDraft, RepressionDraft
from registry.records.people.judging import judge_entries
from tests.databases import NOW
from tests.security.hidden import HIDDEN, hide

pytestmark = pytest.mark.django_db

LIFE: dict[str, Any] = {
    "birth": parse_edtf("1891"), "death": parse_edtf("1938"), "fate": "executed"
}  # fmt: skip
DIED = {"death": parse_edtf("1938")}
MOST_QUERIES = 7
"""Two for the candidates, five for their profiles."""


def asked(family: str = "", given: str = "", patronymic: str = "", **said: Any) -> Profile:
    return profile_of(KnownName(family, given, patronymic), **said)


def found(profile: Profile, *, public_only: bool = True, **more: Any) -> list[int]:
    return [one.person for one in find_similar(profile=profile, public_only=public_only, **more)]


@pytest.fixture
def osip(make_person: Callable[..., int]) -> int:
    for number in range(3):  # others, whom nobody asks for
        make_person(family=f"Посторонний{'абв'[number]}", given="Никто", **LIFE)
    return make_person(family="Примерштам", given="Осип", patronymic="Эмильевич", **LIFE)


@pytest.mark.parametrize(
    "profile",
    [
        asked("Примерштам"),
        asked("Примерштам", "Осип"),
        asked("Примерштам", "Осип", "Эмильевич"),
        asked("Примерштам", "О.", "Э."),
        asked("Примерштам", "Иосиф"),
        asked("Primershtam", "Osip"),
        asked("Primersztam", "Józef"),
        asked("Прімерштам", "Йосип", "Емільович"),
        asked("Осип", "Примерштам"),
        asked("Премерштам", "Осип"),
        asked("Примерштмам", "Осип"),
        asked("Выдуманский", "Осип", "Эмильевич", birth=parse_edtf("1891"), **DIED),
        profile_of(KnownName(full="Осип Эмильевич Примерштам")),
    ],
)
def test_somebody_is_found_however_the_name_is_written(osip: int, profile: Profile) -> None:
    assert found(profile) == [osip]


def test_somebody_born_on_that_day_in_either_calendar_is_found(
    make_person: Callable[..., int],
) -> None:
    person = make_person(family="Примерова", **{**LIFE, "birth": parse_edtf("1891-01-15")})
    for day in ("1891-01-15", "1891-01-03"):
        profile = asked("Выдуманова", "Пример", "Примерович", birth=parse_edtf(day))
        assert found(profile) == [person]
        nameless = asked(patronymic="Примерович", birth=parse_edtf(day))
        assert find_candidates(nameless, public_only=True) == [person]


def test_the_likeliest_come_first_and_those_who_cannot_be_meant_last(
    make_person: Callable[..., int],
) -> None:
    blocked = make_person(**{**LIFE, "birth": parse_edtf("1850")})
    brother = make_person(given="Другой", **LIFE, birth_place="с. Ложное")
    namesake = make_person(patronymic="", **LIFE)
    same = make_person(**LIFE, birth_place="с. Ложное")
    profile = asked(
        "Примеров", "Пример", "Примерович", birth=parse_edtf("1891"), birth_place="с. Ложное"
    )
    similar = find_similar(profile=profile, public_only=True)
    assert [one.person for one in similar] == [same, namesake, brother, blocked]
    assert [one.blocked.code if one.blocked else "" for one in similar] == [
        "", "", "", "birth.apart"
    ]  # fmt: skip
    assert similar[-1].score == 0
    assert found(profile, limit=2) == [same, namesake]
    assert found(profile, besides=[same, brother]) == [namesake, blocked]


def test_nobody_is_found_where_nothing_is_asked(osip: int) -> None:
    assert found(Profile()) == []
    assert found(asked("!", "…")) == []


FAMILY = [
    asked("Примеров", "Пример", "Примерович", birth=parse_edtf("1891-01-15")),
    asked("Примерова", "Примера", "Примеровна", birth=parse_edtf("1900")),
    asked("Выдуманский", "Пример", "Примерович", birth=parse_edtf("1891"), **DIED),
    asked("Примеров"),
    Profile(),
    *(asked(f"Выдумов{letter}", "Пример", "Примерович") for letter in "абвгдежзик"),
]


@pytest.mark.parametrize("public_only", [True, False])
def test_a_family_is_looked_for_at_once_and_nobody_is_found_otherwise(
    make_person: Callable[..., int], public_only: bool
) -> None:
    names = {"family": "Примеров", "given": "Пример", "patronymic": "Примерович"}
    make_person(**names, **LIFE)
    make_person(family="Выдумова", given="Пример", patronymic="Примерович", **LIFE)
    how: dict[str, Any] = {"public_only": public_only}
    alone = [find_similar(profile=profile, **how) for profile in FAMILY]
    with CaptureQueriesContext(connection) as queries:
        together = find_similar_of(FAMILY, **how)
    assert together == alone
    assert [bool(one) for one in together[:5]] == [True, False, True, True, False]
    # Two for every eight of them, and five for all who are compared.
    assert len(queries) <= 9


@pytest.mark.parametrize(
    "profile",
    [
        asked("Примеров", "Пример", "Примерович", birth=parse_edtf("1891-01-15")),
        asked("Примеров"),
        Profile(),
    ],
)
def test_it_costs_the_same_for_1_candidate_and_for_50(
    make_person: Callable[..., int], profile: Profile
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            find_similar(profile=profile, public_only=True, limit=50)
        return len(queries)

    make_person(**LIFE)
    one = cost()
    for _ in range(49):
        make_person(**LIFE)
    assert cost() == one
    assert one <= MOST_QUERIES


def test_a_profile_of_the_registry_costs_four_queries(osip: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        profile_of_person(osip)
    assert len(queries) == 4  # whether somebody may be living is asked for the public alone


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_a_common_given_name_is_never_read_whole_for_each_candidate(osip: int) -> None:
    profile = asked("Примерштам", "Осип", "Эмильевич", birth=parse_edtf("1891"))
    with CaptureQueriesContext(connection) as queries:
        find_candidates(profile, public_only=False)
    [union] = [row["sql"] for row in queries if "UNION ALL" in row["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {union}")
        plan = [(number, parent, told) for number, parent, _, told in cursor.fetchall()]
    inner = {number for number, _, told in plan if "CORRELATED" in told}
    asked_there = [told for _, parent, told in plan if parent in inner]
    assert asked_there
    # By the numbers of the person's own rows, whatever the planner knows of the names.
    assert all("(rowid>? AND rowid<?)" in told for told in asked_there), asked_there


def test_a_surname_of_one_syllable_is_looked_for_with_initials(
    make_person: Callable[..., int],
) -> None:
    # As a name of three syllables it could be Chinese, too; it was a page of trouble once.
    person = make_person(family="Ли", given="Иван", patronymic="Иванович", **LIFE)
    for given, patronymic in (("И.", "И."), ("Си", "Цин"), ("", "")):
        found(asked("Ли", given, patronymic))
    assert found(asked("Ли", "И.", "И.")) == [person]


def marked(similar: list[Similar]) -> str:
    return str(similar)


@pytest.mark.parametrize("status", HIDDEN)
def test_whoever_is_hidden_changes_nothing_the_public_is_told(
    make_person: Callable[..., int], status: PersonStatus
) -> None:
    profile = asked("Примеров", "Пример", "Примерович", birth=parse_edtf("1891-01-15"))
    shown = make_person(**LIFE)
    before = find_similar(profile=profile, public_only=True)
    hidden = make_person(**{**LIFE, "birth": parse_edtf("1891-01-15")})
    assert len(find_similar(profile=profile, public_only=True)) == len(before) + 1
    hide(hidden, status, into=shown)
    assert find_similar(profile=profile, public_only=True) == before
    staff = found(profile, public_only=False)
    assert (hidden in staff) == (status != PersonStatus.MERGED)


def test_whoever_may_be_living_is_found_by_name_and_years_alone(
    make_person: Callable[..., int],
) -> None:
    person = make_person(
        birth=parse_edtf("1990-11-11"),
        birth_place="с. Ложное",
        residence="с. Ложное",
        sex="m",
        repressions=(RepressionDraft(arrest=parse_edtf("1952-03-03")),),
    )
    assert Person.all_records.get(pk=person).status == PersonStatus.RESTRICTED
    profile = asked(
        "Примеров",
        "Пример",
        birth=parse_edtf("1990-11-11"),
        birth_place="с. Ложное",
        arrests=(parse_edtf("1952-03-03"),),
        sex="f",
    )
    [told] = find_similar(profile=profile, public_only=True)
    assert told.person == person
    assert {reason.code for reason in told.reasons} == {"family.same", "given.same", "birth.year"}
    assert told.blocked is not None, "the name itself tells the sex"
    assert [reason.right for reason in told.reasons][2] == parse_edtf("1990")
    by_day = asked("Выдуманов", "Пример", birth=parse_edtf("1990-11-11"))
    assert find_candidates(by_day, public_only=True) == []
    assert find_candidates(by_day, public_only=False) == [person]
    [known] = find_similar(profile=profile, public_only=False)
    assert {"birth.day", "birth_place.settlement", "arrest.day"} <= {
        reason.code for reason in known.reasons
    }


def test_a_withdrawn_source_says_nothing(
    make_person: Callable[..., int], make_source: Callable[..., str]
) -> None:
    make_source("withdrawn-book")
    make_person(person_key="one", **LIFE)
    make_person(person_key="one", source="withdrawn-book", birth_place="с. Ложное", **LIFE)
    profile = asked("Примеров", "Пример", birth_place="с. Ложное")
    assert "birth_place.settlement" in marked(find_similar(profile=profile, public_only=True))
    withdraw_source(slug="withdrawn-book", by=None, role="system", reason="a test", now=NOW)
    assert "birth_place" not in marked(find_similar(profile=profile, public_only=True))


def test_the_entries_of_a_person_are_read_together(
    make_person: Callable[..., int], make_source: Callable[..., str]
) -> None:
    make_source("certificates", unreliable_for=("death_date",))
    person = make_person(
        person_key="one",
        sex="m",
        residence="г. Выдуманск",
        archive_file="П-1",
        repressions=(
            RepressionDraft(
                arrest=parse_edtf("1937-08"),
                sentence_date=parse_edtf("1937-09-01"),
                execution=parse_edtf("1937-09-04"),
            ),
        ),
        **{**LIFE, "death": None},
    )
    make_person(
        person_key="one",
        source="certificates",
        names=(NameDraft("variant", "Ложный Пример", "Ложный", "Пример"),),
        birth=parse_edtf("1892"),
        death=parse_edtf("1942-01-01"),
        occupation="слесарь",
        discredited={"occupation": "invented"},
    )
    make_person(
        person_key="one", source="certificates", family="Неверный", discredited={"*": "invented"}
    )
    told = profile_of_person(person)
    assert [name.family for name in told.names] == ["Примеров", "Ложный"]
    assert told.sex == "m"
    assert {day.edtf for day in told.births} == {"1891", "1892"}
    assert [day.edtf for day in told.deaths] == ["1937-09-04"]
    assert [day.edtf for day in told.false_deaths] == ["1942-01-01"]
    assert [day.edtf for day in (*told.arrests, *told.sentences)] == ["1937-08", "1937-09-01"]
    assert (told.residences, told.archive_files, told.occupations) == (
        ("г. Выдуманск",), ("П-1",), ()
    )  # fmt: skip
    assert len(told.entries) == 2
    assert profile_of_person(person + 1_000) == Profile()


def test_entries_judged_different_forbid_that_it_is_one_person(
    make_person: Callable[..., int],
) -> None:
    one, other = make_person(**LIFE), make_person(**LIFE)
    profile = profile_of_person(one)
    [before] = find_similar(profile=profile, public_only=False, besides=[one])
    assert before.blocked is None
    left, right = Entry.all_records.filter(person__in=[one, other]).values_list("pk", flat=True)
    judge_entries(
        left=left, right=right, verdict="different", by=None, role="editor", reason="x", now=NOW
    )
    for asked_for, answer in ((one, other), (other, one)):
        profile = profile_of_person(asked_for)
        [after] = find_similar(profile=profile, public_only=False, besides=[asked_for])
        assert after.person == answer
        assert after.blocked is not None
        assert after.blocked.code == "judged.different"


def test_a_family_that_has_the_false_date_finds_its_man(registry_loaded: Path) -> None:
    certificate = parse_edtf("1941-03-17")
    profile = asked("Babel", "Isaak", birth=parse_edtf("1894"), death=certificate)
    [told, *_] = find_similar(profile=profile, public_only=True)
    assert Person.public.get(pk=told.person).full == "Бабель Исаак Эммануилович"
    assert "death.false" in {reason.code for reason in told.reasons}


def test_none_of_the_first_people_is_taken_for_another(registry_loaded: Path) -> None:
    for person in Person.public.order_by("pk").values_list("pk", flat=True):
        profile = profile_of_person(person)
        others = find_similar(profile=profile, public_only=True, besides=[person])
        assert [one for one in others if one.score >= POSSIBLE] == []
        [itself, *_] = find_similar(profile=profile, public_only=True)
        assert (itself.person, itself.score >= POSSIBLE) == (person, True)
