"""Every parameter of the search, on a few invented people of whom all is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from registry.dates import parse_edtf
from registry.models import (
    Biography,
    Change,
    Document,
    MemorialSite,
    Person,
    PersonKey,
    Photograph,
    Role,
)
from registry.records import (
    SiteDraft,
    SiteNameDraft,
    person_lines,
    put_entries,
    put_sites,
    withdraw_source,
)
from registry.records.drafts import EntryDraft, NameDraft, RepressionDraft, RulingDraft
from registry.search import PeopleQuery, find_people, finding
from registry.search.filters import PeopleFilter
from tests.databases import NOW
from tests.records.drafting import draft, put_books, put_vocabularies

pytestmark = pytest.mark.django_db

SEARCH_QUERIES = 18


def named(family: str, given: str = "Пример", patronymic: str = "") -> tuple[NameDraft, ...]:
    full = " ".join(part for part in (family, given, patronymic) if part)
    return (NameDraft("main", full, family, given, patronymic, "ru", "Cyrl"),)


def arrested(day: str = "", **fields: Any) -> RepressionDraft:
    return RepressionDraft(arrest=parse_edtf(day) if day else None, **fields)


def said(key: str, family: str, source: str = "book-a", **fields: Any) -> EntryDraft:
    dates = {n: parse_edtf(fields.pop(n)) for n in ("birth", "death") if n in fields}
    return draft(f"{key}-{source}", source, person_key=key, names=named(family), **dates, **fields)


POPULATION = (
    said(
        "a", "Примеров", birth="1891-01-15", death="1937-11-03", sex="m", fate="расстрелян",
        birth_place="г. Орёл", birth_region="oryol", nationality="русский", occupation="Слесарь",
        burial_site="grave", burial_certainty="documented", archive_file="Ф. 1, Дело Р-12",
        party="ВКП(б)", category="кулак",
        repressions=(
            arrested(
                "1937-07", articles="58-10", article_codes=("58-10",), operation="приказ 00447",
                sentencing_body="тройка", arrest_place="Тверь",
                rulings=(RulingDraft("rehabilitated", parse_edtf("1956")),),
            ),
        ),
    ),
    said(
        "b", "Примерова", birth="1900~", death="1938/1940", sex="f", fate="умер в лагере",
        birth_place="Тверь", residence_region="oryol", nationality="немец",
        occupation="поэт, слесарь", archive_file="П-7",
        repressions=(
            arrested("1930", article_codes=("58-11",)),
            arrested("1938-05-03", rulings=(RulingDraft("refused"),)),
        ),
    ),
    said("b", "Примерова", "book-b"),
    said("c", "Ёжиков", birth="[..1890]", death="[1941..]", nationality="великоросс"),
    said("d", "Безвестный", "book-b", death="1937"),
    said(
        "x", "Живущий", birth="1950", sex="m", birth_place="Орёл", birth_region="oryol",
        nationality="русский", occupation="слесарь", party="ВКП(б)", category="кулак",
        archive_file="Р-12", burial_certainty="", fate="survived en",
        repressions=(
            arrested(
                "1937-07", article_codes=("58-10",), operation="приказ 00447",
                sentencing_body="тройка", rulings=(RulingDraft("rehabilitated"),),
            ),
        ),
    ),
    said("h", "Скрытый", "book-b", birth="1950", sex="m", birth_place="Орёл"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def people(change: Change, make_source: Callable[..., str]) -> dict[str, int]:
    put_books(change)
    put_vocabularies(change)
    make_source("signs")
    grave = (SiteNameDraft("en", "Invented grave"), SiteNameDraft("ru", "Могила", "signs"))
    sites = [
        SiteDraft("grave", ("mass-grave",), names=grave),
        SiteDraft("camp", ("camp",), names=(SiteNameDraft("pl", "Obóz"),)),
    ]
    put_sites(drafts=sites, change=change)
    outcomes = put_entries(drafts=POPULATION, change=change, now=NOW)
    assert {outcome.kind for outcome in outcomes} == {"new"}
    found = dict(PersonKey.all_records.values_list("key", "person"))
    statuses = Person.all_records.in_bulk()
    assert {key: statuses[pk].status for key, pk in found.items()} == {
        "a": "public", "b": "public", "c": "public", "d": "public",
        "x": "restricted", "h": "held",
    }  # fmt: skip
    return found


def keys(data: str | QueryDict) -> str:
    """The keys of who is found by an address, in order of the alphabet."""
    reader = PeopleFilter(QueryDict(data) if isinstance(data, str) else data)
    rows = PersonKey.all_records.filter(person__in=reader.qs).order_by("key")
    assert reader.form.is_valid(), reader.form.errors
    assert reader.found.count == rows.count()
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
        ("region=tver", ""),
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
    for kind, model in (("photo", Photograph), ("document", Document)):
        model.all_records.create(person_id=people["a"], checksum="0" * 64, published=True)
        model.all_records.create(person_id=people["b"], checksum="1" * 64)
        model.all_records.create(person_id=people["x"], checksum="2" * 64, published=True)
        assert keys(f"has={kind}") == "a"
    for key in "bx":
        Biography.all_records.create(person_id=people[key], language="ru", title="Ж", text="Ж")
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
    from registry.search.narrowing import PRIVATE as NAMES

    told = {"q", "family", "given", "patronymic", "exact", "undated", "fate", "source"}
    told |= {f"{name}_{end}" for name in ("birth", "death") for end in ("from", "to")}
    assert set(PeopleFilter.base_filters) == {*NAMES, *told, "sort", "page", "limit"}
    assert {address.partition("=")[0] for address in PRIVATE} == set(NAMES)


# Facets --------------------------------------------------------------------------------------


def counted(address: str) -> dict[str, dict[str, int]]:
    facets = PeopleFilter(QueryDict(address)).found.facets()
    return {name: {v.code: v.count for v in values} for name, values in facets.items()}


@pytest.mark.parametrize("address", ["", "q=Пример", "nationality=russian", "source=book-b"])
def test_facets_count_everyone_one_by_one(address: str) -> None:
    found = list(PeopleFilter(QueryDict(address)).qs.select_related())
    shown = [person for person in found if person.status == "public"]

    def tally(rows: list[Person], name: str) -> dict[str, int]:
        values = (getattr(row, name) for row in rows)
        codes = (getattr(v, "code", getattr(v, "slug", v)) for v in values)
        return dict(Counter(code for code in codes if code))

    assert counted(address) == {
        "fate": tally(found, "fate"),
        "nationality": tally(shown, "nationality"),
        "category": tally(shown, "category"),
        "party": tally(shown, "party"),
        "region": tally(shown, "birth_region"),
        "sex": tally(shown, "sex"),
        "rehabilitated": tally(shown, "rehabilitated"),
        "site": tally(shown, "burial_site"),
    }


def test_facets_are_labelled_and_know_what_is_chosen() -> None:
    facets = PeopleFilter(QueryDict("nationality=russian")).found.facets()
    [russian] = facets["nationality"]
    assert (russian.selected, russian.labels["uk"]) == (True, "russian uk")
    [site] = facets["site"]
    assert (site.code, site.selected) == ("grave", False)
    assert site.labels == {"en": "Invented grave", "ru": "Могила"}


def test_a_withdrawn_source_or_place_is_in_no_facet_and_no_choice() -> None:
    withdraw_source(slug="signs", by=None, role=Role.EDITOR, reason="forged", now=NOW)
    [site] = PeopleFilter(QueryDict("")).found.facets()["site"]
    assert site.labels == {"en": "Invented grave"}
    with translation.override("ru"):
        choices = dict(PeopleFilter(QueryDict("")).filters["site"].extra["choices"])
    assert choices == {"camp": "Obóz", "grave": "Invented grave"}
    MemorialSite.all_records.filter(slug="grave").update(status="withdrawn")
    assert counted("")["site"] == {}
    assert PeopleFilter(QueryDict("site=grave")).form.errors


# Addresses -----------------------------------------------------------------------------------

FULL = (
    "q=Пример&exact=on&birth_from=1800&birth_to=1999&undated=on&place=Орёл&region=oryol"
    "&nationality=russian&nationality=german&sex=m&sex=f&rehabilitated=rehabilitated&site=grave"
    "&source=book-a&archive_file=Р&has=photo&has=document&sort=birth&page=3&limit=50"
)


@pytest.mark.parametrize("address", ["", "q=Пример", FULL])
def test_an_address_reads_as_the_search_it_was_made_of(address: str) -> None:
    reader = PeopleFilter(QueryDict(address))
    again = PeopleFilter(QueryDict(reader.address()))
    assert again.query == reader.query
    assert again.address() == reader.address()
    assert PeopleFilter(QueryDict(reader.address(page=7))).query.page == 7
    assert PeopleFilter(QueryDict(reader.address(q=None))).query.q == ""


def test_taking_a_chip_away_takes_that_filter_alone() -> None:
    reader = PeopleFilter(QueryDict(FULL))
    chips = reader.chips
    pairs = QueryDict(reader.address()).lists()
    whole = [(name, value) for name, values in pairs for value in values]
    apart = {"sort", "page", "limit"}
    assert [(c.parameter, c.value) for c in chips] == [p for p in whole if p[0] not in apart]
    for chip in chips:
        rest = QueryDict(reader.address_without(chip)).lists()
        left = [(name, value) for name, values in rest for value in values]
        gone = {(chip.parameter, chip.value), ("page", "3")}
        assert left == [pair for pair in whole if pair not in gone]


def test_chips_say_terms_in_words_of_the_reader() -> None:
    with translation.override("uk"):
        reader = PeopleFilter(QueryDict("nationality=russian&exact=on&q=Пример&site=grave"))
        labels = {chip.parameter: chip.label for chip in reader.chips}
    assert labels == {
        "q": "Пример", "exact": "", "nationality": "russian uk", "site": "Invented grave",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("address", "wrong", "unknown"),
    [
        ("colour=red&q=Примеров&utm=1", set(), ["colour", "utm"]),
        ("facets=1", set(), []),
        ("birth_from=yesterday", {"birth_from"}, []),
        ("birth_from=10000000000000000000000", {"birth_from"}, []),
        ("death_to=-1", {"death_to"}, []),
        ("nationality=martian", {"nationality"}, []),
        ("sex=x", {"sex"}, []),
        ("sort=random", {"sort"}, []),
        ("page=0", {"page"}, []),
        ("page=99999999", {"page"}, []),
        ("limit=1000", {"limit"}, []),
        ("has=secrets", {"has"}, []),
        ("q=%00Примеров", {"q"}, []),
        ("archive_file=%00", {"archive_file"}, []),
        (f"q={'Примеров' * 1250}", {"q"}, []),
        (f"place={'а' * 10_000}", {"place"}, []),
        ("source=%ED%A0%80", set(), []),
        ("archive_file=%5B%28%2A", set(), []),
        ("birth_from=&q=&nationality=", set(), []),
    ],
)
def test_what_cannot_be_read_is_named_and_left_out(
    address: str, wrong: set[str], unknown: list[str]
) -> None:
    reader = PeopleFilter(QueryDict(address))
    assert set(reader.form.errors) == wrong
    assert reader.unknown == unknown
    for name in wrong:
        assert getattr(reader.query, name) == getattr(PeopleQuery(), name)
    assert reader.found.page().count >= 0
    assert reader.found.facets()


@pytest.mark.parametrize(
    "text", ["\0", "\ud800", "а" * 10_000, "%", "_", "\\", "'", "а " * 99, "🙂"]
)
def test_a_query_made_without_the_form_is_answered_too(text: str) -> None:
    for name in ("q", "family", "place", "occupation"):
        found = find_people(PeopleQuery(**{name: text}))
        assert found.page().count == found.count


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
    monkeypatch.setattr(finding, "RANKED", ranked)
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
    assert asked("q=Примерова") == "b"
    assert asked("q=Примеров")[0] == "a"


def test_each_hit_says_why() -> None:
    [hit] = find_people(PeopleQuery(q="Primerova Пр")).page().hits
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
            reader.found.facets()
            assert reader.chips
            person_lines([hit.person for hit in page.hits], language="en")
        return len(captured)

    grown("Одинокий", 1)
    grown("Многий", 50)
    counts = {
        queries(f"{name}&limit={limit}")
        for name in ("q=Одинокий", "q=Многий")
        for limit in (1, 20, 100)
    }
    assert counts == {SEARCH_QUERIES}
    by_name = {queries(f"q={name}&sort=name") for name in ("Одинокий", "Многий")}
    assert len(by_name) == 1
    assert max(by_name) <= 20
