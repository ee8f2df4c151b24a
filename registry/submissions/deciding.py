"""Decisions: what of a submission becomes part of the registry, as one Change that can be undone.

Whoever decides has read each part beside what the registry says. What is accepted becomes an
entry of the source it cites, else of "Testimony received by this registry"; what is rejected
keeps its reason for the contributor. The contributor's own words stay as they were sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max

from registry.models import (
    Change,
    ChangeKind,
    Document,
    Entry,
    Knowledge,
    MemorialSite,
    Message,
    Part,
    PartKind,
    PartOutcome,
    PersonStatus,
    Photograph,
    Reason,
    Role,
    Source,
    Standing,
    Submission,
    SubmittedFile,
)
from registry.records.catalogue.photographs import add_file as add_record_of_file
from registry.records.catalogue.site_status import SITE
from registry.records.catalogue.sites import put_sites
from registry.records.drafts.entries import EntryDraft
from registry.records.entries.editing import add_entry
from registry.records.entries.episode_joining import put_into_episode
from registry.records.ledger.acts import Act, act, together
from registry.records.ledger.reasons import own_reason
from registry.records.ledger.refreshing import refresh_people
from registry.records.people.biographies import write_biography
from registry.records.people.choosing import choose
from registry.records.people.relating import Link, state_relation
from registry.records.people.statuses import hide_person, propose_suppressing
from registry.records.public.received import KEY_STEM, credit_mark, credit_of, shown_number
from registry.records.undoing.reverting import Undone, undo_change

from .contacts import note_contact_ends
from .days import month_of
from .decisions import FileDecision, PartDecision
from .files import stored_file
from .ledger import SUBMISSION
from .mails import tell_contributor
from .named import check_reason, note_named
from .rows import take
from .states import Doing, PartRefused, SubmissionRefused, Who
from .taking_away import take_away
from .testimony import TESTIMONY, have_testimonies


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision came to: its change, and whom each accepted part is about."""

    change: Change
    state: str
    people: Mapping[int, int]


def decide_submission(
    *,
    submission: int,
    parts: Sequence[PartDecision],
    files: Sequence[FileDecision] = (),
    by: AbstractBaseUser,
    role: Role,
    reason: str,
    now: datetime,
    seen: str | None = None,
) -> Decision:
    """Decide every part and file of a submission, in one transaction and as one Change.

    It is accepted when anything of it is. `seen` is what whoever decides has read (`seen_of`).
    `reason` is public; what the contributor is told stands with each part. A wish to hide is done
    as an act of publishing of its own, so that undoing the decision shows nobody. Raises
    SubmissionRefused: `not-now` (somebody has decided already), `undecided` (something came
    meanwhile, or was left out), `names-contributor` (the reason does), `no-reason` (of what is
    rejected), `no-draft`, `shows-nobody` (a file of a part that is not taken), `not-theirs` (what
    is taken away of somebody else), `cites-a-book` (what rests on a book or a file is no
    testimony, unless its passage says what it quotes), `unknown-rank`, `unknown-person` (of a fact
    that is nobody's); and PartRefused: what the records refuse of an entry, a choice, a life, a
    link, a place, a file or a status, with the part or file it is of.
    """
    accepted = any(one.accept for one in parts) or any(one.accept for one in files)
    with transaction.atomic():
        have_testimonies(now=now)
        # Before all else: whoever is second is told so, and not what the first has done.
        row, then = take(submission, Doing.ACCEPT if accepted else Doing.REJECT, Who.STAFF)
        if seen is not None and seen != seen_of(row):
            raise SubmissionRefused("undecided")
        check_reason(row, reason)
        for one in parts:
            if one.accept and (one.hide or one.suppress):
                with _of(one.position):
                    _hide(one, by=by, role=role, reason=reason, now=now)
        with (
            act(kind=ChangeKind.DECISION, by=by, role=role, reason=reason, now=now) as doing,
            together(doing),
        ):
            work = _Deciding(row, doing, by=by, role=role, reason=reason)
            work.decide(parts, files)
            # Each act within has settled: what is touched now is remembered to the end.
            doing.touch(SUBMISSION, row.number)
            work.save()
            row.state, row.since, row.decided_under = then, month_of(row.since), doing.under
            row.claimed_by = row.claimed_until = None
            row.save()
            note_contact_ends(row, now=now)
            tell_contributor(row, now=now)
            doing.has_effect = True
        note_named(row, row.credit_name)
        row.save(update_fields=["flags", "urgent"])
    return Decision(doing.under, then, work.people)


def undo_decision(
    *, submission: int, by: AbstractBaseUser, role: Role, reason: str, now: datetime
) -> Undone:
    """Undo the decision of a submission: what it added is gone from every output, and it waits.

    Raises SubmissionRefused (`not-now` where nothing was decided).
    """
    row = Submission.all_records.filter(pk=submission).first()
    if row is None:
        raise SubmissionRefused("unknown-submission")
    if row.decided_under_id is None:
        raise SubmissionRefused("not-now", state=row.state)
    return undo_change(change=row.decided_under_id, by=by, role=role, reason=reason, now=now)


def seen_of(row: Submission) -> str:
    """Return what of a submission can still change until it is decided, to be compared later.

    Nothing that came since a page was opened is decided, or made public, unread.
    """
    last = Message.all_records.filter(submission=row).aggregate(last=Max("position"))["last"]
    files = SubmittedFile.all_records.filter(submission=row).order_by("position")
    told = [row.credit, row.credit_name, last or 0]
    told += files.values_list("position", "is_document", "caption", "date", "part")
    return hashlib.sha256(json.dumps([row.pk, *told], default=list).encode()).hexdigest()[:32]


class _Deciding:
    """One decision on its way: the parts in their order, then the files."""

    def __init__(
        self, row: Submission, doing: Act, *, by: AbstractBaseUser, role: Role, reason: str
    ) -> None:
        self.row = row
        self.doing = doing
        self.reason = reason
        self.by = by
        self.role = role
        self.people: dict[int, int] = {}
        self.sites: dict[int, str] = {}
        self.decided: list[Part | SubmittedFile] = []

    def decide(self, parts: Sequence[PartDecision], files: Sequence[FileDecision]) -> None:
        """Decide everything there is. Raises SubmissionRefused (`undecided`)."""
        rows = {part.position: part for part in self.row.parts(manager="all_records").all()}
        sent = {file.position: file for file in self.row.files(manager="all_records").all()}
        if sorted(one.position for one in parts) != sorted(rows) or sorted(
            one.position for one in files
        ) != sorted(sent):
            raise SubmissionRefused("undecided")
        # Places first, and all at once: each is one revision, and there when a file shows it.
        self._put_sites(parts)
        for one in sorted(parts, key=lambda one: one.position):
            with _of(one.position):
                self._part(rows[one.position], one)
        for file in sorted(files, key=lambda one: one.position):
            with _of(file.position, is_file=True):
                self._file(sent[file.position], file)

    def save(self) -> None:
        """Keep what was decided of each part and file."""
        for row in self.decided:
            row.save()

    def _part(self, part: Part, one: PartDecision) -> None:
        self._note(part, one)
        part.decisions = {
            name: {"accept": own.accept, "edited": own.edited} for name, own in one.values.items()
        }
        if (about := one.person or part.person_id) is not None:
            self.people[part.position] = about
            part.about_id = about if one.accept else None
        if part.site_id is not None and part.position not in self.sites:
            slugs = MemorialSite.all_records.values_list("slug", flat=True)
            self.sites[part.position] = slugs.get(pk=part.site_id)
        if not one.accept:
            return
        if one.draft is not None:
            self._add_entry(part, one, one.draft)
        elif one.biography is not None:
            person = one.biography.person or one.person or self.people.get(1, 0)
            credit = self._credit(one.biography.credit)
            draft = replace(one.biography, person=person, credit=credit)
            write_biography(draft=draft, **self._act())
            part.about_id = person
        elif one.taken is not None:
            if one.person is None:
                raise SubmissionRefused("unknown-person", field="person")
            take_away(one.taken, person=one.person, act=self._act())
        elif one.site is not None:
            part.site = MemorialSite.all_records.get(slug=one.site.slug)
        elif part.kind != PartKind.TAKEDOWN and part.values:
            raise SubmissionRefused("no-draft", field=str(part.position))

    def _add_entry(self, part: Part, one: PartDecision, draft: EntryDraft) -> None:
        if one.person is None and part.kind == PartKind.FACT:
            raise SubmissionRefused("unknown-person", field=str(part.position))
        self._check_source(draft)
        self._check_rank(one.own_rank, draft.source)
        if one.person is not None and one.episode is not None and draft.repressions:
            draft = put_into_episode(
                draft=draft, person=one.person, episode=one.episode, **self._act()
            )
        draft = replace(draft, key=self._key(part, draft.source, one.person))
        # One that was taken back comes back with the rank it is given now.
        taken_back = Entry.all_records.filter(source__slug=draft.source, key=draft.key)
        taken_back.exclude(own_rank=one.own_rank).update(own_rank=one.own_rank)
        _, entry = add_entry(draft=draft, person=one.person, **self._act())
        person: int = Entry.all_records.values_list("person", flat=True).get(pk=entry)
        if (
            Entry.all_records.filter(pk=entry)
            .exclude(own_rank=one.own_rank)
            .update(own_rank=one.own_rank)
        ):
            refresh_people([person], now=self.doing.now)
        part.entry_id, part.about_id = entry, person
        self.people[part.position] = person
        for name, why in one.prefer.items():
            with _of(part.position, field=f"prefer.{name}"):
                choose(person=person, field=name, entry=entry, **{**self._act(), "reason": why})
        if one.link and part.kinship and self.people.get(1, person) != person:
            link = Link(self.people[1], person, part.kinship, entry)
            state_relation(link=link, **self._act())

    def _check_source(self, draft: EntryDraft) -> None:
        """What a book or a file says is an entry of it, or tells that it is quoted."""
        cites = self.row.knowledge in (Knowledge.BOOK, Knowledge.FILE)
        if cites and draft.source == TESTIMONY and not (draft.passage and draft.passage.quotes):
            raise SubmissionRefused("cites-a-book", field="source")

    def _check_rank(self, own: int | None, source: str) -> None:
        if own is None:
            return
        rank = Source.all_records.values_list("rank", flat=True).filter(slug=source).first()
        if not 1 <= own <= 6 or (rank is not None and own >= rank):
            raise SubmissionRefused("unknown-rank", field="own_rank")

    def _key(self, part: Part, source: str, person: int | None) -> str:
        """Return a key nobody has; one that was taken back about the same person is taken again."""
        stem = f"{KEY_STEM}{self.row.number}-{part.position}"
        for number in range(1, 100):
            key = stem if number == 1 else f"{stem}-{number}"
            known = Entry.all_records.filter(source__slug=source, key=key).first()
            if known is None or (
                known.standing == Standing.REVERTED and person in (None, known.person_id)
            ):
                return key
        raise SubmissionRefused("too-many")

    def _put_sites(self, parts: Sequence[PartDecision]) -> None:
        drafts = {one.position: one.site for one in parts if one.accept and one.site is not None}
        slugs = [draft.slug for draft in drafts.values()]
        known = self.doing.touch(SITE, *slugs)
        self.doing.add(SITE, *(slug for slug in slugs if slug not in known))
        for position, draft in drafts.items():
            with _of(position):
                put_sites(drafts=[draft], change=self.doing.under, keep=False)
            self.sites[position] = draft.slug

    def _file(self, file: SubmittedFile, one: FileDecision) -> None:
        self._note(file, one)
        if not one.accept:
            return
        of = file.part.position if file.part else 1
        draft = replace(one.draft, credit=self._credit(one.draft.credit))
        if draft.person is None and not draft.site:
            person = self.people.get(of)
            draft = replace(draft, person=person, site="" if person else self.sites.get(of, ""))
        if draft.person is None and not draft.site:
            raise SubmissionRefused("shows-nobody")
        add_record_of_file(
            model=Document if one.is_document else Photograph,
            file=stored_file(file),
            draft=draft,
            **self._act(),
        )

    def _credit(self, line: str) -> str:
        """Return a credit line that follows what the contributor wishes, where it names them."""
        named = credit_of(self.row.credit, self.row.credit_name)
        return line.replace(named, credit_mark(self.row.number)) if named else line

    def _note(self, row: Part | SubmittedFile, one: PartDecision | FileDecision) -> None:
        """Set the outcome, and why: the contributor reads it."""
        if not one.accept and one.reason not in set(Reason.values) - {Reason.NONE.value}:
            raise SubmissionRefused("no-reason", field=str(one.position))
        row.outcome = PartOutcome.ACCEPTED if one.accept else PartOutcome.REJECTED
        row.reason, row.reason_text = one.reason, one.reason_text.strip()
        self.decided.append(row)

    def _act(self) -> dict[str, Any]:
        return {"by": self.by, "role": self.role, "reason": self.reason, "now": self.doing.now}


@contextmanager
def _of(position: int, *, is_file: bool = False, field: str = "") -> Iterator[None]:
    """Say of which part or file, and of which field of it, something is refused."""
    try:
        yield
    except SubmissionRefused as error:
        if not error.position:
            error.position, error.is_file = position, is_file
        raise
    except PartRefused:
        raise
    except ValueError as error:
        code = getattr(error, "code", "")
        if not code:
            raise
        raise PartRefused(
            code,
            position=position,
            is_file=is_file,
            field=field or getattr(error, "field", ""),
            value=getattr(error, "value", ""),
        ) from error


def _hide(
    one: PartDecision, *, by: AbstractBaseUser, role: Role, reason: str, now: datetime
) -> None:
    if one.person is None:
        raise SubmissionRefused("unknown-person", field="person")
    signed: dict[str, Any] = {"by": by, "role": role, "reason": reason, "now": now}
    if one.hide:
        hide_person(person=one.person, status=PersonStatus(one.hide), **signed)
    if one.suppress:
        propose_suppressing(person=one.person, **signed)


def default_reason(row: Submission) -> str:
    """Return what stands in the ledger where whoever decides says nothing else."""
    return own_reason("submission", number=shown_number(row.number))
