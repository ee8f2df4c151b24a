"""Two people, or two entries, side by side: what they say, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import get_language, gettext_lazy as _

from registry.dates import FuzzyDate
from registry.models import Choice, Entry, EntryName, Person, Repression, Source, Standing
from registry.records.conclusions.chosen import parse_field

from .labels import FIELD_LABELS
from .worded import in_words

ADDRESS = re.compile(r"/(?:people|entries|person|entry)/([0-9]{1,17})(?:/|$)")
SAID = ("birth", "birth_place", "occupation", "residence", "death", "death_place", "archive_file")
"""What tells one entry from another at a glance."""
COMPARED: dict[str, Any] = {
    "birth": _("Born"),
    "birth_place": _("Place of birth"),
    "death": _("Died"),
    "death_place": _("Place of death"),
    "fate": _("Fate"),
    "nationality": _("Nationality"),
    "occupation": _("Occupation"),
}
REPRESSION_LABELS: dict[str, Any] = {
    "arrest": _("Arrested"),
    "arrested_by": _("Arrested by"),
    "arrest_place": _("Place of arrest"),
    "sentencing_body": _("Sentencing body"),
    "sentence_date": _("Sentenced"),
    "sentence": _("Sentence"),
    "execution": _("Shot"),
    "execution_place": _("Place of execution"),
    "release": _("Released"),
}
PLACED = {"burial": "burial_place"}
"""Facts whose column is called otherwise."""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in short: its source, where in it, and what it says."""

    id: int
    person: int
    source: str
    where: str
    names: tuple[str, ...]
    says: tuple[tuple[Any, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing said of both."""

    label: Any
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Tell whether both say something, and not the same."""
        return bool(self.left and self.right and self.left != self.right)


def number_of(text: str) -> int | None:
    """Return the number that a number or an address of a person or an entry names."""
    if text.isdecimal() and text.isascii() and len(text) < 18:
        return int(text)
    named = ADDRESS.search(text)
    return int(named[1]) if named else None


def compare_people(left: Person, right: Person) -> list[Row]:
    """Return what is concluded of two people, field by field, where either has anything."""
    names = names_of([left.pk, right.pk])
    rows = [Row(_("Names"), "; ".join(names[left.pk]), "; ".join(names[right.pk]))]
    rows += [Row(label, said(left, name), said(right, name)) for name, label in COMPARED.items()]
    return [row for row in rows if row.left or row.right]


def names_of(people: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return every spelling of the names of these people, each once."""
    found: dict[int, dict[str, None]] = {person: {} for person in people}
    rows = EntryName.all_records.filter(entry__person__in=people, entry__standing=Standing.IN_USE)
    for person, full in rows.order_by("pk").values_list("entry__person", "full"):
        found[person].setdefault(full)
    return {person: tuple(own) for person, own in found.items()}


def entry_lines(entries: Iterable[Entry]) -> list[EntryLine]:
    """Return entries in short, in a number of queries that does not grow."""
    rows = entries.select_related(  # type: ignore[attr-defined]  # managers are built by hand
        "source", "passage"
    ).prefetch_related(
        Prefetch("names", EntryName.all_records.all()),
        Prefetch("repressions", Repression.all_records.all()),
    )
    return [_line(row) for row in rows.order_by("pk")]


def _line(row: Entry) -> EntryLine:
    says = [(FIELD_LABELS[name], said(row, name)) for name in SAID]
    for repression in row.repressions.all():
        says += [
            (REPRESSION_LABELS[name], said(repression, name))
            for name in ("arrest", "sentence", "execution")
        ]
    return EntryLine(
        id=row.pk,
        person=row.person_id,
        source=title_of(row.source, get_language() or "en"),
        where=row.passage.locator if row.passage else "",
        names=tuple(dict.fromkeys(name.full for name in row.names.all())),
        says=tuple((label, value) for label, value in says if value),
    )


def title_of(source: Source, language: str) -> str:
    """Return the title of a source for its reader."""
    return str(source.wording.get("title", {}).get(language, source.title))


def label_of(choice: Choice) -> Any:
    """Return what the field of a choice is called."""
    _position, name = parse_field(choice.field)
    return FIELD_LABELS.get(name) or REPRESSION_LABELS.get(name, name)


def believed(choice: Choice) -> str:
    """Return what the entry of a choice says of its field."""
    position, name = parse_field(choice.field)
    holder: Any = choice.entry
    if position is not None:
        rows = Repression.all_records.filter(entry=choice.entry_id, position=position)
        holder = rows.first()
    return told(getattr(holder, PLACED.get(name, name), None))


def said(row: Any, name: str) -> str:
    """Return what a record says of a field: a text in the reader's language where it has one."""
    value = getattr(row, name)
    return in_words(row, name) if isinstance(value, str) else told(value)


def told(value: Any) -> str:
    """Return a value as text: a date as it was read, a term by its label."""
    if value is None:
        return ""
    if isinstance(value, FuzzyDate):
        return value.edtf or value.printed
    label = getattr(value, "label", None)
    return str(label(get_language() or "en")) if callable(label) else str(value)
