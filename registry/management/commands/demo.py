"""Make a working site out of nothing, and serve it on this machine."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.exchange import FileRefused, load_registry
from registry.models import Role
from registry.records.ledger.accounts import create_staff_account

EDITOR = "editor"
ADDRESSES = (
    ("", "the registry"),
    ("people/?q=Мандельштам", "what each source says about one man"),
    ("people/?q=Mandelsztam", "the same man, typed in Polish"),
    ("sites/", "places"),
    ("ru/", "in Russian"),
    ("uk/", "in Ukrainian"),
    ("api/v1/people?q=Babel", "for programs"),
)


class Command(BaseCommand):
    help = "Migrate, load the first records, make an editor's account, and serve on 127.0.0.1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--noreload", action="store_true", help="as runserver has it; never done"
        )
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo gives out an editor's password: not with DEBUG off.")
        name = settings.DATABASES["default"]["NAME"]
        if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        self._load()
        now = timezone.now()
        password = create_staff_account(username=EDITOR, role=Role.EDITOR, now=now)
        home = f"http://127.0.0.1:{options['port']}/"
        self.stdout.write("")
        for path, what in ADDRESSES:
            self.stdout.write(f"  {home}{path}   {what}")
        self.stdout.write("")
        self.stdout.write(f"  {home}admin/   the editors' desk: {EDITOR}, {password}")
        self.stdout.write(
            "  The password is good once: the desk asks for one of your own and then for a"
            " second factor (any TOTP app)."
        )
        self.stdout.write("")
        self.stdout.flush()
        if not options["no_serve"]:
            # The reloader would run all of this again, and make another password.
            call_command("runserver", f"127.0.0.1:{options['port']}", use_reloader=False)

    def _load(self) -> None:
        self.stdout.write("Loading the first records …")
        self.stdout.flush()
        try:
            report = load_registry(settings.BASE_DIR / "fixtures", now=timezone.now())
        except FileRefused as error:
            raise CommandError(str(error)) from error
        if report.changed:
            loaded = ", ".join(f"{count} {name}" for name, count in report.counts.items())
            self.stdout.write(f"Loaded: {loaded}.")
        else:
            self.stdout.write("They are there already.")
