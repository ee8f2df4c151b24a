"""The runner behind `make test` and `make soak`: the whole suite on SQLite, then on PostgreSQL.

What stands after the options goes to pytest: `python -m tests -k names`. The second run comes
only after the first has passed, so that the last lines are always pytest's own closing lines.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from tests.postgresql import postgresql
from tests.programs import postgresql_folder, require_all

ROOT = Path(__file__).resolve().parent.parent
ONLY_ONCE = "browser and not on_both_databases or gates or once"
"""What does not depend on the database, and is too slow to be run twice."""
NOT_FOR_TESTS = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
"""Each worker, and each process that a test starts, would compile the whole project anew."""
NOTHING_COLLECTED = 5
SPREAD = ("-n", "2", "--dist", "worksteal")


def main(arguments: list[str]) -> int:
    """Run the suite twice and return the exit code of the last run that counted."""
    # A closed terminal or a stopped build ends the run as Ctrl-C does: with the server stopped.
    # Named anew, SIGINT reaches pytest also where a shell started all this in the background.
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)
    soak = "--soak" in arguments
    own = [argument for argument in arguments if argument != "--soak"]
    folder = postgresql_folder()
    if folder is None and require_all():
        print("REQUIRE_ALL is set, and PostgreSQL is missing here.", file=sys.stderr)
        return 1
    chosen = "soak" if soak else "not soak"
    # What takes hours is not to be stopped after the minutes that a test of the suite has.
    options = ["--timeout=0", *own] if soak else own
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="registry-reached-") as reached:
        # Of a part of the tests it would only be told that they are not all.
        measured = {} if own or soak else {"MEASURED_IN": reached}
        code = _run("SQLite", chosen, options, measured)
        if code or folder is None:
            return code
        with postgresql(folder) as url:
            chosen = f"({chosen}) and not ({ONLY_ONCE})"
            last = measured and {**measured, "MEASURED_LAST": "1"}
            code = _run("PostgreSQL", chosen, options, {**last, "DATABASE_URL": url})
    # What was asked for may be nothing that depends on the database; the whole suite never is.
    return 0 if code == NOTHING_COLLECTED and own else code


def _run(name: str, chosen: str, own: list[str], more: Mapping[str, str]) -> int:
    print(f"\n=== The tests on {name} ===\n", flush=True)
    environment = {key: value for key, value in os.environ.items() if key not in NOT_FOR_TESTS}
    command = [sys.executable, "-m", "pytest", "-m", chosen, *SPREAD, *own]
    process = subprocess.Popen(command, cwd=ROOT, env={**environment, **more})
    try:
        return process.wait()
    except KeyboardInterrupt:
        # pytest has had the same signal, or gets it now, and closes its own databases.
        process.send_signal(signal.SIGINT)
        process.wait()
        return 130


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
