"""What two profiles of invented people come to, case by case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.dates import parse_edtf, read_printed
from registry.dates.values import Calendar
from registry.linking import (
    LIKELY,
    POSSIBLE,
    WORTH_SHOWING,
    KnownName,
    Profile,
    compare,
    profile_of,
)

VILLAGE = {"birth_place": "Примеровская губ., с. Примерово", "residence": "с. Примерово"}
DAYS = {
    "arrests": (parse_edtf("1937-08-05"),),
    "sentences": (parse_edtf("1937-09-01"),),
    "death": parse_edtf("1937-09-04"),
    "archive_file": "Ф. 1, дело 12345",
}


def someone(family: str = "", given: str = "", patronymic: str = "", **said: object) -> Profile:
    known = {
        name: parse_edtf(value) if name in {"birth", "death"} and isinstance(value, str) else value
        for name, value in said.items()
    }
    return profile_of(KnownName(family, given, patronymic), **known)  # type: ignore[arg-type]


def codes(left: Profile, right: Profile) -> set[str]:
    return {reason.code for reason in compare(left, right).reasons}


IVAN = someone("Примеров", "Иван", "Петрович")


@pytest.mark.parametrize(
    ("given", "patronymic", "code"),
    [
        ("Павел", "Петрович", "given.siblings"),
        ("Пётр", "Иванович", "given.parent"),
        ("Пётр", "Семёнович", "given.parent"),
        ("Сидор", "Семёнович", "given.differs"),
        ("Мария", "Петровна", "given.siblings"),
    ],
)
def test_a_family_arrested_in_one_village_on_one_day_is_never_one_person(
    given: str, patronymic: str, code: str
) -> None:
    one = someone("Примеров", "Иван", "Петрович", birth="1890", **VILLAGE, **DAYS)
    other = someone("Примеров", given, patronymic, birth="1890", **VILLAGE, **DAYS)
    found = compare(one, other)
    assert code in {reason.code for reason in found.reasons}
    assert found.score < POSSIBLE
    assert found.sum >= WORTH_SHOWING, "what agrees is told nevertheless"


def test_twins_of_like_names_are_at_most_possible() -> None:
    one = someone("Примеров", "Хасан", "Примерович", birth="1890-01-01", **VILLAGE, **DAYS)
    other = someone("Примеров", "Хусан", "Примерович", birth="1890-01-01", **VILLAGE, **DAYS)
    assert compare(one, other).score < LIKELY


def test_cousins_of_one_name_are_at_most_possible() -> None:
    one = someone("Примеров", "Иван", "Петрович", birth="1890", **VILLAGE, **DAYS)
    other = someone("Примеров", "Иван", "Семёнович", birth="1890", **VILLAGE, **DAYS)
    assert compare(one, other).score < LIKELY


def test_a_surname_and_a_village_without_given_names_are_at_most_possible() -> None:
    one, other = (someone("Примеров", birth="1890", **VILLAGE, **DAYS) for _ in range(2))
    assert POSSIBLE <= compare(one, other).score < LIKELY


def test_a_full_name_and_a_year_are_likely_and_no_proof() -> None:
    one, other = (someone("Примеров", "Иван", "Петрович", birth="1890") for _ in range(2))
    found = compare(one, other)
    assert LIKELY <= found.score < 80
    elsewhere = [
        replace(one, birth_places=("с. Примерово",)), replace(other, birth_places=("г. Выдуманск",))
    ]  # fmt: skip
    assert compare(*elsewhere).score < LIKELY


def test_what_one_side_does_not_know_speaks_neither_way() -> None:
    known = someone("Примеров", "Иван", "Петрович", birth="1890", nationality="русский", **VILLAGE)
    found = compare(known, IVAN)
    assert {reason.code for reason in found.reasons} == {
        "family.same", "given.same", "patronymic.same"
    }  # fmt: skip
    assert found == compare(IVAN, IVAN)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1890", "1890", "birth.year"),
        ("1890", "1890-05", "birth.year"),
        ("1890-05", "1890-05", "birth.month"),
        ("1890-05-07", "1890-05-07", "birth.day"),
        ("1890-05-07", "1890-05-19", "birth.calendar"),
        ("1901-05-07", "1901-05-20", "birth.calendar"),
        ("1890-05-07", "1890-05-21", "birth.days-differ"),
        ("1890~", "1891", "birth.possible"),
        ("1890", "1891", "birth.one-year"),
        ("1890", "1892", "birth.two-years"),
        ("1890", "1895", "birth.years-differ"),
        ("1890", "1902", "birth.far"),
        ("1890", "189X", "birth.possible"),
    ],
)
def test_births_are_compared_as_far_as_they_are_known(one: str, other: str, expected: str) -> None:
    left, right = (someone("Примеров", "Иван", "Петрович", birth=day) for day in (one, other))
    found = compare(left, right)
    assert expected in {reason.code for reason in found.reasons}
    assert found.blocked is None


def test_of_rival_births_those_that_agree_count() -> None:
    one = replace(IVAN, births=(parse_edtf("1880"), parse_edtf("1890")))
    other = replace(IVAN, births=(parse_edtf("1890"), parse_edtf("1870")))
    assert "birth.year" in codes(one, other)
    assert compare(one, other).blocked is None


def test_a_date_that_was_not_understood_says_nothing() -> None:
    unread = replace(read_printed("1890"), edtf="", earliest=None, latest=None)
    assert codes(replace(IVAN, births=(unread,)), replace(IVAN, births=(unread,))) == codes(
        IVAN, IVAN
    )


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"birth": "1880"}, {"birth": "1893"}, "birth.apart"),
        ({"death": "1936"}, {"arrests": ("1937-08-05",)}, "death.before-arrest"),
        ({"death": "1889"}, {"birth": "1890"}, "death.before-birth"),
        ({"arrests": ("1930",)}, {"birth": "1935"}, "arrest.before-birth"),
        ({"sex": "m"}, {"sex": "f"}, "sex.differs"),
        ({"entries": {1, 2}}, {"apart": {2, 7}}, "judged.different"),
    ],
)
def test_contradictions_forbid_whatever_else_agrees(
    left: dict[str, object], right: dict[str, object], expected: str
) -> None:
    def known(said: dict[str, object]) -> Profile:
        sets = {name: frozenset(said.pop(name)) for name in ("entries", "apart") if name in said}  # type: ignore[call-overload]
        if "arrests" in said:
            said["arrests"] = tuple(map(parse_edtf, said["arrests"]))  # type: ignore[call-overload]
        return replace(someone("Примеров", "Пример", "", **VILLAGE, **said), **sets)

    one, other = known(dict(left)), known(dict(right))
    for found in (compare(one, other), compare(other, one)):
        assert found.blocked is not None
        assert found.blocked.code == expected
        assert found.score == 0
        assert found.sum >= WORTH_SHOWING, "what agrees is told nevertheless"


def test_one_of_several_deaths_and_arrests_must_be_impossible_for_all() -> None:
    one = replace(IVAN, deaths=(parse_edtf("1936"), parse_edtf("1942")))
    assert compare(one, replace(IVAN, arrests=(parse_edtf("1937"),))).blocked is None


def test_an_arrest_some_days_after_the_death_is_a_slip_and_no_proof() -> None:
    one = replace(IVAN, deaths=(parse_edtf("1938-01-10"),))
    other = replace(IVAN, arrests=(parse_edtf("1938-01-12"),))
    found = compare(one, other)
    assert found.blocked is None
    assert "order.unclear" in {reason.code for reason in found.reasons}


def test_julian_days_are_moved_before_they_contradict() -> None:
    julian = replace(parse_edtf("1917-05-01"), calendar=Calendar.JULIAN)
    one = replace(IVAN, births=(julian,))
    other = replace(IVAN, arrests=(parse_edtf("1917-05-10"),))
    assert compare(one, other).blocked is not None
    assert compare(replace(IVAN, births=(parse_edtf("1917-05-01"),)), other).blocked is None


def test_patronymics_tell_the_sex_where_nothing_else_does() -> None:
    found = compare(
        someone("Примерко", "Саша", "Петрович"), someone("Примерко", "Саша", "Петровна")
    )
    assert found.blocked is not None
    assert found.blocked.code == "sex.differs"


@pytest.mark.parametrize(
    "name",
    [
        KnownName("Primerov", "Osip", "Emilyevich"),
        KnownName("Primierow", "Józef", ""),
        KnownName("Прімєров", "Йосип", "Емільович"),
        KnownName("Примеров", "Иосиф", "Эмильевич"),
        KnownName(full="Осип Эмильевич Примеров"),
        KnownName("Осип", "Примеров", "Эмильевич"),
    ],
)
def test_names_agree_in_other_spellings_languages_and_orders(name: KnownName) -> None:
    one = someone("Примеров", "Осип", "Эмильевич", birth="1891")
    found = compare(one, replace(profile_of(name), births=one.births))
    assert found.score >= (LIKELY - 7 if name.patronymic or name.full else POSSIBLE)


@pytest.mark.parametrize("married", ["Выдумина", "Сидорова-Выдумина"])
def test_a_married_name_lowers_and_does_not_exclude(married: str) -> None:
    maiden = someone("Примерова", "Раиса", "Васильевна", birth="1899-03-02", **VILLAGE, **DAYS)
    other = replace(maiden, names=(KnownName(married, "Раиса", "Васильевна"),))
    assert POSSIBLE <= compare(maiden, other).score < LIKELY
    both = replace(
        maiden, names=(*maiden.names, KnownName(married, "Раиса", "Васильевна"))
    )  # fmt: skip
    assert compare(both, other).score == 100


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Апосов", "Апасов", "family.near"),
        ("Климентьев", "Климович", "family.stem"),
        ("Калецкая-Прохаска", "Калецкая", "family.part"),
        ("Фурманович-Галах", "Галах-Фурманович", "family.same"),
        ("П.", "Примеров", "family.initial"),
        ("Ким", "Лим", "family.differs"),
    ],
)
def test_surnames_agree_in_part(one: str, other: str, expected: str) -> None:
    left, right = (someone(family, "Примерослав", "Петрович") for family in (one, other))
    assert expected in codes(left, right)


@pytest.mark.parametrize(
    ("part", "one", "other", "expected"),
    [
        ("given", "Осип", "Иосиф", "equivalent"),
        ("given", "Герш", "Григорий", "equivalent"),
        ("given", "И.", "Иван", "initial"),
        ("given", "И.", "И.", "initial"),
        ("given", "Марта-Элла", "Марта", "part"),
        ("given", "Елиферий", "Елферий", "near"),
        ("given", "Анна", "Инна", "differs"),
        ("given", "Я.", "Yakov", "initial"),
        ("given", "Б.", "Иван", "differs"),
        ("patronymic", "Осипович", "Иосифович", "equivalent"),
        ("patronymic", "Миколайович", "Николаевич", "equivalent"),
        ("patronymic", "Яковлевич", "Янкелевич", "equivalent"),
        ("patronymic", "Павлович", "Карлович", "differs"),
        ("patronymic", "Анисимович", "Онисимович", "equivalent"),
        ("patronymic", "Пантелеевич", "Пантелеймонович", "equivalent"),
        ("patronymic", "П.", "Петрович", "initial"),
    ],
)
def test_given_names_and_patronymics_agree_in_part(
    part: str, one: str, other: str, expected: str
) -> None:
    left, right = (
        profile_of(KnownName(family="Примеров", **{part: value})) for value in (one, other)
    )
    assert f"{part}.{expected}" in codes(left, right)


def test_names_of_syllables_are_joined_and_a_syllable_may_vary() -> None:
    one = someone("Лю", "Тен", "Го")
    assert codes(one, someone("Лю", "Тен-Го")) == {"family.same", "given.same"}
    assert codes(one, someone("Лю", "Тен", "Га")) == {"family.same", "given.near"}
    assert codes(one, someone("Ли", "Тен", "Го")) == {"family.near", "given.same"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("г. Рига", "Латвия, г. Риги", "birth_place.settlement"),
        (
            "с. Глебово Зарайского р-на",
            "Рязанская обл., Зарайский р-н, с. Глебово",
            "birth_place.same",
        ),
        ("Рязанская обл.", "Рязанская губ., с. Глебово", "birth_place.region"),
        ("г. Ялта", "г. Владивосток", "birth_place.differs"),
        ("Riga", "Рига", "birth_place.settlement"),
    ],
)
def test_places_are_compared_by_the_names_in_them(one: str, other: str, expected: str) -> None:
    left, right = (replace(IVAN, birth_places=(place,)) for place in (one, other))
    assert expected in codes(left, right)


def test_a_region_and_another_say_nothing() -> None:
    one, other = (replace(IVAN, birth_places=(p,)) for p in ("Рязанская губ.", "Московская обл."))
    assert codes(one, other) == codes(IVAN, IVAN)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("г. Москва, Гоголевский бул., д. 29, кв. 34", "Гоголевский бул., д.29, кв. 34", "same"),
        ("г. Москва, ул. Горького, д. 26", "г. Москва, ул. Арбат, д. 4", "settlement"),
    ],
)
def test_an_address_is_a_street_and_a_house(one: str, other: str, expected: str) -> None:
    left, right = (replace(IVAN, residences=(home,)) for home in (one, other))
    assert f"residence.{expected}" in codes(left, right)


def test_the_rest_is_compared_by_words_and_numbers() -> None:
    one = replace(
        IVAN, occupations=("слесарь депо",), nationalities=("еврей",), archive_files=("П-54551",)
    )
    other = replace(
        IVAN, occupations=("слесарь",), nationalities=("еврейка",), archive_files=("д. 54551, ГА",)
    )
    assert codes(one, other) - codes(IVAN, IVAN) == {
        "occupation.same", "nationality.same", "archive_file.same"
    }  # fmt: skip
    third = replace(
        IVAN, occupations=("конюх",), nationalities=("немец",), archive_files=("П-12, 1937",)
    )
    assert codes(one, third) - codes(IVAN, IVAN) == {"nationality.differs"}


def test_the_date_officials_gave_out_is_evidence_where_the_family_has_it() -> None:
    family = replace(IVAN, deaths=(parse_edtf("1941-03-17"),))
    known = replace(
        IVAN, deaths=(parse_edtf("1940-01-27"),), false_deaths=(parse_edtf("1941-03-17"),)
    )
    assert "death.false" in codes(family, known)
    assert "death.false" in codes(known, family)
    assert "death.differs" in codes(family, replace(known, false_deaths=()))


def test_without_a_name_there_is_no_score() -> None:
    nobody = profile_of(birth=parse_edtf("1890"), **DAYS)  # type: ignore[arg-type]
    assert compare(nobody, nobody).score == 0
    assert compare(Profile(), Profile()).reasons == ()
