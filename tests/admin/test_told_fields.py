"""What the desk shows is in words: fields and codes of the ledger, faults, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import CheckConstraint
from django.utils import translation

from registry.admin.constraints import BROKEN, WordedConstraints
from registry.admin.site_rows import EventForm, FigureForm, NameForm
from registry.admin.sites import SiteForm
from registry.admin.sources import SourceForm
from registry.admin.told_changes import BESIDES, TELLERS, told_record
from registry.admin.told_fields import CALLED, DATE_ENDS, NOT_TOLD, tell_fields
from registry.admin.vocabularies import SpellingForm, TermForm
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
    SiteEvent,
    SiteFigure,
    SiteName,
    Source,
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
from tests.admin.sending import errors_of, save
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
    (figure,) = site["figures"]
    bounds, wording = figure.split("; Where in the source; ")
    assert bounds == "Estimates; At least: 1; At most: 2; Source: invented-book"
    assert wording == 'Russian: <span lang="ru">с. 5</span>'
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


def test_every_check_of_a_table_is_told_in_words_at_a_field() -> None:
    """What a field of the form holds to by itself is left: a known code, a date in order."""
    forms: dict[Any, Any] = {
        Source: SourceForm, MemorialSite: SiteForm, Term: TermForm, Spelling: SpellingForm,
        SiteName: NameForm, SiteFigure: FigureForm, SiteEvent: EventForm,
    }  # fmt: skip
    checks = {
        constraint.name
        for model in forms
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
        and not re.search("_known$|_(date|period)_in_order$", constraint.name)
    }
    assert checks == BROKEN.keys()
    for form in forms.values():
        assert issubclass(form, WordedConstraints)


def test_a_rank_that_is_missing_is_told_at_the_rank(at_desk: Any, make_source: Any) -> None:
    make_source()
    page = f"/admin/registry/source/{Source.all_records.get().pk}/change/"
    for reason in ("", "why"):
        answer = save(at_desk(name=f"editor{reason}"), page, rank="", reason=reason)
        assert errors_of(answer).count("This is needed.") == 1
        assert ("This field is required." in errors_of(answer)) is (not reason)
        assert "source_rank_on_ladder" not in answer.content.decode()


def test_a_broken_check_of_a_table_is_told_once_where_a_form_let_it_pass(
    make_source: Any,
) -> None:
    make_source()

    class Bare(WordedConstraints):
        class Meta:
            model = Source
            fields = ("kind", "rank")

    form = Bare({"kind": "book", "rank": "9"}, instance=Source.all_records.get())
    assert form.errors == {"rank": ["The rank is a number from 1 to 6."]}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("registry/spelling/", "<summary>Term</summary>"),
        ("registry/", "<h1>What can be edited and looked at</h1>"),
        ("registry/memorialsite/", '<td data-label="Town" class="field-told_town">Nowhere'),
        ("auth/user/add/", '<button type="submit" class="default">Make the account</button>'),
    ],
)
def test_pages_of_the_desk_say_what_they_are(
    path: str, words: str, at_desk: Any, wood: MemorialSite
) -> None:
    Spelling.all_records.create(vocabulary="fate", text="расстр.", folded="расстр")
    page = at_desk(Role.ADMINISTRATOR).get(f"/admin/{path}").content.decode()
    assert words in page


def test_a_term_is_headed_in_the_language_of_the_reader(at_desk: Any, shot: Term) -> None:
    page = at_desk().get(f"/ru/admin/registry/term/{shot.pk}/change/").content.decode()
    assert "<h1>расстрелян</h1>" in page
