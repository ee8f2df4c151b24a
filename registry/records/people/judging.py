"""Judgements: whether two entries are about the same person, asked once and never again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from registry.models import Change, ChangeKind, Entry, Judgement, Role, Standing, Verdict
from registry.records.ledger.acts import Act, act
from registry.records.ledger.rows import row_subject

ASKED = frozenset({Verdict.DIFFERENT, Verdict.UNSURE})
"""What an editor can answer; that two entries are about one person is said by merging."""

THERE = (Standing.IN_USE, Standing.WITHDRAWN)
"""The standing of entries that are there: not taken back, and not erased."""

JUDGEMENT = row_subject("judgement", Judgement, group=lambda _field: "verdict")


class JudgementRefused(ValueError):
    """A question that is not asked: `code` says why.

    `unknown-verdict`; `unknown` entry; `same-entry`; `one-person`: they stand with one person,
    and are split first; `asked-already`: `judgement` is the answer that was given.
    """

    def __init__(self, code: str, judgement: Judgement | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.judgement = judgement


def judge_entries(
    *,
    left: int,
    right: int,
    verdict: str,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Remember that two entries are about different people, or that nobody can tell.

    Undoing the change takes the answer back. Raises JudgementRefused.
    """
    if verdict not in ASKED:
        raise JudgementRefused("unknown-verdict")
    with act(kind=ChangeKind.DECISION, by=by, role=role, reason=reason, now=now) as doing:
        check_question(left, right)
        row = _judgement(doing, left, right, verdict, reason)
        row.save(force_insert=True)
        doing.add(JUDGEMENT, row.pk)
    return doing.change


def check_question(left: int, right: int) -> None:
    """Raise JudgementRefused where this is no question, or was answered."""
    if left == right:
        raise JudgementRefused("same-entry")
    rows = Entry.all_records.filter(pk__in=(left, right)).filter(standing__in=THERE)
    people = list(rows.values_list("person", flat=True))
    if len(people) != len({left, right}):
        raise JudgementRefused("unknown")
    if len(set(people)) == 1:
        raise JudgementRefused("one-person")
    answer = next(iter(judgements_between([left], [right])), None)
    if answer is not None:
        raise JudgementRefused("asked-already", answer)


def judgements_between(some: Collection[int], others: Collection[int]) -> list[Judgement]:
    """Return what was answered about pairs of these entries, one of each side, in one query."""
    every = {*some, *others}
    rows = Judgement.all_records.filter(left__in=every, right__in=every)
    return [
        row
        for row in rows.select_related("change").order_by("pk")
        if (row.left_id in some and row.right_id in others)
        or (row.left_id in others and row.right_id in some)
    ]


def judge_apart(doing: Act, moved: Iterable[int], remaining: Collection[int], reason: str) -> None:
    """Remember, within an act that parts entries, that they are about different people."""
    pairs = {(min(a, b), max(a, b)) for a in moved for b in remaining}
    entries = {entry for pair in pairs for entry in pair}
    rows = Judgement.all_records.filter(left__in=entries, right__in=entries)
    known = {(row.left_id, row.right_id): row for row in rows}
    again = [
        row for pair, row in known.items() if pair in pairs and row.verdict != Verdict.DIFFERENT
    ]
    doing.touch(JUDGEMENT, *(row.pk for row in again))
    Judgement.all_records.filter(pk__in=[row.pk for row in again]).update(
        verdict=Verdict.DIFFERENT, reason=reason, change=doing.under
    )
    fresh = [
        _judgement(doing, *pair, Verdict.DIFFERENT, reason) for pair in sorted(pairs - known.keys())
    ]
    Judgement.all_records.bulk_create(fresh)
    doing.add(JUDGEMENT, *(row.pk for row in fresh))


def _judgement(doing: Act, left: int, right: int, verdict: str, reason: str) -> Judgement:
    return Judgement(
        left_id=min(left, right),
        right_id=max(left, right),
        verdict=verdict,
        reason=reason,
        change=doing.under,
    )
