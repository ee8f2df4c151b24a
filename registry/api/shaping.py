"""Public objects turned into the shapes of the answers; nothing here reads the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from registry.dates import Calendar, FuzzyDate
from registry.records.public.shapes import (
    Contradiction,
    PublicBiography,
    PublicEntry,
    PublicEpisode,
    PublicFact,
    PublicName,
    PublicPassage,
    PublicPerson,
    PublicPhotograph,
    PublicRelation,
    PublicRole,
    PublicRuling,
    PublicSource,
    PublicStay,
    PublicValue,
    Text,
)
from registry.records.public.summaries import PersonSummary, TermLabels
from registry.records.public.valuing import VOCABULARY_OF
from registry.search import Match

from . import schemas as out

Address = Callable[[str, object], str]
"""From the name of a page and its one argument to the permanent address."""
Labels = Mapping[tuple[str, str], TermLabels]
LOOSENESS = (
    "exact",
    "prefix",
    "reading",
    "reading-prefix",
    "equivalent",
    "syllable",
    "pattern",
    "initial",
    "close",
    "sound",
    "kin",
    "missing-patronymic",
    "missing-given",
    "missing-family",
    "differs-patronymic",
    "differs-given",
    "differs-family",
)


def terms_of(person: PublicPerson) -> set[tuple[str, str]]:
    """Return vocabulary and code of every term in what is told of a person."""
    facts = [*person.facts.values(), *(f for e in person.episodes for f in e.facts.values())]
    found = {
        (str(VOCABULARY_OF[fact.field]), term_code(value.code))
        for fact in facts
        for value in (*fact.values, *fact.rivals, *(d.value for d in fact.discredited))
        if value.code and fact.field in VOCABULARY_OF
    }
    return found.union(*(terms_of_entry(entry) for entry in person.entries))


def terms_of_entry(entry: PublicEntry) -> set[tuple[str, str]]:
    """Return vocabulary and code of every term in what is told of an entry."""
    told = [(name, value) for name, value in entry.fields]
    told += [
        (name, value)
        for episode in entry.repressions
        for name, fact in episode.facts.items()
        for value in fact.values
    ]
    return {
        (str(VOCABULARY_OF[name]), term_code(value.code))
        for name, value in told
        if value.code and name in VOCABULARY_OF
    }


def term_code(code: str) -> str:
    """Return the code of the term; that of a sentence has its months behind it."""
    return code.partition(":")[0]


def date_of(date: FuzzyDate | None) -> out.DateOut | None:
    """Return a date for an answer."""
    if date is None:
        return None
    calendar = None if date.calendar is Calendar.UNKNOWN else date.calendar.value
    return out.DateOut(
        printed=date.printed,
        edtf=date.edtf,
        earliest=date.earliest,
        latest=date.latest,
        calendar=calendar,
    )


def text_of(text: Text | None) -> out.TextOut | None:
    """Return a text for an answer, or None."""
    return out.TextOut(text=text.value, lang=text.lang) if text else None


def words(text: Text) -> out.TextOut:
    """Return a text that is always there."""
    return out.TextOut(text=text.value, lang=text.lang)


def name_of(name: PublicName) -> out.NameOut:
    """Return the parts of a name."""
    return out.NameOut(
        family=name.family, given=name.given, patronymic=name.patronymic, full=name.full
    )


def match_of(match: Match | None) -> out.MatchOut | None:
    """Return why a person was found."""
    if match is None:
        return None
    kinds = [reason.kind for reason in match.reasons]
    loosest = max(kinds, key=lambda kind: LOOSENESS.index(kind) if kind in LOOSENESS else 0)
    return out.MatchOut(
        name=match.name,
        reason=loosest,
        score=match.score,
        words=[
            out.MatchedWord(asked=reason.asked, kind=reason.kind, scheme=reason.scheme)
            for reason in match.reasons
        ],
    )


def source_of(source: PublicSource, address: Address) -> out.SourceOut:
    """Return a source."""
    return out.SourceOut(
        slug=source.slug,
        url=address("source", source.slug),
        kind=source.kind,
        rank=source.rank,
        title=words(source.title),
        author=source.author,
        publisher=source.publisher,
        year=source.year,
        language=source.language,
        address=source.url,
        archived=source.archived_url,
        licence=source.licence,
        quotes=text_of(source.quotes),
        note=text_of(source.note),
        unreliable_for=list(source.unreliable_for),
    )


def photograph_of(
    found: PublicPhotograph, address: Address, entries: Sequence[int] = ()
) -> out.PhotographOut:
    """Return a photograph or a scan."""
    return out.PhotographOut(
        file=address("file", found.file),
        media_type=found.media_type,
        sizes=[
            out.SizeOut(file=address("file", size.file), width=size.width, height=size.height)
            for size in found.sizes
        ],
        caption=text_of(found.caption),
        alt=text_of(found.alt),
        date=date_of(found.date),
        credit=found.credit,
        licence=found.licence,
        source=source_of(found.source, address),
        entries=list(entries),
    )


def row_of(found: PersonSummary, address: Address, match: Match | None = None) -> out.PersonRow:
    """Return a person in a list."""
    line = found.line
    return out.PersonRow(
        id=line.id,
        url=address("person", line.id),
        name=name_of(found.name),
        names=[_spelling(name, {}) for name in found.names],
        birth=date_of(line.birth),
        death=date_of(line.death),
        birth_place=text_of(line.birth_place),
        occupation=text_of(line.occupation),
        fate=_term(found.fate),
        entries=line.entries,
        restricted=line.restricted,
        match=match_of(match),
    )


def _term(term: TermLabels | None) -> out.TermOut | None:
    return out.TermOut(code=term.code, en=term.en, ru=term.ru, uk=term.uk) if term else None


def _spelling(name: PublicName, entries: Mapping[int, int]) -> out.SpellingOut:
    return out.SpellingOut(
        family=name.family,
        given=name.given,
        patronymic=name.patronymic,
        full=name.full,
        kind=name.kind,
        lang=name.lang,
        script=name.script,
        entries=[entries[mark] for mark in name.marks if mark in entries],
    )


@dataclass(frozen=True, slots=True)
class Shaper:
    """Shapes what is told of one person: `entries` gives ids for marks."""

    entries: Mapping[int, int]
    labels: Labels
    address: Address

    def person(self, person: PublicPerson, ignored: list[str]) -> out.PersonOut:
        """Return everything the public may know of a person."""
        return out.PersonOut(
            id=person.id,
            url=self.address("person", person.id),
            name=_spelling(person.name, self.entries),
            names=[_spelling(name, self.entries) for name in person.names],
            restricted=person.restricted,
            sex=person.sex or None,
            rehabilitated=person.rehabilitated or None,
            fields={name: self._fact(fact) for name, fact in person.facts.items()},
            episodes=[self._episode(episode) for episode in person.episodes],
            rulings=[self._ruling(ruling) for ruling in person.rulings],
            stays=[self._stay(stay) for stay in person.stays],
            roles=[self._role(role) for role in person.roles],
            relations=[self._relation(relation) for relation in person.relations],
            contradictions=[self._contradiction(c) for c in person.contradictions],
            lapsed=list(person.lapsed),
            entries=[self.entry(entry, person=person.id) for entry in person.entries],
            biographies=[self._biography(biography) for biography in person.biographies],
            photographs=[self._file(one) for one in person.photographs],
            documents=[self._file(one) for one in person.documents],
            ignored=ignored,
        )

    def entry(
        self, entry: PublicEntry, *, person: int = 0, ignored: Sequence[str] = ()
    ) -> out.EntryOut:
        """Return what one source says."""
        about = person or entry.person
        return out.EntryOut(
            id=entry.id,
            url=self.address("entry", entry.id),
            person=about,
            person_url=self.address("person", about),
            source=source_of(entry.source, self.address),
            passage=self._passage(entry.passage),
            names=[_spelling(name, self.entries) for name in entry.names],
            fields={name: self._value(name, value) for name, value in entry.fields},
            repressions=[self._episode(episode) for episode in entry.repressions],
            rulings=[self._ruling(ruling) for ruling in entry.rulings],
            stays=[self._stay(stay) for stay in entry.stays],
            roles=[self._role(role) for role in entry.roles],
            reading=dict(entry.reading),
            discredited={name: words(reason) for name, reason in entry.discredited.items()},
            submission=entry.via.number if entry.via else None,
            ignored=list(ignored),
        )

    def _ids(self, marks: Iterable[int]) -> list[int]:
        return [self.entries[mark] for mark in marks if mark in self.entries]

    def _value(self, field: str, value: PublicValue) -> out.ValueOut:
        vocabulary = VOCABULARY_OF.get(field)
        return out.ValueOut(
            text=text_of(value.text),
            date=date_of(value.date),
            code=value.code or None,
            term=_term(self.labels.get((str(vocabulary), term_code(value.code)))),
            printed=[words(text) for text in value.printed],
            site=value.site or None,
            certainty=value.certainty or None,
            entries=self._ids(value.marks),
        )

    def _fact(self, fact: PublicFact) -> out.FactOut:
        values = [self._value(fact.field, value) for value in fact.values]
        return out.FactOut(
            value=values[0] if values else None,
            values=values,
            agree=list(dict.fromkeys(entry for value in values for entry in value.entries)),
            differ=[self._value(fact.field, value) for value in fact.rivals],
            discredited=[
                out.DiscreditedOut(
                    value=self._value(fact.field, doubted.value),
                    reason=text_of(doubted.reason),
                    rule=doubted.rule,
                )
                for doubted in fact.discredited
            ],
            rule=fact.rule,
            reason=fact.reason,
            calendar=fact.calendar,
        )

    def _episode(self, episode: PublicEpisode) -> out.EpisodeOut:
        return out.EpisodeOut(
            number=episode.number,
            kind=episode.kind,
            ambiguous=episode.ambiguous,
            fields={name: self._fact(fact) for name, fact in episode.facts.items()},
            rulings=[self._ruling(ruling) for ruling in episode.rulings],
            stays=[self._stay(stay) for stay in episode.stays],
        )

    def _ruling(self, ruling: PublicRuling) -> out.RulingOut:
        return out.RulingOut(
            kind=ruling.kind,
            date=date_of(ruling.date),
            body=text_of(ruling.body),
            ground=text_of(ruling.ground),
            scope=text_of(ruling.scope),
            text=text_of(ruling.text),
            entries=self._ids(ruling.marks),
        )

    def _stay(self, stay: PublicStay) -> out.StayOut:
        return out.StayOut(
            kind=stay.kind,
            from_date=date_of(stay.from_date),
            to_date=date_of(stay.to_date),
            place=words(stay.place),
            site=stay.site or None,
            note=text_of(stay.note),
            entries=self._ids(stay.marks),
        )

    def _role(self, role: PublicRole) -> out.RoleOut:
        return out.RoleOut(
            kind=role.kind,
            from_date=date_of(role.from_date),
            to_date=date_of(role.to_date),
            text=words(role.text),
            entries=self._ids(role.marks),
        )

    def _relation(self, relation: PublicRelation) -> out.RelationOut:
        return out.RelationOut(
            kind=relation.kind,
            person=relation.person,
            url=self.address("person", relation.person),
            name=words(relation.name),
            text=text_of(relation.text),
            other_text=text_of(relation.other_text),
            entries=[*self._ids(relation.marks), *relation.elsewhere],
        )

    def _contradiction(self, found: Contradiction) -> out.ContradictionOut:
        return out.ContradictionOut(
            code=found.code,
            earlier=date_of(found.earlier),
            later=date_of(found.later),
            episode=found.episode,
            entries=self._ids(found.marks),
        )

    def _passage(self, passage: PublicPassage | None) -> out.PassageOut | None:
        if passage is None:
            return None
        return out.PassageOut(
            locator=text_of(passage.locator),
            url=passage.url,
            quotes=text_of(passage.quotes),
            rendering=passage.rendering,
            text=text_of(passage.text),
        )

    def _file(self, found: PublicPhotograph) -> out.PhotographOut:
        return photograph_of(found, self.address, self._ids(found.marks))

    def _biography(self, biography: PublicBiography) -> out.BiographyOut:
        return out.BiographyOut(
            lang=biography.lang,
            title=biography.title,
            html=biography.html,
            credit=biography.credit,
            licence=biography.licence,
            sources=[source_of(source, self.address) for source in biography.sources],
        )
