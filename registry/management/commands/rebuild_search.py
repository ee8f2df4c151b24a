"""Make the index of names anew; safe to stop, and to go on with."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm  # type: ignore[import-untyped]

from registry.records.ledger.reindexing import people_to_index, rebuild_index
from registry.search.index.fingerprint import Condition, condition

SAID = {
    Condition.CURRENT: "The index of names is that of this code.",
    Condition.OUTDATED: "The index of names was made by other code: run rebuild_search.",
    Condition.BUILDING: "The making of the index of names was cut off: run rebuild_search.",
    Condition.MISSING: "Nobody is found by name before rebuild_search is run.",
}


class Command(BaseCommand):
    help = (
        "Index the names of everybody anew, after an upgrade that reads names otherwise. Stopped "
        "or killed, it goes on where it was when it is run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="only say whether the index is that of this code; exit 1 when it is not",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["check"]:
            found = condition()
            self.stdout.write(SAID[found])
            if found != Condition.CURRENT:
                sys.exit(1)
            return
        done = 0
        total = people_to_index()
        with tqdm(total=total, unit=" people", disable=not sys.stderr.isatty(), leave=False) as bar:
            try:
                for _, count in rebuild_index():
                    done += count
                    bar.update(count)
            except KeyboardInterrupt:
                self.stderr.write("Stopped; run it again to go on.")
                sys.exit(130)
        self.stdout.write(f"{done} people are indexed anew.")
