"""Our reading of a printed field is corrected; the print stays, and so does the correction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from registry.dates import Calendar, parse_edtf, read_printed
from registry.models import Change, Entry, Person, Role
from registry.records import SiteDraft, SiteNameDraft, public_person, put_sites
from registry.records.drafts.entries import (
    EntryDraft,
    NameDraft,
    RepressionDraft,
    RulingDraft,
    StayDraft,
)
from registry.records.drafts.readings import (
    READINGS,
    DateReading,
    print_of,
    reading_paths,
    shape_of,
    value_at,
)
from registry.records.entries.drafting import entry_draft
from registry.records.entries.editing import EntryRefused, correct_reading
from registry.records.ledger.snapshots import ENTRY
from registry.records.undoing.reverting import undo_change
from tests.databases import NOW
from tests.records.drafting import draft, put_one
from tests.records.test_editing import whole

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"by": None, "role": Role.EDITOR, "reason": "read again", "now": NOW}


@pytest.fixture(autouse=True)
def books(library: None, change: Change, make_source: Callable[..., str]) -> None:
    make_source("invented-book")
    names = (SiteNameDraft("en", "Invented grave"),)
    put_sites(drafts=[SiteDraft("invented-grave", ("mass-grave",), names=names)], change=change)


def put(change: Change, made: EntryDraft) -> int:
    entry = Entry.all_records.get(person=put_one(change, made))
    return entry.pk


def corrected(entry: int, **readings: Any) -> EntryDraft:
    """Correct readings, named with `__` for a point, and return what the entry says then."""
    paths = {path.replace("__", "."): value for path, value in readings.items()}
    assert correct_reading(entry=entry, readings=paths, **ACT) is not None
    return entry_draft(entry)


def test_every_reading_of_a_full_entry_has_a_path(change: Change) -> None:
    made = entry_draft(put(change, whole()))
    paths = set(reading_paths(made))
    stayed = {"repressions.2.stays.1.to_date", "stays.1.to_date", "roles.1.to_date"}
    assert {shape_of(path) for path in paths} >= {
        shape for shape in READINGS if not shape.endswith("to_date")
    } - {
        "repressions.*.sentence_date", "repressions.*.execution", "repressions.*.release",
        "rulings.*.date", "stays.*.from_date",
    }  # fmt: skip
    assert not paths & stayed
    assert {print_of(made, path) for path in ("birth", "names.1.family", "birth_region")} == {
        "5.1.1891", "Примеров Пример Примерович", "Орёл",
    }  # fmt: skip


def test_a_misread_year_is_corrected_beside_its_print(change: Change) -> None:
    entry = put(change, draft(birth=replace(parse_edtf("1918"), printed="1Я1В")))
    found = corrected(entry, birth=DateReading("1898"))
    assert found.birth == replace(parse_edtf("1898"), printed="1Я1В")
    assert found.reading == {"birth": {"reason": "corrected", "was": "1918"}}
    person = Entry.all_records.get(pk=entry).person_id
    assert Person.all_records.get(pk=person).birth_edtf == "1898"
    shown = public_person(person, language="en").entries[0]
    assert shown.reading == {"birth": "corrected"}
    done = correct_reading(entry=entry, readings={"birth": DateReading("")}, **ACT)
    unread = entry_draft(entry)
    assert unread.birth is not None
    assert (unread.birth.printed, unread.birth.edtf, unread.birth.earliest) == ("1Я1В", "", None)
    assert unread.reading["birth"]["was"] == "1918"
    assert done is not None
    assert undo_change(change=done.pk, **ACT).left == []
    assert entry_draft(entry) == found


def test_a_reading_taken_back_is_no_correction(change: Change) -> None:
    note = {"residence_region": {"reason": "not-understood"}}
    entry = put(change, draft(sex="m", residence="у реки", reading=note))
    before = entry_draft(entry)
    found = corrected(entry, sex="f", residence_region="oryol")
    assert found.reading == {
        "sex": {"reason": "corrected", "was": "m"},
        "residence_region": {"reason": "corrected", "was": "", "noted": "not-understood"},
    }
    assert corrected(entry, sex="m", residence_region="tver").reading == {
        "residence_region": {"reason": "corrected", "was": "", "noted": "not-understood"},
    }
    assert corrected(entry, residence_region="") == before
    assert correct_reading(entry=entry, readings={"sex": "m"}, **ACT) is None


def test_everything_that_was_read_can_be_corrected(change: Change) -> None:
    entry = put(change, whole(burial_place="у реки"))
    found = corrected(
        entry,
        birth=DateReading("1891-01-06", "gregorian"),
        death=DateReading("весной 1938"),
        birth_region="tver",
        burial_site="invented-grave",
        burial_certainty="presumed",
        names__1__family="Пример",
        names__1__given="примеров",
        repressions__1__kind="deportation",
        repressions__1__episode=1,
        repressions__2__arrest=DateReading("1937-11-05"),
        repressions__2__arrest_region="tver",
        repressions__2__article_codes=("58-11",),
        repressions__2__sentence_kind="shooting",
        repressions__2__sentence_months=None,
        repressions__2__rulings__1__date=DateReading("1.2.1956"),
        repressions__2__rulings__1__kind="refused",
        repressions__2__stays__1__from_date=DateReading("1938~"),
        repressions__2__stays__1__site="invented-grave",
        stays__1__kind="camp",
        rulings__1__kind="refused",
        roles__1__from_date=DateReading("5.1.1920 ст. ст."),
    )
    assert found.birth is not None
    assert found.death is not None
    assert (found.birth.edtf, found.birth.calendar) == ("1891-01-06", Calendar.GREGORIAN)
    assert (found.birth.printed, found.death.edtf) == ("5.1.1891", "1938-21")
    assert (found.names[0].family, found.names[0].full) == ("Пример", "Примеров Пример Примерович")
    assert found.repressions[1].article_codes == ("58-11",)
    assert found.repressions[1].sentence == "10 лет ИТЛ"
    assert found.roles[0].from_date == replace(
        parse_edtf("1920-01-05"), printed="1920", calendar=Calendar.JULIAN
    )
    assert len([note for note in found.reading.values() if note["reason"] == "corrected"]) == 21


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("birth", DateReading("30.2.1891"), "impossible-day"),
        ("birth", DateReading("1891-13-01"), "impossible-month"),
        ("birth", DateReading("1591"), "year-out-of-range"),
        ("birth", DateReading("1938/1937"), "backwards-interval"),
        ("birth", DateReading("давно"), "not-understood"),
        ("repressions.1.arrest", DateReading("1937"), "nothing-printed"),
        ("repressions.3.arrest", DateReading("1937"), "unknown-field"),
        ("repressions.0.arrest", DateReading("1937"), "unknown-field"),
        ("occupation", "кузнец", "unknown-field"),
        ("names.1.family", "Непримеров", "not-in-print"),
        ("sex", "x", "unknown"),
        ("burial_certainty", "sure", "unknown"),
        ("repressions.1.kind", "", "unknown"),
        ("repressions.1.episode", 0, "bad-number"),
        ("repressions.2.sentence_months", 40_000, "bad-number"),
    ],
)
def test_what_cannot_be_read_there_is_refused(
    change: Change, path: str, value: Any, code: str
) -> None:
    entry = put(change, whole())
    count = Change.all_records.count()
    with pytest.raises(EntryRefused) as refused:
        correct_reading(entry=entry, readings={path: value}, **ACT)
    assert (refused.value.field, refused.value.code) == (path, code)
    assert Change.all_records.count() == count


def test_unknown_terms_and_places_are_refused(change: Change) -> None:
    entry = put(change, whole())
    for path, value, code in (
        ("birth_region", "nowhere", "unknown-code"),
        ("repressions.1.article_codes", ("58-99",), "unknown-code"),
        ("burial_site", "nowhere", "unknown-site"),
    ):
        with pytest.raises(EntryRefused) as refused:
            correct_reading(entry=entry, readings={path: value}, **ACT)
        assert refused.value.code == code


# A newer version of the source -----------------------------------------------------------------


def versions(**fields: Any) -> EntryDraft:
    made = {
        "sex": "m",
        "birth": read_printed("5.1.1891"),
        "birth_place": "Орёл",
        "birth_region": "oryol",
        "repressions": (
            RepressionDraft(arrest=read_printed("в 1937"), sentence="10 лет"),
            RepressionDraft(
                arrest=read_printed("1946"), rulings=(RulingDraft("refused", parse_edtf("1956")),)
            ),
        ),
        "stays": (StayDraft("Выдуманная тюрьма"),),
    }
    return draft(**(made | fields))


def edited(change: Change) -> int:
    entry = put(change, versions())
    corrected(
        entry,
        sex="f",
        birth=DateReading("1892"),
        birth_region="tver",
        repressions__1__arrest=DateReading("1938"),
        repressions__1__sentence_months=120,
        repressions__2__kind="exile",
        repressions__2__rulings__1__date=DateReading("1957"),
        names__1__patronymic="Пример",
        stays__1__kind="prison",
    )
    return entry


def test_a_newer_version_keeps_corrections_where_the_print_is_the_same(change: Change) -> None:
    entry = edited(change)
    before = entry_draft(entry)
    put_one(change, versions(occupation="кузнец"))
    after = entry_draft(entry)
    assert after.content_hash != before.content_hash
    assert replace(after, content_hash="", occupation="") == replace(before, content_hash="")
    put_one(change, versions(occupation="слесарь"))
    assert entry_draft(entry).birth == before.birth


def test_where_the_print_differs_the_newer_version_is_read(change: Change) -> None:
    entry = edited(change)
    newer = versions(
        sex="",
        birth=read_printed("5.1.1893"),
        birth_place="Тверь",
        birth_region="",
        names=(NameDraft("main", "Примеров Пример", "Примеров", "Пример"),),
        repressions=versions().repressions[::-1],
        stays=(),
    )
    put_one(change, newer)
    after = entry_draft(entry)
    assert after.birth == newer.birth
    assert (after.birth_region, after.names[0].patronymic, after.sex) == ("", "", "f")
    assert [value_at(after, f"repressions.{n}.kind") for n in (1, 2)] == ["exile", "arrest"]
    assert after.repressions[1].arrest == replace(parse_edtf("1938"), printed="в 1937")
    assert after.repressions[1].sentence_months == 120
    assert after.repressions[0].rulings[0].date == replace(parse_edtf("1957"), printed="1956")
    assert set(after.reading) == {
        "sex", "repressions.1.kind", "repressions.1.rulings.1.date", "repressions.2.arrest",
        "repressions.2.sentence_months",
    }  # fmt: skip


def test_where_a_source_without_print_says_otherwise_it_is_heard(change: Change) -> None:
    entry = put(change, draft())
    corrected(entry, sex="m")
    put_one(change, draft(age="40", sex="f"))
    assert (entry_draft(entry).sex, entry_draft(entry).reading) == ("f", {})


def test_corrections_are_undone_to_the_identical_entry(change: Change) -> None:
    entry = put(change, versions())
    before = ENTRY.read([str(entry)])
    last = Change.all_records.latest("pk").pk
    edited_draft = corrected(entry, birth=DateReading("1892"), stays__1__kind="camp")
    assert edited_draft.stays[0].kind == "camp"
    [made] = Change.all_records.filter(pk__gt=last)
    assert undo_change(change=made.pk, **ACT).left == []
    assert ENTRY.read([str(entry)]) == before
