"""Writing rows to a file of a known format; what is written reads back as it was."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from registry.formats.rows import FORMATS, FormatCode, FormatError

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_TELLING = frozenset(',;\t"\r\n')


class RowWriter:
    """A file rows are added to one at a time.

    `columns` are the columns of CSV, and the order of members in JSON Lines; what a row has
    beside them is left out, and so are values that are None (and, in JSON, absent ones).
    Without `header` the rows of CSV are added to a file that has one.
    """

    def __init__(
        self,
        stream: IO[bytes],
        *,
        columns: Sequence[str],
        format: str,  # noqa: A002 (the word users know)
        header: bool = True,
    ) -> None:
        if format not in FORMATS:
            raise FormatError(FormatCode.UNKNOWN_FORMAT, 0)
        self._stream = stream
        self._columns = list(columns)
        self._as_csv = format == "csv"
        self._line = io.StringIO(newline="")
        self._cells = csv.writer(self._line)
        self._row = 1
        if self._as_csv and header:
            # A separator inside a name would be counted as one when the file is read.
            telling = any(_TELLING.intersection(column) for column in self._columns)
            titles = csv.writer(self._line, quoting=csv.QUOTE_ALL if telling else csv.QUOTE_MINIMAL)
            titles.writerow(self._columns)
            self._flush()

    def write(self, values: Mapping[str, Any]) -> None:
        """Add one row. Raises FormatError for NUL and half a surrogate pair."""
        if self._as_csv:
            self._cells.writerow([values.get(column) for column in self._columns])
        else:
            found = {c: v for c in self._columns if (v := values.get(c)) is not None}
            self._line.write(_ENCODER.encode(found) + "\n")
        self._flush()

    def _flush(self) -> None:
        text = self._line.getvalue()
        self._line.seek(0)
        self._line.truncate()
        if "\0" in text or (not self._as_csv and "\\u0000" in text.replace("\\\\", "")):
            raise FormatError(FormatCode.NUL, self._row)
        try:
            raw = text.encode()
        except UnicodeEncodeError:
            raise FormatError(FormatCode.LONE_SURROGATE, self._row) from None
        self._stream.write(raw)
        self._row += 1


def write_rows(
    stream: IO[bytes],
    rows: Iterable[Mapping[str, Any]],
    *,
    columns: Sequence[str],
    format: str,  # noqa: A002 (the word users know)
) -> int:
    """Write the header (of CSV) and the rows, in UTF-8; return how many rows there were."""
    writer = RowWriter(stream, columns=columns, format=format)
    count = 0
    for values in rows:
        writer.write(values)
        count += 1
    return count
