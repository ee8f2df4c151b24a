"""What the first records say of false deaths, rival values and places."""

import json
import re
from collections import Counter

import pytest

from tests.fixtures_data.files import (
    ADMINISTRATION,
    ENTRIES,
    ENTRY_TEXTS,
    FILES,
    FOLDER,
    NAMES,
    REPRESSION_DATES,
    REPRESSION_TEXTS,
    by_person,
    dates,
    repressions,
)


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
