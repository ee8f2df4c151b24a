"""Many rows at once: what `bulk_create` and `bulk_update` do, at a third of their cost.

An entry is some nine rows of thirty columns; the ORM prepares every value of every column one
by one and spends more time on it than the database on storing them. Here a column's kind is
asked once for all rows. Only for models without inheritance.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)

PLAIN = (
    models.CharField,
    models.TextField,
    models.BooleanField,
    models.IntegerField,
    models.ForeignKey,
)
"""Fields whose value in Python is the value in the database, on both databases."""
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


MOST_VALUES = 8_000
"""Values of one statement on SQLite: four times as many take no less time, and more memory."""
_Own = tuple[tuple[str, type], ...]
_BLANK: dict[type[models.Model], tuple[dict[str, Any], _Own, dict[str, None]]] = {}
"""What a row of each model holds before anything is set, of which of it each needs its own, and
what it does not refer to, which Django would otherwise find out each time it is asked."""


def blank_row(model: type[Row]) -> Row:
    """Return an unsaved row with its defaults, as `model()` does, at a tenth of its cost."""
    if model not in _BLANK:
        values = dict(model().__dict__)
        del values["_state"]
        own = tuple((k, type(value)) for k, value in values.items() if type(value) in {dict, list})
        keys = (field for field in model._meta.concrete_fields if field.is_relation)
        _BLANK[model] = (values, own, {field.name: None for field in keys if field.null})
    values, own, nothing = _BLANK[model]
    row = model.__new__(model)
    held = row.__dict__
    held.update(values)
    for name, kind in own:
        held[name] = kind()
    row._state = ModelState()
    row._state.fields_cache.update(nothing)
    return row


def refer(row: models.Model, name: str, other: models.Model | None) -> None:
    """Set a foreign key, as assigning does at ten times the cost: `other` is of the right table."""
    if other is not None or row.__dict__[f"{name}_id"] is not None:
        row.__dict__[f"{name}_id"] = other.pk if other is not None else None
        row._state.fields_cache[name] = other


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model, and give them their ids.

    A row may refer to an object that was unsaved when it was assigned and has its id by now.
    The caller's transaction.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = model._meta.concrete_fields
    for field in fields:
        if isinstance(field, models.ForeignKey):
            _refer(rows, field)
    if len(rows) == 1 and rows[0].pk is None:
        _insert_one(rows[0], fields)
    else:
        unnumbered = [row for row in rows if row.pk is None]
        for row, number in zip(unnumbered, new_numbers(model, len(unnumbered)), strict=True):
            row.pk = number
        prepared = [(field.attname, _preparing(field)) for field in fields]
        insert_values(
            model,
            [str(field.column) for field in fields],
            [
                [own[name] if prepare is None else prepare(own[name]) for name, prepare in prepared]
                for own in (row.__dict__ for row in rows)
            ],
        )
    alias = connection.alias
    for row in rows:
        state = row._state
        state.adding, state.db = False, alias


def _insert_one(row: models.Model, fields: Sequence[models.Field[Any, Any]]) -> None:
    """Insert one row and learn its id in one statement: an entry that is typed has ten tables."""
    quote = connection.ops.quote_name
    own = [field for field in fields if not field.primary_key]
    named = ", ".join(quote(str(field.column)) for field in own)
    places = ", ".join(["%s"] * len(own))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(row._meta.db_table)} ({named}) VALUES ({places}) RETURNING id",  # noqa: S608 (our own names)
            [
                value if prepare is None else prepare(value)
                for value, prepare in ((row.__dict__[f.attname], _preparing(f)) for f in own)
            ],
        )
        (row.pk,) = cursor.fetchone()


def insert_values(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Store values as they are, in the order of `columns`: by COPY where the database has it."""
    quote = connection.ops.quote_name
    table, named = quote(model._meta.db_table), ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            # In few long steps, during which other threads of Python go on.
            own = f"({', '.join(['%s'] * len(columns))})"
            most = MOST_VALUES // len(columns)
            for some in (rows[start : start + most] for start in range(0, len(rows), most)):
                cursor.execute(
                    f"INSERT INTO {table} ({named}) VALUES {', '.join([own] * len(some))}",  # noqa: S608 (our own names)
                    [value for row in some for value in row],
                )


def update_rows(rows: Sequence[models.Model], names: Collection[str]) -> None:
    """Write these fields of saved rows of one model: one prepared statement for all of them.

    `bulk_update` builds an expression for every value of every row; that costs ten times more
    than the database takes. The caller's transaction.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if field.name in set(names)]
    prepared = [(field.attname, _preparing(field)) for field in fields]
    quote = connection.ops.quote_name
    places = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {places} WHERE id = %s",  # noqa: S608 (our own names)
            [
                [
                    *(
                        own[name] if prepare is None else prepare(own[name])
                        for name, prepare in prepared
                    ),
                    row.pk,
                ]
                for row, own in ((row, row.__dict__) for row in rows)
            ],
        )


def new_numbers(model: type[models.Model], count: int) -> Sequence[int]:
    """Return so many ids for new rows, those that the database would have given them."""
    if not count:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "WITH own AS MATERIALIZED "
                "(SELECT pg_get_serial_sequence(%s, 'id')::regclass AS ids) "
                "SELECT nextval(own.ids) FROM own, generate_series(1, %s)",
                [f'"{table}"', count],
            )
            return [number for (number,) in cursor.fetchall()]
        # The transaction holds the one write lock, so nobody else counts meanwhile. The
        # counter, and not the highest id, so that no id is ever given twice.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = (found[0] if found else 0) + 1
        return range(first, first + count)


def _refer(rows: Sequence[models.Model], field: models.ForeignKey[Any, Any]) -> None:
    """Take over the ids that referred objects have got since they were assigned."""
    name, column = field.name, field.attname
    for row in rows:
        if row.__dict__.get(column) is None:
            other = row._state.fields_cache.get(name)
            row.__dict__[column] = other.pk if other is not None else None


def _json(value: Any) -> str:
    # Nine of ten are empty, and an encoder is made anew for each call.
    return "{}" if value == {} else _ENCODE(value)


def _preparing(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """Return what turns a value into the database's, or None where it is that already."""
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, PLAIN):
        return None
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        adapt = connection.ops.adapt_datefield_value
        return lambda value: value and adapt(value)
    return lambda value: field.get_db_prep_save(value, connection)
