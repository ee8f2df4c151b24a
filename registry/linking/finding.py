"""The people most like somebody who is described, with the reasons: for whoever asks or decides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from .candidates import find_candidates
from .comparing import compare
from .evidence import Comparison, Reason
from .profiles import Profile
from .reading import profiles_of_people


@dataclass(frozen=True, slots=True)
class Similar:
    """A person, by id, who may be the one described; `blocked` is why it cannot be them.

    `score` is 0..100 (see `evidence`), and 0 for whoever is blocked.
    """

    person: int
    score: int
    reasons: tuple[Reason, ...]
    blocked: Reason | None = None


def find_similar(
    *, profile: Profile, public_only: bool, limit: int = 10, besides: Collection[int] = ()
) -> list[Similar]:
    """Return the people most like `profile`, the likeliest first, those blocked last.

    With `public_only` nobody is found whom a search would not find, and of whoever may be living
    nothing is compared but names and years. `besides` are ids to leave out: the person who is
    compared with the rest. Whoever is so unlike that it is not worth showing is left out.
    """
    people = find_candidates(profile, public_only=public_only, besides=besides)
    profiles = profiles_of_people(people, public_only=public_only)
    compared = ((person, compare(profile, known)) for person, known in profiles.items())
    found = [(person, told) for person, told in compared if told.worth_showing]
    found.sort(key=lambda pair: _rank(*pair))
    return [
        Similar(person, told.score, told.reasons, told.blocked) for person, told in found[:limit]
    ]


def _rank(person: int, told: Comparison) -> tuple[bool, int, int, int]:
    return (told.blocked is not None, -told.score, -told.sum, person)
