"""The rows a person is published from: of today here, of a day past in `as_of`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from registry.models import (
    SHOWN,
    Biography,
    Choice,
    Entry,
    EntryName,
    Person,
    PersonStatus,
    Relation,
    Repression,
    Ruling,
    Stay,
)

from .files import FileRow, read_files


class PersonUnknown(LookupError):
    """Nobody has this id."""


class NotShown(LookupError):
    """What is there and not shown; of who is `suppressed` not even why is told."""

    def __init__(self, number: int, *, suppressed: bool = False) -> None:
        super().__init__(number)
        self.suppressed = suppressed


class PersonGone(NotShown):
    """Someone had this id and is not shown."""


class PersonMoved(LookupError):
    """The person was merged; `to` is the id of whom it was merged into."""

    def __init__(self, to: int) -> None:
        super().__init__(to)
        self.to = to


class EntryUnknown(LookupError):
    """No entry has this id."""


class EntryGone(NotShown):
    """The entry is not shown."""


@dataclass(frozen=True, slots=True)
class PersonRows:
    """Everything that is said of one person, as rows, saved or not: what publishing shapes.

    `relations` are those of either side that are shown; the people at both ends come with them.
    """

    person: Person
    entries: Sequence[Entry]
    choices: Sequence[Choice]
    relations: Sequence[Relation]
    biographies: Sequence[Biography]
    files: Sequence[FileRow]


def load_person(person: int) -> PersonRows:
    """Read what a person is published from today, in a number of queries that does not grow.

    Of the possibly living only entries and choices. Raises PersonUnknown, PersonGone,
    PersonMoved.
    """
    row = shown_person(person)
    entries = read_entries(Entry.all_records.get_queryset().in_use().filter(person=row))
    choices = list(Choice.all_records.filter(person=row, superseded_by__isnull=True))
    if row.status == PersonStatus.RESTRICTED:
        return PersonRows(row, entries, choices, (), (), ())
    return PersonRows(
        person=row,
        entries=entries,
        choices=choices,
        relations=list(
            Relation.public.filter(Q(person=row) | Q(other=row)).select_related(
                "person", "other", "entry__source"
            )
        ),
        biographies=list(Biography.public.filter(person=row).prefetch_related("sources")),
        files=read_files(row),
    )


def shown_person(person: int) -> Person:
    """Return the row of a person shown. Raises PersonUnknown, PersonGone, PersonMoved."""
    found = Person.all_records.select_related("fate").filter(pk=person).first()
    if found is None:
        raise PersonUnknown(person)
    if found.status == PersonStatus.MERGED:
        raise PersonMoved(follow_merges([found.pk])[found.pk])
    if not is_shown(found):
        raise PersonGone(person, suppressed=found.status == PersonStatus.SUPPRESSED)
    row: Person = found
    return row


def read_entries(entries: object) -> list[Entry]:
    """Load entries with everything they say, in a number of queries that does not grow."""
    spellings = ("nationality", "party", "category", "fate")
    repressions = Repression.all_records.select_related(
        "operation__term", "sentencing_body__term", "sentence_kind", "execution_site"
    )
    rulings = Ruling.all_records.select_related("body__term")
    stays = Stay.all_records.select_related("site")
    return list(
        entries.select_related(  # type: ignore[attr-defined]  # managers are built by hand
            "source",
            "passage",
            "person",
            "burial_site",
            "birth_region",
            "residence_region",
            *(f"{name}__term" for name in spellings),
        ).prefetch_related(
            Prefetch("names", EntryName.all_records.all()),
            Prefetch("repressions", repressions),
            Prefetch("rulings", rulings),
            Prefetch("stays", stays),
            "roles",
        )
    )


def is_shown(person: Person) -> bool:
    """Tell whether the public may see a person: by status, and with an entry in use."""
    return person.status in SHOWN and person.entry_count > 0


def follow_merges(people: Iterable[int]) -> dict[int, int]:
    """Return where the addresses of these people lead: to themselves unless they were merged.

    One query, and one for each link of the longest chain, however many they are.
    """
    leads = {person: person for person in people}
    while moved := dict(
        Person.all_records.filter(
            pk__in=set(leads.values()), merged_into__isnull=False
        ).values_list("pk", "merged_into")
    ):
        leads = {person: moved.get(last, last) for person, last in leads.items()}
    return leads
