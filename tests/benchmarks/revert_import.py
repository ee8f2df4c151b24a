"""How long it takes to revert an import, and to undo that again.

`DATABASE_URL=… python -m tests.benchmarks.revert_import FILE.csv`. The database must be
migrated; its `invented` source is created. Prints seconds and entries a second of each, and of
looking beforehand what it would come to; on a busy machine the seconds of the processor count.
`PROFILE=1` prints where the time of the first went.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def main(arguments: list[str]) -> int:
    """Import the file, revert it, and undo the reverting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    import django  # noqa: PLC0415 (the settings must be named first)

    django.setup()
    from registry.exchange import import_entries  # noqa: PLC0415 (Django first)
    from registry.models import Change, ChangeKind, Role  # noqa: PLC0415 (Django first)
    from registry.records.undoing.reverting import preview_undo, undo_change  # noqa: PLC0415 (Django first)

    def now() -> datetime:
        return datetime.now(tz=UTC)

    report = import_entries(
        path=Path(arguments[0]),
        source_slug="invented",
        create_source_title="Invented people",
        role=Role.SYSTEM,
        reason="Benchmark",
        now=now(),
    )
    entries = report.counts["new"]
    number = Change.all_records.filter(kind=ChangeKind.IMPORT).latest("pk").pk
    profile = cProfile.Profile() if os.environ.get("PROFILE") else None
    start, computed = time.perf_counter(), time.process_time()
    told = preview_undo(change=number, by=None, role=Role.EDITOR, now=now())
    _print("looked at beforehand", entries, start, computed, told)
    for what in ("reverted", "brought back"):
        start, computed = time.perf_counter(), time.process_time()
        if profile:
            profile.enable()
        result = undo_change(change=number, by=None, role=Role.EDITOR, reason="wrong", now=now())
        if profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("cumtime").print_stats(45)
            profile = None
        _print(what, entries, start, computed, result)
        assert result.change is not None
        number = result.change.pk
    return 0


def _print(what: str, entries: int, start: float, computed: float, result: Any) -> None:
    seconds, own = time.perf_counter() - start, time.process_time() - computed
    print(  # noqa: T201
        f"{what}: {entries} entries in {seconds:.1f} s ({own:.1f} s of it ours),"
        f" {entries / seconds:.0f} a second; {result.records} records, {len(result.left)} left"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
