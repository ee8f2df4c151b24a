"""Two editors merging and undoing the same people at once: never a half state."""

from __future__ import annotations

import json

import pytest

from tests.ledger.test_killed import LOOK
from tests.processes import output, python, start

SET_UP = """
import django
django.setup()
from django.db import transaction
from tests.ledger.desk import Desk
with transaction.atomic():
    Desk().set_up()
"""

# Merges, parts and undoes, whoever else does; prints how often it did, and was refused.
WORK = """
import json, random, sys
from collections import Counter
from datetime import timedelta
import django
django.setup()
from tests.ledger.desk import Desk
from tests.databases import NOW
seed, times = map(int, sys.argv[1:])
draw = random.Random(seed)
desk = Desk(now=NOW + timedelta(days=seed))
done = Counter()
while sum(done.values()) < times:
    name = draw.choice(("merge", "merge", "undo", "part"))
    try:
        getattr(desk, name)(draw.randrange(4), draw.randrange(6), draw.randrange(2))
    except desk.refusals:
        done["refused"] += 1
    else:
        done[name] += 1
print(json.dumps(done))
"""


def two_at_once(database: str, times: int) -> dict[str, int]:
    """Let two processes do so many acts each, and return how often they did what together."""
    done = python(database, SET_UP)
    assert done.returncode == 0, done.stderr
    both = [start(database, WORK, str(seed), str(times)) for seed in (1, 2)]
    told: dict[str, int] = {}
    for process in both:
        found, errors = process.communicate()
        assert process.returncode == 0, errors
        for name, count in json.loads(found).items():
            told[name] = told.get(name, 0) + count
    output(database, LOOK)
    return told


def test_two_editors_at_once_leave_nothing_half(databases: list[str]) -> None:
    told = two_at_once(databases[0], 20)
    assert told["merge"] > 2
    assert told["undo"] > 2


@pytest.mark.soak
def test_two_editors_five_hundred_times(databases: list[str]) -> None:
    assert sum(two_at_once(databases[0], 500).values()) == 1000
