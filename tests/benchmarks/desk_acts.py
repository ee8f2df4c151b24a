"""How long single acts of the desk take in a large registry, and how many queries they ask.

`DATABASE_URL=… python -m tests.benchmarks.desk_acts [TIMES]`, on a database filled by
`import_entries`. Merges, undoes, hides and shows as an editor would, and takes all back. Prints
the median and the slowest of each act in milliseconds, and its queries.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any


class Stopwatch:
    """Times acts by name."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}
        self.queries: dict[str, int] = {}

    def run(self, name: str, do: Callable[[], Any]) -> Any:
        """Do something, and keep how long it took."""
        from django.db import connection  # noqa: PLC0415 (the settings must be named first)
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

        if name not in self.queries:
            # Counting takes time of its own: the first of each is counted, and not timed.
            with CaptureQueriesContext(connection) as asked:
                done = do()
            self.queries[name] = len(asked)
            return done
        start = time.perf_counter()
        done = do()
        self.times.setdefault(name, []).append((time.perf_counter() - start) * 1000)
        return done

    def report(self) -> None:
        """Print what was measured."""
        for name, times in self.times.items():
            print(  # noqa: T201
                f"{name:18} median {median(times):6.1f} ms, slowest {max(times):6.1f} ms,"
                f" {self.queries[name]} queries"
            )


def main(arguments: list[str]) -> int:
    """Do each act some times, and print the figures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    import django  # noqa: PLC0415 (the settings must be named first)

    django.setup()
    from django.db import transaction  # noqa: PLC0415

    from registry.models import Person  # noqa: PLC0415

    times = int(arguments[0]) if arguments else 20
    shown = list(Person.public.order_by("pk").values_list("pk", flat=True))
    print(f"{len(shown)} people are shown")  # noqa: T201
    watch, chance = Stopwatch(), random.Random(1)
    with transaction.atomic():
        for _ in range(times + 1):
            _acts(watch, *chance.sample(shown, 2))
        transaction.set_rollback(True)
    watch.report()
    return 0


def _acts(watch: Stopwatch, left: int, right: int) -> None:
    from registry.models import Entry, PersonStatus, Role  # noqa: PLC0415
    from registry.records.merging import merge_people  # noqa: PLC0415
    from registry.records.splitting import split_person  # noqa: PLC0415
    from registry.records.statuses import hide_person  # noqa: PLC0415
    from registry.records.undoing import undo_change  # noqa: PLC0415

    how: Any = {
        "by": None, "role": Role.EDITOR, "reason": "Benchmark", "now": datetime.now(tz=UTC),
    }  # fmt: skip
    merged = watch.run("merge", lambda: merge_people(left=left, right=right, **how))
    watch.run("undo a merge", lambda: undo_change(change=merged.pk, **how))
    merge_people(left=left, right=right, **how)
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
