"""Many rows at once: all of them, in their order, by few statements that differ."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from registry.models import KeyTrace
from registry.models.inserting import MOST_VALUES, _in_powers, insert_values


@given(rows=st.lists(st.integers(), max_size=300), most=st.integers(1, 70))
def test_pieces_are_all_rows_in_order_and_as_long_as_a_power_of_two(
    rows: list[int], most: int
) -> None:
    pieces = list(_in_powers(rows, most))
    assert [row for piece in pieces for row in piece] == rows
    assert all(len(piece) <= most and len(piece).bit_count() == 1 for piece in pieces)
    sizes = [len(piece) for piece in pieces]
    assert sizes == sorted(sizes, reverse=True)


def test_a_batch_of_entries_is_seven_statements() -> None:
    assert [len(piece) for piece in _in_powers(range(1000), 266)] == [256, 256, 256, 128, 64, 32, 8]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 1000, MOST_VALUES + 3])
def test_every_row_is_stored(count: int) -> None:
    insert_values(KeyTrace, ["id"], [(number,) for number in range(1, count + 1)])
    assert list(KeyTrace.all_records.order_by("id").values_list("id", flat=True)) == [
        *range(1, count + 1)
    ]
