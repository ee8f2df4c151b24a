"""The index of names made anew, after an upgrade that reads names otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from registry.models import Person
from registry.search.index import building

from .batching import collecting_by_batch
from .changes import wait_for_turn

BATCH = 2_000
"""People indexed in one transaction, during which no other act is done."""


def rebuild_index() -> Iterator[tuple[int, int]]:
    """Index the names of everybody anew, by their numbers; yield the last number and how many.

    Each batch is a transaction, and where it ended stands in the database: what was cut off goes
    on from there when it is called again. The memory does not grow, and whoever searches
    meanwhile finds everybody, by the old index or the new. What is there and right is not written.
    """
    with transaction.atomic():
        wait_for_turn()
        after = building.begin()
    everybody = Person.all_records.order_by("pk").values_list("pk", flat=True)
    with collecting_by_batch() as collect:
        while True:
            with transaction.atomic():
                wait_for_turn()
                people = list(everybody.filter(pk__gt=after)[:BATCH])
                if not people:
                    break
                building.index(people)
            collect()
            after = people[-1]
            yield after, len(people)
    with transaction.atomic():
        wait_for_turn()
        building.finish()


def people_to_index() -> int:
    """Return how many people are to be indexed till the index is made, if it is begun now."""
    return int(Person.all_records.filter(pk__gt=building.reached()).count())
