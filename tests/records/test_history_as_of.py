"""As of a day past: what was concluded then comes back, out of the ledger and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.models import Change, Entry, Person, PersonStatus, Revision, Standing
from registry.records import (
    SiteDraft,
    SiteNameDraft,
    public_person,
    put_sites,
    withdraw_source,
)
from registry.records.drafts.entries import RepressionDraft, RulingDraft, StayDraft
from registry.records.history.as_of import MomentUnknown, person_as_of, site_as_of
from registry.records.people.choosing import choose
from registry.records.public.shapes import PublicPerson
from tests.conftest import new_change
from tests.records.test_history import ACT, DEAD, edit, entry_of, move, set_status

pytestmark = pytest.mark.django_db
RICH: dict[str, Any] = {
    "birth": parse_edtf("1891"),
    "occupation": "кузнец",
    "fate": "расстрелян",
    "nationality": "выдуманный",
    "repressions": (
        RepressionDraft(
            arrest=parse_edtf("1937-08-05"),
            charge="примерная",
            sentencing_body="тройка",
            stays=(StayDraft(place="Примерлаг"),),
            rulings=(RulingDraft(kind="rehabilitated", date=parse_edtf("1989-01-16")),),
        ),
    ),
}


def then(person: int, change: int, language: str = "en") -> PublicPerson:
    return person_as_of(person, change=change, language=language)[0]


def test_what_was_concluded_then_comes_back_whole(make_person: Any) -> None:
    person = make_person(**RICH, **DEAD)
    entry = entry_of(person)
    before = {language: public_person(person, language=language) for language in ("en", "ru")}
    rows = Person.all_records.count(), Revision.all_records.count()
    made = edit(entry, birth=parse_edtf("1899"), occupation="плотник")
    last = edit(entry, occupation="столяр")
    for language, told in before.items():
        assert then(person, entry.change_id, language) == told
    between = then(person, made.pk)
    assert between.facts["birth"].value.date.edtf == "1899"
    assert str(between.facts["occupation"].value.text) == "плотник"
    assert then(person, last.pk) == public_person(person, language="en")
    assert (Person.all_records.count(), Revision.all_records.count()) == (rows[0], rows[1] + 3)


def test_what_nothing_ever_changed_is_as_it_is_today(make_person: Any) -> None:
    person = make_person(**RICH, **DEAD)
    origin = entry_of(person).change_id
    assert then(person, origin) == public_person(person, language="en")


def test_choices_and_sources_are_those_of_then(make_person: Any) -> None:
    person = make_person(key="1", source="book-1", birth=parse_edtf("1891"), **DEAD)
    other = make_person(key="2", source="book-2", birth=parse_edtf("1899"), **DEAD)
    second = entry_of(other)
    moved = move(second, person)
    chosen = choose(person=person, field="birth", entry=second.pk, reason="seen", **ACT)
    assert chosen is not None
    assert then(person, moved.pk).facts["birth"].rule == "order"
    told = then(person, chosen.pk).facts["birth"]
    assert (told.rule, told.reason, told.value.date.edtf) == ("choice", "seen", "1899")
    assert len(then(person, entry_of_key("1").change_id).entries) == 1


def entry_of_key(key: str) -> Entry:
    return Entry.all_records.get(key=key)


@pytest.mark.parametrize("hidden", ["withdrawn", "source", "person"])
def test_what_is_hidden_now_is_left_out_of_then(make_person: Any, hidden: str) -> None:
    person = make_person(**DEAD)
    other = make_person(family="Утечкин", source="book-2", occupation="Утечкин", **DEAD)
    entry = entry_of(other)
    moved = move(entry, person)
    _, moment = person_as_of(person, change=moved.pk, language="en")
    assert (moment.left_out, moment.is_latest) == (False, True)
    if hidden == "source":
        withdraw_source(slug="book-2", reason="forged", **ACT)
    elif hidden == "person":
        move(entry, other)
        set_status(other, PersonStatus.WITHDRAWN)
    else:
        edit(entry, standing=Standing.WITHDRAWN)
    found, moment = person_as_of(person, change=moved.pk, language="en")
    assert (moment.left_out, moment.is_latest) == (True, False)
    assert len(found.entries) == 1
    assert "Утечкин" not in repr(found)


def test_of_the_possibly_living_no_more_is_told_of_then(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1990-05-05"), residence="Утечкинск")
    made = edit(entry_of(person), residence="Утечкинск, 5")
    for change in (entry_of(person).change_id, made.pk):
        told = then(person, change)
        assert told.restricted
        assert "Утечкин" not in repr(told)
        assert told.facts["birth"].value.date.edtf == "1990"


def test_a_change_of_others_is_no_moment_of_a_person(make_person: Any) -> None:
    person, other = make_person(**DEAD), make_person(**DEAD)
    foreign = edit(entry_of(other), occupation="кузнец")
    for change in (foreign.pk, 99_999):
        with pytest.raises(MomentUnknown):
            then(person, change)


def test_a_moment_has_a_digest_of_its_own_that_stays(make_person: Any) -> None:
    person = make_person(**RICH, **DEAD)
    first = edit(entry_of(person), occupation="плотник")
    _, moment = person_as_of(person, change=first.pk, language="en")
    edit(entry_of(person), occupation="столяр")
    _, again = person_as_of(person, change=first.pk, language="uk")
    _, latest = person_as_of(person, change=Change.all_records.latest("pk").pk, language="en")
    assert again == replace(moment, is_latest=False)
    assert len(moment.digest) == 64
    assert latest.digest != moment.digest


def test_the_number_of_queries_of_then_does_not_grow(make_person: Any) -> None:
    person = make_person(**RICH, **DEAD)
    entry = entry_of(person)
    made = edit(entry, occupation="плотник")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            then(person, made.pk)
        return len(queries)

    few = cost()
    for number in range(20):
        edit(entry, occupation=f"столяр {number}")
    assert cost() == few


def test_a_place_is_as_it_was_stated_then(make_source: Callable[..., str]) -> None:
    make_source()
    old = SiteDraft(
        slug="invented",
        kinds=("mass-grave",),
        town="Oldtown",
        names=(SiteNameDraft("en", "Old name"),),
    )
    first, second = new_change("a place"), new_change("another town")
    put_sites(drafts=[old], change=first)
    put_sites(drafts=[replace(old, town="Newtown")], change=second)
    found, moment = site_as_of("invented", change=first.pk, language="en")
    assert (str(found.town), str(found.name)) == ("Oldtown", "Old name")
    assert not moment.is_latest
    assert str(site_as_of("invented", change=second.pk, language="en")[0].town) == "Newtown"
    with pytest.raises(MomentUnknown):
        site_as_of("invented", change=second.pk + 1, language="en")
