"""One entry that somebody types into a form, read as an import would read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from registry.formats import Row
from registry.names import split_full

from .entry_table import EntryReader, Group, Read
from .gathering import Known
from .importing import known_terms

RECOGNISED = frozenset(
    {"residence", "birth_place", "arrest_place", "sentence", "articles", "charge"}
)
"""Columns whose text is looked through for terms."""
KNOWN = "known"
NAME_PARTS = ("family_name", "given_name", "patronymic")


def read_typed(
    *,
    source: str,
    key: str,
    values: Mapping[str, Any],
    language: str = "",
    known_person: bool = False,
    terms: Callable[[], Known] = known_terms,
) -> Read:
    """Read the values of one entry, by the columns of the entry table.

    `language` is that of the names and of the print; of a `known_person` no name is needed.
    Parts of a name that were not typed are read out of the full one. The result has the draft, or
    the problems why there is none, and how each date was understood. The vocabularies are read
    (`terms`) only where a text could name one of their terms.
    """
    given = {name: value for name, value in values.items() if value}
    full = given.get("full_name", "")
    if full and not any(given.get(name) for name in NAME_PARTS):
        read = split_full(full)
        parts = zip(NAME_PARTS, (read.family, read.given, read.patronymic), strict=True)
        given.update({name: part for name, part in parts if part})
    if language:
        given = {"name_language": language, "language": language, **given}
    if known_person:
        given["person_key"] = KNOWN
    known = terms() if RECOGNISED & given.keys() else Known()
    found = EntryReader(known=known).read(Group(source, key, (Row(1, given),)))
    if known_person and found.draft is not None:
        # Who is meant is said by number, and by no key that joins other entries.
        return replace(found, draft=replace(found.draft, person_key=""))
    return found
