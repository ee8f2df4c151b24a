"""A population as large as wished, in the entry table, of people who never lived.

`python -m tests.benchmarks.population N --seed S --out FILE.csv`. How their names are made is
told in `naming`; how often a field is filled, and in what dirt, follows the counts of 46,445 real
entries. The same seed gives the same file.
"""

# ruff: noqa: SIM905 (words in a row read better than a list of them)

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from registry.formats import write_rows

from .naming import invented_name

COLUMNS = (
    "key", "person_key", "family_name", "given_name", "patronymic", "other_names", "sex",
    "birth_date", "birth_place", "nationality", "education", "party", "occupation", "residence",
    "arrest_date", "arrested_by", "charge", "articles", "sentencing_body", "sentence_date",
    "sentence", "execution_date", "release_date", "rehabilitation_date", "rehabilitated_by",
    "rehabilitation_ground", "rehabilitation_outcome", "death_date", "fate", "burial_place",
    "archive_file", "locator", "verbatim",
)  # fmt: skip

# Halves of the names of villages.
MIDDLES = (
    "бар вел гор дор жар зин кал лам мар нел пар рус сан тар фил хар цел чер шин щер бол вин гун "
    "дан жук зол кур лив мол нов пет ром син тер уст хом чел шат юр яр бес вор гал дуб кос лет руд"
).split()
PLACES = (
    "Алтайский кр.", "Московская обл.", "Ленинградская обл.", "Смоленская обл.", "Омская обл.",
    "Томская обл.", "Пензенская губ.", "Киевская обл.", "Одесская обл.", "Минская обл.",
    "Витебская губ.", "Казанская губ.", "Чувашия", "Карелия", "Красноярский кр.",
    "Новосибирская обл.", "Иркутская обл.", "Хабаровский кр.", "Донецкая обл.", "Саратовская губ.",
    "Вятская губ.", "Пермская обл.", "Свердловская обл.", "Челябинская обл.", "Татарстан",
)  # fmt: skip
DISTRICTS = "Приречный Заозёрный Верхний Нижний Лесной Степной Луговой Горный Ключевой".split()
VILLAGES = "Берёзовка Ключи Заречье Ивановка Петровка Новосёлки Каменка Ольховка Рудня".split()
NATIONALITIES = (
    ("русский", "русская"), ("украинец", "украинка"), ("немец", "немка"), ("поляк", "полька"),
    ("еврей", "еврейка"), ("белорус", "белоруска"), ("латыш", "латышка"), ("татарин", "татарка"),
    ("финн", "финка"), ("чуваш", "чувашка"), ("кореец", "кореянка"), ("русские", "русские"),
)  # fmt: skip
TRADES = (
    "колхозник", "крестьянин-единоличник", "рабочий", "плотник", "бухгалтер", "священник",
    "учитель", "без определённых занятий", "инженер", "грузчик", "конюх", "сторож", "студент",
    "стрелочник ст. Узловая", "счетовод", "кузнец", "ветеринарный врач", "домохозяйка",
)  # fmt: skip
BODIES = (
    "тройка при УНКВД по {}", "тройка УНКВД по {}", "особая тройка УНКВД {}",
    "Комиссия НКВД СССР и Прокурора СССР", "ОСО при НКВД СССР", "Особое совещание при НКВД СССР",
    "ВКВС СССР", "Военная коллегия Верховного суда СССР", "тройка ПП ОГПУ по {}", "{}: облсуд",
    "Военный трибунал войск НКВД, {}", "Коллегия ОГПУ", "линейный суд ж/д, {}",
)  # fmt: skip
CHARGES = (
    "", "", "контрреволюционная агитация", "шпионаж", "участие в к.-р. организации", "кулаки",
    "вредительство", "АСА", "КРД", "повстанческая деятельность", "ЧСИР",
)  # fmt: skip
ARTICLES = ("58-10", "58-10, 11", "58-2-11", "58-6", "58-1а", '58-1 "б"', "58 п. 10 ч. 1", "58 – 8")
SENTENCES = (
    "ВМН", "расстрел", "ВМН", "10 лет ИТЛ", "8 лет ИТЛ", "5 лет ИТЛ", "к 10 г. ИТЛ, 5 г. п/п",
    "3 года ссылки", "к 3 годам высылки", "5 лет ИТЛ, 3 года п/п", "спецпоселение", "3 года ИТЛ",
)  # fmt: skip
REHABILITATORS = (
    "Прокуратура {}", "{}: облсуд", "Военный трибунал СибВО", "ВКВС СССР", "Президиум {}",
    "Указ ПВС СССР от 16.01.1989", "Прокурор {}",
)  # fmt: skip
GROUNDS = ("за отсутствием состава преступления", "за недоказанностью", "дело прекращено", "")
GRAVES = ("Лесное кладбище", "Старый карьер", "полигон у с. Заречье", "не установлено")
MONTHS = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
).split()


def skewed(rng: random.Random, choices: tuple[str, ...] | list[str]) -> str:
    """Draw one, the first far oftener than the last."""
    return choices[int(len(choices) * rng.random() ** 2)]


def printed(rng: random.Random, day: date) -> str:
    """Print a date in one of the ways books do."""
    form = rng.random()
    if form < 0.55:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year} г."
    if form < 0.85:
        return f"{day.day}.{day.month:02}.{day.year}"
    if form < 0.9:
        return f"в {day.year} г."
    return day.isoformat() if form < 0.995 else "в 9999 г."


def place(rng: random.Random) -> tuple[str, str]:
    """Return a place of several words, and the region in it."""
    region = skewed(rng, PLACES)
    if rng.random() < 0.3:
        return f"{region}, г. {rng.choice(VILLAGES)}", region
    stem, ending = rng.choice(DISTRICTS), rng.choice(VILLAGES)
    return f"{region}, {stem} р-н, д. {skewed(rng, MIDDLES).capitalize()} {ending}", region


def person(rng: random.Random, number: int) -> dict[str, str]:
    """Make up one entry."""

    def often(share: float) -> bool:
        return rng.random() < share

    woman = often(0.12)
    name, others = invented_name(rng, woman=woman)
    row = {
        "key": f"{number}",
        "family_name": name.family,
        "given_name": name.given,
        "patronymic": name.patronymic,
        "sex": "f" if woman else "m",
        "archive_file": f"Арх. дело {rng.randrange(1, 99999)}" if often(0.2) else "",
        "locator": f"т. {rng.randrange(1, 12)}, с. {rng.randrange(5, 600)}",
    }
    if others:
        row["other_names"] = "; ".join(f"{kind}:{other.full}" for kind, other in others)
    if often(0.02):
        row["person_key"] = f"invented-{rng.randrange(max(2, number // 2))}"
    _add_life(rng, row, woman=woman)
    region = _add_case(rng, row)
    _add_end(rng, row, region)
    return row


def _add_life(rng: random.Random, row: dict[str, str], *, woman: bool) -> None:
    born = 1937 - int(rng.triangular(18, 75, 40))
    if rng.random() < 0.94:
        row["birth_date"] = f"{born}"
    elif rng.random() < 0.5:
        row["birth_date"] = f"{born} ({born + 2})"
    else:
        day = date(born, 1, 1) + timedelta(days=rng.randrange(365))
        row["birth_date"] = printed(rng, day)
    filled = {
        "birth_place": (0.62, lambda: place(rng)[0]),
        "nationality": (0.5, lambda: NATIONALITIES[int(12 * rng.random() ** 2)][woman]),
        "education": (0.2, lambda: skewed(rng, ["начальное", "низшее", "среднее", "высшее"])),
        "party": (0.35, lambda: skewed(rng, ["б/п", "б/п", "член ВКП(б)", "бывший член ВКП(б)"])),
        "occupation": (0.7, lambda: f"{skewed(rng, TRADES)}, {skewed(rng, VILLAGES)}"),
        "residence": (0.67, lambda: place(rng)[0]),
    }
    for column, (share, make) in filled.items():
        if rng.random() < share:
            row[column] = make()


def _add_case(rng: random.Random, row: dict[str, str]) -> str:
    region = skewed(rng, PLACES)
    arrest = date(1937, 8, 5) + timedelta(days=int(rng.gauss(60, 400)))
    sentenced = arrest + timedelta(days=int(abs(rng.gauss(40, 60))) - 2)
    if rng.random() < 0.38:
        row["arrest_date"] = printed(rng, arrest)
        if rng.random() < 0.3:
            row["arrested_by"] = f"УНКВД, {region}"
    if rng.random() < 0.66:
        row["sentencing_body"] = skewed(rng, BODIES).format(region)
        row["sentence_date"] = printed(rng, sentenced)
        row["charge"] = skewed(rng, CHARGES)
        row["articles"] = skewed(rng, ARTICLES) if rng.random() < 0.4 else ""
    if rng.random() < 0.77:
        row["sentence"] = skewed(rng, SENTENCES)
        if row["sentence"] in {"ВМН", "расстрел"} and rng.random() < 0.4:
            row["execution_date"] = printed(rng, sentenced + timedelta(days=rng.randrange(12)))
            row["fate"] = "расстрелян" if row["sex"] == "m" else "расстреляна"
        elif rng.random() < 0.1:
            row["release_date"] = printed(rng, sentenced + timedelta(days=3650))
    return region


def _add_end(rng: random.Random, row: dict[str, str], region: str) -> None:
    if rng.random() < 0.06:
        row["burial_place"] = skewed(rng, GRAVES)
    if "execution_date" not in row and rng.random() < 0.05:
        row["death_date"] = printed(rng, date(1938, 1, 1) + timedelta(days=rng.randrange(6000)))
    if rng.random() < 0.59:
        day = rng.choice((date(1956, 1, 1), date(1989, 1, 16), date(1992, 1, 1)))
        row["rehabilitation_date"] = printed(rng, day + timedelta(days=rng.randrange(1500)))
        row["rehabilitated_by"] = skewed(rng, REHABILITATORS).format(region)
        row["rehabilitation_ground"] = skewed(rng, GROUNDS)
    elif rng.random() < 0.02:
        row["rehabilitation_outcome"] = "нет сведений о реабилитации"
    if rng.random() < 0.5:
        name = " ".join((row["family_name"], row["given_name"], row["patronymic"])).strip()
        born, lived = row["birth_date"], row.get("residence", "")
        row["verbatim"] = f"{name}, {born}. Прож.: {lived}. Приговор: {row.get('sentence', '')}"


def population(count: int, *, seed: int) -> Iterator[dict[str, str]]:
    """Yield `count` people who never lived, one at a time."""
    rng = random.Random(seed)
    for number in range(1, count + 1):
        yield person(rng, number)


def write_population(path: Path, count: int, *, seed: int) -> None:
    """Write a population to a CSV file of the entry table."""
    with path.open("wb") as stream:
        write_rows(stream, population(count, seed=seed), columns=COLUMNS, format="csv")


def main(arguments: list[str]) -> int:
    """Write a file of the entry table."""
    parser = argparse.ArgumentParser(description="Write a generated population.")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    write_population(options.out, options.count, seed=options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
