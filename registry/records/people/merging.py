"""The same person twice: the entries of two become those of one, whose older address stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from registry.models import (
    Change,
    ChangeKind,
    Entry,
    Judgement,
    Outcome,
    Person,
    PersonStatus,
    Proposal,
    Role,
    Verdict,
)
from registry.records.conclusions.chosen import Chosen
from registry.records.conclusions.episode_numbers import keep_episodes_apart
from registry.records.conclusions.episodes import group_episodes
from registry.records.conclusions.saying import facts_of_people
from registry.records.ledger.acts import Act, Subject, act
from registry.records.public.rows import is_shown

from .identity import PERSON
from .judging import judgements_between
from .merge_rules import MERGE_RULES, MergeRule, Treatment, rows_of


class MergeRefused(ValueError):
    """Two people who are not merged: `code` says why.

    `same-person`, `unknown`, `merged-already`; `hidden`: one of them is not shown;
    `judged-different`: `judgement` says that an entry of one is about somebody else than an
    entry of the other, and has to be undone first; `proposal-open`: something proposed for one
    of them is to be decided first; `no-answer`: an answer names neither.
    """

    def __init__(self, code: str, judgement: Judgement | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.judgement = judgement


@dataclass(frozen=True, slots=True)
class Ask:
    """What both have and only one can keep: rows of `relation` for one `slot`.

    `slot` is the language of a biography, or the field of a choice: `birth`, and of a
    repression `episode:1.arrest:77`, with the entry whose repression it is.
    """

    relation: str
    slot: str
    kept: tuple[Any, ...]
    merged: Any

    def is_for_merged(self, answer: int) -> bool:
        """Tell whose an answer names: a choice by its entry, a biography by its id.

        Raises MergeRefused (`no-answer`) where it names neither.
        """
        by = "entry_id" if self.relation == "choices" else "pk"
        if getattr(self.merged, by) == answer:
            return True
        if answer not in {getattr(row, by) for row in self.kept}:
            raise MergeRefused("no-answer")
        return False


class MergeAsks(Exception):
    """What an editor has to decide before two people can be merged."""

    def __init__(self, asks: Sequence[Ask]) -> None:
        super().__init__(", ".join(f"{ask.relation} {ask.slot}" for ask in asks))
        self.asks = tuple(asks)


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Who keeps the address, who leads to it, what is asked, and the rows that move."""

    kept: Person
    merged: Person
    asks: tuple[Ask, ...]
    moving: Mapping[str, Sequence[Any]]


def plan_merge(*, left: int, right: int) -> MergePlan:
    """Tell what merging two people would come to. Raises MergeRefused."""
    kept, merged = _pair(left, right)
    asks: list[Ask] = []
    moving: dict[str, list[Any]] = {}
    for name, rule in MERGE_RULES.items():
        if rule.subject is None:
            continue
        table, column = rows_of(name)
        rows = table._base_manager.filter(
            **{f"{column}__in": (kept.pk, merged.pk)}, **rule.live
        ).order_by("pk")
        there = [row for row in rows if getattr(row, column) == kept.pk]
        own = [row for row in rows if getattr(row, column) == merged.pk]
        met = _met(name, there, own) if rule.treatment is Treatment.ASKED else {}
        asks += [
            Ask(name, rule.slot(row), met[row.pk], row)
            for row in own
            # Who believe the same have nothing to decide.
            if row.pk in met and not _agree(name, met[row.pk], row)
        ]
        known = {_same(row, rule) for row in there} - {()}
        moving[name] = [
            row
            for row in own
            if row.pk not in met
            and _same(row, rule) not in known
            and (not rule.other_end or getattr(row, rule.other_end) != kept.pk)
        ]
    return MergePlan(kept, merged, tuple(asks), moving)


def merge_people(
    *,
    left: int,
    right: int,
    choices: Mapping[str, int] | None = None,
    biographies: Mapping[str, int] | None = None,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change:
    """Make two people one: the older address stays, the other leads to it for ever.

    `choices` says by field which entry to believe where editors chose differently for each,
    `biographies` by language which text stands (by its id). What is not believed or shown any
    more stays with the merged person, and comes back when this is undone. Raises MergeRefused,
    and MergeAsks with what is to be said yet.
    """
    answers = {"choices": choices or {}, "biographies": biographies or {}}
    with act(kind=ChangeKind.MERGE, by=by, role=role, reason=reason, now=now) as doing:
        plan = plan_merge(left=left, right=right)
        losing = _losing(plan, answers)
        doing.touch(PERSON, plan.kept.pk, plan.merged.pk)
        for name, rule in MERGE_RULES.items():
            if rule.subject is not None:
                _move(doing, name, rule, plan, losing.get(name, ()))
        _set_standing(plan)
    return doing.under


def _pair(left: int, right: int) -> tuple[Person, Person]:
    """Return who keeps the address and who leads to it."""
    if left == right:
        raise MergeRefused("same-person")
    people = Person.all_records.in_bulk([left, right])
    if len(people) != len({left, right}):
        raise MergeRefused("unknown")
    if any(person.status == PersonStatus.MERGED for person in people.values()):
        raise MergeRefused("merged-already")
    if not all(is_shown(person) for person in people.values()):
        raise MergeRefused("hidden")
    if Proposal.all_records.filter(person__in=people, outcome=Outcome.OPEN).exists():
        raise MergeRefused("proposal-open")
    own: dict[int, list[int]] = {left: [], right: []}
    rows = Entry.all_records.filter(person__in=own).order_by("pk")
    for entry, person in rows.values_list("pk", "person"):
        own[person].append(entry)
    for row in judgements_between(own[left], own[right]):
        if row.verdict == Verdict.DIFFERENT:
            raise MergeRefused("judged-different", row)
    return people[min(left, right)], people[max(left, right)]


def _same(row: Any, rule: MergeRule) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in rule.same)


def _met(name: str, there: Sequence[Any], own: Sequence[Any]) -> dict[int, tuple[Any, ...]]:
    """Return, by the row that comes, those it meets of which only one can stand."""
    if name == "choices":
        return _choices_met(there, own)
    taken = {row.language: (row,) for row in there}
    return {row.pk: taken[row.language] for row in own if row.language in taken}


def _choices_met(there: Sequence[Any], own: Sequence[Any]) -> dict[int, tuple[Any, ...]]:
    """Return choices of one field, be it of one episode, which are made of both their entries."""
    if not (there and own):
        return {}
    people = {row.person_id for row in (*there, *own)}
    facts = [entry for said in facts_of_people(people).values() for entry in said]
    episodes = group_episodes(row for entry in facts for row in entry.repressions)
    chosen = Chosen(there)
    met = {row.pk: tuple(chosen.alike(row.field, row.entry_id, episodes)) for row in own}
    return {key: rows for key, rows in met.items() if rows}


def _agree(name: str, there: Sequence[Any], row: Any) -> bool:
    return name == "choices" and {one.entry_id for one in there} == {row.entry_id}


def _losing(plan: MergePlan, answers: Mapping[str, Mapping[str, int]]) -> dict[str, list[Ask]]:
    """Return, by relation, what is asked and was answered in favour of the merged person."""
    left_open: list[Ask] = []
    losing: dict[str, list[Ask]] = {}
    for ask in plan.asks:
        answer = answers[ask.relation].get(ask.slot)
        if answer is None:
            left_open.append(ask)
        elif ask.is_for_merged(answer):
            losing.setdefault(ask.relation, []).append(ask)
    if left_open:
        raise MergeAsks(left_open)
    return losing


def _move(doing: Act, name: str, rule: MergeRule, plan: MergePlan, losing: Collection[Ask]) -> None:
    """Hand over the rows of one relation that come along."""
    subject, kept, merged = rule.subject, plan.kept.pk, plan.merged.pk
    coming = [*plan.moving[name], *(ask.merged for ask in losing)]
    if subject is None or not coming:
        return
    if rule.reference is not None:
        here, there = (partial(rule.reference, person) for person in (merged, kept))
        beaten = [there(row) for ask in losing for row in ask.kept]
        _move_by_name(doing, subject, {here(row): there(row) for row in coming}, beaten)
        return
    table, column = rows_of(name)
    rows = table._base_manager
    leaving = [row for ask in losing for row in ask.kept]
    doing.touch(subject, *(row.pk for row in (*coming, *leaving)))
    if name == "entries":
        keep_episodes_apart(kept, merged)
    rows.filter(pk__in=[row.pk for row in plan.moving[name]]).update(**{column: kept})
    for ask in losing:
        # Nobody has two in one language at any moment: one waits under no name.
        [loser] = ask.kept
        rows.filter(pk=loser.pk).update(language="")
        rows.filter(pk=ask.merged.pk).update(**{column: kept})
        rows.filter(pk=loser.pk).update(**{column: merged, "language": ask.slot})


def _move_by_name(
    doing: Act, subject: Subject, coming: Mapping[str, str], beaten: Sequence[str]
) -> None:
    """Hand over what the ledger knows by the person; what was there in its place is superseded."""
    bodies = doing.touch(subject, *coming, *coming.values(), *beaten)
    for reference in beaten:
        subject.write(reference, None, doing)
    for old, new in coming.items():
        subject.write(new, bodies[old], doing)
        subject.write(old, None, doing)


def _set_standing(plan: MergePlan) -> None:
    """Let one lead to the other, who is shown no further than either was.

    An editor's word that somebody is restricted holds for both; that somebody is public, only
    where it was said of both.
    """
    kept, merged = plan.kept, plan.merged
    both = (kept, merged)
    restricted = any(
        row.status == PersonStatus.RESTRICTED and not row.status_by_rule for row in both
    )
    by_rule = not restricted and any(row.status_by_rule for row in both)
    status = PersonStatus.RESTRICTED if restricted else PersonStatus.PUBLIC
    rows = Person.all_records
    rows.filter(pk=kept.pk).update(status=status, status_by_rule=by_rule)
    rows.filter(pk=merged.pk).update(
        status=PersonStatus.MERGED, status_by_rule=False, merged_into=kept.pk
    )
