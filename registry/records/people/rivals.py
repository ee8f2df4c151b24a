"""What the sources differ on, side by side: what an editor chooses from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.models import Choice, Entry
from registry.records.conclusions.chosen import entries_of, episode_field, parse_field, reasons_of
from registry.records.conclusions.episodes import (
    SINGLE as EPISODE_SINGLE,
    Episode,
    conclude_episode,
)
from registry.records.conclusions.facts import Value
from registry.records.conclusions.rules import (
    DEATH_GROUP,
    SINGLE,
    Concluded,
    believed_assertions,
    conclude,
)
from registry.records.public.shapes import PublicSource, PublicValue
from registry.records.public.shaping import shape_source
from registry.records.public.valuing import Reader, codes_in, term_labels

from .choosing import CHOOSABLE, standing_of


@dataclass(frozen=True, slots=True)
class Side:
    """What one entry says of a field. `pick` names it for a choice: `12:birth`."""

    entry: int
    pick: str
    value: PublicValue
    source: PublicSource
    believed: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Rivals:
    """A field the sources differ on, or an editor chose for; `drop` names the choice given up.

    `episode` is the number of the repression, and `kind` its kind, where it is a field of one.
    """

    field: str
    sides: tuple[Side, ...]
    rule: str
    reason: str = ""
    drop: str = ""
    episode: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A choice that no longer applies, because its entry has left."""

    field: str
    entry: int
    reason: str
    drop: str


def rivals_of(person: int, *, language: str) -> tuple[tuple[Rivals, ...], tuple[Lapsed, ...]]:
    """Return what an editor can choose from, and the choices that have lapsed, in six queries."""
    stands = standing_of(person)
    reader = Reader(language, term_labels(language, codes_in(stands.facts)), {})
    keys = [facts.ref.id for facts in stands.facts]
    rows = Entry.all_records.filter(pk__in=keys).select_related("source")
    sources = {row.pk: shape_source(row.source, language=language) for row in rows}
    table = _Table(reader, sources)
    chosen = stands.chosen.of_person()
    concluded = conclude(stands.facts, entries_of(chosen))
    stated = believed_assertions(stands.facts)
    found = [
        table.rivals(
            concluded[name],
            [(one.entry.id, name, one.value) for one in stated[name]],
            chosen.get(name),
            reasons_of(chosen).get(name, ""),
        )
        for name in (*SINGLE, *DEATH_GROUP)
        if name in concluded and name in CHOOSABLE
    ]
    for episode in stands.episodes:
        found += table.of_episode(episode, stands.chosen.of_episode(episode))
    lapsed = [
        Lapsed(parse_field(row.field)[1], row.entry_id, row.reason, _pick(row.entry_id, row.field))
        for row in stands.chosen.lapsed(stands.facts, stands.episodes)
    ]
    return tuple(one for one in found if one), tuple(lapsed)


def _pick(entry: int, field: str) -> str:
    return f"{entry}:{field}"


@dataclass(frozen=True, slots=True)
class _Table:
    """Words and sources for the sides."""

    reader: Reader
    sources: Mapping[int, PublicSource]

    def of_episode(self, episode: Episode, chosen: Mapping[str, Choice]) -> Iterator[Rivals]:
        """Yield the fields of an episode in dispute."""
        concluded = conclude_episode(episode, entries_of(chosen))
        for name in EPISODE_SINGLE:
            if name not in concluded:
                continue
            stated = [
                (row.entry.id, episode_field(row.position, name), row.values[name])
                for row in episode.members
                if name in row.values and row.believed(name)
            ]
            told = self.rivals(
                concluded[name],
                stated,
                chosen.get(name),
                reasons_of(chosen).get(name, ""),
                episode=episode,
            )
            if told:
                yield told

    def rivals(
        self,
        concluded: Concluded,
        stated: Sequence[tuple[int, str, Value]],
        choice: Choice | None,
        reason: str,
        *,
        episode: Episode | None = None,
    ) -> Rivals | None:
        """Return a field in dispute, or None where all that is stated agrees."""
        is_chosen = choice is not None and concluded.rule == "choice"
        if not concluded.rivals and not is_chosen:
            return None
        believed = {entry for one in concluded.values for entry in one.entries}
        sides = tuple(
            Side(
                entry=entry,
                pick=_pick(entry, field),
                value=self.reader.value(concluded.field, value, ()),
                source=self.sources[entry],
                believed=entry in believed,
                chosen=is_chosen and choice is not None and choice.entry_id == entry,
            )
            for entry, field, value in stated
        )
        return Rivals(
            field=concluded.field,
            sides=tuple(sorted(sides, key=lambda side: (not side.believed, side.entry))),
            rule=concluded.rule,
            reason=reason if is_chosen else "",
            drop=_pick(choice.entry_id, choice.field) if is_chosen and choice else "",
            episode=episode.number if episode else 0,
            kind=episode.kind if episode else "",
        )
