"""Show whom the rule about the possibly living no longer hides; for a daily cron."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registry.records import reassess_living


class Command(BaseCommand):
    help = "Show whom the rule about the possibly living hid and, as years went by, hides no more."

    def handle(self, *_args: Any, **_options: Any) -> None:
        shown = reassess_living(now=timezone.now())
        self.stdout.write(f"{shown} people are no longer taken to be possibly living.")
