"""Pictures and what is none, made by the tests: nobody is to be seen in them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.Image import Exif
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

TOLD = b"TOLD-BY-THE-FILE"
"""Stands in every place of a picture that could tell of its maker."""


def picture(width: int = 40, height: int = 30, mode: str = "RGB") -> Image.Image:
    """Paint the left half dark and the right half light, the top row apart."""
    painted = Image.new("L", (width, height), 220)
    painted.paste(30, (0, 0, width // 2, height))
    return painted.convert(mode, dither=Image.Dither.NONE)


def file_of(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """Write a picture as a file of a kind."""
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def jpeg(width: int = 40, height: int = 30) -> bytes:
    """Return a plain JPEG."""
    return file_of(picture(width, height), quality=95)


def telling_exif(orientation: int = 1) -> Exif:
    """Return EXIF with a camera, its owner, a place on the earth, and a way to turn."""
    exif = Exif()
    exif[0x0112] = orientation
    exif[0x010F] = TOLD.decode()
    exif[0xA430] = TOLD.decode()
    exif[0x9003] = "1999:01:01 00:00:00"
    degrees = (IFDRational(55), IFDRational(45), IFDRational(7))
    exif.get_ifd(0x8825).update({1: "N", 2: degrees, 3: "E", 4: degrees, 29: TOLD.decode()})
    return exif


def telling(kind: str = "JPEG") -> bytes:
    """Return a picture that tells of its maker in every way its format has."""
    told: dict[str, Any] = {"exif": telling_exif(), "icc_profile": b"\0" * 128 + TOLD}
    if kind in {"JPEG", "WEBP"}:
        told["xmp"] = b"<x:xmpmeta>" + TOLD + b"</x:xmpmeta>"
    if kind == "JPEG":
        told["comment"] = TOLD
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Author", TOLD.decode())
        info.add_itxt("XML:com.adobe.xmp", TOLD.decode())
        info.add_text("Comment", TOLD.decode(), zip=True)
        told["pnginfo"] = info
    return file_of(picture(), kind, **told)


def png_of_size(width: int, height: int, filler: int = 0) -> bytes:
    """Return a PNG that says it is so large, in a few bytes and `filler` more."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(width * 3 + 1) * 3) + bytes(filler)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def segments(data: bytes) -> list[tuple[int, bytes]]:
    """Return the markers of a JPEG with what they hold, up to the end of the picture."""
    assert data[:2] == b"\xff\xd8"
    found: list[tuple[int, bytes]] = []
    at = 2
    while at < len(data):
        assert data[at] == 0xFF
        marker = data[at + 1]
        if marker == 0xD9:
            assert at + 2 == len(data), "something stands after the picture"
            return found
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        found.append((marker, data[at + 4 : at + 2 + length]))
        at += 2 + length
        if marker == 0xDA:
            while not (data[at] == 0xFF and data[at + 1] not in (0, *range(0xD0, 0xD8))):
                at += 1
    raise AssertionError("a picture without an end")


PIXELS_ONLY = {0xE0, 0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDA}
"""JFIF, the tables, the frame and the scans: a JPEG that tells nothing but its pixels."""


def tells_nothing(data: bytes) -> bool:
    """Say whether a JPEG has nothing but pixels, and a JFIF head without a thumbnail."""
    found = segments(data)
    heads = [held for marker, held in found if marker == 0xE0]
    return {marker for marker, _ in found} <= PIXELS_ONLY and heads == [heads[0][:14]]
