"""A large picture is made smaller in strips, and shows what it would have shown whole."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from registry.formats import pictures
from registry.formats.pictures import WIDTHS, remake
from tests.files.pictures import file_of, telling_exif

WIDE, HIGH = 6_501, 403


def shaded(mode: str) -> Image.Image:
    """Paint light across and dark down, clear towards the right, odd in both sides."""
    across = Image.linear_gradient("L").rotate(90).resize((WIDE, HIGH))
    down = Image.linear_gradient("L").resize((WIDE, HIGH))
    if mode == "I;16":
        row = b"".join((at * 10).to_bytes(2, "little") for at in range(WIDE))
        return Image.frombytes("I;16", (WIDE, HIGH), row * HIGH)
    bands = {"L": (across,), "LA": (across, down), "RGB": (across, down, across)}
    if mode in bands:
        return Image.merge(mode, bands[mode])
    whole = Image.merge("RGBA", (across, down, across, down))
    return whole if mode == "RGBA" else whole.convert(mode)


def shown_whole(painted: Image.Image, width: int) -> Image.Image:
    """Do it the plain way: everything at once."""
    whole = painted.convert("RGBA")
    if painted.mode == "I;16":
        whole = painted.convert("I").point(lambda value: value / 256).convert("L").convert("RGBA")
    sheet = Image.new("RGBA", whole.size, "#ffffff")
    sheet.alpha_composite(whole)
    height = round(painted.height * width / painted.width)
    return sheet.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)


@pytest.mark.parametrize("turned", [1, 6])
@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("RGB", "PNG"), ("RGBA", "PNG"),
        ("I;16", "PNG"), ("L", "JPEG"), ("RGB", "JPEG"), ("CMYK", "JPEG"), ("RGB", "WEBP"),
        ("RGBA", "WEBP"),
    ],
)  # fmt: skip
def test_a_large_picture_is_as_it_would_be_whole(
    mode: str, kind: str, turned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = shaded(mode)
    lying = painted if turned == 1 else painted.transpose(Image.Transpose.ROTATE_90)
    how = {"quality": 95} if kind == "JPEG" else {"lossless": True} if kind == "WEBP" else {}
    sent = file_of(lying, kind, exif=telling_exif(turned), **how)
    strips: list[int] = []
    real = pictures._in_plain_colours

    def watched(picture: Image.Image, times: int) -> Image.Image:
        strips.append(times)
        return real(picture, times)

    monkeypatch.setattr(pictures, "_in_plain_colours", watched)
    monkeypatch.setattr(pictures, "STRIP", 300_000)
    made = remake(sent)
    assert len(strips) > 1 or kind == "JPEG"
    assert set(strips) == ({1} if kind == "JPEG" else {2}), "JPEG is decoded smaller at once"
    assert [size[0] for size in made] == list(WIDTHS)
    for width, height, data in made:
        expected = shown_whole(painted, width)
        assert (width, height) == expected.size
        with Image.open(BytesIO(data)) as opened:
            difference = ImageChops.difference(opened.convert("RGB"), expected)
        assert max(ImageStat.Stat(difference).mean) < 3
