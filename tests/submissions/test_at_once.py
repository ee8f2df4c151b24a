"""Two at once: of two decisions one is made and the other told, of two saved pages none is lost."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.processes import output, python, start

SET_UP = """
import json, sys
import django
django.setup()
from tests.submissions.sending import begin, send
print(json.dumps([send() for _ in range(int(sys.argv[1]))]))
"""

# Decides each of these, one way or the other; prints what came of each. It waits a moment before
# each, or whoever was first once would be first always: the other is still told when it goes on.
DECIDE = """
import json, random, sys, time
import django
django.setup()
from registry.submissions.states import SubmissionRefused
from tests.submissions.sending import accept_all, moderator, reject_all
name, *numbers = sys.argv[1:]
decide = {"accept": accept_all, "reject": reject_all}[name]
moderator()
told = []
for number in map(int, numbers):
    time.sleep(random.uniform(0, 0.05))
    try:
        told.append([True, decide(number).state])
    except SubmissionRefused as refused:
        told.append([False, f"{refused.code} {refused.state}"])
print(json.dumps(told))
"""

# Looks at what came of all that.
LOOK = """
import json
import django
django.setup()
from registry.models import Change, Entry, Part, Person, Source, Submission
from tests.ledger.machine import assert_nobody_is_half
from tests.ledger.state import assert_the_ledger_tells_all
assert_the_ledger_tells_all()
assert_nobody_is_half()
print(json.dumps({
    "states": {row.pk: row.state for row in Submission.all_records.all()},
    "decisions": Change.all_records.filter(kind="decision").count(),
    "decided_under": Submission.all_records.values("decided_under").distinct().count(),
    "via": sorted(Entry.all_records.filter(via__isnull=False).values_list("via__submission",
                                                                           flat=True)),
    "entries": Entry.all_records.count(),
    "people": Person.public.count(),
    "sources": list(Source.all_records.values_list("slug", flat=True)),
    "values": list(Part.all_records.values_list("values", flat=True)),
}))
"""

# Saves one page of a draft again and again, each time with something else.
SAVE = """
import sys
import django
django.setup()
from registry.models import MediaType
from registry.records.drafts.uploads import CheckedFile
from registry.submissions.files import add_file
from registry.submissions.receiving import add_part, save_answers, save_part
from tests.databases import NOW
number, page, times = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
here = {"submission": number, "now": NOW}
for time in range(times):
    text = f"{page} {time}"
    if page == "answers":
        save_answers(answers={"cites": text, "rights": text}, **here)
    elif page == "files":
        file = CheckedFile(MediaType.JPEG, ((3, 2),), (text.encode(),))
        add_file(file=file, now=NOW, submission=number)
    elif page == "family":
        position = add_part(kind="person", **here)
        save_part(position=position, values={"given_name": text}, **here)
    else:
        values = {f"{page}_date": text, f"{page}_place": text}
        save_part(position=1, values=values, **here)
"""
DRAFT = """
import json
import django
django.setup()
from tests.submissions.sending import begin
print(json.dumps(begin(values={"family_name": "Примеров"}).submission))
"""
OWN = """
import json, sys
from dataclasses import asdict
import django
django.setup()
from registry.submissions.own import own_submission
own = own_submission(int(sys.argv[1]))
print(json.dumps({
    "parts": [[part.position, dict(part.values)] for part in own.parts],
    "files": [file.position for file in own.files],
    "cites": own.cites, "rights": own.rights, "how": own.how,
}))
"""


def finish(processes: list[Any]) -> list[str]:
    """Wait for processes to end well; return what they printed."""
    ended = [(process, *process.communicate()) for process in processes]
    for process, _, errors in ended:
        assert process.returncode == 0, errors
    return [told for _, told, _ in ended]


def decide_at_once(database: str, times: int) -> Counter[str]:
    """Let two moderators decide each of so many submissions; return who came first how often."""
    numbers = output(database, SET_UP, str(times))
    words = [str(number) for number in numbers]
    both = [start(database, DECIDE, way, *words) for way in ("accept", "reject")]
    accepted, rejected = (json.loads(told) for told in finish(both))
    there = output(database, LOOK)
    first: Counter[str] = Counter()
    for number, one, other in zip(numbers, accepted, rejected, strict=True):
        state = there["states"][str(number)]
        assert {one[0], other[0]} == {True, False}, (number, one, other)
        told = one if one[0] else other
        refused = other if one[0] else one
        assert told[1] == state
        assert refused[1] == f"not-now {state}"
        first[state] += 1
    assert there["decisions"] == times == there["decided_under"]
    came = sorted(int(number) for number, state in there["states"].items() if state == "accepted")
    assert sorted(there["via"]) == came
    assert there["entries"] == there["people"] == len(came)
    assert there["sources"] == ["testimony"]
    return first


def test_of_two_decisions_at_once_one_is_made_and_the_other_is_told(databases: list[str]) -> None:
    first = decide_at_once(databases[0], 20)
    assert sum(first.values()) == 20


@pytest.mark.soak
def test_a_thousand_decisions_at_once(databases: list[str]) -> None:
    first = decide_at_once(databases[0], 1_000)
    assert set(first) == {"accepted", "rejected"}


def save_at_once(database: str, times: int) -> None:
    number = str(output(database, DRAFT))
    # Two tabs on one part, whose values are one column; and three beside them.
    pages = ("birth", "death", "answers", "files", "family")
    finish([start(database, SAVE, number, page, str(times)) for page in pages])
    own = output(database, OWN, number)
    last = times - 1
    (position, values), *family = own["parts"]
    assert (position, values) == (
        1,
        {"family_name": "Примеров", "birth_date": f"birth {last}", "birth_place": f"birth {last}",
         "death_date": f"death {last}", "death_place": f"death {last}"},
    )  # fmt: skip
    assert (own["cites"], own["rights"]) == (f"answers {last}", f"answers {last}")
    assert own["how"] == "Примерный рассказ."
    assert own["files"] == list(range(1, times + 1))
    assert [[at + 2, {"given_name": f"family {at}"}] for at in range(times)] == family


def test_pages_saved_at_once_are_all_kept(
    databases: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("MEDIA_ROOT", str(tmp_path / "media"))
    save_at_once(databases[0], 5)


@pytest.mark.soak
def test_pages_saved_at_once_are_all_kept_many_times(
    databases: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("MEDIA_ROOT", str(tmp_path / "media"))
    for _ in range(20):
        save_at_once(databases[0], 35)


def test_a_process_that_fails_is_seen(databases: list[str]) -> None:
    done = python(databases[0], SAVE, "404", "birth", "1")
    assert "unknown-submission" in done.stderr
