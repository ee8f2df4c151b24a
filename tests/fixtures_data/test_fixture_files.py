"""The first records as files: whole, sourced, worded in three languages, nothing false in use."""

import json
from collections import Counter
from urllib.parse import urlsplit

import pytest

from registry.dates import parse_edtf
from registry.names import fold
from tests.fixtures_data.files import (
    ADMINISTRATION,
    ENTRIES,
    FILES,
    FOLDER,
    LANGUAGES,
    UNLICENSED,
    by_person,
    dates,
    parts,
    repressions,
    unworded,
)


def test_every_file_is_written_the_same_way() -> None:
    for name, rows in FILES.items():
        text = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
        written = "".join(
            json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows
        )
        assert text == written, name


def test_there_are_76_people_and_34_sites() -> None:
    assert len(FILES["people"]) == 76
    assert len(FILES["sites"]) == 34


def test_people_keep_their_numbers() -> None:
    assert [row["id"] for row in FILES["people"]] == list(range(1, 77))
    assert FILES["people"][0] == {"person_key": "mandelstam-osip", "id": 1}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("terms", ("vocabulary", "code")),
        ("sources", ("slug",)),
        ("sites", ("slug",)),
        ("people", ("person_key",)),
        ("people", ("id",)),
        ("entries", ("source", "key")),
        ("relations", ("source", "entry_key", "person_key", "other_key", "kind")),
    ],
)
def test_keys_are_unique(name: str, key: tuple[str, ...]) -> None:
    seen = Counter(tuple(row[part] for part in key) for row in FILES[name])
    assert [found for found, times in seen.items() if times > 1] == []


def test_no_spelling_stands_for_two_terms() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for term in FILES["terms"]:
        for text in {term["en"], term["ru"], term["uk"], *term.get("spellings", [])}:
            owners.setdefault((term["vocabulary"], fold(text)), set()).add(term["code"])
    assert {text: codes for text, codes in owners.items() if len(codes) > 1} == {}


def test_every_source_has_its_rank() -> None:
    unranked = [s["slug"] for s in FILES["sources"] if s.get("rank") not in range(1, 7)]
    assert unranked == ["registry"]


def test_a_kind_of_source_has_its_rank_on_the_ladder() -> None:
    ranks: dict[str, set[int | None]] = {}
    for source in FILES["sources"]:
        ranks.setdefault(source["kind"], set()).add(source.get("rank"))
    assert ranks == {
        "archive": {1},
        "document": {2},
        "memory-book": {3},
        "database": {3},
        "encyclopedia": {4},
        "book": {4},
        "article": {4},
        "memoir": {5},
        "testimony": {5},
        "press": {6},
        "web": {6},
        "editorial": {None},
    }


def test_only_published_works_name_people_who_may_be_alive() -> None:
    published = {"memory-book", "database", "encyclopedia", "book", "article"}
    for source in FILES["sources"]:
        may = source.get("living_rule") == "restrict"
        assert may == (source["kind"] in published), source["slug"]


def test_no_address_of_an_unlicensed_copy() -> None:
    addresses = [s.get(f, "") for s in FILES["sources"] for f in ("url", "archived_url")]
    addresses += [e.get("passage_url", "") for e in ENTRIES]
    linked = [a for a in addresses if a and any(host in a.casefold() for host in UNLICENSED)]
    assert linked == []
    assert {urlsplit(a).scheme for a in addresses if a} <= {"http", "https"}


def test_every_entry_has_a_source_and_a_person_that_exist() -> None:
    sources = {s["slug"] for s in FILES["sources"]}
    people = {p["person_key"] for p in FILES["people"]}
    assert {e["source"] for e in ENTRIES} <= sources
    assert {e["person_key"] for e in ENTRIES} == people


def test_sites_are_those_of_the_file() -> None:
    sites = {s["slug"] for s in FILES["sites"]}
    named = {e["burial_site"] for e in ENTRIES if e.get("burial_site")}
    for entry in ENTRIES:
        for part in (entry, *repressions(entry)):
            named |= {stay["site"] for stay in part.get("stays", []) if stay.get("site")}
            named |= {part["execution_site"]} if part.get("execution_site") else set()
    assert named <= sites


def test_sources_of_sites_are_those_of_the_file() -> None:
    sources = {s["slug"] for s in FILES["sources"]}
    for site in FILES["sites"]:
        for field in ("coordinates_sources", "period_sources", "status_sources"):
            assert set(site.get(field, [])) <= sources, (site["slug"], field)
        for part in ("figures", "events"):
            assert {row["source"] for row in site.get(part, [])} <= sources, site["slug"]
        assert {n["source"] for n in site["names"] if n.get("source")} <= sources, site["slug"]


def test_codes_are_those_of_the_vocabularies() -> None:
    codes = {(t["vocabulary"], t["code"]) for t in FILES["terms"]}
    used = {("region", s["region"]) for s in FILES["sites"] if s.get("region")}
    for entry in ENTRIES:
        used |= {("region", entry[f]) for f in ("birth_region", "residence_region") if f in entry}
        for row in repressions(entry):
            used |= {("region", row["arrest_region"])} if "arrest_region" in row else set()
            used |= {("sentence-kind", row["sentence_kind"])} if "sentence_kind" in row else set()
    assert used <= codes


def test_relations_join_people_and_entries_that_exist() -> None:
    people = {p["person_key"] for p in FILES["people"]}
    entries = {(e["source"], e["key"]): e["person_key"] for e in ENTRIES}
    for relation in FILES["relations"]:
        assert relation["other_key"] in people
        assert relation["person_key"] != relation["other_key"]
        key = (relation["source"], relation["entry_key"])
        assert entries[key] == relation["person_key"], relation


def test_no_relation_accuses_on_the_word_of_the_press_alone() -> None:
    ranks = {s["slug"]: s.get("rank") for s in FILES["sources"]}
    best: dict[tuple[str, ...], int] = {}
    for relation in FILES["relations"]:
        if relation["kind"] in {"prosecuted-by", "prosecutor-of"}:
            key = (relation["person_key"], relation["other_key"], relation["text"])
            best[key] = min(best.get(key, 9), ranks[relation["source"]] or 9)
    assert best
    assert [key for key, rank in best.items() if rank == 6] == []


def test_every_date_is_edtf() -> None:
    found = [text for name in ("sites", "entries") for row in FILES[name] for text in dates(row)]
    assert len(found) > 600
    for text in found:
        assert parse_edtf(text).edtf == text


def test_nobody_is_sentenced_before_arrest_or_dies_before_birth() -> None:
    for entry in ENTRIES:
        birth, death = entry.get("birth_date"), entry.get("death_date")
        if birth and death:
            born = parse_edtf(birth["edtf"] if isinstance(birth, dict) else birth)
            assert born.earliest < parse_edtf(death).latest, entry["key"]
        for row in repressions(entry):
            if row.get("arrest_date") and row.get("sentence_date"):
                arrest, sentence = parse_edtf(row["arrest_date"]), parse_edtf(row["sentence_date"])
                assert arrest.earliest <= sentence.latest, entry["key"]


@pytest.mark.parametrize("person", sorted(by_person()))
def test_every_person_has_a_main_name_in_three_spellings(person: str) -> None:
    names = [name for entry in by_person()[person] for name in entry.get("names", [])]
    assert any(name["kind"] == "main" for name in names)
    assert all(name.get("family") or name.get("given") for name in names)
    rows = {(name["script"], name["language"]) for name in names}
    assert "Latn" in {script for script, _ in rows}
    assert {("Cyrl", "ru"), ("Cyrl", "uk")} <= rows


def test_an_entry_has_at_most_one_main_name() -> None:
    for entry in ENTRIES:
        mains = [n for n in entry.get("names", []) if n["kind"] == "main"]
        assert len(mains) <= 1, (entry["source"], entry["key"])


def test_editors_add_transliterations_and_nothing_else() -> None:
    for entry in ENTRIES:
        if entry["source"] == "registry":
            assert set(entry) <= ADMINISTRATION | {"names"}
            assert {name["kind"] for name in entry["names"]} == {"transliteration"}


def test_no_entry_is_without_a_fact() -> None:
    related = {(r["source"], r["entry_key"]) for r in FILES["relations"]}
    empty = [
        (e["source"], e["key"])
        for e in ENTRIES
        if not set(e) - ADMINISTRATION and (e["source"], e["key"]) not in related
    ]
    assert empty == []


def test_no_repression_is_without_a_statement() -> None:
    for entry in ENTRIES:
        for row in repressions(entry):
            assert set(row) - {"kind", "episode", "wording"}, (entry["source"], entry["key"])


def test_entries_hold_summaries_and_no_print() -> None:
    assert {entry["rendering"] for entry in ENTRIES} == {"summarised"}
    assert [entry["key"] for entry in ENTRIES if entry.get("verbatim")] == []


def test_every_text_of_an_entry_is_worded_in_russian_and_ukrainian() -> None:
    for entry in ENTRIES:
        for part, fields in parts(entry):
            assert unworded(part, fields) == [], (entry["source"], entry["key"])
        reasons = tuple(f"discredited.{field}" for field in entry.get("discredited", {}))
        assert all(set(entry["wording"][r]) == LANGUAGES for r in reasons), entry["key"]


def test_every_text_of_a_site_is_worded_in_russian_and_ukrainian() -> None:
    texts = ("town", "region_then", "coordinates_note", "period_note", "status_today")
    for site in FILES["sites"]:
        assert unworded(site, texts) == [], site["slug"]
        for figure in site.get("figures", []):
            assert unworded(figure, ("note",)) == [], site["slug"]
        for event in site.get("events", []):
            assert unworded(event, ("text",)) == [], site["slug"]
        assert {"en", "ru", "uk"} <= {name["language"] for name in site["names"]}, site["slug"]


def test_relations_notes_and_terms_are_worded() -> None:
    for relation in FILES["relations"]:
        assert unworded(relation, ("text",)) == []
    for source in FILES["sources"]:
        assert unworded(source, ("note", "quotes")) == [], source["slug"]
    for term in FILES["terms"]:
        assert all(term[language] for language in ("en", "ru", "uk"))
        assert set(term.get("note", {})) in (set(), {"en", "ru", "uk"}), term["code"]


def test_labels_of_fates_guess_at_nobodys_gender() -> None:
    """Filters and facets have them of men and women together; "survived" has no such noun."""
    labels = {t["code"]: t["ru"] + t["uk"] for t in FILES["terms"] if t["vocabulary"] == "fate"}
    assert [code for code, text in labels.items() if "(" in text and "а)" in text] == ["survived"]
    assert not any(" / " in text for text in labels.values())


def test_wording_belongs_to_a_text_that_is_there() -> None:
    for entry in ENTRIES:
        for part, _ in parts(entry):
            texts = {name for name in part.get("wording", {}) if "." not in name}
            assert texts <= set(part), (entry["source"], entry["key"])
