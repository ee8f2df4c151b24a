"""Looking a file over before anything of it is written: a file is taken whole or refused."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from registry.formats import FormatError, Row, format_of, read_rows

from .entry_table import MOST_ROWS, Group, group_rows, unknown_columns
from .gathering import ReadingOptions

_BUCKETS = 256


class FileRefused(ValueError):
    """A file of which nothing is imported: `code` says why, `row` where (0: as a whole)."""

    def __init__(self, code: str, *, row: int = 0, field: str = "", value: str = "") -> None:
        super().__init__(code, row, field, value)
        self.code = code
        self.row = row
        self.field = field
        self.value = value

    def __str__(self) -> str:
        where = ", ".join(filter(None, (f"row {self.row}" if self.row else "", self.field)))
        return f"{where}: {self.code} {self.value}".strip(" :")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is known of a sound file: its format, digest, number of groups and of the last row."""

    format: str
    digest: str
    groups: int
    last_row: int


@contextmanager
def refusing() -> Iterator[None]:
    """Turn an error of the format or of the disk into a refusal of the file."""
    try:
        yield
    except FormatError as error:
        raise FileRefused(error.code.value, row=error.row) from error
    except OSError as error:
        name, words = error.filename, error.strerror
        raise FileRefused("unreadable-file", value=f"{name}: {words}") from error


def inspect_file(
    path: Path,
    *,
    source: str,
    format: str,  # noqa: A002 (as users say)
    options: ReadingOptions,
) -> Inspection:
    """Read the whole file once, at 16 bytes of memory an entry.

    Raises FormatError, or FileRefused for what else makes all of it unusable: a column of CSV
    that is not of the table, and rows of one source and key that do not stand together.
    """
    kind = format or format_of(path.name)
    with path.open("rb") as stream:
        digest = _digest(stream, kind, source, options)
        stream.seek(0)
        keys = _Keys()
        groups = last = 0
        for group in group_rows(read_rows(stream, format=kind), source=source):
            if not groups and kind == "csv":
                _check_columns(group.rows[0])
            if len(group.rows) == MOST_ROWS:
                raise FileRefused("too-many-rows", row=group.last, value=group.key)
            keys.add(group)
            groups += 1
            last = group.last
    if row := keys.first_apart():
        raise FileRefused("rows-apart", row=row)
    return Inspection(kind, digest, groups, last)


def _digest(stream: BufferedReader, kind: str, source: str, options: ReadingOptions) -> str:
    """Return the SHA-256 of the file and of what changes its meaning."""
    content = hashlib.file_digest(stream, "sha256").hexdigest()
    stated = "\n".join((content, kind, source, options.canonical))
    return hashlib.sha256(stated.encode()).hexdigest()


def _check_columns(row: Row) -> None:
    if unknown := unknown_columns(row):
        raise FileRefused("unknown-column", row=1, field=", ".join(unknown)[:300])


class _Keys:
    """The identities seen, as 64-bit hashes: three million entries fit in 50 MB.

    That two of three million different ones have one hash has a chance of 1 to 4 million.
    """

    def __init__(self) -> None:
        self._hashes = [array("Q") for _ in range(_BUCKETS)]
        self._rows = [array("Q") for _ in range(_BUCKETS)]

    def add(self, group: Group) -> None:
        """Remember one group; those without a key are refused later, each alone."""
        if group.key:
            name = f"{group.source}\n{group.key}".encode()
            digest = hashlib.blake2b(name, digest_size=8).digest()
            self._hashes[digest[0]].append(int.from_bytes(digest, "big"))
            self._rows[digest[0]].append(group.rows[0].number)

    def first_apart(self) -> int:
        """Return the first row whose source and key stood elsewhere before, else 0."""
        found = []
        for hashes, rows in zip(self._hashes, self._rows, strict=True):
            if len(set(hashes)) == len(hashes):
                continue
            seen: set[int] = set()
            for value, row in zip(hashes, rows, strict=True):
                if value in seen:
                    found.append(row)
                seen.add(value)
        return min(found, default=0)
