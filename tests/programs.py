"""Which programs of the machine the tests need, and what is left out where they are missing.

A pytest plugin (`-p tests.programs` in pyproject.toml). With `REQUIRE_ALL=1` nothing may be left
out: a missing program is then an error instead of a skipped test.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Debian's shell of chromium has no window to carry, and takes a fifth less of the machine."""
LEFT_OUT = pytest.StashKey[dict[str, int]]()


def require_all() -> bool:
    """Tell whether leaving anything out is an error."""
    return os.environ.get("REQUIRE_ALL", "") not in {"", "0"}


def chromium() -> str | None:
    """Return the path of the machine's own chromium, the shell without windows first."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def postgresql_folder() -> Path | None:
    """Return the folder of `initdb` and `postgres`, the newest version first."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(folders, key=lambda path: float(path.parts[-3]), default=None)
    return newest.parent if newest else None


def gettext() -> bool:
    """Tell whether the messages of the source can be collected."""
    return shutil.which("xgettext") is not None


def missing() -> list[str]:
    """Name the programs that are not on this machine."""
    needed = {"chromium": chromium(), "PostgreSQL": postgresql_folder(), "gettext": gettext()}
    return [name for name, found in needed.items() if not found]


def pytest_configure(config: pytest.Config) -> None:
    """Count what is left out, to name it at the end."""
    # Playwright keeps an event loop in the main thread, where Django would refuse the database.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    config.stash[LEFT_OUT] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the tests whose program is missing."""
    absent = {"browser": None if chromium() else "chromium", "gettext": None}
    absent["gettext"] = None if gettext() else "gettext"
    for item in items:
        for marker, program in absent.items():
            if program and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"{program} is not on this machine"))
                left_out = config.stash[LEFT_OUT]
                left_out[program] = left_out.get(program, 0) + 1


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse to leave anything out where all is required."""
    if require_all() and (names := missing()):
        pytest.exit(f"REQUIRE_ALL is set, and missing here: {', '.join(names)}", returncode=1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the programs that are missing, and what was left out for it."""
    if names := missing():
        terminalreporter.section("left out", sep="-")
        for name in names:
            terminalreporter.line(f"{name} is not on this machine: its tests were left out")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Launch the machine's own chromium, headless; root may not use its sandbox."""
    return {
        "executable_path": chromium(),
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    }
