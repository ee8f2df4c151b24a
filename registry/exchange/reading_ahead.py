"""Reading on while the database stores what was read."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

TURN = 0.1
"""Seconds a thread may go on while another would: longer than a statement is prepared."""

Item = TypeVar("Item")


def read_ahead(items: Iterable[Item], *, size: int) -> Generator[list[Item]]:
    """Yield the items in lists of `size`, each drawn in a thread while the caller uses the last.

    What drawing raises, the caller meets in the place of the list. Close the iterator that is
    left before its end.
    """
    rest = iter(items)
    with _in_long_turns(), ThreadPoolExecutor(1, "reading-ahead") as pool:
        coming = pool.submit(_draw, rest, size)
        while drawn := coming.result():
            coming = pool.submit(_draw, rest, size)
            yield drawn


def _draw(rest: Iterator[Item], size: int) -> list[Item]:
    drawn = []
    for item in islice(rest, size):
        drawn.append(item)
        # Who writes goes first: the reader only has the time in which the writer waits.
        time.sleep(0)
    return drawn


@contextmanager
def _in_long_turns() -> Iterator[None]:
    """Let a thread go on until it waits.

    By itself Python changes threads every 5 ms. The reader would be ready before the writer first
    waits, and the waiting, a third of an import on PostgreSQL, would be of no use.
    """
    was = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(was)
