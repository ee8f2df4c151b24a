"""A backup comes back whole: rows, armed ledger, media; whatever is wrong with it is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from registry.models import Change, Entry, Person
from registry.preservation import BackupRefused, back_up, postgresql, restore_backup
from registry.preservation.dumping import contents_of
from tests.databases import NOW, _use_database
from tests.programs import postgresql_folder

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def empty_database(folder: Path) -> Iterator[None]:
    """Let the site use a database that has nothing in it."""
    original = str(connection.settings_dict["NAME"])
    name = str(folder / "empty.sqlite3")
    if connection.vendor == "postgresql":
        name = f"{original}_empty"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    _use_database(name)
    try:
        yield
    finally:
        connection.close()
        _use_database(original)
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / "picture.jpg").write_bytes(b"not really a picture")
    settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture
def backup(registry_loaded: Path, media: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    back_up(folder=folder, now=NOW)
    return folder


def refused(code: str, folder: Path) -> None:
    with pytest.raises(BackupRefused) as caught:
        restore_backup(folder=folder)
    assert caught.value.code == code
    assert len(str(caught.value)) > len(code)


def test_a_backup_comes_back_whole(
    registry_loaded: Path, media: Path, tmp_path: Path, settings: Any, capsys: Any
) -> None:
    folder = tmp_path / "backup"
    before = contents_of(connection)
    names = list(Person.all_records.order_by("pk").values_list("pk", "full"))
    call_command("backup", str(folder))
    assert contents_of(connection) == before
    assert folder.stat().st_mode & 0o777 == 0o700
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, check=True)
    about = json.loads((folder / "backup.json").read_text())
    assert about["rows"]["registry_person"] == len(names) == 76
    shutil.rmtree(media)
    with empty_database(tmp_path):
        call_command("restore_backup", str(folder))
        assert contents_of(connection) == before
        assert list(Person.all_records.order_by("pk").values_list("pk", "full")) == names
        for act in (lambda: Change.all_records.update(reason="x"), Change.all_records.all().delete):
            with pytest.raises(IntegrityError), transaction.atomic():
                act()
        # The next of everything has a number of its own, and the site works.
        Entry.all_records.filter(pk=1).exists()
        assert Client().get("/people/1/").status_code == 200
        assert Client().get("/healthz").json()["migrations"] == "ok"
        call_command("make_account", "restored", "editor")
    assert (media / "ab" / "picture.jpg").read_bytes() == b"not really a picture"
    said = capsys.readouterr().out
    assert "Backed up: " in said
    assert (
        said.count(f"{sum(before.rows.values())} rows in {len(before.rows)} tables, 1 files") == 2
    )


def test_a_database_with_anything_in_it_is_refused(
    backup: Path, media: Path, tmp_path: Path
) -> None:
    before = contents_of(connection)
    shutil.rmtree(media)
    refused("database-not-empty", backup)
    with pytest.raises(CommandError, match="into an empty one"):
        call_command("restore_backup", str(backup))
    assert contents_of(connection) == before
    with empty_database(tmp_path):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE someone (id integer)")
        refused("database-not-empty", backup)
        assert contents_of(connection).rows == {"someone": 0}
    assert not media.exists()


def test_media_of_another_site_are_not_mixed_in(backup: Path, tmp_path: Path) -> None:
    with empty_database(tmp_path):
        refused("media-not-empty", backup)
        assert contents_of(connection).rows == {}


@pytest.mark.parametrize("fault", ["changed", "lost", "added", "cut-off", "another", "none"])
def test_a_backup_that_is_not_as_it_was_written_is_refused(
    backup: Path, media: Path, tmp_path: Path, fault: str
) -> None:
    shutil.rmtree(media)
    [database] = backup.glob("database.*")
    code = "damaged"
    if fault == "changed":
        content = bytearray(database.read_bytes())
        content[len(content) // 2] ^= 1
        database.write_bytes(content)
    elif fault == "lost":
        (backup / "media" / "ab" / "picture.jpg").unlink()
    elif fault == "added":
        (backup / "media" / "more.jpg").write_bytes(b"")
    elif fault == "cut-off":
        (backup / "SHA256SUMS").unlink()
        code = "unfinished"
    elif fault == "another":
        about = (backup / "backup.json").read_text()
        sums = (backup / "SHA256SUMS").read_text()
        other = about.replace(f'"{connection.vendor}"', '"oracle"')
        (backup / "backup.json").write_text(other)
        digest = subprocess.run(
            ["sha256sum", "backup.json"], cwd=backup, capture_output=True, text=True, check=True
        ).stdout
        lines = [digest if "backup.json" in line else f"{line}\n" for line in sums.splitlines()]
        (backup / "SHA256SUMS").write_text("".join(lines))
        code = "another-database"
    else:
        shutil.rmtree(backup)
        code = "unfinished"
    with empty_database(tmp_path):
        refused(code, backup)
        assert contents_of(connection).rows == {}
    assert not media.exists()


def test_a_backup_is_written_into_an_empty_folder_outside_the_media(
    media: Path, tmp_path: Path
) -> None:
    for folder, code in ((media, "folder-not-empty"), (media / "here", "folder-in-media")):
        with pytest.raises(BackupRefused) as caught:
            back_up(folder=folder, now=NOW)
        assert caught.value.code == code
        with pytest.raises(CommandError):
            call_command("backup", str(folder))
    assert not (media / "here").exists()


def test_what_did_not_come_back_the_same_is_said(
    backup: Path, media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(media)
    with empty_database(tmp_path):
        tool = __import__("registry.preservation.backups", fromlist=["TOOLS"]).TOOLS
        monkeypatch.setattr(tool[connection.vendor], "load", lambda _path: None)
        refused("came-back-different", backup)


def test_what_pg_dump_says_is_passed_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if postgresql_folder() is None:
        return  # named as left out at the end
    with pytest.raises(BackupRefused) as caught:
        postgresql._run("pg_restore", "--no-such-option")
    assert (caught.value.code, caught.value.what[0]) == ("program-failed", "pg_restore")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupRefused) as caught:
        postgresql._run("pg_dump")
    assert caught.value.code == "no-program"
