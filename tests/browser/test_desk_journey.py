"""An editor's way in a real browser: every step is seen in public, and the whole is undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, Locator, Page

from registry.dates import parse_edtf
from registry.models import Change, Entry, Role, Source
from registry.templatetags.history import ACTS
from tests.browser.test_desk import log_in, staff
from tests.browser.watching import PREFIXES, Watched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MISREAD = replace(parse_edtf("1897-03-12"), printed="12.03.1891")
WHY = {
    name: f"Проверка кабинета: {name}"
    for name in ("reading", "choice", "merge", "split", "withdraw", "undo")
}


@pytest.fixture
def people(transactional_db: None, make_source: Any, make_person: Any) -> tuple[int, int]:
    """Two people: of the first two books tell different deaths; the second has one of them."""
    make_source("invented-roll")
    first = make_person(
        person_key="first", birth=MISREAD, birth_place="Небывалово", death=parse_edtf("1938-02-01")
    )
    make_person(person_key="first", source="invented-roll", death=parse_edtf("1942-06-05"))
    second = make_person(
        person_key="second", source="invented-roll", family="Выдумкин", occupation="птицелов",
        death=parse_edtf("1942-06-05"),
    )  # fmt: skip
    return first, second


class Desk:
    """An editor at the keyboard, who looks after each step at what the public sees."""

    def __init__(self, watched: Watched, prefix: str) -> None:
        self.watched, self.prefix = watched, prefix
        self.page: Page = watched.page

    def press(self, target: Locator) -> None:
        """Reach a link or a button by the keyboard and press it."""
        target.focus()
        assert target.evaluate("one => one === document.activeElement && one.tabIndex >= 0")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, ending: str) -> None:
        self.press(self.page.locator(f"main a[href$='{ending}']").first)

    def tick(self, box: str) -> None:
        field = self.page.locator(box)
        field.focus()
        self.page.keyboard.press("Space")
        assert field.is_checked()

    def type(self, name: str, text: str) -> None:
        self.page.locator(f"[name='{name}']").focus()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def send(self, why: str) -> None:
        """Say why, send the form, and be told that it is done."""
        self.type("reason", WHY[why])
        self.press(self.page.locator("main form[method=post] .submit-row button"))
        assert self.page.locator(".errornote, .errorlist").all_inner_texts() == []
        assert self.page.locator(".messagelist .success").count() == 1

    def open(self, kind: str, number: int) -> None:
        self.watched.open(f"{self.prefix}/admin/registry/{kind}/{number}/change/")

    def read(self, address: str) -> str:
        self.watched.open(self.prefix + address)
        return self.page.locator("main").inner_text()

    def said_of(self, person: int, change: int | None = None) -> str:
        """Return what the page of a person says, as of now or as of a change."""
        if change is None:
            return self.read(f"/people/{person}/")
        said = self.read(reverse("person_then", args=[person, change]))
        assert self.page.locator(".notice").count() > 0
        return said

    def see_in_history(self, person: int, why: str, kind: str) -> int:
        """Find the newest change in the history, by its reason, and return its number."""
        change: Change = Change.all_records.latest("pk")
        self.read(f"/people/{person}/history/")
        told = self.page.locator(f"#change-{change.pk}").inner_text()
        assert WHY[why] in told
        with translation.override(self.prefix.strip("/") or "en"):
            assert str(ACTS[kind]) in told
        return int(change.pk)


def correct_the_year(desk: Desk, person: int, entry: int) -> int:
    desk.open("entry", entry)
    desk.follow(f"/entry/{entry}/reading/")
    desk.type("birth", "12.03.1891")
    desk.send("reading")
    said = desk.said_of(person)
    assert "1891" in said
    assert "1897" not in said
    change = desk.see_in_history(person, "reading", "edit")
    assert desk.page.locator(f"#change-{change} del").first.inner_text().count("1897") == 1
    before = desk.page.locator("section.change").nth(1).get_attribute("id") or ""
    assert "1897" in desk.said_of(person, int(before.removeprefix("change-")))
    assert "1897" not in desk.said_of(person, change)
    return change


def believe_one_death(desk: Desk, person: int, entry: int, before: int) -> int:
    desk.open("person", person)
    desk.follow(f"/person/{person}/choose/")
    desk.tick(f"[name=pick][value='{entry}:death']")
    desk.send("choice")
    assert WHY["choice"] in desk.said_of(person)
    change = desk.see_in_history(person, "choice", "edit")
    assert WHY["choice"] in desk.said_of(person, change)
    assert WHY["choice"] not in desk.said_of(person, before)
    return change


def merge(desk: Desk, person: int, other: int, before: int) -> int:
    desk.open("person", person)
    desk.follow(f"/person/{person}/merge/")
    desk.type("with", "Выдумкин")
    desk.press(desk.page.locator("form.seek button"))
    desk.press(desk.page.locator(f".candidates a[href='?with={other}']"))
    desk.send("merge")
    said = desk.said_of(other)
    assert desk.page.url.endswith(f"{desk.prefix}/people/{person}/")
    assert "птицелов" in said
    change = desk.see_in_history(other, "merge", "merge")
    assert desk.page.url.endswith(f"{desk.prefix}/people/{person}/history/")
    assert "птицелов" in desk.said_of(person, change)
    assert "птицелов" not in desk.said_of(person, before)
    return change


def split(desk: Desk, person: int, other: int, entry: int, before: int) -> int:
    desk.open("person", person)
    desk.follow(f"/person/{person}/split/")
    desk.tick(f"[name=entries][value='{entry}']")
    desk.tick(f"[name=into][value='{other}']")
    desk.send("split")
    assert "птицелов" not in desk.said_of(person)
    assert "птицелов" in desk.said_of(other)
    assert desk.page.url.endswith(f"{desk.prefix}/people/{other}/")
    change = desk.see_in_history(person, "split", "split")
    assert "птицелов" not in desk.said_of(person, change)
    assert "птицелов" in desk.said_of(person, before)
    return change


def withdraw(desk: Desk, person: int, other: int, before: int) -> int:
    source = Source.all_records.get(slug="invented-roll").pk
    desk.open("source", source)
    desk.follow(f"/source/{source}/withdraw/")
    desk.send("withdraw")
    said = desk.said_of(person)
    assert "1938" in said
    assert "1942" not in said
    change = desk.see_in_history(person, "withdraw", "publishing")
    assert "1942" not in desk.page.locator("main").inner_text()
    assert "1942" not in desk.said_of(person, before)
    for address in (f"/people/{other}/", f"/people/{other}/history/"):
        assert "птицелов" not in desk.read(address)
        assert "Выдумкин" not in desk.page.locator("main").inner_text()
    return change


def revert(desk: Desk, person: int, changes: list[int]) -> None:
    desk.watched.open(f"{desk.prefix}/admin/registry/change/")
    for change in changes:
        desk.tick(f"[name=change][value='{change}']")
    desk.press(desk.page.locator("#chosen button"))
    assert desk.page.locator(".left").count() == 0
    desk.send("undo")
    assert desk.page.locator(".messagelist .warning").count() == 0
    desk.see_in_history(person, "undo", "undo")
    for change in changes:
        assert desk.page.locator(f"#change-{change}").count() == 1


@pytest.mark.parametrize("language", PREFIXES)
def test_an_editor_changes_much_and_undoes_it_all(
    browser: Browser, live_server: Any, settings: Any, people: tuple[int, int], language: str
) -> None:
    staff("editor", Role.EDITOR)
    person, other = people
    misread, rival, moved = Entry.all_records.order_by("pk").values_list("pk", flat=True)
    with browser.new_context(locale=language) as context:
        watched = Watched(context.new_page(), str(live_server.url))
        desk = Desk(watched, PREFIXES[language])
        log_in(watched.page, watched.origin, "editor", desk.prefix)
        first = [desk.said_of(number) for number in people]
        assert "1897" in first[0]
        changes = [correct_the_year(desk, person, misread)]
        changes += [believe_one_death(desk, person, rival, changes[-1])]
        changes += [merge(desk, person, other, changes[-1])]
        changes += [split(desk, person, other, moved, changes[-1])]
        changes += [withdraw(desk, person, other, changes[1])]
        revert(desk, person, changes)
        then = desk.said_of(person, changes[1])
        assert all(text in then for text in ("1891", "1942", WHY["choice"]))
        assert [desk.said_of(number) for number in people] == first
    assert watched.faults == []


def test_without_scripts_a_change_is_made_seen_and_undone(
    browser: Browser, live_server: Any, settings: Any, people: tuple[int, int]
) -> None:
    staff("editor", Role.EDITOR)
    person, _other = people
    with browser.new_context(java_script_enabled=False) as context:
        watched = Watched(context.new_page(), str(live_server.url))
        desk = Desk(watched, "")
        log_in(watched.page, watched.origin, "editor")
        first = desk.said_of(person)
        change = correct_the_year(desk, person, Entry.all_records.earliest("pk").pk)
        revert(desk, person, [change])
        assert desk.said_of(person) == first
    assert watched.faults == []
