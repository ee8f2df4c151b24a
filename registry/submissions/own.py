"""What a contributor sees of her own submission: frozen, and all that a page of it gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from registry.models import DECIDED_STATES, Contact, Part, Submission, SubmittedFile
from registry.records.drafts.uploads import read_stored
from registry.records.public.files import FileUnknown
from registry.records.public.received import shown_number
from registry.records.public.rows import follow_merges

from .files import stored_file
from .named import places_noted
from .questions import PAGES, Page
from .states import TABLE, SubmissionRefused, Who


@dataclass(frozen=True, slots=True)
class OwnPart:
    """One part, in the contributor's own words; `outcome` is empty until it is decided.

    `edited` are the values that were taken in other words, `left_out` those that were not taken.
    `person` is where it leads once it is shown, or whom it is about.
    """

    position: int
    kind: str
    field: str
    kinship: str
    values: Mapping[str, str]
    person: int | None
    site: str
    outcome: str
    reason: str
    reason_text: str
    edited: Mapping[str, str]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One file: the name and width of its smallest picture, and what was said of it."""

    position: int
    preview: str
    width: int
    height: int
    is_document: bool
    caption: str
    date: str
    part: int | None
    outcome: str
    reason: str
    reason_text: str


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A question of the registry, or what the contributor said."""

    from_staff: bool
    text: str


@dataclass(frozen=True, slots=True)
class OwnSubmission:
    """A submission as whoever holds its receipt sees it.

    `can` are the values of `Doing` that are possible now; `since` is a week while it waits, and a
    month once decided. `has_contact` tells that an address is kept; the address is not told.
    `still_named` counts the records in which somebody of the registry may have written a name that
    is not wished there any more.
    """

    id: int
    number: str
    kind: str
    state: str
    language: str
    since: date
    knowledge: str
    how: str
    cites: str
    rights: str
    credit: str
    credit_name: str
    has_contact: bool
    still_named: int
    parts: tuple[OwnPart, ...]
    files: tuple[OwnFile, ...]
    messages: tuple[OwnMessage, ...]
    can: frozenset[str]

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of its form."""
        return PAGES[self.kind]  # type: ignore[index]  # the values of the choices are its keys

    def part(self, position: int) -> OwnPart:
        """Return one part. Raises SubmissionRefused (`unknown-part`)."""
        found = next((part for part in self.parts if part.position == position), None)
        if found is None:
            raise SubmissionRefused("unknown-part")
        return found


def own_submission(submission: int) -> OwnSubmission:
    """Return a submission for whoever holds its receipt; six queries at most.

    What moderators note to each other is not in it. Raises SubmissionRefused
    (`unknown-submission`).
    """
    row = Submission.all_records.filter(pk=submission).first()
    if row is None:
        raise SubmissionRefused("unknown-submission")
    told = row.state in DECIDED_STATES
    parts = list(row.parts(manager="all_records").select_related("site").all())
    leads = follow_merges({pk for part in parts if (pk := _leads_to(part, told=told))})
    return OwnSubmission(
        id=row.pk,
        number=shown_number(row.number),
        kind=row.kind,
        state=row.state,
        language=row.language,
        since=row.since,
        knowledge=row.knowledge,
        how=row.how,
        cites=row.cites,
        rights=row.rights,
        credit=row.credit,
        credit_name=row.credit_name,
        has_contact=Contact.all_records.filter(submission=row).exists(),
        still_named=len(places_noted(row)),
        parts=tuple(_part(part, leads, told=told) for part in parts),
        files=tuple(
            _file(file, told=told)
            for file in row.files(manager="all_records").select_related("part").all()
        ),
        messages=tuple(
            OwnMessage(message.from_staff, message.text)
            for message in row.messages(manager="all_records").all()
        ),
        can=frozenset(
            doing.value
            for (state, doing), (who, _) in TABLE.items()
            if state == row.state and who == Who.CONTRIBUTOR
        ),
    )


def own_file(submission: int, name: str) -> bytes:
    """Return one size of a file of a submission, for whoever holds the receipt or decides.

    Raises FileUnknown.
    """
    for file in SubmittedFile.all_records.filter(submission=submission):
        if name in stored_file(file).parts:
            try:
                return read_stored(name)
            except FileNotFoundError as error:
                # It was erased, as a court has ordered.
                raise FileUnknown(name) from error
    raise FileUnknown(name)


def _leads_to(part: Part, *, told: bool) -> int | None:
    """Return whom a part is about: as was decided, else as its contributor said."""
    return (part.about_id if told else None) or part.person_id


def _part(part: Part, leads: Mapping[int, int], *, told: bool) -> OwnPart:
    decided = part.decisions if told else {}
    return OwnPart(
        position=part.position,
        kind=part.kind,
        field=part.field,
        kinship=part.kinship,
        values=dict(part.values),
        person=leads.get(_leads_to(part, told=told) or 0),
        site=part.site.slug if part.site else "",
        outcome=part.outcome if told else "",
        reason=part.reason if told else "",
        reason_text=part.reason_text if told else "",
        edited={
            name: own["edited"]
            for name, own in decided.items()
            if own["accept"] and own["edited"] is not None
        },
        left_out=tuple(name for name, own in decided.items() if not own["accept"]),
    )


def _file(file: SubmittedFile, *, told: bool) -> OwnFile:
    width, height = file.sizes[0]
    return OwnFile(
        position=file.position,
        preview=stored_file(file).parts[0],
        width=width,
        height=height,
        is_document=file.is_document,
        caption=file.caption,
        date=file.date,
        part=file.part.position if file.part else None,
        outcome=file.outcome if told else "",
        reason=file.reason if told else "",
        reason_text=file.reason_text if told else "",
    )
