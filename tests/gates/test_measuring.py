"""The tests themselves fail where they leave a line of the measured layers out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.measuring import ROOT, missed

pytestmark = pytest.mark.gates
ONE = "tests/dates/test_dates_edtf.py"


def test_lines_and_branches_that_nobody_reaches_fail_the_tests(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "1", ONE],
        cwd=ROOT,
        env={**os.environ, "MEASURED_IN": str(tmp_path), "MEASURED_LAST": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    assert " passed in " in done.stdout.splitlines()[-1]
    assert "registry/names/keys.py: " in done.stdout
    told = missed(tmp_path)
    assert set(told) <= set(done.stdout.splitlines())
    assert not any(line.startswith("registry/dates/words.py") for line in told)

    _reach(tmp_path, "registry/names/")
    assert missed(tmp_path) == [line for line in told if "registry/names/" not in line]
    _reach(tmp_path, "registry/")
    assert missed(tmp_path) == []


def test_nothing_measured_is_nothing_reached(tmp_path: Path) -> None:
    assert missed(tmp_path) == ["Nothing was measured."]


def _reach(folder: Path, start: str) -> None:
    """Write down that some process has reached everything in a part of the code."""
    path = min(folder.glob("*.json"))
    told = json.loads(path.read_text(encoding="utf-8"))
    for name, file in told["files"].items():
        if start in name:
            file["executed_lines"] = sorted(file["executed_lines"] + file.pop("missing_lines"))
            branches = file["executed_branches"] + file.pop("missing_branches")
            file |= {"executed_branches": branches, "missing_lines": [], "missing_branches": []}
    path.write_text(json.dumps(told), encoding="utf-8")
