"""Logs as lines of JSON that name nobody: no address, query, browser, account or record.

What others log is told by where it was logged, since their messages hold what was asked for and
by whom. Our own events are constant texts; what stands in their place holders is left out.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse

ROOT = Path(__file__).resolve().parents[2]
OWN = tuple(str(ROOT / name) + "/" for name in ("memorial", "registry"))
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
TOLD = ("method", "route", "status", "milliseconds")
"""What an event of ours may say beside its name."""
UNNAMED = "-"
_CONTRIBUTING = re.compile(r"/static/|(?:/(?:ru|uk))?/(?:submit|receipt)(?:/|$)")
"""Pages of contributors, and the static files that tell that one was opened."""

_LOGGER = logging.getLogger(__name__)
_request: ContextVar[str] = ContextVar("request", default="")
_unseen: ContextVar[bool] = ContextVar("unseen", default=False)


class Unseen(logging.Filter):
    """Leave out whatever happens while a contributor's page is answered, but for our faults.

    Lines stand in the order of their moments: a line without its time would still tell it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether the line is to be written."""
        return not _unseen.get() or record.levelno >= logging.ERROR


class JsonLines(logging.Formatter):
    """A line of JSON for each event."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; nothing that was given as a value gets into it."""
        own = record.name.partition(".")[0] == "registry"
        moment = datetime.fromtimestamp(record.created, tz=UTC)
        unseen = _unseen.get()
        line: dict[str, Any] = {
            # Of a fault on a contributor's page the day is told, and not when somebody was there.
            "time": moment.date().isoformat()
            if unseen
            else moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": str(record.msg) if own else f"{record.module}.{record.funcName}",
        }
        if unseen:
            # Of a fault on a contributor's page the day is told, and not when somebody was there.
            line["time"] = moment.date().isoformat()
        elif request := _request.get():
            line["request"] = request
        if own:
            line.update({name: vars(record)[name] for name in TOLD if name in vars(record)})
        if record.exc_info and record.exc_info[1]:
            line["exceptions"], line["frames"] = _told(record.exc_info[1])
        return json.dumps(line)


def _told(exception: BaseException) -> tuple[list[str], list[str]]:
    """Return the types of an exception and of what it came of, and our own frames of it.

    Never its text, which holds values, and never a line of the source.
    """
    types: list[str] = []
    frames: list[str] = []
    current: BaseException | None = exception
    while current is not None and len(types) < 10:
        types.append(f"{type(current).__module__}.{type(current).__qualname__}")
        frames += [
            f"{Path(frame.filename).relative_to(ROOT)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
            if frame.filename.startswith(OWN)
        ]
        current = current.__cause__ or current.__context__
    return types, list(dict.fromkeys(frames))


class RequestLog:
    """Log each request: its route, its status and how long it took, and a number of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and log that."""
        token = _request.set(secrets.token_hex(8))
        unseen = _unseen.set(bool(_CONTRIBUTING.match(request.path)))
        started = time.monotonic()
        try:
            response = self.get_response(request)
            route = request.resolver_match.view_name if request.resolver_match else UNNAMED
            asked = logging.DEBUG if route == "healthz" and response.status_code == 200 else None
            if not _unseen.get():
                _LOGGER.log(
                    asked or logging.INFO,
                    "request",
                    extra={
                        "method": request.method if request.method in METHODS else UNNAMED,
                        "route": route,
                        "status": response.status_code,
                        "milliseconds": round((time.monotonic() - started) * 1000),
                    },
                )
        finally:
            _request.reset(token)
            _unseen.reset(unseen)
        return response
