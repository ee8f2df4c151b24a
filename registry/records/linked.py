"""Posts held, acts signed, and links between people, as the public may know them.

A press or web page alone never accuses: an accusing act or link needs a source above rank 6,
and an act one that is not an encyclopedia alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from registry.models import (
    INVERSE,
    Entry,
    EntryRole,
    Person,
    Relation,
    RelationKind,
    RoleKind,
    Source,
    SourceKind,
)
from registry.names import fold

from .lines import reader_names
from .shapes import PublicRelation, PublicRole, Text
from .shaping import worded_text
from .valuing import Reader

LOWEST_ACCUSING_RANK = 5
ACCUSING = {RelationKind.PROSECUTED_BY, RelationKind.PROSECUTOR_OF}


def may_accuse(sources: Iterable[Source], *, act: bool) -> bool:
    """Tell whether these sources together are enough to say it of someone.

    A post or a service needs a source of rank 1 to 5, an act one that is no encyclopedia.
    """
    return any(
        source.rank is not None
        and source.rank <= LOWEST_ACCUSING_RANK
        and not (act and source.kind == SourceKind.ENCYCLOPEDIA)
        for source in sources
    )


def public_roles(entries: Sequence[Entry], reader: Reader) -> tuple[PublicRole, ...]:
    """Return posts, acts and services, each text once with all entries that state it."""
    groups: dict[tuple[str, str], list[tuple[Entry, EntryRole]]] = {}
    for entry in entries:
        for row in entry.roles.all():
            groups.setdefault((row.kind, fold(row.text)), []).append((entry, row))
    found = []
    for (kind, _), rows in groups.items():
        if not may_accuse((entry.source for entry, _ in rows), act=kind == RoleKind.ACT):
            continue
        row = rows[0][1]
        found.append(
            PublicRole(
                kind=kind,
                text=worded_text(row, "text", reader.language) or Text(row.text),
                from_date=row.from_date,
                to_date=row.to_date,
                marks=reader.numbers(entry.pk for entry, _ in rows),
            )
        )
    return tuple(found)


def public_relations(person: Person, reader: Reader) -> tuple[PublicRelation, ...]:
    """Return the links of a person, from both sides, each other person and kind once."""
    own = list(Relation.public.filter(person=person).select_related("other", "entry__source"))
    back = list(Relation.public.filter(other=person).select_related("person", "entry__source"))
    groups: dict[tuple[int, str], list[tuple[bool, Relation]]] = {}
    for row in own:
        groups.setdefault((row.other_id, row.kind), []).append((True, row))
    for row in back:
        kind = INVERSE.get(RelationKind(row.kind), row.kind)
        groups.setdefault((row.person_id, kind), []).append((False, row))
    people = {row.other_id: row.other for row in own} | {row.person_id: row.person for row in back}
    names = reader_names(people.values(), language=reader.language)
    found = []
    for (other, kind), rows in groups.items():
        if kind in ACCUSING and not may_accuse((r.entry.source for _, r in rows), act=False):
            continue
        texts = [worded_text(row, "text", reader.language) for mine, row in rows if mine]
        found.append(
            PublicRelation(
                kind=kind,
                person=other,
                name=names[other],
                text=next((text for text in texts if text), None),
                marks=reader.numbers(row.entry_id for _, row in rows),
                elsewhere=tuple(
                    sorted({r.entry_id for _, r in rows if r.entry_id not in reader.marks})
                ),
            )
        )
    return tuple(sorted(found, key=lambda relation: (relation.kind, relation.person)))
