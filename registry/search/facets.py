"""The values of a result and how many people have each, with their labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .columns.layout import FIXED_CODES
from .labels import Labels, Named
from .query import PeopleQuery

MOST_VALUES = 15
"""Values of one facet that are shown; the form offers all of them."""
Counts = Mapping[int, int]
"""How many people have each value, by the id of the term or place or the number of the code."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its code, its labels by language (of terms and places), its count.

    The count is of those who answer all that is asked but this facet: choosing another value
    never leads to nobody. What is chosen is told even where nobody has it.
    """

    code: str
    count: int
    selected: bool
    labels: Mapping[str, str] = field(default_factory=dict)


def facet_values(
    counted: Iterable[tuple[str, Counts]], query: PeopleQuery, labels: Labels
) -> dict[str, tuple[FacetValue, ...]]:
    """Return the most frequent values of every facet, by name of the search parameter."""
    return {
        name: _values(
            counts,
            _fixed(FIXED_CODES[name]) if name in FIXED_CODES else labels[name],
            getattr(query, name),
        )
        for name, counts in counted
    }


def _fixed(codes: Sequence[str]) -> Mapping[int, Named]:
    return {number: Named(code, {}) for number, code in enumerate(codes) if code}


def _values(
    counts: Counts, named: Mapping[int, Named], chosen: tuple[str, ...]
) -> tuple[FacetValue, ...]:
    ordered = sorted(named, key=lambda own: (-counts.get(own, 0), own))
    shown = ordered[:MOST_VALUES]
    shown += [own for own in ordered[MOST_VALUES:] if named[own].code in chosen]
    return tuple(
        FacetValue(
            named[own].code, counts.get(own, 0), named[own].code in chosen, named[own].labels
        )
        for own in shown
        if counts.get(own, 0) or named[own].code in chosen
    )
