"""Hostile files: none brings a worker down, takes much, or leaves what it should not.

Each is decoded in the process that decodes uploads, and what that took is measured as it ends:
300 in the suite, 5,000 in `make soak`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.processes import ROOT
from tests.submissions.hostile import FAMILIES, hostile

SECONDS, MEGABYTES = 2, 512
AT_ONCE = 100
CODES = {
    "kept", "empty", "too-large", "not-a-picture", "unreadable", "too-many-pixels", "too-long",
    "moving", "too-heavy",
}  # fmt: skip


def sent(first: int, beyond: int) -> list[dict[str, Any]]:
    """Send files from a process that is small, so that those it starts begin small."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.submissions.hostile", str(first), str(beyond)],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "memorial.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def hold(first: int) -> None:
    told = sent(first, first + AT_ONCE)
    assert [one["number"] for one in told] == list(range(first, first + AT_ONCE))
    assert {one["code"] for one in told} <= CODES
    assert [one for one in told if one["wrong"]] == []
    assert [one for one in told if one["seconds"] > SECONDS] == []
    assert [one for one in told if one["megabytes"] > MEGABYTES] == []
    # Neither all kept nor all refused, and each decoded for itself.
    counted = [one["code"] for one in told]
    assert 10 < counted.count("kept") < 80
    assert sum(one["seconds"] > 0 for one in told) > 80


@pytest.mark.once
@pytest.mark.parametrize("first", range(0, 300, AT_ONCE))
def test_no_hostile_file_harms(first: int) -> None:
    hold(first)


@pytest.mark.soak
@pytest.mark.once
@pytest.mark.parametrize("first", range(300, 5_000, AT_ONCE))
def test_no_hostile_file_of_thousands_harms(first: int) -> None:
    hold(first)


def test_a_hostile_file_is_the_same_in_every_run() -> None:
    for number in range(len(FAMILIES)):
        family, data = hostile(number)
        assert family == FAMILIES[number].__name__
        assert hostile(number) == (family, data)
