"""Make a staff account, or give one a new start."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registry.records.ledger.accounts import ROLES, create_staff_account


class Command(BaseCommand):
    help = (
        "Make a staff account and print its one-time password. One that exists gets a new"
        " password, loses its second factor, and is logged out everywhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", choices=[role.value for role in ROLES])

    def handle(self, *_args: Any, **options: Any) -> None:
        role = next(role for role in ROLES if role.value == options["role"])
        password = create_staff_account(username=options["username"], role=role, now=timezone.now())
        self.stdout.write(f"{options['username']}: {password}")
        self.stdout.write("The password is good once: the desk asks for one of your own.")
