"""A visitor contributes in a real browser: with and without JavaScript, by keyboard, axe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page

from registry.dates import parse_edtf
from registry.models import (
    MemorialSite,
    Part,
    PartKind,
    PersonKey,
    Role,
    Submission,
    SubmittedFile,
)
from registry.submissions.deciding import decide_submission
from registry.submissions.decisions import FileDecision, PartDecision
from registry.submissions.triage import ask_contributor
from tests.browser.watching import PREFIXES, Watched, violations
from tests.databases import NOW
from tests.files.pictures import jpeg
from tests.submissions.sending import moderator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WALKS = [("en", True, 1280), ("ru", True, 360), ("uk", True, 360), ("en", False, 360)]
TRAP = 2_000
"""Milliseconds before which only programs send a form."""
NAME = "Примеров"


@pytest.fixture
def origin(live_server: Any, media: Path) -> str:
    cache.clear()
    return str(live_server.url)


@pytest.fixture
def known(make_person: Callable[..., int]) -> int:
    """Return somebody who is here, and is like whoever is told of."""
    return make_person(
        patronymic="", birth=parse_edtf("1891"), death=parse_edtf("1938"), fate="executed"
    )


class Walk:
    """A visitor on her way: each page is looked at by axe where scripts run, and by width."""

    def __init__(self, page: Page, origin: str, language: str, *, scripts: bool) -> None:
        self.watched = Watched(page, origin)
        self.page = page
        self.prefix = PREFIXES[language]
        self.scripts = scripts
        self.found: list[str] = []

    def look(self, name: str) -> None:
        """Note what is wrong with the page as it stands."""
        if self.scripts:
            colours = self.prefix == PREFIXES["en"]
            self.found += violations(self.page, f"{self.prefix} {name}", colours=colours)
        elif self.page.locator("body").bounding_box()["width"] > 360:  # type: ignore[index]
            self.found.append(f"{name} is wider than the window")

    def open(self, path: str, name: str = "") -> None:
        self.watched.open(self.prefix + path)
        self.look(name or path)

    def press(self, value: str = "", name: str = "") -> None:
        """Press a button of the form, or the only one."""
        selector = f"form.asking button[value={value}]" if value else "main form button"
        with self.page.expect_navigation():
            self.page.locator(selector).last.click()
        self.look(name or f"after {value}")

    def receipt(self) -> str:
        return "".join(self.page.locator(".digits span").all_inner_texts())


def tell_of_a_new_person(walk: Walk) -> str:
    """Tell of somebody new and of a relative; return the receipt."""
    page = walk.page
    walk.open("/submit/")
    with page.expect_navigation():
        page.locator(f".ways a[href='{walk.prefix}/submit/person/']").first.click()
    walk.look("who")
    page.locator("[name=family_name]").fill(NAME)
    page.wait_for_timeout(TRAP)
    walk.press("next", "receipt")
    receipt = walk.receipt()
    assert page.locator("svg.qr").bounding_box()["width"] > 100  # type: ignore[index]
    with page.expect_navigation():
        page.locator("a.button").click()
    walk.look("similar")
    walk.press("", "similar, nothing chosen")
    page.locator("[name=person][value=none]").check()
    walk.press("", "how")
    walk.press("next", "how, missing")
    assert page.locator("#b-how-error").count() == 1
    page.locator("[name=how]").fill("Примерный рассказ.")
    walk.press("next", "birth")
    page.locator("[name=birth_date]").fill("осень 1899")
    walk.press("next", "life")
    assert "1899" in page.locator(".saved").inner_text()
    page.go_back()
    assert page.locator("[name=birth_date]").input_value() == "осень 1899"
    walk.open("/submit/form/0/who/", "relative")
    page.locator("[name=given_name]").fill("Примера")
    page.locator("[name=kinship][value=spouse]").check()
    walk.press("list", "list")
    return receipt


def send_a_photograph(walk: Walk, picture: Path) -> None:
    """Add a photograph to what was begun, look it over, and send it."""
    page = walk.page
    walk.open("/submit/form/files/")
    page.locator("[name=files]").set_input_files([picture, Path(__file__)])
    walk.press("stay", "files, one refused")
    assert page.locator(".errors li").count() == 1
    image = page.locator(".sent-files img")
    assert image.evaluate("one => one.naturalWidth") == 40 or not walk.scripts
    page.locator("[name=caption-1]").fill("Примерная фотография")
    page.locator("[name=rights]").fill("Примерный альбом.")
    walk.press("next", "you")
    walk.press("next", "check")
    with page.expect_navigation():
        page.locator("main form button").click()
    walk.look("sent")
    row = Submission.all_records.get()
    assert f"{row.number[:4]}-{row.number[4:]}" in page.locator("main").inner_text()


def come_back_with_the_receipt(walk: Walk, receipt: str) -> None:
    """Answer a question, and read what was decided."""
    page = walk.page
    row = Submission.all_records.get()
    ask_contributor(submission=row.pk, text="Где это было?", by=moderator(), now=NOW)
    walk.open("/receipt/")
    page.locator("[name=receipt]").fill(receipt[:-1] + str((int(receipt[-1]) + 1) % 10))
    walk.press("", "receipt, mistyped")
    page.locator("[name=receipt]").fill(receipt)
    walk.press("", "asked")
    assert "Где это было?" in page.locator("main").inner_text()
    page.locator("[name=text]").fill("В Примерске.")
    page.wait_for_timeout(TRAP)
    walk.press("reply", "answered")
    assert Submission.all_records.get().state == "waiting"
    walk.open("/receipt/withdraw/")
    no = {"accept": False, "reason": "no-source", "reason_text": "примерно"}
    decide_submission(
        submission=row.pk,
        parts=[PartDecision(position=number, **no) for number in (1, 2)],  # type: ignore[arg-type]
        files=[FileDecision(position=1, **no)],  # type: ignore[arg-type]
        by=moderator(),
        role=Role.MODERATOR,
        reason="an invented reason",
        now=NOW,
    )
    walk.open("/receipt/open/", "rejected")
    assert "примерно" in page.locator("main").inner_text()


@pytest.mark.parametrize("way", WALKS, ids=str)
def test_a_new_person_with_a_photograph_and_back_with_the_receipt(
    browser: Browser, origin: str, known: int, tmp_path: Path, way: tuple[str, bool, int]
) -> None:
    language, scripts, width = way
    picture = tmp_path / "invented.jpg"
    picture.write_bytes(jpeg())
    size: Any = {"width": width, "height": 800}
    with browser.new_context(
        viewport=size, java_script_enabled=scripts, locale=language
    ) as context:
        walk = Walk(context.new_page(), origin, language, scripts=scripts)
        receipt = tell_of_a_new_person(walk)
        send_a_photograph(walk, picture)
        told = {part.position: part.values for part in Part.all_records.all()}
        assert told == {
            1: {"family_name": NAME, "birth_date": "осень 1899"},
            2: {"given_name": "Примера"},
        }
        assert SubmittedFile.all_records.get().caption == "Примерная фотография"
        come_back_with_the_receipt(walk, receipt)
        with walk.page.expect_navigation():
            walk.page.locator("#leave").click()
        assert walk.page.locator("table").count() == 1
        walk.look("left")
        walk.page.go_back()
        assert "Примера" not in walk.page.locator("main").inner_text()
    assert walk.found == []
    assert walk.watched.faults == []


def test_axe_finds_nothing_on_the_first_pages_of_every_form(
    browser: Browser, registry_loaded: Path, origin: str
) -> None:
    person = PersonKey.public.get(key="mandelstam-osip").person_id
    site = MemorialSite.public.get(slug="bykivnia").slug
    for language, width in (("en", 360), ("ru", 360), ("uk", 1280)):
        size: Any = {"width": width, "height": 800}
        with browser.new_context(viewport=size, locale=language) as context:
            walk = Walk(context.new_page(), origin, language, scripts=True)
            for path in (
                "biography/", f"correction/{person}/", f"correction/{person}/birth/",
                f"correction/{person}/episode:1.rehabilitation/", f"biography/{person}/",
                "site/", f"site/at/{site}/", "takedown/", "form/",
            ):  # fmt: skip
                walk.open(f"/submit/{path}")
        assert walk.found == []
        assert walk.watched.faults == []


def test_one_fact_is_corrected_by_keyboard_alone(browser: Browser, origin: str, known: int) -> None:
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        keys = page.keyboard

        def tab_to(selector: str) -> None:
            for _ in range(160):
                keys.press("Tab")
                if page.evaluate(f"document.activeElement.matches({selector!r})"):
                    outline = "getComputedStyle(document.activeElement).outlineStyle"
                    assert page.evaluate(outline) != "none"
                    return
            pytest.fail(f"{selector} is not reached by the keyboard")

        def enter() -> None:
            with page.expect_navigation():
                keys.press("Enter")

        page.goto(f"{origin}/people/{known}/")
        tab_to("a.fix[href$='/birth/']")
        enter()
        tab_to("[name=birth_date]")
        keys.type("15.01.1891")
        tab_to("[name=knowledge]")
        keys.press("Space")
        keys.press("ArrowDown")
        tab_to("[name=how]")
        keys.type("Примерная метрика.")
        page.wait_for_timeout(TRAP)
        tab_to("button[value=next]")
        enter()
        tab_to("a.button")
        enter()
        tab_to("main form button")
        enter()
        row = Submission.all_records.get()
        part = Part.all_records.get()
        assert (row.state, row.knowledge) == ("waiting", "papers")
        assert (part.kind, part.values) == (PartKind.FACT, {"birth_date": "15.01.1891"})
        assert page.locator("[tabindex]:not([tabindex='-1'])").count() == 0


def test_escape_pressed_twice_leaves_and_replaces_the_page(browser: Browser, origin: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{origin}/about/")
        page.goto(f"{origin}/submit/person/")
        page.locator("[name=family_name]").fill("Примеров")
        page.keyboard.press("Escape")
        assert page.url.endswith("/submit/person/")
        with page.expect_navigation():
            for _ in range(4):
                page.keyboard.press("Escape")
        assert page.url.endswith("/submit/leave/")
        page.go_back()
        assert page.url.endswith("/about/")
        assert [cookie["name"] for cookie in context.cookies()] == []


def test_another_language_keeps_what_was_typed_and_enter_still_saves(
    browser: Browser, origin: str
) -> None:
    with browser.new_context(java_script_enabled=False, locale="en") as context:
        page = context.new_page()
        page.goto(f"{origin}/submit/person/")
        page.locator("[name=family_name]").fill(NAME)
        for code, path in (("uk", "/uk/submit/person/"), ("ru", "/ru/submit/person/")):
            with page.expect_navigation():
                page.locator(f".languages button[lang={code}]").click()
            assert page.url == origin + path
            assert page.locator("[name=family_name]").input_value() == NAME
        assert not Submission.all_records.exists()
        page.wait_for_timeout(TRAP)
        with page.expect_navigation():
            page.locator("[name=family_name]").press("Enter")
        assert page.locator(".digits").count() == 1
        assert Submission.all_records.get().language == "ru"
        page.goto(f"{origin}/ru/submit/form/1/birth/")
        page.locator("[name=birth_place]").fill("Примерск")
        with page.expect_navigation():
            page.locator(".languages button[lang=en]").click()
        assert page.url == f"{origin}/submit/form/1/birth/"
        assert page.locator("[name=birth_place]").input_value() == "Примерск"
        assert Part.all_records.get().values["birth_place"] == "Примерск"
