"""The dated events of a person in order: an ordered list for the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from registry.dates import FuzzyDate
from registry.records.public.shapes import PublicEpisode, PublicFact, PublicPerson, PublicStay, Text

EPISODE_EVENTS = (
    ("arrest", "arrest_place"),
    ("sentence_date", "sentence"),
    ("execution", "execution_place"),
    ("release", ""),
)


@dataclass(frozen=True, slots=True)
class Event:
    """One event: `table` and `code` name its words; `rivals` are other dates of the same."""

    table: str
    code: str
    date: FuzzyDate
    until: FuzzyDate | None
    text: Text | None
    marks: tuple[int, ...]
    rivals: tuple[FuzzyDate, ...] = ()
    site: str = ""


def timeline(person: PublicPerson) -> list[Event]:
    """Return the events that have a date that was understood, earliest first."""
    events = [event for event in _events(person) if event.date.edtf]
    # Sorting is stable: events of one day keep the order of a case.
    return sorted(events, key=lambda event: event.date.earliest or event.date.latest or date.max)


def _events(person: PublicPerson) -> Iterator[Event]:
    yield from _fact_event("birth", person.facts.get("birth"), person.facts.get("birth_place"))
    executed = set()
    for episode in person.episodes:
        for event in _episode_events(episode):
            if event.code == "execution":
                executed.add(event.date.edtf)
            yield event
    yield from _stay_events(person.stays)
    for role in person.roles:
        if role.from_date:
            yield Event("role", role.kind, role.from_date, role.to_date, role.text, role.marks)
    for event in _fact_event("death", person.facts.get("death"), person.facts.get("death_place")):
        # A death that is the execution already told is not told twice.
        if event.date.edtf not in executed:
            yield event
    for ruling in person.rulings:
        if ruling.date:
            yield Event("ruling", ruling.kind, ruling.date, None, ruling.body, ruling.marks)


def _episode_events(episode: PublicEpisode) -> Iterator[Event]:
    for field, place in EPISODE_EVENTS:
        yield from _fact_event(field, episode.facts.get(field), episode.facts.get(place))
    yield from _stay_events(episode.stays)
    for ruling in episode.rulings:
        if ruling.date:
            yield Event("ruling", ruling.kind, ruling.date, None, ruling.body, ruling.marks)


def _stay_events(stays: Iterable[PublicStay]) -> Iterator[Event]:
    for stay in stays:
        if stay.from_date:
            yield Event(
                table="stay",
                code=stay.kind,
                date=stay.from_date,
                until=stay.to_date,
                text=stay.place,
                marks=stay.marks,
                site=stay.site,
            )


def _fact_event(code: str, fact: PublicFact | None, place: PublicFact | None) -> Iterator[Event]:
    if fact is None or fact.value is None or fact.value.date is None:
        return
    where = place.value if place else None
    yield Event(
        table="event",
        code=code,
        date=fact.value.date,
        until=None,
        text=where.text if where else None,
        marks=fact.value.marks,
        rivals=tuple(rival.date for rival in fact.rivals if rival.date),
        site=where.site if where and where.text else "",
    )
