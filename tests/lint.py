"""The runner behind `make lint`: every gate, its time, and what it found.

`python -m tests.lint NAME …` runs the named gates only. Exit code 1 when one fails.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.locks import unlocked_extras
from tests.messages import message_faults
from tests.programs import gettext, require_all

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
MODULE_LINES = 400
WORKERS = 2
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "a-key-of-the-gate-and-of-no-site-" + "x7" * 20,
    "ALLOWED_HOSTS": "registry.example",
    "OPERATOR_NAME": "Nobody",
    "OPERATOR_CONTACT": "nobody@registry.example",
}
# Written in halves, so that this file does not name what it forbids.
HOSTS = re.compile(
    "|".join(
        (
            "py" + r"pi\.org",
            "python" + "hosted",
            "npm" + r"js\.(org|com)",
            "--(extra-)?index" + "-url",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a gate found; `faults` is empty when it passed, `left_out` names a missing program."""

    name: str
    seconds: float
    faults: str
    left_out: str = ""


def run(*command: str, **environment: str) -> str:
    """Run a command in the tree; return nothing when it passed, else what it said."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return ""
    return (done.stdout + done.stderr).strip() or f"{command[0]} ended with {done.returncode}"


def tool(name: str, *arguments: str) -> str:
    """Run a program that was installed beside Python."""
    return run(str(Path(PYTHON).parent / name), *arguments)


def manage(*arguments: str, **environment: str) -> str:
    """Run a command of the site."""
    # The commands need no records, and a new clone has no database yet.
    environment = {"DATABASE_URL": "sqlite:///:memory:", **environment}
    return run(PYTHON, "-W", "error", "manage.py", *arguments, **environment)


def files(*suffixes: str) -> Iterator[Path]:
    """Yield the files of the tree that are kept in it, by suffix (all without one)."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and (not suffixes or path.suffix in suffixes):
            yield path


def long_modules() -> str:
    """Name modules of more than 400 lines; what a migration holds is generated."""
    return "\n".join(
        f"{path.relative_to(ROOT)}: {lines} lines, {MODULE_LINES} at the most"
        for path in files(".py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES
    )


def named_hosts() -> str:
    """Name lines that name a package registry: whoever builds chooses where packages come from."""
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if HOSTS.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    return "\n".join(found)


GATES: dict[str, Callable[[], str]] = {
    "format": lambda: tool("ruff", "format", "--check", "."),
    "ruff": lambda: tool("ruff", "check", "."),
    "types": lambda: tool("mypy"),
    "imports": lambda: tool("lint-imports"),
    # Its rules, not its formatter: that one puts spaces into titles and before punctuation.
    "templates": lambda: tool("djlint", "--lint", "templates"),
    "migrations": lambda: manage("makemigrations", "--check", "--dry-run"),
    "deployment": lambda: manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION),
    "messages": lambda: message_faults(ROOT),
    "sizes": long_modules,
    "hosts": named_hosts,
    "locks": lambda: unlocked_extras(ROOT),
}


def pass_gate(name: str) -> Report:
    """Run one gate; a gate whose program is missing is left out, or fails under REQUIRE_ALL."""
    if name == "messages" and not gettext():
        missing = "gettext is not on this machine"
        return Report(name, 0.0, missing if require_all() else "", missing)
    started = time.monotonic()
    faults = GATES[name]()
    return Report(name, time.monotonic() - started, faults)


def main(names: list[str]) -> int:
    """Run the gates and return the exit code."""
    if unknown := sorted(set(names) - set(GATES)):
        print(f"no such gate: {', '.join(unknown)}; there are {', '.join(GATES)}", file=sys.stderr)
        return 2
    failed = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for report in pool.map(pass_gate, names or GATES):
            word = "failed" if report.faults else "left out" if report.left_out else "passed"
            print(f"{report.name:<16} {word:<9} {report.seconds:6.1f} s", flush=True)
            if report.faults:
                failed.append(report.name)
                print(f"{report.faults}\n", flush=True)
            elif report.left_out:
                print(report.left_out, flush=True)
    if failed:
        print(f"\nThese gates failed: {', '.join(failed)}")
        return 1
    print("\nEvery gate passed.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
