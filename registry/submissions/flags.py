"""What whoever decides should see before anything else, and why: codes, worded above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from registry.models import (
    Knowledge,
    Part,
    PartKind,
    PersonStatus,
    Submission,
    SubmissionKind,
)
from registry.models.submissions import OPEN_STATES
from registry.records.conclusions.contradictions import LIFE, certainly_after
from registry.records.conclusions.living import LIVING_YEARS

from .questions import DATES
from .understanding import understood

NAMED = "still-named"
"""Records may name whoever sent it (`photograph:12`), which is not wished any more."""
URGENT = frozenset({"possibly-living", "takedown", NAMED})
"""What stands above oldest first."""
# Each repetition is bounded: of text without end, the search would else take time squared.
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@.]{1,63}\.[^\s@]|(?:\+|\b)\d[\d\s()-]{8,30}\d")
_MYSELF = re.compile(
    r"\b(меня зовут|моё имя|мое имя|мой адрес|я живу|мене звати|моє ім[’'ʼ]я|я мешкаю|"
    r"my name is|i live (?:in|at)|my address)\b",
    re.IGNORECASE,
)
_DEAD_WORDS = re.compile(
    r"расстр|умер|погиб|казн|скончал|розстр|помер|загин|страчен|shot|died|executed|killed|perish",
    re.IGNORECASE,
)

MOST_ALIKE = 20
"""Other submissions that are named, however many are about the same people."""

Flag = dict[str, Any]
"""`code`, and `about`: the position of a part, a number of another submission, words, records."""


def find_flags(row: Submission, *, now: datetime) -> list[Flag]:
    """Return what is to be seen of a submission, the urgent first."""
    parts = list(row.parts(manager="all_records").select_related("person").all())
    found = [*_of_living(parts, now), *_of_text(row, parts), *_of_dates(parts)]
    found += _of_others(row, parts)
    if row.kind == SubmissionKind.TAKEDOWN:
        found.append({"code": "takedown", "about": ""})
    if row.files(manager="all_records").exists():
        found.append({"code": "files", "about": row.files(manager="all_records").count()})
    if row.knowledge in (Knowledge.FILE, Knowledge.BOOK) or row.cites:
        found.append({"code": "cites", "about": row.cites[:200]})
    if row.messages(manager="all_records").filter(from_staff=False).exists():
        found.append({"code": "answered", "about": ""})
    return sorted(found, key=lambda flag: flag["code"] not in URGENT)


def put_flags(row: Submission, *, now: datetime) -> None:
    """Set what is to be seen of a submission, and whether it stands above older ones."""
    noted = [flag for flag in row.flags if flag["code"] == NAMED]
    row.flags = [*noted, *find_flags(row, now=now)]
    row.urgent = any(flag["code"] in URGENT for flag in row.flags)


def _of_living(parts: list[Part], now: datetime) -> Iterator[Flag]:
    """Whoever may be alive: born less than 110 years ago, and no death said or known."""
    for part in parts:
        if part.person is not None:
            if part.person.status in (PersonStatus.RESTRICTED, PersonStatus.HELD):
                yield {"code": "possibly-living", "about": part.position}
        elif part.kind == PartKind.PERSON and _may_live(part, now):
            yield {"code": "possibly-living", "about": part.position}


def _may_live(part: Part, now: datetime) -> bool:
    values = part.values
    if _DEAD_WORDS.search(values.get("fate", "")) or _DEAD_WORDS.search(values.get("sentence", "")):
        return False
    if understood(values.get("death_date", "")) or understood(values.get("execution_date", "")):
        return False
    born = understood(values.get("birth_date", "")) or understood(values.get("arrest_date", ""))
    if born is None or born.latest is None:
        return True
    return born.latest.year + LIVING_YEARS >= now.year


def _of_text(row: Submission, parts: list[Part]) -> Iterator[Flag]:
    """An address, a telephone number, or the contributor's own name in what would be shown."""
    texts = [row.how, *(text for part in parts for text in part.values.values())]
    name = row.credit_name.strip()
    for text in texts:
        if _ADDRESS.search(text) or _MYSELF.search(text) or (name and name in text):
            yield {"code": "names-contributor", "about": ""}
            return


def _of_dates(parts: list[Part]) -> Iterator[Flag]:
    """Dates in an order no life has; compared with what the registry says when it is decided."""
    for part in parts:
        dates = {
            name.removesuffix("_date") if name != "sentence_date" else name: understood(text)
            for name, text in part.values.items()
            if name in DATES
        }
        for earlier, later, code in LIFE:
            one, other = dates.get(earlier), dates.get(later)
            if one and other and certainly_after(one, other):
                yield {"code": "contradiction", "about": code}


def _of_others(row: Submission, parts: list[Part]) -> Iterator[Flag]:
    """Another submission that waits and is about the same person, or the same fact."""
    people = {part.person_id for part in parts if part.person_id is not None}
    keys = {part.name_key for part in parts if part.person_id is None} - {""}
    others = Part.all_records.filter(submission__state__in=OPEN_STATES).exclude(submission=row)
    same = others.filter(Q(person__in=people) | Q(name_key__in=keys)).order_by()
    numbers = same.values_list("submission__number", flat=True).distinct()
    for number in sorted(numbers[:MOST_ALIKE]) if people or keys else ():
        yield {"code": "duplicate", "about": number}
