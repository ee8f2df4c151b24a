"""How well the search finds people, as it was last measured: for the page about the registry.

`quality.json` is what `python -m tests.relevance --json` wrote, as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from registry.dates import FuzzyDate, parse_edtf

MEASURED = Path(__file__).with_name("quality.json")
LATIN, FORM, NOBODY = "Latin", "form: ", "nobody: "


@dataclass(frozen=True, slots=True)
class Row:
    """One class of questions, or one language (`kind` empty); shares in hundredths.

    Where nobody is right, `first` is None, and `ten` is how often that was answered.
    """

    kind: str
    language: str
    first: float | None
    ten: float
    empty: float


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured, when, on how many people, by how many questions.

    `pairs_people`: among how many the real pairs stood.
    """

    day: FuzzyDate
    people: int
    pairs_people: int
    questions: int
    rows: tuple[Row, ...]


@cache
def _measured() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return found


def quality() -> Quality:
    """Return the figures."""
    told = _measured()
    return Quality(
        day=parse_edtf(told["measured"]),
        people=told["people"],
        pairs_people=told["pairs_people"],
        questions=told["queries"],
        rows=tuple(_rows(told["classes"])),
    )


def _rows(classes: Mapping[str, Mapping[str, float]]) -> Iterator[Row]:
    """Yield the rows in the order they were measured, the customs of Latin letters as one."""
    together: dict[str, list[Mapping[str, float]]] = {}
    for kind, own in classes.items():
        together.setdefault(LATIN if kind.startswith(f"{LATIN}: ") else kind, []).append(own)
    for kind, several in together.items():
        first, ten, empty = (_share(name, several) for name in ("s1", "s10", "empty"))
        is_form = kind.startswith(FORM)
        yield Row(
            kind="" if is_form else kind,
            language=kind.removeprefix(FORM) if is_form else "",
            first=None if kind.startswith(NOBODY) else first,
            ten=ten,
            empty=empty,
        )


def _share(name: str, several: list[Mapping[str, float]]) -> float:
    whole = sum(own["queries"] for own in several)
    return 100 * sum(own[name] * own["queries"] for own in several) / whole
