"""What becomes of each field of a person, and of all that hangs on one, when two are merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models

from registry.models import Person
from registry.records.catalogue.photographs import DOCUMENT, PHOTOGRAPH
from registry.records.ledger.acts import Subject
from registry.records.ledger.refreshing import CONCLUDED_COLUMNS
from registry.records.ledger.snapshots import ENTRY

from .biographies import BIOGRAPHY
from .choosing import CHOICE, reference_of
from .relating import RELATION


class Treatment(StrEnum):
    """What merging does with a field or a relation, in words."""

    CONCLUDED = "concluded again from all entries"
    DECIDED = "set by the merge itself"
    STAYS = "stays with the address it belongs to, which leads on"
    MOVES = "moves, unless it would then stand twice or link a person with themself"
    ASKED = "moves; where both have one, an editor says which, and the other stays behind"


@dataclass(frozen=True, slots=True)
class MergeRule:
    """The rule of one field or relation of a person.

    What moves names its `subject` in the ledger, the columns in which a row is the `same` as
    one that is there already, the `other_end` of a link, and the rows that are `live`. Of what
    is asked there is one for each `slot`; where the ledger knows it by the person it is of,
    `reference` is its name there, would it be that of a person.
    """

    treatment: Treatment
    subject: Subject | None = None
    same: tuple[str, ...] = ()
    other_end: str = ""
    live: Mapping[str, Any] = field(default_factory=dict)
    slot: Callable[[Any], str] = lambda _row: ""
    reference: Callable[[int, Any], str] | None = None


_CONCLUDED = MergeRule(Treatment.CONCLUDED)
_DECIDED = MergeRule(Treatment.DECIDED)
_STAYS = MergeRule(Treatment.STAYS)

MERGE_RULES: dict[str, MergeRule] = {
    **dict.fromkeys(CONCLUDED_COLUMNS, _CONCLUDED),
    "id": _STAYS,
    "keys": _STAYS,
    "submitted_parts": _STAYS,
    "decided_parts": _STAYS,
    "merged_people": _STAYS,
    "proposals": _STAYS,
    "status": _DECIDED,
    "status_by_rule": _DECIDED,
    "merged_into": _DECIDED,
    "entries": MergeRule(Treatment.MOVES, ENTRY),
    "relations": MergeRule(
        Treatment.MOVES, RELATION, same=("entry_id", "kind", "other_id"), other_end="other_id"
    ),
    "relations_to": MergeRule(
        Treatment.MOVES, RELATION, same=("entry_id", "kind", "person_id"), other_end="person_id"
    ),
    "photographs": MergeRule(Treatment.MOVES, PHOTOGRAPH, same=("checksum",)),
    "documents": MergeRule(Treatment.MOVES, DOCUMENT, same=("checksum",)),
    "biographies": MergeRule(Treatment.ASKED, BIOGRAPHY, slot=lambda row: str(row.language)),
    "choices": MergeRule(
        Treatment.ASKED,
        CHOICE,
        live={"superseded_by__isnull": True},
        slot=lambda row: reference_of(0, row.field, row.entry_id).partition(":")[2],
        reference=lambda person, row: reference_of(person, row.field, row.entry_id),
    ),
}
"""By the name of the field or relation; a new one needs its rule here, which a test asks for."""


def rows_of(name: str) -> tuple[type[models.Model], str]:
    """Return the table of a relation to people, and its column that holds the person."""
    relation = Person._meta.get_field(name)
    table: Any = relation.related_model
    return table, relation.field.attname  # type: ignore[union-attr]  # always one from elsewhere
