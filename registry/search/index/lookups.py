"""One lookup of our own: `column__begins`, which both databases answer from a plain index."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Lookup

SqlWithParams = tuple[str, tuple[str | int, ...]]

LAST_SIGN = "\U0010ffff"


@CharField.register_lookup
class Begins(Lookup):
    """Whether a text begins with another: a range on SQLite, LIKE on PostgreSQL.

    SQLite's LIKE does not use the index, and PostgreSQL's order is not that of the bytes.
    """

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> SqlWithParams:
        """Return the condition as a range of byte order."""
        column, params = self.process_lhs(compiler, connection)
        start = str(self.rhs)
        return f"({column} >= %s AND {column} < %s)", (*params, start, *params, start + LAST_SIGN)

    def as_postgresql(self, compiler: Any, connection: Any) -> SqlWithParams:
        """Return the condition as LIKE, with its own signs taken literally."""
        column, params = self.process_lhs(compiler, connection)
        start = str(self.rhs).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return f"{column} LIKE %s", (*params, start + "%")
