"""Every field that the ledger keeps of a record has words, and so has every code in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from registry.admin.told_changes import BESIDES, TELLERS, told_record
from registry.admin.told_fields import CALLED, DATE_ENDS, NOT_TOLD, tell_fields
from registry.models import (
    Biography,
    Change,
    Choice,
    Document,
    Entry,
    Judgement,
    MemorialSite,
    Photograph,
    Proposal,
    Relation,
    Revision,
    Role,
    Spelling,
    Term,
)
from registry.records.history.shapes import Line
from registry.records.ledger.accounts import ACCOUNT, create_staff_account, set_active
from registry.records.ledger.rows import columns_of
from registry.records.ledger.trails import body_of
from registry.records.people.choosing import reference_of
from registry.records.undoing.subjects import SUBJECTS
from registry.records.undoing.words import SUBJECT_WORDS
from registry.templatetags.history import line, told
from tests.databases import NOW
from tests.submissions.sending import accept_all, send

pytestmark = pytest.mark.django_db
WITHOUT = {"id"}


def names_in(body: Any) -> Iterator[str]:
    """Yield what each field of a body is called, those of its rows with it."""
    for column, value in body.items():
        if column in NOT_TOLD:
            continue
        dated = column.endswith(DATE_ENDS)
        yield column.rpartition("_")[0] if dated else CALLED.get(column, column.removesuffix("_id"))
        for row in value if isinstance(value, list | tuple) else ():
            if isinstance(row, dict):
                yield from names_in(row)


@pytest.fixture
def bodies(
    make_person: Any, wood: MemorialSite, shot: Term, change: Change
) -> dict[str, dict[str, Any]]:
    """What the ledger keeps of one record of each kind."""
    person, other = make_person(key="1"), make_person(key="2", family="Иначев")
    entry = Entry.all_records.get(person=person)
    spelling = Spelling.all_records.create(vocabulary="fate", text="расстр.", folded="расстр")
    choice = Choice.all_records.create(
        person_id=person, field="birth", entry=entry, reason="a test", change=change
    )
    proposal = Proposal.all_records.create(person_id=other, wish="public", change=change)
    life = Biography.all_records.create(person_id=person, language="ru", title="a", text="b")
    create_staff_account(username="invented", role=Role.EDITOR, now=NOW)
    account = Revision.all_records.get(subject=ACCOUNT)
    sent = send()
    accept_all(sent)
    submission = Revision.all_records.filter(subject="submission").latest("pk")
    references = {
        "term": "fate:shot",
        "spelling": str(spelling.pk),
        "source": "invented-book",
        "site": wood.slug,
        "person": str(person),
        "choice": reference_of(person, "birth", choice.entry_id),
        "proposal": str(proposal.pk),
        "biography": str(life.pk),
        "entry": str(entry.pk),
    }
    found = {name: SUBJECTS[name].read([own])[own] for name, own in references.items()}
    for model in (Relation, Judgement, Photograph, Document):
        found[model.__name__.lower()] = columns_of(model(), without=WITHOUT)
    return {**found, ACCOUNT: body_of(account) or {}, "submission": body_of(submission) or {}}


def test_every_field_of_every_record_has_words(bodies: dict[str, Any]) -> None:
    assert bodies.keys() == SUBJECT_WORDS.keys()
    for subject, body in bodies.items():
        shown = {name: value for name, value in body.items() if name in BESIDES}
        for name in names_in(body if subject not in TELLERS else shown):
            assert told(name, "told") != name, f"{subject}: {name} has no words"


def lines_of(subject: str, body: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, tuple[Line, ...]] = tell_fields(subject, body, "en")
    return {name: [str(line(one)) for one in lines] for name, lines in found.items()}


def test_codes_dates_and_wording_are_told_in_words(bodies: dict[str, Any]) -> None:
    site = lines_of("site", bodies["site"])
    assert site["kinds"] == ["mass grave"]
    assert site["period"] == ["1937"]
    assert site["figures"] == [
        "Estimates; At least: 1; At most: 2; Source: invented-book;"
        ' Where in the source; Russian: <span lang="ru">с. 5</span>'
    ]
    assert site["events"] == ["Found; Text: found; Source: invented-book; Date: 1989"]
    assert site["wording"] == ['Country; Russian: <span lang="ru">Страна</span>']
    assert lines_of("term", bodies["term"])["vocabulary"] == ["Fate"]
    assert lines_of("account", bodies["account"]) == {"active": ["In use"], "role": ["Editor"]}
    assert lines_of("submission", bodies["submission"]) == {
        "state": ["Accepted"],
        "parts": ["1; Accepted"],
    }
    assert lines_of("judgement", {"left_id": 1, "right_id": 2, "verdict": "same"}) == {
        "entry": ["1", "2"],
        "verdict": ["are about one person"],
    }
    note = {"note": {"ru": "слово", "en": "word"}}
    assert lines_of("term", note) == {
        "note": ['Russian: <span lang="ru">слово</span>', "English: word"]
    }
    assert lines_of("photograph", {"published": True}) == {"published": ["yes"]}


def test_an_account_that_is_shut_is_told_so(account: Any) -> None:
    user: User = account()
    by = account("another", Role.ADMINISTRATOR)
    set_active(user=user, active=False, by=by, reason="left", now=NOW)
    with translation.override("en"):
        last = told_record(ACCOUNT, str(user.pk), language="en")[-1]
    assert last.record == f"account {user.pk}"
    said = {one.field: [str(line(own)) for own in one.after] for one in last.differences}
    assert said["active"] == ["Shut"]
