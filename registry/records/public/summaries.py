"""People in answers for programs: a line, the parts of the name, every spelling, term labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.models import EntryName, Person, SourceStatus, Standing, Term
from registry.names import script_of
from registry.records.conclusions.rules import NAME_ORDER

from .lines import lines_of, shown_rows
from .shapes import PersonLine, PublicName


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A person in a list with every spelling; `fate` is the code and labels of the term.

    `names` hold each spelling once, main ones first; they carry no marks.
    """

    line: PersonLine
    name: PublicName
    names: tuple[PublicName, ...]
    fate: TermLabels | None


@dataclass(frozen=True, slots=True)
class TermLabels:
    """A term with its labels in the three languages."""

    code: str
    en: str
    ru: str
    uk: str


def person_summaries(people: Sequence[int], *, language: str) -> list[PersonSummary]:
    """Return a summary for each of these ids that the public may see, in the order asked."""
    rows = shown_rows(people)
    spellings = _spellings([row.pk for row in rows])
    return [
        PersonSummary(
            line=line,
            name=_main_name(row),
            names=spellings.get(row.pk, ()),
            fate=_labels(row.fate) if row.fate else None,
        )
        for row, line in zip(rows, lines_of(rows, language=language), strict=True)
    ]


def _labels(term: Term) -> TermLabels:
    return TermLabels(term.code, term.label_en, term.label_ru, term.label_uk)


def _main_name(row: Person) -> PublicName:
    return PublicName(
        kind="main",
        family=row.family,
        given=row.given,
        patronymic=row.patronymic,
        full=row.full,
        lang=row.name_language,
        script=script_of(row.full),
        marks=(),
    )


def _spellings(people: Iterable[int]) -> dict[int, tuple[PublicName, ...]]:
    """Return every spelling of these people in entries in use and believed, in one query."""
    rows = (
        EntryName.all_records.filter(
            entry__person__in=list(people),
            entry__standing=Standing.IN_USE,
            entry__source__status=SourceStatus.IN_USE,
        )
        .exclude(entry__discredited__has_key="*")
        .order_by("full", "pk")
        .values_list(
            "entry__person", "kind", "family", "given", "patronymic", "full", "language", "script"
        )
    )
    found: dict[int, dict[PublicName, None]] = {}
    for person, kind, family, given, patronymic, full, language, script in rows:
        name = PublicName(
            kind, family, given, patronymic, full, language, script or script_of(full), ()
        )
        found.setdefault(person, {})[name] = None
    return {
        person: tuple(sorted(names, key=lambda name: NAME_ORDER.index(name.kind)))
        for person, names in found.items()
    }


def labels_of_terms(terms: Iterable[tuple[str, str]]) -> dict[tuple[str, str], TermLabels]:
    """Return the labels of these terms (vocabulary, code), in one query."""
    wanted = set(terms)
    rows = Term.all_records.filter(code__in={code for _, code in wanted}) if wanted else ()
    found = {(row.vocabulary, row.code): _labels(row) for row in rows}
    return {term: found[term] for term in wanted if term in found}
