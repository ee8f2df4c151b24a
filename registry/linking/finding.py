"""The people most like somebody who is described, with the reasons: for whoever asks or decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .candidates import find_candidates_of
from .comparing import compare
from .evidence import Comparison, Reason
from .profiles import Profile
from .reading import profiles_of_people

AT_ONCE = 2_000
"""People whose profiles are read at once."""


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
    profiles = [profile]
    return find_similar_of(profiles, public_only=public_only, limit=limit, besides=besides)[0]


def find_similar_of(
    profiles: Sequence[Profile],
    *,
    public_only: bool,
    limit: int = 10,
    besides: Collection[int] = (),
) -> list[list[Similar]]:
    """Return the same for each of many, as a family that is told of together.

    Two queries for every eight of them, and five for every `AT_ONCE` people who are compared.
    """
    found = find_candidates_of(profiles, public_only=public_only, besides=besides)
    people = sorted({person for own in found for person in own})
    known: dict[int, Profile] = {}
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        known |= profiles_of_people(some, public_only=public_only)
    return [
        _likest(profile, {person: known[person] for person in own if person in known}, limit)
        for profile, own in zip(profiles, found, strict=True)
    ]


def _likest(profile: Profile, known: Mapping[int, Profile], limit: int) -> list[Similar]:
    compared = ((person, compare(profile, other)) for person, other in known.items())
    found = [(person, told) for person, told in compared if told.worth_showing]
    found.sort(key=lambda pair: _rank(*pair))
    return [
        Similar(person, told.score, told.reasons, told.blocked) for person, told in found[:limit]
    ]


def _rank(person: int, told: Comparison) -> tuple[bool, int, int, int]:
    return (told.blocked is not None, -told.score, -told.sum, person)
