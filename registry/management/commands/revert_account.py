"""Undo all that an account did since a moment."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from registry.models import Role
from registry.records.undoing.reverting import changes_of, preview_changes, undo_changes
from registry.records.undoing.words import left_lines


def moment(text: str) -> datetime:
    """Read a moment in ISO form; without a zone it is UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class Command(BaseCommand):
    help = "Undo all that an account did since a moment; what came after is listed and stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--since", type=moment, required=True, metavar="ISO")
        parser.add_argument("--until", type=moment, metavar="ISO", help="before this moment")
        parser.add_argument("--reason", required=True, help="why, for the ledger and for readers")
        parser.add_argument("--dry-run", action="store_true", help="tell and change nothing")
        parser.add_argument(
            "--show-hidden", action="store_true", help="show again whom the account has hidden"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        account = User.objects.filter(username=options["username"]).first()
        if account is None:
            raise CommandError(_("There is no account of this name."))
        changes = changes_of(account=account, since=options["since"], until=options["until"])
        common: dict[str, Any] = {
            "changes": changes,
            "by": None,
            "role": Role.SYSTEM,
            "now": timezone.now(),
            "show_hidden": options["show_hidden"],
        }
        if options["dry_run"]:
            results = preview_changes(**common)
            self.stdout.write(_("A dry run: nothing was written."))
        else:
            results = undo_changes(**common, reason=options["reason"])
        number = sum(1 for result in results if result.change)
        said = ngettext("%(number)s change undone.", "%(number)s changes undone.", number)
        self.stdout.write(said % {"number": number})
        for line in left_lines(results):
            fields = f" ({', '.join(line.fields)})" if line.fields else ""
            self.stdout.write(f"{line.record}{fields}: {line.why}")
