"""Every parameter of the search, on a few invented people of whom all is known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from registry.models import (
    Biography,
    Change,
    Document,
    PersonKey,
    Photograph,
    Source,
)
from registry.records import (
    person_lines,
    put_entries,
)
from registry.search import PeopleQuery, find_people
from registry.search.columns import paging
from registry.search.filters import PeopleFilter
from registry.search.matching import retrieving
from registry.search.narrowing import PRIVATE as NAMES
from tests.databases import NOW
from tests.search.population import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

SEARCH_QUERIES = 10
NEAR_QUERIES = 2
CHANGED_QUERIES = 7


def keys(data: str | QueryDict) -> str:
    """The keys of who answers an address in full, in order of the alphabet."""
    reader = PeopleFilter(QueryDict(data) if isinstance(data, str) else data)
    assert reader.form.is_valid(), reader.form.errors
    found = reader.found.page(1, 100)
    assert found.count == reader.qs.count() == len(found.hits)
    answering = [hit.person for hit in found.hits if not (hit.match and hit.match.near)]
    assert answering == [hit.person for hit in found.hits][: found.full]
    rows = PersonKey.all_records.filter(person__in=answering).order_by("key")
    return "".join(rows.values_list("key", flat=True))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", "abcdx"),
        ("q=Пример", "abcdx"),
        ("q=Примеров", "ab"),
        ("q=Примеров&exact=on", "a"),
        ("q=primerov", "ab"),
        ("q=ежиков", "c"),
        ("family=Пример", "ab"),
        ("given=Пример", "abcdx"),
        ("given=Примеров", ""),
        ("patronymic=Пример", ""),
        ("family=примерова&given=п", "b"),
        ("q=?!", ""),
        ("birth_from=1890&birth_to=1891", "ac"),
        ("birth_to=1885", "c"),
        ("birth_from=1898&birth_to=1898", "b"),
        ("birth_from=1903", "x"),
        ("birth_from=1891&birth_to=1891&undated=on", "ad"),
        ("birth_from=1950", "x"),
        ("birth_from=1999&birth_to=1900", ""),
        ("death_from=1939&death_to=1939", "b"),
        ("death_to=1937", "ad"),
        ("death_from=1950", "c"),
        ("death_from=1950&undated=on", "cx"),
        ("arrest_from=1937&arrest_to=1937", "a"),
        ("arrest_from=1931&arrest_to=1937", "a"),
        ("arrest_to=1930", "b"),
        ("arrest_from=1938", "b"),
        ("arrest_from=1938&undated=on", "bcd"),
        ("place=ОРЕЛ", "a"),
        ("place=орёл", "a"),
        ("place=тверь", "ab"),
        ("place=вер", ""),
        ("place=орел тверь", "a"),
        ("region=oryol", "ab"),
        ("region=tver", "c"),
        ("region=tver&region=oryol", "abc"),
        ("occupation=слес", "ab"),
        ("occupation=поэт слесарь", "b"),
        ("nationality=russian", "ac"),
        ("nationality=russian&nationality=german", "abc"),
        ("sex=m", "a"),
        ("sex=f", "b"),
        ("sex=f&sex=m", "ab"),
        ("party=bolshevik", "a"),
        ("category=kulak", "a"),
        ("fate=executed", "a"),
        ("fate=died-in-camp&fate=survived", "bx"),
        ("operation=order-00447", "a"),
        ("sentencing_body=troika", "a"),
        ("article=58-10", "a"),
        ("article=58-11&article=58-10", "ab"),
        ("rehabilitated=rehabilitated", "a"),
        ("rehabilitated=refused", "b"),
        ("site=grave", "a"),
        ("site=camp", ""),
        ("source=book-a", "abcx"),
        ("source=book-b", "bd"),
        ("source=nowhere", ""),
        ("archive_file=дело р-12", "a"),
        ("archive_file=Р-12", "a"),
        ("archive_file=.", "a"),
        ("archive_file=п-7", "b"),
        ("has=photo", ""),
        ("source=book-a&nationality=russian&birth_to=1890", "c"),
    ],
)
def test_each_parameter_leaves_whom_it_says(address: str, expected: str) -> None:
    assert keys(address) == expected


def test_people_with_pictures_papers_and_lives_are_found(people: dict[str, int]) -> None:
    source = Source.all_records.get(slug="book-a")
    for kind, model in (("photo", Photograph), ("document", Document)):
        for name, key, published in (("0", "a", True), ("1", "b", False), ("2", "x", True)):
            model.all_records.create(
                person_id=people[key], source=source, name=name, published=published
            )
        assert keys(f"has={kind}") == "a"
    for key in "bx":
        life = Biography.all_records.create(
            person_id=people[key], language="ru", title="Ж", text="Ж"
        )
        life.sources.set([source])
    assert keys("has=biography") == "b"
    assert keys("has=biography&has=photo") == ""


PRIVATE = (
    "arrest_from=1937", "arrest_to=1990&undated=on", "place=орел", "region=oryol",
    "occupation=слесарь", "nationality=russian", "sex=m", "party=bolshevik", "category=kulak",
    "operation=order-00447", "sentencing_body=troika", "article=58-10",
    "rehabilitated=rehabilitated", "site=grave", "archive_file=р-12", "has=photo",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_told_of_someone_never_finds_them(people: dict[str, int], address: str) -> None:
    assert "x" not in keys(address)
    assert "h" not in keys(address)


def test_every_parameter_is_private_or_told_of_everyone() -> None:
    told = {"q", "family", "given", "patronymic", "exact", "undated", "fate", "source"}
    told |= {f"{name}_{end}" for name in ("birth", "death") for end in ("from", "to")}
    assert set(PeopleFilter.base_filters) == {*NAMES, *told, "sort", "page", "limit"}
    assert {address.partition("=")[0] for address in PRIVATE} == set(NAMES)


# Pages and order -------------------------------------------------------------------------------


def walked(address: str) -> Iterator[int]:
    number = 1
    while hits := PeopleFilter(QueryDict(f"{address}&page={number}")).found.page().hits:
        yield from (hit.person for hit in hits)
        number += 1


@pytest.mark.parametrize("address", ["", "q=п", "q=Пример&sort=name", "sort=birth", "sort=death"])
@pytest.mark.parametrize("ranked", [2, 500])
def test_pages_hold_everyone_once(
    monkeypatch: pytest.MonkeyPatch, address: str, ranked: int
) -> None:
    monkeypatch.setattr(retrieving, "RANKED", ranked)
    everyone = PeopleFilter(QueryDict(address)).found
    for limit in (1, 2, 3, 100):
        found = list(walked(f"{address}&limit={limit}"))
        assert len(found) == len(set(found)) == everyone.count == 5
    deep = PeopleFilter(QueryDict(f"{address}&page=1000000")).found.page()
    assert (deep.hits, deep.count, deep.number) == ((), 5, 1_000_000)


def test_people_come_in_the_order_asked(people: dict[str, int]) -> None:
    order = {pk: key for key, pk in people.items()}

    def asked(address: str) -> str:
        return "".join(order[pk] for pk in walked(address))

    assert asked("sort=name") == "dcxab"
    assert asked("") == "dcxab"
    assert asked("sort=birth") == "abxdc"
    assert asked("sort=death") == "dabcx"
    assert asked("q=Примерова") == "ba"  # the second is a letter off
    assert asked("q=Примеров")[0] == "a"


def test_each_hit_says_why() -> None:
    hit, *others = find_people(PeopleQuery(q="Primerova Пр")).page().hits
    assert all(other.match and other.match.near for other in others)
    assert hit.match is not None
    assert hit.match.name == "Примерова Пример"
    assert [(r.kind, r.asked) for r in hit.match.reasons] == [
        ("reading", "Primerova"), ("prefix", "Пр"),
    ]  # fmt: skip
    by_name = find_people(PeopleQuery(q="Примерова", sort="name")).page().hits
    assert by_name[0].match is not None
    assert find_people(PeopleQuery(sex=("f",))).page().hits[0].match is None


def test_a_search_costs_the_same_queries_for_one_person_and_fifty(change: Change) -> None:
    def grown(prefix: str, count: int) -> None:
        drafts = [
            said(
                f"{prefix}{n}", prefix, birth="1891", sex="m", fate="расстрелян", party="ВКП(б)",
                nationality="русский", birth_region="oryol", burial_site="grave", category="кулак",
            )
            for n in range(count)
        ]  # fmt: skip
        put_entries(drafts=drafts, change=change, now=NOW)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            reader = PeopleFilter(QueryDict(address))
            page = reader.found.page()
            assert reader.facets
            assert reader.chips
            person_lines([hit.person for hit in page.hits], language="en")
        return len(captured)

    grown("Одинокий", 1)
    grown("Редкий", 9)
    grown("Многий", 50)
    # Whoever has changed is read once, at the first search afterwards.
    assert queries("q=Многий") <= SEARCH_QUERIES + CHANGED_QUERIES
    # Of few people those of near names are asked for as well.
    for name, count in (
        ("Одинокий", SEARCH_QUERIES + NEAR_QUERIES),
        ("Редкий", SEARCH_QUERIES + NEAR_QUERIES),
        ("Многий", SEARCH_QUERIES),
    ):
        assert {queries(f"q={name}&limit={limit}") for limit in (1, 20, 100)} == {count}
        assert queries(f"q={name}&sort=name") <= count


@pytest.mark.parametrize("asked", ["", "q=Пример"])
@pytest.mark.parametrize("sort", ["birth", "death"])
def test_few_sorted_stand_as_many_looked_through(
    asked: str, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether few or many were found decides how the page is made, and never who stands on it."""
    pages = []
    for few in (0, 10**9):
        monkeypatch.setattr(paging, "FEW", few)
        found = PeopleFilter(QueryDict(f"{asked}&sort={sort}")).found
        pages.append([hit.person for number in (1, 2, 3) for hit in found.page(number, 2).hits])
    assert len(pages[0]) > 2
    assert pages[0] == pages[1]


def test_each_search_has_its_own_choices_and_leaves_the_declared_filters_alone() -> None:
    one, other = PeopleFilter({}), PeopleFilter({})
    assert one.filters["region"].extra["choices"].labels is one.labels
    assert other.filters["region"].extra["choices"].labels is other.labels
    assert PeopleFilter.base_filters["region"].extra["choices"] == ()
    assert one.filters["q"].parent is one
