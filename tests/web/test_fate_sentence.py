"""One sentence on the fate: right in gender and grammar, in each language."""

import pytest
from django.utils.translation import override

from registry.templatetags import fates
from registry.templatetags.codes import REHABILITATIONS
from registry.templatetags.words import fate
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
            fate="executed", label="", sex=sex, death=day("1938-10-27"), begun=NOTHING
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
            {"fate": "survived", "sex": "m", "death": day("1982-01-17")},
            "Пережил репрессии. Умер 17 января 1982 г.",
        ),
        ({"death": day("1950"), "sex": "f"}, "Умерла в 1950 г."),
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
            {"fate": "new-code", "label": "Пропал без вести", "death": day("1942")},
            "Пропал без вести: в 1942 г.",
        ),
        ({"fate": "unknown"}, "Что стало с этим человеком, здесь неизвестно."),
    ],
)
def test_less_is_said_where_less_is_known(values: dict[str, object], expected: str) -> None:
    known = {"fate": "", "label": "", "sex": "", "death": None, "begun": NOTHING, **values}

    with override("ru"):
        assert fates.fate_sentence(**known) == expected


def test_person_without_a_fate_is_not_given_one() -> None:
    with override("en"):
        assert fate(SPARSE) == "What happened to this person is not known here."


@pytest.mark.parametrize("code", REHABILITATIONS)
@pytest.mark.parametrize("sex", ["m", "f", ""])
def test_every_rehabilitation_has_a_sentence(code: str, sex: str) -> None:
    for language in ("en", "ru", "uk"):
        with override(language):
            assert fates.rehabilitation_sentence(code, sex).endswith(".")
