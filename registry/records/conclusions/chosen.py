"""Editors' choices as they apply: to a field of a person, or to a field of one repression.

A choice about a repression is kept as `episode:n.field`, where n is the position of the believed
repression within its own entry. So it stays about what it was made for, whatever is imported
later and however repressions are grouped then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from registry.models import Choice

from .episodes import Episode, episode_assertions
from .facts import Assertion, EntryFacts
from .rules import believed_assertions

OF_EPISODE = "episode:"
_NAMED = re.compile(r"episode:([1-9][0-9]{0,4})\.([a-z_]+)")


def episode_field(position: int, name: str) -> str:
    """Return how a choice names a field of the repression at this position of its entry."""
    return f"{OF_EPISODE}{position}.{name}"


def parse_field(field: str) -> tuple[int | None, str]:
    """Return the position, None where it is a field of the person, and the field's own name."""
    named = _NAMED.fullmatch(field)
    return (int(named[1]), named[2]) if named else (None, field)


class Chosen:
    """The live choices of one person."""

    def __init__(self, rows: Iterable[Choice] = ()) -> None:
        self.rows = sorted(rows, key=lambda row: row.pk)

    def of_person(self) -> dict[str, Choice]:
        """Return the choices about the person by field; there is one live for each."""
        return {row.field: row for row in self.rows if parse_field(row.field)[0] is None}

    def of_episode(self, episode: Episode) -> dict[str, Choice]:
        """Return the choices about an episode by field; of two that meet, the later counts.

        One whose entry no longer states the field to be believed counts for nothing.
        """
        if not self.rows:
            return {}
        stated = episode_assertions(episode)
        places = {(member.entry.id, member.position) for member in episode.members}
        found: dict[str, Choice] = {}
        for row in self.rows:
            position, name = parse_field(row.field)
            if (row.entry_id, position) in places and _states(row.entry_id, stated.get(name)):
                found[name] = row
        return found

    def alike(self, field: str, entry: int, episodes: Iterable[Episode]) -> list[Choice]:
        """Return the live choices that a choice of this field by this entry would supersede."""
        position, name = parse_field(field)
        if position is None:
            return [row for row in self.rows if row.field == field]
        places = {(entry, position)}
        for episode in episodes:
            own = {(member.entry.id, member.position) for member in episode.members}
            if (entry, position) in own:
                places = own
        return [
            row
            for row in self.rows
            if parse_field(row.field)[1] == name
            and (row.entry_id, parse_field(row.field)[0]) in places
        ]

    def lapsed(self, facts: Sequence[EntryFacts], episodes: Iterable[Episode]) -> list[Choice]:
        """Return the choices that no longer apply, because their entry has left or is doubted."""
        if not self.rows:
            return []
        stated = believed_assertions(facts)
        parts = [
            ({(m.entry.id, m.position) for m in episode.members}, episode_assertions(episode))
            for episode in episodes
        ]

        def applies(row: Choice) -> bool:
            position, name = parse_field(row.field)
            if position is None:
                return _states(row.entry_id, stated.get(name))
            return any(
                (row.entry_id, position) in places and _states(row.entry_id, own.get(name))
                for places, own in parts
            )

        return [row for row in self.rows if not applies(row)]


def entries_of(choices: Mapping[str, Choice]) -> dict[str, int]:
    """Return the entries that are to be believed, by field."""
    return {field: row.entry_id for field, row in choices.items()}


def reasons_of(choices: Mapping[str, Choice]) -> dict[str, str]:
    """Return why they are to be believed, by field."""
    return {field: row.reason for field, row in choices.items()}


def live_choices(people: Iterable[int]) -> dict[int, Chosen]:
    """Return the live choices of these people, in one query; who has none is absent."""
    rows: dict[int, list[Choice]] = {}
    for row in Choice.all_records.filter(person__in=people, superseded_by__isnull=True):
        rows.setdefault(row.person_id, []).append(row)
    return {person: Chosen(own) for person, own in rows.items()}


def _states(entry: int, assertions: Sequence[Assertion] | None) -> bool:
    return any(one.entry.id == entry for one in assertions or ())
