"""Profiles of people of the registry, read from the rows of their entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from registry.dates import FuzzyDate, parse_edtf
from registry.models import (
    Entry,
    EntryName,
    Judgement,
    NameKind,
    Person,
    PersonStatus,
    Repression,
    SourceStatus,
    Standing,
    Verdict,
)

from .profiles import KnownName, Profile

OTHERWISE = {
    "birth_date": "birth",
    "death_date": "death",
    "arrest_date": "arrest",
    "execution_date": "execution",
}
"""Names of the entry table, by which a field can be discredited, and what the column is called."""
NAME_ORDER = {kind: at for at, kind in enumerate(NameKind.values)}


def profile_of_person(person: int) -> Profile:
    """Return all that the entries in use say of a person; empty where there are none."""
    return profiles_of_people([person]).get(person, Profile())


def profiles_of_people(people: Collection[int], *, public_only: bool = False) -> dict[int, Profile]:
    """Return the profiles of these people in five queries at the most, however many they are.

    What is discredited, or stands in a source not believed for it, is left out. With
    `public_only` of someone possibly living only names and years are read, as in a search.
    """
    told: dict[int, _Told] = {}
    doubted: dict[int, frozenset[str]] = {}
    owners: dict[int, int] = {}
    for entry in _entries(people):
        doubted[entry.pk] = _doubted(entry)
        owners[entry.pk] = entry.person_id
        told.setdefault(entry.person_id, _Told()).read_entry(entry, doubted[entry.pk])
    for name in _names(owners):
        told[owners[name.entry_id]].read_name(name)
    for repression in _repressions(owners):
        told[owners[repression.entry_id]].read_repression(repression, doubted[repression.entry_id])
    _read_judgements(told, owners)
    restricted = set(_restricted(people)) if public_only else set()
    return {
        person: own.public_profile() if person in restricted else own.profile()
        for person, own in told.items()
    }


def _entries(people: Collection[int]) -> Iterable[Any]:
    rows = Entry.all_records.filter(
        person__in=people, standing=Standing.IN_USE, source__status=SourceStatus.IN_USE
    ).exclude(discredited__has_key="*")
    return (
        rows.select_related("source", "nationality")
        .only(
            "person_id", "sex", "birth_place", "residence", "occupation", "archive_file",
            "discredited", "source__unreliable_for", "nationality__text",
            *_columns("birth"), *_columns("death"),
        )
        .order_by("pk")
    )  # fmt: skip


def _names(entries: Collection[int]) -> QuerySet[Any]:
    rows = EntryName.all_records.filter(entry__in=list(entries)).order_by("pk")
    return rows.only("entry_id", "kind", "family", "given", "patronymic", "full")


def _repressions(entries: Collection[int]) -> QuerySet[Any]:
    rows = Repression.all_records.filter(entry__in=list(entries)).order_by("pk")
    dates = ("arrest", "sentence_date", "execution")
    return rows.only("entry_id", "position", *(c for name in dates for c in _columns(name)))


def _columns(name: str) -> list[str]:
    return [f"{name}_{part}" for part in ("printed", "edtf", "earliest", "latest", "calendar")]


def _restricted(people: Collection[int]) -> QuerySet[Any, int]:
    rows = Person.all_records.filter(pk__in=people).exclude(status=PersonStatus.PUBLIC)
    return rows.order_by().values_list("pk", flat=True)


def _doubted(entry: Any) -> frozenset[str]:
    named = (*entry.discredited, *entry.source.unreliable_for)
    return frozenset(OTHERWISE.get(name, name) for name in named)


def _read_judgements(told: dict[int, _Told], owners: dict[int, int]) -> None:
    """Note the entries that were judged to be about somebody else than those read."""
    rows = Judgement.all_records.filter(
        Q(left__in=list(owners)) | Q(right__in=list(owners)), verdict=Verdict.DIFFERENT
    )
    for left, right in rows.order_by().values_list("left", "right"):
        for own, other in ((left, right), (right, left)):
            if own in owners:
                told[owners[own]].apart.add(other)


@dataclass(slots=True)
class _Told:
    """What the entries of one person say, gathered."""

    names: dict[tuple[int, KnownName], None] = field(default_factory=dict)
    sexes: dict[str, None] = field(default_factory=dict)
    dates: dict[str, dict[FuzzyDate, None]] = field(default_factory=dict)
    texts: dict[str, dict[str, None]] = field(default_factory=dict)
    entries: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)

    def read_entry(self, entry: Any, doubted: frozenset[str]) -> None:
        self.entries.add(entry.pk)
        if entry.sex and "sex" not in doubted:
            self.sexes[entry.sex] = None
        if "birth" not in doubted:
            self._date("birth", entry.birth)
        # What officials told the family is false, and yet it is what the family knows.
        self._date("false_death" if "death" in doubted else "death", entry.death)
        nationality = entry.nationality.text if entry.nationality else ""
        for name in ("birth_place", "residence", "occupation", "archive_file"):
            self._text(name, getattr(entry, name), doubted)
        self._text("nationality", nationality, doubted)

    def read_name(self, name: Any) -> None:
        known = KnownName(name.family, name.given, name.patronymic, name.full)
        self.names[(NAME_ORDER[name.kind], known)] = None

    def read_repression(self, row: Any, doubted: frozenset[str]) -> None:
        for name, told in (("arrest",) * 2, ("sentence_date", "sentence"), ("execution", "death")):
            if name not in doubted:
                self._date(told, getattr(row, name))

    def _date(self, name: str, day: FuzzyDate | None) -> None:
        if day is not None and day.edtf:
            self.dates.setdefault(name, {})[day] = None

    def _text(self, name: str, text: str, doubted: frozenset[str]) -> None:
        if text and name not in doubted:
            self.texts.setdefault(name, {})[text] = None

    def public_profile(self) -> Profile:
        """Return names and years alone: all that is told of someone who may be living."""
        return Profile(
            names=self._names(), births=self._years("birth"), deaths=self._years("death")
        )

    def _years(self, name: str) -> tuple[FuzzyDate, ...]:
        years = (day.year for day in self.dates.get(name, ()))
        return tuple(parse_edtf(f"{year}") for year in dict.fromkeys(years) if year)

    def _names(self) -> tuple[KnownName, ...]:
        ordered = sorted(self.names, key=lambda row: row[0])
        return tuple(dict.fromkeys(name for _, name in ordered))

    def profile(self) -> Profile:
        def dates(name: str) -> tuple[FuzzyDate, ...]:
            return tuple(self.dates.get(name, ()))

        def texts(name: str) -> tuple[str, ...]:
            return tuple(self.texts.get(name, ()))

        return Profile(
            names=self._names(),
            # Sources that differ on the sex tell nothing that could forbid anything.
            sex=next(iter(self.sexes)) if len(self.sexes) == 1 else "",
            births=dates("birth"),
            deaths=dates("death"),
            false_deaths=dates("false_death"),
            birth_places=texts("birth_place"),
            residences=texts("residence"),
            arrests=dates("arrest"),
            sentences=dates("sentence"),
            occupations=texts("occupation"),
            nationalities=texts("nationality"),
            archive_files=texts("archive_file"),
            entries=frozenset(self.entries),
            apart=frozenset(self.apart),
        )
