"""Processes of their own, and databases for them: what is killed must not be the test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def start(database: str, code: str, *arguments: str) -> subprocess.Popen[str]:
    """Start Python code on a database, and return the process; its output is line by line."""
    # Coverage of a process that is killed is lost, and its data file broken.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={
            **environment,
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "memorial.settings"),
            "DATABASE_URL": database,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def python(database: str, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python code on a database to its end, whatever that is."""
    process = start(database, code, *arguments)
    told, errors = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, told, errors)


def output(database: str, code: str, *arguments: str) -> Any:
    """Run Python code on a database; return the JSON it printed, if any."""
    done = python(database, code, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout else None


@contextmanager
def copied_databases(migrated: str, folder: Path, blocker: Any) -> Iterator[list[str]]:
    """Yield the addresses of two copies of a database that nobody is connected to."""
    one, other = (f"killed_{os.getpid()}_{number}" for number in range(2))
    if connection.vendor == "sqlite":
        for name in (one, other):
            shutil.copy(migrated, folder / name)
        yield [f"sqlite:///{folder / name}" for name in (one, other)]
        return
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        try:
            for name in (one, other):
                cursor.execute(f"CREATE DATABASE {name} TEMPLATE {migrated}")
            yield [_on_the_server(name) for name in (one, other)]
        finally:
            for name in (one, other):
                cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def database_in_use() -> str:
    """Return the address of the database the test runs on, for a test that commits."""
    name = str(connection.settings_dict["NAME"])
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else _on_the_server(name)


def _on_the_server(name: str) -> str:
    server = settings.DATABASES["default"]
    place = f"{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}"
    return f"postgresql://{place}/{name}"
