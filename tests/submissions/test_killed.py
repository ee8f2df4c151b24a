"""Killed at any moment of sending and deciding: what was answered is there, and nothing twice.

A file is written before its row, so a kill may leave a file of nothing; never a row without its
file. `purge_submissions` takes such files away.
"""

from __future__ import annotations

import json
import random
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.processes import output, start

# Sends and decides one thing after another; says what was answered as soon as it is committed.
WORK = """
import json, random, sys
from datetime import timedelta
import django
django.setup()
from registry.models import MediaType, PartKind, Submission
from registry.records.drafts.uploads import CheckedFile
from registry.submissions.deciding import undo_decision
from registry.submissions.files import add_file, remove_file
from registry.submissions.receiving import (
    add_part, reply, save_answers, save_part, send_submission, withdraw_submission,
)
from registry.submissions.states import SubmissionRefused
from registry.submissions.triage import ask_contributor
from tests.databases import NOW
from tests.submissions.sending import accept_all, begin, moderator, reject_all
draw = random.Random(int(sys.argv[1]))
now = NOW + timedelta(days=int(sys.argv[1]))
by = moderator()
signed = {"by": by, "role": "moderator", "reason": "an invented reason", "now": now}

def answered(number, **told):
    print(json.dumps([number, told]), flush=True)

def picture():
    content = draw.randbytes(200_000)
    return CheckedFile(MediaType.JPEG, ((30, 20), (60, 40)), (content[:9], content))

def send():
    number = begin(now=now).submission
    answered(number, parts=1)
    here = {"submission": number, "now": now}
    add_file(file=picture(), **here)
    answered(number, files=1)
    save_answers(answers={"rights": "примерно"}, **here)
    save_part(position=add_part(kind="person", **here),
              values={"family_name": "Другой", "death_date": "1938"}, **here)
    answered(number, parts=2)
    add_file(file=picture(), **here)
    answered(number, files=2)
    send_submission(**here)
    answered(number, state="waiting")

def some(*states):
    rows = list(Submission.all_records.filter(state__in=states).order_by("pk"))
    return draw.choice(rows).pk if rows else None

def decide():
    number = some("waiting", "asked")
    if number:
        state = draw.choice((accept_all, accept_all, reject_all))(number, now=now).state
        answered(number, state=state)

def undo():
    number = some("accepted", "rejected")
    if number and undo_decision(submission=number, **signed).change:
        answered(number, state="waiting")

def ask():
    number = some("waiting")
    if number:
        ask_contributor(submission=number, text="Откуда?", by=by, now=now)
        answered(number, state="asked")

def withdraw():
    number = some("waiting", "asked")
    if number and draw.randrange(3) == 0:
        withdraw_submission(submission=number, now=now)
        answered(number, state="withdrawn")

print("ready", flush=True)
while True:
    draw.choice((send, decide, decide, undo, ask, withdraw))()
"""

# Looks at what there is after a kill.
LOOK = """
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
import django
django.setup()
from django.conf import settings
from registry.models import Change, Document, Entry, Part, Photograph, Submission, SubmittedFile
from registry.records.drafts.uploads import is_stored
from registry.submissions.files import stored_file
from registry.submissions.purging import drop_orphans
from tests.ledger.machine import assert_nobody_is_half
from tests.ledger.state import assert_the_ledger_tells_all
assert_the_ledger_tells_all()
assert_nobody_is_half()
folder = Path(settings.MEDIA_ROOT)
rows = list(SubmittedFile.all_records.all())
for row in rows:
    assert is_stored(stored_file(row)), row.name
used = Entry.all_records.filter(standing="in-use", via__isnull=False)
twice = [via for via, times in Counter(used.values_list("via", flat=True)).items() if times > 1]
assert not twice
for row in Submission.all_records.all():
    parts = list(row.parts(manager="all_records").all())
    files = list(row.files(manager="all_records").all())
    shown = Photograph.public.filter(name__in=[file.name for file in files]).count()
    in_use = used.filter(via__submission=row).count()
    if row.state == "accepted":
        assert {part.outcome for part in parts} == {"accepted"}
        assert (in_use, shown) == (len(parts), len(files))
    else:
        assert {part.outcome for part in parts} <= {"rejected" if row.state == "rejected" else ""}
        assert (in_use, shown) == (0, 0)
    assert row.state != "withdrawn" or not (parts or files)
assert Entry.all_records.count() == len(set(Entry.all_records.values_list("source", "key")))
before = len(list(folder.iterdir())) if folder.exists() else 0
drop_orphans(now=datetime.now(UTC) + timedelta(days=2))
kept = {path.name for path in folder.iterdir()} if folder.exists() else set()
named = {part for row in rows for part in stored_file(row).parts}
assert kept == named, (kept ^ named)
print(json.dumps({
    "orphans": before - len(kept),
    "there": {
        row.pk: {
            "state": row.state,
            "parts": row.parts(manager="all_records").count(),
            "files": row.files(manager="all_records").count(),
        }
        for row in Submission.all_records.all()
    },
}))
"""


def work_and_die(database: str, seed: int) -> list[tuple[int, dict[str, Any]]]:
    """Let a process work, kill it at a random moment, and return what it had answered."""
    draw = random.Random(seed)
    with start(database, WORK, str(seed)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        if process.stdout.readline() != "ready\n":
            raise AssertionError(process.stderr.read())
        killer = threading.Timer(draw.uniform(0.05, 2.0), process.kill)
        killer.start()
        answered = [json.loads(line) for line in process.stdout if line.endswith("\n")]
        killer.join()
        errors = process.stderr.read()
    assert process.returncode == -signal.SIGKILL, errors
    return [(number, told) for number, told in answered]


def kill_often(database: str, times: int) -> int:
    """Kill so often; return how many answers were given and found again."""
    count = 0
    for seed in range(times):
        last: dict[int, dict[str, Any]] = {}
        for number, told in work_and_die(database, seed):
            last.setdefault(number, {}).update(told)
            count += 1
        there = output(database, LOOK)["there"]
        for number, told in last.items():
            found = there[str(number)]
            # One act may have been done and not answered: the last that was is there, or more.
            if found["state"] == "withdrawn":
                continue
            assert found["parts"] >= told.get("parts", 0), number
            assert found["files"] >= told.get("files", 0), number
            assert found["state"] in FROM[told.get("state", "draft")], (number, told, found)
    return count


FROM = {
    "draft": {"draft", "waiting"},
    "waiting": {"waiting", "asked", "accepted", "rejected"},
    "asked": {"asked", "waiting", "accepted", "rejected"},
    "accepted": {"accepted", "waiting"},
    "rejected": {"rejected", "waiting"},
    "withdrawn": {"withdrawn"},
}
"""Where one more act can have led."""


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give the processes a folder of media of their own."""
    monkeypatch.setenv("MEDIA_ROOT", str(tmp_path / "media"))
    return tmp_path / "media"


def test_what_was_answered_is_there_after_a_kill(databases: list[str], folder: Path) -> None:
    assert kill_often(databases[0], 3) > 0


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing_and_leave_nothing(
    databases: list[str], folder: Path
) -> None:
    assert kill_often(databases[0], 200) > 200
