"""Facets, chips and addresses of a search; what cannot be read is named and left out."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from registry.models import MemorialSite, Person, Role, SiteName
from registry.records import withdraw_source
from registry.search import PeopleQuery, find_people
from registry.search.facets import facet_values
from registry.search.filters import PeopleFilter
from registry.search.labels import Named
from tests.databases import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

# Facets --------------------------------------------------------------------------------------


def counted(address: str) -> dict[str, dict[str, int]]:
    facets = PeopleFilter(QueryDict(address)).facets
    return {name: {v.code: v.count for v in values} for name, values in facets.items()}


@pytest.mark.parametrize(
    "address", ["", "q=Пример", "nationality=russian", "source=book-b", "sex=f&sex=m&fate=executed"]
)
def test_facets_count_everyone_one_by_one(address: str) -> None:
    """Of a facet, those who answer everything else: its other values are there to be chosen."""

    def found(facet: str) -> list[Person]:
        asked = QueryDict(address, mutable=True)
        asked.pop(facet, None)
        people = list(PeopleFilter(asked).qs.select_related())
        return [person for person in people if facet == "fate" or person.status == "public"]

    def tally(name: str) -> dict[str, int]:
        values = (getattr(row, name) for row in found(name))
        codes = (getattr(v, "code", v) for v in values)
        # What is chosen can be taken back, though nobody has it.
        nobody = dict.fromkeys(QueryDict(address).getlist(name), 0)
        return nobody | Counter(code for code in codes if code)

    def regions(row: Person) -> set[str]:
        return {r.code for r in (row.birth_region, row.residence_region) if r}

    buried = [row.burial_site for row in found("site") if row.burial_certainty != "cenotaph"]
    names = ("fate", "nationality", "category", "party", "sex", "rehabilitated")
    assert counted(address) == {
        **{name: tally(name) for name in names},
        "region": dict(Counter(code for row in found("region") for code in regions(row))),
        "site": dict(Counter(site.slug for site in buried if site)),
    }


def test_a_facet_counts_whom_its_value_then_finds() -> None:
    """Born and having lived in one region is one person of it; a cenotaph is no grave."""
    facets = counted("")
    assert facets["region"] == {"oryol": 2, "tver": 1}
    assert facets["site"] == {"grave": 1}
    for name in ("region", "site", "nationality", "sex", "party", "category", "rehabilitated"):
        for code, count in facets[name].items():
            found = PeopleFilter(QueryDict(f"{name}={code}")).found
            assert (name, code, found.count) == (name, code, count)


def test_facets_are_labelled_and_know_what_is_chosen() -> None:
    facets = PeopleFilter(QueryDict("nationality=russian")).facets
    russian, german = facets["nationality"]
    assert (russian.selected, russian.labels["uk"]) == (True, "russian uk")
    assert (german.code, german.selected, german.count) == ("german", False, 1)
    [site] = facets["site"]
    assert (site.code, site.selected) == ("grave", False)
    assert site.labels == {"en": "Invented grave", "ru": "Могила"}


def test_a_withdrawn_source_or_place_is_in_no_facet_and_no_choice() -> None:
    withdraw_source(slug="signs", by=None, role=Role.EDITOR, reason="forged", now=NOW)
    [site] = PeopleFilter(QueryDict("")).facets["site"]
    assert site.labels == {"en": "Invented grave"}
    with translation.override("ru"):
        choices = dict(PeopleFilter(QueryDict("")).filters["site"].extra["choices"])
    assert choices == {"camp": "Obóz", "grave": "Invented grave"}
    MemorialSite.all_records.filter(slug="grave").update(status="withdrawn")
    assert counted("")["site"] == {}
    assert PeopleFilter(QueryDict("site=grave")).form.errors


def test_of_several_names_of_a_place_the_first_is_told_and_offered() -> None:
    grave = MemorialSite.all_records.get(slug="grave")
    SiteName.all_records.create(site=grave, language="en", name="Another name")
    [site] = PeopleFilter(QueryDict("")).facets["site"]
    assert site.labels["en"] == "Invented grave"


def test_what_can_be_chosen_stands_in_the_order_of_the_alphabet() -> None:
    grave = MemorialSite.all_records.get(slug="grave")
    SiteName.all_records.filter(site=grave, language="en").update(name="Žalov")
    choices = list(PeopleFilter(QueryDict("")).form.fields["site"].choices)
    assert choices == [("camp", "Obóz"), ("grave", "Žalov")]


def test_what_is_chosen_is_told_though_fifteen_others_are_more_frequent() -> None:
    found = {number: Named(f"code-{number}", {}) for number in range(1, 21)}
    labels: Any = {"region": found}
    counts = {number: 100 - number for number in found}
    asked = PeopleQuery(region=("code-20",))
    told = facet_values([("region", counts)], asked, labels)["region"]
    codes = [value.code for value in told]
    assert codes == [*(f"code-{number}" for number in range(1, 16)), "code-20"]
    assert [value.code for value in told if value.selected] == ["code-20"]


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


def test_the_order_in_which_none_is_asked_is_the_best_match_first() -> None:
    reader = PeopleFilter(QueryDict("q=Пример&sort=relevance"))
    assert reader.query == PeopleFilter(QueryDict("q=Пример")).query
    assert QueryDict(reader.address()).dict() == {"q": "Пример"}
    offered = [code for code, _ in PeopleFilter(QueryDict("")).form.fields["sort"].choices]
    assert offered == ["relevance", "name", "birth", "death"]


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
    assert reader.facets


@pytest.mark.parametrize(
    "text", ["\0", "\ud800", "а" * 10_000, "%", "_", "\\", "'", "а " * 99, "🙂"]
)
def test_a_query_made_without_the_form_is_answered_too(text: str) -> None:
    for name in ("q", "family", "place", "occupation"):
        found = find_people(PeopleQuery(**{name: text}))
        assert found.page().count == found.count
