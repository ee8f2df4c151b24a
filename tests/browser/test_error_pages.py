"""The pages of what goes wrong, in a real browser: words, axe, three languages, two widths."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.watching import PREFIXES, Watched, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATUSES = (400, 403, 404, 405, 410, 500)
HEADERS = ("content-security-policy", "referrer-policy", "x-content-type-options")
METHODS = {"en": "can only be read", "ru": "можно только читать", "uk": "можна лише читати"}


@pytest.mark.parametrize("language", PREFIXES)
def test_axe_finds_nothing_on_a_page_about_an_error(
    browser: Browser, live_server: Any, settings: Any, language: str
) -> None:
    settings.ROOT_URLCONF = "tests.browser.failing_urls"
    found, titles = [], set()
    with browser.new_context(locale=language) as context:
        watched = Watched(context.new_page(), live_server.url)
        page = watched.page
        for status in STATUSES:
            address = f"{live_server.url}{PREFIXES[language]}/fail/{status}/"
            answer = page.goto(address)
            if status == 405:
                with page.expect_navigation() as sent:
                    page.locator("button").click()
                answer = sent.value
                assert answer.headers["allow"] == "GET, HEAD"
                assert METHODS[language] in page.locator("h1").inner_text()
            assert answer is not None
            assert answer.status == status
            assert all(answer.headers.get(name) for name in HEADERS)
            assert page.locator("html").get_attribute("lang") == language
            assert "planted" not in page.content()
            titles.add(page.locator("h1").inner_text())
            found += violations(page, address, colours=language == "en")

    assert len(titles) == len(STATUSES)
    assert found == []
    assert watched.faults == []
