"""How many real spellings of one person's name meet, by each means. `-s` prints the figures."""

import sys
from collections import Counter

import pytest

from registry.names import (
    NameParts,
    equivalents,
    key,
    patronymic_equivalents,
    split_full,
    syllable_keys,
)
from tests.names.variants import KINDS, real_pairs

PAIRS = real_pairs()


def _words(parts: NameParts) -> list[tuple[str, str]]:
    named = (("family", parts.family), ("given", parts.given), ("patronymic", parts.patronymic))
    return [(role, key(word)) for role, text in named for word in text.replace("-", " ").split()]


def _same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two words are one by the tables of equivalents."""
    role, word = one
    others = {"given": equivalents, "patronymic": patronymic_equivalents}.get(role)
    return one[1] == other[1] or (others is not None and other[1] in others(word))


def means(filed: str, elsewhere: str) -> set[str]:
    """Return by which means two names meet in full."""
    one, other = (_words(split_full(name)) for name in (filed, elsewhere))
    found = set()
    if sorted(word for _, word in one) == sorted(word for _, word in other):
        found.add("keys")
    if len(one) == len(other) and all(map(_same, one, other)):
        found.add("equivalents")
    own, others = syllable_keys(filed), syllable_keys(elsewhere)
    if set(own[:1]) & set(others[:1]):
        found.add("syllables")
    if set(own) & set(others):
        found.add("all syllables but one")
    return found


MET = Counter(
    (kind, mean) for filed, elsewhere, kind in PAIRS for mean in {*means(filed, elsewhere), "pairs"}
)


@pytest.mark.parametrize(
    ("mean", "floors"),
    [
        ("pairs", (300, 80, 40)),
        ("keys", (44, 3, 0)),
        ("equivalents", (74, 2, 0)),
        ("syllables", (24, 0, 0)),
        ("all syllables but one", (63, 12, 6)),
    ],
)
def test_pairs_that_meet(mean: str, floors: tuple[int, ...]) -> None:
    found = tuple(MET[kind, mean] for kind in KINDS)
    sys.stdout.write(f"{mean:<24} {dict(zip(KINDS, found, strict=True))}\n")
    assert all(one >= floor for one, floor in zip(found, floors, strict=True)), found


def test_pairs_that_meet_by_any_means() -> None:
    any_of = Counter(kind for filed, elsewhere, kind in PAIRS if means(filed, elsewhere))
    sys.stdout.write(f"{'any of these':<24} {dict(any_of)}\n")
    assert any_of["spelling"] >= 126
