"""The one way a person reaches the public: a frozen object, built from entries in use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

import nh3
from markdown_it import MarkdownIt

from registry.dates import FuzzyDate
from registry.models import (
    Biography,
    Choice,
    Document,
    Entry,
    EntryRole,
    Person,
    PersonStatus,
    Photograph,
)
from registry.records.conclusions.assembling import entry_facts
from registry.records.conclusions.chosen import Chosen, entries_of, parse_field, reasons_of
from registry.records.conclusions.contradictions import find_contradictions
from registry.records.conclusions.episodes import (
    PLURAL as EPISODE_PLURAL,
    Episode,
    conclude_episode,
    group_episodes,
)
from registry.records.conclusions.facts import EntryFacts, Value
from registry.records.conclusions.rules import PLURAL, Concluded, conclude

from .files import shape_files
from .lines import reader_names
from .linked import public_relations, public_roles, tellable_roles
from .naming import main_name, public_names, reader_name
from .received import named_now, received_through
from .restricting import RESTRICTED_FIELDS, without_private, year_only
from .rows import EntryGone, EntryUnknown, PersonRows, load_person, read_entries
from .shapes import (
    Contradiction,
    Discredited,
    PublicBiography,
    PublicEntry,
    PublicEpisode,
    PublicFact,
    PublicPerson,
    PublicRuling,
    PublicStay,
)
from .shaping import shape_source
from .stating import public_ruling, public_stay, shape_entry
from .valuing import (
    NEVER_TOLD,
    Reader,
    codes_in,
    discredited,
    discredited_values,
    public_fact,
    term_labels,
)

Told = TypeVar("Told", PublicRuling, PublicStay)


def public_person(person: int, *, language: str) -> PublicPerson:
    """Return everything the public may know of the person with this id.

    Texts are chosen for a reader of `language` (`en`, `ru`, `uk`). The number of queries does
    not depend on the number of entries. Raises PersonUnknown, PersonGone, PersonMoved.
    """
    return shape_person(load_person(person), language=language)


def shape_person(loaded: PersonRows, *, language: str) -> PublicPerson:
    """Return what these rows come to for a reader of `language`, of today or of some day past."""
    row, rows = loaded.person, loaded.entries
    facts = [_facts_of(entry) for entry in rows]
    order = sorted(range(len(rows)), key=lambda index: facts[index].ref.order)
    rows, facts = [rows[index] for index in order], [facts[index] for index in order]
    marks = {entry.pk: number for number, entry in enumerate(rows, start=1)}
    reader = Reader(language, term_labels(language, {*codes_in(facts)}), marks)
    chosen = Chosen(loaded.choices)
    concluded = conclude(facts, entries_of(chosen.of_person()))
    if row.status == PersonStatus.RESTRICTED:
        return _restricted(row, rows, facts, concluded, reader)
    groups = group_episodes(r for entry in facts for r in entry.repressions)
    ours = [(group, chosen.of_episode(group)) for group in groups]
    told = [(group, conclude_episode(group, entries_of(own)), own) for group, own in ours]
    names = public_names(facts, reader)
    believed = [entry for entry in rows if "*" not in entry.discredited]
    roles = tellable_roles(role for entry in rows for role in entry.roles.all())
    via = received_through(rows)
    files = shape_files(loaded.files, language=language, marks=_marks_by_source(rows, marks))
    return PublicPerson(
        id=row.pk,
        name=main_name(facts, names),
        reader_name=reader_name(facts, names, language),
        restricted=False,
        sex=row.sex,
        fate=row.fate.code if row.fate else "",
        rehabilitated=row.rehabilitated,
        facts=_facts(concluded, rows, facts, reader, reasons_of(chosen.of_person())),
        names=names,
        episodes=tuple(
            _episode(group, said, believed, reader, reasons_of(own)) for group, said, own in told
        ),
        rulings=_rulings(believed, {None}, reader),
        stays=_stays(believed, {None}, reader),
        roles=public_roles(believed, reader),
        relations=public_relations(loaded.relations, row, reader),
        contradictions=tuple(
            Contradiction(c.code, c.earlier, c.later, c.episode, reader.numbers(c.entries))
            for c in find_contradictions(
                facts, _undisputed(concluded), [(group, said) for group, said, _ in told]
            )
        ),
        lapsed=_names(chosen.lapsed(facts, groups)),
        entries=tuple(
            shape_entry(entry, f, reader, roles, via.get(entry.pk))
            for entry, f in zip(rows, facts, strict=True)
        ),
        biographies=_biographies(loaded.biographies, language),
        photographs=files[Photograph],
        documents=files[Document],
    )


def public_entry(entry: int, *, language: str) -> PublicEntry:
    """Return what one source says about one person. Raises EntryUnknown, EntryGone."""
    rows = read_entries(Entry.all_records.filter(pk=entry))
    if not rows:
        raise EntryUnknown(entry)
    row = next(iter(read_entries(Entry.public.filter(pk=entry))), None)
    if row is None:
        raise EntryGone(entry, suppressed=rows[0].person.status == PersonStatus.SUPPRESSED)
    facts = _facts_of(row)
    reader = Reader(language, term_labels(language, codes_in([facts])), {row.pk: 1})
    stated = EntryRole.public.filter(entry__person=row.person_id).select_related("entry__source")
    via = received_through([row]).get(row.pk)
    shaped = shape_entry(row, facts, reader, tellable_roles(stated), via)
    restricted = row.person.status == PersonStatus.RESTRICTED
    if restricted:
        shaped = without_private(shaped)
    names = reader_names([row.person], language=language)
    return replace(
        shaped,
        person=row.person_id,
        person_name=names[row.person_id],
        person_sex="" if restricted else row.person.sex,
    )


def _marks_by_source(rows: Sequence[Entry], marks: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for entry in rows:
        found[entry.source_id] = (*found.get(entry.source_id, ()), marks[entry.pk])
    return found


def _facts_of(entry: Entry) -> EntryFacts:
    return entry_facts(
        entry=entry,
        source=entry.source,
        names=list(entry.names.all()),
        repressions=list(entry.repressions.all()),
        rulings=list(entry.rulings.all()),
        has_role=bool(entry.roles.all()),
    )


def _names(choices: Iterable[Choice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parse_field(row.field)[1] for row in choices))


def _undisputed(concluded: Mapping[str, Concluded]) -> dict[str, Concluded]:
    return {name: fact for name, fact in concluded.items() if fact.values}


def _facts(
    concluded: Mapping[str, Concluded],
    rows: Sequence[Entry],
    facts: Sequence[EntryFacts],
    reader: Reader,
    reasons: Mapping[str, str],
) -> dict[str, PublicFact]:
    """Return every field somebody states, with what is not believed beside it."""
    stated = {f.ref.id: f.values for f in facts}
    found = {
        name: public_fact(
            fact,
            reader=reader,
            plural=name in PLURAL,
            reason=reasons.get(name, ""),
            stated={entry: values[name] for entry, values in stated.items() if name in values},
        )
        for name, fact in concluded.items()
        if name not in NEVER_TOLD
    }
    return with_doubted(found, discredited_values(zip(rows, facts, strict=True), reader))


def with_doubted(
    found: Mapping[str, PublicFact], doubted: Mapping[str, tuple[Discredited, ...]]
) -> dict[str, PublicFact]:
    """Return the facts with what is not believed beside them."""
    told = {
        name: replace(found.get(name) or PublicFact(field=name, values=()), discredited=values)
        for name, values in doubted.items()
    }
    return {**found, **told}


def _episode(
    group: Episode,
    concluded: Mapping[str, Concluded],
    rows: Sequence[Entry],
    reader: Reader,
    reasons: Mapping[str, str],
) -> PublicEpisode:
    members = {member.id for member in group.members}
    entries = {entry.pk: entry for entry in rows}
    stated: dict[str, dict[int, Value]] = {}
    doubted: dict[str, tuple[Discredited, ...]] = {}
    for member in group.members:
        for name, value in member.values.items():
            stated.setdefault(name, {})[member.entry.id] = value
            if not member.believed(name) and member.entry.id in entries:
                told = discredited(entries[member.entry.id], name, value, reader)
                doubted[name] = (*doubted.get(name, ()), told)
    found = {
        name: public_fact(
            fact,
            reader=reader,
            plural=name in EPISODE_PLURAL,
            reason=reasons.get(name, ""),
            stated=stated[name],
        )
        for name, fact in concluded.items()
    }
    return PublicEpisode(
        number=group.number,
        kind=group.kind,
        facts=with_doubted(found, doubted),
        rulings=_rulings(rows, members, reader),
        stays=_stays(rows, members, reader),
        ambiguous=group.ambiguous,
    )


def _rulings(
    rows: Sequence[Entry], about: Collection[int | None], reader: Reader
) -> tuple[PublicRuling, ...]:
    """Return the rulings on these repressions in order of date, equal ones once."""
    told = [r for e in rows for r in e.rulings.all() if r.repression_id in about]
    told.sort(key=lambda row: first_day(row.date))
    return _once([public_ruling(row, reader) for row in told])


def _stays(
    rows: Sequence[Entry], about: Collection[int | None], reader: Reader
) -> tuple[PublicStay, ...]:
    """Return the stays of these repressions in order of date, equal ones once."""
    told = [s for e in rows for s in e.stays.all() if s.repression_id in about]
    told.sort(key=lambda row: first_day(row.from_date or row.to_date))
    return _once([public_stay(row, reader) for row in told])


def first_day(when: FuzzyDate | None) -> date:
    """Return the day by which a date is sorted; what is undated comes last."""
    return (when and (when.earliest or when.latest)) or date.max


def _once(told: Sequence[Told]) -> tuple[Told, ...]:
    """Return what several entries state alike once, with the marks of all of them."""
    marks: dict[Told, set[int]] = {}
    for each in told:
        marks.setdefault(replace(each, marks=()), set()).update(each.marks)
    return tuple(replace(each, marks=tuple(sorted(own))) for each, own in marks.items())


def _restricted(
    row: Person,
    rows: Sequence[Entry],
    facts: Sequence[EntryFacts],
    concluded: Mapping[str, Concluded],
    reader: Reader,
) -> PublicPerson:
    """Return name, years, fate and source of someone who may be living, and nothing else."""
    concluded = {n: f for n, f in concluded.items() if n in RESTRICTED_FIELDS and f.values}
    names = public_names(facts, reader)
    told = _facts(concluded, (), (), reader, {})
    return PublicPerson(
        id=row.pk,
        name=main_name(facts, names),
        reader_name=reader_name(facts, names, reader.language),
        restricted=True,
        sex="",
        fate=row.fate.code if row.fate else "",
        rehabilitated="",
        facts={name: fact for name, f in told.items() if (fact := year_only(f)).values},
        names=names,
        episodes=(),
        rulings=(),
        stays=(),
        roles=(),
        relations=(),
        contradictions=(),
        entries=tuple(
            without_private(shape_entry(entry, f, reader, ()))
            for entry, f in zip(rows, facts, strict=True)
        ),
        biographies=(),
    )


def _biographies(rows: Iterable[Biography], language: str) -> tuple[PublicBiography, ...]:
    markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
    rows = list(rows)
    return tuple(
        PublicBiography(
            lang=row.language,
            title=row.title,
            html=nh3.clean(markdown.render(row.text)),
            credit=credit,
            licence=row.licence,
            sources=tuple(shape_source(s, language=language) for s in row.sources.all()),
        )
        for row, credit in zip(rows, named_now([row.credit for row in rows]), strict=True)
    )
