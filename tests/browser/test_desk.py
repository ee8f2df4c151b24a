"""The desk in a real browser: from the printed password to a change the public sees; axe."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.core.cache import cache
from playwright.sync_api import Browser, Page

from registry.models import (
    Change,
    Entry,
    MemorialSite,
    Person,
    PersonKey,
    Role,
    Source,
    Spelling,
    Term,
)
from registry.records.ledger.accounts import create_staff_account, forget_one_time
from tests.admin.conftest import PASSWORD, SECRET, code_of
from tests.browser.watching import PREFIXES, Watched, violations
from tests.databases import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WALKS = [("en", False), ("en", True), ("ru", True), ("uk", True), ("uk", False)]
NEW_WORD = {
    "en": "Mongol, as tested",
    "ru": "монгол, как в проверке",
    "uk": "монгол, як у перевірці",
}
REASON = "Проверка кабинета: примеров"
LABELS = (
    "label, thead th, legend, button, [type=submit], header nav a, .breadcrumbs a:first-child,"
    " .kind, .addlink, .errorlist li, .help,"
    " .paginator, #changelist-filter a, body > main h1, body > main p"
)
ENGLISH_ELSEWHERE = {"English", "UTC"}
"""Words that are English in every language: the name of a language, a time scale."""
LATIN, CYRILLIC = re.compile("[A-Za-z]{2}"), re.compile("[А-Яа-яІіЇїЄєҐґ]")


@pytest.fixture
def origin(registry_loaded: Path, live_server: Any, settings: Any) -> str:
    """Serve the first records; a code may be of half a minute ago, as pages take their time."""
    cache.clear()
    return str(live_server.url)


def staff(name: str, role: Role, *, enrolled: bool = True) -> str:
    """Make an account that chose its password and, unless told, enrolled; return its name."""
    create_staff_account(username=name, role=role, now=NOW)
    user = User.objects.get(username=name)
    user.set_password(PASSWORD)
    user.save()
    forget_one_time(user)
    if enrolled:
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
    return name


def press(page: Page) -> None:
    """Press the button of the form in the middle of the page."""
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def give_password(page: Page, name: str, password: str = PASSWORD) -> None:
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(password)
    press(page)


def give_code(page: Page, secret: str = SECRET) -> None:
    # Half a minute later a new code holds; the test does not wait for it.
    cache.clear()
    page.locator("[name=code]").fill(code_of(secret))
    press(page)


def log_in(page: Page, origin: str, name: str, prefix: str = "") -> None:
    page.goto(f"{origin}{prefix}/accounts/login/")
    give_password(page, name)
    give_code(page)
    assert page.url == f"{origin}{prefix}/admin/"


def save(page: Page, **values: str) -> None:
    """Fill fields of a form of the desk and save it with a reason."""
    for name, value in {**values, "reason": REASON}.items():
        field = page.locator(f"[name='{name}']").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        page.locator("[name=_continue]").click()
    assert page.locator(".errornote, .errorlist").all_inner_texts() == []
    assert page.locator(".messagelist .success").count() == 1


def shown(page: Page, address: str) -> str:
    """Return what a public page says."""
    page.goto(address)
    return page.locator("main").inner_text()


def enter_for_the_first_time(page: Page, base: str) -> str:
    """Go from the printed password to the desk; return the secret of the authenticator."""
    printed = create_staff_account(username="newcomer", role=Role.EDITOR, now=NOW)
    page.goto(f"{base}/admin/")
    assert page.url.startswith(f"{base}/accounts/login/")
    give_password(page, "newcomer", printed)
    assert page.url.startswith(f"{base}/accounts/password/")
    page.goto(f"{base}/admin/registry/term/")
    assert page.url.startswith(f"{base}/accounts/password/")
    page.locator("[name=oldpassword]").fill(printed)
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    press(page)
    assert page.url.startswith(f"{base}/accounts/factor/new/")
    page.goto(f"{base}/admin/registry/source/")
    assert page.url.startswith(f"{base}/accounts/factor/new/")
    assert page.locator("img.qr").bounding_box()["width"] > 100  # type: ignore[index]
    secret = page.locator("code.long").inner_text()
    give_code(page, secret)
    assert page.url == f"{base}/accounts/recovery/"
    assert page.locator(".codes li").count() == 10
    page.locator("main a[href$='/admin/']").click()
    page.wait_for_url(f"{base}/admin/")
    assert page.url == f"{base}/admin/"
    return secret


def edit_a_term_and_a_spelling(page: Page, base: str, language: str) -> None:
    term = Term.public.get(vocabulary="nationality", code="mongol")
    other = Term.public.get(vocabulary="nationality", code="armenian")
    spelling = Spelling.all_records.get(vocabulary="nationality", text="Mongolian")
    person = f"{base}/people/{Person.public.get(nationality=term).pk}/"
    page.goto(f"{base}/admin/")
    page.locator(".model-term a").first.click()
    page.locator("#searchbar").fill("mongol")
    with page.expect_navigation():
        page.locator("#changelist-search [type=submit]").click()
    with page.expect_navigation():
        page.locator("#result_list tbody th a").first.click()
    assert page.url.split("?")[0] == f"{base}/admin/registry/term/{term.pk}/change/"
    save(page, **{f"label_{language}": NEW_WORD[language]})
    assert NEW_WORD[language] in shown(page, person)

    page.goto(f"{base}/admin/registry/spelling/{spelling.pk}/change/")
    save(page, term=str(other.pk))
    said = shown(page, person)
    assert NEW_WORD[language] not in said
    assert other.label(language) in said


def edit_a_source_and_a_place(page: Page, base: str, language: str) -> None:
    source = Source.public.get(slug="wikimapia")
    site = MemorialSite.public.get(slug="bykivnia")
    word = NEW_WORD[language]
    page.goto(f"{base}/admin/registry/source/{source.pk}/change/")
    save(page, **{"title" if language == "en" else f"title_{language}": word})
    assert word in shown(page, f"{base}/sources/wikimapia/")

    page.goto(f"{base}/admin/registry/memorialsite/{site.pk}/change/")
    number = int(page.locator("#id_events-TOTAL_FORMS").input_value()) - 1
    event = {"kind": "note", "day": "1999-05", "text": "x", "source": "wikimapia"}
    event["text" if language == "en" else f"text_{language}"] = word
    save(page, **{f"events-{number}-{name}": value for name, value in event.items()})
    assert word in shown(page, f"{base}/sites/bykivnia/")
    page.goto(f"{base}/admin/registry/memorialsite/{site.pk}/history/")
    assert REASON in page.locator(".ledger").inner_text()


def leave_and_come_back(page: Page, base: str, secret: str) -> None:
    with page.expect_navigation():
        page.locator("#user-tools a[href$='/accounts/logout/']").click()
    press(page)
    assert page.url == f"{base}/"
    page.goto(f"{base}/admin/registry/site/")
    assert page.url.startswith(f"{base}/accounts/login/")
    give_password(page, "newcomer")
    assert page.url.startswith(f"{base}/accounts/code/")
    for address in ("/admin/", "/admin/registry/source/", "/accounts/factor/remove/"):
        page.goto(base + address)
        # The log-in, which still waits for the code.
        assert page.url == f"{base}/accounts/code/"
    give_code(page, secret)
    page.goto(f"{base}/admin/registry/source/")
    assert page.locator("#result_list").count() == 1


@pytest.mark.parametrize(("language", "scripts"), WALKS)
def test_from_the_printed_password_to_what_the_public_sees(
    browser: Browser, origin: str, language: str, scripts: bool
) -> None:
    base = origin + PREFIXES[language]
    with browser.new_context(java_script_enabled=scripts, locale=language) as context:
        watched = Watched(context.new_page(), origin)
        secret = enter_for_the_first_time(watched.page, base)
        edit_a_term_and_a_spelling(watched.page, base, language)
        edit_a_source_and_a_place(watched.page, base, language)
        leave_and_come_back(watched.page, base, secret)
    assert watched.faults == []
    assert Change.all_records.filter(reason=REASON, by__username="newcomer").count() == 4


def test_keyboard_alone_logs_in(browser: Browser, origin: str) -> None:
    staff("editor", Role.EDITOR)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{origin}/admin/")

        def tab_to(selector: str) -> None:
            for _ in range(30):
                page.keyboard.press("Tab")
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                assert page.evaluate(outline) != "none"
                if page.evaluate(f"document.activeElement.matches({selector!r})"):
                    return
            pytest.fail(f"{selector} is not reached by the keyboard")

        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # past the navigation
        for name, value in (("login", "editor"), ("password", PASSWORD)):
            if not page.evaluate(f"document.activeElement.name === {name!r}"):
                tab_to(f"[name={name}]")
            page.keyboard.type(value)
        page.keyboard.press("Enter")
        page.wait_for_url("**/accounts/code/**")
        if not page.evaluate("document.activeElement.name === 'code'"):
            tab_to("[name=code]")
        page.keyboard.type(code_of())
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/")
        tab_to(".model-source a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/registry/source/")
        assert page.locator("[tabindex]:not([tabindex='-1']):not([tabindex='0'])").count() == 0


def desk_pages() -> list[str]:
    """Return an address for each page of the desk and of an account."""
    records = "/admin/registry/"
    mandelstam = PersonKey.public.get(key="mandelstam-osip").person_id
    false_death = Entry.public.exclude(discredited={}).filter(fate=None).first()
    full = Entry.public.filter(repressions__isnull=False, roles__isnull=False).first()
    forms = {
        "term": Term.public.filter(vocabulary="region").first(),
        "spelling": Spelling.public.filter(term__isnull=False).first(),
        "source": Source.public.get(slug="wikimapia"),
        "memorialsite": MemorialSite.public.get(slug="bykivnia"),
        "person": Person.public.get(pk=mandelstam),
        "change": Change.all_records.order_by("-pk").first(),
    }
    entries = {one for one in (false_death, full, Entry.public.first()) if one}
    source = forms["source"].pk
    return [
        *(f"/accounts/{page}/" for page in ("logout", "password", "confirm", "code/again")),
        *(f"/accounts/{page}/" for page in ("factor", "factor/remove", "recovery", "recovery/new")),
        "/admin/",
        records,
        *(f"{records}{name}/" for name in (*forms, "entry")),
        *(f"{records}{name}/{row.pk}/change/" for name, row in forms.items()),
        *(f"{records}{name}/{forms[name].pk}/history/" for name in ("term", "memorialsite")),
        *(f"{records}entry/{row.pk}/change/" for row in entries),
        *(f"{records}{name}/add/" for name in ("term", "source", "memorialsite")),
        f"{records}source/?q=none-such",
        f"{records}term/?vocabulary=party&p=1",
        f"{records}source/{source}/withdraw/",
        f"{records}source/{source}/reinstate/",
        "/admin/auth/user/",
        f"/admin/auth/user/{User.objects.get(username='editor').pk}/change/",
        f"/admin/auth/user/{User.objects.get(username='editor').pk}/role/",
        "/admin/auth/user/add/",
        "/admin/none-such/",
    ]


@pytest.mark.parametrize("language", PREFIXES)
def test_axe_finds_nothing_at_the_desk(browser: Browser, origin: str, language: str) -> None:
    prefix = PREFIXES[language]
    staff("chief", Role.ADMINISTRATOR)
    staff("editor", Role.EDITOR)
    colours = language == "en"
    with browser.new_context(locale=language) as context:
        watched = Watched(context.new_page(), origin)
        page = watched.page
        log_in(page, origin, "chief", prefix)
        found = []
        for address in desk_pages():
            watched.open(prefix + address)
            found += violations(page, address, preload=False, colours=colours)
            found += english_left(page, address, language)
        for address in ("/admin/registry/memorialsite/add/", "/admin/registry/source/add/"):
            watched.open(prefix + address)
            with page.expect_navigation():
                page.locator("[name=_save]").click()
            assert page.locator(".errorlist").count() > 0
            found += violations(page, f"{address}, refused", preload=False, colours=colours)
            found += english_left(page, f"{address}, refused", language)
        found += axe_on_the_way_in(watched, prefix, language)

    assert found == []
    assert watched.faults == []


def axe_on_the_way_in(watched: Watched, prefix: str, language: str) -> list[str]:
    """Return what is found on the pages that only those see who are not yet at the desk."""
    page = watched.page
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(violations(page, name, preload=False, colours=language == "en"))
        found.extend(english_left(page, name, language))

    page.context.clear_cookies()
    watched.open(f"{prefix}/accounts/login/")
    look("log-in")
    give_password(page, "editor", "wrong-wrong-wrong")
    look("log-in, refused")
    give_password(page, "editor")
    look("second step")
    page.locator("[name=code]").fill("000000")
    press(page)
    look("second step, refused")
    give_code(page)
    watched.open(f"{prefix}/admin/auth/user/")
    look("not for this role")
    page.context.clear_cookies()
    watched.open(f"{prefix}/accounts/login/")
    give_password(page, staff("fresh", Role.MODERATOR, enrolled=False))
    assert "/accounts/factor/new/" in page.url
    look("enrolment")
    watched.open(f"{prefix}/accounts/factor/")
    look("second factor, none yet")
    return found


def test_axe_finds_nothing_at_the_desk_in_the_dark(browser: Browser, origin: str) -> None:
    staff("chief", Role.ADMINISTRATOR)
    staff("editor", Role.EDITOR)
    found = []
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        log_in(page, origin, "chief")
        for address in desk_pages()[::3]:
            page.goto(origin + address)
            found += violations(page, address, widths=[320], preload=False)

    assert found == []


def test_a_moderator_looks_at_what_an_editor_edits(browser: Browser, origin: str) -> None:
    staff("moderator", Role.MODERATOR)
    staff("editor", Role.EDITOR)
    found = []
    with browser.new_context(locale="ru") as context:
        watched = Watched(context.new_page(), origin)
        log_in(watched.page, origin, "moderator", "/ru")
        for address in desk_pages():
            if not address.startswith("/admin/registry/") or not address.endswith("/change/"):
                continue
            watched.open("/ru" + address)
            found += violations(watched.page, address, widths=[1280], preload=False)
            found += english_left(watched.page, address, "ru")
            assert watched.page.locator("[name=_save]").count() == 0

    assert found == []
    assert watched.faults == []


def english_left(page: Page, address: str, language: str) -> list[str]:
    """Return words of the desk itself that are not in the reader's language."""
    if language == "en":
        return []
    texts: list[str] = page.locator(LABELS).evaluate_all(
        "all => all.map(one => one.tagName === 'INPUT' ? one.value : one.textContent)"
    )
    cleaned = (re.sub(r"\s+", " ", text).strip() for text in texts)
    return [
        f"{address} says {text[:80]!r}"
        for text in cleaned
        if LATIN.search(text) and not CYRILLIC.search(text) and text not in ENGLISH_ELSEWHERE
    ]
