"""Coverage: every line and every branch of the layers that keep the promises, over both databases.

A pytest plugin (`-p tests.measuring`). Where `MEASURED_IN` names a folder, each process of tests
writes there what it reached; with `MEASURED_LAST` set, the last run tells what nobody did, and
fails. SlipCover changes the code as it is imported, and takes itself out of a line once that is
reached: measured tests take no longer than others, and all of them are.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import slipcover

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("names", "dates", "formats", "records")
"""The packages of `registry` that are measured."""
LEFT_OUT = (r"if TYPE_CHECKING:", r"@overload", r"assert_never\(", r'if __name__ == "__main__":')
"""Lines that no test can reach, with what belongs to them: for mypy alone, or another process."""


class Measuring:
    """Of one process: what of the layers is reached."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        sources = [str(ROOT / "registry" / layer) for layer in LAYERS]
        self._reached = slipcover.Slipcover(
            branch=True, source=sources, exclude_lines=list(LEFT_OUT)
        )
        # For the life of the process: what was imported before would not be measured.
        self._importing = slipcover.ImportManager(
            self._reached, slipcover.FileMatcher(sources=sources)
        )
        self._importing.__enter__()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write what was reached; in the last run look whether that was all."""
        told = json.dumps(self._reached.get_coverage())
        (self.folder / f"{uuid4()}.json").write_text(told, encoding="utf-8")
        is_last = os.environ.get("MEASURED_LAST") and not hasattr(session.config, "workerinput")
        if is_last and session.exitstatus == pytest.ExitCode.OK and missed(self.folder):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any, exitstatus: int) -> None:
        """Tell what nobody reached, unless the tests were stopped."""
        if os.environ.get("MEASURED_LAST") and exitstatus <= pytest.ExitCode.TESTS_FAILED:
            lines = missed(self.folder) or ["Every line and every branch was reached."]
            terminalreporter.section(f"coverage of registry.{', .'.join(LAYERS)}")
            terminalreporter.write_line("\n".join(lines))


def missed(folder: Path) -> list[str]:
    """Return the files of which something was reached by no process, and what."""
    merged: dict[str, Any] = {}
    for path in folder.glob("*.json"):
        own = json.loads(path.read_text(encoding="utf-8"))
        if merged:
            slipcover.merge_coverage(merged, own)
        else:
            merged = own
    if not merged.get("files"):
        return ["Nothing was measured."]
    return sorted(
        f"{Path(name).resolve().relative_to(ROOT)}: {', '.join(parts)}"
        for name, file in merged["files"].items()
        if (parts := list(_parts(file)))
    )


def _parts(file: Mapping[str, Any]) -> Iterator[str]:
    lines = file["missing_lines"]
    yield from map(str, lines)
    for start, end in file["missing_branches"]:
        if start not in lines:
            yield f"{start} to {end or 'the end'}"


if os.environ.get("MEASURED_IN"):
    measuring = Measuring(Path(os.environ["MEASURED_IN"]))

    def pytest_configure(config: pytest.Config) -> None:
        """Take part in the session."""
        config.pluginmanager.register(measuring, "measuring")
