"""Many rows at once: every row is stored, however many a statement takes."""

from __future__ import annotations

import pytest

from registry.models import KeyTrace
from registry.models.inserting import MOST_VALUES, insert_values


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 1000, MOST_VALUES, MOST_VALUES + 3])
def test_every_row_is_stored(count: int) -> None:
    insert_values(KeyTrace, ["id"], [(number,) for number in range(1, count + 1)])
    assert list(KeyTrace.all_records.order_by("id").values_list("id", flat=True)) == [
        *range(1, count + 1)
    ]
