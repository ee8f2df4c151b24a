"""One sentence on the fate: right in gender and grammar, in each language."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.translation import override

from registry.dates import FuzzyDate
from registry.records.public.shapes import PublicFact, PublicPerson, PublicValue, Text
from registry.templatetags import fates
from registry.templatetags.words import fate, years
from registry.wording.codes import REHABILITATIONS
from tests.web.samples import RICH, SPARSE, day

NOTHING = ("", None)


@pytest.mark.parametrize(
    ("language", "sex", "expected"),
    [
        ("en", "m", "Shot on 27 October 1938."),
        ("ru", "m", "Расстрелян 27 октября 1938 г."),
        ("ru", "f", "Расстреляна 27 октября 1938 г."),
        ("ru", "", "Расстрелян(а) 27 октября 1938 г."),
        ("uk", "m", "Розстріляний 27 жовтня 1938 р."),
        ("uk", "f", "Розстріляна 27 жовтня 1938 р."),
    ],
)
def test_execution_is_said_in_the_right_gender(language: str, sex: str, expected: str) -> None:
    with override(language):
        said = fates.fate_sentence(
            fate="executed", label="", sex=sex, deaths=[day("1938-10-27")], begun=NOTHING
        )

    assert said == expected


def test_place_follows_without_a_declension() -> None:
    with override("ru"):
        assert fate(RICH) == "Расстреляна 27 октября 1938 г. Место: Баку."
    with override("en"):
        assert fate(RICH) == 'Shot on 27 October 1938. Place: <span lang="ru">Баку</span>.'


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"fate": "survived", "sex": "f"}, "Пережила репрессии."),
        (
            {"fate": "survived", "sex": "m", "deaths": [day("1982-01-17")]},
            "Пережил репрессии. Умер 17 января 1982 г.",
        ),
        ({"deaths": [day("1950")], "sex": "f"}, "Умерла в 1950 г."),
        (
            {"begun": ("arrest", day("1937-11")), "sex": "m"},
            "Арестован в ноябре 1937 г. Что было потом, здесь неизвестно.",
        ),
        (
            {"begun": ("of a new kind", None), "sex": "m"},
            "Репрессирован. Что было потом, здесь неизвестно.",
        ),
        ({"fate": "new-code", "label": "Пропал без вести"}, "Пропал без вести."),
        (
            {"fate": "new-code", "label": "Пропал без вести", "deaths": [day("1942")]},
            "Пропал без вести: в 1942 г.",
        ),
        ({"fate": "unknown"}, "Что стало с этим человеком, здесь неизвестно."),
    ],
)
def test_less_is_said_where_less_is_known(values: dict[str, object], expected: str) -> None:
    known = {"fate": "", "label": "", "sex": "", "deaths": (), "begun": NOTHING, **values}

    with override("ru"):
        assert fates.fate_sentence(**known) == expected


FOURTH, FIFTH = "1938-10-04", "1938-10-05"
SHOT = PublicValue((1,), text=Text("Executed", "en"), code="executed")
IN_CAMP = PublicValue((3,), text=Text("Died in a camp", "en"), code="died-in-camp")


def died(*facts: PublicFact, sex: str = "m", fate: str = "executed") -> PublicPerson:
    birth = PublicFact("birth", (PublicValue((1,), date=day("1886")),))
    return replace(SPARSE, sex=sex, fate=fate, facts={fact.field: fact for fact in (birth, *facts)})


def death(mark: int, chosen: str, rule: str = "order", **rivals: str) -> PublicFact:
    """`death(1, "1938", e2="1939")`: entry 1 says 1938, entry 2 says 1939."""
    others = tuple(PublicValue((int(e[1:]),), date=day(edtf)) for e, edtf in rivals.items())
    return PublicFact("death", (PublicValue((mark,), date=day(chosen)),), rivals=others, rule=rule)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Shot on 4 October 1938 or, by other sources, on 5 October 1938."),
        ("ru", "Расстрелян 4 октября 1938 г. или, по другим источникам, 5 октября 1938 г."),
        ("uk", "Розстріляний 4 жовтня 1938 р. або, за іншими джерелами, 5 жовтня 1938 р."),
    ],
)
def test_dates_nothing_tells_apart_are_all_named(language: str, expected: str) -> None:
    person = died(death(1, FOURTH, e2=FIFTH), PublicFact("fate", (SHOT,)))

    with override(language):
        assert fate(person) == expected
        assert years(person) == "1886–1938"


def test_date_of_another_version_is_not_put_beside_the_fate() -> None:
    person = died(
        death(2, "1939-01-01", "count", e1=FOURTH, e4="1940"), PublicFact("fate", (SHOT,))
    )

    with override("en"):
        assert fate(person) == (
            "Shot on 1 January 1939 or, by other sources, on 4 October 1938 or in 1940."
        )
        assert years(person) == "1886–1938/1939/1940"


def test_settled_date_stands_alone() -> None:
    person = died(death(1, FOURTH, "rank", e2="1939"), PublicFact("fate", (SHOT,)))

    with override("en"):
        assert fate(person) == "Shot on 4 October 1938."
        assert years(person) == "1886–1938"


@pytest.mark.parametrize("code", ["executed", "survived", ""])
def test_date_nobody_could_read_is_in_no_sentence(code: str) -> None:
    unread = PublicFact("death", (PublicValue((1,), date=FuzzyDate("н/д", "", None, None)),))
    episode = replace(RICH.episodes[0], facts={"arrest": replace(unread, field="arrest")})

    for language in ("en", "ru", "uk"):
        with override(language):
            person = replace(died(unread, fate=code), episodes=(episode,))
            assert "н/д" not in fate(person) + years(person)
            assert not re.search(r"[(:,]\s*\.|\s\.", fate(person))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "The sources differ: died on 4 October 1938, or shot on 5 October 1938."),
        ("ru", "Источники расходятся: умерла 4 октября 1938 г. или расстреляна 5 октября 1938 г."),
        ("uk", "Джерела розходяться: померла 4 жовтня 1938 р. або розстріляна 5 жовтня 1938 р."),
    ],
)
def test_death_of_one_version_and_fate_of_another_are_not_settled(
    language: str, expected: str
) -> None:
    rival = PublicFact("fate", (), rivals=(replace(SHOT, marks=(2,)),), rule="group")
    person = died(death(1, FOURTH, "rank", e2=FIFTH), rival, sex="f", fate="")

    with override(language):
        assert fate(person) == expected


def test_fates_nothing_tells_apart_are_all_named() -> None:
    tied = PublicFact("fate", (SHOT,), rivals=(IN_CAMP,), rule="order")

    with override("en"):
        assert fate(died(tied)) == "The sources differ: shot, or died in a camp."
        assert fate(died(death(1, FOURTH, "rank", e3="1942"), tied)) == (
            "The sources differ: shot on 4 October 1938, or died in a camp in 1942."
        )


def test_one_version_is_told_as_one() -> None:
    with override("en"):
        person = died(PublicFact("fate", (), rivals=(SHOT,), rule="group"), fate="")
        assert fate(person) == "By one version: shot."


FATE_CODES = sorted(
    json.loads(line)["code"]
    for line in (Path(__file__).parents[2] / "fixtures" / "terms.jsonl").read_text().splitlines()
    if json.loads(line)["vocabulary"] == "fate"
)


@pytest.mark.parametrize("code", FATE_CODES)
def test_every_fate_has_words_in_the_right_gender(code: str) -> None:
    for language in ("en", "ru", "uk"):
        with override(language):
            man, woman, person = (fates.fate_words(code, sex) for sex in ("m", "f", ""))
            assert man
            assert woman
            assert person
            assert "(" not in man + woman
            if language != "en" and code not in {"unknown", "suicide-under-persecution"}:
                assert man != woman


def test_person_without_a_fate_is_not_given_one() -> None:
    with override("en"):
        assert fate(SPARSE) == "What happened to this person is not known here."


@pytest.mark.parametrize("code", REHABILITATIONS)
@pytest.mark.parametrize("sex", ["m", "f", ""])
def test_every_rehabilitation_has_a_sentence(code: str, sex: str) -> None:
    for language in ("en", "ru", "uk"):
        with override(language):
            assert fates.rehabilitation_sentence(code, sex).endswith(".")
