"""Statements that cannot both be true: flagged in words, never corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from registry.dates import FuzzyDate, to_gregorian
from registry.dates.values import Calendar

from .episodes import Episode
from .facts import EntryFacts, RulingFact, Value
from .rules import Concluded

LIFE = (
    ("birth", "death", "death-before-birth"),
    ("birth", "arrest", "arrest-before-birth"),
    ("birth", "sentence_date", "sentence-before-birth"),
    ("arrest", "sentence_date", "sentence-before-arrest"),
    ("arrest", "execution", "execution-before-arrest"),
    ("sentence_date", "execution", "execution-before-sentence"),
    ("arrest", "release", "release-before-arrest"),
    ("arrest", "death", "death-before-arrest"),
    ("sentence_date", "death", "death-before-sentence"),
    ("release", "death", "death-before-release"),
    # An execution is a death: either of the two days after the other is a contradiction.
    ("execution", "death", "execution-differs-from-death"),
    ("death", "execution", "execution-differs-from-death"),
)
"""What comes first in a life, what comes after, and the code of the contrary."""
CODES = (*dict.fromkeys(code for _, _, code in LIFE), "ruling-before-sentence")


@dataclass(frozen=True, slots=True)
class Clash:
    """Two dates in the wrong order, the episode's number if one, and the entries' ids."""

    code: str
    earlier: FuzzyDate
    later: FuzzyDate
    episode: int | None
    entries: tuple[int, ...]


def find_contradictions(
    entries: Sequence[EntryFacts],
    concluded: Mapping[str, Concluded],
    episodes: Iterable[tuple[Episode, Mapping[str, Concluded]]],
) -> list[Clash]:
    """Find what contradicts itself: within one entry first, then in the facts as concluded.

    A contradiction is told once for its code and episode, with the entries it rests on.
    """
    clashes: list[Clash] = []
    by_id = {entry.ref.id: entry for entry in entries}
    for episode, facts in episodes:
        for member in episode.members:
            whole = by_id[member.entry.id]
            own = _believed(whole)
            own.update((n, v) for n, v in member.values.items() if member.believed(n))
            dated = {name: (value, (member.entry.id,)) for name, value in own.items()}
            clashes += _clashes(dated, episode.number)
            for ruling in whole.rulings:
                clashes += _ruling_clash(ruling, member.position, own.get("sentence_date"), episode)
        together = {**_stated(concluded), **_stated(facts)}
        clashes += _clashes(together, episode.number)
    for entry in entries:
        clashes += _clashes({n: (v, (entry.ref.id,)) for n, v in _believed(entry).items()}, None)
    clashes += _clashes(_stated(concluded), None)
    return _once(clashes)


def _believed(entry: EntryFacts) -> dict[str, Value]:
    return {name: value for name, value in entry.values.items() if entry.believed(name)}


def _stated(facts: Mapping[str, Concluded]) -> dict[str, tuple[object, tuple[int, ...]]]:
    return {n: (f.values[0].value, f.values[0].entries) for n, f in facts.items() if f.values}


def _clashes(
    dated: Mapping[str, tuple[object, tuple[int, ...]]], episode: int | None
) -> list[Clash]:
    """Return the pairs of LIFE that stand in the wrong order."""
    found = []
    for first, second, code in LIFE:
        if first not in dated or second not in dated:
            continue
        (earlier, one), (later, other) = dated[first], dated[second]
        if (
            isinstance(earlier, FuzzyDate)
            and isinstance(later, FuzzyDate)
            and certainly_after(earlier, later)
        ):
            entries = tuple(dict.fromkeys((one[0], other[0])))
            found.append(Clash(code, earlier, later, episode, entries))
    return found


def _ruling_clash(
    ruling: RulingFact, repression: int, sentence: object, episode: Episode
) -> list[Clash]:
    if ruling.repression != repression or ruling.date is None:
        return []
    if not isinstance(sentence, FuzzyDate) or not certainly_after(sentence, ruling.date):
        return []
    code = "ruling-before-sentence"
    return [Clash(code, sentence, ruling.date, episode.number, (ruling.entry.id,))]


def certainly_after(a: FuzzyDate, b: FuzzyDate) -> bool:
    """Tell whether `a` is after `b` whatever their vagueness; a Julian day is moved first."""
    if a.earliest is None or b.latest is None:
        return False
    start = to_gregorian(a.earliest) if a.calendar is Calendar.JULIAN else a.earliest
    end = to_gregorian(b.latest) if b.calendar is Calendar.JULIAN else b.latest
    return start > end


def _once(clashes: Iterable[Clash]) -> list[Clash]:
    """Keep the first of each code and episode; one without episode only if no episode has it."""
    kept: dict[tuple[str, int | None], Clash] = {}
    for clash in clashes:
        kept.setdefault((clash.code, clash.episode), clash)
    in_episode = {code for code, episode in kept if episode is not None}
    return [
        clash
        for (code, episode), clash in kept.items()
        if episode is not None or code not in in_episode
    ]
