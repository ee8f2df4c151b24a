"""Times as percentiles, in milliseconds: of the clock, and of this process's own computing.

On a busy machine only the latter says something; it leaves out what a database server does, or a
disk.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

PERCENTILES = (50, 95, 99)


@dataclass(slots=True)
class Times:
    """How long something took, time after time, in milliseconds."""

    wall: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    def add(self, do: Callable[[], Any]) -> Any:
        """Do something, and keep how long it took; return what it gave."""
        start, computed = time.perf_counter(), time.process_time()
        done = do()
        self.own.append((time.process_time() - computed) * 1000)
        self.wall.append((time.perf_counter() - start) * 1000)
        return done

    def told(self) -> dict[str, float]:
        """Return p50, p95 and p99 of the clock, and p95 of what is the process's own."""
        return percentiles(self.wall) | {"own p95": percentiles(self.own)["p95"]}


def percentiles(times: Sequence[float]) -> dict[str, float]:
    """Return p50, p95 and p99 of some times: each the time that so many of a hundred are within."""
    ordered = sorted(times)
    last = len(ordered) - 1
    return {f"p{p}": round(ordered[min(last, len(ordered) * p // 100)], 3) for p in PERCENTILES}


def timed(do: Callable[[Any], Any], each: Iterable[Any]) -> Times:
    """Do something with each, and return how long each took."""
    times = Times()
    for one in each:
        times.add(lambda one=one: do(one))
    return times


def together(each: Iterable[Times]) -> Times:
    """Return several measurements as one."""
    whole = Times()
    for one in each:
        whole.wall += one.wall
        whole.own += one.own
    return whole
