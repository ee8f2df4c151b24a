"""Send the mail that waits in the outbox; for a cron of every few minutes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.submissions.outbox import send_mails


class Command(BaseCommand):
    help = "Send the mail that waits; exit code 1 where the mail server does not take it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=200, help="mails at most (200)")

    def handle(self, *_args: Any, **options: Any) -> None:
        told = send_mails(now=timezone.now(), limit=options["limit"])
        self.stdout.write(
            _(
                "Mails sent: %(sent)s; to be tried again: %(postponed)s; given up: %(given_up)s; "
                "waiting: %(waiting)s."
            )
            % {
                "sent": told.sent,
                "postponed": told.postponed,
                "given_up": told.given_up,
                "waiting": told.waiting,
            }
        )
        words = {
            "no-mail": _("No mail server is set (EMAIL_URL)."),
            "unreachable": _("The mail server does not answer or does not take the mail."),
            "log-in-refused": _("The mail server refuses the name or the password."),
        }
        if told.stopped and told.waiting:
            raise CommandError(words[told.stopped])
