"""What the columns ask of both databases in words of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Field, Func, IntegerField, Lookup
from django.db.models.expressions import Expression, OrderBy
from django.db.models.functions import Collate

BYTES = {"sqlite": "BINARY", "postgresql": "C"}
"""The collations by which texts stand in the order of their UTF-8 bytes."""


class DayNumber(Func):
    """A date as one whole number, 1937-11-03 as 19371103."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the number from the text of the date."""
        template = "CAST(replace(%(expressions)s, '-', '') AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the number from the date."""
        template = "to_char(%(expressions)s, 'YYYYMMDD')::integer"
        return self.as_sql(compiler, connection, template=template, **context)


@Field.register_lookup
class Among(Lookup):
    """Whether a number or a text is one of very many: they are sent as one value."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return the condition on PostgreSQL."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, self._values)

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """Return the condition on SQLite."""
        column, params = self.process_lhs(compiler, connection)
        values = json.dumps(self._values)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, values)  # noqa: S608 (our own name)

    @property
    def _values(self) -> list[int | str]:
        # A number may be one of an array's, which neither database takes.
        return [value if isinstance(value, str) else int(value) for value in self.rhs]


def by_bytes(column: str) -> OrderBy | Expression:
    """Return an order that both databases, and Python, agree on."""
    return Collate(column, BYTES[connection.vendor])


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, holding nobody up.

    Not `transaction.atomic`, which on SQLite takes the one write lock at once. Within the
    transaction of a caller (a test's) there is only that.
    """
    if connection.in_atomic_block:
        yield
        return
    begin = {
        "sqlite": "BEGIN DEFERRED",
        "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }
    with connection.cursor() as cursor:
        cursor.execute(begin[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
