"""Reviews as a browser opens and sends them: all fields as the page has them, but for a few."""

from __future__ import annotations

import html
from typing import Any

from django.test import Client

from registry.models import Submission
from tests.admin.sending import form_of


def path(sent: int, prefix: str = "") -> str:
    return f"{prefix}/admin/acts/submissions/{sent}/"


def open_review(client: Client, sent: int, prefix: str = "") -> str:
    """Return the page of a review."""
    answer = client.get(path(sent, prefix))
    assert answer.status_code == 200
    return str(answer.content.decode())


def form_in(page: str) -> dict[str, Any]:
    """Return what a browser would send for the form of a review as it stands."""
    start = page.index('<form method="post" id="review"')
    own = page[start : page.index("</form>", start)]
    found = form_of(own)
    # Of radio buttons and boxes only those that are chosen are sent.
    chosen: dict[str, Any] = {}
    for tag in own.split("<input")[1:]:
        head = tag[: tag.index(">")]
        if 'type="radio"' not in head or "checked" not in head:
            continue
        name, value = (head.split(f'{part}="')[1].split('"')[0] for part in ("name", "value"))
        chosen[name] = value
    radios = {
        tag.split('name="')[1].split('"')[0]
        for tag in own.split("<input")[1:]
        if 'type="radio"' in tag[: tag.index(">")]
    }
    sent = {name: value for name, value in found.items() if name not in radios} | chosen
    return {
        name: [html.unescape(one) for one in value] if isinstance(value, list) else value
        for name, value in sent.items()
    }


def act(client: Client, sent: int, doing: str, **values: Any) -> Any:
    """Open a review, change what is named (`None`: leave out), and press a button.

    Names are as on the page with `__` for `-`: `p1__take__birth_date`.
    """
    return press(client, sent, open_review(client, sent), doing, **values)


def press(client: Client, sent: int, page: str, doing: str, prefix: str = "", **values: Any) -> Any:
    """Press a button of a page that was opened before."""
    given = form_in(page)
    for name, value in values.items():
        key = name.replace("__", "-")
        given.pop(key, None)
        if value is not None:
            given[key] = value
    return client.post(path(sent, prefix), {**given, "do": doing})


def row(sent: int) -> Submission:
    found: Submission = Submission.all_records.get(pk=sent)
    return found


def number(sent: int) -> str:
    told = row(sent).number
    return f"{told[:4]}-{told[4:]}"
