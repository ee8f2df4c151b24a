"""Every part of the benchmarks runs and tells something, at the smallest size."""

from __future__ import annotations

import pytest
from django.db import connection

from registry.models import NameForm, Person
from tests.benchmarks import engine, indexing, yardstick
from tests.benchmarks.machine import machine, peak_mb
from tests.benchmarks.scratch import import_population
from tests.benchmarks.serving import paths
from tests.benchmarks.timing import Times, percentiles
from tests.relevance.queries import make_queries

PEOPLE, SEED, COUNT = 120, 2, 1


@pytest.mark.django_db
def test_the_parts_that_need_no_other_process() -> None:
    counts = import_population(PEOPLE, seed=SEED)
    assert counts["new"] == PEOPLE
    assert not counts["refused"]
    asked = make_queries(seed=SEED, count=COUNT, which="held-out")
    told = engine.measure_queries(asked)
    assert told["S@10 first level"] > 0.5
    assert told["exact"].keys() >= {"first level p95", "filled own p95"}
    beside = yardstick.measure_yardstick(asked)
    # What it is compared with is no straw man.
    assert beside["S@10 filled"] > 0.9
    assert {"p50", "p95", "p99", "own p95"} <= engine.measure_suggestions(asked).keys()
    assert engine.measure_throughput(asked)["queries a second"] > 0
    assert "all, by name, page 1" in engine.measure_pages(asked)
    assert engine.measure_nonsense()["slowest"] > 0
    before = Person.public.count()
    assert indexing.measure_refreshing()["p95"] > 0
    assert Person.public.count() == before
    assert sum(size for _, size in indexing.sizes()) > 0
    # What the import has left to be checked at its end is in the way of emptying a table.
    connection.check_constraints()
    indexing.empty_index()
    assert not NameForm.all_records.exists()
    assert machine()["cores"]
    assert 10 < peak_mb() < 10_000
    assert all(path.startswith("/people/?") for path in paths(asked, 5))


def test_percentiles_are_times_that_were_measured() -> None:
    times = [float(number) for number in range(1, 101)]
    assert percentiles(times) == {"p50": 51.0, "p95": 96.0, "p99": 100.0}
    assert percentiles([7.0]) == {"p50": 7.0, "p95": 7.0, "p99": 7.0}


def test_what_is_timed_gives_what_it_gave() -> None:
    times = Times()
    assert times.add(lambda: 5) == 5
    assert len(times.wall) == len(times.own) == 1
