"""The generated people: the same ones from the same seed, with names as books write them."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from tests.benchmarks.naming import Name, invented_name, patronymic, skewed_rank, traditions
from tests.benchmarks.population import COLUMNS, population

CYRILLIC = re.compile("[А-ЯЁ][а-яё]*([ -][А-ЯЁ]?[а-яё]*)*")


def test_a_seed_gives_the_same_people_and_another_gives_others() -> None:
    first, again, other = (list(population(50, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_rows_have_the_columns_of_the_entry_table_alone() -> None:
    assert all(row.keys() <= set(COLUMNS) for row in population(200, seed=1))


@pytest.mark.parametrize("tradition", traditions()[0], ids=lambda one: one.name)
def test_every_tradition_has_names_in_cyrillic(tradition: object) -> None:
    rng = random.Random(1)
    for woman in (False, True):
        for _ in range(200):
            name = tradition.named(rng, woman=woman)  # type: ignore[attr-defined]
            assert CYRILLIC.fullmatch(name.family), name
            assert CYRILLIC.fullmatch(name.given), name


def test_shares_of_traditions_are_of_all_people() -> None:
    assert traditions()[1][-1] == pytest.approx(1.0)


def test_some_have_other_names_and_women_have_names_they_were_born_with() -> None:
    rng = random.Random(4)
    men = [invented_name(rng, woman=False) for _ in range(2_000)]
    women = [invented_name(rng, woman=True) for _ in range(2_000)]
    kinds = Counter(kind for _, others in men for kind, _ in others)
    assert kinds.keys() == {"pseudonym", "variant"}
    born = [(name, own) for name, others in women for kind, own in others if kind == "birth"]
    assert 150 < len(born) < 350
    assert all(name[1:] == own[1:] for name, own in born)


def test_a_surname_is_told_by_its_number_in_both_forms() -> None:
    russian = traditions()[0][0]
    pairs = {russian.surname(number, woman=False) for number in range(2_000)}
    assert len(pairs) > 1_950
    assert russian.surname(7, woman=False) == russian.surname(7, woman=False)


def test_small_numbers_are_drawn_far_oftener() -> None:
    rng = random.Random(1)
    drawn = Counter(skewed_rank(rng, 1_000, 1) for _ in range(20_000))
    assert drawn[0] > 5 * drawn[20]
    assert max(drawn) < 1_000


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Иван", "Иванович", "Ивановна"),
        ("Илья", "Ильич", "Ильинична"),
        ("Василий", "Васильевич", "Васильевна"),
        ("Дмитрий", "Дмитриевич", "Дмитриевна"),
        ("Георгий", "Георгиевич", "Георгиевна"),
        ("Андрей", "Андреевич", "Андреевна"),
        ("Лука", "Лукич", "Лукична"),
        ("Отто", "Оттович", "Оттовна"),
    ],
)
def test_patronymics(father: str, son: str, daughter: str) -> None:
    assert (patronymic(father, woman=False), patronymic(father, woman=True)) == (son, daughter)


def test_a_name_is_printed_by_the_parts_it_has() -> None:
    assert Name("Примеров", "", "Примерович").full == "Примеров Примерович"
