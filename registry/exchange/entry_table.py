"""The entry table: rows with one source and key, read into one entry."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from registry.formats import Row
from registry.models import BurialCertainty, Rendering
from registry.records.drafts.entries import EntryDraft, PassageDraft, RepressionDraft

from .columns import ENTRY_TEXTS, LIMITS, NAMES, NESTED, PASSAGE, REPEATED
from .gathering import DateRead, Gathering, Known, Problem, ReadingOptions
from .parts import (
    flat_repression,
    flat_rulings,
    flat_stays,
    nested_repressions,
    nested_rulings,
    read_names,
    read_roles,
)

MOST_ROWS = 500
"""Rows of one entry; what has more is a mistake of the key, and would grow memory."""
_SEXES = {
    **dict.fromkeys(("m", "male", "м", "муж", "муж.", "мужской", "ч", "чол", "чол."), "m"),
    **dict.fromkeys(("f", "female", "ж", "жен", "жен.", "женский", "жін", "жін."), "f"),
}
_CERTAINTIES = frozenset(BurialCertainty.values)
_RENDERINGS = frozenset(Rendering.values)
_DISCREDITED = re.compile(r";\s*(?=(?:[a-z_]+|\*)\s*:)")
_FIELD_AND_REASON = re.compile(r"([a-z_]+|\*)\s*:\s*(.+)", re.DOTALL)
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together and have one source and key."""

    source: str
    key: str
    rows: tuple[Row, ...]

    @property
    def last(self) -> int:
        """Return the number of the last row."""
        return self.rows[-1].number


@dataclass(frozen=True, slots=True)
class Read:
    """What a group was read as: a draft, or none and the problems; and the dates in it."""

    group: Group
    draft: EntryDraft | None
    problems: tuple[Problem, ...]
    dates: tuple[DateRead, ...]


def group_rows(rows: Iterator[Row], *, source: str) -> Iterator[Group]:
    """Gather following rows of one source and key; `source` is that of rows that name none.

    A row without a key stands alone. A group of more than MOST_ROWS is parted, and found out
    by whoever looks whether keys stand together.
    """
    held: list[Row] = []
    identity = ("", "")
    for row in rows:
        own = row.values.get("source"), row.values.get("key")
        here = (_identity(own[0]) or source, _identity(own[1]))
        if held and (here != identity or not here[1] or len(held) == MOST_ROWS):
            yield Group(*identity, tuple(held))
            held = []
        identity = here
        held.append(row)
    if held:
        yield Group(*identity, tuple(held))


def unknown_columns(row: Row) -> list[str]:
    """Return the columns of a row that are not of the entry table."""
    return sorted(row.values.keys() - LIMITS.keys() - NESTED)


class EntryReader:
    """Reads groups of rows into drafts; one for a whole file."""

    def __init__(self, *, options: ReadingOptions | None = None, known: Known | None = None):
        self.options = options or ReadingOptions()
        self.known = known or Known()
        self._salt = self.options.canonical

    def read(self, group: Group) -> Read:
        """Read one group. Nothing is raised: what is wrong is in the problems, by field."""
        gathering = Gathering(self.options, self.known)
        cells = []
        for row in group.rows:
            gathering.row = row.number
            cells.append(gathering.cells(row.values))
        gathering.row = group.rows[0].number
        draft = self._draft(group, cells, gathering)
        if gathering.problems:
            return Read(group, None, tuple(gathering.problems), tuple(gathering.dates))
        return Read(group, draft, (), tuple(gathering.dates))

    def _draft(self, group: Group, rows: list[dict[str, Any]], gathering: Gathering) -> EntryDraft:
        first = rows[0]
        fields: dict[str, Any] = {name: first[name] for name in first if name in ENTRY_TEXTS}
        _check_identity(group, gathering)
        names = read_names(first, gathering)
        if not names and "person_key" not in first and not gathering.refused(NAMES):
            gathering.refuse("full_name", "no-name")
        if "sex" in first:
            fields["sex"] = _SEXES.get(first["sex"].lower(), "")
            if not fields["sex"]:
                gathering.refuse("sex", "bad-sex", first["sex"])
        self._read_dates_and_places(first, fields, gathering)
        if first.get("burial_certainty", "") not in _CERTAINTIES:
            gathering.refuse("burial_certainty", "bad-certainty", first["burial_certainty"])
        fields["burial_certainty"] = first.get("burial_certainty", "")
        if "role" in first or "roles" in first:
            fields["roles"] = read_roles(first, gathering)
        if "discredited" in first:
            fields["discredited"] = _discredited(first["discredited"], gathering)
        if "wording" in first:
            fields["wording"] = gathering.wording(first["wording"], "wording")
        self._read_repressions(group, rows, fields, gathering)
        return EntryDraft(
            source=group.source,
            key=group.key,
            content_hash=self._hash(rows),
            person_key=first.get("person_key", ""),
            names=names,
            passage=_passage(first, gathering),
            reading=gathering.reading,
            **fields,
        )

    def _read_dates_and_places(
        self, first: dict[str, Any], fields: dict[str, Any], gathering: Gathering
    ) -> None:
        if "birth_date" in first:
            calendar = first.get("birth_calendar", "")
            fields["birth"] = gathering.date(first["birth_date"], "birth_date", "birth", calendar)
        if "death_date" in first:
            fields["death"] = gathering.date(first["death_date"], "death_date", "death")
        for place, region in (("birth_place", "birth_region"), ("residence", "residence_region")):
            if place in first and region not in first:
                fields[region] = self.known.regions.region_in(first[place])

    def _read_repressions(
        self,
        group: Group,
        rows: list[dict[str, Any]],
        fields: dict[str, Any],
        gathering: Gathering,
    ) -> None:
        """Read the repressions of all rows; what belongs to none of them is the entry's."""
        repressions: list[RepressionDraft] = []
        first = rows[0]
        for row, cells in zip(group.rows, rows, strict=True):
            gathering.row = row.number
            if cells is not first:
                _check_following(first, cells, gathering)
            at = f"repressions.{len(repressions) + 1}"
            found = flat_repression(cells, at, gathering)
            if found is not None:
                repressions.append(found)
            else:
                _read_afterwards(cells, repressions, fields, gathering)
            if "repressions" in cells:
                repressions += nested_repressions(cells, len(repressions) + 1, gathering)
            if "rulings" in cells:
                own = nested_rulings(cells, "rulings", gathering)
                fields["rulings"] = fields.get("rulings", ()) + own
        fields["repressions"] = tuple(repressions)

    def _hash(self, rows: list[dict[str, Any]]) -> str:
        said = [{name: row[name] for name in row if name != "source"} for row in rows]
        return hashlib.sha256((_ENCODE(said) + self._salt).encode()).hexdigest()


def _check_identity(group: Group, gathering: Gathering) -> None:
    if not group.key and not gathering.refused({"key"}):
        gathering.refuse("key", "missing-key")
    if not group.source and not gathering.refused({"source"}):
        gathering.refuse("source", "missing-source")


def _read_afterwards(
    cells: dict[str, Any],
    repressions: list[RepressionDraft],
    fields: dict[str, Any],
    gathering: Gathering,
) -> None:
    """Give rulings and stays of a row without a repression to the one before it, or the entry."""
    at = f"repressions.{len(repressions)}" if repressions else ""
    rulings = flat_rulings(cells, at, gathering)
    stays = flat_stays(cells, at, gathering) if "stays" in cells else ()
    if repressions:
        last = repressions[-1]
        repressions[-1] = replace(last, rulings=last.rulings + rulings, stays=last.stays + stays)
    else:
        fields["rulings"] = fields.get("rulings", ()) + rulings
        fields["stays"] = fields.get("stays", ()) + stays


def _check_following(first: dict[str, Any], cells: dict[str, Any], gathering: Gathering) -> None:
    for column, value in cells.items():
        if column not in REPEATED and column not in NESTED and first.get(column) != value:
            gathering.refuse(column, "differs-from-first-row", value)


def _discredited(raw: Any, gathering: Gathering) -> dict[str, str]:
    if isinstance(raw, str):
        matches = [_FIELD_AND_REASON.fullmatch(part.strip()) for part in _DISCREDITED.split(raw)]
        pairs = [match.groups() for match in matches if match]
        if None in matches:
            gathering.refuse("discredited", "bad-discredited", raw)
    else:
        pairs = list(raw.items()) if isinstance(raw, dict) else [("", "")]
    found: dict[str, str] = {}
    for name, reason in pairs:
        known = name == "*" or name in LIMITS
        if not known or not isinstance(reason, str) or not reason.strip() or name in found:
            gathering.refuse("discredited", "bad-discredited", name)
        else:
            found[name] = reason.strip().removesuffix(";")
    return found


def _passage(first: dict[str, Any], gathering: Gathering) -> PassageDraft | None:
    if PASSAGE.keys().isdisjoint(first) and "passage_wording" not in first:
        return None
    rendering = first.get("rendering", Rendering.TRANSCRIBED.value)
    if rendering not in _RENDERINGS:
        gathering.refuse("rendering", "bad-rendering", rendering)
    locator, text = first.get("locator", ""), first.get("verbatim", "")
    # Print that stands at one place is one passage, of however many entries: a family in a line.
    shared = locator and text and rendering == Rendering.TRANSCRIBED
    return PassageDraft(
        locator=locator,
        url=first.get("passage_url", ""),
        quotes=first.get("quotes", ""),
        language=first.get("language", ""),
        rendering=rendering,
        text=text,
        key=hashlib.sha256(f"{locator}\n{text}".encode()).hexdigest()[:32] if shared else "",
        wording=gathering.wording(first.get("passage_wording"), "passage_wording"),
    )


def _identity(value: Any) -> str:
    """Return a source or key as text; what is neither text nor number is refused later."""
    return str(value).strip() if isinstance(value, (str, int)) else ""
