"""Which records of the ledger concern a person or a place, and what of them is shown now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from registry.models import (
    SHOWN,
    Biography,
    Choice,
    Document,
    Entry,
    EntryRole,
    MemorialSite,
    Person,
    PersonStatus,
    Photograph,
    Relation,
    SourceStatus,
    Standing,
)
from registry.records.ledger.acts import Body
from registry.records.ledger.trails import Trail, read_trail, records_left
from registry.records.people.choosing import reference_of
from registry.records.public.lines import reader_names
from registry.records.public.linked import tellable_roles
from registry.records.public.shapes import Text

from .taken_back import TakenBack
from .telling import Labels, read_labels

OWN: dict[str, Any] = {
    "choice": Choice, "biography": Biography, "photograph": Photograph, "document": Document,
}  # fmt: skip
"""Records that are of one person by a column `person`, by the names of their subjects."""
FILES: dict[str, Any] = {"photograph": Photograph, "document": Document}


@dataclass(frozen=True, slots=True)
class Concern:
    """A person with the trail of all that is or was theirs, in a fixed number of queries.

    `people` are the person and whoever is merged into them. `entries`, `others` and `names`
    are every entry and every other person that the trail names, and what they are called.
    `files` and `biographies` are those that are shown now, `taken_back` is what no more is.
    """

    person: Person
    people: frozenset[int]
    trail: Trail
    entries: Mapping[int, Entry]
    others: Mapping[int, Person]
    names: Mapping[int, Text]
    roles: Collection[tuple[str, str]]
    files: Mapping[str, Collection[int]]
    biographies: Collection[int]
    labels: Labels
    taken_back: TakenBack


def read_concern(person: Person, *, language: str) -> Concern:
    """Read all that concerns a person, hidden or not: who tells it must ask what is shown."""
    merged = Person.all_records.filter(merged_into=person).values_list("pk", flat=True)
    people = frozenset({person.pk, *merged})
    records = _records_of(people)
    own = Entry.all_records.filter(pk__in=records["entry"]).select_related("source", "person")
    entries = {entry.pk: entry for entry in own.order_by("pk")}
    records["source"] = {entry.source.slug for entry in entries.values()}
    origins = {("entry", str(pk)): entry.change_id for pk, entry in entries.items()}
    trail = read_trail(records, origins=origins)
    steps = list(trail.steps())
    bodies = [body for step in steps for body in (step.before, step.after) if body]
    entries.update(_more_entries(bodies, entries))
    others = _others(bodies, people)
    stated = EntryRole.public.filter(entry__person=person).select_related("entry__source")
    return Concern(
        person=person,
        people=people,
        trail=trail,
        entries=entries,
        others=others,
        names=reader_names(others.values(), language=language),
        roles=frozenset(tellable_roles(stated)),
        files=_files_shown(records),
        biographies=_shown_of(Biography, records.get("biography", ())),
        labels=read_labels(bodies, language=language),
        taken_back=TakenBack(trail),
    )


def _records_of(people: Collection[int]) -> dict[str, set[str]]:
    """Return the references of all that is or was of these people, by subject."""
    found = records_left([f"person:{person}" for person in people])
    entries = Entry.all_records.filter(person__in=people).order_by().values_list("pk", flat=True)
    links = Relation.all_records.filter(Q(person__in=people) | Q(other__in=people)).order_by()
    present: dict[str, Iterable[int]] = {
        "person": people,
        "entry": entries,
        "relation": links.values_list("pk", flat=True),
    }
    for name, model in OWN.items():
        rows = model.all_records.filter(person__in=people).order_by()
        present[name] = rows.values_list("pk", flat=True)
    made = Choice.all_records.filter(person__in=people).order_by()
    for choice in made.values_list("person", "field", "entry"):
        found.setdefault("choice", set()).add(reference_of(*choice))
    for name, keys in present.items():
        found.setdefault(name, set()).update(str(pk) for pk in keys)
    return found


def _more_entries(bodies: Iterable[Body], known: Collection[int]) -> dict[int, Entry]:
    """Read the entries that choices and links name and that are of someone else."""
    named = {body[name] for body in bodies for name in ("entry", "entry_id") if body.get(name)}
    rows = Entry.all_records.filter(pk__in=named - set(known))
    return {entry.pk: entry for entry in rows.select_related("source", "person")}


def _others(bodies: Iterable[Body], people: Collection[int]) -> dict[int, Person]:
    """Read the people that bodies name; of those merged into the person, too."""
    named = {
        body[name]
        for body in bodies
        for name in ("person_id", "other_id", "merged_into")
        if body.get(name)
    }
    found: dict[int, Person] = Person.all_records.in_bulk(named | set(people))
    return found


def _files_shown(records: Mapping[str, Collection[str]]) -> dict[str, Collection[int]]:
    return {name: _shown_of(model, records.get(name, ())) for name, model in FILES.items()}


def _shown_of(model: Any, references: Collection[str]) -> set[int]:
    """Return the numbers of those rows that the public may see now."""
    rows = model.public.filter(pk__in=references).order_by()
    return set(rows.values_list("pk", flat=True))


def is_shown(entry: Entry | None) -> bool:
    """Tell whether the public may see an entry now."""
    return (
        entry is not None
        and entry.standing == Standing.IN_USE
        and entry.source.status == SourceStatus.IN_USE
        and entry.person.status in SHOWN
    )


def in_full(person: Person | None) -> bool:
    """Tell whether the public may see all of a person now."""
    return person is not None and person.status == PersonStatus.PUBLIC and person.entry_count > 0


@dataclass(frozen=True, slots=True)
class SiteConcern:
    """A place with its trail, and the photographs and scans of it that are shown now."""

    site: MemorialSite
    trail: Trail
    files: Mapping[str, Collection[int]]
    labels: Labels
    taken_back: TakenBack


def read_site_concern(site: MemorialSite, *, language: str) -> SiteConcern:
    """Read all that concerns a place, in a fixed number of queries."""
    records = records_left([f"site:{site.pk}"])
    records["site"] = {site.slug}
    for name, model in FILES.items():
        rows = model.all_records.filter(site=site).order_by().values_list("pk", flat=True)
        records.setdefault(name, set()).update(str(pk) for pk in rows)
    trail = read_trail(records)
    return SiteConcern(site, trail, _files_shown(records), Labels(language), TakenBack(trail))
