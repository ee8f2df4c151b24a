"""Which repressions of different entries are one and the same: a pure function.

The rule, from the design of the registry: arrests are matched, else sentences, of the same kind
within 12 months, in date order; what is ambiguous stays apart and is flagged; an episode that
an editor or the source itself has set stands. The case that set the 12 months: three sources
date the second arrest of Osip Mandelstam to 30 April, 3 May and 5 May 1938, and the first, of
1934, lies four years before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from registry.dates import FuzzyDate, Precision

from .facts import Assertion, RepressionFact
from .rules import Concluded, conclude_fields, gather

WITHIN_DAYS = 366
"""Twelve months, of a leap year."""

ANCHORS = ("arrest", "sentence_date", "execution", "release")
SINGLE = (
    "arrest",
    "arrested_by",
    "arrest_place",
    "sentencing_body",
    "sentence_date",
    "sentence",
    "execution",
    "execution_place",
    "release",
)
PLURAL = ("arrest_circumstances", "charge", "articles", "operation", "note")


@dataclass(slots=True)
class Episode:
    """One episode: its number in date order from 1, its kind, and the repressions in it."""

    kind: str
    members: list[RepressionFact] = field(default_factory=list)
    ambiguous: bool = False
    set_as: int | None = None
    number: int = 0

    def has_entry(self, entry: int) -> bool:
        """Tell whether the entry already states this episode."""
        return any(member.entry.id == entry for member in self.members)

    @property
    def earliest(self) -> date:
        """The first day anyone dates any of it to; the far future when undated."""
        days = [day for member in self.members if (day := first_day(member))]
        return min(days, default=date.max)


def first_day(repression: RepressionFact) -> date | None:
    """Return the first day of the first date the repression has."""
    anchor = _anchor(repression)
    return (anchor.earliest or anchor.latest) if anchor else None


def group_episodes(repressions: Iterable[RepressionFact]) -> list[Episode]:
    """Group repressions into episodes, in date order and numbered from 1.

    What is not believed groups nothing: neither an entry that is discredited as a whole nor a
    discredited date.
    """
    ordered = sorted((r for r in repressions if "*" not in r.discredited), key=_order)
    episodes: list[Episode] = []
    for repression in ordered:
        if repression.episode is not None:
            _join_set(repression, episodes)
    for repression in ordered:
        if repression.episode is None:
            _join_by_date(repression, episodes)
    episodes.sort(key=lambda episode: (episode.earliest, _order(episode.members[0])))
    for number, episode in enumerate(episodes, start=1):
        episode.number = number
    return episodes


def _order(repression: RepressionFact) -> tuple[int, date, tuple[int, str, str], int]:
    """Dated exactly first, then vaguely, then not at all; then by date, entry and position."""
    anchor = _anchor(repression)
    exact = anchor is not None and anchor.precision >= Precision.MONTH
    vague = 0 if exact else 1 if anchor else 2
    day = first_day(repression) or date.max
    return (vague, day, repression.entry.order, repression.position)


def _anchor(repression: RepressionFact) -> FuzzyDate | None:
    """Return the date by which the repression is matched."""
    for name in ANCHORS:
        value = _date(repression, name)
        if value and (value.earliest or value.latest):
            return value
    return None


def _date(repression: RepressionFact, name: str) -> FuzzyDate | None:
    value = repression.values.get(name)
    return value if isinstance(value, FuzzyDate) and repression.believed(name) else None


def _join_set(repression: RepressionFact, episodes: list[Episode]) -> None:
    for episode in episodes:
        if episode.set_as == repression.episode:
            episode.members.append(repression)
            return
    episodes.append(Episode(repression.kind, [repression], set_as=repression.episode))


def _join_by_date(repression: RepressionFact, episodes: list[Episode]) -> None:
    """Join the one episode that fits; begin a new one when none or more than one does."""
    fitting = [
        episode
        for episode in episodes
        if episode.kind == repression.kind
        and not episode.has_entry(repression.entry.id)
        and all(_near(repression, member) for member in episode.members)
    ]
    if len(fitting) == 1 and not fitting[0].ambiguous:
        fitting[0].members.append(repression)
    else:
        # Whatever fits, be it one that is ambiguous itself, may be the same.
        episodes.append(Episode(repression.kind, [repression], ambiguous=bool(fitting)))


def _near(a: RepressionFact, b: RepressionFact) -> bool:
    """Tell whether two repressions can be one: arrests, else sentences, else any dates."""
    for name in ("arrest", "sentence_date"):
        left, right = _date(a, name), _date(b, name)
        if left and right:
            return days_apart(left, right) <= WITHIN_DAYS
    left_anchor, right_anchor = _anchor(a), _anchor(b)
    if left_anchor is None or right_anchor is None:
        return True
    return days_apart(left_anchor, right_anchor) <= WITHIN_DAYS


def days_apart(a: FuzzyDate, b: FuzzyDate) -> int:
    """Return the least number of days between two dates; 0 where they can meet."""
    gaps = [0]
    if a.latest and b.earliest:
        gaps.append((b.earliest - a.latest).days)
    if b.latest and a.earliest:
        gaps.append((a.earliest - b.latest).days)
    return max(gaps)


def conclude_episode(
    episode: Episode, choices: Mapping[str, int] | None = None
) -> dict[str, Concluded]:
    """Conclude every field of one episode, by the same rule as a person's fields."""
    return conclude_fields(
        episode_assertions(episode), single=SINGLE, plural=PLURAL, choices=choices or {}
    )


def episode_assertions(episode: Episode) -> dict[str, list[Assertion]]:
    """Return by field what the repressions of an episode state that is not discredited."""
    return gather(
        (Assertion(member.entry, value), name)
        for member in episode.members
        for name, value in member.values.items()
        if member.believed(name)
    )
