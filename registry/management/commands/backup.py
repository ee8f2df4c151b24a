"""Back up the database and the media."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.preservation import BackupRefused, back_up


class Command(BaseCommand):
    help = "Back up the database and the media into a new or empty folder, with checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            kept = back_up(folder=options["folder"], now=timezone.now())
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Backed up: {kept}")
