"""A visitor who contributes: reads a page, fills its form in and sends it, as a browser would."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from registry.submissions.traps import form_token, once_of

FORM = re.compile(r'<form method="post"[^>]*>(.*?)</form>', re.DOTALL)
INPUT = re.compile(r"<input ([^>]*)>|<textarea ([^>]*)>\n?(.*?)</textarea>", re.DOTALL)
HOW = {"knowledge": "memory", "how": "Примерный рассказ."}
WHO = {"family_name": "Примеров", "given_name": "Пример"}


class Visitor:
    """One browser: its cookies, the page it shows, and what stands in the form of the page."""

    def __init__(self, prefix: str = "") -> None:
        self.client = Client(raise_request_exception=True)
        self.prefix = prefix
        self.answer: Any = None
        self.path = ""

    @property
    def html(self) -> str:
        """What the page says, with its marks."""
        return str(self.answer.content.decode())

    @property
    def text(self) -> str:
        """What the page says."""
        main = self.html.partition("<main")[2].partition("</main>")[0]
        return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", f"<main{main}").split()))

    @property
    def status(self) -> int:
        """How the page was answered."""
        return int(self.answer.status_code)

    def open(self, path: str) -> Visitor:
        """Go to a page, wherever it leads."""
        self.answer = self.client.get(
            path if path.startswith(f"{self.prefix}/") else self.prefix + path, follow=True
        )
        self.path = self.answer.request["PATH_INFO"]
        return self

    def form(self, which: int = 0) -> dict[str, str]:
        """Return what stands in a form of the page."""
        found: dict[str, str] = {}
        for attributes, area, text in INPUT.findall(FORM.findall(self.html)[which]):
            told = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes or area))
            if told.get("type") in {"radio", "checkbox"} and "checked" not in attributes:
                continue
            if told.get("type") == "file":
                continue
            value = html.unescape(text) if area else html.unescape(told.get("value", ""))
            found[told["name"]] = value
        return found

    def send(self, which: int = 0, *, fast: bool = False, **values: Any) -> Visitor:
        """Fill in and send a form of the page; unless `fast`, it was open for a minute."""
        data = {**self.form(which), "go": "next", **values}
        if "token" in data and not fast:
            name = "receipt" if "/receipt/" in self.path else "begin"
            shown = timezone.now() - timedelta(minutes=1)
            data["token"] = form_token(name, now=shown, once=once_of(data["token"]))
        self.answer = self.client.post(self.path, data, follow=True)
        if self.answer.redirect_chain:
            self.path = self.answer.request["PATH_INFO"]
        return self

    def digits(self) -> str:
        """Return the receipt the page shows."""
        shown = re.search(r'class="digits"[^>]*>(.*?)</p>', self.html)
        assert shown, self.text
        return re.sub(r"\D", "", re.sub(r"<[^>]+>", "", shown[1]))

    def go_on(self) -> Visitor:
        """Press the link that looks like a button."""
        found = re.search(r'<a class="button" href="([^"]+)"', self.html)
        assert found, self.text
        return self.open(html.unescape(found[1]))

    def begin(self, kind: str = "person", **values: Any) -> str:
        """Send the first page of a form; return the receipt."""
        self.open(f"/submit/{kind}/").send(**(values or WHO))
        return self.digits()
