"""SQLite's own online backup: the whole file as it was at one moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from .dumping import TRIGGERS, BackupRefused, Contents

FILE = "database.sqlite3"


def dump(path: Path) -> Contents:
    """Copy the database into a file, check it, and return what the copy holds."""
    path.touch(mode=0o600)
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        # In one step: nobody's writing in between makes it begin anew.
        connection.connection.backup(copy)
        # A file of its own, not one with a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise BackupRefused("damaged", FILE)
        return _contents(copy)


def load(path: Path) -> None:
    """Copy the file into the empty database."""
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{path.absolute()}?immutable=1", uri=True)) as copy:
        copy.backup(connection.connection)
    # What the connection knew of the empty database is not true any more.
    connection.close()


def _contents(copy: sqlite3.Connection) -> Contents:
    named = copy.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND NOT name = 'sqlite_sequence'"
    )
    rows = {
        name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 (its own)
        for (name,) in sorted(named.fetchall())
    }
    return Contents(rows, sorted(name for (name,) in copy.execute(TRIGGERS["sqlite"])))
