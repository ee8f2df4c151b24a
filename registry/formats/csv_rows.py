"""CSV (RFC 4180, and what spreadsheets make of it) as rows."""

import csv
import re
from collections.abc import Iterator

from registry.formats.rows import LONGEST, FormatCode, FormatError, Lines, Row

_SEPARATORS = ",;\t"
# A quoted name may hold a line break, and then its quote is not closed on the first line.
_QUOTED = re.compile('"[^"]*(?:"|$)')
# Excel's word on the separator, in a line of its own that it neither shows nor counts.
_STATED = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)
# The limit of the csv module is one for the whole process. Rows are held to LONGEST here, so
# that a field never meets it.
csv.field_size_limit(max(LONGEST, csv.field_size_limit()))
# The csv module has one exception for all, and only its words tell which error it is.
_CODES = {
    "unexpected end of data": FormatCode.UNCLOSED_QUOTE,
    "new-line character": FormatCode.BARE_RETURN,
}


def read_csv(lines: Lines) -> Iterator[Row]:
    """Read the header and then the rows under it; see `registry.formats.read_rows`."""
    first = next(lines, "")
    if stated := _STATED.fullmatch(first):
        separator, first, lines.length = stated[1], next(lines, ""), 0
    else:
        separator = max(_SEPARATORS, key=_QUOTED.sub("", first).count)
    cells = csv.reader(_again(first, lines), delimiter=separator, strict=True)
    header = _header(_next_row(cells, lines) or [])
    width = len(header)
    while (row := _next_row(cells, lines)) is not None:
        if not any(row):
            continue
        if len(row) > width and any(row[width:]):
            raise FormatError(FormatCode.TOO_MANY_CELLS, lines.row - 1)
        yield Row(lines.row - 1, dict(zip(header, row, strict=False)))


def _again(first: str, lines: Lines) -> Iterator[str]:
    yield first
    yield from lines


def _next_row(cells: Iterator[list[str]], lines: Lines) -> list[str] | None:
    """Return the next row, None after the last, and count it."""
    try:
        row = next(cells, None)
    except csv.Error as error:
        found = (code for words, code in _CODES.items() if words in str(error))
        raise FormatError(next(found, FormatCode.BAD_QUOTE), lines.row) from None
    lines.row += 1
    lines.length = 0
    return row


def _header(cells: list[str]) -> list[str]:
    # People who make a table by hand write `Key` and `Full_Name`; no two columns differ by that.
    names = [cell.strip().lower() for cell in cells]
    while names and not names[-1]:
        # Spreadsheets write empty columns at the right edge that once held something.
        names.pop()
    if not names:
        raise FormatError(FormatCode.NO_HEADER, 1)
    if "" in names:
        raise FormatError(FormatCode.UNNAMED_COLUMN, 1)
    if len(set(names)) < len(names):
        raise FormatError(FormatCode.DUPLICATE_HEADER, 1)
    return names
