"""People in answers for programs: a line, the parts of the name, every spelling, term labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.models import EntryName, Person, SourceStatus, Standing, Term
from registry.names import script_of

from .concluding import NAME_ORDER
from .lines import person_lines
from .shapes import PersonLine, PublicName


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A person in a list with every spelling; `fate` is the code of the term, or empty.

    `names` hold each spelling once, main ones first; they carry no marks.
    """

    line: PersonLine
    name: PublicName
    names: tuple[PublicName, ...]
    fate: str


def person_summaries(people: Sequence[int], *, language: str) -> list[PersonSummary]:
    """Return a summary for each of these ids that the public may see, in the order asked."""
    lines = person_lines(people, language=language)
    rows = Person.public.filter(pk__in=[line.id for line in lines]).select_related("fate").in_bulk()
    spellings = _spellings(rows)
    return [
        PersonSummary(
            line=line,
            name=_main_name(rows[line.id]),
            names=spellings.get(line.id, ()),
            fate=rows[line.id].fate.code if rows[line.id].fate else "",
        )
        for line in lines
        if line.id in rows
    ]


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
    """Return every spelling of these people in entries in use, in one query."""
    rows = (
        EntryName.all_records.filter(
            entry__person__in=list(people),
            entry__standing=Standing.IN_USE,
            entry__source__status=SourceStatus.IN_USE,
        )
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


def labels_of_terms(terms: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the labels by language of these terms (vocabulary, code), in one query."""
    wanted = set(terms)
    rows = Term.all_records.filter(code__in={code for _, code in wanted}) if wanted else ()
    found = {
        (row.vocabulary, row.code): {"en": row.label_en, "ru": row.label_ru, "uk": row.label_uk}
        for row in rows
    }
    return {term: found[term] for term in wanted if term in found}
