"""The reasons that the program itself gives, as the ledger keeps them.

They are whole English sentences there, readable without this program. Whoever shows one knows it
again by `read_reason`, and says it in the language of the reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_REASON = 500
"""Characters of a reason that the program composes."""
SENTENCES: Mapping[str, str] = {
    "first-records": "First records: {records}",
    "import": "Import of {file}",
    "book": "Entered from a book: {place}",
    "testimony": "The source of what people tell the registry is made.",
    "submission": "Submission {number}",
    "account": "A staff account is made.",
    "taken-back": "Submission {number} was taken back by whoever sent it.",
}
"""Each reason by its code."""
_VALUES = {"number": r"\S+"}
_PATTERNS = {
    code: re.compile(
        re.sub(
            r"\\{(\w+)\\}",
            lambda found: f"(?P<{found[1]}>{_VALUES.get(found[1], '.+')})",
            re.escape(sentence),
        ),
        re.DOTALL,
    )
    for code, sentence in SENTENCES.items()
}


@dataclass(frozen=True, slots=True)
class OwnReason:
    """A reason of the program: its code, and what its sentence names."""

    code: str
    values: Mapping[str, str]


def own_reason(code: str, **values: str) -> str:
    """Return the sentence of a code for the ledger, cut to `LONGEST_REASON`.

    Raises KeyError for an unknown code or a value that is missing.
    """
    return SENTENCES[code].format(**values)[:LONGEST_REASON]


def read_reason(reason: str) -> OwnReason | None:
    """Return what a reason says where it is one of the program's own, None for a person's words."""
    for code, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(reason):
            return OwnReason(code, found.groupdict())
    return None
