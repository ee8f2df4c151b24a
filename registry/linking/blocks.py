"""Which pairs of people are worth comparing in the whole registry: those of one block of names.

First everyone of one surname (in any reading), in the order of the index; of a common surname
only those who share two of given name, patronymic and year of birth. Then, year of birth by year
of birth, those of one given name and patronymic under another surname: a letter off, of the same
stem, or a woman's. Nothing is held but the people of one surname, or of one year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, groupby
from typing import Any

from django.db.models import Max, Min

from registry.models import NameForm, Person, Sex, WordReading, WordRole
from registry.names import equivalents
from registry.search.index.updating import PERSON, named_by
from registry.search.index.vocabulary import in_pieces

from .likeness import SHORTEST_NEAR, STEM, is_within

SMALL = 40
"""People of one surname up to whom everyone is compared with everyone."""
COMMON = 400
"""People of one given name, patronymic and year beyond whom these three say nothing."""
BATCH = 2_000
"""People whose names are read at once."""
OF_WOMEN = ("vna", "qna")

Pair = tuple[int, int]


@dataclass(slots=True)
class Marks:
    """The keys of a person's names, and the years in which they may be born."""

    family: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    patronymic: set[str] = field(default_factory=set)
    years: tuple[int, ...] = ()
    sex: str = ""

    @property
    def is_woman(self) -> bool:
        """Whether the sex as recorded says so, or the end of a patronymic: -овна, -ична."""
        return self.sex == Sex.FEMALE or any(key.endswith(OF_WOMEN) for key in self.patronymic)

    @property
    def pairs(self) -> Iterator[tuple[str, str | int, str | int]]:
        """Two of three things that people of a common surname share to be compared."""
        for given in {form for key in self.given for form in (key, *equivalents(key))}:
            yield from (("given, patronymic", given, name) for name in self.patronymic)
            yield from (("given, year", given, year) for year in self.years)
        for name in self.patronymic:
            yield from (("patronymic, year", name, year) for year in self.years)
        if not self.given:
            yield from (("year", year, "") for year in self.years)


def pairs_of_one_surname() -> Iterator[list[Pair]]:
    """Yield pairs of people who share a surname, some surnames at a time; no pair twice."""
    batch: dict[str, list[int]] = {}
    size = 0
    for key, people in _surnames():
        if len(people) > 1:
            batch[key] = people
            size += len(people)
        if size >= BATCH:
            yield list(_pairs_in(batch))
            batch, size = {}, 0
    if batch:
        yield list(_pairs_in(batch))


def _surnames() -> Iterator[tuple[str, list[int]]]:
    """Yield each surname, by its key, and who bears it: some thousand surnames in one query."""
    rows = WordReading.all_records.filter(role=WordRole.FAMILY).order_by("key")
    readings = rows.values_list("key", "word").iterator(chunk_size=BATCH)
    alike = ((key, [word for _, word in own]) for key, own in groupby(readings, lambda row: row[0]))
    for some in in_pieces(alike, BATCH):
        bearers: dict[int, list[int]] = {}
        forms = NameForm.all_records.filter(family__in={word for _, own in some for word in own})
        ordered = forms.order_by("pk").values_list("family", PERSON)
        for word, person in ordered.iterator(chunk_size=BATCH):
            bearers.setdefault(word, []).append(person)
        for key, own in some:
            yield key, list(dict.fromkeys(one for word in own for one in bearers.get(word, ())))


def _pairs_in(batch: dict[str, list[int]]) -> Iterator[Pair]:
    marks = marks_of({person for people in batch.values() for person in people})
    for key, people in batch.items():
        known = [person for person in people if person in marks]
        for one, other in _of_surname(known, marks):
            # Who shares several readings of a surname is met under each of them.
            if key == min(marks[one].family & marks[other].family):
                yield one, other


def _of_surname(people: list[int], marks: dict[int, Marks]) -> Iterable[Pair]:
    if len(people) <= SMALL:
        return combinations(sorted(people), 2)
    shared: dict[object, list[int]] = {}
    for person in people:
        for two in marks[person].pairs:
            shared.setdefault(two, []).append(person)
    return sorted({pair for same in shared.values() for pair in combinations(sorted(same), 2)})


def marks_of(people: Collection[int]) -> dict[int, Marks]:
    """Return the marks of those of these people whom the public may see."""
    ordered = sorted(people)
    found: dict[int, Marks] = {}
    for start in range(0, len(ordered), BATCH):
        chosen = ordered[start : start + BATCH]
        rows = Person.public.filter(pk__in=chosen).order_by()
        for pk, sex, first, last in rows.values_list("pk", "sex", "birth_earliest", "birth_latest"):
            found[pk] = Marks(years=_years(first, last), sex=sex)
        for person, role, keys in named_by(chosen):
            if person in found:
                _note(found[person], role, keys)
    return found


def _note(marks: Marks, role: int, keys: Sequence[str]) -> None:
    if role == WordRole.FAMILY:
        marks.family.update(keys)
    whole = [key for key in keys if len(key) > 1]
    if role == WordRole.GIVEN:
        marks.given.update(whole)
    if role == WordRole.PATRONYMIC:
        marks.patronymic.update(whole)


def _years(first: date | None, last: date | None) -> tuple[int, ...]:
    """Return the years of a birth and the one after, so that births a year apart meet."""
    if first is None or last is None or last.year - first.year > 4:
        return ()
    return tuple(range(first.year, last.year + 2))


def pairs_of_other_surnames() -> Iterator[list[Pair]]:
    """Yield pairs of people of one given name, patronymic and year whose surnames differ."""
    ends = Person.public.aggregate(first=Min("birth_earliest"), last=Max("birth_earliest"))
    if ends["first"] is None:
        return
    for year in range(ends["first"].year, ends["last"].year + 1):
        rows: Any = Person.public.filter(
            birth_earliest__range=(date(year, 1, 1), date(year, 12, 31))
        )
        marks = marks_of(list(rows.order_by().values_list("pk", flat=True)))
        named: dict[tuple[str, str], list[int]] = {}
        for person, own in marks.items():
            for given in own.given:
                for patronymic in own.patronymic:
                    named.setdefault((given, patronymic), []).append(person)
        yield sorted(
            {
                pair
                for people in named.values()
                if len(people) <= COMMON
                for pair in combinations(sorted(people), 2)
                if _may_be_renamed(marks[pair[0]], marks[pair[1]])
            }
        )


def _may_be_renamed(one: Marks, other: Marks) -> bool:
    """Tell whether surnames differ as those of one person do: misspelt, or changed by marriage."""
    if one.family & other.family:
        return False  # met by their surname already
    if one.is_woman or other.is_woman:
        return True
    return any(
        here[:STEM] == there[:STEM]
        or (min(len(here), len(there)) >= SHORTEST_NEAR and is_within(here, there, 1))
        for here in one.family
        for there in other.family
    )
