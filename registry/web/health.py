"""Whether the site can work, told to programs: database, migrations, cache, disk."""

from __future__ import annotations

import logging
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse

from registry.search.index.fingerprint import Condition, condition

from .answers import safe_only

LEAST_FREE_MB = 200
"""Below this the disk counts as full: the database still needs room to close in order."""
_LOGGER = logging.getLogger(__name__)


class Unwell(Exception):
    """A part does not work: the message is a word of ours."""


@safe_only
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django gives it)
    """Answer 200 when every part works, else 503; each part says `ok` or what is wrong.

    Of the index of names it says whether it is that of this code
    (`registry.search.index.fingerprint`): a site with an older one works, and finds some names less
    well.
    """
    found = {name: _asked(check) for name, check in CHECKS.items()}
    well = set(found.values()) == {"ok"}
    response = JsonResponse(
        {
            "status": "ok" if well else "failing",
            **found,
            "search": _asked(_search),
            "read_only": settings.READ_ONLY,
        },
        status=200 if well else 503,
    )
    response["Cache-Control"] = "no-store"
    return response


def _asked(check: Callable[[], None]) -> str:
    try:
        check()
    except Unwell as unwell:
        return str(unwell)
    except Exception as error:  # whatever it is, it is what was asked for
        _LOGGER.exception("unhealthy", exc_info=error)
        return "failing"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    loader = MigrationLoader(connection)
    if set(loader.graph.nodes) - set(loader.applied_migrations or ()):
        raise Unwell("missing")


def _search() -> None:
    if (found := condition()) != Condition.CURRENT:
        raise Unwell(found)


def _cache() -> None:
    word = secrets.token_hex(4)
    cache.set("healthz", word, timeout=60)
    if cache.get("healthz") is None:
        raise Unwell("forgets")


def _disk() -> None:
    free = [_free_mb(folder) for folder in _folders()]
    if any(one is None for one in free):
        raise Unwell("missing")
    if min(one for one in free if one is not None) < LEAST_FREE_MB:
        raise Unwell("full")


def _folders() -> list[Path]:
    """Return the folders that must have room: media, and the database where it is a file."""
    folders = [Path(settings.MEDIA_ROOT)]
    if connection.vendor == "sqlite":
        folders.append(Path(str(connection.settings_dict["NAME"])).absolute().parent)
    return folders


def _free_mb(folder: Path) -> int | None:
    """Return the room left where a folder lies or will lie; None where it cannot be told."""
    there = next((one for one in (folder, folder.parent) if one.is_dir()), None)
    try:
        return shutil.disk_usage(there).free // 2**20 if there else None
    except OSError:
        return None


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "disk": _disk,
}
