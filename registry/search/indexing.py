"""The index of names, kept in step with every write in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from registry.models import EntryName, NameToken, SourceStatus, Standing
from registry.names import name_tokens


def tokens_of(*, person: int, name: EntryName) -> list[NameToken]:
    """Return the unsaved index rows of one saved name row of the person with id `person`."""
    return [
        NameToken(
            person_id=person, name_id=name.pk, role=token.role, folded=token.folded, key=token.key
        )
        for token in name_tokens(name.family, name.given, name.patronymic, name.full)
    ]


def index_names(names: Iterable[tuple[int, EntryName]]) -> int:
    """Add name rows, each with its person's id, to the index; return the number of rows."""
    rows = [row for person, name in names for row in tokens_of(person=person, name=name)]
    NameToken.all_records.bulk_create(rows, batch_size=2_000)
    return len(rows)


def reindex_people(people: Collection[int]) -> None:
    """Make the index of these people anew from the names of their entries in use."""
    NameToken.all_records.filter(person__in=people).delete()
    names = EntryName.all_records.filter(
        entry__person__in=people,
        entry__standing=Standing.IN_USE,
        entry__source__status=SourceStatus.IN_USE,
    ).select_related("entry")
    index_names((name.entry.person_id, name) for name in names.iterator(chunk_size=2_000))
