"""What became of each part of a submission, in the contributor's words and those of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.models import PartKind
from registry.records.public.shapes import PersonLine
from registry.submissions.own import OwnPart, OwnSubmission
from registry.wording.questions import value_words

from .boxes import answer_words
from .places import part_title, people_of

PAGE_OF: Mapping[str, str] = {
    PartKind.SITE: "place",
    PartKind.TAKEDOWN: "wish",
    PartKind.BIOGRAPHY: "story",
    PartKind.FIGURE: "figure",
}


@dataclass(frozen=True, slots=True)
class ValueBecame:
    """One value: as it was sent, as what it was taken, or that it was left out."""

    label: str
    text: str
    edited: str
    left_out: bool


@dataclass(frozen=True, slots=True)
class Became:
    """One part: what it said, what was decided of it, and whom it is about."""

    own: OwnPart
    title: str
    person: PersonLine | None
    said: tuple[ValueBecame, ...]


def became(own: OwnSubmission) -> list[Became]:
    """Return what became of each part; one query for the people who are shown."""
    people = people_of(own)
    return [
        Became(
            own=part,
            title=part_title(own, part, people.get(part.person or 0)),
            person=people.get(part.person or 0),
            said=tuple(_value(part, name, text) for name, text in part.values.items()),
        )
        for part in own.parts
    ]


def _value(part: OwnPart, name: str, text: str) -> ValueBecame:
    page = PAGE_OF.get(part.kind, "")
    return ValueBecame(
        label=value_words(name, page),
        text=answer_words(name, page, text),
        edited=part.edited.get(name, ""),
        left_out=name in part.left_out,
    )
