"""Filters, facets and pages over the columns, beside the same answers by SQL.

`DATABASE_URL=… python -m tests.benchmarks.filters_and_facets [--write] [--plain] [--out F.json]`.
The database must hold people (`tests.benchmarks.import_entries`); `--write` writes the columns
anew first, `--plain` asks SQL too, once a question. Times are medians in milliseconds, warm, and
are those of a whole answer: codes looked up, people counted, labels read; beside the clock
stands what was computed, which other work on the machine does not change.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from .machine import peak_mb

TIMES = 15
HITS = 100_000
PAGE = 20
BARS = {
    "facets of 100,000 hits": 8, "facets of all": 40, "facets of a fifth, one choice": 30,
    "facets of 100,000 hits, several choices": 20, "facets of all, several choices": 120,
    "facets of a fifth, several choices": 80,
}  # fmt: skip
"""Milliseconds wanted at 3.1 million people; of a page 10."""


def main(arguments: list[str]) -> int:
    """Measure, and print a table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    import django  # noqa: PLC0415 (the settings must be named first)

    django.setup()
    from registry.search.columns import PlainColumns, current  # noqa: PLC0415 (Django first)

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    told: dict[str, Any] = {"machine": machine()}
    if options.write:
        told["columns"] = written()
    everybody = current().narrow(None, asked()).ids
    hits = np.random.default_rng(7).permutation(everybody)[:HITS]
    told["people"] = len(everybody)
    print(json.dumps(told))  # noqa: T201
    print(f"{'':44} {'bar':>5} {'columns':>9} {'computing':>9} {'SQL':>9}")  # noqa: T201
    rows = []
    for name, question in questions(hits, len(everybody)):
        each = [timed(question, current) for _ in range(TIMES)]
        took, computed = (statistics.median(own) for own in zip(*each, strict=True))
        plain = timed(question, PlainColumns)[0] if options.plain else 0
        bar = BARS.get(name, 10)
        print(f"{name:44} {bar:5} {took:9.2f} {computed:9.2f} {plain:9.1f}")  # noqa: T201
        rows.append(
            {"question": name, "bar": bar, "columns": took, "of it": computed, "sql": plain}
        )
    if options.out:
        options.out.write_text(json.dumps({**told, "rows": rows}, indent=1))
    return 0


def machine() -> str:
    """Tell what the figures were measured on."""
    load = os.getloadavg()[0]
    python = f"Python {platform.python_version()} {Path(sys.executable).resolve()}"
    cores = f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}"
    return f"{cores}, {python}, numpy {np.__version__}"


def written() -> dict[str, Any]:
    """Write the columns anew, and tell what it cost."""
    from registry.search.columns import storing  # noqa: PLC0415 (after Django)

    start, computed = time.perf_counter(), time.process_time()
    number = storing.write_columns(at_least=0)
    seconds, computed = time.perf_counter() - start, time.process_time() - computed
    size = sum(file.stat().st_size for file in storing.root().rglob("*.npy"))
    return {
        "people": number,
        "seconds": round(seconds, 1),
        "of them computing": round(computed, 1),
        "peak MB": peak_mb(),
        "MB": round(size / 1e6, 1),
    }


def asked(**parameters: Any) -> Any:
    """Return a query."""
    from registry.search import PeopleQuery  # noqa: PLC0415 (after Django)

    return PeopleQuery(**parameters)


def timed(question: Callable[[Any], Any], columns: Callable[[], Any]) -> tuple[float, float]:
    """Return how many milliseconds an answer takes, and how many of them are ours.

    The look whether anybody has changed is part of it.
    """
    start, computed = time.perf_counter(), time.process_time()
    question(columns())
    return (time.perf_counter() - start) * 1000, (time.process_time() - computed) * 1000


def questions(hits: Any, number: int) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Yield what is asked: facets of results of all sizes, and pages of filters."""
    from registry.search.columns import current  # noqa: PLC0415 (after Django)
    from registry.search.facets import facet_values  # noqa: PLC0415 (Django first)
    from registry.search.labels import Labels  # noqa: PLC0415 (Django first)

    def facets(people: Any, query: Any) -> Callable[[Any], Any]:
        return lambda columns: facet_values(columns.narrow(people, query).counts(), query, Labels())

    values = facets(None, asked())(current())
    codes = {name: tuple(value.code for value in own) for name, own in values.items()}
    # A value that a fifth of all have, as the greatest nationality does in the real books.
    fifths = [
        (abs(own.count - number / 5), name, own.code)
        for name, found in values.items()
        for own in found
    ]
    _, fifth, code = min(fifths)
    several = {
        name: codes[name][:3] for name in ("nationality", "fate", "region", "party") if codes[name]
    }
    one = {fifth: (code,)}
    yield "facets of 100,000 hits", facets(hits, asked())
    yield "facets of 100,000 hits, one choice", facets(hits, asked(**one))
    yield "facets of 100,000 hits, several choices", facets(hits, asked(**several))
    yield "facets of all", facets(None, asked())
    yield "facets of all, several choices", facets(None, asked(**several))
    yield "facets of a fifth, one choice", facets(None, asked(**one))
    yield "facets of a fifth, several choices", facets(None, asked(**{**several, **one}))

    def page(sort: str, start: int, people: Any = None, **filters: Any) -> Callable[[Any], Any]:
        query = asked(**filters)

        def answer(columns: Any) -> Any:
            found = columns.narrow(people, query)
            return found.count, found.page(sort, start, PAGE)

        return answer

    for name, filters in (
        ("all", {}),
        (f"{fifth}", one),
        ("arrested in 1937", {"arrest_from": 1937, "arrest_to": 1937}),
        ("born in the 1890s", {"birth_from": 1890, "birth_to": 1899}),
        ("a word of a place", {"place": "обл"}),
        ("two words and a year", {"place": "моск обл", "occupation": "к", "death_from": 1937}),
        ("an archive file", {"archive_file": "П-4321"}),
    ):
        for sort in ("name", "birth"):
            found = current().narrow(None, asked(**filters)).count
            for where, start in (("first", 0), ("middle", found // 2), ("last", found - PAGE)):
                yield f"{where} page by {sort}: {name}", page(sort, max(0, start), **filters)
    yield "first page by birth: 100,000 hits", page("birth", 0, hits)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
