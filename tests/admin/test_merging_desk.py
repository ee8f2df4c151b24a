"""The same person or not, on the desk: sought, compared, asked, merged, split, judged, moved."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from registry.dates import parse_edtf
from registry.models import Change, Choice, Entry, Judgement, Person, PersonStatus, Role
from registry.records.people.choosing import choose
from registry.records.people.judging import judge_entries
from tests.databases import NOW
from tests.records.joining import entries_of, entry_of

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"by": None, "role": Role.EDITOR, "reason": "Выдуманная причина", "now": NOW}
BASE = "/admin/acts"


@pytest.fixture
def desk(at_desk: Any) -> Client:
    client: Client = at_desk(Role.EDITOR)
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer
    text: str = answer.content.decode()
    return text


def test_the_other_is_found_by_number_address_or_name(desk: Client, make_person: Any) -> None:
    one = make_person(birth=parse_edtf("1891"), birth_place="г. Примерск")
    other = make_person(birth=parse_edtf("1892"), birth_place="с. Выдуманное")
    page = f"{BASE}/person/{one}/merge/"
    assert "Number, address or name" in text_of(desk.get(page))
    found = text_of(desk.get(page, {"with": "Примеров"}))
    assert f'href="?with={other}"' in found
    assert f'href="?with={one}"' not in found
    assert "1892" in found
    assert "с. Выдуманное" in found
    for asked in (str(other), f"https://example.org/ru/people/{other}/", f"/people/{other}"):
        compared = text_of(desk.get(page, {"with": asked}))
        assert f"Merge into No. {one}" in compared
        assert "differs" in compared
    assert "Nobody of this name is shown." in text_of(desk.get(page, {"with": "Небывалов"}))


def test_two_people_are_merged_and_the_ledger_says_why(desk: Client, make_person: Any) -> None:
    one, other = make_person(), make_person()
    page = f"{BASE}/person/{other}/merge/?with={one}"
    answer = desk.post(page, {"reason": "Выдуманная причина"})
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/admin/registry/person/{one}/change/",
    )
    merged = Person.all_records.get(pk=other)
    assert (merged.status, merged.merged_into_id) == (PersonStatus.MERGED, one)
    change = Change.all_records.latest("pk")
    assert (change.kind, change.role, change.reason) == ("merge", "editor", "Выдуманная причина")
    for address in (f"/people/{other}/", f"/ru/people/{other}/", f"/api/v1/people/{other}"):
        answer = Client().get(address)
        assert answer.status_code == 301
        assert str(one) in answer["Location"]
    assert "already" in text_of(desk.get(f"{BASE}/person/{one}/merge/?with={other}"))


def test_a_chain_of_addresses_leads_to_its_end_at_once(desk: Client, make_person: Any) -> None:
    first, second, third = (make_person() for _ in range(3))
    for left, right in ((second, third), (first, second)):
        desk.post(f"{BASE}/person/{left}/merge/?with={right}", {"reason": "Причина"})
    assert Client().get(f"/people/{third}/")["Location"] == f"/people/{first}/"
    told = Client().get(f"/api/v1/people/{third}")
    assert told["Location"].endswith(f"/api/v1/people/{first}")


def test_what_both_chose_is_asked(desk: Client, make_person: Any) -> None:
    one, other = make_person(birth=parse_edtf("1891")), make_person(birth=parse_edtf("1893"))
    for person in (one, other):
        choose(person=person, field="birth", entry=entry_of(person), **ACT)
    theirs = entry_of(other)
    page = f"{BASE}/person/{one}/merge/?with={other}"
    asked = text_of(desk.get(page))
    assert "Whom to believe: Born" in asked
    assert asked.count('type="radio"') == 2
    again = text_of(desk.post(page, {"reason": "Причина"}))
    assert "This field is required." in again
    assert desk.post(page, {"reason": "Причина", "ask-0": theirs}).status_code == 302
    [live] = Choice.all_records.filter(person=one, superseded_by__isnull=True)
    assert live.entry_id == theirs


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ("Merge with another person", "Nobody has this number.")),
        ("/ru", ("Объединить с другим человеком", "Ни у кого нет такого номера.")),
        ("/uk", ("Об’єднати з іншою людиною", "Такого номера немає ні в кого.")),
    ],
)
def test_refusals_are_words(
    desk: Client, make_person: Any, prefix: str, words: tuple[str, ...]
) -> None:
    answer = desk.get(f"{prefix}{BASE}/person/{make_person()}/merge/", {"with": "999999"})
    for told in words:
        assert told in text_of(answer)
    assert "<form" in text_of(answer)


def test_what_was_judged_different_is_told_with_day_and_reason(
    desk: Client, make_person: Any
) -> None:
    one, other = make_person(), make_person()
    judge_entries(left=entry_of(one), right=entry_of(other), verdict="different", **ACT)
    page = text_of(desk.get(f"{BASE}/person/{one}/merge/?with={other}"))
    assert "Выдуманная причина" in page
    assert "2026-01-15" in page
    assert f"/admin/registry/change/{Judgement.all_records.get().change_id}/change/" in page


def test_a_person_is_split_and_the_old_address_lives_again(desk: Client, make_person: Any) -> None:
    one, other = make_person(birth=parse_edtf("1891")), make_person(birth=parse_edtf("1893"))
    entry = entry_of(other)
    desk.post(f"{BASE}/person/{one}/merge/?with={other}", {"reason": "Причина"})
    page = f"{BASE}/person/{one}/split/"
    shown = text_of(desk.get(page))
    assert shown.count('type="checkbox"') == 2
    assert f"No. {other} again" in shown
    assert "Choose at least one entry." in text_of(desk.post(page, {"reason": "Причина"}))
    both = {"reason": "Причина", "entries": entries_of(one)}
    assert "At least one entry has to remain." in text_of(desk.post(page, both))
    sent = {"reason": "Причина", "entries": [entry], "into": other}
    assert desk.post(page, sent).status_code == 302
    assert Person.all_records.get(pk=other).status != PersonStatus.MERGED
    assert Client().get(f"/people/{other}/").status_code == 200


def test_a_question_about_two_entries_is_asked_once(desk: Client, make_person: Any) -> None:
    left, right = entry_of(make_person()), entry_of(make_person())
    page = f"{BASE}/entry/{left}/judge/"
    assert "Number or address" in text_of(desk.get(page))
    with_both = f"{page}?with={right}"
    assert text_of(desk.get(with_both)).count('type="radio"') == 2
    sent = {"reason": "Разные отцы", "verdict": "unsure"}
    assert desk.post(with_both, sent).status_code == 302
    assert Judgement.all_records.get().verdict == "unsure"
    again = text_of(desk.get(with_both))
    assert "This was asked and answered." in again
    assert "Разные отцы" in again
    assert "the same entry" in text_of(desk.get(f"{page}?with={left}"))


def test_an_entry_moves_to_somebody_else(desk: Client, make_person: Any) -> None:
    for year in ("1891", "1892"):
        person = make_person(birth=parse_edtf(year), person_key="joint")
    other = make_person()
    entry = entries_of(person)[1]
    page = f"{BASE}/entry/{entry}/move/"
    assert f'href="?with={other}"' in text_of(desk.get(page, {"with": "Примеров"}))
    assert f"Move to No. {other}" in text_of(desk.get(f"{page}?with={other}"))
    assert desk.post(f"{page}?with={other}", {"reason": "Причина"}).status_code == 302
    assert Entry.all_records.get(pk=entry).person_id == other
    last = entry_of(person)
    refused = text_of(desk.get(f"{BASE}/entry/{last}/move/?with={other}"))
    assert "only entry" in refused


def test_the_acts_are_offered_where_they_can_be_done(desk: Client, make_person: Any) -> None:
    one = make_person()
    page = text_of(desk.get(f"/admin/registry/person/{one}/change/"))
    assert f"{BASE}/person/{one}/merge/" in page
    assert f"{BASE}/person/{one}/split/" not in page
    assert f"{BASE}/entry/{entry_of(one)}/judge/" in text_of(
        desk.get(f"/admin/registry/entry/{entry_of(one)}/change/")
    )


def test_a_moderator_merges_nobody(at_desk: Any, make_person: Any) -> None:
    one, other = make_person(), make_person()
    client = at_desk(Role.MODERATOR)
    page = f"{BASE}/person/{one}/merge/?with={other}"
    assert client.get(page).status_code == 403
    assert client.post(page, {"reason": "Причина"}).status_code == 403
    assert Person.all_records.get(pk=other).status != PersonStatus.MERGED
