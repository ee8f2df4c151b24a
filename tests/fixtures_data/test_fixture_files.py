"""The first records as files: whole, sourced, worded in three languages, nothing false in use."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from registry.dates import parse_edtf
from registry.names import fold

Row = dict[str, Any]

FOLDER = Path(__file__).parents[2] / "fixtures"
NAMES = ("terms", "sources", "sites", "people", "entries", "relations")
LANGUAGES = {"ru", "uk"}

ENTRY_TEXTS = (
    "birth_place", "nationality", "citizenship", "social_origin", "education", "party",
    "category", "occupation", "residence", "relatives", "death_place", "death_cause", "fate",
    "burial_place", "archive_file", "basis", "comment",
)  # fmt: skip
REPRESSION_TEXTS = (
    "arrested_by", "arrest_place", "arrest_circumstances", "charge", "operation",
    "sentencing_body", "sentence", "execution_place", "note",
)  # fmt: skip
RULING_TEXTS = ("body", "ground", "scope", "text")
REPRESSION_DATES = ("arrest_date", "sentence_date", "execution_date", "release_date")
ADMINISTRATION = {
    "source", "key", "person_key", "sex", "locator", "passage_url", "quotes", "language",
    "rendering", "passage_wording", "wording",
}  # fmt: skip

# Sites that spread copies of books without leave: a work known from there is cited, not linked.
UNLICENSED = (
    "libgen", "sci-hub", "z-lib", "b-ok.", "flibusta", "royallib", "litmir", "e-reading",
    "coollib", "rulit", "lib.rus.ec", "libking", "dokumen.pub", "vdoc.pub", "ebin.pub", "epdf",
    "scribd", "loveread", "litlife", "thelib.ru", "bookscafe", "readli", "knigogid", "docslib",
    "archive.org/details", "twirpx", "padaread", "bookz", "librebook", "profilib", "fictionbook",
    "booksonline", "mir-knig", "iknigi", "litresp", "kartaslov", "unotices", "pdfcoffee",
)  # fmt: skip


def read(name: str) -> list[Row]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


FILES = {name: read(name) for name in NAMES}
ENTRIES = FILES["entries"]


def by_person() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {row["person_key"]: [] for row in FILES["people"]}
    for entry in ENTRIES:
        found[entry["person_key"]].append(entry)
    return found


def repressions(entry: Row) -> list[Row]:
    rows: list[Row] = entry.get("repressions", [])
    return rows


def parts(entry: Row) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """Every worded part of an entry, with the texts it may have."""
    yield entry, ENTRY_TEXTS
    for part in (entry, *repressions(entry)):
        if part is not entry:
            yield part, REPRESSION_TEXTS
        for ruling in part.get("rulings", []):
            yield ruling, RULING_TEXTS
        for stay in part.get("stays", []):
            yield stay, ("place", "note")
    for role in entry.get("roles", []):
        yield role, ("text",)


def unworded(row: Row, fields: tuple[str, ...]) -> list[str]:
    wording = row.get("wording", {})
    return [f for f in fields if row.get(f) and set(wording.get(f, {})) != LANGUAGES]


def dates(value: Any, key: str = "") -> Iterator[str]:
    """Every EDTF text under a key that holds a date."""
    if isinstance(value, dict):
        if "edtf" in value:
            yield value["edtf"]
            return
        for name, part in value.items():
            if name not in {"discredited", "wording"}:
                yield from dates(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from dates(part, key)
    elif key in {"date", "from", "to", "period"} or key.endswith("_date"):
        yield value


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


def test_wording_belongs_to_a_text_that_is_there() -> None:
    for entry in ENTRIES:
        for part, _ in parts(entry):
            texts = {name for name in part.get("wording", {}) if "." not in name}
            assert texts <= set(part), (entry["source"], entry["key"])


@pytest.mark.parametrize(
    ("person", "false_date", "true_date"),
    [
        ("babel-isaac", "1941-03-17", "1940-01-27"),
        ("florensky-pavel", "1943-12-15", "1937-12-08"),
        ("kulbak-moyshe", "1940", "1937-10-29"),
        ("klutsis-gustav", "1944-03-16", "1938-02-26"),
        ("polyansky-peter", "1936-09-11", "1937-10-10"),
    ],
)
def test_false_deaths_are_there_and_discredited(
    person: str, false_date: str, true_date: str
) -> None:
    entries = by_person()[person]
    false = [e for e in entries if e.get("death_date") == false_date]
    assert false
    assert all(e["discredited"]["death_date"] for e in false)
    believed = [e for e in entries if "death_date" not in e.get("discredited", {})]
    assert {e["death_date"] for e in believed if e.get("death_date")} == {true_date}


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (
            "polyansky-peter",
            (
                "False news of death at the end of 1936, which led to the transfer of the locum "
                "tenens title on 27 December 1936."
            ),
        ),
        ("klutsis-gustav", "A version of a death in a Central Asian camp, in older art books."),
        ("kulbak-moyshe", "Older reference works: died in a camp in 1940."),
    ],
)
def test_the_reason_a_death_is_not_believed_is_what_its_source_says(
    person: str, reason: str
) -> None:
    false = [e for e in by_person()[person] if e["key"].endswith("-false-death")]
    assert {e["discredited"]["death_date"] for e in false} == {reason}


def test_heart_failure_is_no_cause_of_the_death_of_babel() -> None:
    causes = [e for e in by_person()["babel-isaac"] if e.get("death_cause")]
    assert causes
    assert all("death_cause" in e["discredited"] for e in causes)


def test_what_is_discredited_is_stated() -> None:
    for entry in ENTRIES:
        stated = set(entry).union(*repressions(entry))
        assert set(entry.get("discredited", {})) <= stated, entry["key"]


RIVAL = re.compile(r"\brivals?\b|another (?:date|year|place)|other (?:dates|years)|in another")


def test_a_rival_value_is_a_value_and_no_remark() -> None:
    for entry in ENTRIES:
        texts = [entry.get(field, "") for field in ENTRY_TEXTS]
        texts += [row.get(field, "") for row in repressions(entry) for field in REPRESSION_TEXTS]
        told = [text for text in texts if RIVAL.search(text)]
        # What is no field of an entry: a canonisation, the month that says what a year means.
        told = [t for t in told if "Canonised" not in t and t != "autumn; October in another text"]
        assert told == [], (entry["source"], entry["key"])


@pytest.mark.parametrize(
    ("person", "field", "values"),
    [
        ("redens-stanislav", "death_date", {"1940-02-12", "1940-01-21"}),
        ("neher-carola", "birth_date", {"1900-11-02", "1900-11-03", "1905-12-02"}),
        ("tabidze-titsian", "birth_date", {"1895-04-02", "1893", "1898"}),
        ("kamenev-lev", "birth_date", {"1883-07-18", "1883-07-22"}),
        ("efron-sergei", "birth_date", {"1893-10-11", "1893-10-08"}),
        ("zinoviev-grigory", "birth_date", {"1883-09-23", "1883-09-22"}),
        ("langemak-georgy", "birth_date", {"1898-07-20", "1898-07-21", "1898-06-26"}),
        ("shakhovskoy-dmitry", "birth_date", {"1861-09-30", "1862"}),
        ("genden-peljidiin", "birth_date", {"1892", "1895"}),
        ("babel-isaac", "birth_date", {"1894-07-12", "1894-07-13"}),
        ("blyukher-vasily", "birth_date", {"1889-12-01", "1890"}),
        ("yagoda-genrikh", "arrest_date", {"1937-03-28", "1937-04-03"}),
        ("kulbak-moyshe", "sentence_date", {"1937-10-28", "1937-09-28"}),
    ],
)
def test_rival_dates_stand_side_by_side(person: str, field: str, values: set[str]) -> None:
    rows = [row for entry in by_person()[person] for row in (entry, *repressions(entry))]
    assert {next(dates(row[field], field)) for row in rows if field in row} == values


def test_what_is_reported_of_another_work_stands_once_and_alone() -> None:
    seen = Counter(
        (e["person_key"], json.dumps(value, sort_keys=True))
        for e in ENTRIES
        if "-rival" in e["key"] and "another work's" in e.get("comment", "")
        for field, value in e.items()
        if field not in ADMINISTRATION | {"comment", "birth_calendar", "birth_region"}
    )
    assert len(seen) > 25
    assert set(seen.values()) == {1}


def test_coordinates_are_sourced_or_left_out() -> None:
    for site in FILES["sites"]:
        placed = "latitude" in site
        assert placed == ("longitude" in site) == bool(site.get("coordinates_sources"))
    unplaced = {s["slug"] for s in FILES["sites"] if "latitude" not in s}
    from_memory = {
        "vinnytsia", "mednoye", "zolotaya-gora", "pivovarikha", "kolpashevo-yar", "perm-36",
        "wall-of-grief-moscow", "zhanalyk", "corner-house-riga", "rainiai",
    }  # fmt: skip
    assert from_memory <= unplaced


def test_figures_have_a_measure_a_bound_and_a_source() -> None:
    measures = {
        "names-in-acts", "remains-exhumed", "executed-in-region", "passed-through", "estimate",
    }  # fmt: skip
    for site in FILES["sites"]:
        for figure in site.get("figures", []):
            assert figure["measure"] in measures
            low, high = figure.get("low"), figure.get("high")
            assert low is not None or high is not None
            assert low is None or high is None or low <= high


def test_denouncers_and_witnesses_are_not_named() -> None:
    # The two whom the works name as such: the author of a denunciation, a man confronted.
    for name in NAMES:
        text = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
        for someone in ("Stavsk", "Ставск", "Ставськ", "Kotlyarevsk", "Котляревск", "Котляревськ"):
            assert someone not in text, name


def test_the_second_arrest_of_mandelstam_has_its_rival_days() -> None:
    days = {
        row["arrest_date"]
        for entry in by_person()["mandelstam-osip"]
        for row in repressions(entry)
        if row.get("arrest_date", "").startswith("1938")
    }
    assert days == {"1938-04-30", "1938-05-02", "1938-05-03", "1938-05-05"}


def test_undated_rows_of_several_repressions_say_which_they_belong_to() -> None:
    for person, entries in by_person().items():
        rows = [row for entry in entries for row in repressions(entry)]
        if len({row.get("episode") for row in rows} - {None}) > 1:
            undated = [r for r in rows if not any(r.get(d) for d in REPRESSION_DATES)]
            assert all(row.get("episode") for row in undated), person
