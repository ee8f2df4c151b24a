"""Whether the index of names was made by the code that reads it: what each is known by."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.resources import files

from registry.models import IndexState

MODULES = {
    "registry.names": (
        "deriving", "families", "folding", "indexing", "keys", "likeness", "parts", "patronymics",
        "scripts", "syllables", "transducing",
    ),
    "registry.search.index": ("forms", "traces"),
}  # fmt: skip
"""The code that decides what is in the index, together with every table of names."""


class Condition(StrEnum):
    """How index and code stand to one another."""

    CURRENT = "current"
    OUTDATED = "outdated"
    """Made by other code: some people are not found by some spellings."""
    BUILDING = "building"
    """Being made anew, or cut off while it was."""
    MISSING = "missing"
    """Never made: nobody is found by name."""


@cache
def fingerprint() -> str:
    """Return what this code and its tables are known by: 64 hexadecimal digits."""
    found = sha256()
    tables = files("registry.names").joinpath("tables")
    for path in sorted(tables.iterdir(), key=lambda one: one.name):
        found.update(path.read_bytes())
    for package, modules in MODULES.items():
        for name in modules:
            found.update(files(package).joinpath(f"{name}.py").read_bytes())
    return found.hexdigest()


def stamp() -> None:
    """Note of an index that is begun with its first name that this code makes it."""
    IndexState.all_records.get_or_create(id=1, defaults={"fingerprint": fingerprint()})


def condition() -> Condition:
    """Return how the index of names stands to this code; one small query.

    A registry without people has no state, and nothing to be indexed.
    """
    state = IndexState.all_records.first()
    if state is None:
        return Condition.CURRENT
    if state.building:
        return Condition.BUILDING
    if not state.fingerprint:
        return Condition.MISSING
    return Condition.CURRENT if state.fingerprint == fingerprint() else Condition.OUTDATED
