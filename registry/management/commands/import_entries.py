"""Import a file of the entry table."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm  # type: ignore[import-untyped]

from registry.exchange import (
    CODES,
    FileRefused,
    ReadingOptions,
    import_entries,
    summary_lines,
)
from registry.formats import FORMATS
from registry.models import Role
from registry.records.ledger.reasons import own_reason


class Command(BaseCommand):
    help = "Import entries from a file of the entry table (CSV or JSON Lines)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="slug of the source of rows without one")
        parser.add_argument(
            "--create-source", default="", metavar="TITLE", help="create the source if it is new"
        )
        parser.add_argument("--format", choices=FORMATS, default="", help="else by the file's name")
        parser.add_argument("--dry-run", action="store_true", help="do everything and take it back")
        parser.add_argument(
            "--report", type=Path, help="write a line for each entry and field (.jsonl or .csv)"
        )
        parser.add_argument("--reason", default="", help="why, for the ledger")
        parser.add_argument(
            "--century",
            action="append",
            default=[],
            metavar="COLUMN=YEAR",
            help="the century of two-digit years of a column (birth_date=1800; *=1900 for all)",
        )
        parser.add_argument(
            "--serials",
            action="append",
            default=[],
            metavar="COLUMN",
            help="a column whose dates may be day numbers of a spreadsheet (* for all)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        with tqdm(unit=" rows", disable=not sys.stderr.isatty(), leave=False) as bar:

            def show(row: int, last: int) -> None:
                bar.total = last
                bar.update(row - bar.n)

            try:
                found = import_entries(
                    path=path,
                    source_slug=options["source"],
                    create_source_title=options["create_source"],
                    format=options["format"],
                    options=_reading_options(options["century"], options["serials"]),
                    dry_run=options["dry_run"],
                    report=options["report"],
                    progress=show,
                    role=Role.SYSTEM,
                    reason=options["reason"] or own_reason("import", file=path.name),
                    now=timezone.now(),
                )
            except FileRefused as error:
                raise CommandError(f"{CODES.get(error.code, error.code)} ({error})") from error
        if found.resumed:
            self.stdout.write(_("An import that was cut off was gone on with."))
        if found.dry_run:
            self.stdout.write(_("A dry run: nothing was written."))
        for line in summary_lines(found):
            self.stdout.write(line)
        # Whoever is new is found in any case; with many of them faster so.
        try:
            call_command("refresh_columns", stdout=self.stdout)
        except CommandError as error:
            self.stderr.write(str(error))


def _reading_options(centuries: list[str], serials: list[str]) -> ReadingOptions:
    stated = {}
    for text in centuries:
        column, _, year = text.rpartition("=")
        if not year.isdecimal() or int(year) % 100:
            raise CommandError(f"--century {text}: COLUMN=1800 or COLUMN=1900")
        stated[column or "*"] = int(year)
    return ReadingOptions(centuries=stated, serials=frozenset(serials))
