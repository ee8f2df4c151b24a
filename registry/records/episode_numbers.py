"""Episodes that editors or sources have numbered, when two people become one."""

from __future__ import annotations

from dataclasses import replace

from registry.models import Repression

from .episodes import group_episodes
from .saying import facts_of_people


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
