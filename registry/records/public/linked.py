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


def role_key(row: EntryRole) -> tuple[str, str]:
    """Return what makes two statements of a role one: the kind, and the text folded."""
    return (row.kind, fold(row.text))


def tellable_roles(rows: Iterable[EntryRole]) -> dict[tuple[str, str], list[EntryRole]]:
    """Return the roles that may be told of a person, by `role_key`, of all those stated.

    What an entry says that is discredited as a whole is neither told nor evidence.
    """
    groups: dict[tuple[str, str], list[EntryRole]] = {}
    for row in rows:
        if "*" not in row.entry.discredited:
            groups.setdefault(role_key(row), []).append(row)
    return {
        key: own
        for key, own in groups.items()
        if may_accuse((row.entry.source for row in own), act=key[0] == RoleKind.ACT)
    }


def public_roles(entries: Sequence[Entry], reader: Reader) -> tuple[PublicRole, ...]:
    """Return posts, acts and services, each text once with all entries that state it."""
    groups = tellable_roles(row for entry in entries for row in entry.roles.all())
    found = []
    for (kind, _), rows in groups.items():
        row = rows[0]
        found.append(
            PublicRole(
                kind=kind,
                text=worded_text(row, "text", reader.language) or Text(row.text),
                from_date=row.from_date,
                to_date=row.to_date,
                marks=reader.numbers(row.entry_id for row in rows),
            )
        )
    return tuple(found)


def public_relations(
    stated: Sequence[Relation], person: Person, reader: Reader
) -> tuple[PublicRelation, ...]:
    """Return the links of a person, from both sides, each other person and kind once."""
    own = [row for row in stated if row.person_id == person.pk]
    back = [row for row in stated if row.other_id == person.pk]
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
        texts = [(mine, worded_text(row, "text", reader.language)) for mine, row in rows]
        found.append(
            PublicRelation(
                kind=kind,
                person=other,
                name=names[other],
                text=next((text for mine, text in texts if mine and text), None),
                other_text=next((text for mine, text in texts if text and not mine), None),
                marks=reader.numbers(row.entry_id for _, row in rows),
                elsewhere=tuple(
                    sorted({r.entry_id for _, r in rows if r.entry_id not in reader.marks})
                ),
            )
        )
    return tuple(sorted(found, key=lambda relation: (relation.kind, relation.person)))
