"""Reading on in a thread: what comes in which order, and what is left behind."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from registry.exchange.reading_ahead import read_ahead


def test_everything_comes_in_its_order_in_lists_of_the_size() -> None:
    assert list(read_ahead(range(7), size=3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(read_ahead(range(6), size=3)) == [[0, 1, 2], [3, 4, 5]]
    assert list(read_ahead([], size=3)) == []


def test_the_next_list_is_drawn_while_the_caller_has_the_last_and_no_further() -> None:
    drawn: list[int] = []
    complete = threading.Event()

    def numbers() -> Iterator[int]:
        for number in range(9):
            drawn.append(number)
            if number == 5:
                complete.set()
            yield number

    with closing(read_ahead(numbers(), size=3)) as lists:
        assert next(lists) == [0, 1, 2]
        assert complete.wait(timeout=30), "nothing was drawn while the caller had the first list"
    assert drawn == [0, 1, 2, 3, 4, 5]


def test_what_drawing_raises_comes_after_what_was_drawn_whole() -> None:
    def numbers() -> Iterator[int]:
        yield from range(4)
        raise LookupError("the end is torn off")

    lists = read_ahead(numbers(), size=2)
    assert [next(lists), next(lists)] == [[0, 1], [2, 3]]
    with pytest.raises(LookupError, match="the end is torn off"):
        next(lists)


@pytest.fixture
def turn() -> Iterator[float]:
    was = sys.getswitchinterval()
    sys.setswitchinterval(0.02)
    yield sys.getswitchinterval()
    sys.setswitchinterval(was)


def test_threads_take_long_turns_till_it_ends_or_is_left(turn: float) -> None:
    threads = threading.active_count()
    turns = [sys.getswitchinterval() for _ in read_ahead(range(4), size=2)]
    assert all(own > turn for own in turns)
    assert (sys.getswitchinterval(), threading.active_count()) == (turn, threads)
    with closing(read_ahead(range(4), size=2)) as lists:
        next(lists)
    assert (sys.getswitchinterval(), threading.active_count()) == (turn, threads)
