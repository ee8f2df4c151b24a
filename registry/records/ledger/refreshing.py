"""Writing what was concluded into the person's columns, and into the index of names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.db import transaction

from registry.dates import FuzzyDate
from registry.models import (
    Person,
    PersonStatus,
    Rehabilitation,
    RulingKind,
    Vocabulary,
)
from registry.models.inserting import refer, update_rows
from registry.names import fold, romanise, tokens
from registry.records.conclusions.assembling import first_days
from registry.records.conclusions.chosen import entries_of, live_choices
from registry.records.conclusions.contradictions import certainly_after
from registry.records.conclusions.episodes import group_episodes
from registry.records.conclusions.facts import EntryFacts, NameFact, RulingFact, Words
from registry.records.conclusions.living import assess_status, born_too_early
from registry.records.conclusions.rules import Concluded, conclude, conclude_name
from registry.records.conclusions.saying import facts_of_people
from registry.records.drafts.building import Codebook, CodeNumbers
from registry.search import reindex_people

from .changes import wait_for_turn

REFRESH_BATCH = 500
"""People read and written together: some ten thousand rows at the most."""
COLUMN_TERMS = {
    "fate": Vocabulary.FATE,
    "nationality": Vocabulary.NATIONALITY,
    "party": Vocabulary.PARTY,
    "category": Vocabulary.VICTIM_CATEGORY,
    "birth_region": Vocabulary.REGION,
    "residence_region": Vocabulary.REGION,
}
FIRST_LETTERS = 4
"""Letters of a name that decide what its first Latin letter is."""
NO_WORDS = Words("")
PLACES = ("birth_place", "residence", "death_place", "burial")
REPRESSION_PLACES = ("arrest_place", "execution_place")
HIDDEN_BY_RULE = {PersonStatus.RESTRICTED, PersonStatus.HELD}
BY_RULE = {PersonStatus.PUBLIC, *HIDDEN_BY_RULE}
"""The statuses that the rule about living people may set; the others are an editor's."""


def refresh_people(people: Collection[int], *, now: datetime) -> None:
    """Conclude these people again from their entries in use, and index their names anew.

    The caller's transaction covers it. Ids of people that do not exist are passed over.
    """
    book = CodeNumbers()
    for ids in _batches(sorted(people)):
        rows = {person.pk: person for person in Person.all_records.filter(pk__in=ids).order_by()}
        facts = facts_of_people(ids)
        choices = live_choices(ids)
        for pk, person in rows.items():
            fill_person(
                person,
                facts.get(pk, []),
                choices=entries_of(choices[pk].of_person()) if pk in choices else {},
                book=book,
                today=now.date(),
            )
        update_rows(list(rows.values()), CONCLUDED_COLUMNS)
        reindex_people(ids)


def reassess_living(*, now: datetime) -> int:
    """Show those whom the rule about the living hid and, as years went by, hides no more.

    Nobody comes to be possibly living by time alone. People are walked once, by their numbers,
    and concluded again in a transaction a batch; returns how many are shown now.
    """
    hidden = Person.all_records.filter(
        born_too_early(today=now.date()), status_by_rule=True, status__in=HIDDEN_BY_RULE
    ).order_by("pk")
    shown, last = 0, 0
    while ids := list(hidden.filter(pk__gt=last).values_list("pk", flat=True)[:REFRESH_BATCH]):
        with transaction.atomic():
            wait_for_turn()
            refresh_people(ids, now=now)
        shown += Person.all_records.filter(pk__in=ids, status=PersonStatus.PUBLIC).count()
        last = ids[-1]
    return shown


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), REFRESH_BATCH):
        yield ids[start : start + REFRESH_BATCH]


def fill_person(
    person: Person,
    facts: Sequence[EntryFacts],
    *,
    choices: Mapping[str, int],
    book: Codebook,
    today: date,
) -> None:
    """Set every concluded column of `person`, saved or not, and its status by rule.

    The order of `facts` changes nothing; of an entry discredited as a whole only names and
    the rule of its source about the living are read.
    """
    facts = sorted(facts, key=lambda entry: entry.ref.order)
    rules = [entry.living_rule for entry in facts]
    concluded = conclude(facts, choices)
    person.entry_count = len(facts)
    facts = [entry for entry in facts if not entry.in_doubt]
    _fill_name(person, facts)
    _fill_facts(person, concluded, book)
    person.places_folded = _folded(_texts(facts, PLACES, REPRESSION_PLACES))
    person.occupations_folded = _folded(_texts(facts, ("occupation",), ()))
    repressions = first_days(facts)
    earliest = [d.earliest or d.latest for d, _ in repressions if d.earliest or d.latest]
    latest = [d.latest or d.earliest for d, _ in repressions if d.latest or d.earliest]
    person.arrest_earliest = min((d for d in earliest if d), default=None)
    person.arrest_latest = max((d for d in latest if d), default=None)
    person.rehabilitated = rehabilitation(facts)
    person.has_role = any(entry.has_role for entry in facts)
    if person.status_by_rule and person.status in BY_RULE:
        person.status = assess_status(
            facts=concluded,
            first_repressions=[d for d in earliest if d],
            rules=rules,
            today=today,
            last_day=person.arrest_latest,
        )


def _texts(
    facts: Sequence[EntryFacts], fields: Sequence[str], repression_fields: Sequence[str]
) -> Iterator[str]:
    """Yield every text of these fields, in every language there is."""
    for entry in facts:
        for values, names in (
            (entry.values, fields),
            *((row.values, repression_fields) for row in entry.repressions),
        ):
            for name in names:
                value = values.get(name)
                if isinstance(value, Words):
                    yield value.text
                    yield from value.wording.values()


def _folded(texts: Iterable[str]) -> str:
    """Return the words of all texts, folded, each once and after a space."""
    words = dict.fromkeys(word for text in texts for word in tokens(text))
    return "".join(f" {word}" for word in words)


def _fill_name(person: Person, facts: Sequence[EntryFacts]) -> None:
    chosen = conclude_name(facts)
    if chosen is None:
        person.family = person.given = person.patronymic = person.full = ""
        person.name_language = person.sort_key = person.letter = person.latin_letter = ""
        return
    name = chosen[1]
    person.family, person.given, person.patronymic = name.family, name.given, name.patronymic
    person.full, person.name_language = name.full, name.language
    every = [row for entry in facts for row in entry.names]
    person.sort_key = sort_key(name)
    cyrillic = name if name.script == "Cyrl" else _first_in(every, "Cyrl")
    latin = name if name.script == "Latn" else _first_in(every, "Latn")
    person.letter = _letter(sort_key(cyrillic)) if cyrillic else ""
    person.latin_letter = (
        _letter(sort_key(latin)) if latin else _latin_letter(person.sort_key[:FIRST_LETTERS])
    )


def sort_key(name: NameFact) -> str:
    """Return the name folded, the surname first: what lists are sorted by."""
    parts = " ".join(part for part in (name.family, name.given, name.patronymic) if part)
    return fold(parts or name.full)[:400]


def _first_in(names: Iterable[NameFact], script: str) -> NameFact | None:
    fitting = [name for name in names if name.script == script and name.family]
    preferred = [name for name in fitting if name.language in {"en", "ru"}]
    return next(iter(preferred or fitting), None)


def _letter(key: str) -> str:
    """Return the first letter of a folded key, upper case; nothing where it has none."""
    first = next((sign for sign in key if sign.isalpha()), "")
    return fold(first).upper()[:1]


@lru_cache(maxsize=65536)
def _latin_letter(start: str) -> str:
    """Return the first Latin letter of a folded key that begins so."""
    return _letter(romanise(start))


def _fill_facts(person: Person, concluded: Mapping[str, Concluded], book: Codebook) -> None:
    for name, vocabulary in COLUMN_TERMS.items():
        code = _words(concluded.get(name)).code
        refer(person, name, book.term(vocabulary, code))
    person.sex = _words(concluded.get("sex")).code
    person.birth = _date(concluded.get("birth"))
    person.death = _date(concluded.get("death"))
    person.death_month_day = _month_day(person.death)
    person.birth_place = _words(concluded.get("birth_place")).text
    person.death_place = _words(concluded.get("death_place")).text
    burial = _words(concluded.get("burial"))
    refer(person, "burial_site", book.site(burial.code))
    person.burial_certainty = burial.certainty
    person.occupation = _words(concluded.get("occupation")).text
    person.wording = {
        name: dict(words.wording)
        for name in ("birth_place", "death_place", "occupation")
        if (words := _words(concluded.get(name))).wording
    }


def _month_day(day: FuzzyDate | None) -> int | None:
    if day is None or day.earliest is None or day.earliest != day.latest:
        return None
    return day.earliest.month * 100 + day.earliest.day


def _words(concluded: Concluded | None) -> Words:
    value = concluded.value if concluded and concluded.values else None
    return value if isinstance(value, Words) else NO_WORDS


def _date(concluded: Concluded | None) -> FuzzyDate | None:
    value = concluded.value if concluded and concluded.values else None
    return value if isinstance(value, FuzzyDate) else None


DECISIVE = frozenset(
    {
        RulingKind.REHABILITATED,
        RulingKind.REFUSED,
        RulingKind.CANCELLED,
        RulingKind.NO_INFORMATION,
    }
)
"""The rulings that say whether someone is rehabilitated."""


def rehabilitation(facts: Sequence[EntryFacts]) -> Rehabilitation:
    """Say what all rulings together come to: the latest word on each episode counts.

    Osip Mandelstam's case of 1934 was refused in 1956 and rehabilitated in 1987: rehabilitated.
    A ruling that names no one episode may be about any of them, and is never evidence that
    they differ; `partly` needs two episodes of which one was granted and one was not.
    """
    rulings = [ruling for e in facts for ruling in e.rulings if ruling.kind in DECISIVE]
    if not rulings:
        return Rehabilitation.UNKNOWN
    episodes = group_episodes(row for entry in facts for row in entry.repressions)
    number = {(m.entry.id, m.position): e.number for e in episodes for m in e.members}
    about: dict[int | None, list[RulingFact]] = {}
    for ruling in rulings:
        about.setdefault(number.get((ruling.entry.id, ruling.repression or 0)), []).append(ruling)
    unnamed = about.pop(None, [])
    kinds = {latest_word([*own, *unnamed]) for own in about.values()} or {latest_word(unnamed)}
    decided = kinds - {RulingKind.NO_INFORMATION}
    if not decided:
        return Rehabilitation.NO_INFORMATION
    if decided == {RulingKind.REHABILITATED}:
        return Rehabilitation.FULL
    if RulingKind.REHABILITATED in decided:
        return Rehabilitation.PARTIAL
    return Rehabilitation.CANCELLED if RulingKind.CANCELLED in decided else Rehabilitation.REFUSED


IN_DOUBT = (
    RulingKind.CANCELLED,
    RulingKind.REHABILITATED,
    RulingKind.REFUSED,
    RulingKind.NO_INFORMATION,
)
"""Of rulings whose order their dates leave open, which one is taken for the last.

Only a rehabilitation can be cancelled, so the cancelling came after it; and who is refused may
still be rehabilitated.
"""


def latest_word(rulings: Sequence[RulingFact]) -> str:
    """Return the kind of the ruling that no other certainly came after.

    Those without a date, or with one that was not read, count only where none has one.
    """
    dated = [(ruling.date, ruling.kind) for ruling in rulings if ruling.date and ruling.date.edtf]
    last = [
        kind for day, kind in dated if not any(certainly_after(other, day) for other, _ in dated)
    ] or [ruling.kind for ruling in rulings]
    return min(last, key=lambda kind: IN_DOUBT.index(RulingKind(kind)))


CONCLUDED_COLUMNS = [
    "status",
    "family",
    "given",
    "patronymic",
    "full",
    "name_language",
    "sort_key",
    "letter",
    "latin_letter",
    "sex",
    "birth_place",
    "birth_region",
    "death_place",
    "death_month_day",
    "fate",
    "burial_site",
    "burial_certainty",
    "nationality",
    "party",
    "category",
    "occupation",
    "residence_region",
    "arrest_earliest",
    "arrest_latest",
    "rehabilitated",
    "has_role",
    "entry_count",
    "wording",
    "places_folded",
    "occupations_folded",
    *(
        f"{name}_{part}"
        for name in ("birth", "death")
        for part in ("printed", "edtf", "earliest", "latest", "calendar")
    ),
]
"""The columns `fill_person` sets."""
