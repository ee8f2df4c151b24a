"""Rows of tables as plain data, and back: what the bodies of revisions are made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from .acts import Act, Body, Subject, in_batches


def columns_of(row: models.Model, *, without: Collection[str]) -> dict[str, Any]:
    """Return the values of a row's columns by their names (`person_id`), some left out."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in without
    }


def fill_columns(row: models.Model, values: Mapping[str, Any]) -> None:
    """Set columns from plain data, as `columns_of` or JSON has it; unknown names are passed over.

    A column that was dropped since a revision was written is one of those.
    """
    for field in row._meta.concrete_fields:
        if field.attname in values:
            setattr(row, field.attname, field.to_python(values[field.attname]))


def row_subject(
    name: str,
    model: type[models.Model],
    *,
    people: Callable[[str, Body], Iterable[int]] = lambda _reference, _body: (),
    group: Callable[[str], str] = lambda field: field,
) -> Subject:
    """Return the subject of a table each row of which is one record, referred to by its id.

    Everything but the id is asserted. Asserting nothing deletes the row: nothing may refer to
    the rows of such a table.
    """
    manager = model._base_manager

    def read(references: Sequence[str]) -> dict[str, Body]:
        found: dict[str, Body] = {}
        for own in in_batches(references):
            for row in manager.filter(pk__in=own).order_by("pk"):
                found[str(row.pk)] = columns_of(row, without={"id"})
        return found

    def write(reference: str, body: Body | None, doing: Act) -> None:
        if body is None:
            together({reference: None}, doing)
            return
        row = model(pk=int(reference))
        fill_columns(row, body)
        # A column that is newer than the body stays as it is.
        told = {
            name: value for name, value in columns_of(row, without={"id"}).items() if name in body
        }
        if not manager.filter(pk=row.pk).update(**told):
            row.save(force_insert=True)

    def together(bodies: Mapping[str, Body | None], doing: Act) -> None:
        gone = [reference for reference, body in bodies.items() if body is None]
        for own in in_batches(gone):
            manager.filter(pk__in=own).delete()
        for reference, body in bodies.items():
            if body is not None:
                write(reference, body, doing)

    return Subject(name, read, write, people=people, group=group, together=together)
