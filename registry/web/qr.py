"""A QR code as one path of SVG: drawn here, and asked of nobody."""

from __future__ import annotations

from dataclasses import dataclass

import qrcode

QUIET = 4
"""White modules around the code, without which readers do not find it (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class QrPath:
    """The dark modules as the `d` of a path, and the side of the square they stand in."""

    d: str
    side: int


def qr_path(text: str) -> QrPath:
    """Return the code of a text; digits alone take the least room."""
    code = qrcode.QRCode(border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    steps = [
        f"M{column + QUIET} {row + QUIET}h1v1h-1z"
        for row, line in enumerate(rows)
        for column, dark in enumerate(line)
        if dark
    ]
    return QrPath("".join(steps), len(rows) + 2 * QUIET)
