"""What is known of somebody who is looked for, or of somebody in the registry: a plain value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from registry.dates import FuzzyDate

MOST_NAMES = 12
"""Names of one profile that are compared; the first are the main ones."""


class KnownName(NamedTuple):
    """One spelling of a name, in parts or in full; what is not known is empty."""

    family: str = ""
    given: str = ""
    patronymic: str = ""
    full: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is said of one person; what is not known is empty, and speaks neither way.

    Values stand side by side as the sources have them, rivals among them: two profiles agree
    on a field where any of the values agree. `deaths` hold executions too, `false_deaths` the
    dates that officials gave out and nobody believes. `entries` are those of the person, and
    `apart` the entries that were judged to be about somebody else.
    """

    names: tuple[KnownName, ...] = ()
    sex: str = ""
    births: tuple[FuzzyDate, ...] = ()
    deaths: tuple[FuzzyDate, ...] = ()
    false_deaths: tuple[FuzzyDate, ...] = ()
    birth_places: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    arrests: tuple[FuzzyDate, ...] = ()
    sentences: tuple[FuzzyDate, ...] = ()
    occupations: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    archive_files: tuple[str, ...] = ()
    entries: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()


def profile_of(
    *names: KnownName,
    sex: str = "",
    birth: FuzzyDate | None = None,
    death: FuzzyDate | None = None,
    birth_place: str = "",
    residence: str = "",
    arrests: tuple[FuzzyDate, ...] = (),
    sentences: tuple[FuzzyDate, ...] = (),
    occupation: str = "",
    nationality: str = "",
    archive_file: str = "",
) -> Profile:
    """Return the profile of somebody of whom one thing is said a field: a visitor's answers."""
    return Profile(
        names=names,
        sex=sex,
        births=(birth,) if birth else (),
        deaths=(death,) if death else (),
        birth_places=(birth_place,) if birth_place else (),
        residences=(residence,) if residence else (),
        arrests=arrests,
        sentences=sentences,
        occupations=(occupation,) if occupation else (),
        nationalities=(nationality,) if nationality else (),
        archive_files=(archive_file,) if archive_file else (),
    )
