"""How fast a file is imported, and how much memory it takes at most.

`DATABASE_URL=… python -m tests.benchmarks.import_entries FILE.csv`. The database must be
migrated; its `invented` source is created. Prints rows a second and the peak of memory.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.machine import peak_mb


def main(arguments: list[str]) -> int:
    """Import the file and print the figures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    import django  # noqa: PLC0415 (the settings must be named first)

    django.setup()
    from registry.exchange import import_entries  # noqa: PLC0415 (Django first)
    from registry.models import Role  # noqa: PLC0415 (Django first)

    start, computed = time.perf_counter(), time.process_time()
    report = import_entries(
        path=Path(arguments[0]),
        source_slug="invented",
        create_source_title="Invented people",
        role=Role.SYSTEM,
        reason="Benchmark",
        now=datetime.now(tz=UTC),
    )
    seconds = time.perf_counter() - start
    computed = time.process_time() - computed
    entries = sum(report.counts[name] for name in ("new", "changed", "same", "refused"))
    print(f"{dict(report.counts)}")  # noqa: T201
    print(  # noqa: T201
        f"{entries / seconds:.0f} entries/s, {seconds:.1f} s ({computed:.1f} s of it ours),"
        f" peak {peak_mb()} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
