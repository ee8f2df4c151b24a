"""The rule about people who may still be alive (the registry's security rules)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from registry.dates import FuzzyDate
from registry.models import LivingRule, PersonStatus

from .facts import Words
from .rules import Concluded

LIVING_YEARS = 110
"""Someone born longer ago is taken to have died."""
DEATH_FATES = frozenset({"unknown", "survived"})
"""The fates that do not say that the person died."""
LATE_CASES = 1953
"""Cases after this year wait for an editor, whatever their source."""


def assess_status(
    *,
    facts: Mapping[str, Concluded],
    first_repressions: Iterable[date],
    rules: Iterable[str],
    today: date,
    last_day: date | None = None,
) -> PersonStatus:
    """Return what the rule allows the public to see of a person.

    `first_repressions` are the first days the repressions can mean, `last_day` the last day of
    any of them, `rules` the living rules of the
    sources of the entries in use. Someone is possibly living who was born less than 110 years
    ago, no death known; without a birth, the age at the first repression is counted as 0.
    """
    repressions = list(first_repressions)
    if not possibly_living(facts=facts, first_repressions=repressions, today=today):
        return PersonStatus.PUBLIC
    late = any(day.year > LATE_CASES for day in (*repressions, last_day) if day)
    restrict = LivingRule.RESTRICT in set(rules) and not late
    return PersonStatus.RESTRICTED if restrict else PersonStatus.HELD


def possibly_living(
    *, facts: Mapping[str, Concluded], first_repressions: Iterable[date], today: date
) -> bool:
    """Tell whether the person may be alive on the day `today`."""
    if _known_dead(facts):
        return False
    birth = facts.get("birth")
    born: date | None = None
    if birth and isinstance(birth.value, FuzzyDate):
        # The latest day it can mean: the cautious reading of a vague or open date.
        born = birth.value.latest
    if born is None:
        born = min(first_repressions, default=None)
    if born is None:
        return True
    return born.year + LIVING_YEARS >= today.year


def born_too_early(*, today: date) -> Q:
    """Return, on the columns of people, whom their age alone makes not possibly living `today`."""
    first = date(today.year - LIVING_YEARS, 1, 1)
    return Q(birth_latest__lt=first) | Q(birth_latest__isnull=True, arrest_earliest__lt=first)


def _known_dead(facts: Mapping[str, Concluded]) -> bool:
    death = facts.get("death")
    if death and death.values and isinstance(death.value, FuzzyDate) and death.value.edtf:
        return True
    fate = facts.get("fate")
    if fate and fate.values and isinstance(fate.value, Words):
        return bool(fate.value.code) and fate.value.code not in DEATH_FATES
    return False
