"""The columns answer as the database does, whatever has changed since they were written."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from registry.models import (
    Biography,
    Change,
    Document,
    Entry,
    MemorialSite,
    Person,
    PersonStatus,
    Photograph,
    Repression,
    Source,
    Spelling,
    Term,
    Vocabulary,
)
from registry.search import PeopleQuery
from registry.search.columns import PlainColumns, current, paging, postings, write_columns
from registry.search.columns.layout import FILES, REHABILITATIONS, SEXES
from tests.records.drafting import put_books, put_vocabularies

pytestmark = pytest.mark.django_db

WORDS = ("орел", "орловская", "тверь", "ор", "область", "деревня", "слесарь")
STATUSES = (*["public"] * 6, "restricted", "restricted", "held", "withdrawn", "suppressed")
DAYS = (None, date(1880, 5, 1), date(1891, 1, 15), date(1900, 12, 31), date(1937, 11, 3))
SORTS = ("name", "birth", "death")
REGIONS = ("birth_region", "residence_region")
TERMS = {
    "fate": Vocabulary.FATE,
    "nationality": Vocabulary.NATIONALITY,
    "category": Vocabulary.VICTIM_CATEGORY,
    "party": Vocabulary.PARTY,
    "birth_region": Vocabulary.REGION,
    "residence_region": Vocabulary.REGION,
}


class World:
    """A registry that changes at random, from a seed; what it holds is made up column by column."""

    def __init__(self, seed: int, change: Change) -> None:
        self.draw = random.Random(seed)
        self.change = change
        self.made = 0
        put_books(change)
        put_vocabularies(change)
        self.terms = {
            name: list(Term.all_records.filter(vocabulary=vocabulary).order_by("pk"))
            for name, vocabulary in {**TERMS, "article": Vocabulary.ARTICLE}.items()
        }
        self.sites = [
            MemorialSite.all_records.create(slug=f"invented-{n}", kinds=["mass-grave"])
            for n in range(3)
        ]
        self.sources = list(Source.all_records.filter(slug__in=["book-a", "book-b"]))
        self.spellings = {
            name: list(Spelling.all_records.filter(vocabulary=name).order_by("pk"))
            for name in (Vocabulary.OPERATION, Vocabulary.SENTENCING_BODY)
        }

    def one(self, *values: Any) -> Any:
        return self.draw.choice(values)

    def words(self) -> str:
        return "".join(f" {word}" for word in self.draw.sample(WORDS, self.draw.randrange(4)))

    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "status": self.draw.choice(STATUSES),
            "sort_key": f"{self.one('примеров', 'ёжиков', 'primerov', 'примеров а')}",
            "entry_count": self.one(1, 1, 1, 2, 0),
            "sex": self.draw.choice(SEXES),
            "rehabilitated": self.draw.choice(REHABILITATIONS),
            "burial_site": self.one(None, *self.sites),
            "burial_certainty": self.one("", "documented", "cenotaph"),
            "places_folded": self.words(),
            "occupations_folded": self.words(),
        }
        for name in TERMS:
            found[name] = self.one(None, *self.terms[name])
        for name in ("birth", "death"):
            found |= self.span(name)
        return found

    def span(self, name: str) -> dict[str, Any]:
        ends = sorted((d for d in self.draw.choices(DAYS, k=2) if d), key=str)
        first, last = (ends * 2)[:2] if ends else (None, None)
        first, last = self.one((first, last), (first, last), (None, last), (first, None))
        dated = self.one(True, True, True, first is not None)
        if not dated:
            first = last = None
        edtf = "1900" if dated else ""
        return {f"{name}_edtf": edtf, f"{name}_earliest": first, f"{name}_latest": last}

    def add(self) -> None:
        for _ in range(self.one(1, 1, 5)):
            person = Person.all_records.create(**self.facts())
            for _ in range(self.one(1, 1, 2)):
                self.add_entry(person)

    def add_entry(self, person: Person) -> None:
        self.made += 1
        entry = Entry.all_records.create(
            person=person,
            source=self.draw.choice(self.sources),
            key=f"{self.made}",
            change=self.change,
            archive_file=self.one("", "Ф. 1, Дело Р-12", "дело П-7\nлист 2"),
            discredited=self.one({}, {}, {}, {"*": "forged"}, {"birth": "false"}),
            standing=self.one("in-use", "in-use", "in-use", "withdrawn"),
        )
        for position in range(self.draw.randrange(3)):
            row = Repression.all_records.create(
                entry=entry,
                position=position,
                operation=self.one(None, *self.spellings[Vocabulary.OPERATION]),
                sentencing_body=self.one(None, *self.spellings[Vocabulary.SENTENCING_BODY]),
                **self.span("arrest"),
            )
            row.article_terms.set(self.draw.sample(self.terms["article"], self.draw.randrange(3)))

    def any(self, model: Any) -> Any:
        rows = list(model.all_records.order_by("pk"))
        return self.draw.choice(rows) if rows else None

    def edit(self) -> None:
        person = self.any(Person)
        Person.all_records.filter(pk=person.pk).update(**self.facts())

    def hide(self) -> None:
        person = self.any(Person)
        Person.all_records.filter(pk=person.pk).update(status=PersonStatus.WITHDRAWN)

    def move_entry(self) -> None:
        entry = self.any(Entry)
        Entry.all_records.filter(pk=entry.pk).update(
            person=self.any(Person), standing=self.one("in-use", "withdrawn")
        )

    def delete_repression(self) -> None:
        if row := self.any(Repression):
            row.delete()

    def change_articles(self) -> None:
        if row := self.any(Repression):
            row.article_terms.set(self.draw.sample(self.terms["article"], 1))

    def add_file(self) -> None:
        self.made += 1
        source = self.draw.choice(self.sources)
        if self.one(True, False):
            model = self.one(Photograph, Document)
            model.all_records.create(
                person=self.any(Person), source=source, name=f"{self.made}", published=True
            )
        else:
            life = Biography.all_records.create(
                person=self.any(Person), language=f"x{self.made}", title="Ж", text="Ж"
            )
            life.sources.set([source])

    def take_file_back(self) -> None:
        if photograph := self.any(Photograph):
            photograph.published = not photograph.published
            photograph.save()
        if life := self.any(Biography):
            life.sources.set([])

    def withdraw_source(self) -> None:
        source = self.draw.choice(self.sources)
        Source.all_records.filter(pk=source.pk).update(status=self.one("in-use", "withdrawn"))

    def change_site(self) -> None:
        site = self.draw.choice(self.sites)
        MemorialSite.all_records.filter(pk=site.pk).update(status=self.one("public", "withdrawn"))

    def read_spelling_otherwise(self) -> None:
        spelling = self.draw.choice(self.spellings[Vocabulary.OPERATION])
        terms = Term.all_records.filter(vocabulary=Vocabulary.OPERATION)
        Spelling.all_records.filter(pk=spelling.pk).update(term=self.one(None, *terms))

    def write(self) -> None:
        assert write_columns(at_least=0) is not None

    def step(self) -> None:
        self.draw.choice(
            (
                self.add, self.add, self.add, self.edit, self.edit, self.hide, self.move_entry,
                self.delete_repression, self.change_articles, self.add_file, self.take_file_back,
                self.withdraw_source, self.change_site, self.read_spelling_otherwise, self.write,
            )
        )()  # fmt: skip

    def query(self) -> PeopleQuery:
        codes = {name: [term.code for term in terms] for name, terms in self.terms.items()}
        values: dict[str, Any] = {
            "birth_from": 1891, "birth_to": 1900, "death_from": 1890, "death_to": 1936,
            "arrest_from": 1892, "arrest_to": 1899, "undated": True,
            "place": self.one("ор", "Орёл", "тверь об", "?!"), "occupation": self.one("слес", "о"),
            "region": codes["birth_region"], "nationality": codes["nationality"],
            "sex": ["m", "f"], "party": codes["party"], "category": codes["category"],
            "fate": codes["fate"], "operation": ["order-00447"], "sentencing_body": ["troika"],
            "article": codes["article"], "rehabilitated": [c for c in REHABILITATIONS if c],
            "site": [site.slug for site in self.sites], "source": self.one("book-a", "nowhere"),
            "archive_file": self.one("дело", "Р-12", ".", "п-7 лист"), "has": list(FILES),
        }  # fmt: skip
        names = self.draw.sample(sorted(values), self.one(0, 1, 1, 2, 3))
        return replace(
            PeopleQuery(),
            **{
                name: tuple(self.draw.sample(value, self.draw.randint(1, len(value))))
                if isinstance(value := values[name], list)
                else value
                for name in names
            },
        )


def answers(columns: Any, query: PeopleQuery, people: Any) -> Iterator[Any]:
    found = columns.narrow(people, query)
    yield found.count, found.ids.tolist(), found.is_exact
    yield dict(found.counts())
    for sort in SORTS:
        whole = found.page(sort, 0, 1000)
        assert len(whole) == found.count
        yield whole
        for start in (0, 1, 3, found.count - 1, found.count, found.count + 2):
            if start >= 0:
                assert found.page(sort, start, 2) == whole[start : start + 2]
    if people is not None:
        yield found.keep(people[::-1])


def compare(world: World) -> None:
    for _ in range(2):
        query = world.query()
        everybody = list(Person.all_records.order_by("pk").values_list("pk", flat=True))
        asked = world.one(None, world.draw.sample(everybody, len(everybody) // 2))
        people = None if asked is None else np.array([*asked, 10**6], np.int64)
        own = list(answers(current(), query, people))
        assert own == list(answers(PlainColumns(), query, people)), query


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.COLUMNS_ROOT = tmp_path / "columns"
    return tmp_path / "columns"


def live(seed: int, change: Change, steps: int) -> None:
    world = World(seed, change)
    for _ in range(5):
        world.add()
    for _ in range(steps):
        world.step()
        compare(world)


@pytest.mark.parametrize("seed", range(4))
def test_the_columns_answer_as_the_database_does(
    seed: int, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Half of them with every list long, and every page far from the start.
    if seed % 2:
        monkeypatch.setattr(postings, "SHORTEST", 0)
        monkeypatch.setattr(paging, "STRIDE", 2)
        monkeypatch.setattr(paging, "FEW", 0)
    live(seed, change, 15)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 160))
def test_the_columns_answer_as_the_database_does_for_long(seed: int, change: Change) -> None:
    live(seed, change, 60)
