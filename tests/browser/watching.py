"""What the browser tests share: a page that is watched, and what axe finds on it."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (1280, 360)
PREFIXES = {"en": "", "ru": "/ru", "uk": "/uk"}
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Every rule is run; only what passed is not told node by node, which took half the time.
    "resultTypes": ["violations"],
    "selectors": False,
}
# The browser itself reports the status of a page that is an error.
STATUS_TOLD = re.compile(r"the server responded with a status of [45]\d\d")


class Watched:
    """A page whose console errors and requests to other hosts are written down."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self.faults: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._asked)

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not STATUS_TOLD.search(message.text):
            self.faults.append(message.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.origin, "data:")):
            self.faults.append(request.url)

    def open(self, address: str) -> None:
        """Go to an address of the site."""
        self.page.goto(self.origin + address)


def violations(page: Page, address: str, *, preload: bool = True) -> list[str]:
    """Return what axe finds on the page as it stands, and whether it is wider than the window.

    `preload` lets axe read the stylesheets; where one imports another it would break the policy
    of the page itself.
    """
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    result = Axe().run(page, options={**AXE, "preload": preload})
    found = [
        f"{address}: {fault['id']}: {fault['nodes'][0]['html'][:160]}"
        for fault in result.response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{address} is wider than the window")
    return found
