"""Sets of people: each once and ascending, few and many, close together and far apart."""

from __future__ import annotations

import random

import numpy as np
import pytest

from registry.search.ids import FEW, distinct, without


@pytest.mark.parametrize("number", [0, 1, 7, FEW - 1, FEW, 4 * FEW])
@pytest.mark.parametrize("last", [10, FEW, 10**6, 10**12])
def test_each_once_and_ascending(number: int, last: int) -> None:
    ids = random.Random(number).choices(range(last + 1), k=number)
    assert distinct(np.array(ids, np.int64)).tolist() == sorted(set(ids))


def test_others_are_left_out_in_the_order_given() -> None:
    ids = np.array([5, 3, 9, 1], np.int64)
    assert without(ids, np.array([9, 2, 5], np.int64)).tolist() == [3, 1]
    assert without(ids, np.array([], np.int64)).tolist() == [5, 3, 9, 1]
