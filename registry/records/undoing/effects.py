"""What a change did to each record: the bodies before and after, read out of the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.models import Change, Entry, Revision, Standing
from registry.records.catalogue.sources import SOURCE
from registry.records.catalogue.terms import SPELLING, count_uses
from registry.records.ledger.acts import Body, Subject, in_batches
from registry.records.ledger.snapshots import ENTRY

from .subjects import SUBJECTS

AT_ONCE = 500
"""Imported entries that an undoing holds in memory together."""
WHOLE = 5000
"""Revised records that are undone as one piece, so that a merge is undone whole or not at all."""

MOST_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change did to one record: the bodies before and after; None where there was none.

    `after` is None too where the act took the record away; `erased` tells that a court had one
    of the bodies emptied, and nothing is known of either.
    """

    subject: Subject
    reference: str
    before: Body | None
    after: Body | None
    erased: bool = False


def count_records(changes: Collection[int]) -> int:
    """Return how many records these changes have touched or made, about."""
    numbers = list(changes)
    rows = Revision.all_records.filter(change__in=numbers).order_by()
    return rows.count() + Entry.all_records.filter(change__in=numbers).count()


def count_settled(changes: Collection[int]) -> int:
    """Return how many entries hang on the sources and spellings that these changes touched.

    Their people are concluded again when the changes are undone, which is most of the work. Of
    the spellings up to a hundred thousand.
    """
    rows = Revision.all_records.filter(change__in=list(changes)).order_by()
    sources = rows.filter(subject=SOURCE.name).values("reference")
    spelled = rows.filter(subject=SPELLING.name).values_list("reference", flat=True)
    hanging = Entry.all_records.filter(source__slug__in=sources).count()
    return hanging + count_uses([int(key) for key in spelled], limit=MOST_COUNTED)


def effects_of(
    change: Change, *, read: Callable[[Sequence[str]], Mapping[str, Body]] = ENTRY.read
) -> Iterator[list[Effect]]:
    """Yield what a change did, in pieces; entries the ledger has nothing of were made by it.

    Those come first: a source that was made with them is withdrawn when they have gone, and not
    concluded from twice. What was revised is one piece unless it is very much: records of one
    act hang together. `read` returns what entries assert now, for an act that remembers it anyway.
    """
    rows = Revision.all_records.filter(change=change).order_by("pk")
    records = list(dict.fromkeys(rows.values_list("subject", "reference")))
    known = {reference for name, reference in records if name == ENTRY.name}
    made = Entry.all_records.filter(change=change).exclude(standing=Standing.REVERTED)
    keys = made.order_by("pk").values_list("pk", flat=True)
    fresh = [str(pk) for pk in keys if str(pk) not in known]
    for start in range(0, len(fresh), AT_ONCE):
        own = fresh[start : start + AT_ONCE]
        yield [Effect(ENTRY, pk, None, body) for pk, body in read(own).items()]
    for start in range(0, len(records), WHOLE):
        yield _revised(change, records[start : start + WHOLE])


def _revised(change: Change, records: Sequence[tuple[str, str]]) -> list[Effect]:
    effects = []
    for name, subject in SUBJECTS.items():
        references = [reference for own, reference in records if own == name]
        origins = subject.origins(references)
        older: dict[str, Revision] = {}
        own: dict[str, list[Revision]] = {}
        for some in in_batches(references):
            rows = Revision.all_records.filter(subject=name, reference__in=some)
            for row in rows.select_related("body").order_by("pk"):
                if row.change_id == change.pk:
                    own.setdefault(row.reference, []).append(row)
                elif row.reference not in own:
                    older[row.reference] = row
        for reference, kept in own.items():
            # A record of which the ledger had nothing was kept under this change both ways.
            before = older.get(reference) or (kept[0] if len(kept) > 1 else None)
            made = origins.get(reference) == change.pk
            effects.append(_effect(subject, kept[-1], None if made else before))
    return effects


def _effect(subject: Subject, after: Revision, before: Revision | None) -> Effect:
    erased = not after.body.text or (before is not None and not before.body.text)
    return Effect(
        subject,
        after.reference,
        json.loads(before.body.text) if before and not erased else None,
        None if erased else json.loads(after.body.text),
        erased,
    )
