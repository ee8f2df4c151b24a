"""Registries to measure on: made for the purpose, filled by the ordinary import, and taken away.

Nothing of the registry is imported at the top: which database it works on is said in the
environment before Django starts.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from registry.formats import write_rows
from tests.postgresql import postgresql
from tests.programs import postgresql_folder

SOURCE = "invented"
AS_SERVED = ("shared_buffers=4GB", "effective_cache_size=12GB", "max_wal_size=8GB")
"""What an operator sets on a machine with 16 GB; what is written is on the disk, as it should."""


@contextmanager
def scratch_database(kind: str) -> Iterator[str]:
    """Yield the `DATABASE_URL` of an empty database of a kind, "sqlite" or "postgresql"."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="registry-measured-") as folder:
            yield f"sqlite:///{folder}/registry.sqlite3"
        return
    folder = postgresql_folder()
    if folder is None:
        raise SystemExit("PostgreSQL is not on this machine")
    with postgresql(folder, AS_SERVED) as url:
        yield url


@contextmanager
def columns_apart() -> Iterator[None]:
    """Keep the columns of the search in a folder for the purpose, unless one is named."""
    if "COLUMNS_ROOT" in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="registry-columns-") as folder:
        os.environ["COLUMNS_ROOT"] = folder
        yield
        del os.environ["COLUMNS_ROOT"]


def start_django(url: str = "") -> None:
    """Start Django on a database; on that of the environment where none is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    # In development Django remembers every query it ever asked.
    os.environ["DEBUG"] = "0"
    os.environ.setdefault("SECRET_KEY", "a-key-of-the-measurements-and-of-no-site-" + "x7" * 20)
    if url:
        os.environ["DATABASE_URL"] = url
    import django  # noqa: PLC0415 (the settings must be named first)

    django.setup()


def migrate() -> None:
    """Make the tables."""
    from django.core.management import call_command  # noqa: PLC0415 (Django first)

    call_command("migrate", verbosity=0)


def load_vocabularies() -> None:
    """Load the vocabularies and places of the first records, and none of their people.

    Without them an import recognises nothing, and the form and the facets offer nothing.
    """
    from django.conf import settings  # noqa: PLC0415 (Django first)

    from registry.exchange import load_registry  # noqa: PLC0415 (Django first)

    with tempfile.TemporaryDirectory(prefix="registry-vocabularies-") as folder:
        for name in ("terms", "sources", "sites"):
            file = settings.BASE_DIR / "fixtures" / f"{name}.jsonl"
            (Path(folder) / file.name).symlink_to(file)
        load_registry(Path(folder), now=datetime.now(tz=UTC))


def import_file(path: Path) -> Mapping[str, int]:
    """Import a file of the entry table under an invented source; return what became of it."""
    from registry.exchange import import_entries  # noqa: PLC0415 (Django first)
    from registry.models import Role, Source  # noqa: PLC0415 (Django first)

    known = Source.all_records.filter(slug=SOURCE).exists()
    report = import_entries(
        path=path,
        source_slug=SOURCE,
        create_source_title="" if known else "Invented people",
        role=Role.SYSTEM,
        reason="Benchmark",
        now=datetime.now(tz=UTC),
    )
    return report.counts


def settle() -> None:
    """Write the columns and count the tables, as is done within minutes of an import."""
    from django.core.management import call_command  # noqa: PLC0415 (Django first)
    from django.db import connection  # noqa: PLC0415 (Django first)

    call_command("refresh_columns", at_least=0, stdout=sys.stderr)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def import_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Mapping[str, int]:
    """Import some rows of the entry table."""
    with tempfile.TemporaryDirectory(prefix="registry-rows-") as folder:
        path = Path(folder) / "rows.csv"
        with path.open("wb") as stream:
            write_rows(stream, rows, columns=columns, format="csv")
        return import_file(path)


def import_population(people: int, *, seed: int) -> Mapping[str, int]:
    """Import so many generated people."""
    from .population import write_population  # noqa: PLC0415 (Django first)

    with tempfile.TemporaryDirectory(prefix="registry-people-") as folder:
        path = Path(folder) / "people.csv"
        write_population(path, people, seed=seed)
        return import_file(path)
