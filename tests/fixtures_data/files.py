"""The files of the first records, as the tests read them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


FOLDER = Path(__file__).parents[2] / "fixtures"
NAMES = ("terms", "sources", "sites", "people", "entries", "relations")
LANGUAGES = {"ru", "uk"}

ENTRY_TEXTS = (
    "birth_place", "nationality", "citizenship", "social_origin", "education", "party",
    "category", "occupation", "residence", "relatives", "death_place", "death_cause", "fate",
    "burial_place", "archive_file", "basis", "comment",
)  # fmt: skip
REPRESSION_TEXTS = (
    "arrested_by", "arrest_place", "arrest_circumstances", "charge", "operation",
    "sentencing_body", "sentence", "execution_place", "note",
)  # fmt: skip
RULING_TEXTS = ("body", "ground", "scope", "text")
REPRESSION_DATES = ("arrest_date", "sentence_date", "execution_date", "release_date")
ADMINISTRATION = {
    "source", "key", "person_key", "sex", "locator", "passage_url", "quotes", "language",
    "rendering", "passage_wording", "wording",
}  # fmt: skip

# Sites that spread copies of books without leave: a work known from there is cited, not linked.
UNLICENSED = (
    "libgen", "sci-hub", "z-lib", "b-ok.", "flibusta", "royallib", "litmir", "e-reading",
    "coollib", "rulit", "lib.rus.ec", "libking", "dokumen.pub", "vdoc.pub", "ebin.pub", "epdf",
    "scribd", "loveread", "litlife", "thelib.ru", "bookscafe", "readli", "knigogid", "docslib",
    "archive.org/details", "twirpx", "padaread", "bookz", "librebook", "profilib", "fictionbook",
    "booksonline", "mir-knig", "iknigi", "litresp", "kartaslov", "unotices", "pdfcoffee",
)  # fmt: skip


def read(name: str) -> list[Row]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


FILES = {name: read(name) for name in NAMES}
ENTRIES = FILES["entries"]


def by_person() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {row["person_key"]: [] for row in FILES["people"]}
    for entry in ENTRIES:
        found[entry["person_key"]].append(entry)
    return found


def repressions(entry: Row) -> list[Row]:
    rows: list[Row] = entry.get("repressions", [])
    return rows


def parts(entry: Row) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """Every worded part of an entry, with the texts it may have."""
    yield entry, ENTRY_TEXTS
    for part in (entry, *repressions(entry)):
        if part is not entry:
            yield part, REPRESSION_TEXTS
        for ruling in part.get("rulings", []):
            yield ruling, RULING_TEXTS
        for stay in part.get("stays", []):
            yield stay, ("place", "note")
    for role in entry.get("roles", []):
        yield role, ("text",)


def unworded(row: Row, fields: tuple[str, ...]) -> list[str]:
    wording = row.get("wording", {})
    return [f for f in fields if row.get(f) and set(wording.get(f, {})) != LANGUAGES]


def dates(value: Any, key: str = "") -> Iterator[str]:
    """Every EDTF text under a key that holds a date."""
    if isinstance(value, dict):
        if "edtf" in value:
            yield value["edtf"]
            return
        for name, part in value.items():
            if name not in {"discredited", "wording"}:
                yield from dates(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from dates(part, key)
    elif key in {"date", "from", "to", "period"} or key.endswith("_date"):
        yield value
