"""The picture of a receipt says the receipt, to a telephone and to a reader of screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from hypothesis import given, settings, strategies as st

from registry.submissions.receipts import new_receipt
from registry.web.headers import CONTENT_SECURITY_POLICY
from registry.web.receipts_qr import qr_code

SVG = "{http://www.w3.org/2000/svg}"
MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: (y + 0 * x) % 2 == 0,
    lambda y, x: (0 * y + x) % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)


def modules(svg: str) -> list[list[bool]]:
    """Read the dark modules off the drawing, without the white edge around them."""
    drawn = ET.fromstring(svg)  # noqa: S314 (made here)
    _, paper, ink = drawn
    side = int(drawn.attrib["viewBox"].split()[2])
    assert (paper.attrib["fill"], paper.attrib["d"]) == ("#fff", f"M0 0h{side}v{side}H0z")
    assert ink.attrib["fill"] == "#000"
    grid = [[False] * side for _ in range(side)]
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", ink.attrib["d"])
    assert "".join(f"M{x} {y}h{long}v1h-{back}z" for x, y, long, back in runs) == ink.attrib["d"]
    for x, y, long, back in runs:
        assert long == back
        for at in range(int(x), int(x) + int(long)):
            grid[int(y)][at] = True
    for edge in (*grid[:4], *grid[-4:]):
        assert not any(edge)
    assert not any(any(row[:4]) or any(row[-4:]) for row in grid)
    return [row[4:-4] for row in grid[4:-4]]


def bits(grid: list[list[bool]]) -> Iterator[int]:
    """Yield the data of a code of version 1, as ISO/IEC 18004 lays it out."""
    side = len(grid)
    assert side == 21, "this reads the smallest only"
    told = [grid[8][x] for x in (0, 1, 2, 3, 4, 5, 7, 8)]
    number = sum(bit << (4 - at) for at, bit in enumerate(told[:5])) ^ 0b10101
    mask = MASKS[number & 7]
    up, x = True, side - 1
    while x > 0:
        if x == 6:
            x -= 1
        for y in range(side - 1, -1, -1) if up else range(side):
            for at in (x, x - 1):
                finders = (y < 9 and (at < 9 or at > side - 9)) or (y > side - 9 and at < 9)
                if not finders and 6 not in {y, at}:
                    yield int(grid[y][at] ^ mask(y, at))
        up, x = not up, x - 2


def digits(svg: str) -> str:
    """Read digits off a drawing as a telephone does, but for mending what is damaged."""
    stream = bits(modules(svg))

    def take(count: int) -> int:
        return int("".join(str(next(stream)) for _ in range(count)), 2)

    assert take(4) == 1, "no digits"
    left, read = take(10), ""
    while left:
        many = min(left, 3)
        read += f"{take({3: 10, 2: 7, 1: 4}[many]):0{many}d}"
        left -= many
    return read


@settings(max_examples=25)
@given(st.text("0123456789", min_size=24, max_size=24))
def test_a_telephone_reads_the_digits(receipt: str) -> None:
    assert digits(qr_code(receipt, title="x")) == receipt


def test_a_longer_text_makes_another_picture() -> None:
    addresses = [f"https://registry.example/receipt/#{new_receipt().digits}" for _ in range(2)]
    drawn = [modules(qr_code(address, title="x")) for address in addresses]
    assert drawn[0] != drawn[1]
    assert len(drawn[0]) == len(drawn[1]) == 33


def test_it_is_named_in_words_and_carries_nothing_the_policy_forbids() -> None:
    svg = qr_code(new_receipt().digits, title='Ваш <b>"чек"</b>', name="receipt-title")
    drawn = ET.fromstring(svg)  # noqa: S314 (made here)
    assert drawn.attrib["role"] == "img"
    title = drawn.find(f"{SVG}title")
    assert title is not None
    assert title.text == 'Ваш <b>"чек"</b>'
    assert drawn.attrib["aria-labelledby"] == title.attrib["id"] == "receipt-title"
    assert "unsafe-inline" not in CONTENT_SECURITY_POLICY
    assert {one.tag.removeprefix(SVG) for one in drawn.iter()} == {"svg", "title", "path"}
    names = {name for one in drawn.iter() for name in one.attrib}
    assert not {name for name in names if name == "style" or name.startswith("on")}
    # No address but the name of the language it is drawn in.
    assert re.findall(r"https?:[^\"]+", svg) == ["http://www.w3.org/2000/svg"]
