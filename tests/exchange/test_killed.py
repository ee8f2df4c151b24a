"""An import killed in the middle and run again gives the registry of one that was not."""

import signal
from pathlib import Path

import pytest

from registry.formats import write_rows
from tests.benchmarks.population import COLUMNS, population
from tests.processes import output, python

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
    Change, Entry, EntryName, ImportRun, NameForm, NameWord, Person, Repression, Ruling,
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
    "forms": rows(NameForm, "family__folded", "given__folded", "patronymic__folded"),
    "words": rows(NameWord, "role", "folded", "keys", "frequency"),
    "changes": rows(Change, "kind", "reason"),
    "runs": rows(ImportRun, "rows_done", "finished_at"),
}))
"""


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
