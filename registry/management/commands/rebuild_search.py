"""Make the index of names anew; safe to stop, and to go on with."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm  # type: ignore[import-untyped]

from registry.models import Person
from registry.records.reindexing import rebuild_index


class Command(BaseCommand):
    help = "Index the names of everybody anew, after an upgrade that reads names otherwise."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--after", type=int, default=0, metavar="NUMBER", help="go on after this person"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        last: int = options["after"]
        total = Person.all_records.filter(pk__gt=last).count()
        done = 0
        with tqdm(total=total, unit=" people", disable=not sys.stderr.isatty(), leave=False) as bar:
            try:
                for number, count in rebuild_index(after=last):
                    last, done = number, done + count
                    bar.update(count)
            except KeyboardInterrupt:
                self.stderr.write(f"Stopped; go on with --after {last}.")
                sys.exit(130)
        self.stdout.write(f"{done} people are indexed anew.")
