"""The first page of a submission: with it there is a row, and a receipt that opens it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.conf import settings
from django.db import IntegrityError, transaction

from registry.models import (
    MemorialSite,
    Part,
    PartKind,
    Person,
    Submission,
    SubmissionKind,
    SubmissionState,
)

from .days import week_of
from .filling import fill_answers, fill_part, shown_person, shown_site
from .questions import is_fact
from .receipts import Receipt, matches, new_receipt, receipt_of
from .rows import new_number
from .states import SubmissionRefused

FIRST_PART = {
    SubmissionKind.PERSON: PartKind.PERSON,
    SubmissionKind.ADDITION: PartKind.PERSON,
    SubmissionKind.CORRECTION: PartKind.FACT,
    SubmissionKind.BIOGRAPHY: PartKind.BIOGRAPHY,
    SubmissionKind.SITE: PartKind.SITE,
    SubmissionKind.TAKEDOWN: PartKind.TAKEDOWN,
}
"""The part each kind begins with; files alone have none."""
ABOUT_SOMEBODY = frozenset(
    {
        SubmissionKind.ADDITION, SubmissionKind.CORRECTION, SubmissionKind.BIOGRAPHY,
        SubmissionKind.FILES,
    }
)  # fmt: skip
"""Kinds that are about somebody who is here (files: or about a place)."""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom or what a submission is about: a person, a fact of theirs, a place by its slug."""

    person: int | None = None
    field: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Started:
    """A submission that was begun, and its receipt, which is told this once."""

    submission: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class _FirstPage:
    """What the first page says, checked, and of whom or what."""

    kind: SubmissionKind
    language: str
    field: str
    person: Person | None
    site: MemorialSite | None
    values: Mapping[str, str]
    answers: Mapping[str, str]

    def part(self) -> Part | None:
        """Return the part it makes. Raises SubmissionRefused."""
        first = FIRST_PART.get(self.kind)
        if self.kind == SubmissionKind.SITE and self.site is not None:
            first = PartKind.FIGURE
        if first is None and (self.person or self.site):
            # Files alone hang on whom they show.
            first = PartKind.PERSON if self.person else PartKind.SITE
        if first is None:
            return None
        part = Part(kind=first, position=1, person=self.person, site=self.site)
        part.field = self.field if first == PartKind.FACT else ""
        if self.kind in FIRST_PART:
            fill_part(part, self.values)
        return part


def start_submission(
    *,
    kind: SubmissionKind,
    language: str,
    now: datetime,
    target: Target = Target(),
    values: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    once: str = "",
) -> Started:
    """Begin a submission with what its first page says; return it with its receipt.

    `once` is a number that the form has and no other: sent a second time it finds the same draft,
    which says then what it says now, under the same receipt. So does what was sent meanwhile and
    says the same; else it is begun anew. Raises SubmissionRefused: `unknown-person`,
    `unknown-site` (also hidden ones: nobody learns here whom the registry hides),
    `unknown-field`, `unknown-value`, `too-long`, `nul`.
    """
    person, site = shown_person(target.person), shown_site(target.site)
    if kind in ABOUT_SOMEBODY and person is None and not (kind == SubmissionKind.FILES and site):
        raise SubmissionRefused("unknown-person", field="person")
    if kind == SubmissionKind.CORRECTION and not is_fact(target.field):
        raise SubmissionRefused("unknown-field", field="field")
    if language not in dict(settings.LANGUAGES):
        raise SubmissionRefused("unknown-value", field="language")
    page = _FirstPage(kind, language, target.field, person, site, values or {}, answers or {})
    for turn in count():
        receipt = receipt_of(once, turn) if once else new_receipt()
        found = Submission.all_records.filter(finder=receipt.finder).first()
        if found is None:
            try:
                return Started(_begin(page, receipt, now), receipt)
            except IntegrityError:
                # The same form was sent twice at this moment; anything else is raised again.
                found = Submission.all_records.filter(finder=receipt.finder).first()
                if found is None:
                    raise
        # Of a receipt that was drawn the beginning alone is taken, by one in 100 million.
        if once and _opens(receipt, found) and _is_same(page, found.pk, now):
            return Started(found.pk, receipt)
    raise AssertionError


def _begin(page: _FirstPage, receipt: Receipt, now: datetime) -> int:
    with transaction.atomic():
        row = Submission(
            kind=page.kind,
            language=page.language,
            number=new_number(),
            since=week_of(now),
            finder=receipt.finder,
            receipt_salt=receipt.salt,
            receipt_hash=receipt.hash,
        )
        fill_answers(row, page.answers)
        row.save(force_insert=True)
        part = page.part()
        if part is not None:
            part.submission = row
            part.save(force_insert=True)
    return int(row.pk)


def _opens(receipt: Receipt, row: Submission) -> bool:
    return matches(receipt.digits, bytes(row.receipt_salt), bytes(row.receipt_hash))


def _is_same(page: _FirstPage, pk: int, now: datetime) -> bool:
    """Tell whether this page has begun a submission; a draft says then what the page says now."""
    with transaction.atomic():
        row = Submission.all_records.select_for_update().filter(pk=pk).first()
        if row is None:
            return False
        new = page.part()
        part = row.parts(manager="all_records").filter(position=1).first()
        if row.kind != page.kind or _about(part) != _about(new):
            return False
        if row.state != SubmissionState.DRAFT:
            return part is None or new is None or part.values == new.values
        fill_answers(row, page.answers)
        row.since = week_of(now)
        row.save()
        if part is not None:
            fill_part(part, page.values)
            part.save()
    return True


def _about(part: Part | None) -> tuple[object, ...]:
    return (part.kind, part.person_id, part.site_id, part.field) if part else ()
