"""`python -m tests.relevance`: the figures of the search, by class, as a table and as JSON.

Without `--database` a registry of `--people` generated people is made in SQLite, and the 420 real
pairs are asked in it, too. With it, a filled database is asked as it is, and nothing is written;
the real pairs can be taken from the `--json` of another run (`--pairs-from`).
`--standards held-out` (the default) is what is published: Latin spellings the search was not
tuned on. A seed other than those used in tuning (1 to 9) makes other people and other queries.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.scratch import (
    columns_apart,
    import_population,
    migrate,
    scratch_database,
    settle,
    start_django,
)

from .publishing import add_pairs, publish


def main(arguments: list[str]) -> int:
    """Measure, print the table, and write the JSON where it is asked for."""
    options = read(arguments)
    with ExitStack() as stack:
        filled = options.database
        stack.enter_context(columns_apart())
        start_django(filled or stack.enter_context(scratch_database("sqlite")))
        if not filled:
            migrate()
            counts = import_population(options.people, seed=options.seed)
            print(f"imported: {dict(counts)}", flush=True)
        settle()
        start = time.perf_counter()
        answers = list(_answers(options))
        told = _report(options, answers, time.perf_counter() - start)
    if options.pairs_from:
        add_pairs(told, json.loads(options.pairs_from.read_text(encoding="utf-8")))
    if options.publish:
        publish(told)
    if options.json:
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def read(arguments: list[str]) -> argparse.Namespace:
    """Read the arguments."""
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("--people", type=int, default=30_000, help="generated people")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60, help="queries of a class")
    parser.add_argument("--standards", choices=("tuning", "held-out"), default="held-out")
    parser.add_argument("--database", default="", help="the URL of a filled database")
    parser.add_argument("--no-pairs", action="store_true", help="leave the real pairs out")
    parser.add_argument("--pairs-from", type=Path, help="JSON of another run: its real pairs")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--publish", action="store_true", help="into README and the page")
    parser.add_argument("--misses", type=int, default=0, help="show so many misses of a class")
    return parser.parse_args(arguments)


def _answers(options: argparse.Namespace) -> Iterator[Any]:
    from .measuring import ask
    from .pairs import ask_pairs, import_pairs
    from .queries import make_queries

    queries = make_queries(seed=options.seed, count=options.count, which=options.standards)
    yield from map(ask, queries)
    if options.database or options.no_pairs:
        return
    for stored in (False, True):
        import_pairs(stored=stored)
        yield from map(ask, ask_pairs(stored=stored))


def _report(options: argparse.Namespace, answers: list[Any], seconds: float) -> dict[str, Any]:
    from django.db import connection

    from registry.models import Person

    from .measuring import by_class
    from .reporting import as_json, lines, missed, over_all

    for line in lines({**by_class(answers), **over_all(answers)}):
        print(line)
    for line in missed(answers, options.misses):
        print(line)
    people = Person.public.count()
    print(f"{len(answers)} queries of {people} people on {connection.vendor}, {seconds:.0f} s")
    return as_json(
        answers,
        people=people,
        pairs_people=0 if options.database or options.no_pairs else people,
        seed=options.seed,
        standards=options.standards,
        database=connection.vendor,
        measured=f"{datetime.now(tz=UTC):%Y-%m-%d}",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
