"""Putting entries: new, changed, the same or refused; the same registry in any order."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.models import (
    Change,
    Entry,
    EntryName,
    Passage,
    Person,
    Repression,
    Revision,
    Role,
)
from registry.records import (
    Outcome,
    SiteDraft,
    SiteNameDraft,
    public_person,
    put_entries,
    put_sites,
    refresh_people,
    reinstate_source,
    withdraw_source,
)
from registry.records.drafts.entries import (
    EntryDraft,
    PassageDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
    StayDraft,
)
from tests.conftest import new_change
from tests.databases import NOW
from tests.records.drafting import (
    concluded_columns,
    draft,
    name,
    put_in_batches,
    random_draft,
    random_drafts,
)
from tests.search.indexed import as_indexed, as_it_must_be

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books(library: None, change: Change, make_source: Callable[..., str]) -> None:
    make_source("invented-book")
    names = (SiteNameDraft("en", "Invented grave"),)
    put_sites(drafts=[SiteDraft("invented-grave", ("mass-grave",), names=names)], change=change)


def put(change: Change, *drafts: EntryDraft) -> list[Outcome]:
    return put_entries(drafts=drafts, change=change, now=NOW)


def person_of(key: str) -> Person:
    person: Person = Person.all_records.get(entries__key=key)
    return person


# Outcomes --------------------------------------------------------------------------------


def test_an_entry_is_new_then_the_same_then_changed(change: Change) -> None:
    older = draft(birth=parse_edtf("1891"), birth_place="Орёл")
    [new] = put(change, older)
    assert (new.source, new.key, new.kind, new.fields) == ("invented-book", "1", "new", ())
    [same] = put(change, older)
    assert (same.kind, same.entry, same.fields) == ("same", new.entry, ())
    assert not Revision.all_records.filter(subject="entry").exists()
    newer = new_change("a second edition")
    [changed] = put(newer, draft(birth=parse_edtf("1891-01-15"), birth_place="Орёл"))
    assert (changed.kind, changed.entry) == ("changed", new.entry)
    assert changed.fields == ("birth_earliest", "birth_edtf", "birth_latest", "birth_printed")
    assert person_of("1").birth == parse_edtf("1891-01-15")
    first, second = Revision.all_records.filter(subject="entry")
    assert (first.change, first.reference) == (change, str(new.entry))
    assert (second.change, second.reference) == (newer, str(new.entry))
    assert json.loads(first.body.text)["birth_edtf"] == "1891"
    assert json.loads(second.body.text)["birth_edtf"] == "1891-01-15"


def whole(place: str = "Орёл", text: str = "Примеров П. П., 1891 г. р.") -> EntryDraft:
    about = RepressionDraft(
        arrest=parse_edtf("1937-11"),
        arrest_place=place,
        articles="58-10, 58-11",
        article_codes=("58-11", "58-10"),
        operation="приказ 00447",
        sentencing_body="тройка",
        sentence_kind="camp",
        sentence_months=120,
        rulings=(RulingDraft("rehabilitated", parse_edtf("1956"), body="суд"),),
        stays=(StayDraft("Выдуманный лагерь", "camp"),),
    )
    return draft(
        passage=PassageDraft("с. 1", text=text),
        repressions=(RepressionDraft(kind="exile"), about),
        rulings=(RulingDraft("no-information"),),
        stays=(StayDraft("Выдуманная тюрьма", "prison", site="invented-grave"),),
        roles=(RoleDraft("service", "Служил"),),
        nationality="русский",
        party="ВКП(б)",
        category="кулак",
        burial_site="invented-grave",
    )


def test_the_older_version_is_kept_whole(change: Change) -> None:
    put(change, whole())
    [outcome] = put(change, whole(place="Тверь", text="Примеров, уточнено"))
    assert outcome.fields == ("passage", "repressions")
    kept, _newer = Revision.all_records.filter(subject="entry")
    body = json.loads(kept.body.text)
    assert body["passage"]["text"] == "Примеров П. П., 1891 г. р."
    assert [row["arrest_place"] for row in body["repressions"]] == ["", "Орёл"]
    assert [len(row["articles_read"]) for row in body["repressions"]] == [0, 2]
    assert [row["repression"] for row in body["rulings"]] == [None, 2] or [
        row["repression"] for row in body["rulings"]
    ] == [2, None]
    assert {row["repression"] for row in body["stays"]} == {None, 2}
    assert [row["full"] for row in body["names"]] == ["Примеров Пример Примерович"]
    assert [row["text"] for row in body["roles"]] == ["Служил"]
    [row] = Repression.all_records.filter(kind="arrest")
    assert row.arrest_place == "Тверь"
    assert row.rulings(manager="all_records").count() == 1
    assert row.article_terms.count() == 2


def test_a_newer_version_may_say_less(change: Change) -> None:
    put(change, whole())
    [outcome] = put(change, draft(birth=parse_edtf("1891")))
    assert outcome.kind == "changed"
    assert "names" not in outcome.fields
    person = public_person(person_of("1").pk, language="ru")
    assert (person.episodes, person.rulings, person.stays, person.roles) == ((), (), (), ())
    [shown] = person.entries
    assert shown.passage is not None
    assert as_indexed() == as_it_must_be()


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"source": "nowhere"}, "source", "unknown-source"),
        ({"names": ()}, "full_name", "no-name"),
        ({"birth_region": "atlantis"}, "birth_region", "unknown-code"),
        ({"residence_region": "atlantis"}, "residence_region", "unknown-code"),
        ({"burial_site": "nowhere"}, "burial_site", "unknown-site"),
        ({"stays": (StayDraft("Где-то", site="nowhere"),)}, "site", "unknown-site"),
        (
            {"repressions": (RepressionDraft(arrest_region="atlantis"),)},
            "arrest_region",
            "unknown-code",
        ),
        ({"repressions": (RepressionDraft(sentence_kind="no"),)}, "sentence_kind", "unknown-code"),
        ({"repressions": (RepressionDraft(article_codes=("0",)),)}, "articles", "unknown-code"),
        (
            {"repressions": (RepressionDraft(execution_site="nowhere"),)},
            "execution_site",
            "unknown-site",
        ),
        (
            {"repressions": (RepressionDraft(stays=(StayDraft("Где-то", site="nowhere"),)),)},
            "site",
            "unknown-site",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_code_and_the_others_go_on(
    change: Change, wrong: dict[str, object], field: str, code: str
) -> None:
    bad = replace(draft("bad"), **wrong)
    refused, taken = put(change, bad, draft("good"))
    assert (refused.kind, refused.fields, refused.reason) == ("refused", (field,), code)
    assert refused.entry is None
    assert taken.kind == "new"
    assert [entry.key for entry in Entry.all_records.all()] == ["good"]


def test_an_entry_stands_once_in_a_batch(change: Change) -> None:
    first, second = put(change, draft(), draft(birth_place="Тверь"))
    assert (first.kind, second.kind, second.reason) == ("new", "refused", "twice")


def test_nothing_is_added_to_a_withdrawn_source(change: Change) -> None:
    withdraw_source(slug="invented-book", by=None, role=Role.EDITOR, reason="forged", now=NOW)
    [outcome] = put(change, draft())
    assert (outcome.kind, outcome.reason) == ("refused", "withdrawn-source")


# Names and passages ----------------------------------------------------------------------


def test_names_that_are_not_believed_are_not_found(change: Change) -> None:
    gone = {"*": "invented"}
    put(change, draft("1", person_key="p"), draft("2", names=(name(2),), discredited=gone))
    assert set(as_indexed().forms) == {person_of("1").pk}
    put(change, draft("3", person_key="p", names=(name(3),), discredited=gone))
    assert as_indexed() == as_it_must_be()
    assert not any("3" in word.folded for word in as_indexed().frequencies)
    put(change, draft("2", names=(name(2),)))
    assert set(as_indexed().forms) == {person_of("1").pk, person_of("2").pk}


def test_passages_are_shared_by_their_key_and_stay_so(change: Change) -> None:
    family = PassageDraft("с. 5", text="Примеровы, 3 чел.", key="family")
    alone = PassageDraft("с. 6", text="Примеров")
    drafts = [
        draft("1", passage=family),
        draft("2", passage=family),
        draft("3", "book-a", passage=family),
        draft("4", passage=alone),
    ]
    put(change, *drafts)
    first, second, other, own = (Entry.all_records.get(key=key).passage for key in "1234")
    assert first == second
    assert len({first, other, own}) == 3
    put(change, replace(drafts[0], content_hash="new", birth_place="Орёл"))
    assert Entry.all_records.get(key="1").passage == first
    corrected = replace(family, text="Примеровы, 4 чел.")
    put(change, replace(drafts[0], content_hash="newer", passage=corrected))
    assert Entry.all_records.get(key="1").passage.text == "Примеровы, 4 чел."
    assert Entry.all_records.get(key="2").passage.text == "Примеровы, 3 чел."
    put(change, replace(drafts[3], content_hash="new", passage=replace(alone, text="Он")))
    assert Entry.all_records.get(key="4").passage == own
    assert Passage.all_records.count() == 4


# Any order -------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_the_order_and_the_batches_of_imports_change_no_person(change: Change, seed: int) -> None:
    chance = random.Random(seed)
    drafts = random_drafts(chance, 24, 6)
    found = []
    for turn in range(3):
        with transaction.atomic():
            order = chance.sample(drafts, len(drafts)) if turn else drafts
            put_in_batches(order, change, chance if turn else None)
            assert as_indexed() == as_it_must_be()
            found.append(concluded_columns())
            transaction.set_rollback(True)
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("seed", range(3))
def test_columns_and_index_kept_step_by_step_are_those_made_anew(change: Change, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(8):
        again = [random_draft(chance, f"{chance.randrange(12)}", 5) for _ in range(4)]
        put(change, *again)
        if chance.random() < 0.3:
            act = chance.choice([withdraw_source, reinstate_source])
            slug = chance.choice(["book-a", "book-b"])
            act(slug=slug, by=None, role=Role.EDITOR, reason="a claim", now=NOW)
        assert as_indexed() == as_it_must_be()
        before = concluded_columns()
        refresh_people(list(Person.all_records.values_list("pk", flat=True)), now=NOW)
        assert concluded_columns() == before
        assert as_indexed() == as_it_must_be()


def test_a_second_import_changes_nothing(change: Change) -> None:
    drafts = random_drafts(random.Random(9), 20, 5)
    put(change, *drafts)
    before = (concluded_columns(), as_indexed())
    assert {outcome.kind for outcome in put(change, *drafts)} == {"same"}
    assert (concluded_columns(), as_indexed()) == before


def test_more_entries_cost_no_more_queries(change: Change) -> None:
    def queries(first: int, count: int) -> int:
        drafts = [draft(f"{n}", person_key=f"p{n % 7}") for n in range(first, first + count)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            put(change, *drafts)
        return len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    queries(0, 7)
    assert queries(100, 7) == queries(200, 50)


# Possibly living, and withdrawn ----------------------------------------------------------


def test_the_status_follows_what_is_known_of_birth_and_death(change: Change) -> None:
    def status() -> str:
        return person_of("1").status

    put(change, draft("1", "book-a", person_key="p", birth=parse_edtf("1950")))
    assert status() == "restricted"
    put(change, draft("1", "book-a", person_key="p", birth=parse_edtf("1890")))
    assert status() == "public"
    put(change, draft("1", "book-b", person_key="p", birth=parse_edtf("1950")))
    put(change, draft("1", "book-a", person_key="p"))
    assert {p.status for p in Person.all_records.all()} == {"restricted"}
    put(change, draft("2", "book-b", person_key="p", death=parse_edtf("1999")))
    assert {p.status for p in Person.all_records.all()} == {"public"}


def test_late_cases_and_cautious_sources_wait(change: Change) -> None:
    late = (RepressionDraft(arrest=parse_edtf("1954")),)
    put(change, draft("1", "book-a", repressions=late), draft("2", "book-b"))
    assert [person_of(key).status for key in "12"] == ["held", "held"]
    assert not Person.public.exists()


def test_withdrawing_a_source_takes_its_words_out_and_back(change: Change) -> None:
    old = parse_edtf("1891")
    put(
        change,
        draft("1", "book-a", person_key="p", birth=old, birth_place="Орёл"),
        draft("2", "book-b", person_key="p", birth=old, names=(name(3, "transliteration"),)),
        draft("3", "book-a", birth=old),
    )
    before = (concluded_columns(), as_indexed())
    withdraw_source(slug="book-a", by=None, role=Role.EDITOR, reason="forged", now=NOW)
    person = person_of("2")
    assert (person.entry_count, person.full, person.birth_place) == (1, "Primerov Primer", "")
    assert Person.public.count() == 1
    assert EntryName.public.count() == 1
    assert as_indexed() == as_it_must_be()
    reinstate_source(slug="book-a", by=None, role=Role.EDITOR, reason="a mistake", now=NOW)
    assert concluded_columns() == before[0]
    assert as_indexed() == before[1]
