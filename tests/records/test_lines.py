"""People in lists: lines, letters, the day of a death; sections of the sitemap."""

from __future__ import annotations

from datetime import date

import pytest

from registry.dates import parse_edtf
from registry.models import Change, Person, Role
from registry.records import (
    begin_change,
    died_on,
    index_letters,
    people_by_letter,
    person_lines,
)
from registry.records.public.addresses import count_sections, people_in_section
from registry.records.public.summaries import TermLabels, labels_of_terms, person_summaries
from tests.databases import NOW
from tests.records.drafting import draft, name, put_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

OLD = parse_edtf("1891")


def test_lines_come_in_the_order_asked(change: Change) -> None:
    ids = [put_one(change, draft(key, "book-a", birth=OLD, fate="расстрелян")) for key in "123"]
    asked = [ids[2], 999, ids[0]]
    assert [line.id for line in person_lines(asked, language="en")] == [ids[2], ids[0]]
    assert person_lines([], language="en") == []
    summaries = person_summaries(asked, language="en")
    assert [(s.line.id, s.fate.code) for s in summaries] == [
        (ids[2], "executed"),
        (ids[0], "executed"),
    ]
    assert summaries[0].names[0].full == "Примеров Пример Примерович"
    assert labels_of_terms([("fate", "executed"), ("fate", "nothing")]) == {
        ("fate", "executed"): TermLabels("executed", "executed en", "executed ru", "executed uk")
    }
    assert labels_of_terms([]) == {}


def test_letters_lead_to_people_in_both_scripts(change: Change) -> None:
    pk = put_one(
        change, draft("1", "book-a", birth=OLD, names=(name(2), name(3, "transliteration")))
    )
    assert index_letters() == {"cyrillic": ["Е"], "latin": ["P"]}
    for letter in ("Е", "е", "p"):
        page = people_by_letter(letter, language="ru")
        assert [line.id for line in page.items] == [pk]
        assert (page.number, page.pages, page.count) == (1, 1, 1)
    assert people_by_letter("Е", page=9, language="ru").number == 1
    assert count_sections() == 1 + (pk - 1) // 10_000
    assert people_in_section(count_sections()) == [pk]
    assert people_in_section(count_sections() + 1) == []


def test_who_died_on_a_day_is_named_the_longest_dead_first(change: Change) -> None:
    days = ("1938-11-03", "1937-11-03", "1937-11", "1937-11-04")
    ids = [
        put_one(change, draft(f"{n}", "book-a", birth=OLD, death=parse_edtf(day)))
        for n, day in enumerate(days)
    ]
    named = [line.id for line in died_on(date(2026, 11, 3), language="en")]
    assert named == [ids[1], ids[0]]
    Person.all_records.filter(pk=ids[1]).update(status="restricted")
    assert [line.id for line in died_on(date(2026, 11, 3), language="en")] == [ids[0]]


def test_a_change_needs_a_reason(db: None) -> None:
    with pytest.raises(ValueError, match="reason"):
        begin_change(kind="edit", by=None, role=Role.EDITOR, reason=" ", now=NOW)
