"""Where coverage is measured, and that it is measured once.

A pytest plugin (`-p tests.measuring` in pyproject.toml), beside pytest-cov.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from django.db import connection

TESTS = Path(__file__).resolve().parent
LAYERS = tuple(f"registry.{name}" for name in ("names", "dates", "formats", "records"))
"""The packages that are measured, as in pyproject.toml."""
MEASURED = frozenset({"names", "dates", "formats", "records", "files"})
"""The folders whose tests, with `MEASURED_TOO`, reach every line of the measured layers."""
MEASURED_TOO = {
    "admin": frozenset(
        {
            "test_choosing_desk.py", "test_editing_desk.py", "test_undoing_desk.py",
            "test_hard_times.py", "test_lives_desk.py",
        }
    ),
    "submissions": frozenset(
        {
            "test_credit.py", "test_deciding.py", "test_files.py", "test_named.py",
            "test_undone_history.py",
        }
    ),
}  # fmt: skip
REACH_NOTHING_MORE = frozenset(
    {"test_first_records.py", "test_large_pictures.py", "test_names_transliterations.py"}
)
"""Long tests of those folders whose lines the others reach too."""
MEASURED_ON_POSTGRESQL = frozenset({"test_who_is_meant.py", "test_linked.py", "test_merging.py"})
"""Tests that reach the few lines for PostgreSQL alone: the turn of an act, the counter of ids."""
_UNMEASURED_BEFORE = pytest.StashKey[bool]()
"""Whether the last test was not measured."""


def is_measured(path: Path) -> bool:
    """Tell whether the tests of a file are measured on the database in use."""
    folder, name = path.relative_to(TESTS).parts[0], path.name
    if connection.vendor != "sqlite":
        return name in MEASURED_ON_POSTGRESQL
    measured = folder in MEASURED or name in MEASURED_TOO.get(folder, ())
    return measured and name not in REACH_NOTHING_MORE


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure the coverage only where it has something to add, and by examples alone.

    Measuring makes Python more than twice as slow. The gate stays at 100 %: with less measured it
    is harder to pass, not easier; and what examples drawn at random reach would depend on luck.
    """
    for item in items:
        drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if drawn or not is_measured(item.path):
            item.add_marker("no_cover")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Have the measured layers forget what they keep, before a measured test after one that is not.

    What a function keeps for the life of the process may have been made by a test that is not
    measured: whether its lines count would depend on the order of the tests.
    """
    measured = item.get_closest_marker("no_cover") is None
    if measured and item.config.stash.get(_UNMEASURED_BEFORE, True):
        _forget()
    item.config.stash[_UNMEASURED_BEFORE] = not measured


def _forget() -> None:
    layers = [module for name, module in list(sys.modules.items()) if name.startswith(LAYERS)]
    for own in [own for module in layers for own in vars(module).values()]:
        if clear := getattr(own, "cache_clear", None):
            clear()


def pytest_xdist_setupnodes() -> None:
    """Start the workers without the coverage that is for subprocesses of the tests.

    Nothing would pause it for a test that is not measured. Each worker sets it anew for its own.
    """
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """End the measuring that a worker began with, before it begins that of the session.

    pytest-cov starts as a master in every process, so that what is imported early is measured, and
    in a worker once more as a worker; it would pause the second alone.
    """
    plugin = session.config.pluginmanager.get_plugin("_cov")
    if plugin is not None and hasattr(session.config, "workerinput"):
        early = plugin.cov_controller.cov
        early.stop()
        early.save()
