"""An import killed in the middle and run again gives the registry of one that was not."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from registry.formats import write_rows
from tests.benchmarks.population import COLUMNS, population

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT, BATCH = 60, 20

# A process of its own: imports the file, and kills itself the moment it is told to.
IMPORT = f"""
import json, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import django
django.setup()
from registry.exchange import import_entries, importing
from registry.models import Role
importing.BATCH = {BATCH}
path, when = sys.argv[1:]
def die():
    os.kill(os.getpid(), signal.SIGKILL)
def progress(row, last):
    if when == "between" and row == {BATCH} + 1:
        die()
advance = importing.advance_run
def in_the_middle(*, run, rows_done, **rest):
    advance(run=run, rows_done=rows_done, **rest)
    if when == "inside" and rows_done == 2 * {BATCH} + 1:
        die()
importing.advance_run = in_the_middle
report = import_entries(
    path=Path(path), source_slug="invented", create_source_title="Invented book",
    progress=progress, role=Role.SYSTEM, reason="a test", now=datetime(2026, 1, 15, tzinfo=UTC),
)
print(json.dumps({{"counts": dict(report.counts), "resumed": report.resumed}}))
"""

# All there is, by what never changes from run to run.
DUMP = """
import json
import django
django.setup()
from registry.models import (
    Change, Entry, EntryName, ImportRun, NameToken, Person, Repression, Ruling,
)
def rows(table, *names):
    found = table.all_records.order_by().values_list(*names)
    return sorted([str(value) for value in row] for row in found)
print(json.dumps({
    "entries": rows(Entry, "source__slug", "key", "content_hash", "birth_edtf", "person__full"),
    "names": rows(EntryName, "entry__key", "kind", "full"),
    "repressions": rows(Repression, "entry__key", "position", "arrest_edtf", "sentence"),
    "rulings": rows(Ruling, "entry__key", "repression__position", "kind", "date_edtf"),
    "people": rows(Person, "full", "birth_edtf", "status", "entry_count"),
    "tokens": rows(NameToken, "person__full", "role", "folded", "key"),
    "changes": rows(Change, "kind", "reason"),
    "runs": rows(ImportRun, "rows_done", "finished_at"),
}))
"""


def python(database: str, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Coverage of a process that is killed is lost, and its data file broken.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={
            **environment,
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "memorial.settings"),
            "DATABASE_URL": database,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def output(database: str, code: str, *arguments: str) -> Any:
    done = python(database, code, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout else None


@pytest.fixture
def databases(tmp_path: Path, django_db_blocker: Any) -> Iterator[list[str]]:
    """Two migrated databases of their own, on the kind of server the tests run on."""
    one, other = (f"killed_{os.getpid()}_{number}" for number in range(2))
    if connection.vendor == "sqlite":
        _migrate(f"sqlite:///{tmp_path / one}")
        shutil.copy(tmp_path / one, tmp_path / other)
        yield [f"sqlite:///{tmp_path / name}" for name in (one, other)]
        return
    server = settings.DATABASES["default"]
    place = f"{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}"
    urls = [f"postgresql://{place}/{name}" for name in (one, other)]
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {one} ENCODING 'UTF8' TEMPLATE template0")
        try:
            _migrate(urls[0])
            cursor.execute(f"CREATE DATABASE {other} TEMPLATE {one}")
            yield urls
        finally:
            for name in (one, other):
                cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _migrate(url: str) -> None:
    migrate = "import django; django.setup(); from django.core.management import call_command; "
    output(url, migrate + "call_command('migrate', verbosity=0)")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    with path.open("wb") as stream:
        write_rows(stream, population(COUNT, seed=7), columns=COLUMNS, format="csv")
    return path


def test_an_import_killed_in_the_middle_is_never_doubled(
    databases: list[str], people: Path
) -> None:
    killed, whole = databases
    for when, entries in (("between", BATCH), ("inside", BATCH)):
        done = python(killed, IMPORT, str(people), when)
        assert done.returncode == -signal.SIGKILL, done.stderr
        found = output(killed, DUMP)
        # A batch that was not committed has left nothing.
        assert len(found["entries"]) == entries
        assert found["runs"] == [[str(BATCH + 1), "None"]]
    ended = output(killed, IMPORT, str(people), "")
    assert ended["resumed"]
    once = output(whole, IMPORT, str(people), "")
    assert once["counts"] == ended["counts"]
    assert once["counts"]["new"] == COUNT
    assert output(killed, DUMP) == output(whole, DUMP)
    again = output(killed, IMPORT, str(people), "")
    assert again["counts"] == {**once["counts"], "new": 0, "same": COUNT}
    assert output(killed, DUMP) == output(whole, DUMP)
