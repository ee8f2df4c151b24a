"""Reading rows of the entry table in tests."""

from typing import Any

from registry.exchange.entry_table import EntryReader, Read, group_rows
from registry.exchange.gathering import Known, ReadingOptions
from registry.exchange.recognising import RegionBook
from registry.exchange.wording import CODES
from registry.formats import Row
from registry.records.drafts.entries import EntryDraft

KNOWN = Known(
    articles=frozenset({"58-1", "58-10", "58-11"}),
    sentence_kinds=frozenset({"camp", "shooting", "special-settlement"}),
    regions=RegionBook([("Примерская обл.", "example")]),
)
NAMED = {"key": "1", "full_name": "Примеров Пример Примерович"}


def read(*rows: dict[str, Any], options: ReadingOptions | None = None) -> Read:
    numbered = (Row(number, values) for number, values in enumerate(rows, start=2))
    [group] = group_rows(numbered, source="book")
    return EntryReader(options=options, known=KNOWN).read(group)


def draft(*rows: dict[str, Any], options: ReadingOptions | None = None) -> EntryDraft:
    found = read(*rows, options=options)
    assert found.problems == ()
    assert found.draft is not None
    return found.draft


def problems(*rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    found = read(*rows)
    assert (found.draft is None) == bool(found.problems)
    assert {problem.code for problem in found.problems} <= CODES.keys()
    return [(problem.row, problem.field, problem.code) for problem in found.problems]
