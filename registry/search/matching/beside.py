"""The words that stand beside others in names: all that an initial there can stand for."""

from __future__ import annotations

from collections.abc import Sequence

from registry.search.index.rows import COLUMNS, WORD, ask, numbers

from .asked_forms import answers_in, forms
from .known import Options, VocabularyRow

MOST_BESIDE = 2_000
"""Forms that are read for the words beside; of more people it is quicker to ask the vocabulary."""


def words_beside(options: Sequence[Options]) -> list[VocabularyRow] | None:
    """Return the words in the names of everybody who has one of these, in any part of the name.

    None where too many people have one.
    """
    if sum(own.frequency for own in options) > MOST_BESIDE:
        return None
    asked = [
        {column: answers}
        for own in options
        for column in range(len(COLUMNS))
        if (answers := answers_in(own, column))
    ]
    rows = [row for own in forms(asked, most=MOST_BESIDE + 1) for row in own]
    if len(rows) > MOST_BESIDE:
        return None
    beside = {word for row in rows for word in row[1:] if word}
    return ask(
        f"SELECT id, role, folded, keys, frequency FROM {WORD} WHERE id IN ({numbers(beside)})"  # noqa: S608 (our own name and numbers)
    )
