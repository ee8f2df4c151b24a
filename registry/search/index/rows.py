"""Asking the index by plain SQL, the same on both databases.

A search asks some five questions of which each takes the database some thirty microseconds; the
ORM would spend ten times that on wording them. Only whole numbers and names of our own are ever
written into a question; what somebody typed goes beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from registry.models import KeyTrace, NameForm, NameWord, WordReading

WORD, READING, TRACE, FORM = (
    f'"{model._meta.db_table}"' for model in (NameWord, WordReading, KeyTrace, NameForm)
)
COLUMNS = ("family_id", "given_id", "patronymic_id")
"""The columns of a form: the words of its parts."""
LAST_SIGN = "\U0010ffff"


def ask(sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
    """Return all rows that answer."""
    with connection.cursor() as cursor:
        # Without parameters a percent sign is itself.
        cursor.execute(sql, parameters or None)
        found: list[Any] = cursor.fetchall()
        return found


def numbers(values: Iterable[int]) -> str:
    """Return whole numbers as they stand in an IN (…), where no number is nothing."""
    return ",".join(map(str, map(int, values))) or "NULL"


def places(values: Collection[Any]) -> str:
    """Return a place for each parameter of an IN (…), where no parameter is nothing."""
    return ",".join(["%s"] * len(values)) or "NULL"


def begins(column: str, start: str) -> tuple[str, list[str]]:
    """Return that a column begins with a text, which a B-tree answers: see `lookups.Begins`."""
    if connection.vendor == "postgresql":
        literal = start.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return f"{column} LIKE %s", [literal + "%"]
    return f"({column} >= %s AND {column} < %s)", [start, start + LAST_SIGN]


def each_range(table: str, alias: str, low: str, high: str, *, most: int) -> str:
    """Return the rows of a table whose ids lie from `low` to `high`, for each row joined before.

    It ends a FROM. PostgreSQL must be told that each range is a small one, of `most` rows: it
    would read the whole table for every thousand ranges.
    """
    if connection.vendor == "postgresql":
        return (
            f"LATERAL (SELECT * FROM {table} t WHERE t.id >= {low} AND t.id <= {high} "  # noqa: S608 (our own names)
            f"LIMIT {most}) {alias}"
        )
    return f"{table} {alias} WHERE {alias}.id >= {low} AND {alias}.id <= {high}"
