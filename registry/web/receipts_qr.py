"""A receipt as a picture that a telephone reads: SVG within the page, without style or script.

Dark on white whatever the colours of the page are, since cameras need it so, with the white edge
that the standard asks for (ISO/IEC 18004: four modules). Nobody else draws it: no third party
ever sees a receipt.
"""

from __future__ import annotations

from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

EDGE = 4
MODULE = 6
"""Pixels of a module on a page; read off a screen from a hand's breadth."""


def qr_code(text: str, *, title: str, name: str = "qr-title") -> SafeString:
    """Draw a text; `title` says in words what the picture is, `name` is the title's id in the page.

    What a telephone does with the text is its own affair: digits alone it offers to look up on
    the web or to dial, so an address of this site is better, with the digits behind a `#`, which
    browsers send to nobody.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=EDGE)
    code.add_data(text)
    rows = code.get_matrix()
    side = len(rows)
    return format_html(
        '<svg class="qr" xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}"'
        ' width="{size}" height="{size}" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        '<title id="{name}">{title}</title><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        '<path fill="#000" d="{path}"/></svg>',
        name=name,
        title=title,
        size=side * MODULE,
        side=side,
        path=mark_safe("".join(_runs(rows))),  # noqa: S308 (letters and numbers made below)
    )


def _runs(rows: list[list[bool]]) -> list[str]:
    """Return each run of dark modules as a rectangle of the path."""
    found = []
    for y, row in enumerate(rows):
        x = 0
        for dark, modules in groupby(row, bool):
            length = len(list(modules))
            if dark:
                found.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return found
