"""How far an import has come: kept in the same transaction as what it wrote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from registry.models import Change, ImportRun


def find_open_run(digest: str) -> ImportRun | None:
    """Return the import of the same file that was cut off, if there is one."""
    run: ImportRun | None = (
        ImportRun.all_records.filter(digest=digest, finished_at__isnull=True)
        .select_related("change")
        .first()
    )
    return run


def begin_run(*, change: Change, digest: str) -> ImportRun:
    """Begin to count an import; `digest` is the SHA-256 of the file and its options."""
    run = ImportRun(change=change, digest=digest)
    run.save(force_insert=True)
    return run


def advance_run(
    *,
    run: ImportRun,
    rows_done: int,
    counts: Mapping[str, int],
    finished_at: datetime | None = None,
) -> None:
    """Note that the rows up to the number `rows_done` are dealt with, and what became of them."""
    run.rows_done = rows_done
    run.counts = dict(counts)
    run.finished_at = finished_at
    run.save(update_fields=["rows_done", "counts", "finished_at"])
