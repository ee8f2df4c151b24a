"""An editor's process killed at any moment: what was answered is there, and nothing is half."""

from __future__ import annotations

import random
import signal
import threading

import pytest

from tests.processes import output, start

# Does one thing after another, and says which change was last as soon as that is committed.
WORK = """
import random, sys
from datetime import timedelta
import django
django.setup()
from django.db import transaction
from registry.models import Change
from tests.ledger.desk import Desk
from tests.databases import NOW
seed, day = map(int, sys.argv[1:])
draw = random.Random(seed)
desk = Desk(now=NOW + timedelta(days=day))
desk.made = Change.all_records.count() * 10
if not Change.all_records.exists():
    with transaction.atomic():
        desk.set_up()
steps = sorted(Desk.steps())
print("ready", flush=True)
while True:
    try:
        with transaction.atomic():
            getattr(desk, draw.choice(steps))(*(draw.randrange(5000) for _ in range(3)))
    except desk.refusals:
        continue
    print(Change.all_records.order_by("-pk").values_list("pk", flat=True)[0], flush=True)
"""

# Looks at what there is after a kill.
LOOK = """
import json
import django
django.setup()
from registry.models import Change
from tests.ledger.machine import assert_nobody_is_half
from tests.ledger.state import assert_the_ledger_tells_all
assert_the_ledger_tells_all()
assert_nobody_is_half()
print(json.dumps(sorted(Change.all_records.values_list("pk", flat=True))))
"""


def work_and_die(database: str, seed: int, day: int) -> list[int]:
    """Let a process work, kill it at a random moment, and return what it had answered."""
    draw = random.Random(seed)
    with start(database, WORK, str(seed), str(day)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        if process.stdout.readline() != "ready\n":
            raise AssertionError(process.stderr.read())
        # Not asleep: the kill comes while the process works, wherever it is.
        killer = threading.Timer(draw.uniform(0.01, 1.0), process.kill)
        killer.start()
        answered = [int(line) for line in process.stdout if line.endswith("\n")]
        killer.join()
        errors = process.stderr.read()
    assert process.returncode == -signal.SIGKILL, errors
    return answered


def kill_often(database: str, times: int) -> None:
    answered: set[int] = set()
    for number in range(times):
        answered.update(work_and_die(database, seed=number, day=number))
        there = output(database, LOOK)
        assert answered <= set(there)
    assert answered, "it was always killed before it had done anything"


def test_what_was_answered_is_there_after_a_kill(databases: list[str]) -> None:
    kill_often(databases[0], 3)


@pytest.mark.soak
def test_two_hundred_kills_lead_to_no_harm(databases: list[str]) -> None:
    kill_often(databases[0], 200)
