"""What an exception says about the machine: the database, the disk or the cache is gone."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from django.core.cache.backends.base import BaseCache
from django.db import InterfaceError, OperationalError

NO_DATABASE = (OperationalError, InterfaceError)
NO_DISK = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE}
)
SQLITE_FULL = "SQLITE_FULL"
POSTGRESQL_FULL = "53100"


def trouble_of(exception: BaseException | None) -> str:
    """Return `no-cache`, `no-room` or `unavailable` (the database), or nothing: our own fault."""
    for one in _chain(exception):
        if _came_from_cache(one):
            return "no-cache"
        if _is_full(one):
            return "no-room"
    database = any(isinstance(one, NO_DATABASE) for one in _chain(exception))
    return "unavailable" if database else ""


def _chain(exception: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and those it came of: Django and others raise their own in their place."""
    seen: set[int] = set()
    while exception is not None and id(exception) not in seen:
        seen.add(id(exception))
        yield exception
        exception = exception.__cause__ or exception.__context__


def _is_full(exception: BaseException) -> bool:
    if isinstance(exception, OSError):
        return exception.errno in NO_DISK
    name, state = getattr(exception, "sqlite_errorname", ""), getattr(exception, "sqlstate", "")
    return name == SQLITE_FULL or state == POSTGRESQL_FULL


def _came_from_cache(exception: BaseException) -> bool:
    """Tell whether a cache raised it: each kind of cache has exceptions of its own."""
    trace = exception.__traceback__
    while trace is not None:
        # By its type: to ask a lazy object what it is would ask the database.
        if issubclass(type(trace.tb_frame.f_locals.get("self")), BaseCache):
            return True
        trace = trace.tb_next
    return False
