"""What entries in use, and the files and lives of people, add to the columns."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from registry.models import Biography, Document, Entry, Photograph, Repression

from .chunks import day, in_chunks, years
from .layout import UNTOLD, Array, Rows, table_of
from .postings import together, write_codes
from .sql import Among
from .texts import TextsWriter

MODELS: tuple[type[Any], ...] = (Photograph, Document, Biography)
"""The tables of `layout.FILES`."""


def read_parts(people: Collection[int] | None, rows: Rows, public: Array) -> dict[str, Array]:
    """Return the columns of everybody (None), or of some people, that other tables hold.

    `rows` tells the row of a person, `public` of which rows more is told than name, years and
    fate.
    """
    arrays, believed = _read_entries(people, rows, public)
    own, repressions = _read_repressions(believed, len(public), whole=people is None)
    arrays |= own | _read_articles(repressions, len(public), whole=people is None)
    return arrays | _read_files(people, rows, len(public))


def _of(found: QuerySet[Any, Any], column: str, keys: Any | None) -> QuerySet[Any, Any]:
    """Keep the rows that belong to these keys, or all."""
    found = found.order_by()
    return found if keys is None else found.filter(**{f"{column}__pk__{Among.lookup_name}": keys})


class Known:
    """Rows of a table by their ids, and whose they are."""

    def __init__(self, ids: list[Array], rows: list[Array], *, whole: bool) -> None:
        self.ids, found = together(ids), together(rows)
        table = table_of(self.ids, found) if whole else None
        self.rows_of = Rows(self.ids, found, table)


def _read_entries(
    people: Collection[int] | None, rows: Rows, public: Array
) -> tuple[dict[str, Array], Known]:
    """Return which sources speak of whom, the archive files, and the entries to be believed."""
    sources: tuple[list[Array], list[Array]] = ([], [])
    ids: list[Array] = []
    whose: list[Array] = []
    archive = TextsWriter()
    in_doubt = Case(When(Q(discredited__has_key="*"), then=Value(1)), default=Value(0))
    found = _of(Entry.all_records.get_queryset().in_use(), "person", people)
    for entry, person, source, doubted, text in in_chunks(
        found, "pk", "person", "source", in_doubt, "archive_file"
    ):
        own = rows(np.array(person))
        shown = own >= 0
        sources[0].append(np.array(source)[shown])
        sources[1].append(own[shown])
        told = shown & (np.array(doubted) == 0)
        told[told] = public[own[told]]
        ids.append(np.array(entry)[told])
        whose.append(own[told])
        filled = [n for n, t in enumerate(told.tolist()) if t and text[n]]
        archive.add([text[n] for n in filled], own[filled])
    arrays = write_codes("source", *sources, len(public)) | archive.finish("archive")
    return arrays, Known(ids, whose, whole=people is None)


def _read_repressions(
    believed: Known, number: int, *, whole: bool
) -> tuple[dict[str, Array], Known]:
    """Return the years of arrests, operations and sentencing bodies, and the repressions.

    Of whoever was arrested more than once `arrest.from` and `arrest.to` are the ends of all, and
    each stands in `arrests`.
    """
    lists: list[list[Array]] = [[] for _ in range(9)]
    found = _of(Repression.all_records.get_queryset(), "entry", None if whole else believed.ids)
    for pk, entry, earliest, latest, operation, body in in_chunks(
        found,
        *("pk", "entry", day("arrest", "earliest"), day("arrest", "latest")),
        *(Coalesce("operation", UNTOLD), Coalesce("sentencing_body", UNTOLD)),
    ):
        own = believed.rows_of(np.array(entry))
        told = own >= 0
        start, end = years(np.array(earliest), np.array(latest))
        operations, bodies = np.array(operation), np.array(body)
        dated, sent, judged = start <= end, operations != UNTOLD, bodies != UNTOLD
        for into, value, which in (
            (0, np.array(pk), told), (1, own, told),
            (2, own, told & dated), (3, start, told & dated), (4, end, told & dated),
            (5, operations, told & sent), (6, own, told & sent),
            (7, bodies, told & judged), (8, own, told & judged),
        ):  # fmt: skip
            lists[into].append(value[which])
    repressions = Known(lists[0], lists[1], whole=whole)
    arrays = _arrests(number, *(together(own) for own in lists[2:5]))
    arrays |= write_codes("operation", lists[5], lists[6], number)
    arrays |= write_codes("sentencing_body", lists[7], lists[8], number)
    return arrays, repressions


def _arrests(number: int, rows: Array, start: Array, end: Array) -> dict[str, Array]:
    limits = np.iinfo(np.int16)
    first = np.full(number, limits.max, np.int16)
    last = np.full(number, limits.min, np.int16)
    np.minimum.at(first, rows, start.astype(np.int16))
    np.maximum.at(last, rows, end.astype(np.int16))
    again = np.bincount(rows, minlength=number)[rows] > 1
    return {
        "arrest.from": first,
        "arrest.to": last,
        "arrests.rows": rows[again].astype(np.int32),
        "arrests.from": start[again].astype(np.int16),
        "arrests.to": end[again].astype(np.int16),
    }


def _read_articles(repressions: Known, size: int, *, whole: bool) -> dict[str, Array]:
    table = Repression.article_terms.through._default_manager.all()
    codes: list[Array] = []
    rows: list[Array] = []
    found = _of(table, "repression", None if whole else repressions.ids)
    for repression, term in in_chunks(found, "repression", "term"):
        own = repressions.rows_of(np.array(repression))
        codes.append(np.array(term)[own >= 0])
        rows.append(own[own >= 0])
    return write_codes("article", codes, rows, size)


def _read_files(people: Collection[int] | None, rows: Rows, size: int) -> dict[str, Array]:
    """Return who has published photographs and documents, and a life told."""
    found = [
        _of(model.public.filter(person__isnull=False), "person", people)
        .annotate(number=Value(number))
        .values_list("number", "person")
        for number, model in enumerate(MODELS)
    ]
    codes: list[Array] = []
    whose: list[Array] = []
    for number, person in in_chunks(found[0].union(*found[1:], all=True), "number", "person"):
        own = rows(np.array(person))
        codes.append(np.array(number)[own >= 0])
        whose.append(own[own >= 0])
    return write_codes("has", codes, whose, size)
