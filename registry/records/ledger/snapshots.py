"""What an entry asserts, as plain data: the body of its revisions, and back into its rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import models

from registry.models import (
    Entry,
    EntryName,
    EntryRole,
    Passage,
    Repression,
    Ruling,
    Spelling,
    Standing,
    Stay,
    Term,
)
from registry.models.inserting import insert_rows, update_rows
from registry.records.conclusions.saying import by_id

from .acts import REFERENCES, Act, Body, CannotRestore, Subject, in_batches
from .rows import columns_of, fill_columns

PARTS: dict[str, type[models.Model]] = {
    "names": EntryName,
    "repressions": Repression,
    "rulings": Ruling,
    "stays": Stay,
    "roles": EntryRole,
}
LEFT_OUT = frozenset({"id", "entry", "passage", "repression"})
"""What is told otherwise: ids of rows that are made anew, and the repression by its position."""
PASSAGE = ("locator", "url", "quotes", "language", "rendering", "text", "wording")
DATE_PARTS = ("printed", "edtf", "earliest", "latest", "calendar")


def entry_bodies(entries: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return all that these entries assert, by their ids; eight queries for each 500."""
    found: dict[int, dict[str, Any]] = {}
    for row in by_id(Entry.all_records.filter(pk__in=entries).select_related("passage")):
        body = columns_of(row, without=LEFT_OUT)
        own = row.passage
        body["passage"] = {name: getattr(own, name) for name in PASSAGE} if own else None
        body.update({name: [] for name in PARTS})
        found[row.pk] = body
    articles = _articles(entries)
    positions: dict[int, int] = {}
    for name, model in PARTS.items():
        for row in by_id(model._base_manager.filter(entry__in=entries)):
            told = columns_of(row, without=LEFT_OUT)
            if isinstance(row, Repression):
                positions[row.pk] = row.position
                told["articles_read"] = articles.get(row.pk, [])
            if isinstance(row, (Ruling, Stay)):
                told["repression"] = positions.get(row.repression_id or 0)
            found[row.entry_id][name].append(told)
    return found


def _articles(entries: Sequence[int]) -> dict[int, list[int]]:
    through = Repression.article_terms.through
    found: dict[int, list[int]] = {}
    rows = through._base_manager.filter(repression__entry__in=entries).order_by("term_id")
    for repression, term in rows.values_list("repression_id", "term_id"):
        found.setdefault(repression, []).append(term)
    return found


def entry_changes(references: Sequence[str]) -> dict[str, int]:
    """Return the changes that brought entries in, by reference."""
    found: dict[str, int] = {}
    for own in in_batches(references):
        rows = Entry.all_records.filter(pk__in=own).order_by()
        found.update({str(pk): change for pk, change in rows.values_list("pk", "change_id")})
    return found


def _read(references: Sequence[str]) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for own in in_batches(references):
        bodies = entry_bodies([int(reference) for reference in own])
        found.update({str(entry): body for entry, body in bodies.items()})
    return found


def _write(reference: str, body: Body | None, doing: Act) -> None:
    """Make an entry assert a body again; what no longer is to be there stays, as taken back."""
    _write_all({reference: body}, doing)


def _write_all(bodies: Mapping[str, Body | None], doing: Act) -> None:
    """Do what `_write` does with many entries: an import that is reverted has thousands."""
    set_standing([int(own) for own, body in bodies.items() if body is None], Standing.REVERTED)
    asserted = {reference: body for reference, body in bodies.items() if body is not None}
    for references in in_batches(list(asserted)):
        # What else the act does to an entry leaves its passage and its parts as they are.
        now = doing.touch(ENTRY, *references)
        _require_terms([(now[own], asserted[own]) for own in references])
        rows = Entry.all_records.select_related("passage").in_bulk([int(own) for own in references])
        changed = [(row, now[str(pk)], asserted[str(pk)]) for pk, row in rows.items()]
        write_passages(
            {
                row: body["passage"]
                for row, old, body in changed
                if old["passage"] != body["passage"]
            }
        )
        for row, _, body in changed:
            fill_columns(row, body)
        update_rows(list(rows.values()), _OWN_COLUMNS)
        _write_parts(
            {
                row: body
                for row, old, body in changed
                if any(as_told(old[name]) != as_told(body[name]) for name in PARTS)
            }
        )


def _require_terms(changes: Sequence[tuple[Body, Body]]) -> None:
    """Raise CannotRestore where a body refers to a term that is gone."""
    new: dict[type[models.Model], set[int]] = {Term: set(), Spelling: set()}
    for now, body in changes:
        known = _terms_named(now)
        for model, numbers in _terms_named(body).items():
            new[model] |= numbers - known[model]
    for model, numbers in new.items():
        for some in in_batches(sorted(map(str, numbers))):
            if model._base_manager.filter(pk__in=some).count() < len(some):
                raise CannotRestore("term-gone")


def _terms_named(body: Body) -> dict[type[models.Model], set[int]]:
    """Return the terms and spellings that a body refers to: these alone can be gone."""
    found: dict[type[models.Model], set[int]] = {Term: set(), Spelling: set()}
    rows: list[tuple[Any, Body]] = [(Entry, body)]
    rows += [(model, told) for name, model in PARTS.items() for told in body[name]]
    for model, told in rows:
        found[Term].update(told.get("articles_read", ()))
        for column in model._meta.concrete_fields:
            if column.related_model in found and told.get(column.attname):
                found[column.related_model].add(told[column.attname])
    return found


def set_standing(entries: Sequence[int], standing: str) -> None:
    """Let entries stand or fall, which changes nothing else of them."""
    for start in range(0, len(entries), REFERENCES):
        own = Entry.all_records.filter(pk__in=entries[start : start + REFERENCES])
        own.update(standing=standing)


def set_person(entries: Sequence[int], person: int) -> None:
    """Let entries be about somebody, which changes nothing else of them."""
    for start in range(0, len(entries), REFERENCES):
        own = Entry.all_records.filter(pk__in=entries[start : start + REFERENCES])
        own.update(person=person)


def as_told(value: Any) -> Any:
    """Return plain data with its dates as text, as JSON has it."""
    if isinstance(value, Mapping):
        return {name: as_told(own) for name, own in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_told(own) for own in value]
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def write_passages(values: Mapping[Entry, Mapping[str, Any] | None]) -> None:
    """Give entries passages with these values; one that others share is left as it is.

    The entries themselves are not saved.
    """
    own = {entry.passage_id for entry in values} - {None}
    counted = Entry.all_records.filter(passage__in=own).order_by().values_list("passage")
    sharers = dict(counted.annotate(models.Count("pk")))
    new, kept = [], []
    for entry, told in values.items():
        row = entry.passage
        if told is None:
            entry.passage = None
        elif row is None or sharers[row.pk] > 1:
            entry.passage = Passage(source_id=entry.source_id, **_of_passage(told))
            new.append(entry.passage)
        else:
            fill_columns(row, _of_passage(told))
            kept.append(row)
        if row is not None:
            sharers[row.pk] -= entry.passage is not row
    insert_rows(new)
    update_rows(kept, PASSAGE)
    for entry in values:
        # Assigned before it had its id.
        entry.passage = entry.passage


def _of_passage(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in PASSAGE}


def _write_parts(bodies: Mapping[Entry, Body]) -> None:
    delete_parts([entry.pk for entry in bodies])
    rows: dict[type[models.Model], list[Any]] = {model: [] for model in PARTS.values()}
    articles = []
    for entry, body in bodies.items():
        repressions: dict[int, Repression] = {}
        for name, model in PARTS.items():
            for told in body[name]:
                row: Any = model(entry=entry)
                fill_columns(row, told)
                if isinstance(row, (Ruling, Stay)) and told["repression"] is not None:
                    row.repression = repressions[told["repression"]]
                if isinstance(row, Repression):
                    repressions[row.position] = row
                    articles += [(row, term) for term in told["articles_read"]]
                rows[model].append(row)
    for own in rows.values():
        insert_rows(own)
    through = Repression.article_terms.through
    insert_rows([through(repression=row, term_id=term) for row, term in articles])


def _group(field: str) -> str:
    """The five columns of a date are one statement, with what is noted and worded of it."""
    named = field.removeprefix("reading.").removeprefix("wording.")
    if named.startswith("discredited."):
        return named
    column = named.partition(".")[0].removesuffix("_id")
    stem, _, part = column.rpartition("_")
    return stem if part in DATE_PARTS and stem else column


ENTRY = Subject(
    "entry",
    _read,
    _write,
    people=lambda _reference, body: [body["person_id"]],
    origins=entry_changes,
    group=_group,
    together=_write_all,
)
_OWN_COLUMNS = [field.name for field in Entry._meta.concrete_fields if not field.primary_key]


def differing_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the fields in which two bodies of one entry differ, sorted."""
    told = as_told(before)
    named = after.keys() - {"content_hash"}
    return tuple(sorted(name for name in named if told.get(name) != as_told(after[name])))


def delete_parts(entries: Collection[int]) -> None:
    """Take away all rows of these entries, before a newer version of them is written."""
    for model in (EntryName, Stay, Ruling, Repression, EntryRole):
        model.all_records.filter(entry__in=entries).delete()
