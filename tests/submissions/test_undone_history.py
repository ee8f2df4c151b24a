"""What was accepted and undone is told by no history, nor as of a day when it was public."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import Change, Role, Submission, SubmissionKind
from registry.records import SiteDraft, put_sites
from registry.records.catalogue.sites import edit_site, read_site_draft
from registry.records.drafts.sites import SiteFigureDraft, SiteNameDraft
from registry.records.history.as_of import person_as_of, site_as_of
from registry.records.history.timelines import person_history, site_history
from registry.records.people.biographies import BiographyDraft, read_biography, write_biography
from registry.records.undoing.reverting import undo_change
from registry.submissions.deciding import decide_submission, undo_decision
from registry.submissions.decisions import PartDecision
from registry.submissions.starting import Target
from registry.submissions.testimony import TESTIMONY, have_testimonies
from tests.conftest import new_change
from tests.databases import NOW

from .sending import draft_of, moderator, reject_all, send

pytestmark = pytest.mark.django_db
MARK, OTHER, STAYS = "Утечкин", "Протечкин", "Остающийся"
ACT: dict[str, Any] = {"role": Role.MODERATOR, "reason": "an invented reason"}
DAY = timedelta(days=1)


def decide(number: int, now: Any = NOW, **what: Any) -> int:
    one = PartDecision(1, accept=True, **what)
    done = decide_submission(submission=number, parts=[one], by=moderator(), now=now, **ACT)
    return int(done.change.pk)


def site_told(slug: str) -> str:
    """Return all that the history of a place tells, and what it was after each change."""
    history = site_history(slug, language="ru")
    then = [site_as_of(slug, change=one.number, language="ru") for one in history.changes.items]
    return repr((history, then))


def person_told(person: int) -> str:
    history = person_history(person, language="ru")
    then = [person_as_of(person, change=one.number, language="ru") for one in history.changes.items]
    return repr((history, then))


def number_of(kind: str) -> int:
    return int(Change.all_records.filter(kind=kind).latest("pk").pk)


def figure(note: str, low: int) -> SiteFigureDraft:
    return SiteFigureDraft("estimate", low, None, TESTIMONY, note=note)


def test_a_place_tells_neither_in_its_history_nor_as_of_then() -> None:
    have_testimonies(now=NOW)
    names = (SiteNameDraft("ru", "Примерное место"),)
    plain = SiteDraft(slug="invented", kinds=("camp",), names=names, town="Примерск")
    put_sites(drafts=[plain], change=new_change("a place"))
    site = Target(site="invented")
    number = send(SubmissionKind.SITE, {"low": "7", "note": MARK}, target=site)
    decide(number, site=replace(plain, figures=(figure(MARK, 7),), region_then=MARK))
    assert MARK in site_told("invented")
    # Meanwhile an editor says something of her own, which stays.
    now = read_site_draft("invented")
    assert now is not None
    edit_site(draft=replace(now, town=STAYS), by=None, now=NOW + DAY, **ACT)
    undone = undo_decision(submission=number, by=moderator(), now=NOW + 2 * DAY, **ACT)
    told = site_told("invented")
    assert MARK not in told, undone
    assert STAYS in told
    assert not site_as_of("invented", change=number_of("decision"), language="ru")[0].figures
    # What is decided again by undoing the undoing is told again.
    assert undone.change is not None
    undo_change(change=undone.change.pk, by=moderator(), now=NOW + 3 * DAY, **ACT)
    assert MARK in site_told("invented")


def test_a_life_that_was_replaced_and_given_back_tells_what_it_said_before(
    make_person: Any,
) -> None:
    person = make_person(death=parse_edtf("1938"))
    have_testimonies(now=NOW)
    ours = BiographyDraft(person, "ru", "Жизнь", STAYS, (TESTIMONY,))
    write_biography(draft=ours, by=None, now=NOW, **ACT)
    sent = {"language": "ru", "title": MARK, "text": MARK}
    number = send(SubmissionKind.BIOGRAPHY, sent, target=Target(person))
    theirs = BiographyDraft(person, "ru", MARK, MARK, (TESTIMONY,), credit=MARK)
    decide(number, now=NOW + DAY, biography=theirs)
    assert MARK in person_told(person)
    undo_decision(submission=number, by=moderator(), now=NOW + 2 * DAY, **ACT)
    assert read_biography(person=person, language="ru") == ours
    told = person_told(person)
    assert MARK not in told
    assert STAYS in told


def test_an_entry_that_came_back_otherwise_does_not_tell_what_it_said_first(
    make_person: Any,
) -> None:
    person = make_person(death=parse_edtf("1938"))
    values = {"occupation": MARK, "birth_place": OTHER, "residence": STAYS}
    number = send(SubmissionKind.ADDITION, values, target=Target(person))
    part = Submission.all_records.get().parts(manager="all_records").get()
    decide(number, draft=draft_of(part), person=person)
    assert MARK in person_told(person)
    undo_decision(submission=number, by=moderator(), now=NOW + DAY, **ACT)
    assert MARK not in person_told(person)
    decide(
        number, now=NOW + 2 * DAY, person=person,
        draft=draft_of(part, occupation="", birth_place="Примерск"),
    )  # fmt: skip
    told = person_told(person)
    assert MARK not in told
    assert OTHER not in told
    assert "Примерск" in told
    assert STAYS in told
    assert Change.all_records.filter(kind="decision").count() == 2


@pytest.mark.parametrize("kind", [SubmissionKind.BIOGRAPHY, SubmissionKind.SITE])
def test_a_life_and_a_figure_come_back_only_with_the_decision_that_took_them(
    kind: SubmissionKind, make_person: Any
) -> None:
    have_testimonies(now=NOW)
    if kind == SubmissionKind.BIOGRAPHY:
        person = make_person(death=parse_edtf("1938"))
        sent, target = {"language": "ru", "title": MARK, "text": MARK}, Target(person)
        life = BiographyDraft(person, "ru", MARK, MARK, (TESTIMONY,), credit=MARK)
        taken: dict[str, Any] = {"biography": life}
    else:
        names = (SiteNameDraft("ru", "Примерное место"),)
        plain = SiteDraft(slug="invented", kinds=("camp",), names=names)
        put_sites(drafts=[plain], change=new_change("a place"))
        sent, target = {"low": "7", "note": MARK}, Target(site="invented")
        taken = {"site": replace(plain, figures=(figure(MARK, 7),))}
    number = send(kind, sent, target=target)
    decide(number, **taken)
    opened = undo_decision(submission=number, by=moderator(), now=NOW + DAY, **ACT)
    reject_all(number)
    assert opened.change is not None
    undone = undo_change(change=opened.change.pk, by=None, now=NOW + 2 * DAY, **ACT)
    subject = "biography" if kind == SubmissionKind.BIOGRAPHY else "site"
    assert (subject, "changed-since") in {(one.subject, one.code) for one in undone.left}
    assert Submission.all_records.get().state == "rejected"
    if kind == SubmissionKind.BIOGRAPHY:
        assert read_biography(person=person, language="ru") is None
        assert MARK not in person_told(person)
    else:
        now = read_site_draft("invented")
        assert now is not None
        assert now.figures == ()
        assert MARK not in site_told("invented")
