"""The columns as they are true now: the version in force, and over it whoever has changed since.

One short question at each search says whether anybody has changed; only those who have are read
again, into small sets of columns in the memory of the process. They are masked out of the larger
sets, so that who is hidden is gone from everything at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

import numpy as np
from django.db import connection

from registry.models import ChangedPerson, ColumnsVersion
from registry.search.query import PeopleQuery

from .asking import Asked, read_query
from .layout import Array, Part
from .narrowed import Narrowed
from .plain import PlainColumns
from .reading import read_columns
from .storing import ColumnsMissing, open_columns

MOST_CHANGED = 100_000
"""People changed since the last version; with more the database is asked about everything."""
READ_AT_ONCE = 20_000
"""People read again in one request, about a second; the others follow at the next."""

State = tuple[str, int, int]
"""The name of the version in force, how many have changed since, and the sum of their stamps."""
_lock = Lock()
_current: dict[str, Columns] = {}


def current() -> Columns | PlainColumns:
    """Return the columns as they are true now."""
    state = _state()
    if state[1] > MOST_CHANGED:
        return PlainColumns()
    with _lock:
        known = _current.get(connection.alias)
        if known is None or known.state != state:
            try:
                known = _current[connection.alias] = _renewed(known or NOBODY)
            except ColumnsMissing:
                return PlainColumns()
    return replace(known, asked={})


@dataclass(frozen=True, slots=True)
class Few:
    """Columns of some people who have changed; of `people` some may be hidden or gone."""

    part: Part
    people: Array


@dataclass(frozen=True, slots=True)
class Columns:
    """Sets of columns with their rows in force: the version first, then who has changed.

    `stamps` are those with which the people changed were read; `late` are not read yet. `asked`
    are the queries whose codes were looked up for one search, which often narrows more than once.
    """

    state: State | None
    name: str
    version: Part | None
    few: tuple[Few, ...]
    stamps: Mapping[int, int]
    late: frozenset[int]
    alive: tuple[Array | None, ...]
    asked: dict[PeopleQuery, Asked] = field(default_factory=dict)

    def narrow(self, people: Array | None, query: PeopleQuery) -> Narrowed:
        """Return who answers everything but the names, of these people or (None) of all."""
        parts = [*([self.version] if self.version else []), *(own.part for own in self.few)]
        shown = list(zip(parts, self.alive, strict=True))
        late = self.late
        if late and people is not None:
            # Who was found by name is shown at once.
            asked = sorted(late.intersection(people.tolist()))
            shown.append((Part(read_columns(asked[:READ_AT_ONCE])), None))
            late = frozenset(asked[READ_AT_ONCE:])
        if query not in self.asked:
            self.asked[query] = read_query(query)
        return Narrowed(shown, self.asked[query], people, is_exact=not late)


NOBODY = Columns(None, "", None, (), {}, frozenset(), ())


def _state() -> State:
    changed, version = _tables()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT name FROM {version}), count(*), coalesce(sum(stamp), 0)"  # noqa: S608 (our own names)
            f" FROM (SELECT stamp FROM {changed} LIMIT %s) AS few",
            [MOST_CHANGED + 1],
        )
        name, number, total = cursor.fetchone()
    return name or "", number, int(total)


def _changed() -> tuple[str, dict[int, int]]:
    """Return the version in force and who has changed, as they are at one moment."""
    changed, version = _tables()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT name, 0, 0 FROM {version}"  # noqa: S608 (our own names)
            f" UNION ALL SELECT '', person, stamp FROM {changed}"
        )
        rows = cursor.fetchall()
    names = [name for name, _, _ in rows if name]
    return "".join(names), {person: stamp for name, person, stamp in rows if not name}


def _tables() -> tuple[str, str]:
    quote = connection.ops.quote_name
    return quote(ChangedPerson._meta.db_table), quote(ColumnsVersion._meta.db_table)


def _renewed(known: Columns) -> Columns:
    """Read who has changed since these columns were true."""
    name, stamps = _changed()
    version = known.version
    if name != known.name:
        version = open_columns(name) if name else None
    fresh = [person for person, stamp in stamps.items() if known.stamps.get(person) != stamp]
    late = frozenset(fresh[READ_AT_ONCE:])
    fresh = fresh[:READ_AT_ONCE]
    read = {person: stamp for person, stamp in stamps.items() if person not in late}
    few = [own for own in known.few if not read.keys().isdisjoint(own.people.tolist())]
    if fresh:
        few = _with(few, fresh, read)
    state = None if late else (name, len(stamps), sum(stamps.values()))
    alive = _alive(version, few, stamps, read)
    return Columns(state, name, version, tuple(few), read, late, alive)


def _with(few: list[Few], fresh: Collection[int], read: Mapping[int, int]) -> list[Few]:
    """Add a set of columns of these people; small sets before it become one with it.

    So there are never many sets, and nobody is read again more often than their number doubles.
    """
    people = set(fresh)
    while few and len(few[-1].people) <= 2 * len(people):
        people.update(few.pop().people.tolist())
    asked = sorted(people.intersection(read))
    return [*few, Few(Part(read_columns(asked)), np.array(asked, np.int64))]


def _alive(
    version: Part | None, few: Sequence[Few], changed: Collection[int], read: Collection[int]
) -> tuple[Array | None, ...]:
    """Return for each set which of its rows no later one replaces, None where all are in force."""
    masks: list[Array | None] = []
    if version is not None:
        replaced = np.fromiter(changed, np.int64, len(changed))
        masks.append(_mask(version, replaced) if len(replaced) else None)
    in_force = np.fromiter(read, np.int64, len(read))
    for number, own in enumerate(few):
        later = [np.zeros(0, np.int64), *(other.people for other in few[number + 1 :])]
        ids = own.part.ids
        mask = np.isin(ids, in_force) & ~np.isin(ids, np.concatenate(later))
        masks.append(None if mask.all() else mask)
    return tuple(masks)


def _mask(part: Part, people: Array) -> Array:
    rows = part.rows_of(people)
    mask = np.ones(len(part), np.bool_)
    mask[rows[rows >= 0]] = False
    return mask
