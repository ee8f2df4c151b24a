"""The index of names, kept in step with every write in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from registry.models import EntryName, NameToken, SourceStatus, Standing
from registry.models.inserting import insert_values
from registry.names import name_tokens

COLUMNS = ("person_id", "name_id", "role", "folded", "key")


def index_names(names: Iterable[tuple[int, EntryName]]) -> int:
    """Add saved name rows, each with its person's id, to the index; return how many rows.

    The rows go in as they are: most of what an import writes is index, and a model object for
    each would cost more than all the rest of it.
    """
    rows = [
        (person, name.pk, token.role, token.folded, token.key)
        for person, name in names
        for token in name_tokens(name.family, name.given, name.patronymic, name.full)
    ]
    insert_values(NameToken, COLUMNS, rows)
    return len(rows)


def reindex_people(people: Collection[int]) -> None:
    """Make the index of these people anew from the names of their entries in use."""
    NameToken.all_records.filter(person__in=people).delete()
    names = (
        EntryName.all_records.filter(
            entry__person__in=people,
            entry__standing=Standing.IN_USE,
            entry__source__status=SourceStatus.IN_USE,
        )
        .exclude(entry__discredited__has_key="*")
        .select_related("entry")
        .only("family", "given", "patronymic", "full", "entry__person")
        .order_by()
    )
    index_names((name.entry.person_id, name) for name in names.iterator(chunk_size=2_000))
