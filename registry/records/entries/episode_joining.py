"""An entry about one episode of a person, which its dates alone would not put there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from registry.models import ChangeKind, Repression, Role
from registry.records.conclusions.episode_numbers import episode_of, fits, number_for
from registry.records.conclusions.saying import facts_of_people
from registry.records.drafts.entries import EntryDraft
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY

from .editing import EntryRefused
from .previewing import facts_of_draft


def put_into_episode(
    *,
    draft: EntryDraft,
    person: int,
    episode: int,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> EntryDraft:
    """Return the draft with its repressions in the n-th episode of a person.

    Where dates alone put them there it comes back as it is but for the kind. Else the episode
    gets a number in every entry that states it: one act, undone as any. Raises EntryRefused
    (`unknown-episode`).
    """
    known = facts_of_people([person]).get(person, [])
    rows = [row for entry in known for row in entry.repressions]
    target = episode_of(rows, episode)
    if target is None:
        raise EntryRefused(field="episode", code="unknown-episode")
    alike = tuple(replace(row, kind=target.kind) for row in draft.repressions)
    draft = replace(draft, repressions=alike)
    if fits(rows, facts_of_draft(draft).repressions, target):
        return draft
    number = number_for(rows, target)
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        loose = [row for row in target.members if row.episode is None]
        doing.touch(ENTRY, *(row.entry.id for row in loose))
        Repression.all_records.filter(pk__in=[row.id for row in loose]).update(episode=number)
    return replace(draft, repressions=tuple(replace(row, episode=number) for row in alike))
