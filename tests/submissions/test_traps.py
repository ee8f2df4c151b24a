"""Traps: programs spring them, and a person who does is only asked to send the form again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from registry.submissions.traps import MOST, Trapped, check_traps, form_token, once_of

SHOWN = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
FORM = "person"


def sent(seconds: float, *, token: str = "", honeypot: str = "", **said: Any) -> Trapped:
    """Send the form so many seconds after it was shown."""
    now = SHOWN + timedelta(seconds=seconds)
    own = token or form_token(FORM, now=SHOWN)
    return check_traps(FORM, token=own, honeypot=honeypot, now=now, **said)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (0, "too-fast"),
        (1.9, "too-fast"),
        (2, ""),
        (3600, ""),
        (MOST.total_seconds(), ""),
        (MOST.total_seconds() + 1, "too-old"),
        (-59, "too-fast"),
        (-61, "forged"),
    ],
)
def test_a_form_is_sent_neither_in_no_time_nor_after_days(seconds: float, code: str) -> None:
    trapped = sent(seconds)
    assert trapped.code == code
    assert bool(trapped) is bool(code)


def test_a_field_nobody_sees_is_left_empty() -> None:
    assert sent(10, honeypot="https://example.org").code == "filled-in"


def test_whoever_was_too_fast_passes_when_she_sends_it_again() -> None:
    first = sent(0.5)
    assert first.code == "too-fast"
    assert sent(2.5, token=first.token) == Trapped("", first.token, once_of(first.token))


@pytest.mark.parametrize("token", ["", "x", "1768478400:x", ":", "\0", "1768478400", "é" * 9_999])
def test_what_was_not_signed_here_is_told(token: str) -> None:
    now = SHOWN + timedelta(seconds=10)
    again = check_traps(FORM, token=token, honeypot="", now=now)
    assert again.code == "forged"
    assert not sent(13, token=again.token)


def test_every_other_trap_begins_the_time_anew() -> None:
    for again in (sent(10, honeypot="x"), sent(10, token="x")):
        assert sent(11, token=again.token).code == "too-fast"
        assert sent(12, token=again.token).code == ""
    late = sent(MOST.total_seconds() + 1)
    assert sent(MOST.total_seconds() + 4, token=late.token).code == ""


def test_a_token_is_good_for_its_own_form() -> None:
    other = form_token("biography", now=SHOWN)
    assert sent(10, token=other).code == "forged"


def test_a_page_with_one_button_may_ask_for_less() -> None:
    assert sent(0, least=timedelta(0)).code == ""


def test_a_token_tells_when_and_a_number_of_its_own_and_is_of_this_site(settings: Any) -> None:
    token = form_token(FORM, now=SHOWN)
    moment, _, signature = token.partition(":")
    when, _, once = moment.partition(".")
    assert when == str(int(SHOWN.timestamp()))
    assert (len(once), once_of(token)) == (32, once)
    assert once_of(form_token(FORM, now=SHOWN)) != once
    assert len(signature) == 43
    settings.SECRET_KEY = "another secret of the site"
    assert sent(10, token=token).code == "forged"


@given(st.text(max_size=100))
def test_no_other_text_passes(token: str) -> None:
    now = SHOWN + timedelta(seconds=10)
    assert check_traps(FORM, token=token, honeypot="", now=now).code == "forged"
