"""Importing a file of entries: in batches, each in its own transaction, resumable, one Change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction

from registry.formats import read_rows
from registry.models import (
    Change,
    ChangeKind,
    Entry,
    ImportRun,
    Role,
    Source,
    SourceKind,
    SourceStatus,
    Spelling,
    Standing,
    Term,
    Vocabulary,
)
from registry.records import (
    CHANGED,
    NEW,
    SAME,
    EntryWriter,
    Outcome,
    SourceDraft,
    begin_change,
    put_sources,
)
from registry.records.drafts.entries import EntryDraft
from registry.records.entries.imports import advance_run, begin_run, find_open_run
from registry.records.ledger.batching import collecting_by_batch
from registry.search.columns.sql import Among

from .entry_table import EntryReader, Group, Read, group_rows
from .gathering import Known, ReadingOptions
from .inspecting import FileRefused, inspect_file, refusing
from .reading_ahead import read_ahead
from .recognising import RegionBook
from .reporting import REFUSED, UNREAD, ImportReport, ReportFile

BATCH = 1000
"""Entries of one transaction: what a killed import has to do again at most."""
LOWEST_RANK = 6
"""Of a source an import creates, until an editor has looked at it and sets it by hand."""
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")

Progress = Callable[[int, int], None]
"""Is told the number of the row done and of the last one, after every batch."""
Refused = Callable[[Group, str, str], None]
"""Is told of every refusal: the group, the field and the code."""


def import_entries(
    *,
    path: Path,
    source_slug: str = "",
    create_source_title: str = "",
    format: str = "",  # noqa: A002 (as users say)
    options: ReadingOptions | None = None,
    dry_run: bool = False,
    report: Path | None = None,
    progress: Progress | None = None,
    on_refused: Refused | None = None,
    by: AbstractBaseUser | None = None,
    role: Role,
    reason: str,
    now: datetime,
) -> ImportReport:
    """Import a file of the entry table, and return what became of its entries.

    The file is looked over first and refused whole, with FileRefused, where it is broken; a row
    that is wrong is refused alone. Every 1000 entries are one transaction, and how far it came
    is saved in the same one: run again after a kill, it goes on under the same Change. A file
    that changes nothing makes no Change. A dry run does everything and takes it back. Memory
    does not grow with the file but for 16 bytes an entry.
    """
    options = options or ReadingOptions()
    _check_source(source_slug, create_source_title)
    with refusing():
        found = inspect_file(path, source=source_slug, format=format, options=options)
    run = None if dry_run else find_open_run(found.digest)
    ledger = _Ledger(
        digest=found.digest, by=by, role=role, reason=reason, now=now, run=run,
        source=_new_source(source_slug, create_source_title),
    )  # fmt: skip
    reader = EntryReader(options=options, known=known_terms())
    done = run.rows_done if run else 0
    with ExitStack() as stack:
        stack.enter_context(refusing())
        stream = stack.enter_context(path.open("rb"))
        lines = _open_report(stack, report, resumed=run is not None)
        lines.on_refused = on_refused
        stack.enter_context(_unlogged())
        collect = stack.enter_context(collecting_by_batch())
        stack.enter_context(transaction.atomic() if dry_run else nullcontext())
        groups = group_rows(read_rows(stream, format=found.format), source=source_slug)
        rest = (group for group in groups if group.rows[0].number > done)
        batches = read_ahead(map(reader.read, rest), size=BATCH)
        for batch in stack.enter_context(closing(batches)):
            _import_batch(batch, ledger, lines)
            if progress:
                progress(batch[-1].group.last, found.last_row)
            collect()
        ledger.finish(found.last_row)
        if dry_run:
            transaction.set_rollback(True)
    return ImportReport(
        change=ledger.change.pk if ledger.change and not dry_run else None,
        rows=found.last_row,
        dry_run=dry_run,
        resumed=run is not None,
        counts={name: ledger.counts[name] for name in (NEW, CHANGED, SAME, REFUSED, UNREAD)},
    )


def known_terms() -> Known:
    """Return what is in the vocabularies now."""
    codes: dict[str, set[str]] = {}
    for vocabulary, code in Term.all_records.values_list("vocabulary", "code"):
        codes.setdefault(vocabulary, set()).add(code)
    regions = Spelling.all_records.filter(vocabulary=Vocabulary.REGION, term__isnull=False)
    return Known(
        articles=frozenset(codes.get(Vocabulary.ARTICLE, ())),
        sentence_kinds=frozenset(codes.get(Vocabulary.SENTENCE_KIND, ())),
        regions=RegionBook(regions.order_by("pk").values_list("text", "term__code")),
    )


@dataclass(slots=True)
class _Ledger:
    """The Change of an import, begun when there is something to write, and how far it came."""

    digest: str
    by: AbstractBaseUser | None
    role: Role
    reason: str
    now: datetime
    run: ImportRun | None
    source: SourceDraft | None
    change: Change | None = None
    writer: EntryWriter | None = None
    counts: Counter[str] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.counts = Counter(self.run.counts if self.run else {})
        if self.run is not None:
            self.change = self.run.change

    def put(self, drafts: Sequence[EntryDraft]) -> list[Outcome]:
        """Write drafts in the caller's transaction, which is rolled back if nothing came of it.

        Only a Change begun for these drafts can have come to nothing.
        """
        fresh = self.change is None
        if self.change is None:
            self.change = begin_change(
                kind=ChangeKind.IMPORT, by=self.by, role=self.role, reason=self.reason, now=self.now
            )
            self.run = begin_run(change=self.change, digest=self.digest)
            if self.source is not None:
                put_sources(drafts=[self.source], change=self.change)
        if self.writer is None:
            self.writer = EntryWriter(change=self.change, now=self.now)
        outcomes = self.writer.put(drafts)
        if fresh and not any(outcome.kind in {NEW, CHANGED} for outcome in outcomes):
            transaction.set_rollback(True)
            self.change = self.run = self.writer = None
        return outcomes

    def advance(self, row: int) -> None:
        """Save how far the import has come, if it has begun to write."""
        if self.run is not None:
            advance_run(run=self.run, rows_done=row, counts=self.counts)

    def finish(self, row: int) -> None:
        """Close the run, so that the next of the same file begins anew."""
        if self.run is not None:
            advance_run(run=self.run, rows_done=row, counts=self.counts, finished_at=self.now)


def _import_batch(reads: list[Read], ledger: _Ledger, lines: ReportFile) -> None:
    """Write one batch in one transaction, then report on it."""
    drafts = [read.draft for read in reads if read.draft is not None]
    outcomes: dict[tuple[str, str], Outcome] = {}
    with transaction.atomic():
        same = _unchanged(drafts)
        for key in same:
            outcomes[key] = Outcome(*key, SAME)
        pending = [draft for draft in drafts if (draft.source, draft.key) not in same]
        if pending:
            for outcome in ledger.put(pending):
                outcomes[outcome.source, outcome.key] = outcome
        ledger.counts.update(outcome.kind for outcome in outcomes.values())
        ledger.counts[REFUSED] += sum(read.draft is None for read in reads)
        ledger.counts[UNREAD] += sum(date.is_unread for read in reads for date in read.dates)
        ledger.advance(reads[-1].group.last)
    for read in reads:
        lines.add(read, outcomes.get((read.group.source, read.group.key)) if read.draft else None)
    lines.flush()


def _unchanged(drafts: Sequence[EntryDraft]) -> set[tuple[str, str]]:
    """Return the source and key of drafts whose rows are those the entry was read from."""
    by_source: dict[str, dict[str, str]] = {}
    for draft in drafts:
        by_source.setdefault(draft.source, {})[draft.key] = draft.content_hash
    same = set()
    for source, hashes in by_source.items():
        rows = Entry.all_records.filter(
            source__slug=source, **{f"key__{Among.lookup_name}": hashes}
        ).order_by()
        rows = rows.exclude(standing=Standing.REVERTED)
        for key, content_hash in rows.values_list("key", "content_hash"):
            if hashes[key] == content_hash:
                same.add((source, key))
    return same


def _check_source(slug: str, title: str) -> None:
    known = Source.all_records.filter(slug=slug).first() if slug else None
    if known is not None and known.status != SourceStatus.IN_USE:
        raise FileRefused("withdrawn-source", field="source", value=slug)
    if known is None and slug and not title:
        raise FileRefused("unknown-source", field="source", value=slug)
    if known is None and slug and (len(title) > 500 or not _SLUG.fullmatch(slug)):
        raise FileRefused("bad-source", field="source", value=slug)


def _new_source(slug: str, title: str) -> SourceDraft | None:
    """Return the source to create, or None; it stands lowest until an editor ranks it."""
    if not slug or not title or Source.all_records.filter(slug=slug).exists():
        return None
    return SourceDraft(slug=slug, kind=SourceKind.DATABASE.value, rank=LOWEST_RANK, title=title)


def _open_report(stack: ExitStack, path: Path | None, *, resumed: bool) -> ReportFile:
    """Open the file of the report; that of an import cut off is added to."""
    if path is None:
        return ReportFile(None)
    stream = stack.enter_context(path.open("ab" if resumed else "wb"))
    return ReportFile(stream, name=path.name)


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keep Django from copying the text of every statement, as it does with DEBUG on."""
    connection.make_debug_cursor = connection.make_cursor  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        del connection.make_debug_cursor
