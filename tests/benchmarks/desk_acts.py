"""How long single acts of the desk take in a large registry, and how many queries they ask.

`DATABASE_URL=… python -m tests.benchmarks.desk_acts [TIMES]`, on a scratch database filled by
`import_entries`. Merges, undoes, splits, hides and shows as an editor would, each committed; the
records are as they were afterwards, the ledger keeps it all. Prints of each act the median, the
95th percentile and the slowest in milliseconds, of the wall clock and of the processor (on a busy
machine only the latter says something), and its queries. `PROFILE=1` prints where the time went.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import Any


class Stopwatch:
    """Times acts by name, in milliseconds of the wall clock and of this process."""

    def __init__(self) -> None:
        self.wall: dict[str, list[float]] = {}
        self.own: dict[str, list[float]] = {}
        self.queries: dict[str, int] = {}
        self.profile = cProfile.Profile() if os.environ.get("PROFILE") else None

    def run(self, name: str, do: Callable[[], Any]) -> Any:
        """Do something, and keep how long it took."""
        from django.db import connection  # noqa: PLC0415 (the settings must be named first)
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (Django first)

        if name not in self.queries:
            # Counting takes time of its own: the first of each is counted, and not timed.
            with CaptureQueriesContext(connection) as asked:
                done = do()
            self.queries[name] = len(asked)
            return done
        start, computed = time.perf_counter(), time.process_time()
        if self.profile:
            self.profile.enable()
        done = do()
        if self.profile:
            self.profile.disable()
        self.wall.setdefault(name, []).append((time.perf_counter() - start) * 1000)
        self.own.setdefault(name, []).append((time.process_time() - computed) * 1000)
        return done

    def report(self) -> None:
        """Print what was measured."""
        for name, times in self.wall.items():
            print(  # noqa: T201
                f"{name:18} wall {_told(times)}, own {_told(self.own[name])},"
                f" {self.queries[name]} queries"
            )
        if self.profile:
            pstats.Stats(self.profile).sort_stats("cumtime").print_stats(70)
            pstats.Stats(self.profile).sort_stats("tottime").print_stats(30)


def _told(times: Sequence[float]) -> str:
    ordered = sorted(times)
    most = ordered[int(len(ordered) * 0.95)]
    return f"{median(ordered):5.0f} / {most:5.0f} / {ordered[-1]:5.0f} ms"


def main(arguments: list[str]) -> int:
    """Do each act some times, and print the figures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    import memorial.wsgi  # noqa: F401, PLC0415 (as the site starts: the settings are named first)
    from registry.models import Person  # noqa: PLC0415 (Django first)

    times = int(arguments[0]) if arguments else 20
    shown = list(Person.public.order_by("pk").values_list("pk", flat=True))
    print(f"{len(shown)} people are shown")  # noqa: T201
    watch, chance = Stopwatch(), random.Random(1)
    for _ in range(times + 1):
        _acts(watch, *chance.sample(shown, 2))
    watch.report()
    return 0


def _acts(watch: Stopwatch, left: int, right: int) -> None:
    from registry.models import Entry, PersonStatus, Role  # noqa: PLC0415 (Django first)
    from registry.records.people.merging import merge_people  # noqa: PLC0415 (Django first)
    from registry.records.people.splitting import split_person  # noqa: PLC0415 (Django first)
    from registry.records.people.statuses import hide_person  # noqa: PLC0415 (Django first)
    from registry.records.undoing.reverting import undo_change  # noqa: PLC0415 (Django first)

    how: Any = {
        "by": None, "role": Role.EDITOR, "reason": "Benchmark", "now": datetime.now(tz=UTC),
    }  # fmt: skip
    first = watch.run("merge", lambda: merge_people(left=left, right=right, **how))
    watch.run("undo a merge", lambda: undo_change(change=first.pk, **how))
    merged = merge_people(left=left, right=right, **how)
    kept, gone = min(left, right), max(left, right)
    entry = Entry.all_records.filter(person=kept).latest("pk").pk
    parted = watch.run(
        "split", lambda: split_person(person=kept, entries=[entry], into=gone, **how)
    )
    watch.run("undo a split", lambda: undo_change(change=parted.change.pk, **how))
    hidden = watch.run(
        "withdraw a person",
        lambda: hide_person(person=kept, status=PersonStatus.WITHDRAWN, **how),
    )
    watch.run(
        "undo a withdrawal",
        lambda: undo_change(change=hidden.pk, show_hidden=True, **how),
    )
    undo_change(change=merged.pk, **how)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
