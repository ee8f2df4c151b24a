"""Whole requests: the search page through Django alone, and through gunicorn with two workers.

The load comes from this process, on the same cores as the workers: four clients that ask again as
soon as they are answered.
"""

from __future__ import annotations

import http.client
import logging
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from tests.relevance.queries import Asked

from .timing import percentiles, timed

WORKERS, CLIENTS, REQUESTS = 2, 4, 400
SECURE = {"X-Forwarded-Proto": "https"}
"""What a proxy says of a request that came by TLS: production answers no other."""
HOST = "127.0.0.1"
START_SECONDS = 30


def paths(asked: Sequence[Asked], count: int) -> list[str]:
    """Return addresses of the search page, of all classes of queries, each as often as it is."""
    chosen = random.Random(5).sample(list(asked), min(count, len(asked)))
    return [f"/people/?{urlencode(one.boxes)}" for one in chosen]


def measure_requests(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return the latency of the search page, with names, reasons and facets, in this process."""
    from django.core.management import call_command  # noqa: PLC0415 (Django first)
    from django.test import Client  # noqa: PLC0415 (Django first)

    call_command("collectstatic", interactive=False, verbosity=0)
    logging.getLogger("registry").setLevel(logging.WARNING)
    client = Client()

    def get(path: str) -> None:
        answer = client.get(path, secure=True, headers={"host": HOST})
        assert answer.status_code == 200, (path, answer.status_code)

    some = paths(asked, REQUESTS)
    timed(get, some[:20])
    return timed(get, some).told()


def measure_load(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return requests a second and latency through gunicorn, under load."""
    some = paths(asked, REQUESTS)
    with _gunicorn() as port:
        _ask(port, some[:20])
        start = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            shares = [some[number::CLIENTS] for number in range(CLIENTS)]
            times = [one for own in pool.map(lambda own: _ask(port, own), shares) for one in own]
        seconds = time.perf_counter() - start
    return {"requests a second": round(len(some) / seconds, 1), **percentiles(times)}


def _ask(port: int, some: Sequence[str]) -> list[float]:
    connection = http.client.HTTPConnection(HOST, port, timeout=60)

    def get(path: str) -> None:
        connection.request("GET", path, headers=SECURE)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)

    try:
        return timed(get, some).wall
    finally:
        connection.close()


@contextmanager
def _gunicorn() -> Iterator[int]:
    """Serve the registry as production does; yield the port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "memorial.wsgi", "--bind", f"{HOST}:{port}"]
    options = ["--workers", str(WORKERS), "--log-level", "error", "--preload"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([*command, *options], env={**os.environ, "DEBUG": "0"}, **quiet)
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)


def _wait(port: int) -> None:
    for _ in range(START_SECONDS * 10):
        try:
            with socket.create_connection((HOST, port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("gunicorn did not start")
