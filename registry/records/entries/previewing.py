"""What an entry would change: concluded as if it were there already, and nothing written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from registry.models import Change, Source, Spelling
from registry.records.conclusions.chosen import Chosen, entries_of, live_choices
from registry.records.conclusions.contradictions import Clash, find_contradictions
from registry.records.conclusions.episode_numbers import in_one_episode
from registry.records.conclusions.episodes import (
    PLURAL as EPISODE_PLURAL,
    Episode,
    conclude_episode,
    group_episodes,
)
from registry.records.conclusions.facts import EntryFacts, EntryRef
from registry.records.conclusions.rules import PLURAL, Concluded, conclude
from registry.records.conclusions.saying import facts_of_people
from registry.records.drafts.building import Codebook, EntryBuilder
from registry.records.drafts.codes import spellings_in
from registry.records.drafts.entries import EntryDraft
from registry.records.public.shapes import Contradiction, PublicFact
from registry.records.public.valuing import NEVER_TOLD, Reader, codes_in, public_fact, term_labels

NEW = 0
"""The id that stands for the entry which is not there yet."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A fact before and after: None where nothing is, or would be, said of it.

    `field` is that of a person, or `episode:n.field` with the number of the episode afterwards.
    `states` tells that the new entry says something of it, `wins` that it is believed for it.
    """

    field: str
    before: PublicFact | None
    after: PublicFact | None
    states: bool
    wins: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What an entry would change: facts that it states or that would differ, in their order.

    `entries` are those that are there, in the order of their marks; the mark after theirs is that
    of the new one. `contradictions` are those that come with it.
    """

    facts: tuple[Foreseen, ...]
    contradictions: tuple[Contradiction, ...]
    entries: tuple[EntryRef, ...]

    @property
    def mark(self) -> int:
        """The mark of the new entry."""
        return len(self.entries) + 1


@dataclass(frozen=True, slots=True)
class _Told:
    """All that is concluded, by field; and what contradicts itself."""

    facts: Mapping[str, Concluded]
    clashes: Sequence[Clash]


@dataclass(frozen=True, slots=True)
class Proposed:
    """An entry that is not there yet, about `person` (None: somebody new).

    `prefer` names the fields for which it is to be believed whatever the rule says, as choices
    name them; `episode` the one that its repressions are, whatever their dates say. Its source
    may not be there yet: then it has no rank but `own_rank`.
    """

    draft: EntryDraft
    person: int | None
    prefer: Collection[str] = ()
    own_rank: int | None = None
    episode: int | None = None


def preview_entries(proposed: Sequence[Proposed], *, language: str) -> list[Preview]:
    """Tell of each of these entries what it would change, if it came alone.

    Nothing is written, and the number of queries depends neither on how many they are nor on
    how many are there.
    """
    people = {one.person for one in proposed if one.person is not None}
    known = facts_of_people(people) if people else {}
    chosen = live_choices(people) if people else {}
    new = _facts_of(proposed)
    told = [entry for own in (*known.values(), new) for entry in own]
    labels = term_labels(language, codes_in(told))
    return [
        _preview(
            one,
            facts,
            known.get(one.person or 0, []),
            chosen.get(one.person or 0, Chosen()),
            language=language,
            labels=labels,
        )
        for one, facts in zip(proposed, new, strict=True)
    ]


def _preview(
    one: Proposed,
    new: EntryFacts,
    known: Sequence[EntryFacts],
    chosen: Chosen,
    *,
    language: str,
    labels: Mapping[tuple[str, str], str],
) -> Preview:
    known = sorted(known, key=lambda entry: entry.ref.order)
    marks = {entry.ref.id: number for number, entry in enumerate(known, start=1)}
    marks[NEW] = len(known) + 1
    reader = Reader(language, labels, marks)
    before = _tell(known, chosen, {})
    together = [*known, new]
    if one.episode is not None:
        together = in_one_episode(known, new, one.episode)
    after = _tell(together, chosen, dict.fromkeys(one.prefer, NEW))
    return Preview(
        facts=tuple(_differences(before, after, reader)),
        contradictions=tuple(
            Contradiction(c.code, c.earlier, c.later, c.episode, reader.numbers(c.entries))
            for c in after.clashes
            if (c.code, c.earlier, c.later)
            not in {(old.code, old.earlier, old.later) for old in before.clashes}
        ),
        entries=tuple(entry.ref for entry in known),
    )


def facts_of_draft(draft: EntryDraft) -> EntryFacts:
    """Return what an entry that is not there yet says, under the id `NEW`."""
    return _facts_of([Proposed(draft, None)])[0]


def _facts_of(proposed: Sequence[Proposed]) -> list[EntryFacts]:
    """Return what entries that are not there yet say, each under the id `NEW`: two queries."""
    slugs = {one.draft.source for one in proposed}
    sources = {row.slug: row for row in Source.all_records.filter(slug__in=slugs)}
    builder = EntryBuilder(change=Change(), codes=Codebook())
    builder.spelled = _spellings([one.draft for one in proposed])
    found = []
    for one in proposed:
        source = sources.get(one.draft.source) or Source(slug=one.draft.source)
        parts = builder.build(one.draft, source=source, passage=None)
        parts.entry.own_rank = one.own_rank
        found.append(parts.facts(reference=NEW))
    return found


def _spellings(drafts: Iterable[EntryDraft]) -> dict[tuple[str, str], Spelling]:
    """Return the spellings of drafts: those that are known, and of the others unsaved ones."""
    wanted = {(str(voc), text) for draft in drafts for voc, text in spellings_in(draft)}
    rows = Spelling.all_records.filter(text__in={text for _, text in wanted})
    known = {(row.vocabulary, row.text): row for row in rows.select_related("term")}
    return {pair: known.get(pair) or Spelling(vocabulary=pair[0], text=pair[1]) for pair in wanted}


def _tell(entries: Sequence[EntryFacts], chosen: Chosen, prefer: Mapping[str, int]) -> _Told:
    choices = {**entries_of(chosen.of_person()), **prefer}
    concluded = conclude(entries, choices)
    groups = group_episodes(row for entry in entries for row in entry.repressions)
    told = [
        (group, conclude_episode(group, _choices_of(group, chosen, prefer))) for group in groups
    ]
    facts = {name: fact for name, fact in concluded.items() if name not in NEVER_TOLD}
    for group, own in told:
        facts |= {f"episode:{group.number}.{name}": fact for name, fact in own.items()}
    undisputed = {name: fact for name, fact in concluded.items() if fact.values}
    return _Told(facts, find_contradictions(entries, undisputed, told))


def _choices_of(group: Episode, chosen: Chosen, prefer: Mapping[str, int]) -> dict[str, int]:
    """Return the choices about an episode; those of the new entry are about its own repressions."""
    own = entries_of(chosen.of_episode(group))
    for member in group.members:
        if member.entry.id == NEW:
            start = f"episode:{member.position}."
            own |= {
                name.removeprefix(start): entry
                for name, entry in prefer.items()
                if name.startswith(start)
            }
    return own


def _differences(before: _Told, after: _Told, reader: Reader) -> Iterable[Foreseen]:
    for field in dict.fromkeys([*after.facts, *before.facts]):
        was, now = before.facts.get(field), after.facts.get(field)
        states = now is not None and _has(now)
        if not states and was == now:
            continue
        wins = now is not None and bool(now.values) and NEW in now.values[0].entries[:1]
        yield Foreseen(field, _shown(field, was, reader), _shown(field, now, reader), states, wins)


def _has(fact: Concluded) -> bool:
    """Tell whether the new entry is among those that state a fact."""
    return any(NEW in one.entries for one in (*fact.values, *fact.rivals))


def _shown(field: str, fact: Concluded | None, reader: Reader) -> PublicFact | None:
    if fact is None:
        return None
    plural = fact.field in (EPISODE_PLURAL if field.startswith("episode:") else PLURAL)
    return public_fact(fact, reader=reader, plural=plural)
