"""What can be said of a death as settled, and what only as one version of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry.dates import FuzzyDate
from registry.records.public.shapes import PublicFact, PublicPerson, PublicValue

from .fates import Version

UNSAID = frozenset({"unknown"})
"""Fates that say nothing another version could contradict."""


def believed_date(person: PublicPerson, field: str) -> FuzzyDate | None:
    """Return the believed date of a field, unless nobody could read it."""
    fact = person.facts.get(field)
    date = fact.value.date if fact and fact.value else None
    return date if date and date.edtf else None


def death_dates(person: PublicPerson) -> tuple[FuzzyDate, ...]:
    """Return the date of death, or all dates there are, the chosen one first.

    All of them where nothing tells them apart, or where no entry states both the fate and the
    chosen date: a date of one version beside the fate of another would be nobody's statement.
    """
    first = believed_date(person, "death")
    death = person.facts.get("death")
    if first is None or death is None or death.value is None:
        return ()
    fate = person.facts.get("fate")
    apart = bool(fate and fate.value and not set(fate.value.marks) & set(death.value.marks))
    if not (death.rule == "order" or apart or fate_versions(person)):
        return (first,)
    return _once((first, *_dates(death.rivals)))


def fate_versions(person: PublicPerson) -> tuple[Version, ...]:
    """Return the rival fates where none of them can be said as settled, else nothing.

    That is where nothing tells them apart, and where only a version of the death that is not
    the preferred one says how the person died.
    """
    fate = person.facts.get("fate")
    if fate is None or (fate.values and fate.rule != "order"):
        return ()
    rivals = [rival for rival in fate.rivals if rival.code not in UNSAID]
    if not rivals:
        return ()
    death = person.facts.get("death")
    told = [_version(value, death) for value in (*fate.values, *rivals)]
    first = believed_date(person, "death")
    if first and not any(first in version.dates for version in told):
        told.insert(0, Version("", "", (first,)))
    return tuple(told)


def _version(fate: PublicValue, death: PublicFact | None) -> Version:
    """Return a fate with the dates that the entries which state it give."""
    values = (*death.values, *death.rivals) if death else ()
    own = [value for value in values if set(value.marks) & set(fate.marks)]
    return Version(fate.code, str(fate.text or ""), _once(_dates(own)))


def _dates(values: Iterable[PublicValue]) -> Iterator[FuzzyDate]:
    return (value.date for value in values if value.date and value.date.edtf)


def _once(dates: Iterable[FuzzyDate]) -> tuple[FuzzyDate, ...]:
    """Return each date once, however it is printed."""
    return tuple({(date.edtf, date.calendar): date for date in dates}.values())
