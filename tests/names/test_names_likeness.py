import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from registry.names import fold, key, skeleton, spelling_distance
from registry.names.likeness import WHOLE, _aligned, _costs
from registry.names.loading import rows

ALPHABET = "абвгдеиймнопрстухцчшщыьяabeiklmnoprstvwx"
WORDS = st.text(st.sampled_from(ALPHABET), max_size=10)
LETTERS = st.text(st.sampled_from("аоиенптшмьй"), max_size=8)


def textbook(one: str, other: str) -> int:
    """The distance of optimal string alignment as it is defined, over every way to align."""
    pairs, alone = _costs()

    def indel(word: str, at: int) -> int:
        doubled = at > 0 and word[at] == word[at - 1]
        return alone["2"] if doubled else alone.get(word[at], WHOLE)

    @cache
    def distance(i: int, j: int) -> int:
        if not i or not j:
            return sum(indel(one, at) for at in range(i)) + sum(indel(other, at) for at in range(j))
        same = one[i - 1] == other[j - 1]
        ways = [
            distance(i - 1, j) + indel(one, i - 1),
            distance(i, j - 1) + indel(other, j - 1),
            distance(i - 1, j - 1) + (0 if same else pairs.get(one[i - 1] + other[j - 1], WHOLE)),
        ]
        if i > 1 and j > 1 and not same and one[i - 2 : i] == other[j - 2 : j][::-1]:
            ways.append(distance(i - 2, j - 2) + WHOLE)
        return min(ways)

    return distance(len(one), len(other))


@given(WORDS | LETTERS, WORDS | LETTERS, st.sampled_from([0.0, 0.4, 1.0, 2.0, 9.0]))
@settings(max_examples=1000)
def test_the_fast_distance_is_that_of_the_textbook(one: str, other: str, limit: float) -> None:
    slow = textbook(one, other) / WHOLE
    fast = spelling_distance(one, other, limit=limit)
    assert fast == (slow if slow <= limit else None)


@given(LETTERS, LETTERS)
def test_the_distance_is_symmetric_and_none_of_the_same_word(one: str, other: str) -> None:
    assert spelling_distance(one, other, limit=99) == spelling_distance(other, one, limit=99)
    assert (spelling_distance(one, other, limit=99) == 0) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("Апасов", "Апосов", 0.25),
        ("Копатский", "Копатцкий", 0.5),
        ("Пономарев", "Понамарев", 0.25),
        ("Щукин", "Шукин", 0.2),
        ("Карепина", "Каренина", 0.35),
        ("Комаровский", "Котаровский", 0.4),
        ("Филиппов", "Филипов", 0.3),
        ("Парфеньевич", "Парфеневич", 0.15),
        ("Березовский", "Бреезовский", 1.0),
        ("Иванов", "Петров", None),
        ("", "аб", 2.0),
        ("Иванов", "Иванов", 0.0),
    ],
)
def test_what_is_often_misread_is_near(one: str, other: str, distance: float | None) -> None:
    assert spelling_distance(fold(one), fold(other)) == distance


def test_the_distance_of_keys_knows_the_same_letters() -> None:
    assert spelling_distance(key("Апасов"), key("Апосов")) == 0.25
    assert spelling_distance(key("Тимошин"), key("Шимошин")) == 0.4


def test_every_row_of_the_table_costs_something_and_stands_once() -> None:
    table = rows("misreadings")
    assert len({frozenset(row[:2]) for row in table}) == len(table)
    assert all(0 < int(cost) < WHOLE for _, _, cost in table)


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Бабель", "bbl"), ("Папель", "bbl"), ("Иванов", "avnv"), ("Эмма", "am"), ("", "")],
)
def test_the_skeleton_is_the_consonants(name: str, bare: str) -> None:
    assert skeleton(key(name)) == bare


@given(st.text(st.sampled_from("abcdefgijklmnopqrstuvwxyz"), max_size=20), st.data())
def test_the_skeleton_does_not_hear_which_vowel_it_is(text: str, data: st.DataObject) -> None:
    vowels = st.sampled_from("aeiou")
    other = "".join(data.draw(vowels) if letter in "aeiou" else letter for letter in text)
    assert skeleton(key(other)) == skeleton(key(text)) or key(other) != other or key(text) != text
    assert not set(skeleton(text)[1:]) & set("aeioupfgxdzcjyq")


VARIANTS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("variants.tsv").read_text("utf-8").splitlines()
    if line.endswith("\tspelling")
]


@cache
def _weighted(one: str, other: str) -> float:
    distance = spelling_distance(one, other)
    return 3.0 if distance is None else distance


@cache
def _plain(one: str, other: str) -> float:
    return min(_aligned(one, other, {}, {"2": WHOLE}, 3 * WHOLE), 3 * WHOLE) / WHOLE


def test_the_right_name_is_the_nearest_and_nearer_than_by_plain_letters() -> None:
    filed = [fold(one).split() for one, _, _ in VARIANTS]
    counts: Counter[str] = Counter()
    for own, (_, other, _) in list(zip(filed, VARIANTS, strict=True))[::4]:
        asked = fold(other).split()
        if len(asked) != len(own) or asked == own:
            continue
        counts["asked"] += 1
        for name, distance in (("weighted", _weighted), ("plain", _plain)):
            near = sum(map(distance, asked, own))
            others = (words for words in filed if len(words) == len(own) and words != own)
            best = min(sum(map(distance, asked, words)) for words in others)
            counts[f"{name}, nearest"] += near < best
            counts[f"{name}, within one letter"] += near <= 1
    sys.stdout.write(f"of {len(filed)} names: {dict(counts)}\n")
    assert counts["weighted, nearest"] / counts["asked"] > 0.97
    assert counts["weighted, within one letter"] > counts["plain, within one letter"] + 2
