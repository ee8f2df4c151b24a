"""The index of names made anew, after an upgrade that reads names otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from registry.models import Person
from registry.search import reindex_people

from .changes import wait_for_turn

BATCH = 1000
"""People indexed in one transaction, during which no other act is done."""


def rebuild_index(*, after: int = 0) -> Iterator[tuple[int, int]]:
    """Index the names of everybody anew, by their numbers; yield the last number and how many.

    Each batch is a transaction: what was cut off goes on `after` the last number. The memory does
    not grow, and whoever searches meanwhile finds everybody, by the old index or the new.
    """
    everybody = Person.all_records.order_by("pk").values_list("pk", flat=True)
    while True:
        with transaction.atomic():
            wait_for_turn()
            people = list(everybody.filter(pk__gt=after)[:BATCH])
            if not people:
                return
            reindex_people(people)
        after = people[-1]
        yield after, len(people)
