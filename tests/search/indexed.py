"""The index of names as values that do not depend on the order in which it was written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from registry.models import (
    FORMS_A_PERSON,
    EntryName,
    KeyTrace,
    NameForm,
    NameWord,
    SourceStatus,
    Standing,
    WordReading,
)
from registry.search.index.forms import Form, Word, forms_of
from registry.search.index.traces import MOST_READINGS, traces


@dataclass(frozen=True)
class Indexed:
    """Forms by person, frequencies by word, readings of words, traces by reading."""

    forms: dict[int, set[Form]]
    frequencies: dict[Word, int]
    readings: set[tuple[Word, str]]
    traces: set[tuple[Word, str, int]]


def as_indexed() -> Indexed:
    """Return what stands in the tables; of words that nobody has any more, nothing."""
    words: dict[int | None, Any] = {None: None}
    frequencies = {}
    for pk, frequency, *word in NameWord.all_records.values_list(
        "id", "frequency", "role", "folded", "keys"
    ):
        words[pk] = Word(*word)
        if frequency:
            frequencies[words[pk]] = frequency
    forms: dict[int, set[Form]] = {}
    for pk, *own in NameForm.all_records.values_list("id", "family", "given", "patronymic"):
        forms.setdefault(pk // FORMS_A_PERSON, set()).add(tuple(words[one] for one in own))  # type: ignore[arg-type]
    readings = {
        pk: (words[word], key)
        for pk, word, key in WordReading.all_records.values_list("id", "word", "key")
    }
    kept = (
        (*readings[number % MOST_READINGS], number // MOST_READINGS)
        for number in KeyTrace.all_records.values_list("id", flat=True)
    )
    return Indexed(
        forms,
        frequencies,
        {reading for reading in readings.values() if reading[0] in frequencies},
        {trace for trace in kept if trace[0] in frequencies},
    )


def as_it_must_be() -> Indexed:
    """Return what must stand there: every name of every entry in use and believed."""
    forms: dict[int, set[Form]] = {}
    rows = EntryName.all_records.filter(
        entry__standing=Standing.IN_USE, entry__source__status=SourceStatus.IN_USE
    ).select_related("entry")
    for row in rows:
        if "*" not in row.entry.discredited:
            own = forms_of(row.family, row.given, row.patronymic, row.full)
            forms.setdefault(row.entry.person_id, set()).update(own)
    words = {
        person: {word for form in own for word in form if word} for person, own in forms.items()
    }
    frequencies = Counter(word for own in words.values() for word in own)
    readings = {(word, key) for word in frequencies for key in word.keys.split()}
    return Indexed(
        forms,
        dict(frequencies),
        readings,
        {(word, key, trace) for word, key in readings for trace in traces(key, word.role)},
    )
