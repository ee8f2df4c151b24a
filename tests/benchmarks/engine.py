"""The engine alone: how long a name, a suggestion, a page deep down, and nonsense take."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from typing import Any

from registry.search import PeopleQuery, find_people, suggest
from tests.relevance.measuring import ask, by_class, figures
from tests.relevance.queries import Asked

from .timing import Times, percentiles, timed, together

NONSENSE = (
    "\x00\x01\x02", "я" * 10_000, "*", "???", "* * *", "Ив*" * 60, "Иbаhоb Пeтp",
    " ".join(["слово"] * 200), "' OR 1=1 --", "%_%\\", '"', "((((((", "\ud800", "٣٤٥ אבג",
    "; DROP TABLE registry_person", "<script>", "-", "'" * 200, "a b c d e f g h",
)  # fmt: skip
DEEP = (1, 10, 1_000, 100_000)


def measure_queries(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return latency by class: where the first level answers, and filled to ten hits.

    The first level is whoever answers in full; filled is a page of ten with near names and the
    reasons of all. S@10 is of the filled page. A first round warms what is kept in memory.
    """
    for one in asked[::7]:
        ask(one)
    typed = [one for one in asked if not one.suggested]
    first: dict[str, Times] = {}
    filled: dict[str, Times] = {}
    answers = []
    for one in typed:
        first.setdefault(one.kind, Times()).add(lambda one=one: _first_level(one))
        answers.append(ask(one, filled.setdefault(one.kind, Times())))
    told: dict[str, Any] = {
        "first level": together(first.values()).told(),
        "filled": together(filled.values()).told(),
        "S@10": round(figures(one for one in answers if not one.asked.nobody).s10, 4),
    }
    for kind in by_class(answers):
        told[kind] = {
            "first level p95": percentiles(first[kind].wall)["p95"],
            "filled p95": percentiles(filled[kind].wall)["p95"],
        }
    return told


def _first_level(one: Asked) -> int:
    """Ask who answers in full, and no further."""
    found = find_people(PeopleQuery(**one.boxes))
    return int(found.full if hasattr(found, "full") else found.count)


def measure_suggestions(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return how long suggestions take, at every letter from the second of what is typed."""
    texts = [one.boxes["q"] for one in asked if one.suggested]
    beginnings = [text[:end] for text in texts for end in range(2, len(text) + 1)]
    return timed(suggest, random.Random(1).sample(beginnings, min(400, len(beginnings)))).told()


def measure_throughput(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return how many queries one process answers in a second, filled."""
    chosen = random.Random(2).sample(list(asked), min(500, len(asked)))
    start = time.perf_counter()
    for one in chosen:
        find_people(PeopleQuery(**one.boxes)).page()
    return {"queries a second": round(len(chosen) / (time.perf_counter() - start), 1)}


def measure_pages(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return how long a page takes, however deep, without a name and of a frequent one."""
    told = {}
    for name, query in _long_results(asked):
        for number in DEEP:
            if number > 1 and (number - 1) * query.limit >= find_people(query).count:
                continue
            times = timed(lambda n, q=query: find_people(q).page(n), [number] * 3)
            told[f"{name}, page {number:,}"] = round(min(times.wall), 2)
    return told


def _long_results(asked: Sequence[Asked]) -> Iterator[tuple[str, PeopleQuery]]:
    yield "all, by name", PeopleQuery()
    yield "all, by birth", PeopleQuery(sort="birth")
    yield "women, by death", PeopleQuery(sex=("f",), sort="death")
    yield "Иван", PeopleQuery(q="Иван")


def measure_nonsense() -> dict[str, Any]:
    """Return how long bad input takes at most; anything it raises fails the measurement."""
    times = timed(lambda text: find_people(PeopleQuery(q=text)).page(), NONSENSE).wall
    return {"slowest": round(max(times), 2), "which": repr(NONSENSE[times.index(max(times))][:20])}
