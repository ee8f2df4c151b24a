"""Pairs of people in the registry who may be one, over all of it: what editors look through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.models import Judgement, Verdict

from .blocks import Pair, pairs_of_one_surname, pairs_of_other_surnames
from .comparing import compare
from .evidence import POSSIBLE, Reason
from .profiles import Profile
from .reading import profiles_of_people

AT_ONCE = 500
"""People whose profiles are read at once."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two people, by id, the lower first, who may be one, and why."""

    left: int
    right: int
    score: int
    reasons: tuple[Reason, ...]


def find_duplicates(*, least: int = POSSIBLE) -> Iterator[Duplicate]:
    """Yield the pairs of people who are shown and score `least` or more, no pair twice.

    Pairs of whose entries an editor has judged that they are different, or that nobody can tell,
    are left out: they were asked once. What is held in memory grows with the commonest surname
    and the fullest year of birth, not with the registry.
    """
    for found in (pairs_of_one_surname(), pairs_of_other_surnames()):
        for pairs in found:
            yield from _compare_all(pairs, least)


def _compare_all(pairs: list[Pair], least: int) -> Iterator[Duplicate]:
    profiles = _profiles({person for pair in pairs for person in pair})
    judged = _judged(profiles.values())
    for left, right in pairs:
        one, other = profiles.get(left), profiles.get(right)
        if one is None or other is None or _were_judged(one, other, judged):
            continue
        told = compare(one, other)
        if told.blocked is None and told.score >= least:
            yield Duplicate(left, right, told.score, told.reasons)


def _profiles(people: set[int]) -> dict[int, Profile]:
    ordered = sorted(people)
    found: dict[int, Profile] = {}
    for start in range(0, len(ordered), AT_ONCE):
        found |= profiles_of_people(ordered[start : start + AT_ONCE])
    return found


def _judged(profiles: Iterable[Profile]) -> set[Pair]:
    """Return the pairs of these entries, the lower first, that were judged not to be one person."""
    entries = sorted(entry for profile in profiles for entry in profile.entries)
    found: set[Pair] = set()
    for start in range(0, len(entries), AT_ONCE):
        rows = Judgement.all_records.filter(left__in=entries[start : start + AT_ONCE])
        rows = rows.exclude(verdict=Verdict.SAME).order_by()
        found |= set(rows.values_list("left", "right"))
    return found


def _were_judged(one: Profile, other: Profile, judged: set[Pair]) -> bool:
    return bool(judged) and any(
        (min(left, right), max(left, right)) in judged
        for left in one.entries
        for right in other.entries
    )
