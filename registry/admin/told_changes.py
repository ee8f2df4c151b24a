"""What changes did to records, in words for the desk: field by field, with what the ledger keeps.

The public history tells less (`records/history/timelines.py`): nothing of what is hidden now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from registry.models import Revision
from registry.names import fold
from registry.records.history.differing import differences
from registry.records.history.shapes import Difference
from registry.records.history.telling import (
    Labels,
    Told,
    read_labels,
    tell_biography,
    tell_entry,
    tell_file,
    tell_relation,
)
from registry.records.ledger.acts import LEFT, Body
from registry.records.ledger.trails import Step, read_trail
from registry.records.undoing.words import SUBJECT_WORDS

from .told_fields import tell_fields

PAGES = {
    "entry": "admin:registry_entry_change",
    "person": "admin:registry_person_change",
    "photograph": "admin:registry_photograph_edit",
    "document": "admin:registry_document_edit",
}
"""The pages of records that the ledger names by their ids."""
BESIDES = frozenset({"person_id", "other_id", "site_id", "standing", "sources", "published"})
"""What the public history tells otherwise than as a field."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What one change did to one record; `kept` is what the ledger keeps of it after, as it is."""

    change: int
    record: str
    address: str
    differences: tuple[Difference, ...]
    gone: bool
    erased: bool
    kept: str


def told_change(change: int, *, language: str, most: int) -> list[Changed]:
    """Return what one change did to the first so many of its records."""
    rows = Revision.all_records.filter(change=change).exclude(subject=LEFT).order_by("pk")
    named = list(dict.fromkeys(rows.values_list("subject", "reference")[: 2 * most]))[:most]
    return [one for one in _told(named, language) if one.change == change]


def told_record(subject: str, reference: str, *, language: str) -> list[Changed]:
    """Return what every change did to one record, oldest first."""
    return _told([(subject, reference)], language)


def record_address(subject: str, reference: str) -> str:
    """Return the address of the page of a record on the desk, or nothing where it has none."""
    page = PAGES.get(subject)
    return reverse(page, args=[reference]) if page and reference.isdecimal() else ""


def _told(named: Iterable[tuple[str, str]], language: str) -> list[Changed]:
    wanted: dict[str, list[str]] = {}
    for subject, reference in named:
        wanted.setdefault(subject, []).append(reference)
    trail = read_trail(wanted)
    steps = list(trail.steps())
    bodies = [body for step in steps for body in (step.before, step.after) if body]
    labels = read_labels([body for body in bodies if "repressions" in body], language=language)
    last = {
        (row.change_id, *record): row.body.text
        for record, rows in trail.rows.items()
        for row in rows
    }
    return [
        Changed(
            step.change,
            f"{SUBJECT_WORDS.get(step.subject, step.subject)} {step.reference}",
            record_address(step.subject, step.reference),
            _differences(step, labels),
            step.after is None and not step.erased,
            step.erased,
            last.get((step.change, step.subject, step.reference), ""),
        )
        for step in steps
    ]


def _differences(step: Step, labels: Labels) -> tuple[Difference, ...]:
    tell = TELLERS.get(step.subject)
    before, after = step.before or {}, step.after or {}
    if tell is None:
        return differences(
            tell_fields(step.subject, before, labels.language),
            tell_fields(step.subject, after, labels.language),
        )
    told = [tell(body, labels) if body else {} for body in (before, after)]
    besides = [
        tell_fields(
            step.subject,
            {name: value for name, value in body.items() if name in BESIDES},
            labels.language,
        )
        for body in (before, after)
    ]
    return differences(besides[0], besides[1]) + differences(told[0], told[1])


def _entry(body: Body, labels: Labels) -> Told:
    roles = [(row["kind"], fold(row["text"])) for row in body["roles"]]
    return tell_entry(body, labels, roles=roles, restricted=False)


TELLERS: dict[str, Callable[[Body, Labels], Told]] = {
    "entry": _entry,
    "relation": tell_relation,
    "biography": tell_biography,
    "photograph": tell_file,
    "document": tell_file,
}
