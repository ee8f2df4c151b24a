"""Limits: counted in the cache by a number that means nothing tomorrow, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.test import RequestFactory

from registry.submissions import limits
from registry.submissions.limits import LIMITS, NotCounted, allows, count
from registry.submissions.visitors import address_of, keyed_address
from registry.web.trouble import trouble_of

ADDRESS = "203.0.113.77"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def keys() -> set[str]:
    """Return what the cache of the tests holds, in every form it has it in."""
    return {f"{key}={value!r}" for key, value in cache._cache.items()}  # type: ignore[attr-defined]


def test_as_many_as_are_allowed_pass_and_the_next_does_not() -> None:
    answers = [count("x", ADDRESS, limit=3, seconds=60) for _ in range(5)]
    assert answers == [True, True, True, False, False]
    assert count("x", "203.0.113.78", limit=3, seconds=60), "another visitor"
    assert count("y", ADDRESS, limit=3, seconds=60), "another bucket"


def test_several_are_counted_at_once() -> None:
    assert count("x", ADDRESS, limit=10, seconds=60, amount=10)
    assert not count("x", ADDRESS, limit=10, seconds=60)


def test_the_time_begins_with_the_first_and_is_not_drawn_out() -> None:
    with time_machine.travel("2026-01-15T12:00:00Z", tick=False) as clock:
        assert count("x", ADDRESS, limit=1, seconds=60)
        clock.shift(59)
        assert not count("x", ADDRESS, limit=1, seconds=60)
        clock.shift(2)
        assert count("x", ADDRESS, limit=1, seconds=60)


def test_many_at_once_are_all_counted() -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: count("x", ADDRESS, limit=70, seconds=60), range(200)))
    assert answers.count(True) == 70


def test_a_time_that_ends_between_two_steps_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    cache_type = type(cache._connections["default"])  # type: ignore[attr-defined]
    real: Callable[..., Any] = cache_type.incr
    lost: list[str] = []

    def lose_once(self: Any, key: str, *args: Any) -> Any:
        if not lost:
            lost.append(key)
            self.delete(key)
        return real(self, key, *args)

    monkeypatch.setattr(cache_type, "incr", lose_once)
    assert count("x", ADDRESS, limit=1, seconds=60)
    assert lost
    assert not count("x", ADDRESS, limit=1, seconds=60)


def test_what_is_counted_today_cannot_be_joined_to_tomorrow() -> None:
    with time_machine.travel("2026-01-15T23:59:59Z", tick=False) as clock:
        before = keyed_address(ADDRESS)
        assert before == keyed_address(ADDRESS)
        clock.shift(2)
        assert keyed_address(ADDRESS) != before
        clock.shift(-2)
        assert keyed_address(ADDRESS) == before


def test_the_key_hangs_on_the_secret_of_the_site(settings: Any) -> None:
    before = keyed_address(ADDRESS)
    settings.SECRET_KEY = "another secret of the site"
    assert keyed_address(ADDRESS) != before


def test_no_address_stands_in_the_cache() -> None:
    for address in (ADDRESS, "2001:db8::77", "someone@mail.example"):
        for bucket in LIMITS:
            assert allows(bucket, address)
    held = keys()
    assert len(held) == 3 * len(LIMITS)
    told = " ".join(held).casefold()
    for mark in (ADDRESS, "203.0", "2001:db8", "someone", "mail.example"):
        assert mark not in told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::77", "2001:db8:1:2:ffff:1:2:3", True),
        ("2001:db8:1:2::77", "2001:0DB8:0001:0002::1", True),
        ("2001:db8:1:2::77", "2001:db8:1:3::77", False),
        ("::ffff:203.0.113.77", "203.0.113.77", True),
        ("203.0.113.77:51234", "203.0.113.77", True),
        ("[2001:db8:1:2::77]:443", "2001:db8:1:2::1", True),
        ("[2001:db8:1:2::77]", "2001:db8:1:2::1", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("203.0.113.77", "203.0.113.78", False),
        ("", "unknown", False),
        ("[x]:1", "[y]:1", False),
    ],
)
def test_ipv6_is_counted_by_the_household(one: str, other: str, same: bool) -> None:
    assert (keyed_address(one) == keyed_address(other)) is same


@pytest.mark.parametrize(
    ("proxies", "passed", "expected"),
    [
        (0, None, "192.0.2.1"),
        (0, "203.0.113.77", "192.0.2.1"),
        (1, "203.0.113.77", "203.0.113.77"),
        (1, "198.51.100.1, 203.0.113.77", "203.0.113.77"),
        (2, "forged, 203.0.113.77, 198.51.100.2", "203.0.113.77"),
        (2, "203.0.113.77", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, None, "192.0.2.1"),
    ],
)
def test_a_proxy_is_believed_where_there_is_one(
    proxies: int, passed: str | None, expected: str, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = proxies
    given = {} if passed is None else {"HTTP_X_FORWARDED_FOR": passed}
    assert address_of({"REMOTE_ADDR": "192.0.2.1", **given}) == expected


def test_log_ins_are_counted_by_the_same_number(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=f"forged, {ADDRESS}")
    assert get_adapter().get_client_ip(request) == keyed_address(ADDRESS)


@pytest.mark.parametrize(
    "backend", ["tests.gone.GoneCache", "django.core.cache.backends.dummy.DummyCache"]
)
def test_a_cache_that_is_gone_loses_nobody_s_work_and_opens_no_receipt(
    backend: str, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CACHES = {"default": {"BACKEND": backend}}
    assert {name for name, limit in LIMITS.items() if limit.closed} == {"receipt", "mail"}
    for bucket, limit in LIMITS.items():
        if not limit.closed:
            assert allows(bucket, ADDRESS, amount=10_000)
            continue
        with pytest.raises(NotCounted) as not_counted:
            allows(bucket, ADDRESS)
        assert trouble_of(not_counted.value) == "no-cache"
    assert len(caplog.records) == len(LIMITS)
    assert {record.getMessage() for record in caplog.records} == {"not-counted"}


def test_each_limit_leaves_room_for_a_crowd_and_says_why() -> None:
    for bucket, limit in LIMITS.items():
        assert limit.why, bucket
        assert limit.most >= 5
        assert limits.HOUR <= limit.seconds <= limits.DAY
    # One submission may take forty files, ten a page: never a limit in the middle of it.
    assert LIMITS["upload"].most >= 40
