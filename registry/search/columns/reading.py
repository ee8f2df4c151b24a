"""From the database to columns: of everybody, or of a few people who have changed.

What is not told of a person does not stand in the columns: of people who are restricted there
are names, years, fate and sources, of those who are hidden nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from registry.models import BurialCertainty, Person, PersonStatus

from .chunks import OPEN, day, in_chunks, years
from .joints import joined
from .layout import (
    CODES,
    LAST_DAY,
    REHABILITATIONS,
    SCHEMA,
    SEXES,
    TERMS,
    UNTOLD,
    Array,
    Rows,
    table_of,
)
from .parts import read_parts
from .postings import WordsWriter
from .sorting import KeysWriter
from .sql import Among, by_bytes

TERM_COLUMNS = (
    "fate", "nationality", "category", "party", "birth_region", "residence_region", "burial_site",
)  # fmt: skip
DAYS = tuple((name, end) for name in ("birth", "death") for end in ("earliest", "latest"))


def read_columns(people: Collection[int] | None = None) -> dict[str, Array]:
    """Return the columns of everybody shown, or of those of these people who are."""
    arrays = _read_people(people)
    tables: dict[str, Array] = {"rows": table_of(arrays["ids"])} if people is None else {}
    rows = Rows(arrays["ids"], table=tables.get("rows"))
    return arrays | tables | read_parts(people, rows, arrays["public"])


def _read_people(people: Collection[int] | None) -> dict[str, Array]:
    """Return what the table of people holds.

    Read in the order of the table, which is fast, and put into the order of names afterwards.
    """
    found = _shown(people)
    gathered: dict[str, list[Array]] = {name: [] for name in SCHEMA}
    places, occupations = WordsWriter(), WordsWriter()
    for first, chunk in _numbered(
        in_chunks(
            found.order_by() if people is None else found.order_by("pk"),
            *("places_folded", "occupations_folded"),
            *("pk", "status", "sex", "rehabilitated", "burial_certainty"),
            *(Coalesce(name, UNTOLD) for name in TERM_COLUMNS),
            *(day(name, end) for name, end in DAYS),
        )
    ):
        own = _plain_columns(chunk[2:])
        for name, values in own.items():
            gathered[name].append(values)
        rows = np.arange(first, first + len(chunk[0]))
        for writer, texts in ((places, chunk[0]), (occupations, chunk[1])):
            shown = own["public"].tolist()
            writer.add([t if p else "" for t, p in zip(texts, shown, strict=True)], rows)
    columns = {
        name: np.concatenate([np.zeros(0, kind), *gathered.pop(name)])
        for name, kind in SCHEMA.items()
    }
    order, keys = _by_name(people, columns["ids"])
    moved = np.empty(len(order), np.int32)
    moved[order] = np.arange(len(order))
    for name in SCHEMA:
        columns[name] = columns[name][order]
    columns |= joined(columns)
    for name in (*TERMS, *CODES):
        columns[f"{name}.total"] = np.bincount(columns[name])
    for name in ("birth", "death"):
        days = np.argsort(columns[f"{name}.day"], kind="stable")
        columns[f"{name}.order"] = days.astype(np.int32)
    columns |= keys | places.finish("places", moved)
    return columns | occupations.finish("occupations", moved)


def _shown(people: Collection[int] | None) -> QuerySet[Any, Any]:
    found = Person.public.order_by()
    return found if people is None else found.filter(**{f"pk__{Among.lookup_name}": people})


def _by_name(people: Collection[int] | None, ids: Array) -> tuple[Array, dict[str, Array]]:
    """Return the order of these ids by sort key and id, and the sort keys in it."""
    rows_of = Rows(ids, table=table_of(ids) if people is None else None)
    writer, order = KeysWriter(), [np.zeros(0, np.int32)]
    # Of everybody, hidden or not: then the index alone tells it.
    found = Person.all_records.order_by(by_bytes("sort_key"), "pk")
    if people is not None:
        found = found.filter(**{f"pk__{Among.lookup_name}": people})
    for keys, numbers in in_chunks(found, "sort_key", "pk"):
        rows = rows_of(np.array(numbers))
        shown = np.flatnonzero(rows >= 0)
        writer.add([keys[n] for n in shown.tolist()])
        order.append(rows[shown])
    return np.concatenate(order), writer.finish("names")


def _numbered(chunks: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield each chunk with the row of its first."""
    first = 0
    for chunk in chunks:
        yield first, chunk
        first += len(chunk[0])


def _plain_columns(chunk: tuple[Any, ...]) -> dict[str, Array]:
    """Return the columns of `SCHEMA` from what was read of some people."""
    ids, status, sex, rehabilitated, certainty, *numbers = chunk
    shown = str(PersonStatus.PUBLIC)
    public = np.array([one == shown for one in status])
    own = dict(zip(TERMS, (np.array(column, np.int32) for column in numbers), strict=False))
    own["lived"][own["lived"] == own["born"]] = UNTOLD
    # Whoever has only a cenotaph somewhere does not lie there.
    cenotaph = str(BurialCertainty.CENOTAPH)
    own["site"][np.array([one == cenotaph for one in certainty])] = UNTOLD
    own["sex"] = np.array([SEXES.index(one) for one in sex], np.uint8)
    own["rehabilitated"] = np.array([REHABILITATIONS.index(one) for one in rehabilitated], np.uint8)
    for name in (*TERMS[1:], *CODES):
        own[name][~public] = UNTOLD
    for name in TERMS:
        narrow = np.uint16 if own[name].max() <= np.iinfo(np.uint16).max else np.uint32
        own[name] = own[name].astype(narrow)
    own["ids"], own["public"] = np.array(ids, np.int32), public
    days = [np.array(column, np.int32) for column in numbers[len(TERMS) :]]
    for name, (earliest, latest) in (("birth", days[:2]), ("death", days[2:])):
        own[f"{name}.from"], own[f"{name}.to"] = years(earliest, latest)
        own[f"{name}.day"] = np.where(earliest > OPEN, earliest, LAST_DAY).astype(np.int32)
    return own
