"""The public pages in a real browser: reading, searching, keyboard, axe, and no other host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from registry.models import Entry, PersonKey
from tests.browser.watching import PREFIXES, Watched, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def person(key: str) -> str:
    return f"/people/{PersonKey.public.get(key=key).person_id}/"


def every_template() -> list[str]:
    """Return an address for each template and each of its faces."""
    mandelstam = Entry.public.filter(person__keys__key="mandelstam-osip").first()
    return [
        "/",
        "/people/",
        "/people/?q=Мандельштам",
        "/people/?q=а&sort=name",
        "/people/?q=Небывалыйпримеров&colour=red",
        "/people/?birth_from=1880&birth_to=x",
        *(person(key) for key in ("mandelstam-osip", "babel-isaac", "yagoda-genrikh")),
        f"/entries/{mandelstam.pk}/",
        "/sites/",
        "/sites/bykivnia/",
        "/sites/ulaanbaatar-monument/",
        "/sources/",
        f"/sources/{mandelstam.source.slug}/",
        "/index/",
        "/index/К/",
        "/about/",
        "/people/999999/",
    ]


def more_people() -> list[str]:
    """Return people of other scripts, sexes and fates than those of `every_template`."""
    keys = (
        "larina-anna",
        "gayibova-khadija",
        "poutiainen-anna",
        "kulbak-moyshe",
        "redens-stanislav",
    )
    return [person(key) for key in (*keys, "tabidze-titsian", "charents-yeghishe")]


@pytest.fixture
def origin(registry_loaded: Path, live_server: Any) -> str:
    return str(live_server.url)


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def reader(request: pytest.FixtureRequest, browser: Browser, origin: str) -> Iterator[Watched]:
    with browser.new_context(java_script_enabled=request.param == "with JavaScript") as context:
        yield Watched(context.new_page(), origin)


@pytest.mark.on_both_databases
def test_from_search_to_person_to_source_to_place(reader: Watched) -> None:
    page = reader.page

    reader.open("/")
    page.get_by_label("Name of the person").fill("Mandelsztam")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Mandelstam Osip Emilyevich").click()
    assert page.locator("h1").inner_text() == "Мандельштам Осип Эмильевич"
    page.get_by_role("link", name="Rank 4").first.click()
    assert "4 of 6" in page.locator("main").inner_text()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Places").click()
    page.locator("svg").get_by_role("link", name="Bykivnia Graves").click()
    assert page.locator("h1").inner_text() == "Bykivnia Graves"
    assert reader.faults == []


def test_facet_and_chip_narrow_and_widen(reader: Watched) -> None:
    page = reader.page

    reader.open("/people/?birth_from=1850&limit=100")
    everyone = page.locator(".hits > li").count()
    with page.expect_navigation():
        page.locator(".facets a").first.click()
    fewer = page.locator(".hits > li").count()
    assert 0 < fewer < everyone
    with page.expect_navigation():
        page.locator(".chips a").last.click()
    assert page.locator(".hits > li").count() == everyone
    assert reader.faults == []


def test_mark_leads_to_its_entry(reader: Watched) -> None:
    reader.open("/ru" + person("mandelstam-osip"))
    mark = reader.page.locator("#f-birth sup a").first

    number = mark.inner_text()
    mark.click()

    assert reader.page.url.endswith(f"#entry-{number}")
    assert reader.page.locator(f"#entry-{number}").is_visible()


def test_language_changes_the_page_and_keeps_the_question(reader: Watched) -> None:
    reader.open("/people/?q=Babel")

    reader.page.get_by_role("link", name="Українська").click()

    assert reader.page.url.endswith("/uk/people/?q=Babel")
    assert reader.page.locator("html").get_attribute("lang") == "uk"


def test_keyboard_alone_is_enough(browser: Browser, origin: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(origin + "/")
        focused = "document.activeElement"

        page.keyboard.press("Tab")
        assert page.evaluate(f"{focused}.getAttribute('href')") == "#main"
        assert page.evaluate(f"{focused}.getBoundingClientRect().left >= 0")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(f"{focused}.id") == "q"
        page.keyboard.type("Курбас")
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/?q=*")
        for _ in range(40):
            page.keyboard.press("Tab")
            if "Kurbas" in page.evaluate(f"{focused}.innerText || ''"):
                break
        assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") != "none"
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/*/")
        assert "Курбас" in page.locator("h1").inner_text()
        assert page.locator("[tabindex]:not([tabindex='-1'])").count() == 0


@pytest.mark.parametrize("language", PREFIXES)
def test_names_are_suggested_while_one_is_typed(
    browser: Browser, origin: str, language: str
) -> None:
    prefix = PREFIXES[language]
    with browser.new_context(locale=language) as context:
        watched = Watched(context.new_page(), origin)
        page = watched.page
        watched.open(f"{prefix}/")
        box, options = page.locator("#q"), page.locator("#suggestions [role=option]")
        box.press_sequentially("мандельш")
        options.first.wait_for()
        assert options.all_inner_texts()[0] == "Мандельштам"
        assert options.nth(1).inner_text().endswith("1891–1938")
        assert box.get_attribute("aria-expanded") == "true"
        found = violations(page, f"{prefix}/ with suggestions")
        # Up and down go round; Escape closes and keeps what was typed.
        box.press("ArrowDown")
        assert options.first.get_attribute("aria-selected") == "true"
        box.press("ArrowUp")
        assert box.get_attribute("aria-activedescendant") is None
        box.press("Escape")
        assert box.get_attribute("aria-expanded") == "false"
        assert box.input_value() == "мандельш"
        # A spelling is searched for; a person is opened.
        box.press_sequentially("т")
        options.first.wait_for()
        box.press("ArrowDown")
        box.press("Enter")
        page.wait_for_url("**/people/?q=*")
        assert box.input_value() == "Мандельштам"
        # What else the form asks for stays.
        watched.open(f"{prefix}/people/?given=Осип")
        box.fill("мандельшт")
        options.first.click()
        page.wait_for_url("**/people/?*q=*")
        assert page.locator("#id_given").input_value() == "Осип"
        box.fill("мандельшт")
        options.nth(1).click()
        page.wait_for_url(f"**{prefix}/people/*/")
        assert "Мандельштам" in page.locator("h1").inner_text()

    assert found == []
    assert watched.faults == []


@pytest.mark.parametrize("language", PREFIXES)
def test_axe_finds_nothing(browser: Browser, origin: str, language: str) -> None:
    found = []
    with browser.new_context(locale=language) as context:
        watched = Watched(context.new_page(), origin)
        for address in every_template():
            watched.open(PREFIXES[language] + address)
            found += violations(watched.page, address, colours=language == "en")

    assert found == []
    assert watched.faults == []


def test_axe_finds_nothing_in_the_dark_and_at_320(browser: Browser, origin: str) -> None:
    found = []
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        for address in (*every_template(), *more_people()):
            page.goto(origin + address)
            found += violations(page, address, widths=[320])

    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_has_the_sources_addresses_and_no_navigation(
    browser: Browser, origin: str, scheme: Any
) -> None:
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(origin + person("mandelstam-osip"))
        address = page.locator(".entries .in-print").first
        assert not address.is_visible()
        page.emulate_media(media="print")
        assert address.is_visible()
        assert address.inner_text().strip().startswith("http")
        for hidden in ("nav", ".searchbox", ".foot", ".skip"):
            shown = page.locator(hidden).all()
            assert not any(one.is_visible() for one in shown), hidden
        paper = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(paper) == "rgb(255, 255, 255)"
        page.goto(origin + "/about/")
        assert not any(one.is_visible() for one in page.locator("nav").all())
