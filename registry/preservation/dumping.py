"""What dumping and loading on both databases share: what a database holds, and refusals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


WORDS = {
    "folder-not-empty": "The folder is not empty.",
    "folder-in-media": "The folder lies among the media, which would be copied into themselves.",
    "unfinished": "There is no SHA256SUMS in the folder: no backup, or one that was cut off.",
    "damaged": "The backup is not as it was written.",
    "another-database": "The backup is of another kind of database.",
    "database-not-empty": "The database has tables already; a backup goes into an empty one.",
    "media-not-empty": "MEDIA_ROOT is not empty.",
    "came-back-different": "What came back is not what was backed up. Do not use this database.",
    "no-program": "A program of PostgreSQL is not on this machine.",
    "program-failed": "A program of PostgreSQL failed.",
}


class BackupRefused(Exception):
    """A backup that is not made or not restored: `code` says why, `what` names what it is about."""

    def __init__(self, code: str, *what: str) -> None:
        super().__init__(code, *what)
        self.code = code
        self.what = what

    def __str__(self) -> str:
        """Say it to whoever runs the command."""
        return " ".join((WORDS[self.code], *self.what))


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows of each table, and the triggers that are armed (those of the ledger)."""

    rows: dict[str, int]
    triggers: list[str]

    def as_data(self) -> dict[str, Any]:
        """Return it as it stands in `backup.json`."""
        return {"rows": self.rows, "triggers": self.triggers}


def contents_of(connection: Any) -> Contents:
    """Return what a database holds at this moment."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        rows = {}
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608 (a table of the database)
            rows[table] = int(cursor.fetchone()[0])
        cursor.execute(TRIGGERS[connection.vendor])
        return Contents(rows, sorted(row[0] for row in cursor.fetchall()))
