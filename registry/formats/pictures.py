"""Pictures made anew in three sizes, in a process of its own that has little and may little.

`python -m registry.formats.pictures` reads one picture on standard input and writes a line of
JSON, `{"sizes": [[width, height, bytes], …]}` or `{"refused": code}`, and then the pictures.
What a decoder could be made to do by a hostile file, it does here: without the keys of the
site, without writing a file, and not for long. No Django: it starts in a tenth of a second.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
import warnings
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
WIDTHS = (240, 720, 1600)
"""Pixels, left to right; a picture is never enlarged."""
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000
"""What JPEG and every browser can show."""
QUALITY = 85
STRIP = 1_000_000
"""Pixels that are brought into plain colours at a time."""
SMALLER = 2
"""A picture is first made smaller by whole numbers, to no less than so many times what is kept."""
MEMORY = 512 * 1024**2
"""Enough for 40 megapixels once; of WebP, which its decoder holds three times, for 36."""
SECONDS = 1.8
"""Of the processor, the start of Python included. On a busy 2-core server of 2024 forty megapixels
take 0.7 of JPEG, 1.3 of progressive JPEG, 0.9 of PNG in colour, 1.6 of PNG with transparency and
1.5 of WebP."""
LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    # A whole number, and so only the second lock behind the timer.
    resource.RLIMIT_CPU: 3,
    # Nothing is written: no file, and no image of the memory after a fall.
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,
    resource.RLIMIT_NOFILE: 64,
}
WHITE = "#ffffff"
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by the orientation its EXIF tells."""
LYING = frozenset(TURNS[number] for number in (5, 6, 7, 8))
SIXTEEN_BITS = ("I", "I;16", "I;16B", "I;16L", "I;16N", "F")


class PictureRefused(ValueError):
    """A file that is not kept: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def remake(data: bytes) -> list[tuple[int, int, bytes]]:
    """Return the picture as JPEG with width and height, smallest first, and nothing but pixels.

    It is turned upright first. Raises PictureRefused: `not-a-picture` (none of the formats
    taken), `unreadable`, `too-many-pixels`, `too-long`, `moving`, `too-heavy`.
    """
    try:
        picture, (wide, high) = _read(data)
        found: list[tuple[int, int, bytes]] = []
        for width in sorted({min(width, wide) for width in WIDTHS}, reverse=True):
            height = max(1, round(high * width / wide))
            if (width, height) != picture.size:
                picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
            found.insert(0, (width, height, _as_jpeg(picture)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused("too-many-pixels") from error
    except UnidentifiedImageError as error:
        raise PictureRefused("not-a-picture") from error
    except MemoryError as error:
        raise PictureRefused("too-heavy") from error
    except (OSError, SyntaxError, ValueError, NotImplementedError) as error:
        if isinstance(error, PictureRefused):
            raise
        raise PictureRefused("unreadable") from error
    return found


def _read(data: bytes) -> tuple[Image.Image, tuple[int, int]]:
    """Return the pixels, upright, in grey or in colour, and how wide and high the picture is.

    Of a large picture there are fewer pixels than that, and never two copies at once.
    """
    with warnings.catch_warnings():
        # More pixels than that are an error here, and seen before any is decoded.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS
        picture: Any = Image.open(BytesIO(data), formats=FORMATS)
    if max(picture.size) > LONGEST_SIDE:
        raise PictureRefused("too-long")
    # A photograph of a telephone can have a second picture behind it; the first is meant.
    if picture.format in {"PNG", "WEBP"} and getattr(picture, "is_animated", False):
        raise PictureRefused("moving")
    turn = TURNS.get(picture.getexif().get(ORIENTATION))
    lies = turn in LYING
    wide, high = reversed(picture.size) if lies else picture.size
    times = max(1, wide // (SMALLER * WIDTHS[-1]))
    if times > 1:
        # JPEG is decoded smaller at once, by 2, 4 or 8.
        picture.draft(None, (picture.width // times, picture.height // times))
        times = max(1, (picture.height if lies else picture.width) // (SMALLER * WIDTHS[-1]))
    if picture.format == "WEBP":
        picture._decoder = _Once(picture._decoder)
    picture.load()
    picture = _in_strips(picture, times)
    return picture if turn is None else picture.transpose(turn), (wide, high)


class _Once:
    """The decoder of a WebP that does not move: it goes once it has given the picture.

    It holds the pixels twice, and Pillow would hold it while it makes the fourth copy.
    """

    def __init__(self, decoder: Any) -> None:
        self.decoder = decoder

    def get_next(self) -> Any:
        """Give the only picture there is."""
        found, self.decoder = self.decoder.get_next(), None
        return found


def _in_strips(picture: Image.Image, times: int) -> Image.Image:
    """Return a picture in plain colours and so many times smaller."""
    width, height = picture.size
    rows = max(1, STRIP // width // times) * times
    made: Image.Image | None = None
    for top in range(0, height, rows):
        strip = picture.crop((0, top, width, min(top + rows, height)))
        strip = _in_plain_colours(strip, times)
        if made is None:
            made = Image.new(strip.mode, (strip.width, -(-height // times)))
        made.paste(strip, (0, top // times))
    assert made is not None  # noqa: S101 (no picture is without a row)
    return made


def _in_plain_colours(picture: Image.Image, times: int) -> Image.Image:
    if picture.has_transparency_data:
        # Smaller first: to lay it on white is what takes long.
        shown = picture.convert("RGBA").reduce(times)
        sheet = Image.new("RGBA", shown.size, WHITE)
        sheet.alpha_composite(shown)
        return sheet.convert("RGB")
    if picture.mode in SIXTEEN_BITS:
        grey = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        return grey.reduce(times)
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB").reduce(times)


def _as_jpeg(picture: Image.Image) -> bytes:
    # Pillow writes some of what it read about a picture with it, so it forgets that. A profile
    # of colours goes too: reading one would be one more thing to attack.
    picture.info = {}
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def limit_process() -> None:
    """Give up for good what the work does not need."""
    for what, most in LIMITS.items():
        _soft, hard = resource.getrlimit(what)
        own = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (own, own))
    # When its time is over the process ends, whatever it is at.
    signal.setitimer(signal.ITIMER_PROF, max(SECONDS - time.process_time(), 0.1))


def main() -> int:
    """Make one picture anew, from standard input to standard output."""
    limit_process()
    found: list[tuple[int, int, bytes]] = []
    told: dict[str, object]
    try:
        found = remake(sys.stdin.buffer.read())
        told = {"sizes": [(width, height, len(own)) for width, height, own in found]}
    except PictureRefused as refused:
        told = {"refused": refused.code}
    out = sys.stdout.buffer
    out.write(json.dumps(told).encode() + b"\n")
    for _width, _height, own in found:
        out.write(own)
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
