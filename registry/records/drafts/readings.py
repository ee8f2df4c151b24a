"""What we read out of a printed field, by its path in the draft of an entry: `birth`,
`repressions.1.arrest`, `repressions.1.rulings.2.date`.

The print stays whatever is read from it. A reading that an editor corrected is noted under its
path in `EntryDraft.reading`, and goes over to a newer version of the entry as long as the print
it was read from is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from registry.dates import Calendar, DateError, FuzzyDate, read_printed
from registry.models import BurialCertainty, Entry, RepressionKind, RulingKind, Sex, StayKind
from registry.names import words
from registry.records.conclusions.facts import canonical_field

from .entries import EntryDraft

CORRECTED = "corrected"
"""The reason under which a corrected reading is noted."""
COPIED = "copied-anew"
"""The reason under which it is noted, for the whole entry, that an editor copied it anew."""
MARKED = "discredited"
"""The reason under which it is noted that an editor, and not the source, discredited a field."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A kind of reading, and the fields beside it whose texts are the print it is read from.

    A date is its own print. What has no print is as the source gives it.
    """

    kind: str
    printed: tuple[str, ...] = ()


_DATE = Reading("date")
_OF_REPRESSION = (
    "arrest", "arrest_place", "charge", "articles", "sentence_date", "sentence", "execution",
)  # fmt: skip
"""What tells one repression of an entry from another."""
_RULING = {
    "kind": Reading("ruling", ("text", "body", "ground", "date")),
    "date": _DATE,
}
_STAY = {
    "kind": Reading("stay", ("place",)),
    "site": Reading("site", ("place",)),
    "from_date": _DATE,
    "to_date": _DATE,
}
READINGS: dict[str, Reading] = {
    "sex": Reading("sex"),
    "birth": _DATE,
    "birth_region": Reading("region", ("birth_place",)),
    "residence_region": Reading("region", ("residence",)),
    "death": _DATE,
    "burial_site": Reading("site", ("burial_place",)),
    "burial_certainty": Reading("certainty", ("burial_place",)),
    **{f"names.*.{part}": Reading("name", ("full",)) for part in ("family", "given", "patronymic")},
    "repressions.*.kind": Reading("repression", _OF_REPRESSION),
    "repressions.*.episode": Reading("number", _OF_REPRESSION),
    "repressions.*.arrest": _DATE,
    "repressions.*.arrest_region": Reading("region", ("arrest_place",)),
    "repressions.*.article_codes": Reading("articles", ("articles", "charge")),
    "repressions.*.sentence_date": _DATE,
    "repressions.*.sentence_kind": Reading("sentence-kind", ("sentence",)),
    "repressions.*.sentence_months": Reading("number", ("sentence",)),
    "repressions.*.execution": _DATE,
    "repressions.*.execution_site": Reading("site", ("execution_place",)),
    "repressions.*.release": _DATE,
    **{f"repressions.*.rulings.*.{name}": own for name, own in _RULING.items()},
    **{f"repressions.*.stays.*.{name}": own for name, own in _STAY.items()},
    **{f"rulings.*.{name}": own for name, own in _RULING.items()},
    **{f"stays.*.{name}": own for name, own in _STAY.items()},
    "roles.*.from_date": _DATE,
    "roles.*.to_date": _DATE,
}
"""Every reading there is, by its path with a star for each number, in the order of a page."""
TRANSCRIBED = frozenset({"sex", "ruling", "stay", "repression", "certainty"})
"""Kinds of readings that whoever transcribes an entry states, too."""


KNOWN: dict[str, frozenset[str]] = {
    "sex": frozenset({"", *Sex.values}),
    "certainty": frozenset({"", *BurialCertainty.values}),
    "repression": frozenset(RepressionKind.values),
    "ruling": frozenset(RulingKind.values),
    "stay": frozenset({"", *StayKind.values}),
}
"""What a reading of these kinds can be. Terms and places are looked up by whoever writes."""


class ReadingRefused(ValueError):
    """A reading that cannot be: `field` is its path, `code` says why.

    For a date the reasons of `registry.dates`; else `unknown-field`, `nothing-printed`,
    `not-in-print` (of a part of a name), `unknown`, `bad-number`.
    """

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


@dataclass(frozen=True, slots=True)
class DateReading:
    """How a printed date is to be read: as EDTF or in any printed form; empty where it cannot be.

    `calendar` is a `Calendar` value; where it is empty, `text` says it or nobody does.
    """

    text: str
    calendar: str = ""


def shape_of(path: str) -> str:
    """Return a path with a star for each number."""
    return ".".join("*" if step.isdecimal() else step for step in path.split("."))


def value_at(draft: EntryDraft, path: str) -> Any:
    """Return what stands at a path. Raises LookupError where the draft has no such part."""
    found: Any = draft
    for step in path.split("."):
        if step.isdecimal():
            if not 1 <= int(step) <= len(found):
                raise LookupError(path)
            found = found[int(step) - 1]
        else:
            found = getattr(found, step)
    return found


def with_value(draft: EntryDraft, path: str, value: Any) -> EntryDraft:
    """Return the draft with another value at a path that it has."""
    changed: EntryDraft = _with(draft, path.split("."), value)
    return changed


def _with(found: Any, steps: list[str], value: Any) -> Any:
    head, rest = steps[0], steps[1:]
    if head.isdecimal():
        at = int(head) - 1
        return (*found[:at], _with(found[at], rest, value), *found[at + 1 :])
    own = _with(getattr(found, head), rest, value) if rest else value
    return replace(found, **{head: own})


def reading_paths(draft: EntryDraft) -> Iterator[str]:
    """Yield the path of every reading a draft has or could have; of dates those it has."""
    for shape, reading in READINGS.items():
        yield from _paths(draft, "", shape.split("."), is_date=reading is _DATE)


def _paths(found: Any, at: str, steps: list[str], *, is_date: bool) -> Iterator[str]:
    head, rest = steps[0], steps[1:]
    if head == "*":
        for number, own in enumerate(found, start=1):
            yield from _paths(own, f"{at}{number}.", rest, is_date=is_date)
    elif rest:
        yield from _paths(getattr(found, head), f"{at}{head}.", rest, is_date=is_date)
    elif not is_date or getattr(found, head) is not None:
        yield f"{at}{head}"


def print_of(draft: EntryDraft, path: str) -> str:
    """Return the print that what stands at a path is read from, empty where there is none."""
    reading = READINGS[shape_of(path)]
    if reading is _DATE:
        return _text(value_at(draft, path))
    beside = path.rpartition(".")[0]
    names = (f"{beside}.{name}" if beside else name for name in reading.printed)
    return "\n".join(filter(None, (_text(value_at(draft, name)) for name in names)))


def _text(value: str | FuzzyDate | None) -> str:
    if isinstance(value, FuzzyDate):
        return value.printed or value.edtf
    return value or ""


def told(value: Any) -> Any:
    """Return a reading as plain data, by which it is remembered and compared."""
    if isinstance(value, FuzzyDate):
        return value.edtf
    return list(value) if isinstance(value, tuple) else value


def correct(draft: EntryDraft, path: str, value: Any) -> EntryDraft:
    """Return the draft with a reading corrected, and noted with what it was before.

    A date takes a `DateReading`, the articles a tuple of codes, numbers a number or None, all
    else a text. One corrected back to what it was is no correction. Raises ReadingRefused.
    """
    reading = READINGS.get(shape_of(path))
    try:
        old = value_at(draft, path) if reading else None
    except LookupError:
        reading = None
    if reading is None:
        raise ReadingRefused(path, "unknown-field")
    new = _dated(path, old, value) if reading is _DATE else _checked(draft, path, reading, value)
    if new == old:
        return draft
    draft = with_value(draft, path, new)
    notes = {name: dict(note) for name, note in draft.reading.items()}
    before = notes.pop(path, {})
    first = before if before.get("reason") == CORRECTED else {"was": told(old)}
    noted = before.get("noted", "") if "was" in before else before.get("reason", "")
    if told(new) != first["was"] or reading is _DATE:
        notes[path] = {"reason": CORRECTED, "was": first["was"]}
        notes[path].update({"noted": noted} if noted else {})
    elif noted:
        notes[path] = {"reason": noted}
    return replace(draft, reading=notes)


def _dated(path: str, old: FuzzyDate | None, value: DateReading) -> FuzzyDate:
    if old is None:
        raise ReadingRefused(path, "nothing-printed")
    if not value.text.strip():
        return FuzzyDate(old.printed, "", None, None)
    try:
        read = read_printed(value.text)
    except DateError as error:
        raise ReadingRefused(path, error.reason.value) from error
    calendar = Calendar(value.calendar) if value.calendar else read.calendar
    return replace(read, printed=old.printed, calendar=calendar)


def _checked(draft: EntryDraft, path: str, reading: Reading, value: Any) -> Any:
    if reading.kind in KNOWN and value not in KNOWN[reading.kind]:
        raise ReadingRefused(path, "unknown")
    if reading.kind == "number" and value is not None and not 1 <= value < 32768:
        raise ReadingRefused(path, "bad-number")
    if reading.kind == "name":
        full = [word.casefold() for word in words(print_of(draft, path))]
        if any(word.casefold() not in full for word in words(value)):
            raise ReadingRefused(path, "not-in-print")
    return value


def corrected_paths(reading: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the paths whose reading was corrected."""
    return [path for path, note in reading.items() if note.get("reason") == CORRECTED]


def keep_readings(old: EntryDraft, new: EntryDraft, paths: Iterable[str]) -> EntryDraft:
    """Return a newer version with the readings that the older had at these paths.

    Each goes to where the same print stands now: the same path, else another of its kind. One
    without print goes where the newer version says nothing, or still says what was corrected.
    """
    reading = dict(new.reading)
    taken: set[str] = set()
    for path in paths:
        here = next((own for own in _counterparts(old, new, path) if own not in taken), None)
        if here is None:
            continue
        taken.add(here)
        new = with_value(new, here, value_at(old, path))
        if path in old.reading:
            reading[here] = old.reading[path]
        else:
            reading.pop(here, None)
    return replace(new, reading=reading)


def _counterparts(old: EntryDraft, new: EntryDraft, path: str) -> Iterator[str]:
    shape = shape_of(path)
    own = [other for other in reading_paths(new) if shape_of(other) == shape]
    printed = print_of(old, path)
    if printed:
        same = [other for other in own if print_of(new, other) == printed]
        yield from sorted(same, key=lambda other: other != path)
    elif path in own and not print_of(new, path):
        said = told(value_at(new, path))
        if not said or said == old.reading.get(path, {}).get("was"):
            yield path


def doubt_mark(field: str) -> str:
    """Return under what an entry notes that a field was discredited by an editor.

    What the source itself discredits goes as the source says.
    """
    return f"discredited.{field}"


def keep_doubts(entry: Entry, new: EntryDraft) -> EntryDraft:
    """Return a newer version of an entry that still doubts what editors doubted of the older."""
    kept = [name for name in entry.discredited if doubt_mark(name) in entry.reading]
    said = {canonical_field(name): name for name in new.discredited}
    discredited, reading = dict(new.discredited), dict(new.reading)
    wording = dict(new.wording)
    for name in kept:
        discredited.pop(said.get(canonical_field(name), ""), None)
        discredited[name] = entry.discredited[name]
        reading[doubt_mark(name)] = entry.reading[doubt_mark(name)]
        wording.pop(f"discredited.{name}", None)
        if own := entry.wording.get(f"discredited.{name}"):
            wording[f"discredited.{name}"] = own
    return replace(new, discredited=discredited, reading=reading, wording=wording)
