"""What is told of someone who may be living: name, years, fate and source, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .lines import year_of
from .shapes import PublicEntry, PublicFact, PublicValue

RESTRICTED_FIELDS = frozenset({"birth", "death", "fate"})
"""All that is told of someone who may be living."""


def year_only(fact: PublicFact) -> PublicFact:
    """Return the fact with its dates cut to years: of the possibly living, years are told.

    What differed by days alone is one value then, and nothing tells that it differed.
    """
    values = _once(_in_years(fact.values))
    told = _once(_in_years([*fact.values, *fact.rivals]))
    rivals = told[len(values) :]
    agreed = "agreed" if any(len(value.marks) > 1 for value in told) else "only"
    return replace(
        fact,
        values=told[: len(values)],
        rivals=rivals,
        rule=fact.rule if rivals else agreed,
        calendar=False,
    )


def _in_years(values: Iterable[PublicValue]) -> tuple[PublicValue, ...]:
    """Cut dates to years and terms to their labels; what is in print alone is left out."""
    cut = (
        replace(value, date=year_of(value.date), text=value.text if value.code else None)
        for value in values
    )
    bare = (replace(value, printed=()) for value in cut)
    return tuple(value for value in bare if value.date or value.text)


def _once(values: Iterable[PublicValue]) -> tuple[PublicValue, ...]:
    """Return equal values once, with the marks of all of them."""
    marks: dict[PublicValue, set[int]] = {}
    for value in values:
        marks.setdefault(replace(value, marks=()), set()).update(value.marks)
    return tuple(replace(value, marks=tuple(sorted(own))) for value, own in marks.items())


def without_private(entry: PublicEntry) -> PublicEntry:
    """Return an entry that tells name and source alone."""
    return replace(
        entry,
        passage=None,
        fields=tuple(
            (name, cut)
            for name, value in entry.fields
            if name in RESTRICTED_FIELDS
            for cut in _in_years([value])
        ),
        repressions=(),
        rulings=(),
        stays=(),
        roles=(),
        reading={},
        discredited={},
        via=None,
    )
