"""Episodes that editors or sources have numbered: what dates say otherwise does not part them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from registry.models import Repression

from .episodes import Episode, group_episodes
from .facts import EntryFacts, RepressionFact
from .saying import facts_of_people


def in_one_episode(
    entries: Sequence[EntryFacts], new: EntryFacts, episode: int
) -> list[EntryFacts]:
    """Return the entries and a new one, whose repressions are in the n-th episode of the others.

    Where their dates do not say so the episode has a number of its own. An episode that is not
    there takes nothing in.
    """
    rows = [row for entry in entries for row in entry.repressions]
    target = episode_of(rows, episode)
    if target is None or fits(rows, new.repressions, target):
        return [*entries, new]
    number = number_for(rows, target)
    members = {(row.entry.id, row.position) for row in target.members}
    members |= {(row.entry.id, row.position) for row in new.repressions}
    return [
        replace(
            entry,
            repressions=tuple(
                replace(row, episode=number) if (row.entry.id, row.position) in members else row
                for row in entry.repressions
            ),
        )
        for entry in (*entries, new)
    ]


def episode_of(rows: Sequence[RepressionFact], number: int) -> Episode | None:
    """Return the n-th of the episodes that these repressions are, if there are so many."""
    return next((group for group in group_episodes(rows) if group.number == number), None)


def fits(rows: Sequence[RepressionFact], new: Sequence[RepressionFact], target: Episode) -> bool:
    """Tell whether these new repressions come to be in an episode by their dates alone."""
    there = {(row.entry.id, row.position) for row in target.members}
    own = {(row.entry.id, row.position) for row in new}
    for group in group_episodes([*rows, *new]):
        found = {(row.entry.id, row.position) for row in group.members}
        if own & found:
            return own <= found and there <= found
    return not own


def number_for(rows: Sequence[RepressionFact], target: Episode) -> int:
    """Return the number that an episode has, or one that none of these has."""
    if target.set_as is not None:
        return target.set_as
    return max((row.episode for row in rows if row.episode is not None), default=0) + 1


def keep_episodes_apart(kept: int, merged: int) -> None:
    """Number the set episodes of somebody to be merged so that they fit those of the other.

    The first episode of one is not the first of the other because both are numbered 1: they
    are one where their dates say so, and else the one that comes gets a number nobody has.
    """
    own: dict[int, dict[int, set[int]]] = {kept: {}, merged: {}}
    rows = Repression.all_records.filter(entry__person__in=own, episode__isnull=False)
    for row, person, number in rows.values_list("pk", "entry__person", "episode"):
        own[person].setdefault(number, set()).add(row)
    if not (own[kept] and own[merged]):
        return
    by_date = _groups_by_date((kept, merged))
    taken = set(own[kept])
    free = dict(own[kept])
    for number, members in sorted(own[merged].items()):
        one = next(
            (n for n, there in free.items() if any(there | members <= group for group in by_date)),
            None,
        )
        if one is not None:
            free.pop(one)
        fits = number if number not in taken else max(*taken, *own[merged]) + 1
        new = fits if one is None else one
        taken.add(new)
        if new != number:
            Repression.all_records.filter(pk__in=members).update(episode=new)


def _groups_by_date(people: tuple[int, int]) -> list[set[int]]:
    """Return the repressions that would be one by their dates alone."""
    facts = [entry for own in facts_of_people(people).values() for entry in own]
    loose = [replace(row, episode=None) for entry in facts for row in entry.repressions]
    return [{member.id for member in episode.members} for episode in group_episodes(loose)]
