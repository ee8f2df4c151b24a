"""JSON Lines (one object a line) as rows."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from registry.formats.rows import DEEPEST, FormatCode, FormatError, Lines, Row


class _NotAllowedError(ValueError):
    """Raised inside the parser, which knows no line number."""

    def __init__(self, code: FormatCode) -> None:
        super().__init__(code)
        self.code = code


def read_json(lines: Lines) -> Iterator[Row]:
    """Read one object a line; empty lines are passed over. See `registry.formats.read_rows`."""
    for text in lines:
        if text.strip():
            yield Row(lines.row, _read_object(text, lines.row))
        lines.row += 1
        lines.length = 0


def _read_object(text: str, row: int) -> dict[str, Any]:
    try:
        found = _DECODER.decode(text)
    except _NotAllowedError as error:
        raise FormatError(error.code, row) from None
    except RecursionError:
        raise FormatError(FormatCode.TOO_DEEP, row) from None
    except ValueError:
        raise FormatError(FormatCode.NOT_JSON, row) from None
    if not isinstance(found, dict):
        raise FormatError(FormatCode.NOT_AN_OBJECT, row)
    # An object as deep as that has as many brackets; the walk is for the few that have.
    if text.count("{") + text.count("[") > DEEPEST and _depth(found) > DEEPEST:
        raise FormatError(FormatCode.TOO_DEEP, row)
    if "\\u" in text:
        _refuse_unstorable(found, row)
    return found


def _refuse_unstorable(found: dict[str, Any], row: int) -> None:
    """Refuse what only an escape can bring in: NUL, and half a surrogate pair."""
    plain = json.dumps(found, ensure_ascii=False)
    if "\\u0000" in plain.replace("\\\\", ""):
        raise FormatError(FormatCode.NUL, row)
    try:
        plain.encode()
    except UnicodeEncodeError:
        raise FormatError(FormatCode.LONE_SURROGATE, row) from None


def _depth(value: Any) -> int:
    deepest = 0
    level = [value]
    while level:
        deepest += 1
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
    return deepest


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotAllowedError(FormatCode.DUPLICATE_MEMBER)
    return found


def _refuse_constant(_: str) -> NoReturn:
    """Refuse NaN and the infinities, which Python reads and JSON does not have."""
    raise _NotAllowedError(FormatCode.NOT_JSON)


_DECODER = json.JSONDecoder(object_pairs_hook=_members, parse_constant=_refuse_constant)
