"""Reading many rows: column by column, dates as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce

from .sql import DayNumber

Array = npt.NDArray[Any]

CHUNK = 20_000
"""Rows read together: some ten megabytes."""
UNDATED, OPEN = -1, 0
"""What the database answers for a date that is not there, and for an end that is open."""


def in_chunks(found: QuerySet[Any, Any], *columns: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query many at a time, column by column.

    As the database gives them: only texts and whole numbers are the same on both.
    """
    sql, params = found.values_list(*columns).query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while chunk := cursor.fetchmany(CHUNK):
            yield tuple(zip(*chunk, strict=True))


def day(name: str, end: str) -> Case:
    """Return one end of a date as a number: `UNDATED` without a date, `OPEN` without an end."""
    return Case(
        When(**{f"{name}_edtf": ""}, then=Value(UNDATED)),
        default=Coalesce(DayNumber(f"{name}_{end}"), OPEN),
        output_field=IntegerField(),
    )


def years(earliest: Array, latest: Array) -> tuple[Array, Array]:
    """Return from which to which year dates reach (see `layout.SCHEMA`)."""
    low, high = np.iinfo(np.int16).min, np.iinfo(np.int16).max
    start = np.where(earliest > OPEN, earliest // 10_000, low)
    end = np.where(latest > OPEN, latest // 10_000, high)
    start[earliest == UNDATED], end[latest == UNDATED] = high, low
    return start.astype(np.int16), end.astype(np.int16)
