"""Reading a file of a known format into rows."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from registry.formats.csv_rows import read_csv
from registry.formats.json_rows import read_json
from registry.formats.rows import FORMATS, FormatCode, FormatError, Lines, Row

_READERS = {"csv": read_csv, "jsonl": read_json}
_SUFFIXES = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def format_of(name: str) -> str:
    """Return the format a file name ends in. Raises FormatError for any other."""
    try:
        return _SUFFIXES[PurePath(name).suffix.lower()]
    except KeyError:
        raise FormatError(FormatCode.UNKNOWN_FORMAT, 0) from None


def read_rows(stream: IO[bytes], *, format: str) -> Iterator[Row]:  # noqa: A002 (the word users know)
    """Read the rows of a file of UTF-8, with or without byte order mark; `format` of FORMATS.

    Nothing of the file is held but the row at hand. The separator of CSV (comma, semicolon or
    tab) is the one the header has most of, or the one Excel's first line `sep=;` states. Names of
    its columns are read without case and without spaces at their ends. Rows with nothing in any
    cell are left out, though counted. Raises FormatError at the row that cannot be read; there is
    no reading on.
    """
    if format not in FORMATS:
        raise FormatError(FormatCode.UNKNOWN_FORMAT, 0)
    return _READERS[format](Lines(stream))
