"""The index of names: its size, how long and in how much memory it is made, a cold start."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from registry.models import Person
from registry.search import reindex_people

from .timing import timed

REBUILD = """
import json, sys, time
from tests.benchmarks.machine import peak_mb
from tests.benchmarks.scratch import start_django
start_django()
from django.core.management import call_command
from tests.benchmarks.indexing import empty_index
empty_index()
start = time.perf_counter()
call_command("rebuild_search", stdout=sys.stderr, stderr=sys.stderr)
seconds = time.perf_counter() - start
print(json.dumps({"build s": round(seconds, 1), "build peak MB": peak_mb()}))
"""
COLD = """
import json, sys, time
start = time.perf_counter()
from tests.benchmarks.scratch import start_django
start_django()
from registry.search import PeopleQuery, find_people
told = {"start ms": round((time.perf_counter() - start) * 1000)}
for number, text in enumerate(json.loads(sys.argv[1]), 1):
    start = time.perf_counter()
    find_people(PeopleQuery(q=text)).page()
    told[f"query {number} ms"] = round((time.perf_counter() - start) * 1000, 1)
print(json.dumps(told))
"""

IMPORT = """
import json, sys, tempfile, time
from pathlib import Path
from tests.benchmarks.machine import peak_mb
from tests.benchmarks.scratch import import_file, start_django
start_django()
from tests.benchmarks.population import write_population
people, seed = map(int, sys.argv[1:])
with tempfile.TemporaryDirectory(prefix="registry-people-") as folder:
    path = Path(folder) / "people.csv"
    start = time.perf_counter()
    write_population(path, people, seed=seed)
    written = time.perf_counter() - start
    start = time.perf_counter()
    counts = import_file(path)
    seconds = time.perf_counter() - start
assert counts["new"] == people and not counts["refused"], counts
print(json.dumps({
    "written s": round(written, 1), "import s": round(seconds, 1),
    "entries a second": round(people / seconds), "import peak MB": peak_mb(),
}))
"""


def measure_index() -> dict[str, Any]:
    """Return the bytes of the index a person, by table, and what making it from nothing takes."""
    people = max(1, Person.all_records.count())
    found = dict(sizes())
    told: dict[str, Any] = {"bytes a person": round(sum(found.values()) / people, 1)}
    told |= {f"  {table}": round(size / people, 1) for table, size in found.items()}
    return told | _child(REBUILD)


def measure_refreshing() -> dict[str, Any]:
    """Return how long the index of one person takes to be made anew; nothing changes by it."""
    people = list(Person.public.order_by().values_list("pk", flat=True)[:20_000])
    chosen = random.Random(3).sample(people, min(100, len(people)))
    return timed(lambda one: reindex_people([one]), chosen).told()


def measure_cold_start(texts: list[str]) -> dict[str, Any]:
    """Return how long a new process takes to start, and its first queries.

    The files stay in the memory of the machine: what is cold is the process.
    """
    return _child(COLD, json.dumps(texts))


def measure_import(people: int, *, seed: int) -> dict[str, Any]:
    """Return how fast generated people are imported, concluded and indexed, and in what memory."""
    return _child(IMPORT, str(people), str(seed))


def empty_index() -> None:
    """Take everything out of the index, as it is before it is first made."""
    with connection.cursor() as cursor:
        for model in _tables():
            way = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
            more = " CASCADE" if connection.vendor == "postgresql" else ""
            cursor.execute(f"{way} {connection.ops.quote_name(model._meta.db_table)}{more}")


def _tables() -> list[type[Model]]:
    models = (own for own in apps.get_models() if own.__module__ == "registry.models.index")
    # Those that refer to others first.
    return sorted(models, key=lambda own: own._meta.model_name == "nameword")


def sizes() -> Iterator[tuple[str, int]]:
    """Yield the tables of the index with the bytes of each and of its B-trees."""
    with connection.cursor() as cursor:
        for model in _tables():
            table = model._meta.db_table
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_total_relation_size(%s)", [table])
            else:
                cursor.execute(
                    "SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1 AND name IN"
                    " (SELECT name FROM sqlite_master WHERE tbl_name = %s)",
                    [table],
                )
            yield table, cursor.fetchone()[0] or 0


def _child(code: str, *arguments: str) -> dict[str, Any]:
    """Run code in a process of its own on the same database; return what it says."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True, stdout=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
