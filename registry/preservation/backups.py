"""A backup: the database by its own tool, the media, what it holds, and a checksum of each file.

A folder `database.sqlite3` or `database.pgdump`, `media/`, `backup.json` (rows of each table,
triggers) and, written last, `SHA256SUMS`, which `sha256sum -c` checks without this program.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from . import postgresql, sqlite
from .dumping import BackupRefused, Contents, contents_of

SUMS, ABOUT, MEDIA = "SHA256SUMS", "backup.json", "media"
TOOLS = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds: tables, rows, files of media, bytes."""

    tables: int
    rows: int
    files: int
    size: int

    def __str__(self) -> str:
        """Say it in a line."""
        size = f"{self.size / 2**20:.1f} MB"
        return f"{self.rows} rows in {self.tables} tables, {self.files} files of media; {size}."


def back_up(*, folder: Path, now: datetime) -> Kept:
    """Write a backup of database and media into a new or empty folder.

    The database is read as it was at one moment; whoever writes meanwhile is not held up. The
    media come after it, so that every file a record names is there. Raises BackupRefused.
    """
    media = Path(settings.MEDIA_ROOT)
    if _filled(folder):
        raise BackupRefused("folder-not-empty")
    if folder.resolve().is_relative_to(media.resolve()):
        raise BackupRefused("folder-in-media")
    # Password hashes and the secrets of second factors are in it.
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    tool = TOOLS[connection.vendor]
    contents = tool.dump(folder / tool.FILE)
    if media.is_dir():
        shutil.copytree(media, folder / MEDIA)
    about = {
        "made_at": now.isoformat(timespec="seconds"),
        "database": connection.vendor,
        **contents.as_data(),
    }
    text = json.dumps(about, indent=1, sort_keys=True) + "\n"
    (folder / ABOUT).write_text(text, encoding="utf-8")
    sums = {name: _digest(folder / name) for name in _files(folder)}
    lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    (folder / SUMS).write_text(lines, encoding="utf-8")
    return _kept(folder, contents)


def restore_backup(*, folder: Path) -> Kept:
    """Put a backup into an empty database and an empty folder of media.

    Everything is checked first; the database comes back whole or not at all. Raises
    BackupRefused: also where what came back is not what was backed up.
    """
    media = Path(settings.MEDIA_ROOT)
    about = _checked(folder)
    if about["database"] != connection.vendor:
        raise BackupRefused("another-database", about["database"])
    if contents_of(connection).rows:
        raise BackupRefused("database-not-empty")
    if _filled(media):
        raise BackupRefused("media-not-empty")
    if (folder / MEDIA).is_dir():
        shutil.copytree(folder / MEDIA, media, dirs_exist_ok=True)
    tool = TOOLS[connection.vendor]
    tool.load(folder / tool.FILE)
    contents = contents_of(connection)
    if contents.as_data() != {name: about[name] for name in ("rows", "triggers")}:
        raise BackupRefused("came-back-different")
    return _kept(folder, contents)


def _checked(folder: Path) -> dict[str, Any]:
    """Return what a backup says of itself, once every file of it is as it was written."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise BackupRefused("unfinished") from error
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = [name for name in _files(folder) if name != SUMS]
    if set(found) != set(sums):
        raise BackupRefused("damaged", *sorted(set(found) ^ set(sums))[:3])
    for name, digest in sums.items():
        if _digest(folder / name) != digest:
            raise BackupRefused("damaged", name)
    about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    return about


def _files(folder: Path) -> Iterator[str]:
    """Yield the files of a backup, in order, by their names inside it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _filled(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())


def _kept(folder: Path, contents: Contents) -> Kept:
    names = list(_files(folder))
    return Kept(
        tables=len(contents.rows),
        rows=sum(contents.rows.values()),
        files=sum(name.startswith(f"{MEDIA}/") for name in names),
        size=sum((folder / name).stat().st_size for name in names),
    )
