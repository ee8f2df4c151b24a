"""What the browser tests share: a page that is watched, and what axe finds on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WIDTHS = (1280, 360)
HEIGHT = 800
PREFIXES = {"en": "", "ru": "/ru", "uk": "/uk"}
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Every rule is run; only what passed is not told node by node, which took half the time.
    "resultTypes": ["violations"],
    "selectors": False,
}
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that compare colours with one another, which takes most of the time of all."""
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


def violations(
    page: Page,
    address: str,
    *,
    widths: Sequence[int] = WIDTHS,
    preload: bool = True,
    colours: bool = True,
) -> list[str]:
    """Return what axe finds on the page as it stands, and whether it is wider than the window.

    The page is looked at in each width without being loaded again: the stylesheets alone know of
    it. `preload` lets axe read them; where one imports another it would break the policy of the
    page itself. `colours` has it compare those of the text: they are the stylesheet's, which
    knows no language, so that of a page in three languages they are compared in one.
    """
    rules = {rule: {"enabled": colours} for rule in OF_COLOURS}
    options = {**AXE, "preload": preload, "rules": rules}
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(AXE_SCRIPT)
    return [
        f"{address} at {width}: {fault}"
        for width in widths
        for fault in _violations_at(page, width, options)
    ]


def _violations_at(page: Page, width: int, options: dict[str, Any]) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    for fault in page.evaluate("options => axe.run(options)", options)["violations"]:
        yield f"{fault['id']}: {fault['nodes'][0]['html'][:160]}"
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield "wider than the window"
