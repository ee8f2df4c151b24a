"""Write the columns of the search anew, where enough people have changed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.search.columns import write_columns
from registry.search.columns.storing import WORTH_WRITING


class Command(BaseCommand):
    help = "Write the columns of the search anew, where enough people have changed since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at-least",
            type=int,
            default=WORTH_WRITING,
            metavar="NUMBER",
            help="only where so many people have changed (0: in any case)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            number = write_columns(at_least=options["at_least"])
        except OSError as error:
            raise CommandError(f"The columns cannot be written: {error}") from error
        if number is not None:
            self.stdout.write(f"The columns of {number} people are written.")
