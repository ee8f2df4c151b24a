"""Long days at the desk: 2,000 steps here, 20,000 in `make soak`."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from registry.records.undoing.subjects import SUBJECTS

from .desk import Desk
from .machine import LongDay
from .state import REFERENCES

STEPS = 50
CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

pytestmark = pytest.mark.django_db


def long_days(days: int, *, derandomize: bool) -> settings:
    """Return the settings of so many days of fifty steps each."""
    return settings(
        max_examples=days,
        stateful_step_count=STEPS,
        derandomize=derandomize,
        database=None,
        deadline=None,
        suppress_health_check=CHECKS,
        # A day that went wrong is told as it was: to find the shortest takes hours.
        phases=[Phase.generate],
    )


def test_every_kind_of_record_is_watched() -> None:
    assert REFERENCES.keys() == SUBJECTS.keys()


def live(days: int, *, derandomize: bool) -> None:
    """Live so many days, each of which begins at the same desk."""
    morning = Desk()
    morning.set_up()
    settings = long_days(days, derandomize=derandomize)
    run_state_machine_as_test(partial(LongDay, morning), settings=settings)


@pytest.mark.timeout(900)
def test_two_thousand_steps_lead_to_no_harm() -> None:
    # The same days each time: what a run of the suite says must not depend on luck. A quarter of
    # them on PostgreSQL: what is tried there is the database, and not the domain.
    live(30 if connection.vendor == "sqlite" else 10, derandomize=True)


# Each day is a transaction of its own: what it takes back can be swept up before the next. In one
# transaction around them all PostgreSQL must keep every row that ever was.
@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_twenty_thousand_steps_lead_to_no_harm() -> None:
    live(400, derandomize=False)
