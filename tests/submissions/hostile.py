"""Hostile files by number: each is made anew, the same on every machine and in every run.

`hostile(number)` gives the name of its family and its bytes. As a program,
`python -m tests.submissions.hostile FIRST BEYOND`, it sends a range of them through
`check_upload` and prints a line of JSON for each: what came of it, what the process that decoded
it took of time and memory, and what was kept that should not be.
"""

from __future__ import annotations

import io
import json
import os
import random
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image

from tests.files.pictures import file_of, picture, png_of_size, tells_nothing
from tests.submissions.pictures import (
    KINDS,
    chunk,
    mark,
    marked,
    marks_in,
    riff_chunk,
    segment,
    tiff,
)

Chance = random.Random
MAGIC = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF\x10\0\0\0WEBPVP8 "}
OTHERS = ("GIF", "BMP", "TIFF", "ICO", "PPM", "PCX", "TGA", "ICNS", "EPS", "PDF", "JPEG2000")
FORTY = (7_300, 5_470)
"""A little less than 40 megapixels: large, and allowed."""


def truncated(chance: Chance) -> bytes:
    """Cut a file off anywhere."""
    sent = marked(chance.choice(KINDS))
    return sent[: chance.randrange(1, len(sent))]


def mutated(chance: Chance) -> bytes:
    """Change some bytes anywhere."""
    sent = bytearray(marked(chance.choice(KINDS)))
    for _ in range(chance.choice((1, 3, 10, 50, 300))):
        sent[chance.randrange(len(sent))] = chance.randrange(256)
    return bytes(sent)


def mutated_head(chance: Chance) -> bytes:
    """Flip bits where the sizes and offsets stand."""
    sent = bytearray(marked(chance.choice(KINDS)))
    for _ in range(chance.randint(1, 12)):
        sent[chance.randrange(len(MAGIC["PNG"]), min(600, len(sent)))] ^= 1 << chance.randrange(8)
    return bytes(sent)


def spliced(chance: Chance) -> bytes:
    """Join the head of one file to the tail of another, or repeat or drop a piece."""
    one, other = (marked(chance.choice(KINDS)) for _ in range(2))
    at, to = chance.randrange(1, len(one)), chance.randrange(1, len(other))
    piece = one[at : at + chance.randint(1, 2_000)]
    return chance.choice(
        (one[:at] + other[to:], one[:at] + piece * 20 + one[at:], one[:at] + one[at + len(piece) :])
    )


def huge_png(chance: Chance) -> bytes:
    """Say of a few bytes that they are a huge picture."""
    sides = (1, 9_000, 16_000, 16_001, 65_536, 2**31 - 1, 2**32 - 1)
    head = struct.pack(
        ">IIBBBBB", chance.choice(sides), chance.choice(sides), chance.choice((1, 8, 16)),
        chance.choice((0, 2, 3, 4, 6)), 0, 0, chance.choice((0, 1)),
    )  # fmt: skip
    body = zlib.compress(bytes(chance.choice((10, 1_000_000))), 9)
    return MAGIC["PNG"] + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def huge_jpeg(chance: Chance) -> bytes:
    """Say of a small JPEG or WebP that it is huge."""
    if chance.random() < 0.3:
        sent = bytearray(marked("WEBP"))
        sent[24:30] = chance.choice((b"\xff" * 6, b"\xff\x3f\0\xff\x3f\0", b"\x83\x1c\0\x5d\x15\0"))
        return bytes(sent)
    sent = bytearray(file_of(picture(64, 64), progressive=chance.random() < 0.5))
    at = max(sent.find(b"\xff\xc0"), sent.find(b"\xff\xc2"))
    sides = (0, 1, 5_000, 6_300, 16_000, 65_535)
    sent[at + 5 : at + 9] = struct.pack(">HH", chance.choice(sides), chance.choice(sides))
    return bytes(sent)


def really_large(chance: Chance) -> bytes:
    """Make a picture that is as large as is allowed, of next to nothing."""
    mode, kind = chance.choice(
        (("RGB", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("RGB", "JPEG"), ("RGB", "WEBP"))
    )
    wide, high = chance.choice((FORTY, FORTY[::-1], (16_000, 2_500), (2_500, 16_000)))
    how: dict[str, Any] = {"PNG": {"compress_level": 1}, "WEBP": {"method": 0}}.get(kind, {})
    return file_of(Image.new(mode, (wide, high), 1 if mode == "1" else None), kind, **how)


def another_format(chance: Chance) -> bytes:
    """Make a file of a format that is not taken, or give its content the head of one that is."""
    kind = chance.choice(OTHERS)
    sent = file_of(picture(64, 48), kind)
    return sent if chance.random() < 0.6 else MAGIC[chance.choice(KINDS)] + sent


def nothing(chance: Chance) -> bytes:
    """Send zeros, the like, or nothing, behind a head or without."""
    head = chance.choice((b"", *MAGIC.values()))
    return head + chance.choice((b"\0", b"\xff", b"A", b"<")) * chance.choice((0, 1, 100, 2**20))


def noise(chance: Chance) -> bytes:
    """Send noise behind a head."""
    return MAGIC[chance.choice(KINDS)] + chance.randbytes(chance.choice((1, 40, 5_000, 200_000)))


def deep(chance: Chance) -> bytes:
    """Put very many small parts into a file."""
    kind, many = chance.choice(KINDS), chance.choice((1_000, 20_000, 200_000))
    sent = file_of(picture(), kind)
    if kind == "PNG":
        small = chunk(chance.choice((b"tEXt", b"IDAT", b"zzZz", b"iTXt", b"PLTE")), b"")
        return sent[:33] + small * many + sent[33:]
    if kind == "JPEG":
        small = segment(chance.choice((0xE1, 0xE2, 0xED, 0xFE, 0xDB, 0xC4, 0xDD)), b"")
        return sent[:20] + small * many + sent[20:]
    told = sent[8:] + riff_chunk(b"zzzz", b"") * many
    return b"RIFF" + struct.pack("<I", len(told)) + told


def moving(chance: Chance) -> bytes:
    """Make a picture move, or follow it by many others."""
    kind = chance.choice(("PNG", "WEBP", "MPO", "GIF"))
    others = [picture(40, 30).rotate(angle) for angle in range(chance.choice((1, 30)))]
    return file_of(picture(), kind, save_all=True, append_images=others)


def printing_colours(chance: Chance) -> bytes:
    """Make a JPEG for print, whole or damaged, its colours turned or not."""
    sent = bytearray(file_of(picture(300, 200, "CMYK"), progressive=chance.random() < 0.5))
    at = sent.find(b"Adobe")
    if at > 0 and chance.random() < 0.5:
        sent[at + 11] = chance.randrange(256)
    return bytes(sent[: len(sent) - chance.choice((0, 0, 500))])


def many_bits(chance: Chance) -> bytes:
    """Make a PNG of every depth there is and some there are not."""
    depth, colours = chance.choice((1, 2, 3, 4, 8, 16, 32)), chance.choice((0, 1, 2, 3, 4, 6))
    wide, high = chance.randint(1, 300), chance.randint(1, 200)
    head = struct.pack(">IIBBBBB", wide, high, depth, colours, 0, 0, chance.choice((0, 1)))
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colours, 1)
    row = (wide * samples * depth + 7) // 8
    rows = b"".join(bytes([chance.randrange(6)]) + chance.randbytes(row) for _ in range(high))
    palette = chunk(b"PLTE", chance.randbytes(3 * 16)) if colours == 3 else b""
    body = chunk(b"IDAT", zlib.compress(rows))
    return MAGIC["PNG"] + chunk(b"IHDR", head) + palette + body + chunk(b"IEND", b"")


def palettes(chance: Chance) -> bytes:
    """Make a palette that is clear in places, too short, too long, or not there."""
    head = struct.pack(">IIBBBBB", 40, 30, 8, 3, 0, 0, 0)
    rows = b"".join(b"\0" + chance.randbytes(40) for _ in range(30))
    return (
        MAGIC["PNG"]
        + chunk(b"IHDR", head)
        + (chunk(b"PLTE", chance.randbytes(chance.choice((0, 3, 4, 48, 768, 900)))))
        + (chunk(b"tRNS", chance.randbytes(chance.choice((0, 1, 16, 256, 900)))))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def steps(chance: Chance) -> bytes:
    """Break the steps of a progressive JPEG: drop, double, or repeat them very often."""
    large = chance.random() < 0.2
    sent = file_of(picture(*((4_000, 3_000) if large else (400, 300))), progressive=True)
    starts = [at for at in range(len(sent) - 1) if sent[at : at + 2] == b"\xff\xda"]
    at = chance.choice(starts)
    end = next((one for one in starts if one > at), len(sent) - 2)
    step = sent[at:end]
    many = chance.choice((0, 2, 500, 5_000)) if not large else 3_000
    return sent[:at] + step * many + sent[end:]


def trailing(chance: Chance) -> bytes:
    """Hang something behind a picture."""
    behind = (b"<script>alert(1)</script>", b"#!/bin/sh\nid\n", bytes(2**20), marked("JPEG"))
    return marked(chance.choice(KINDS)) + chance.choice(behind)


def polyglot(chance: Chance) -> bytes:
    """Make a picture that is also an archive, a page, a program or a paper."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(mark("comment"), mark("trailing"))
    page = f"<!doctype html><script>/*{mark('comment')}*/alert(1)</script>".encode()
    others = (packed.getvalue(), page, b"%PDF-1.7\n" + page, b"GIF89a/*" + page, b"MZ" + page)
    other, sent = chance.choice(others), file_of(picture(200, 100))
    return chance.choice(
        (
            sent + other,
            sent[:20] + segment(0xFE, other) + sent[20:],
            other + sent,
            file_of(picture(), "PNG")[:33] + chunk(b"tEXt", b"Comment\0" + other),
        )
    )


def packed_text(chance: Chance) -> bytes:
    """Put a text or a profile into a PNG that unpacks to very much."""
    packed = zlib.compress(bytes(chance.choice((10**6, 10**8))), 9)
    parts = (
        chunk(b"zTXt", b"Comment\0\0" + packed),
        chunk(b"iTXt", b"Title\0\x01\0ru\0\0" + packed),
        chunk(b"iCCP", b"profile\0\0" + packed),
    )
    sent = file_of(picture(), "PNG")
    return sent[:33] + chance.choice(parts) * chance.choice((1, 50)) + sent[33:]


def packed_pixels(chance: Chance) -> bytes:
    """Put more pixels into a PNG than it says, or fewer."""
    return png_of_size(chance.choice((10, 3_000, 16_000)), chance.choice((1, 2_400)))


def exif_loops(chance: Chance) -> bytes:
    """Let EXIF point at itself, beyond its end, or count to billions."""
    exif = bytearray(tiff(file_of(picture(8, 8))))
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(8, len(exif) - 4)
        exif[at : at + 4] = struct.pack("<I", chance.choice((0, 8, 12, 2**31, 2**32 - 1, at)))
    kind, sent = chance.choice(("JPEG", "PNG")), file_of(picture())
    if kind == "JPEG":
        return sent[:20] + segment(0xE1, b"Exif\0\0" + bytes(exif)) + sent[20:]
    sent = file_of(picture(), "PNG")
    return sent[:33] + chunk(b"eXIf", bytes(exif)) + sent[33:]


def wrong_sums(chance: Chance) -> bytes:
    """Give the parts of a file lengths and sums that are not theirs."""
    kind = chance.choice(KINDS)
    sent = bytearray(file_of(picture(100, 80), kind))
    places = [at for at in range(2, len(sent) - 5) if sent[at : at + 4] in _NAMES]
    at = chance.choice(places or [20])
    wrong = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff"))
    sent[at - 4 : at] = wrong
    sent[at + 4 : at + 8] = chance.choice((wrong, bytes(sent[at + 4 : at + 8])))
    return bytes(sent)


_NAMES = (b"IHDR", b"IDAT", b"IEND", b"VP8 ", b"JFIF", b"WEBP")
FAMILIES: tuple[Callable[[Chance], bytes], ...] = (
    truncated, mutated, mutated_head, spliced, huge_png, huge_jpeg, another_format, nothing, noise,
    deep, moving, printing_colours, many_bits, palettes, steps, trailing, polyglot, packed_text,
    packed_pixels, exif_loops, wrong_sums, truncated, mutated, mutated_head, really_large,
)  # fmt: skip
"""In turn: of twenty-five files one is as large as is allowed, since those take longest."""


def hostile(number: int) -> tuple[str, bytes]:
    """Return the name of the family of a file, and the file."""
    family = FAMILIES[number % len(FAMILIES)]
    return family.__name__, family(random.Random(number))


def send(number: int) -> dict[str, Any]:
    """Send one through the check of uploads, and tell what came of it."""
    from registry.records.drafts.uploads import UploadRefused, check_upload  # noqa: PLC0415 (Django first)

    family, data = hostile(number)
    told: dict[str, Any] = {"number": number, "family": family, "bytes": len(data), "wrong": []}
    started = time.monotonic()
    _used.clear()
    try:
        checked = check_upload(data)
    except UploadRefused as refused:
        told["code"] = refused.code
    else:
        told["code"] = "kept"
        told["wrong"] = [fault for one in checked.contents for fault in _faults(one)]
    told["wall"] = time.monotonic() - started
    used = _used[-1] if _used else None
    told["seconds"] = used.ru_utime + used.ru_stime if used else 0.0
    told["megabytes"] = used.ru_maxrss / 1024 if used else 0.0
    return told


def _faults(kept: bytes) -> list[str]:
    faults = marks_in(kept)
    try:
        with Image.open(io.BytesIO(kept), formats=["JPEG"]) as opened:
            opened.load()
        if not tells_nothing(kept):
            faults.append("more than pixels")
    except Exception as error:  # noqa: BLE001 (whatever it is, what was kept is no picture)
        faults.append(repr(error))
    return faults


_used: list[Any] = []


def _watch() -> None:
    """See what each process took, when its end is waited for."""

    def waitpid(pid: int, options: int) -> tuple[int, int]:
        found, status, used = os.wait4(pid, options)
        if found:
            _used.append(used)
        return found, status

    os.waitpid = waitpid


if __name__ == "__main__":
    import django

    django.setup()
    _watch()
    for this in range(int(sys.argv[1]), int(sys.argv[2])):
        sys.stdout.write(json.dumps(send(this)) + "\n")
        sys.stdout.flush()
