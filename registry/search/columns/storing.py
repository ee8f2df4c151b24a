"""Columns as files: written whole, then named in the database, then opened by every process.

A version is a folder with one file an array, mapped into memory, so that all processes share
them. What a killed process has left is taken away by the next that writes.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection, transaction

from registry.models import ChangedPerson, ColumnsVersion

from .layout import Array, Part
from .reading import read_columns
from .sql import one_moment

FORMAT = 1
"""Counts up when columns come to be read otherwise: older files are passed over."""
ABOUT = "about.json"
LOCK = "lock"
UNFINISHED = ".unfinished"
WORTH_WRITING = 2_000
"""People changed from which writing anew is worth it: so many are kept in memory with ease."""
FORGOTTEN_AT_ONCE = 10_000


class ColumnsMissing(Exception):
    """The version in force cannot be opened: its files are gone, damaged or of another format."""


def open_columns(name: str) -> Part:
    """Return the columns of a version. Raises `ColumnsMissing`."""
    folder = root() / name
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            raise ColumnsMissing(name)
        return Part({array: _mapped(folder / f"{array}.npy") for array in about["arrays"]})
    except (OSError, ValueError, KeyError) as error:
        raise ColumnsMissing(name) from error


def _mapped(path: Path) -> Array:
    array: Array = np.load(path, mmap_mode="r", allow_pickle=False)
    return array


def root() -> Path:
    """Return the folder of all versions for the database in use."""
    own = connection.settings_dict
    name = ":".join(str(own[part]) for part in ("HOST", "PORT", "NAME"))
    return Path(settings.COLUMNS_ROOT) / hashlib.sha256(name.encode()).hexdigest()[:12]


def write_columns(*, at_least: int = WORTH_WRITING) -> int | None:
    """Write the columns anew and put them in force; return of how many people.

    None where fewer than `at_least` have changed since the last time and those in force can be
    opened, or where another process is writing. Raises OSError where the folder cannot be
    written to.
    """
    if not _is_worth_it(at_least):
        return None
    root().mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone() as alone:
        if not alone:
            return None
        _clear(keep=_in_force())
        name = secrets.token_hex(8)
        with one_moment(), _uncollected():
            changed = list(ChangedPerson.all_records.order_by().values_list("person", "stamp"))
            arrays = read_columns()
        number = len(arrays["ids"])
        _save(arrays, name)
        del arrays
        ColumnsVersion.all_records.update_or_create(pk=1, defaults={"name": name})
        _forget(changed)
    return number


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no rings of objects meanwhile: of millions of rows it costs a third of the time."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _is_worth_it(at_least: int) -> bool:
    if ChangedPerson.all_records.order_by()[:at_least].count() >= at_least:
        return True
    try:
        return bool(_in_force()) and not open_columns(_in_force()).arrays
    except ColumnsMissing:
        # A database restored from a backup, or a folder somebody has emptied.
        return True


def _in_force() -> str:
    return ColumnsVersion.all_records.values_list("name", flat=True).first() or ""


@contextmanager
def _alone() -> Iterator[bool]:
    """Hold the lock of the folder, if nobody does; it ends with the process that holds it."""
    with (root() / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _clear(*, keep: str) -> None:
    """Take away all versions but the one in force; whoever has opened them keeps what they have."""
    for folder in root().iterdir():
        if folder.is_dir() and folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)


def _save(arrays: dict[str, Array], name: str) -> None:
    unfinished = root() / (name + UNFINISHED)
    unfinished.mkdir(mode=0o700)
    for array, values in arrays.items():
        with (unfinished / f"{array}.npy").open("wb") as file:
            np.save(file, values, allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
    about = {"format": FORMAT, "arrays": sorted(arrays)}
    (unfinished / ABOUT).write_text(json.dumps(about), encoding="utf-8")
    unfinished.rename(root() / name)


def _forget(changed: list[tuple[int, int]]) -> None:
    """Strike those off who stand in the columns as they are now.

    Whoever has changed since has another stamp. Those that are left while this goes on, or for
    ever if it is cut off, are only asked of the database once more than they need be.
    """
    table = connection.ops.quote_name(ChangedPerson._meta.db_table)
    for first in range(0, len(changed), FORGOTTEN_AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {table} WHERE person = %s AND stamp = %s",  # noqa: S608 (our own name)
                changed[first : first + FORGOTTEN_AT_ONCE],
            )
