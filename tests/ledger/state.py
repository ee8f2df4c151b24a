"""All that the records assert now, and all that the ledger says they do."""

from __future__ import annotations

from collections.abc import Callable

from registry.models import (
    Biography,
    Choice,
    Document,
    Entry,
    Judgement,
    MemorialSite,
    Person,
    Photograph,
    Proposal,
    Relation,
    Revision,
    Source,
    Spelling,
    Submission,
    Term,
)
from registry.records.ledger.changes import canonical
from registry.records.people.choosing import reference_of
from registry.records.undoing.subjects import SUBJECTS

Record = tuple[str, str]
"""The name of a subject, and a reference."""


def _keys(model: type) -> Callable[[], list[str]]:
    return lambda: [str(pk) for pk in model.all_records.values_list("pk", flat=True)]


def _slugs(model: type) -> Callable[[], list[str]]:
    return lambda: list(model.all_records.values_list("slug", flat=True))


REFERENCES: dict[str, Callable[[], list[str]]] = {
    "term": lambda: [f"{t.vocabulary}:{t.code}" for t in Term.all_records.all()],
    "spelling": _keys(Spelling),
    "source": _slugs(Source),
    "site": _slugs(MemorialSite),
    "entry": _keys(Entry),
    "person": _keys(Person),
    "relation": _keys(Relation),
    "choice": lambda: [
        reference_of(row.person_id, row.field, row.entry_id)
        for row in Choice.all_records.filter(superseded_by__isnull=True)
    ],
    "biography": _keys(Biography),
    "judgement": _keys(Judgement),
    "proposal": _keys(Proposal),
    "photograph": _keys(Photograph),
    "document": _keys(Document),
    "submission": lambda: list(Submission.all_records.values_list("number", flat=True)),
}
"""The references of all records there are, by subject."""


def everything() -> dict[Record, str]:
    """Return the body of every record there is, as canonical text."""
    found: dict[Record, str] = {}
    for name, subject in SUBJECTS.items():
        bodies = subject.read(REFERENCES[name]())
        found.update({(name, reference): canonical(body) for reference, body in bodies.items()})
    return found


def replayed(*, since: int = 0) -> dict[Record, str]:
    """Return the ledger's last word on each record of which it has one newer than `since`."""
    rows = Revision.all_records.filter(pk__gt=since).select_related("body").order_by("pk")
    return {(row.subject, row.reference): row.body.text for row in rows if row.subject in SUBJECTS}


def assert_the_ledger_tells_all(*, since: int = 0) -> None:
    """Fail where a record asserts something else than the last word of the ledger on it."""
    said = replayed(since=since)
    for name, subject in SUBJECTS.items():
        bodies = subject.read([reference for own, reference in said if own == name])
        for own, reference in said:
            if own == name:
                assert canonical(bodies.get(reference)) == said[own, reference], (own, reference)


def last_revision() -> int:
    """Return the number of the newest revision."""
    return Revision.all_records.order_by("-pk").values_list("pk", flat=True).first() or 0
