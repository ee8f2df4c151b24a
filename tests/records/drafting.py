"""Invented entries on their way in, from a seed: the same seed, the same drafts."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from typing import Any

from registry.dates import FuzzyDate, parse_edtf
from registry.models import Change, Entry, Person, PersonKey
from registry.records import SourceDraft, TermDraft, put_entries, put_sources, put_terms
from registry.records.drafts.entries import (
    EntryDraft,
    NameDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
)
from registry.records.ledger.refreshing import CONCLUDED_COLUMNS
from tests.databases import NOW

TERMS = {
    "fate": {"executed": ("расстрелян",), "died-in-camp": ("умер в лагере",), "survived": ()},
    "nationality": {"russian": ("русский", "великоросс"), "german": ("немец",)},
    "region": {"oryol": (), "tver": ()},
    "sentence-kind": {"shooting": (), "camp": ()},
    "article": {"58-10": (), "58-11": ()},
    "operation": {"order-00447": ("приказ 00447",)},
    "sentencing-body": {"troika": ("тройка",)},
    "rehabilitation-body": {"court": ("суд",)},
    "victim-category": {"kulak": ("кулак",)},
    "party": {"bolshevik": ("ВКП(б)",)},
}
NAMES = (
    ("Примеров", "Пример", "Примерович", "ru", "Cyrl"),
    ("Примерова", "Примера", "", "ru", "Cyrl"),
    ("Ёжиков-Выдуманный", "Иван", "Иванович", "ru", "Cyrl"),
    ("Primerov", "Primer", "", "en", "Latn"),
    ("Zrimerov", "Zrimer", "", "de", "Latn"),
)
DATES = ("1891", "1891-01-15", "1891-01-03", "1950", "1937-11-03", "1938-05-03", "1938~", "193X")


def name(at: int = 0, kind: str = "main") -> NameDraft:
    family, given, patronymic, language, script = NAMES[at]
    full = " ".join(part for part in (family, given, patronymic) if part)
    return NameDraft(kind, full, family, given, patronymic, language, script)


def draft(key: str = "1", source: str = "invented-book", **fields: Any) -> EntryDraft:
    """An entry whose digest is that of what it says."""
    made = EntryDraft(source=source, key=key, content_hash="", **{"names": (name(),), **fields})
    return replace(made, content_hash=hashlib.sha256(repr(made).encode()).hexdigest())


def put_one(change: Change, *drafts: EntryDraft) -> int:
    """Put these entries, and return the person of the last."""
    outcomes = put_entries(drafts=drafts, change=change, now=NOW)
    person: int = Entry.all_records.get(pk=outcomes[-1].entry).person_id
    return person


def put_vocabularies(change: Change) -> None:
    drafts = [
        TermDraft(vocabulary, code, f"{code} en", f"{code} ru", f"{code} uk", spellings=spellings)
        for vocabulary, codes in TERMS.items()
        for code, spellings in codes.items()
    ]
    put_terms(drafts=drafts, change=change)


def put_books(change: Change) -> None:
    """Write four sources of different ranks, kinds and rules about the living."""
    books = [
        ("book-a", "memory-book", 3, "restrict"),
        ("book-b", "encyclopedia", 4, "hold"),
        ("book-c", "web", 6, "hold"),
        ("registry", "editorial", None, "hold"),
    ]
    drafts = [
        SourceDraft(slug, kind, rank, f"Invented {slug}", living_rule=rule)
        for slug, kind, rank, rule in books
    ]
    put_sources(drafts=drafts, change=change)


def random_drafts(chance: random.Random, count: int, people: int) -> list[EntryDraft]:
    return [random_draft(chance, f"{n}", people) for n in range(count)]


def random_draft(chance: random.Random, key: str, people: int) -> EntryDraft:
    def date(share: float = 0.5) -> FuzzyDate | None:
        return parse_edtf(chance.choice(DATES)) if chance.random() < share else None

    kinds = ["main", *chance.sample(["birth", "transliteration"], chance.randint(0, 2))]
    rows = tuple(name(chance.randrange(len(NAMES)), kind) for kind in kinds)
    doubt = {"death_date": "invented"} if chance.random() < 0.1 else {}
    doubt |= {"*": "invented"} if chance.random() < 0.05 else {}
    return draft(
        key,
        chance.choice(["book-a", "book-b", "book-c", "registry"]),
        person_key=f"p{chance.randrange(people)}",
        names=rows[chance.randint(0, 1) :],
        sex=chance.choice(["", "m", "f"]),
        birth=date(),
        birth_place=chance.choice(["", "Орёл", "г. Орел", "Тверь"]),
        birth_region=chance.choice(["", "oryol", "tver"]),
        death=date(0.3),
        death_place=chance.choice(["", "Москва", "Магадан"]),
        fate=chance.choice(["", "расстрелян", "умер в лагере", "неведомо"]),
        nationality=chance.choice(["", "русский", "великоросс", "немец"]),
        occupation=chance.choice(["", "поэт", "поэт, слесарь"]),
        discredited=doubt,
        repressions=tuple(
            RepressionDraft(
                arrest=date(),
                sentence_date=date(0.3),
                execution=date(0.2),
                arrest_place=chance.choice(["", "Орёл"]),
                rulings=(RulingDraft(chance.choice(["rehabilitated", "refused"]), date()),),
            )
            for _ in range(chance.choice([0, 0, 1, 2]))
        ),
        roles=(RoleDraft("post", "Выдуманный пост"),) if chance.random() < 0.2 else (),
    )


def put_in_batches(
    drafts: list[EntryDraft], change: Change, sizes: random.Random | None = None
) -> None:
    rest = list(drafts)
    while rest:
        size = sizes.randint(1, len(rest)) if sizes else len(rest)
        put_entries(drafts=rest[:size], change=change, now=NOW)
        rest = rest[size:]


def concluded_columns() -> dict[str, dict[str, Any]]:
    """Every concluded column of every person, by person key; terms by code."""
    rows = PersonKey.all_records.values_list("key", "person")
    people = Person.all_records.select_related(
        "fate", "nationality", "party", "category", "birth_region", "residence_region"
    ).in_bulk()

    def told(value: Any) -> Any:
        return getattr(value, "code", value)

    return {
        key: {column: told(getattr(people[pk], column)) for column in CONCLUDED_COLUMNS}
        for key, pk in rows
    }
