"""The names of a person as the public sees them: the main one, the reader's, all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from registry.records.conclusions.facts import EntryFacts
from registry.records.conclusions.rules import NAME_ORDER, conclude_name

from .lines import READER_ORDER
from .shapes import PublicName
from .valuing import Reader


def public_names(facts: Iterable[EntryFacts], reader: Reader) -> tuple[PublicName, ...]:
    """Return every spelling once, the main ones first, with all entries that have it.

    What an entry says that is discredited as a whole is left out.
    """
    marks: dict[PublicName, list[int]] = {}
    for entry in facts:
        for n in entry.names if "*" not in entry.discredited else ():
            name = PublicName(
                n.kind, n.family, n.given, n.patronymic, n.full, n.language, n.script, ()
            )
            marks.setdefault(name, []).append(entry.ref.id)
    names = [replace(name, marks=reader.numbers(ids)) for name, ids in marks.items()]
    return tuple(sorted(names, key=lambda name: NAME_ORDER.index(name.kind)))


def main_name(facts: Sequence[EntryFacts], names: Sequence[PublicName]) -> PublicName:
    """Return the main name of `names`; an empty one where no entry believed has a name."""
    chosen = conclude_name(facts)
    if chosen is None:
        return PublicName("main", "", "", "", "", "", "", ())
    wanted = chosen[1]
    return next(n for n in names if n.full == wanted.full and n.kind == wanted.kind)


def reader_name(
    facts: Sequence[EntryFacts], names: Sequence[PublicName], language: str
) -> PublicName | None:
    """Return the name in the reader's language, or None where the main name is that already."""
    main = main_name(facts, names)
    if main.lang == language:
        return None
    own = [name for name in names if name.lang == language]
    found = min(own, key=lambda name: READER_ORDER.index(name.kind), default=None)
    return None if found is None or found.full == main.full else found
