"""The scores on real pairs stay as good as they were measured (see `pairs` and `figures`)."""

from __future__ import annotations

import pytest

from registry.linking import LIKELY, POSSIBLE, WORTH_SHOWING, compare
from tests.linking.pairs import (
    bare_pair,
    born,
    judged_pairs,
    name_pairs,
    other_pairs,
    precision_and_recall,
)

JUDGED = judged_pairs()
OTHERS = list(other_pairs(JUDGED))


def test_the_pairs_are_there() -> None:
    assert (len(JUDGED), sum(pair.same for pair in JUDGED), len(OTHERS)) == (52, 48, 5304)
    assert {kind: len(found) for kind, found in name_pairs().items()} == {
        "spelling": 300, "part_changed": 80, "alias": 40
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "least", "floor"),
    [
        (("births", "arrests", "sentences", "deaths", "birth_places"), LIKELY, 1.0),
        (("births", "birth_places"), LIKELY, 1.0),
        (("births",), LIKELY, 0.97),
        ((), POSSIBLE, 1.0),
    ],
)
def test_the_same_women_are_found_and_no_others(
    kept: tuple[str, ...], least: int, floor: float
) -> None:
    every = [bare_pair(pair, *kept) for pair in (*JUDGED, *OTHERS)]
    precision, recall = precision_and_recall(every, least)
    assert precision == 1.0
    assert recall >= floor


@pytest.mark.parametrize(
    ("kind", "place", "least", "floor"),
    [
        ("spelling", "", WORTH_SHOWING, 0.88),
        ("spelling", "", POSSIBLE, 0.61),
        ("spelling", "с. Примерово", POSSIBLE, 0.81),
        ("spelling", "с. Примерово", LIKELY, 0.48),
        ("part_changed", "с. Примерово", POSSIBLE, 0.33),
    ],
)
def test_names_spelt_otherwise_are_found_with_a_year_or_a_place(
    kind: str, place: str, least: int, floor: float
) -> None:
    pairs = name_pairs()[kind]
    scores = [compare(born(one, place=place), born(b, place=place)).score for one, b in pairs]
    assert sum(score >= least for score in scores) / len(scores) >= floor
