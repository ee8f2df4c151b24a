"""Reading one cell of the entry table: its text, its date, or the reason it is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from registry.dates import Calendar, DateError, FuzzyDate, parse_edtf, read_printed
from registry.models import LANGUAGES

from .columns import DATE, LIMITS, NESTED, SILENT
from .recognising import RegionBook

NO_INFORMATION = "no-information"
# What a spreadsheet leaves in a cell whose formula failed: no value, and never a name.
_FAILED = frozenset(
    (
        *("#Н/Д", "#ССЫЛКА!", "#ЗНАЧ!", "#ИМЯ?", "#ДЕЛ/0!", "#ПУСТО!", "#ЧИСЛО!"),
        *("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"),
    )
)


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the command states about columns with dates, `*` being all of them.

    `centuries` maps a column to the century its two-digit years are in (1900 makes `37` 1937);
    `serials` are columns with day numbers of a spreadsheet.
    """

    centuries: Mapping[str, int] = field(default_factory=dict)
    serials: frozenset[str] = frozenset()

    @property
    def canonical(self) -> str:
        """Return the options as one text, empty where none is stated."""
        parts = [f"{column}={self.centuries[column]}" for column in sorted(self.centuries)]
        return " ".join(parts + sorted(self.serials))

    def century(self, column: str) -> int | None:
        """Return the century stated for a column."""
        return self.centuries.get(column) or self.centuries.get("*")

    def has_serials(self, column: str) -> bool:
        """Tell whether a column is said to hold serial numbers."""
        return column in self.serials or "*" in self.serials


@dataclass(frozen=True, slots=True)
class Known:
    """What is in the vocabularies: only that is recognised in texts."""

    articles: frozenset[str] = frozenset()
    sentence_kinds: frozenset[str] = frozenset()
    regions: RegionBook = field(default_factory=lambda: RegionBook(()))


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused: the field (a column, or the path in nested JSON) and the code."""

    row: int
    field: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class DateRead:
    """How a printed date was understood; `code` says why it was not, `edtf` being empty then.

    The code `no-information` says of a date, a fate or a place that the print has none.
    """

    row: int
    field: str
    printed: str
    edtf: str
    code: str = ""

    @property
    def is_unread(self) -> bool:
        """Tell whether there is a date that was not understood."""
        return self.code not in {"", NO_INFORMATION}


@cache
def _silences() -> frozenset[str]:
    table = files("registry.exchange").joinpath("tables", "no_information.txt")
    lines = table.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=65536)
def says_nothing(text: str) -> bool:
    """Tell whether a cell only says that there is no information, in one of three languages.

    `tables/no_information.txt` has the words; case, spaces, ё, brackets and full stops aside.
    """
    return " ".join(text.casefold().replace("ё", "е").split()).strip(" .,;()[]") in _silences()


@lru_cache(maxsize=65536)
def read_date(text: str, century: int | None, serials: bool) -> tuple[FuzzyDate, str]:
    """Return the date and nothing, or the text as printed and the code of why it is no date."""
    try:
        return read_printed(text, century=century, serials=serials), ""
    except DateError as error:
        return FuzzyDate(printed=text, edtf="", earliest=None, latest=None), error.reason.value


class Gathering:
    """What was found while one group of rows is read: problems, dates, and what was unread."""

    __slots__ = ("dates", "known", "options", "problems", "reading", "row")

    def __init__(self, options: ReadingOptions, known: Known) -> None:
        self.options = options
        self.known = known
        self.row = 0
        self.problems: list[Problem] = []
        self.dates: list[DateRead] = []
        self.reading: dict[str, dict[str, str]] = {}

    def refuse(self, field: str, code: str, value: object = "") -> None:
        """Note a reason to refuse the group."""
        self.problems.append(Problem(self.row, field, code, str(value)[:200]))

    def refused(self, fields: Collection[str]) -> bool:
        """Tell whether one of the fields was refused already."""
        return any(problem.field in fields for problem in self.problems)

    def cells(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the cells of a row that say something, without spaces at their ends."""
        cells: dict[str, Any] = {}
        for column, value in values.items():
            if value.__class__ is not str:
                if column in NESTED and isinstance(value, (dict, list)):
                    cells.update({column: value} if value else {})
                    continue
                value = self._plain(column, value)  # noqa: PLW2901 (the same cell, as text)
            text = value.strip()
            if not text:
                continue
            if text[0] == "#" and text.upper() in _FAILED:
                self.reading[column] = {"reason": "spreadsheet-error"}
                continue
            limit = LIMITS.get(column)
            if limit is None:
                self.refuse(column, "unknown-column", text)
            elif len(text) > limit:
                self.refuse(column, "too-long", text)
            elif not (column in SILENT and self.is_silent(text, column)):
                cells[column] = text
        return cells

    def is_silent(self, text: str, field: str) -> bool:
        """Tell whether a text only says that there is no information, and echo it if so."""
        if not says_nothing(text):
            return False
        self.dates.append(DateRead(self.row, field, text, "", NO_INFORMATION))
        return True

    def texts(self, value: Mapping[str, Any], limits: Mapping[str, int], at: str) -> dict[str, str]:
        """Return the texts of a nested object, each held to its length."""
        found: dict[str, str] = {}
        for name, limit in limits.items():
            text = self._plain(f"{at}.{name}", value.get(name)).strip()
            if len(text) > limit:
                self.refuse(f"{at}.{name}", "too-long", text)
            elif text:
                found[name] = text
        return found

    def objects(self, value: Any, at: str, members: frozenset[str]) -> list[dict[str, Any]]:
        """Return the members of a list of objects; unknown members are refused."""
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(at, "bad-type", value)
            return []
        for number, item in enumerate(value, start=1):
            for name in item.keys() - members:
                self.refuse(f"{at}.{number}.{name}", "unknown-column", item[name])
        return value

    def date(self, raw: Any, column: str, field: str, calendar: str = "") -> FuzzyDate | None:
        """Return a date from a cell or a `{"printed", "edtf"}` object, if there is any.

        `column` is where options are stated for, `field` where the date stands in the draft.
        """
        if raw is None or raw == "":
            return None
        if isinstance(raw, dict):
            found = self._stated_date(raw, field)
        else:
            found = self._printed_date(self._plain(field, raw).strip(), column, field)
        if calendar and found is not None:
            if calendar not in (Calendar.JULIAN, Calendar.GREGORIAN):
                self.refuse(field, "bad-calendar", calendar)
            else:
                found = replace(found, calendar=Calendar(calendar))
        return found

    def _printed_date(self, text: str, column: str, field: str) -> FuzzyDate | None:
        if not text:
            return None
        if len(text) > DATE:
            self.refuse(field, "too-long", text)
            return None
        if self.is_silent(text, field):
            return None
        options = self.options
        found, code = read_date(text, options.century(column), options.has_serials(column))
        if code:
            self.reading[field] = {"reason": code}
        if found.edtf != text:
            self.dates.append(DateRead(self.row, field, text, found.edtf, code))
        return found

    def _stated_date(self, raw: Mapping[str, Any], field: str) -> FuzzyDate | None:
        texts = self.texts(raw, {"printed": DATE, "edtf": 80, "calendar": 10}, field)
        if raw.keys() - {"printed", "edtf", "calendar"} or not texts:
            if not self.refused({f"{field}.printed", f"{field}.edtf"}):
                self.refuse(field, "bad-date", raw)
            return None
        printed = texts.get("printed", "")
        if "edtf" not in texts and self.is_silent(printed, field):
            return None
        if "edtf" not in texts:
            found = FuzzyDate(printed=printed, edtf="", earliest=None, latest=None)
            self.reading[field] = {"reason": "not-understood"}
        else:
            try:
                found = parse_edtf(texts["edtf"])
            except DateError:
                self.refuse(field, "bad-date", texts["edtf"])
                return None
            found = replace(found, printed=printed or texts["edtf"])
        if "calendar" in texts:
            return self.date({k: v for k, v in texts.items() if k != "calendar"}, field, field,
                             texts["calendar"])  # fmt: skip
        return found

    def wording(self, raw: Any, at: str) -> dict[str, dict[str, str]]:
        """Return checked wording: field, then language, then text."""
        if raw is None:
            return {}
        sound = isinstance(raw, dict) and all(
            isinstance(texts, dict)
            and all(lang in LANGUAGES and isinstance(text, str) for lang, text in texts.items())
            for texts in raw.values()
        )
        if not sound:
            self.refuse(at, "bad-wording", raw)
            return {}
        return dict(raw)

    def number(self, raw: Any, at: str) -> int | None:
        """Return a whole number that is not negative, if there is any."""
        if raw is None:
            return None
        if raw.__class__ is not int or not 0 <= raw < 32768:
            self.refuse(at, "bad-number", raw)
            return None
        return int(raw)

    def _plain(self, field: str, value: Any) -> str:
        """Return a text, also of a whole number, which JSON tells apart and print does not."""
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if value.__class__ is int:
            return str(value)
        self.refuse(field, "bad-type", value)
        return ""
