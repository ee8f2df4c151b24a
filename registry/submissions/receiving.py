"""What a contributor does: every act of whoever holds the receipt, and none of them is public.

Nothing here takes the name of an account or the address of a machine. Days are kept as weeks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction
from django.db.models import Max

from registry.models import (
    DECIDED_STATES,
    Contact,
    Credit,
    Knowledge,
    Message,
    Part,
    PartKind,
    RelationKind,
    Revision,
    Submission,
    SubmissionKind,
    SubmissionState,
)
from registry.records.ledger.changes import wait_for_turn
from registry.records.ledger.reasons import own_reason
from registry.records.public.received import shown_number
from registry.records.undoing.erasing import erase_undone

from .contacts import forget_contact, forget_contacts, keep_contact
from .days import week_of
from .filling import (
    check_size,
    clean_text,
    fill_answers,
    fill_part,
    part_at,
    shown_person,
    shown_site,
)
from .flags import put_flags
from .mails import tell_staff
from .named import note_named, places_noted, put_noted
from .questions import NAME
from .rows import take
from .states import Doing, SubmissionRefused, Who

MOST_PARTS = 40
"""People and texts in one submission: a family of three generations."""
ADDED = (PartKind.PERSON, PartKind.BIOGRAPHY, PartKind.FIGURE)
"""What can be said beside the first part."""
LONGEST_MESSAGE = 5_000
MOST_MESSAGES = 100
LONGEST_CONTACT = 254


def save_part(
    *,
    submission: int,
    position: int,
    values: Mapping[str, str],
    now: datetime,
    kinship: str | None = None,
) -> None:
    """Save what a page says of one part; what it does not ask for stays as it was.

    `kinship` is what this person is to the one of the first part. Raises SubmissionRefused:
    `unknown-part`, `unknown-kinship`, and what `start_submission` raises of values; `too-long`
    also where all parts together say more than is taken.
    """
    with transaction.atomic():
        row, _ = take(submission, Doing.SAVE, Who.CONTRIBUTOR)
        part = part_at(row, position)
        fill_part(part, values)
        if kinship is not None:
            if kinship and kinship not in RelationKind.values:
                raise SubmissionRefused("unknown-kinship", field="kinship")
            part.kinship = kinship
        part.save()
        check_size(row)
        _touch(row, now)


def add_part(
    *,
    submission: int,
    kind: PartKind,
    now: datetime,
    site: str = "",
    values: Mapping[str, str] | None = None,
) -> int:
    """Add a part (somebody else of the family, a life, a figure); return its position.

    What has been begun and is empty is taken again, and what says just these `values`: a page
    sent twice. Raises SubmissionRefused (`too-many`, `unknown-part` of a kind that is not added
    to others).
    """
    if kind not in ADDED:
        raise SubmissionRefused("unknown-part", field="kind")
    with transaction.atomic():
        row, _ = take(submission, Doing.SAVE, Who.CONTRIBUTOR)
        parts = list(row.parts(manager="all_records").all())
        same = Part(kind=kind)
        fill_part(same, values or {})
        for part in parts:
            is_empty = not part.values and part.person_id is None
            if part.kind == kind and (is_empty or (values and part.values == same.values)):
                return int(part.position)
        if len(parts) >= MOST_PARTS:
            raise SubmissionRefused("too-many")
        position = max((part.position for part in parts), default=0) + 1
        here = shown_site(site) or next((part.site for part in parts if part.site_id), None)
        about = parts[0].person if parts and kind == PartKind.BIOGRAPHY else None
        Part(
            submission=row, kind=kind, position=position, person=about,
            site=here if kind == PartKind.FIGURE else None,
        ).save(force_insert=True)  # fmt: skip
        _touch(row, now)
    return position


def remove_part(*, submission: int, position: int, now: datetime) -> None:
    """Take a part out of a draft; the first stays. Raises SubmissionRefused (`first-part`)."""
    with transaction.atomic():
        row, _ = take(submission, Doing.SAVE, Who.CONTRIBUTOR)
        part = part_at(row, position)
        if position == 1:
            raise SubmissionRefused("first-part")
        part.delete()
        _touch(row, now)


def name_person(*, submission: int, position: int, person: int | None, now: datetime) -> None:
    """Say that a part is about somebody who is here, or (None) that it is nobody of them.

    A new record becomes an addition to that person. A fact, or a life, is always somebody's.
    Raises SubmissionRefused.
    """
    with transaction.atomic():
        row, _ = take(submission, Doing.SAVE, Who.CONTRIBUTOR)
        part = part_at(row, position)
        found = shown_person(person)
        if found is None and part.kind in (PartKind.FACT, PartKind.BIOGRAPHY):
            raise SubmissionRefused("unknown-person", field="person")
        part.person = found
        part.save()
        _touch(row, now)


def save_answers(*, submission: int, answers: Mapping[str, str], now: datetime) -> None:
    """Save what is said once for all parts: how one knows, rights, credit.

    The credit can be changed at any time, and every output follows; but once it is decided, the
    name is what a moderator has read, or is taken away, since it would be public unread. The rest
    belongs to a draft. Raises SubmissionRefused (`unread-name`).
    """
    credit_only = answers.keys() <= {"credit", "credit_name"}
    with transaction.atomic():
        doing = Doing.SET_CREDIT if credit_only else Doing.SAVE
        row, _ = take(submission, doing, Who.CONTRIBUTOR)
        was = row.credit_name
        fill_answers(row, answers)
        if row.state in DECIDED_STATES and row.credit_name not in {was, ""}:
            raise SubmissionRefused("unread-name", field="credit_name")
        if credit_only and row.state != SubmissionState.DRAFT:
            note_named(row, was)
        row.save()
        if row.state == SubmissionState.DRAFT:
            _touch(row, now)


def set_contact(*, submission: int, address: str, now: datetime) -> None:
    """Keep an address, or (empty) delete the one there is. Raises SubmissionRefused (`too-long`).

    Deleting is always possible, whatever the state.
    """
    address = address.strip()
    if not address:
        with transaction.atomic():
            forget_contacts(Contact.all_records.filter(submission=submission))
        return
    address = clean_text(address, "contact", LONGEST_CONTACT)
    with transaction.atomic():
        row, _ = take(submission, Doing.SET_CONTACT, Who.CONTRIBUTOR)
        keep_contact(row, address)
        if row.state == SubmissionState.DRAFT:
            _touch(row, now)


def send_submission(*, submission: int, now: datetime) -> str:
    """Send a draft, so that somebody decides it; return its public number.

    Empty parts beside the first are left out. Raises SubmissionRefused: `no-name`,
    `no-basis` (how one knows), `nothing-said`, `no-rights` (of files), with the `field`.
    """
    with transaction.atomic():
        row, then = take(submission, Doing.SEND, Who.CONTRIBUTOR)
        row.parts(manager="all_records").filter(
            position__gt=1, values={}, person__isnull=True
        ).delete()
        check_whole(row)
        row.state, row.since = then, week_of(now)
        put_flags(row, now=now)
        row.save()
        tell_staff(now=now)
    return row.number


def check_whole(row: Submission) -> None:
    """Raise SubmissionRefused where something is missing without which nothing can be sent."""
    parts = list(row.parts(manager="all_records").all())
    files = row.files(manager="all_records").exists()
    for part in parts:
        is_person = part.kind == PartKind.PERSON and part.person_id is None
        if is_person and not any(part.values.get(name) for name in NAME):
            raise SubmissionRefused("no-name", field=f"{part.position}.who")
    empty = not any(part.values for part in parts) and not files
    if empty or (row.kind == SubmissionKind.FILES and not files):
        raise SubmissionRefused("nothing-said")
    if row.kind in (SubmissionKind.CORRECTION, SubmissionKind.BIOGRAPHY, SubmissionKind.TAKEDOWN):
        first = parts[0]
        needed = "text" if first.kind == PartKind.BIOGRAPHY else ""
        if not first.values or (needed and not first.values.get(needed)):
            raise SubmissionRefused("nothing-said", field="1")
    if row.kind != SubmissionKind.TAKEDOWN and not row.how.strip():
        raise SubmissionRefused("no-basis", field="how")
    if files and not row.rights.strip():
        raise SubmissionRefused("no-rights", field="rights")


def reply(*, submission: int, text: str, now: datetime) -> None:
    """Answer a question, or say more while nobody has decided.

    Raises SubmissionRefused (`empty`, `too-long`, `too-many`).
    """
    with transaction.atomic():
        row, then = take(submission, Doing.REPLY, Who.CONTRIBUTOR)
        write_message(row, text, from_staff=False)
        row.state = then
        put_flags(row, now=now)
        row.save()
        tell_staff(now=now)


def withdraw_submission(*, submission: int, now: datetime) -> None:
    """Take a submission back before it is decided: nobody decides it then, and nothing is kept.

    Its parts, files, messages and address are deleted; that it was there is. What a decision
    that was undone since has made of it is erased, too; where a record that stays may name whoever
    sent it, that is noted. Raises SubmissionRefused.
    """
    with transaction.atomic():
        # In turn with decisions and undoings, as all that changes records.
        wait_for_turn()
        row, then = take(submission, Doing.WITHDRAW, Who.CONTRIBUTOR)
        _erase_undone(row, now)
        forget_contact(row)
        row.credit = Credit.ANONYMOUS
        note_named(row, row.credit_name)
        noted = places_noted(row)
        forget_contents(row)
        put_noted(row, noted)
        row.state, row.since = then, now.date().replace(day=1)
        row.claimed_by = row.claimed_until = None
        row.save()


def _erase_undone(row: Submission, now: datetime) -> None:
    rows = Revision.all_records.filter(subject="submission", reference=row.number).order_by()
    decisions = list(rows.values_list("change", flat=True).distinct())
    if decisions:
        # The ledger tells moments; of this one it gets the week.
        week = datetime.combine(week_of(now), time(), tzinfo=now.tzinfo)
        reason = own_reason("taken-back", number=shown_number(row.number))
        erase_undone(changes=decisions, reason=reason, now=week)


def forget_contents(row: Submission) -> None:
    """Delete all that a submission says, and its files from the disk; its row stays."""
    from .files import drop_files  # noqa: PLC0415 (files receive, too)

    drop_files(list(row.files(manager="all_records").all()))
    row.parts(manager="all_records").all().delete()
    row.messages(manager="all_records").all().delete()
    row.knowledge, row.credit = Knowledge.UNKNOWN, Credit.ANONYMOUS
    row.how = row.cites = row.rights = row.credit_name = row.note = ""
    row.flags, row.urgent = [], False


def write_message(row: Submission, text: str, *, from_staff: bool) -> None:
    """Add a message. Raises SubmissionRefused (`empty`, `too-long`, `too-many`)."""
    text = clean_text(text, "text", LONGEST_MESSAGE)
    if not text:
        raise SubmissionRefused("empty", field="text")
    last = row.messages(manager="all_records").aggregate(last=Max("position"))["last"] or 0
    if last >= MOST_MESSAGES:
        raise SubmissionRefused("too-many", field="text")
    Message(submission=row, position=last + 1, from_staff=from_staff, text=text).save(
        force_insert=True
    )


def _touch(row: Submission, now: datetime) -> None:
    """Note in which week a draft was last saved."""
    if row.since != week_of(now):
        row.since = week_of(now)
    row.save(update_fields=["since"])
