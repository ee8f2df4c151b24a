"""What is made of a picture: three sizes, upright, and nothing but its pixels."""

from __future__ import annotations

import io
import json
import resource
import signal
import sys
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, strategies as st
from PIL import Image

from registry.formats import pictures
from registry.formats.pictures import LIMITS, PictureRefused, limit_process, remake
from tests.files.pictures import (
    TOLD,
    file_of,
    jpeg,
    picture,
    png_of_size,
    telling,
    telling_exif,
    tells_nothing,
)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (2000, 1000, [(240, 120), (720, 360), (1600, 800)]),
        (1600, 800, [(240, 120), (720, 360), (1600, 800)]),
        (500, 1000, [(240, 480), (500, 1000)]),
        (100, 50, [(100, 50)]),
        (1, 1, [(1, 1)]),
        (9000, 3, [(240, 1), (720, 1), (1600, 1)]),
    ],
)
def test_three_sizes_never_enlarged(
    width: int, height: int, expected: list[tuple[int, int]]
) -> None:
    made = remake(jpeg(width, height))
    assert [(w, h) for w, h, _ in made] == expected
    for w, h, data in made:
        assert opened(data).size == (w, h)
        assert opened(data).format == "JPEG"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_left(kind: str) -> None:
    sent = telling(kind)
    assert TOLD in sent or kind == "PNG"
    assert opened(sent).getexif().get_ifd(0x8825), "nothing could have been left"
    for _, _, data in remake(sent):
        assert TOLD not in data
        assert tells_nothing(data)
        assert not opened(data).getexif()
        assert opened(data).info.keys() <= {
            "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression",
        }  # fmt: skip


TURNED: dict[int, tuple[int, int]] = {
    1: (40, 30), 2: (40, 30), 3: (40, 30), 4: (40, 30),
    5: (30, 40), 6: (30, 40), 7: (30, 40), 8: (30, 40),
}  # fmt: skip


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright_before_it_forgets_how(orientation: int) -> None:
    upright = picture()
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)  # fmt: skip
    stored = upright if back is None else upright.transpose(back)
    assert stored.size == TURNED[orientation]
    [(width, height, data)] = remake(file_of(stored, exif=telling_exif(orientation), quality=95))
    assert (width, height) == (40, 30)
    assert_dark_left_and_light_right(data)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("RGB", "PNG"), ("RGBA", "PNG"),
        ("I;16", "PNG"), ("L", "JPEG"), ("RGB", "JPEG"), ("CMYK", "JPEG"), ("RGBA", "WEBP"),
    ],
)  # fmt: skip
def test_every_kind_of_colour_keeps_light_and_dark(mode: str, kind: str) -> None:
    if mode == "I;16":
        row = (5_000).to_bytes(2, "little") * 20 + (50_000).to_bytes(2, "little") * 20
        painted = Image.frombytes("I;16", (40, 30), row * 30)
    else:
        painted = picture(mode=mode)
    [(_, _, data)] = remake(file_of(painted, kind))
    assert_dark_left_and_light_right(data)


def assert_dark_left_and_light_right(data: bytes) -> None:
    dark, light = (opened(data).convert("L").getpixel((x, 15)) for x in (5, 35))
    assert isinstance(dark, int)
    assert isinstance(light, int)
    assert dark < 60
    assert light > 180


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    [(_, _, data)] = remake(file_of(clear, "PNG"))
    assert opened(data).convert("L").getpixel((4, 4)) == 255


def test_of_a_telephone_with_a_second_picture_the_first_is_kept() -> None:
    sent = file_of(picture(), "MPO", save_all=True, append_images=[picture(20, 20)])
    [(width, height, data)] = remake(sent)
    assert (width, height) == (40, 30)
    assert tells_nothing(data)


def animated(kind: str) -> bytes:
    return file_of(
        picture(), kind, save_all=True, append_images=[picture(mode="L").convert("RGB").rotate(90)]
    )


REFUSED = {
    "nothing": (b"", "not-a-picture"),
    "words": (b"just words", "not-a-picture"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "not-a-picture"),
    "gif": (file_of(picture(), "GIF"), "not-a-picture"),
    "tiff": (file_of(picture(), "TIFF"), "not-a-picture"),
    "bmp": (file_of(picture(), "BMP"), "not-a-picture"),
    "pdf": (b"%PDF-1.4\n%%EOF", "not-a-picture"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not-a-picture"),
    "truncated jpeg": (jpeg()[:-200], "unreadable"),
    "truncated png": (file_of(picture(400, 400), "PNG")[:-60], "unreadable"),
    "head of a webp": (file_of(picture(), "WEBP")[:40], "unreadable"),
    "bomb of 100,000 by 100,000": (png_of_size(100_000, 100_000, 1_000_000), "too-many-pixels"),
    "just over 40 megapixels": (png_of_size(8_000, 5_001), "too-many-pixels"),
    "a thread": (png_of_size(20_000, 2), "too-long"),
    "moving webp": (animated("WEBP"), "moving"),
    "moving png": (animated("PNG"), "moving"),
    "a page and no picture": (b"<!doctype html><script>alert(1)</script>", "not-a-picture"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_of_ours_is_refused(name: str) -> None:
    data, code = REFUSED[name]
    with pytest.raises(PictureRefused) as refused:
        remake(data)
    assert refused.value.code == code


def test_what_does_not_fit_into_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_data: bytes) -> Image.Image:
        raise MemoryError

    monkeypatch.setattr(pictures, "_read", full)
    with pytest.raises(PictureRefused, match="too-heavy"):
        remake(jpeg())


@pytest.mark.parametrize("page", [b"<html><script>alert(1)</script></html>", b"%PDF-1.7", TOLD])
def test_of_a_picture_that_is_something_else_too_the_pixels_are_kept(page: bytes) -> None:
    in_comment = file_of(picture(), comment=page)
    for sent in (in_comment, jpeg() + page):
        for _, _, data in remake(sent):
            assert page not in data
            assert tells_nothing(data)


@given(
    width=st.integers(1, 900),
    height=st.integers(1, 60),
    mode=st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA"]),
    text=st.binary(min_size=8, max_size=200),
    turned=st.integers(0, 9),
    kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
)
def test_whatever_a_picture_tells_nothing_is_left(
    *, width: int, height: int, mode: str, text: bytes, turned: int, kind: str
) -> None:
    exif = telling_exif(turned)
    exif[0x010E] = text.hex()
    painted = picture(width, height, mode if kind != "JPEG" else "RGB")
    sent = file_of(painted, kind, exif=exif, icc_profile=bytes(128) + text)
    made = remake(sent)
    assert made
    for _, _, data in made:
        assert tells_nothing(data)
        assert text.hex().encode() not in data


@given(st.data())
def test_a_damaged_picture_is_made_anew_or_refused(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP"]))
    sent = bytearray(telling(kind))
    for _ in range(data.draw(st.integers(1, 20))):
        sent[data.draw(st.integers(0, len(sent) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(sent)))
    try:
        made = remake(bytes(sent[: end or None]))
    except (PictureRefused, Warning, *ENDS_THE_PROCESS):
        return
    assert all(tells_nothing(one) for _, _, one in made)


ENDS_THE_PROCESS: tuple[type[Exception], ...] = (
    KeyError, IndexError, TypeError, ZeroDivisionError, OverflowError, AttributeError,
)  # fmt: skip
"""What Pillow also says of damaged files: the process ends, and the file counts as unreadable."""


class Standard:
    """A standard stream of bytes."""

    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize("sent", [jpeg(300, 200), b"GIF89a"])
def test_the_process_answers_with_a_line_and_the_pictures(
    sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[int, Any] = {}
    monkeypatch.setattr(resource, "setrlimit", given.__setitem__)
    monkeypatch.setattr(signal, "setitimer", given.__setitem__)
    out = Standard()
    monkeypatch.setattr(sys, "stdin", Standard(sent))
    monkeypatch.setattr(sys, "stdout", out)
    assert pictures.main() == 0
    head, _, rest = out.buffer.getvalue().partition(b"\n")
    told = json.loads(head)
    if sent.startswith(b"GIF"):
        assert (told, rest) == ({"refused": "not-a-picture"}, b"")
    else:
        assert [size[:2] for size in told["sizes"]] == [[240, 160], [300, 200]]
        assert sum(size[2] for size in told["sizes"]) == len(rest)
    assert given.keys() == LIMITS.keys() | {signal.ITIMER_PROF}
    assert 0 < given[signal.ITIMER_PROF] < 2


def test_a_limit_is_never_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[int, Any] = {}
    monkeypatch.setattr(resource, "setrlimit", given.__setitem__)
    monkeypatch.setattr(signal, "setitimer", lambda *_given: None)
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (5, 10))
    limit_process()
    assert set(given.values()) == {(10, 10), (3, 3), (0, 0)}
