"""A corrected transcription of an entry: what is printed is new, what else is known of it stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from .entries import EntryDraft
from .readings import READINGS, TRANSCRIBED, keep_readings, reading_paths, shape_of, value_at

STATED = TRANSCRIBED | {"name", "site"}
"""Kinds of readings that a transcription states itself; the others are read from its print."""
EPISODE = "repressions.*.episode"
Worded = dict[tuple[str, str, str], Mapping[str, str]]


def transcribe(old: EntryDraft, new: EntryDraft) -> EntryDraft:
    """Return what an entry says after it was copied anew.

    Kept are its identity, its doubts, our readings of what is printed as before, and the
    wording of texts that are the same. Of a text that differs the region stays where nothing
    else is recognised in it.
    """
    keep = [path for path in reading_paths(old) if _is_kept(old, new, path)]
    known = set(reading_paths(old))
    notes = {path: note for path, note in old.reading.items() if path not in known}
    kept = keep_readings(old, replace(new, reading={**notes, **new.reading}), keep)
    kept = replace(
        kept,
        source=old.source,
        key=old.key,
        content_hash=old.content_hash,
        person_key=old.person_key,
        discredited=old.discredited,
        birth_region=kept.birth_region or (old.birth_region if kept.birth_place else ""),
        residence_region=kept.residence_region or (old.residence_region if kept.residence else ""),
    )
    worded: Worded = {}
    for part in _parts(old):
        for name, texts in part.wording.items():
            worded[type(part).__name__, name, getattr(part, name, "")] = texts
    result: EntryDraft = _with_wording(kept, worded)
    return replace(result, wording={**result.wording, **_of_doubts(old)})


def _is_kept(old: EntryDraft, new: EntryDraft, path: str) -> bool:
    shape = shape_of(path)
    if READINGS[shape].kind not in STATED and shape != EPISODE:
        return True
    try:
        return bool(value_at(new, path) == value_at(old, path))
    except LookupError:
        return False


def _of_doubts(draft: EntryDraft) -> dict[str, Mapping[str, str]]:
    return {name: own for name, own in draft.wording.items() if name.startswith("discredited.")}


def _parts(part: Any) -> Iterator[Any]:
    """Yield a draft and all that belongs to it, where it can be worded."""
    yield part
    for field in fields(part):
        value = getattr(part, field.name)
        for own in value if isinstance(value, tuple) else (value,):
            if is_dataclass(own) and hasattr(own, "wording"):
                yield from _parts(own)


def _with_wording(part: Any, worded: Worded) -> Any:
    changed: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, tuple):
            changed[field.name] = tuple(
                _with_wording(own, worded) if hasattr(own, "wording") else own for own in value
            )
        elif is_dataclass(value) and hasattr(value, "wording"):
            changed[field.name] = _with_wording(value, worded)
    own_texts = {
        name: worded[type(part).__name__, name, getattr(part, name)]
        for name in (field.name for field in fields(part))
        if isinstance(getattr(part, name), str)
        and (type(part).__name__, name, getattr(part, name)) in worded
    }
    return replace(part, **changed, wording=own_texts)
