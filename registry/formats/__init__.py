"""Files as rows: CSV and JSON Lines, read and written as streams in constant memory."""

from registry.formats.reading import format_of, read_rows
from registry.formats.rows import FORMATS, FormatCode, FormatError, Row
from registry.formats.writing import RowWriter, write_rows

__all__ = [
    "FORMATS",
    "FormatCode",
    "FormatError",
    "Row",
    "RowWriter",
    "format_of",
    "read_rows",
    "write_rows",
]
