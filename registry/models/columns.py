"""What keeps the columns of the search true: who has changed since they were written."""

from __future__ import annotations

from django.db import models

from .base import Record


class ChangedPerson(Record):
    """Someone whom the columns in force do not know as they are now: new, changed, hidden, gone.

    Triggers of the database write the row in the transaction of the change, whoever makes it
    (migration `0007_columns`); writing new columns takes it away. `person` is no foreign key: who
    is gone is masked out too. `stamp` is drawn anew at every change, of 40 bits: the same stamp
    means the same state, also after what was rolled back or restored.
    """

    person = models.IntegerField(primary_key=True)
    stamp = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.person)


class ColumnsVersion(Record):
    """The columns in force: the folder that holds them. One row, or none before the first."""

    name = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name
