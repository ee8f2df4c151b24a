"""The search index: the tokens of every name of every person."""

from __future__ import annotations

from django.db import models

from .base import Record
from .entries import EntryName
from .people import Person


class NameToken(Record):
    """One word of one name row, folded, with one phonemic key (see `registry.names`).

    A Latin word has a row for each of its readings. Kept in step with every write, in the
    same transaction, by `registry.search`.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_tokens")
    name = models.ForeignKey(EntryName, on_delete=models.CASCADE, related_name="tokens")
    role = models.CharField(max_length=10)
    folded = models.CharField(max_length=200)
    key = models.CharField(max_length=200)

    class Meta(Record.Meta):
        indexes = [
            # On PostgreSQL a word's beginning is looked up by LIKE, which needs this class.
            models.Index(
                name="nametoken_key",
                fields=["key", "role", "person"],
                opclasses=["varchar_pattern_ops", "varchar_ops", "int8_ops"],
            ),
            models.Index(
                name="nametoken_folded",
                fields=["folded", "role", "person"],
                opclasses=["varchar_pattern_ops", "varchar_ops", "int8_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.folded}"
