"""What a file is made of, whatever its format: rows, lines, and the reasons one is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

FORMATS = ("csv", "jsonl")
LONGEST = 1024 * 1024
"""Bytes of one line, and of one row of several lines: what keeps memory constant."""
DEEPEST = 12
"""Levels of a nested object; an entry with worded rulings of a repression has seven."""


class FormatCode(StrEnum):
    """Why a file cannot be read as rows; callers put it into words."""

    UNKNOWN_FORMAT = "unknown-format"
    NOT_UTF8 = "not-utf-8"
    NUL = "nul"
    LONE_SURROGATE = "lone-surrogate"
    TOO_LONG = "too-long-line"
    NO_HEADER = "no-header"
    UNNAMED_COLUMN = "unnamed-column"
    DUPLICATE_HEADER = "duplicate-header"
    TOO_MANY_CELLS = "too-many-cells"
    BAD_QUOTE = "bad-quote"
    UNCLOSED_QUOTE = "unclosed-quote"
    BARE_RETURN = "bare-return"
    NOT_JSON = "not-json"
    NOT_AN_OBJECT = "not-an-object"
    DUPLICATE_MEMBER = "duplicate-member"
    TOO_DEEP = "too-deep"


class FormatError(ValueError):
    """A file that is not what it should be: `code` says why, `row` where (0: as a whole)."""

    def __init__(self, code: FormatCode, row: int) -> None:
        super().__init__(code, row)
        self.code = code
        self.row = row

    def __str__(self) -> str:
        return f"row {self.row}: {self.code}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, and its values by column.

    Rows of CSV are counted as a spreadsheet does, the header being row 1; those of JSON Lines
    are lines, from 1. Values of CSV are texts, those of JSON Lines whatever JSON has.
    """

    number: int
    values: dict[str, Any]


class Lines:
    """The lines of a file as text, with what no format allows refused.

    `row` is the number the next error will carry, and `length` the bytes read for that row;
    the reader of the format sets both when a row is done.
    """

    # A spreadsheet, a document or a page of the web that was saved under another name.
    _OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"{\\rtf", b"<")
    _BOM = b"\xef\xbb\xbf"

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._first = True
        self.row = 1
        self.length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self._stream.readline(LONGEST + 1)
        if not raw:
            raise StopIteration
        if self._first:
            self._first = False
            raw = raw.removeprefix(self._BOM)
            if raw.startswith(self._OTHER_FILES):
                raise FormatError(FormatCode.UNKNOWN_FORMAT, 0)
        if len(raw) > LONGEST:
            raise FormatError(FormatCode.TOO_LONG, self.row)
        self.length += len(raw)
        if self.length > LONGEST:
            # No line is too long, but no row ends either.
            raise FormatError(FormatCode.UNCLOSED_QUOTE, self.row)
        if b"\0" in raw:
            raise FormatError(FormatCode.NUL, self.row)
        try:
            return raw.decode()
        except UnicodeDecodeError:
            raise FormatError(FormatCode.NOT_UTF8, self.row) from None
