"""Delete what contributors left that has had its time; for a daily cron."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.submissions.purging import purge_submissions


class Command(BaseCommand):
    help = "Delete drafts nobody went on with, addresses after their time, files of no record."

    def handle(self, *_args: Any, **_options: Any) -> None:
        purged = purge_submissions(now=timezone.now())
        self.stdout.write(
            _("Deleted: drafts %(drafts)s; addresses %(contacts)s; files of no record %(files)s.")
            % {"drafts": purged.drafts, "contacts": purged.contacts, "files": purged.files}
        )
