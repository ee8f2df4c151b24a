"""PostgreSQL's own pg_dump and pg_restore."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from django.db import connection, transaction

from .dumping import BackupRefused, Contents, contents_of

FILE = "database.pgdump"
PLAIN = ("--no-owner", "--no-privileges")


def dump(path: Path) -> Contents:
    """Dump the database as it is at one moment, and return what it holds at that moment."""
    path.touch(mode=0o600)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", *PLAIN, f"--file={path}")
        return contents_of(connection)


def load(path: Path) -> None:
    """Restore the dump into the empty database, in one transaction."""
    connection.close()
    _run("pg_restore", "--single-transaction", "--exit-on-error", *PLAIN, str(path))


def _run(program: str, *options: str) -> None:
    """Run a program of PostgreSQL on the database of the settings."""
    chosen = connection.settings_dict
    where = {
        "PGHOST": chosen["HOST"],
        "PGPORT": chosen["PORT"],
        "PGUSER": chosen["USER"],
        "PGPASSWORD": chosen["PASSWORD"],
    }
    # The password goes by the environment: arguments are seen by everyone on the machine.
    environment = {**os.environ, **{name: str(value) for name, value in where.items() if value}}
    command = [program, f"--dbname={chosen['NAME']}", *options]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    except FileNotFoundError as error:
        raise BackupRefused("no-program", program) from error
    if done.returncode:
        raise BackupRefused("program-failed", program, done.stderr.strip()[-500:])
