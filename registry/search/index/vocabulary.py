"""The words of all names: found or added, and counted by how many people have them.

Acts on the records take turns (`registry.records.ledger.changes.wait_for_turn`), so that no two
writers add one word, or wait for the row in which one is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from django.db import connection

from registry.models import KeyTrace, NameWord, WordReading
from registry.models.inserting import insert_values, new_numbers

from .forms import Word
from .rows import WORD, ask, numbers, places
from .traces import stored

AT_ONCE = 2_000
"""Words asked for in one query: below the number of parameters SQLite takes."""

Item = TypeVar("Item")


def numbers_of(words: Collection[Word], *, traced: bool = True) -> dict[Word, int]:
    """Return the id of each word, adding those that are new, with their readings and traces.

    With `traced` false the traces are left out, to be added together at the end.
    """
    found: dict[Word, int] = {}
    roles = {word.role for word in words}
    for some in in_pieces({word.folded for word in words}, AT_ONCE):
        rows = ask(
            f"SELECT id, role, folded, keys FROM {WORD} "  # noqa: S608 (our own names and numbers)
            f"WHERE role IN ({numbers(roles)}) AND folded IN ({places(some)})",
            some,
        )
        found |= {Word(*word): pk for pk, *word in rows}
    fresh = [word for word in dict.fromkeys(words) if word not in found]
    if fresh:
        found |= _add(fresh, traced=traced)
    return found


def _add(words: list[Word], *, traced: bool) -> dict[Word, int]:
    # Rows as they are: an import adds one word for each person, and a model object costs more.
    added = dict(zip(words, new_numbers(NameWord, len(words)), strict=True))
    insert_values(
        NameWord, ("id", "role", "folded", "keys", "frequency"),
        [(number, *word, 0) for word, number in added.items()],
    )  # fmt: skip
    keys = [(number, word.role, key) for word, number in added.items() for key in word.keys.split()]
    readings = [
        (number, *key)
        for number, key in zip(new_numbers(WordReading, len(keys)), keys, strict=True)
    ]
    insert_values(WordReading, ("id", "word_id", "role", "key"), readings)
    if traced:
        add_traces((number, key, role) for number, _, role, key in readings)
    return added


def add_traces(readings: Iterable[tuple[int, str, int]]) -> None:
    """Store the traces of readings: their ids, keys and roles."""
    numbers = sorted(number for reading in readings for number in stored(*reading))
    insert_values(KeyTrace, ["id"], [(number,) for number in numbers])


def count_words(changes: Mapping[int, int]) -> None:
    """Add to the frequencies of words, by their ids."""
    changed = sorted((word, by) for word, by in changes.items() if by)
    for some in in_pieces(changed, AT_ONCE):
        rows = ", ".join(f"({word}, {by})" for word, by in some)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH changed(word, added) AS (VALUES {rows}) UPDATE {WORD} "  # noqa: S608 (our own name and numbers)
                "SET frequency = frequency + added FROM changed WHERE id = changed.word"
            )


def forget_words() -> None:
    """Take out the words that nobody has any more, their readings and traces.

    When the index is made anew, and at once where somebody is erased.
    """
    gone = NameWord.all_records.filter(frequency__lte=0)
    readings = WordReading.all_records.filter(word__in=gone)
    numbers = (
        number
        for reading in readings.values_list("id", "key", "role")
        for number in stored(*reading)
    )
    for some in in_pieces(numbers, 2_000):
        KeyTrace.all_records.filter(id__in=some).delete()
    readings.delete()
    gone.delete()


def in_pieces(items: Iterable[Item], number: int) -> Iterator[list[Item]]:
    """Yield the items in lists of a number at the most."""
    rest = iter(items)
    while piece := list(islice(rest, number)):
        yield piece
