"""Forms of the desk as a browser sends them, and what the ledger keeps of it."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from registry.models import Change, Revision


def form_of(page: str) -> dict[str, Any]:
    """Return what a browser would send for the form of a page of the desk, as it stands."""
    html = page[page.index("<form") :]
    sent: dict[str, Any] = {}

    def add(name: str, value: str) -> None:
        sent.setdefault(name, []).append(value)

    for tag in re.findall(r"<input[^>]*>", html):
        name = re.search(r'name="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name is None or (kind and kind[1] == "submit"):
            continue
        if kind and kind[1] == "checkbox" and "checked" not in tag:
            continue
        if "disabled" in tag or "__prefix__" in name[1]:
            continue
        ticked = "on" if kind and kind[1] == "checkbox" else ""
        add(name[1], value[1] if value else ticked)
    for tag, inner in re.findall(r"(<select[^>]*>)(.*?)</select>", html, re.DOTALL):
        name = re.search(r'name="([^"]*)"', tag)
        if name is None or "disabled" in tag or "__prefix__" in name[1]:
            continue
        for value in re.findall(r'<option value="([^"]*)" selected', inner):
            add(name[1], value)
    for tag, inner in re.findall(r"(<textarea[^>]*>)(.*?)</textarea>", html, re.DOTALL):
        name = re.search(r'name="([^"]*)"', tag)
        if name is not None and "__prefix__" not in name[1]:
            add(name[1], inner.lstrip("\n"))
    return sent


def save(client: Client, path: str, **values: Any) -> Any:
    page = client.get(path)
    assert page.status_code == 200
    return client.post(path, {**form_of(page.content.decode()), **values})


def errors_of(answer: Any) -> str:
    return " ".join(re.findall(r"errorlist[^>]*>(.*?)</ul>", answer.content.decode(), re.DOTALL))


def latest(subject: str) -> tuple[Change, Revision]:
    revision = Revision.all_records.filter(subject=subject).latest("pk")
    return revision.change, revision
