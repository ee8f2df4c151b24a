import re
import sys
import warnings
from pathlib import Path

import pytest

from registry.names import key, readings, romanise, syllables
from registry.names.given import TABLES
from registry.names.loading import rows
from tests.names.orthographies import write
from tests.relevance.standards import standards

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import iuliia

_RUSSIAN = """
Иванов Смирнов Кузнецов Попов Васильев Петров
Соколов Михайлов Новиков Фёдоров Морозов Волков
Алексеев Лебедев Семёнов Егоров Павлов Козлов
Степанов Николаев Орлов Андреев Макаров Никитин
Захаров Зайцев Соловьёв Борисов Яковлев
Григорьев Романов Воробьёв Сергеев Кузьмин
Фролов Александров Дмитриев Королёв Гусев
Киселёв Ильин Максимов Поляков Сорокин
Виноградов Ковалёв Белов Медведев Антонов
Тарасов Жуков Баранов Филиппов Комаров Давыдов
Беляев Герасимов Богданов Осипов Сидоров
Матвеев Титов Марков Миронов Крылов Куликов
Карпов Власов Мельников Денисов Гаврилов
Тихонов Казаков Афанасьев Данилов Савельев
Тимофеев Фомин Чернов Абрамов Мартынов Ефимов
Федотов Щербаков Назаров Калинин Исаев Чернышёв
Быков Маслов Родионов Коновалов Лазарев Воронин
Климов Филатов Пономарёв Голубев Кудрявцев
Прохоров Наумов Потапов Журавлёв Овчинников
Трофимов Леонов Соболев Ермаков Колесников
Гончаров Емельянов Никифоров Грачёв Котов
Гришин Ефремов Архипов Громов Кириллов Малышев
Панов Моисеев Румянцев Акимов Кондратьев
Бирюков Горбунов Анисимов Ерёмин Тихомиров
Галкин Лукьянов Михеев Скворцов Юдин Белоусов
Нестеров Симонов Прокофьев Харитонов Князев
Цветков Левин Митрофанов Воронов Аксёнов
Софронов Мальцев Логинов Горшков Савин Краснов
Майоров Демидов Елисеев Рыбаков Сафонов
Плотников Дьячков Троцкий Маяковский
Достоевский Островский Раковский Вышинский
Толстой Шаховской Трубецкой Долгорукий Белый
Мандельштам Мейерхольд Бухарин Хрущёв Щукин
Хачатурян Чехов Жемчужная Ющенко Шевченко
Коваленко Бондаренко Ткаченко Кравченко
Олийник Шевчук Ковальчук Полищук Мельничук
Марченко Савченко Руденко Мороз Лысенко
Петренко Клименко Павленко Кравчук Кузьменко
Пономаренко Василенко Гаврилюк Хоменко Юрченко
Яценко Цимбалюк Гнатюк Щербина Зеленский
Грушевский Скоропадский Ежов Берия Эйхе
Рудзутак Цой Юсупов Яшвили
"""
_UKRAINIAN = """
Шевченко Мельник Коваленко Бондаренко Ткаченко Ковальчук Кравченко Олійник Шевчук Коваль
Поліщук Бондар Ткачук Марченко Лисенко Савченко Руденко Мороз Петренко Кравчук Клименко
Павленко Кравець Савчук Кузьменко Пономаренко Харченко Василенко Карпенко Гаврилюк Швець
Мазур Хоменко Гончарук Підмогильний Зеров Куліш Курбас Семенко Хвильовий Косинка Яворницький
Грушевський Єфремов Скоропадський Їжакевич Щербина Юрченко Яценко Гнатюк Чорновіл Цимбалюк
Ґалаґан Згурський Розгон Мар'яненко Лук'янов Зінов'єв Троцький Тухачевський Бронштейн
"""
RUSSIAN = _RUSSIAN.split()
UKRAINIAN = _UKRAINIAN.split()
SCHEMES = sorted(name for name in dir(iuliia) if name.isupper())
# Floors under what was measured on 2,234 names: 0.995 or more in every scheme but these.
FLOORS = {
    "UZ": 0.94,  # writes ц as s: Kuznesov
    "GOST_16876_ALT": 0.99,  # writes э as eh: Shmuehl
    "GOST_52535": 0.99,  # writes ц as tc: Khatckel
    "TELEGRAM": 0.99,  # writes ж as j: Rjahov
    "ISO_9_1968_ALT": 0.99,  # writes и as y: Rodyon
}
ORTHOGRAPHY_FLOORS = {
    "german": 0.99,
    "polish": 0.99,
    "latvian": 0.985,
    "lithuanian": 0.98,
    "estonian": 0.995,
    "finnish": 0.995,
}


CUSTOM_FLOORS = {"Swedish": 0.99, "Norwegian": 0.99, "Danish": 0.99, "Dutch": 0.98}


def _forms(language: str) -> list[str]:
    """Every fifth form of the given names of a language."""
    found = (
        form
        for table in TABLES
        for _, _, own, forms in rows(table)
        if own == language
        for form in forms.split()
    )
    return [form for form in found if len(form) > 3 and "-" not in form][::5]


def _filed() -> list[str]:
    """The words of the real names of `variants.tsv`, those of syllables left out."""
    lines = Path(__file__).with_name("variants.tsv").read_text("utf-8").splitlines()
    names = [name for line in lines if line[0] != "#" for name in line.split("\t")[:2]]
    words = {word for name in names if not syllables(name) for word in re.split("[ -]", name)}
    return sorted(word for word in words if word.isalpha() and len(word) > 2)


REAL = sorted({*RUSSIAN, *_filed(), *_forms("ru")})


def _share(written: list[tuple[str, str]]) -> float:
    met = [key(name) in {reading.key for reading in readings(latin)} for name, latin in written]
    return sum(met) / len(met)


def _check(name: str, written: list[tuple[str, str]], floor: float) -> None:
    share = _share(written)
    sys.stdout.write(f"{name}: {share:.4f} of {len(written)}\n")
    assert share >= floor


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_of_russian_meets_the_key(scheme: str) -> None:
    translate = getattr(iuliia, scheme).translate
    assert len(REAL) > 2000
    _check(scheme, [(name, translate(name)) for name in REAL], FLOORS.get(scheme, 0.995))


@pytest.mark.parametrize("orthography", sorted(ORTHOGRAPHY_FLOORS))
def test_every_orthography_of_russian_meets_the_key(orthography: str) -> None:
    written = [(name, write(name, orthography)) for name in REAL]
    _check(orthography, written, ORTHOGRAPHY_FLOORS[orthography])


@pytest.mark.parametrize(("custom", "floor"), CUSTOM_FLOORS.items())
def test_every_custom_that_was_tuned_on_meets_the_key(custom: str, floor: float) -> None:
    writer = standards("tuning")[custom]
    _check(custom, [(name, writer(name)) for name in REAL], floor)


def test_the_latin_letters_of_belarusian_meet_the_key() -> None:
    written = [(name, write(name, "belarusian")) for name in _forms("be") if "щ" not in name]
    _check("belarusian", written, 0.98)


def test_the_official_ukrainian_romanisation_meets_the_key() -> None:
    names = [*UKRAINIAN, *_forms("uk")]
    _check("ukrainian", [(name, romanise(name, language="uk")) for name in names], 0.99)


def test_our_own_russian_romanisation_meets_the_key() -> None:
    _check("our own", [(name, romanise(name)) for name in REAL], 0.999)
