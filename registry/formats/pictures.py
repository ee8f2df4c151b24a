"""Pictures made anew in three sizes, in a process of its own that has little and may little.

`python -m registry.formats.pictures` reads one picture on standard input and writes a line of
JSON, `{"sizes": [[width, height, bytes], …]}` or `{"refused": code}`, and then the pictures.
What a decoder could be made to do by a hostile file, it does here: without the keys of the
site, without writing a file, and not for long. No Django: it starts in a tenth of a second.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
WIDTHS = (240, 720, 1600)
"""Pixels, left to right; a picture is never enlarged."""
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000
"""What JPEG and every browser can show."""
QUALITY = 85
MEMORY = 1024**3
SECONDS = 15
LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CPU: SECONDS,
    # Nothing is written: no file, and no image of the memory after a fall.
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,
    resource.RLIMIT_NOFILE: 64,
}
WHITE = "#ffffff"
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
        picture = _read(data)
        found: list[tuple[int, int, bytes]] = []
        for width in sorted({min(width, picture.width) for width in WIDTHS}, reverse=True):
            height = max(1, round(picture.height * width / picture.width))
            if width < picture.width:
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


def _read(data: bytes) -> Image.Image:
    """Return the pixels, upright, in grey or in colour."""
    with warnings.catch_warnings():
        # More pixels than that are an error here, and seen before any is decoded.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS
        picture: Image.Image = Image.open(BytesIO(data), formats=FORMATS)
    if max(picture.size) > LONGEST_SIDE:
        raise PictureRefused("too-long")
    # A photograph of a telephone can have a second picture behind it; the first is meant.
    if picture.format in {"PNG", "WEBP"} and getattr(picture, "is_animated", False):
        raise PictureRefused("moving")
    picture.load()
    return _in_plain_colours(ImageOps.exif_transpose(picture))


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    if picture.has_transparency_data:
        shown = picture.convert("RGBA")
        sheet = Image.new("RGBA", shown.size, WHITE)
        sheet.alpha_composite(shown)
        return sheet.convert("RGB")
    if picture.mode in SIXTEEN_BITS:
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


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
