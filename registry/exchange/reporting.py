"""The report of an import: lines to a file as they come, and counts at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO

from registry.formats import RowWriter, format_of
from registry.records import Outcome

from .entry_table import Group, Read
from .wording import CODES, OUTCOMES

COLUMNS = ("row", "source", "key", "field", "outcome", "code", "message", "printed", "read")
READ, UNREAD, REFUSED = "read", "unread", "refused"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `change` is None where nothing changed, or nothing was to change.

    `counts` has the entries by outcome (new, changed, same, refused) and `unread`, the dates
    kept as printed; `resumed` tells that an import cut off was gone on with.
    """

    change: int | None
    rows: int
    dry_run: bool = False
    resumed: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)


class ReportFile:
    """Writes lines of a report, if it has a file; tells `on_refused` of refusals, if it is set."""

    on_refused: Callable[[Group, str, str], None] | None = None

    def __init__(self, stream: IO[bytes] | None, *, name: str = "") -> None:
        self._stream = stream
        self._writer: RowWriter | None = None
        self._words: dict[str, str] = {}
        if stream is not None:
            self._writer = RowWriter(
                stream, columns=COLUMNS, format=format_of(name), header=stream.tell() == 0
            )
            # One look-up a code, not one a line.
            self._words = {code: str(text) for code, text in CODES.items()}

    def add(self, read: Read, outcome: Outcome | None) -> None:
        """Write what became of one group, and how its dates were read."""
        group = read.group
        if self.on_refused is not None:
            for problem in read.problems:
                self.on_refused(group, problem.field, problem.code)
            if outcome is not None and outcome.kind == REFUSED:
                self.on_refused(group, ", ".join(outcome.fields), outcome.reason)
        if self._writer is None:
            return
        row = group.rows[0].number
        for date in read.dates:
            kind = UNREAD if date.is_unread else READ
            cell = {"printed": date.printed, "read": date.edtf or None}
            self._line(group, date.row, date.field, kind, date.code, **cell)
        for problem in read.problems:
            at, code = problem.row, problem.code
            self._line(group, at, problem.field, REFUSED, code, printed=problem.value or None)
        if outcome is not None:
            for name in outcome.fields or ("",):
                self._line(group, row, name, outcome.kind, outcome.reason)

    def flush(self) -> None:
        """Hand what was written to the system, so that it outlives the process."""
        if self._stream is not None:
            self._stream.flush()

    def _line(
        self, group: Group, row: int, name: str, kind: str, code: str, **cell: str | None
    ) -> None:
        if self._writer is None:
            return
        self._writer.write(
            {
                "row": row,
                "source": group.source,
                "key": group.key,
                "field": name or None,
                "outcome": kind,
                "code": code or None,
                "message": self._words.get(code),
                **cell,
            }
        )


def summary_lines(report: ImportReport) -> list[str]:
    """Return the counts in words, one a line."""
    return [f"{words}: {report.counts.get(name, 0)}" for name, words in OUTCOMES.items()]
