"""Files that people send: what is taken, what is made of it, and where it is kept.

A picture is decoded in another process (`registry.formats.pictures`) and made anew in three
sizes; what was sent is dropped with all it tells of its maker. Files lie flat in `MEDIA_ROOT`
under random names, all of the same moment. Nothing serves that folder: a file is reached through
the record that shows it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from registry.models import MediaType

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 15
MOST_MEGAPIXELS = 40
SECONDS = 20
"""How long a picture may take: less than a server waits for one of its workers."""
ENDINGS = {MediaType.JPEG: "jpg", MediaType.PDF: "pdf"}
ROOT = Path(settings.BASE_DIR)
FILE_TIME = 946_684_800
"""The first moment of the year 2000, which every file says it is of."""
LIMITS = {"too-large": MOST_MEGABYTES, "too-many-pixels": MOST_MEGAPIXELS}


class UploadRefused(ValueError):
    """A file that is not kept.

    `code` is one of `empty`, `too-large`, `not-a-picture`, `unreadable`, `too-many-pixels`,
    `too-long`, `moving`, `too-heavy`, `not-stored`; `limit` is the most that is taken, in
    megabytes or megapixels, where the code is about that.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.limit = LIMITS.get(code)


class Upload(Protocol):
    """What a form gives for a file, as far as it is read."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: as JPEG in up to three sizes with their width and height.

    A scan in PDF has no sizes known: `contents` is the file as it was sent.
    """

    media_type: MediaType
    sizes: tuple[tuple[int, int], ...]
    contents: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies in `MEDIA_ROOT`; `checksum` is the SHA-256 of its largest size."""

    name: str
    media_type: MediaType
    sizes: tuple[tuple[int, int], ...]
    checksum: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of its files, smallest first."""
        return part_names(self.name, self.media_type, self.sizes)


def check_upload(upload: bytes | Upload, *, scans: bool = False) -> CheckedFile:
    """Return what is kept of a file; `scans` takes PDF too, which is for staff alone.

    Raises UploadRefused. What the file calls itself, name and type, is not looked at.
    """
    most = MOST_MEGABYTES * MEGABYTE
    data = upload if isinstance(upload, bytes) else upload.read(most + 1)
    if not data:
        raise UploadRefused("empty")
    if len(data) > most:
        raise UploadRefused("too-large")
    if scans and data.startswith(b"%PDF-"):
        # Never parsed, and never shown in a page: it is handed on as it is.
        return CheckedFile(MediaType.PDF, (), (data,))
    return _remade(data)


def _remade(data: bytes) -> CheckedFile:
    command = [sys.executable, "-E", "-s", "-m", "registry.formats.pictures"]
    try:
        done = subprocess.run(  # noqa: S603 (nothing in it comes from outside)
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            # The keys of the site are none of its business.
            env={"LANG": "C.UTF-8"},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UploadRefused("too-heavy") from error
    if done.returncode < 0:
        # It used up its time or its memory.
        raise UploadRefused("too-heavy")
    if done.returncode:
        raise UploadRefused("unreadable")
    head, _, rest = done.stdout.partition(b"\n")
    told = json.loads(head)
    if "refused" in told:
        raise UploadRefused(told["refused"])
    sizes, contents, start = [], [], 0
    for width, height, length in told["sizes"]:
        sizes.append((width, height))
        contents.append(rest[start : start + length])
        start += length
    return CheckedFile(MediaType.JPEG, tuple(sizes), tuple(contents))


def store_file(checked: CheckedFile) -> StoredFile:
    """Write a file to `MEDIA_ROOT` under a random name, whole or not at all.

    Raises UploadRefused (`not-stored`) where the disk does not take it.
    """
    stored = StoredFile(
        name=secrets.token_hex(16),
        media_type=checked.media_type,
        sizes=checked.sizes,
        checksum=hashlib.sha256(checked.contents[-1]).hexdigest(),
    )
    try:
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        for part, content in zip(stored.parts, checked.contents, strict=True):
            _write(path_of(part), content)
    except OSError as error:
        with suppress(OSError):
            drop_file(stored)
        raise UploadRefused("not-stored") from error
    return stored


@contextmanager
def on_disk(file: CheckedFile | StoredFile) -> Iterator[StoredFile]:
    """Give the file as it is stored; one stored for this goes again when this fails."""
    if isinstance(file, StoredFile):
        yield file
        return
    stored = store_file(file)
    try:
        yield stored
    except BaseException:
        drop_file(stored)
        raise


def drop_file(stored: StoredFile) -> None:
    """Take a file away from the disk for good: what was taken back, or a court had erased."""
    for part in stored.parts:
        path_of(part).unlink(missing_ok=True)


def is_stored(stored: StoredFile) -> bool:
    """Tell whether every part of a file is there."""
    return all(path_of(part).is_file() for part in stored.parts)


def read_stored(part: str) -> bytes:
    """Return one file as it lies; that it was read is not noted. Raises FileNotFoundError."""
    with os.fdopen(_opened(path_of(part)), "rb") as file:
        return file.read()


def _opened(path: Path) -> int:
    """Open a file without the file system noting when: whoever sent it looks at it at once."""
    try:
        return os.open(path, os.O_RDONLY | getattr(os, "O_NOATIME", 0))
    except PermissionError:
        # Only its owner may leave no trace of reading a file; another may have copied it here.
        return os.open(path, os.O_RDONLY)


def path_of(part: str) -> Path:
    """Return where a file lies."""
    return Path(settings.MEDIA_ROOT) / part


def part_names(name: str, media_type: MediaType, sizes: Sequence[Sequence[int]]) -> tuple[str, ...]:
    """Return the names of the files of a record, smallest first: `name-width.jpg`."""
    ending = ENDINGS[media_type]
    return tuple(f"{name}-{width}.{ending}" for width, _ in sizes) or (f"{name}.{ending}",)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    # When somebody sent it is nobody's business.
    os.utime(path, (FILE_TIME, FILE_TIME))
