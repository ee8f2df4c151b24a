"""Moderating in a real browser: by keys, without scripts, in three languages; axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from registry.dates import parse_edtf
from registry.models import Entry, Part, PartKind, Role, SubmissionKind
from registry.records import public_person
from registry.records.drafts.uploads import check_upload
from registry.submissions.files import FileNote, add_file
from registry.submissions.own import own_submission
from registry.submissions.receiving import add_part, save_answers, save_part, send_submission
from registry.submissions.starting import Target
from tests.admin.reviewing import path, row
from tests.browser.test_desk import english_left, log_in, staff
from tests.browser.watching import PREFIXES, Watched, violations
from tests.databases import NOW
from tests.files.pictures import jpeg
from tests.submissions.sending import SOMEBODY, accept_all, begin, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
"""Every language once, and both widths: what is laid out is the same in all of them."""
QUEUE = "/admin/acts/submissions/"


@pytest.fixture
def person(transactional_db: None, settings: Any, media: Path, make_person: Any) -> int:
    cache.clear()
    made: int = make_person(birth=parse_edtf("1880"), death=parse_edtf("1937"), sex="m")
    return made


def correction(person: int, year: str = "1891") -> int:
    return send(SubmissionKind.CORRECTION, {"birth_date": year}, target=Target(person, "birth"))


def birth(person: int) -> list[str]:
    fact = public_person(person, language="en").facts["birth"]
    return [value.date.edtf for value in (*fact.values, *fact.rivals) if value.date]


def at_review(page: Page, origin: str, sent: int) -> None:
    page.goto(origin + path(sent))
    expect(page.locator(".decide")).to_be_visible()


def test_a_moderator_decides_by_keys(browser: Browser, live_server: Any, person: int) -> None:
    first, second, third, fourth = (correction(person, str(year)) for year in range(1891, 1895))
    staff("keeper", Role.MODERATOR)
    with browser.new_context() as context:
        watched = Watched(context.new_page(), str(live_server.url))
        page, keys = watched.page, watched.page.keyboard
        log_in(page, watched.origin, "keeper")
        at_review(page, watched.origin, first)
        # One fact is decided in two keystrokes.
        keys.press("a")
        with page.expect_navigation():
            keys.press("Enter")
        assert row(first).state == "accepted"
        assert birth(person) == ["1880", "1891"]
        assert page.url != watched.origin + path(first)
        assert path(0)[:-2] in page.url
        at_review(page, watched.origin, second)
        keys.press("r")
        with page.expect_navigation():
            keys.press("2")
        assert own_submission(second).parts[0].reason == "contradicted"
        # Said why, one goes on to accepting by two times Enter.
        at_review(page, watched.origin, third)
        keys.press("p")
        keys.type("метрика")
        keys.press("Enter")
        with page.expect_navigation():
            keys.press("Enter")
        assert birth(person)[0] == "1893"
        # Keys are known by their place where the alphabet is another.
        at_review(page, watched.origin, fourth)
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown',"
            " {key: 'й', code: 'KeyQ', bubbles: true}))"
        )
        keys.type("Откуда дата? a r")
        keys.press("Tab")
        with page.expect_navigation():
            keys.press("Enter")
        assert row(fourth).state == "asked"
        assert [m.text for m in own_submission(fourth).messages] == ["Откуда дата? a r"]
    assert watched.faults == []


def test_keys_are_switched_off_and_what_would_come_is_told_at_once(
    browser: Browser, live_server: Any, person: int, make_person: Any
) -> None:
    other = make_person(family="Выдумкин", birth=parse_edtf("1891"), death=parse_edtf("1937"))
    sent = correction(person)
    staff("keeper", Role.MODERATOR)
    with browser.new_context() as context:
        watched = Watched(context.new_page(), str(live_server.url))
        page = watched.page
        log_in(page, watched.origin, "keeper")
        at_review(page, watched.origin, sent)
        verdict = page.locator("#p1-verdict-birth_date")
        expect(verdict).to_contain_text("It differs.")
        page.locator("[name='p1-v-birth_date']").fill("1880")
        expect(verdict).to_contain_text("The registry says the same.")
        page.locator("[name='p1-v-birth_date']").fill("1891")
        expect(verdict).to_contain_text("It differs.")
        page.keyboard.press("Tab")
        page.locator("body").click(position={"x": 2, "y": 2})
        page.keyboard.press("/")
        page.keyboard.type(str(other))
        page.locator("[name='p1-who'][value='other']").check()
        expect(verdict).to_contain_text("The registry says the same.")
        expect(page.locator("#p1-known")).to_contain_text("Выдумкин")
        with page.expect_navigation():
            page.get_by_role("button", name="Switch the keys off").click()
        page.keyboard.press("a")
        assert page.evaluate("document.activeElement.tagName") == "BODY"
        assert page.locator("kbd").count() == 0
        assert row(sent).state == "waiting"
    assert watched.faults == []


def test_without_scripts_a_submission_is_decided_and_undone(
    browser: Browser, live_server: Any, person: int
) -> None:
    sent = correction(person)
    before = public_person(person, language="ru")
    staff("keeper", Role.MODERATOR)
    with browser.new_context(java_script_enabled=False) as context:
        watched = Watched(context.new_page(), str(live_server.url))
        page = watched.page
        log_in(page, watched.origin, "keeper")

        def press(name: str) -> None:
            with page.expect_navigation():
                page.get_by_role("button", name=name).click()

        page.goto(watched.origin + QUEUE)
        with page.expect_navigation():
            page.locator(".queue a").first.click()
        page.locator("[name='p1-prefer-birth_date']").fill("метрика")
        press("Look again")
        expect(page.locator("#p1-verdict-birth_date")).to_contain_text("believed instead")
        assert page.locator("[name='p1-prefer-birth_date']").input_value() == "метрика"
        press("Accept")
        assert birth(person) == ["1891", "1880"]
        page.goto(watched.origin + path(sent))
        with page.expect_navigation():
            page.get_by_role("link", name="Undo the decision…").click()
        page.locator("[name=reason]").fill("не та метрика")
        press("Undo the decision")
        assert row(sent).state == "waiting"
        assert public_person(person, language="ru") == before
    assert watched.faults == []


def everything(person: int) -> list[int]:
    """Send one of each kind, and one that is decided; return their ids."""
    started = begin(values={**SOMEBODY, "birth_date": "1891", "comment": "Примерно так. " * 9})
    here: dict[str, Any] = {"submission": started.submission, "now": NOW}
    save_answers(
        answers={"rights": "мои", "credit": "name", "credit_name": "Вера Примерова"}, **here
    )
    son = add_part(kind=PartKind.PERSON, **here)
    values = {"family_name": "Примеров", "birth_date": "1990"}
    save_part(position=son, values=values, kinship="child", **here)
    life = add_part(kind=PartKind.BIOGRAPHY, **here)
    told = {"language": "ru", "title": "Жизнь", "text": "Родился.\n\nУмер."}
    save_part(position=life, values=told, **here)
    for size in (900, 910):
        note = FileNote(is_document=size == 910, caption="Портрет", date="1930")
        add_file(file=check_upload(jpeg(size, 600)), note=note, **here)
    send_submission(**here)
    wish = send(SubmissionKind.TAKEDOWN, {"what": "всё", "why": "мы"}, target=Target(person))
    place = begin(SubmissionKind.SITE, {"name": "Выдуманный лес", "kind": "mass-grave"}).submission
    figure = add_part(submission=place, kind=PartKind.FIGURE, now=NOW)
    number = {"measure": "estimate", "low": "100"}
    save_part(submission=place, position=figure, values=number, now=NOW)
    send_submission(submission=place, now=NOW)
    done = correction(person)
    # Whoever sent it is not to be named, and somebody has written the name all the same.
    save_answers(submission=done, answers={"credit_name": "Вера Образцова"}, now=NOW)
    Part.all_records.filter(submission=done).update(values={"birth_date": "1891, Вера Образцова"})
    accept_all(done)
    return [started.submission, wish, place, correction(person, "1892"), done]


@pytest.mark.parametrize("language", PREFIXES)
def test_axe_finds_nothing_on_the_queue_and_the_reviews(
    browser: Browser, live_server: Any, person: int, language: str
) -> None:
    sent = everything(person)
    staff("keeper", Role.MODERATOR)
    prefix, found = PREFIXES[language], []
    entry = Entry.all_records.get(via__isnull=False).pk
    pages = [
        QUEUE, f"{QUEUE}?state=decided&kind=correction", *map(path, sent),
        f"{path(sent[-1])}undo/", f"{path(sent[-1])}named/", "/admin/", f"/entries/{entry}/",
    ]  # fmt: skip
    looking = {"preload": False, "colours": language == "en"}
    with browser.new_context(locale=language) as context:
        watched = Watched(context.new_page(), str(live_server.url))
        page = watched.page
        log_in(page, watched.origin, "keeper", prefix)
        for address in pages:
            answer = page.goto(watched.origin + prefix + address)
            assert answer is not None
            assert answer.ok, address
            found += violations(page, address, **looking)
            if address.startswith("/admin/"):
                found += english_left(page, address, language)
        page.goto(watched.origin + prefix + path(sent[0]))
        with page.expect_navigation():
            page.locator(".decide button[value=decide]").click()
        assert page.locator(".errornote").count() == 1
        found += violations(page, "a review that was refused", **looking)
        found += english_left(page, "a review that was refused", language)
    assert found == []
    assert watched.faults == []
