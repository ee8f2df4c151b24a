"""The databases of the tests: one empty, those prepared for many tests, and the ledger disarmed.

A pytest plugin (`-p tests.databases` in pyproject.toml) and not a conftest, because its
`_which_database` must come before pytest-django enters the database. Nothing of the registry is
imported at the top: Django is not set up yet.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
"""The moment at which the tests load and change records: rules about the living depend on it."""


@contextmanager
def disarmed_ledger() -> Iterator[None]:
    """Take the append-only triggers away and arm them again: for emptying a test database only."""
    statements = importlib.import_module("registry.migrations.0002_ledger").statements
    arm, disarm = statements(connection.vendor)
    with connection.cursor() as cursor:
        for statement in disarm:
            cursor.execute(statement)
        try:
            yield
        finally:
            for statement in arm:
                cursor.execute(statement)


_flush = TransactionTestCase._fixture_teardown


def _flush_disarmed(test: TransactionTestCase) -> None:
    """Empty the database after a test that committed, which the armed ledger would refuse."""
    with disarmed_ledger():
        _flush(test)


def pytest_configure() -> None:
    """Name the test database: a file on SQLite, which a live server and other processes share."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Static files are served from where they lie: nothing has been collected.
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    TransactionTestCase._fixture_teardown = _flush_disarmed
    database = connection.settings_dict
    database["CONN_MAX_AGE"] = 0
    if connection.vendor == "sqlite":
        (ROOT / "var").mkdir(exist_ok=True)
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
        database["OPTIONS"]["init_command"] = pragmas
        database["TEST"]["NAME"] = str(ROOT / "var" / f"test-{os.getpid()}.sqlite3")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out of the run on PostgreSQL what was proven on SQLite: all that has no database.

    pytest-django bars a test from the database that asks neither for it nor for its blocker, so
    nothing of such a test can depend on it. One whose own process does so is marked
    `on_both_databases`.
    """
    if connection.vendor == "sqlite":
        return
    barred = [item for item in items if not _reaches_a_database(item)]
    config.hook.pytest_deselected(items=barred)
    left_out = set(barred)
    items[:] = [item for item in items if item not in left_out]


def _reaches_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or item.get_closest_marker("on_both_databases"):
        return True
    fixtures = item._fixtureinfo.name2fixturedefs
    return "db" in fixtures or any(
        "django_db_blocker" in one.argnames
        for name, found in fixtures.items()
        if name != "_django_setup_unittest"  # pytest-django's own, which every test has
        for one in found
    )


def _use_database(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _bring_into_the_file() -> None:
    """Write what lies in SQLite's log into the file, which alone is copied.

    Closing the connection does not, while a statement is kept somewhere that was not read to its
    end, or a thread of the live server is still connected.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
            [_, in_log, written] = cursor.fetchone()
            assert in_log == written, "somebody is reading the database that is to be copied"


@contextmanager
def copied_database(suffix: str) -> Iterator[str]:
    """Copy the database in use, yield the name of the copy, and drop it after."""
    creation = connection.creation
    _bring_into_the_file()
    connection.close()
    creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
    name = str(creation.get_test_db_clone_settings(suffix)["NAME"])
    original = str(connection.settings_dict["NAME"])
    try:
        yield name
    finally:
        _use_database(original)
        creation.destroy_test_db(suffix=suffix, verbosity=0)
        # Django switches to the suffix to destroy it, and does not switch back.
        _use_database(original)


PREPARED = frozenset({"registry_loaded", "library", "invented_people"})
"""The fixtures by which a test asks for a database that is filled already (`tests.prepared`)."""


@pytest.fixture(scope="session")
def migrated(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Name an empty database that no test connects to, for copies of it.

    It is made before the first test enters the database: a connection that a test leaves open
    somewhere would keep it from being copied.
    """
    with (
        django_db_blocker.unblock(),
        copied_database("migrated") as name,
        django_db_blocker.block(),
    ):
        yield name


@pytest.fixture(scope="session")
def prepared_database(migrated: str, django_db_blocker: Any) -> Iterator[Callable[[str], str]]:
    """Give the names of the prepared databases, each filled when it is asked for first."""
    found: dict[str, str] = {}
    with ExitStack() as stack:

        def name_of(wanted: str) -> str:
            if wanted not in found:
                original = str(connection.settings_dict["NAME"])
                _use_database(migrated)
                try:
                    copy = stack.enter_context(copied_database(wanted))
                    _use_database(copy)
                    getattr(importlib.import_module("tests.prepared"), wanted)()
                finally:
                    _use_database(original)
                found[wanted] = copy
            return found[wanted]

        yield name_of
        with django_db_blocker.unblock():
            original = str(connection.settings_dict["NAME"])
            stack.close()
            _use_database(original)


@pytest.fixture(autouse=True)
def _which_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give tests that ask for a prepared database that, or a copy to write to.

    Defined before the database is entered: tests that commit get a copy of their own, so that
    emptying it afterwards leaves the prepared one as it was.
    """
    if _reaches_a_database(request.node):
        # Whether this test asks for a copy or not: a later one may, and then it would be too late.
        request.getfixturevalue("migrated")
    wanted = PREPARED.intersection(request.fixturenames)
    if not wanted:
        yield
        return
    [prepared] = wanted
    blocker = request.getfixturevalue("django_db_blocker")
    name_of = request.getfixturevalue("prepared_database")
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marker is not None and marker.kwargs.get("transaction")
    )
    with blocker.unblock():
        assert not connection.in_atomic_block, "the database was entered before it was chosen"
        original = str(connection.settings_dict["NAME"])
        _use_database(name_of(prepared))
        if not commits:
            with blocker.block():
                yield
        else:
            with copied_database("scratch") as copy:
                _use_database(copy)
                with blocker.block():
                    yield
        _use_database(original)


@pytest.fixture
def registry_loaded(db: None) -> Path:
    """Give the test the records of `fixtures/`; return that folder."""
    return ROOT / "fixtures"


@pytest.fixture
def library(db: None) -> None:
    """Give the test four invented books, and the terms that their entries name."""


@pytest.fixture
def invented_people(db: None) -> None:
    """Give the test the library, and the people of the search."""
