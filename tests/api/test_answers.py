"""What the API answers about the first records, by value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from registry.models import Entry, Person, PersonStatus
from registry.records import public_person, public_sites

ROW = {
    "id", "url", "name", "names", "birth", "death", "birth_place", "occupation", "fate",
    "entries", "restricted", "match",
}  # fmt: skip


def get(client: Client, address: str, language: str = "en") -> Any:
    """Return the JSON of an answer."""
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_people_are_found_in_the_shape_of_the_design(registry_loaded: Path, client: Client) -> None:
    found = get(client, "/api/v1/people?q=Mandelsztam&facets=1")
    assert (found["count"], found["count_is_exact"], found["next"]) == (1, True, None)
    [row] = found["results"]
    assert set(row) == ROW
    assert row["url"] == f"http://testserver/people/{row['id']}/"
    assert row["name"] == {
        "family": "Мандельштам",
        "given": "Осип",
        "patronymic": "Эмильевич",
        "full": "Мандельштам Осип Эмильевич",
    }
    assert row["birth"]["edtf"] == "1891-01-15"
    assert row["birth"]["earliest"] == row["birth"]["latest"] == "1891-01-15"
    assert set(row["fate"]) == {"code", "en", "ru", "uk"}
    assert row["entries"] == Entry.public.filter(person=row["id"]).count()
    assert row["match"]["name"] == "Mandelsztam Osip"
    assert 0 < row["match"]["score"] <= 1
    assert [value["count"] for value in found["facets"]["fate"]] == [1]
    assert "Mandelsztam Osip" in [name["full"] for name in row["names"]]


def test_facets_are_counted_only_when_asked(registry_loaded: Path, client: Client) -> None:
    assert get(client, "/api/v1/people?q=Бабель")["facets"] is None


def test_pages_follow_one_another_to_the_end(registry_loaded: Path, client: Client) -> None:
    address, seen = "/api/v1/people?sort=name&limit=30&facets=1", []
    while address:
        page = get(client, address)
        assert page["facets"]
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["count"] == 76


def test_page_past_the_last_is_empty_and_says_how_many_there_are(
    registry_loaded: Path, client: Client
) -> None:
    page = get(client, "/api/v1/people?page=999999")
    assert (page["count"], page["results"], page["next"]) == (76, [], None)


def test_limit_is_at_most_100(registry_loaded: Path, client: Client) -> None:
    answer = client.get("/api/v1/people?limit=101")
    assert answer.status_code == 400
    assert answer.json()["error"] == "bad-request"
    assert list(answer.json()["parameters"]) == ["limit"]


@pytest.mark.parametrize(
    "path",
    ["people", "people/1", "suggest", "entries/{entry}", "sites", "sites/bykivnia", "sources"],
)
def test_unknown_parameters_are_ignored_and_named(
    registry_loaded: Path, client: Client, path: str
) -> None:
    address = "/api/v1/" + path.format(entry=Entry.public.order_by("pk")[0].pk)
    plain = get(client, address)
    named = get(client, f"{address}?nonsense=1&zzz=2")
    assert plain["ignored"] == []
    assert named == {**plain, "ignored": ["nonsense", "zzz"]}


def test_person_tells_what_the_page_tells(registry_loaded: Path, client: Client) -> None:
    found = get(client, "/api/v1/people/1", "ru")
    person = public_person(1, language="ru")
    assert set(found["fields"]) == set(person.facts)
    assert [episode["number"] for episode in found["episodes"]] == [
        episode.number for episode in person.episodes
    ]
    ids = {entry.mark: entry.id for entry in person.entries}
    for name, fact in person.facts.items():
        told = found["fields"][name]
        assert told["rule"] == fact.rule
        assert [value["entries"] for value in told["values"]] == [
            [ids[mark] for mark in value.marks] for value in fact.values
        ]
        assert len(told["differ"]) == len(fact.rivals)
        assert len(told["discredited"]) == len(fact.discredited)
    assert [entry["id"] for entry in found["entries"]] == [entry.id for entry in person.entries]


def test_every_value_of_a_person_names_entries_that_are_there(
    registry_loaded: Path, client: Client
) -> None:
    for person in (1, 2, 3, 20, 40, 60):
        found = get(client, f"/api/v1/people/{person}")
        entries = {entry["id"] for entry in found["entries"]}
        facts = [*found["fields"].values()]
        facts += [fact for episode in found["episodes"] for fact in episode["fields"].values()]
        for fact in facts:
            for value in (*fact["values"], *fact["differ"]):
                assert value["entries"]
                assert set(value["entries"]) <= entries


def test_rival_dates_of_one_arrest_stand_side_by_side(
    registry_loaded: Path, client: Client
) -> None:
    found = get(client, "/api/v1/people/1")
    arrests = [episode["fields"]["arrest"] for episode in found["episodes"]]
    [last] = [fact for fact in arrests if fact["value"]["date"]["edtf"].startswith("1938")]
    dates = {value["date"]["edtf"] for value in (*last["values"], *last["differ"])}
    assert dates >= {"1938-04-30", "1938-05-03", "1938-05-05"}


def test_texts_are_worded_in_the_language_accepted(registry_loaded: Path, client: Client) -> None:
    place = {
        language: get(client, "/api/v1/people/1", language)["fields"]["birth_place"]["value"]
        for language in ("en", "ru", "uk")
    }
    assert [place[language]["text"]["lang"] for language in place] == ["en", "ru", "uk"]
    assert len({place[language]["text"]["text"] for language in place}) == 3
    other = client.get("/api/v1/people/1", headers={"accept-language": "fr, ru;q=0.5"})
    assert other.headers["Content-Language"] == "ru"
    none = client.get("/api/v1/people/1", headers={"accept-language": "fr"})
    assert none.headers["Content-Language"] == "en"
    assert "Accept-Language" in none.headers["Vary"]


def test_merged_person_leads_to_the_other(make_person: Callable[..., int], client: Client) -> None:
    kept, merged = make_person(), make_person(given="Другой")
    Person.all_records.filter(pk=merged).update(status=PersonStatus.MERGED, merged_into=kept)
    answer = client.get(f"/api/v1/people/{merged}")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"http://testserver/api/v1/people/{kept}"
    assert answer.json()["error"] == "moved"
    assert get(client, answer.headers["Location"])["id"] == kept


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_errors_have_a_code_and_words_in_the_language_accepted(
    registry_loaded: Path, client: Client, language: str
) -> None:
    Person.all_records.filter(pk=1).update(status=PersonStatus.WITHDRAWN)
    headers = {"accept-language": language}
    told = {
        path: client.get(f"/api/v1/{path}", headers=headers)
        for path in ("people/1", "people/999999", "people?page=x", "none-such")
    }
    assert [(one.status_code, one.json()["error"]) for one in told.values()] == [
        (410, "gone"),
        (404, "not-found"),
        (400, "bad-request"),
        (404, "not-found"),
    ]
    assert {one.headers["Content-Language"] for one in told.values()} == {language}
    words = [one.json()["message"] for one in told.values()]
    assert all(words)
    assert all(text.isascii() == (language == "en") for text in words)


def test_suggestions_come_for_what_is_typed_so_far(registry_loaded: Path, client: Client) -> None:
    found = get(client, "/api/v1/suggest?q=Тухач")["results"]
    assert [row["name"]["family"] for row in found] == ["Тухачевский"]
    assert get(client, "/api/v1/suggest?q=маршал тухач")["spellings"] == []
    assert get(client, "/api/v1/suggest?q=миха тухач")["spellings"] == ["миха Тухачевский"]
    assert get(client, "/api/v1/suggest?q=")["results"] == []
    assert len(get(client, "/api/v1/suggest?q=о")["results"]) <= 10


def test_entry_tells_its_source_and_person(registry_loaded: Path, client: Client) -> None:
    person = get(client, "/api/v1/people/1")
    one = person["entries"][0]
    alone = get(client, f"/api/v1/entries/{one['id']}")
    assert alone == {**one, "ignored": []}
    assert alone["person"] == 1
    assert alone["source"]["url"] == f"http://testserver/sources/{alone['source']['slug']}/"


def test_sites_and_sources_are_all_there(registry_loaded: Path, client: Client) -> None:
    sites = get(client, "/api/v1/sites", "uk")
    assert [row["slug"] for row in sites["results"]] == [
        site.slug for site in public_sites(language="uk")
    ]
    address, seen, ranks = "/api/v1/sources", [], []
    while address:
        page = get(client, address)
        seen += [row["slug"] for row in page["results"]]
        ranks += [row["rank"] or 99 for row in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == page["count"]
    assert ranks == sorted(ranks)


def test_site_keeps_figures_of_different_measures_apart(
    registry_loaded: Path, client: Client
) -> None:
    found = get(client, "/api/v1/sites/bykivnia")
    assert len(found["figures"]) > 1
    for figures in found["figures"].values():
        assert all(figure["source"]["slug"] for figure in figures)
    assert {row["id"] for row in found["buried"]}.isdisjoint(row["id"] for row in found["presumed"])
    assert found["people_count"] == len(found["buried"]) + len(found["presumed"])


def test_api_has_no_page_of_its_own(registry_loaded: Path, client: Client) -> None:
    assert client.get("/api/v1/docs").status_code == 404
    assert client.get("/api/v1/people").headers["Content-Type"] == "application/json; charset=utf-8"
