"""Concluded values turned into what the public sees, worded for one reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from registry.dates import FuzzyDate
from registry.models import Entry, Term, Vocabulary
from registry.records.conclusions.facts import EntryFacts, Value, Words, canonical_field
from registry.records.conclusions.rules import Concluded, Stated

from .shapes import Discredited, PublicFact, PublicValue, Text

VOCABULARY_OF = {
    "nationality": Vocabulary.NATIONALITY,
    "party": Vocabulary.PARTY,
    "category": Vocabulary.VICTIM_CATEGORY,
    "fate": Vocabulary.FATE,
    "operation": Vocabulary.OPERATION,
    "sentencing_body": Vocabulary.SENTENCING_BODY,
    "sentence": Vocabulary.SENTENCE_KIND,
}
"""The vocabulary of the code that a field's words carry."""


NEVER_TOLD = frozenset({"birth_region", "residence_region"})
"""Fields concluded for lists and filters only."""
PLACED = frozenset({"burial", "execution_place"})
"""The fields whose code is the slug of a memorial site."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the language, the labels of terms, the marks of entries by their ids."""

    language: str
    labels: Mapping[tuple[str, str], str]
    marks: Mapping[int, int]

    def text(self, words: Words) -> Text | None:
        """Return words as their own text, in the reader's language where we have it."""
        if not words.text:
            return None
        if self.language in words.wording:
            return Text(words.wording[self.language], self.language)
        return Text(words.text, "en" if words.wording else "")

    def label(self, field: str, code: str) -> Text | None:
        """Return the label of the term a field's code names."""
        vocabulary = VOCABULARY_OF.get(field)
        label = self.labels.get((vocabulary, code.partition(":")[0])) if vocabulary else None
        return Text(label, self.language) if label else None

    def numbers(self, entries: Iterable[int]) -> tuple[int, ...]:
        """Return the marks of entries, in order."""
        return tuple(sorted({self.marks[entry] for entry in entries if entry in self.marks}))

    def value(self, field: str, value: Value, entries: Sequence[int]) -> PublicValue:
        """Return one value; a sentence is told in its own words, other terms by their label."""
        marks = self.numbers(entries)
        if isinstance(value, FuzzyDate):
            return PublicValue(marks=marks, date=value)
        own, label = self.text(value), self.label(field, value.code)
        if field == "sentence":
            return PublicValue(marks=marks, text=own or label, code=value.code)
        if field in PLACED:
            return PublicValue(marks=marks, text=own, site=value.code, certainty=value.certainty)
        printed = (own,) if label and own and not value.wording else ()
        return PublicValue(marks=marks, text=label or own, code=value.code, printed=printed)


def term_labels(language: str, codes: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return the labels of these terms for a reader of `language`, in one query."""
    wanted = set(codes)
    rows = Term.all_records.filter(code__in={code for _, code in wanted}) if wanted else ()
    found = {(row.vocabulary, row.code): row.label(language) for row in rows}
    return {pair: found[pair] for pair in wanted if pair in found}


def codes_in(facts: Iterable[EntryFacts]) -> set[tuple[str, str]]:
    """Return vocabulary and code of every term these entries name."""
    found = set()
    for entry in facts:
        for values in (entry.values, *(row.values for row in entry.repressions)):
            for name, value in values.items():
                vocabulary = VOCABULARY_OF.get(name)
                if vocabulary and isinstance(value, Words) and value.code:
                    found.add((str(vocabulary), value.code.partition(":")[0]))
    return found


def public_fact(
    concluded: Concluded,
    *,
    reader: Reader,
    plural: bool,
    reason: str = "",
    stated: Mapping[int, Value] | None = None,
) -> PublicFact:
    """Return a concluded field as the public sees it.

    `stated` maps entries to their own value, so that every printed form of one term is told.
    """
    return PublicFact(
        field=concluded.field,
        values=tuple(_told(concluded.field, one, reader, stated) for one in concluded.values),
        rivals=tuple(_told(concluded.field, one, reader, stated) for one in concluded.rivals),
        rule=concluded.rule,
        reason=reason if concluded.rule == "choice" else "",
        calendar=concluded.calendar,
        plural=plural,
    )


def _told(
    field: str, one: Stated, reader: Reader, stated: Mapping[int, Value] | None
) -> PublicValue:
    told = reader.value(field, one.value, one.entries)
    others = [stated[entry] for entry in one.entries if stated and entry in stated]
    if told.code and not told.site and field != "sentence" and not told.printed:
        return told
    texts = (
        reader.text(v) for v in others if isinstance(v, Words) and not (told.printed and v.wording)
    )
    # What agrees is not always the same: the shorter form that a source has is told beside.
    printed = dict.fromkeys(text for text in texts if text and text != told.text)
    return replace(told, printed=tuple(printed))


def discredited_values(
    entries: Iterable[tuple[Entry, EntryFacts]], reader: Reader
) -> dict[str, tuple[Discredited, ...]]:
    """Return by field every value that is not believed, each with the reason why."""
    found: dict[str, tuple[Discredited, ...]] = {}
    for entry, facts in entries:
        for field, value in facts.values.items():
            if field not in NEVER_TOLD and not facts.believed(field):
                told = discredited(entry, field, value, reader)
                found[field] = (*found.get(field, ()), told)
    return found


def discredited(entry: Entry, field: str, value: Value, reader: Reader) -> Discredited:
    """Return one value that is not believed, with the editor's reason or the source's rule."""
    told = reader.value(field, value, (entry.pk,))
    names = [n for n in entry.discredited if n == "*" or canonical_field(n) == field]
    # What is said of the field itself says more than what is said of the whole entry.
    for name in sorted(names, reverse=True):
        return Discredited(told, discredit_reason(entry, name, reader.language))
    return Discredited(told, None, "unreliable-source")


def discredit_reason(entry: Entry, name: str, language: str) -> Text:
    """Return why a field of an entry is not believed, in the reader's language if we have it."""
    texts = entry.wording.get(f"discredited.{name}", {})
    if language in texts:
        return Text(texts[language], language)
    return Text(entry.discredited[name], "en" if texts else "")
