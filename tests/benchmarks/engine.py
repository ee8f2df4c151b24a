"""The engine alone: how long a name, a suggestion, a page deep down, and nonsense take."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from registry.search import PeopleQuery, find_people, suggest
from tests.relevance.measuring import ask, figures
from tests.relevance.queries import Asked

from .timing import Times, timed, together

NONSENSE = (
    "\x00\x01\x02", "я" * 10_000, "*", "???", "* * *", "Ив*" * 60, "Иbаhоb Пeтp",
    " ".join(["слово"] * 200), "' OR 1=1 --", "%_%\\", '"', "((((((", "\ud800", "٣٤٥ אבג",
    "; DROP TABLE registry_person", "<script>", "-", "'" * 200, "a b c d e f g h",
)  # fmt: skip
DEEP = (1, 10, 1_000, 100_000)


def measure_queries(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return latency and S@10: at the first level that answers, and filled to ten people.

    Suggestions stop at the first level: near names are only looked for where nobody answers in
    full. A page is filled with near names where fewer than ten do. Both tell reasons. A first
    round, not counted, warms what is kept in memory.
    """
    for one in asked[::7]:
        ask(one)
    typed = [one for one in asked if not one.suggested]
    levels = {
        "first level": [replace(one, suggested=True) for one in typed if "q" in one.boxes],
        "filled": typed,
    }
    told: dict[str, Any] = {}
    classes: dict[str, dict[str, float]] = {}
    for level, questions in levels.items():
        times: dict[str, Times] = {}
        answers = [ask(one, times.setdefault(one.kind, Times())) for one in questions]
        told[level] = together(times.values()).told()
        found = figures(one for one in answers if not one.asked.nobody)
        told[f"S@10 {level}"] = round(found.s10, 4)
        for kind, own in times.items():
            told_own = own.told()
            of_class = {f"{level} p95": told_own["p95"], f"{level} own p95": told_own["own p95"]}
            classes.setdefault(kind, {}).update(of_class)
    return told | classes


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
