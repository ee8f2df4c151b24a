"""Two people's dates: births, arrests, sentences and deaths, and what cannot both be true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from registry.dates import Agreement, Calendar, FuzzyDate, Precision, agree, to_gregorian

from .evidence import Reason, found
from .profiles import Profile

MOST_YEARS_APART = 12
"""Births further apart are of two people: father and son are 16 years apart and more, a misread
ten (1891, 1901) is ten years, and no family's memory in the samples was further off than four."""
CLERICAL = timedelta(days=31)
"""An arrest so soon after a death is a slip of the pen: of 4,634 entries 13 shoot before they
sentence, most by days (domain.md)."""
BIRTHS = {
    (Agreement.SAME, Precision.DAY): "birth.day",
    (Agreement.SAME, Precision.MONTH): "birth.month",
}


def read_dates(dates: Sequence[FuzzyDate]) -> list[FuzzyDate]:
    """Return those that were understood."""
    return [day for day in dates if day.edtf]


def compare_births(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield what the births say: the two that agree best."""
    reasons = (
        found(_birth_code(one, other), one, other)
        for one in read_dates(left.births)
        for other in read_dates(right.births)
    )
    yield from closest(reasons)


def _birth_code(one: FuzzyDate, other: FuzzyDate) -> str:
    agreement = agree(one, other)
    if agreement == Agreement.CALENDAR:
        return "birth.calendar"
    if agreement != Agreement.DIFFER:
        if code := BIRTHS.get((agreement, one.precision)):
            return code
        return "birth.year" if one.year and one.year == other.year else "birth.possible"
    years = years_apart(one, other)
    if years > 2:
        return "birth.years-differ" if years <= 5 else "birth.far"
    return ("birth.days-differ", "birth.one-year", "birth.two-years")[years]


def years_apart(one: FuzzyDate, other: FuzzyDate) -> int:
    """Return how many calendar years lie between two dates at the least; 0 where they may meet."""
    gap = 0
    for early, late in ((one, other), (other, one)):
        if early.latest and late.earliest:
            gap = max(gap, late.earliest.year - early.latest.year)
    return gap


def compare_events(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield what arrests, sentences and deaths say: of each kind the two that agree best."""
    yield from closest(_events("arrest", left.arrests, right.arrests))
    yield from closest(_events("sentence", left.sentences, right.sentences))
    deaths = [
        *_events("death", left.deaths, right.deaths),
        *_false_deaths(left.deaths, right.false_deaths),
        *_false_deaths(left.false_deaths, right.deaths),
    ]
    yield from closest(deaths)


def _events(name: str, ones: Sequence[FuzzyDate], others: Sequence[FuzzyDate]) -> Iterator[Reason]:
    for one in read_dates(ones):
        for other in read_dates(others):
            if code := _event_code(name, one, other):
                yield found(code, one, other)


def _false_deaths(ones: Sequence[FuzzyDate], others: Sequence[FuzzyDate]) -> Iterator[Reason]:
    for reason in _events("death", ones, others):
        if reason.code == "death.day":
            yield found("death.false", reason.left, reason.right)


def _event_code(name: str, one: FuzzyDate, other: FuzzyDate) -> str:
    agreement = agree(one, other)
    if agreement == Agreement.SAME and one.precision == Precision.DAY:
        return f"{name}.day"
    if agreement != Agreement.DIFFER:
        return f"{name}.possible"
    return "" if name == "sentence" else f"{name}.differs"


def closest(reasons: Iterator[Reason] | Sequence[Reason]) -> Sequence[Reason]:
    """Return the reason that weighs most; of equals the same one, whichever side is left."""
    best = min(reasons, key=_rank, default=None)
    return () if best is None else (best,)


def _rank(reason: Reason) -> tuple[object, ...]:
    return (-reason.weight, *sorted((_text(reason.left), _text(reason.right))))


def _text(value: str | FuzzyDate) -> str:
    return f"{value.edtf} {value.printed}" if isinstance(value, FuzzyDate) else value


def contradictions(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield what cannot both be true of one person, whichever of rival dates is right."""
    births = [read_dates(one.births) for one in (left, right)]
    if all(births):
        near = min(
            ((years_apart(one, other), one, other) for one in births[0] for other in births[1]),
            key=lambda gap: (gap[0], *sorted((_text(gap[1]), _text(gap[2])))),
        )
        if near[0] > MOST_YEARS_APART:
            yield found("birth.apart", near[1], near[2])
    for one, other, turn in ((left, right, False), (right, left, True)):
        for reason in _out_of_order(one, other):
            yield reason.mirrored if turn else reason


def _out_of_order(one: Profile, other: Profile) -> Iterator[Reason]:
    """Yield what the first died too early for, or was arrested too early for."""
    deaths, births = read_dates(one.deaths), read_dates(other.births)
    arrests = sorted(read_dates(other.arrests), key=_text)
    if deaths and births and all(_is_after(b, d) for b in births for d in deaths):
        yield found("death.before-birth", deaths[0], births[0])
    for arrest in arrests:
        if deaths and all(_is_after(arrest, death) for death in deaths):
            by_long = all(_is_after(arrest, death, CLERICAL) for death in deaths)
            yield found("death.before-arrest" if by_long else "order.unclear", deaths[0], arrest)
            break
    if births:
        for early in sorted(read_dates(one.arrests), key=_text):
            if all(_is_after(birth, early) for birth in births):
                yield found("arrest.before-birth", early, births[0])
                break


def _is_after(late: FuzzyDate, early: FuzzyDate, by: timedelta = timedelta(0)) -> bool:
    """Tell whether `late` is certainly after `early` by more than `by`, in one calendar."""
    if late.earliest is None or early.latest is None:
        return False
    return _moved(late.earliest, late) - _moved(early.latest, early) > by


def _moved(day: date, of: FuzzyDate) -> date:
    return to_gregorian(day) if of.calendar is Calendar.JULIAN else day
