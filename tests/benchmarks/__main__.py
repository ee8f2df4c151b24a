"""`python -m tests.benchmarks`: what the search costs, as a table and as JSON.

A registry of `--people` generated people is made on each `--database` (sqlite, postgresql, both),
or `--url` names one that is filled: it is read only, but for `index`, which makes its index from
nothing, and `refresh`. `--parts` chooses what is measured. Figures depend on the machine, which is
printed with them, and on what else it does: beside tantivy in the same run, ratios do not.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .scratch import (
    columns_apart,
    load_vocabularies,
    migrate,
    scratch_database,
    settle,
    start_django,
)

PARTS = (
    "import", "index", "refresh", "queries", "yardstick", "suggestions", "throughput", "facets",
    "pages", "nonsense", "cold", "requests", "load",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Measure what is asked for, print it, and write the JSON."""
    options = read(arguments)
    kinds = ["sqlite", "postgresql"] if options.database == "both" else [options.database]
    if len(kinds) > 1 and not options.url:
        told = {kind: _in_a_process(arguments, kind) for kind in kinds}
    elif options.url:
        told = {"given": _measured(options, options.url)}
    else:
        with scratch_database(kinds[0]) as url:
            told = {kinds[0]: _measured(options, url)}
    if options.json:
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def read(arguments: list[str]) -> argparse.Namespace:
    """Read the arguments."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000, help="generated people")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40, help="queries of a class")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--url", default="", help="the URL of a filled database")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--json", type=Path, help="where to write the figures")
    return parser.parse_args(arguments)


def _in_a_process(arguments: list[str], kind: str) -> dict[str, Any]:
    """Measure one database in a process of its own: Django works on one."""
    with tempfile.TemporaryDirectory(prefix="registry-told-") as folder:
        path = Path(folder) / "told.json"
        command = [sys.executable, "-m", "tests.benchmarks", *arguments]
        subprocess.run([*command, "--database", kind, "--json", path], check=True)
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))[kind]
    return told


def _measured(options: argparse.Namespace, url: str) -> dict[str, Any]:
    with columns_apart():
        start_django(url)
        return _told(options)


def _told(options: argparse.Namespace) -> dict[str, Any]:
    from django.db import connection

    from .machine import machine

    told: dict[str, Any] = {"machine": machine()}
    _print("machine", told["machine"])
    for part, measure in _parts(options):
        told[part] = measure()
        _print(part, told[part])
    # A server of PostgreSQL stops only when everybody has left.
    connection.close()
    if {"queries", "yardstick"} <= told.keys():
        told["ratios"] = _ratios(told["queries"], told["yardstick"])
        _print("ratios: ours to tantivy's", told["ratios"])
    return told


def _parts(options: argparse.Namespace) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    """Yield what is to be measured; the registry is filled before the first, and queries made."""
    from tests.relevance.queries import make_queries

    from . import engine, facets, indexing, serving, yardstick

    if not options.url:
        migrate()
        load_vocabularies()
        yield "import", lambda: indexing.measure_import(options.people, seed=options.seed)
    settle()
    asked = make_queries(seed=options.seed, count=options.count, which="held-out")
    # As a server does at its start: no collection looks through what is there for good.
    gc.collect()
    gc.freeze()
    texts = [one.boxes["q"] for one in asked[: 3 * options.count : options.count]]
    known: dict[str, Callable[[], dict[str, Any]]] = {
        "cold": lambda: indexing.measure_cold_start(texts),
        "index": indexing.measure_index,
        "refresh": indexing.measure_refreshing,
        "queries": lambda: engine.measure_queries(asked),
        "yardstick": lambda: yardstick.measure_yardstick(asked),
        "suggestions": lambda: engine.measure_suggestions(asked),
        "throughput": lambda: engine.measure_throughput(asked),
        "facets": facets.measure_facets,
        "pages": lambda: engine.measure_pages(asked),
        "nonsense": engine.measure_nonsense,
        "requests": lambda: serving.measure_requests(asked),
        "load": lambda: serving.measure_load(asked),
    }
    yield from ((part, measure) for part, measure in known.items() if part in options.parts)


def _ratios(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Return p95 as a share of tantivy's, and how much more is found among the first ten."""
    told = {
        f"p95 {name}": round(ours[name]["p95"] / theirs[name]["p95"], 2)
        for name in ("first level", "filled")
    }
    return {**told, "S@10 more by": round(ours["S@10 filled"] - theirs["S@10 filled"], 4)}


def _print(part: str, told: Mapping[str, Any]) -> None:
    print(f"\n{part}")
    for name, value in told.items():
        shown = value
        if isinstance(value, Mapping):
            shown = "  ".join(f"{key} {own}" for key, own in value.items())
        print(f"  {name:<34} {shown}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
