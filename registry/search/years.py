"""A year beside a name: of birth, of death or of an arrest, whichever it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .columns import Columns, PlainColumns
from .columns.layout import Array
from .ids import distinct
from .query import PeopleQuery

DATES = ("birth", "death", "arrest")


@dataclass(frozen=True, slots=True)
class Dated:
    """Ids of those whom no year contradicts, and of those with whom every year agrees."""

    people: Array
    agreeing: Array


def dated(columns: Columns | PlainColumns, people: Array | None, years: Sequence[int]) -> Dated:
    """Return who of these people (None: of all) may be meant by the years, in ascending order.

    A year agrees with whoever was, or can have been, born, dead or arrested in it; whoever lacks
    one of the three dates is not contradicted. Where no name was asked (`people` is None) a year
    must agree. Of whoever may be living an arrest is not told, and is not asked for.
    """
    kept = agreeing = people
    for year in years:
        agreeing = _of_year(columns, agreeing, year, undated=False)
        kept = agreeing if people is None else _of_year(columns, kept, year, undated=True)
    none = np.zeros(0, np.int64)
    return Dated(none if kept is None else kept, none if agreeing is None else agreeing)


def _of_year(
    columns: Columns | PlainColumns, people: Array | None, year: int, *, undated: bool
) -> Array:
    found = []
    for name in DATES:
        asked = PeopleQuery(**{f"{name}_from": year, f"{name}_to": year}, undated=undated)  # type: ignore[arg-type]
        found.append(columns.narrow(people, asked).ids)
    return distinct(np.concatenate(found))
