"""Two lookups of our own, which both databases answer from a plain index.

`column__begins` of a text, and `id__among` of more numbers than a query has parameters.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.models import BigAutoField, CharField, Lookup

SqlWithParams = tuple[str, tuple[Any, ...]]

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


@BigAutoField.register_lookup
class Among(Lookup):
    """Whether an id is one of a list, however long: one parameter, whatever is in it."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> SqlWithParams:
        """Return the condition as a list in JSON."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, json.dumps(self._ids))

    def as_postgresql(self, compiler: Any, connection: Any) -> SqlWithParams:
        """Return the condition as an array."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, self._ids)

    @property
    def _ids(self) -> list[int]:
        return [int(one) for one in self.rhs]
