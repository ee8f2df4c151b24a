"""Submissions in every state that the public must not see, each text and file of them marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from registry.models import MediaType, Part, Role, Submission, SubmissionKind
from registry.records.catalogue.photographs import FileDraft
from registry.records.drafts.sites import SiteDraft, SiteFigureDraft, SiteNameDraft
from registry.records.drafts.uploads import CheckedFile
from registry.records.people.biographies import BiographyDraft
from registry.submissions.deciding import Decision, decide_submission
from registry.submissions.decisions import FieldDecision, FileDecision, PartDecision
from registry.submissions.files import FileNote, add_file, stored_file
from registry.submissions.questions import FIGURE, SITE, TAKEDOWN, values_of
from registry.submissions.receiving import (
    reply,
    save_answers,
    send_submission,
    set_contact,
    withdraw_submission,
)
from registry.submissions.starting import Target, start_submission
from registry.submissions.testimony import TESTIMONY
from registry.submissions.triage import ask_contributor, note_submission
from tests.databases import NOW
from tests.security.hidden import LATIN_MARK, MARK
from tests.submissions.sending import NOBODY, draft_of, moderator, reject_all

SAID = f"{MARK} {LATIN_MARK}"
CONTACT = f"{LATIN_MARK}@example.org"
DATES = {
    "birth_date": "11.11.1811", "arrest_date": "05.05.1898", "sentence_date": "06.06.1898",
    "death_date": "15.01.1899", "rehabilitation_date": "07.07.1956",
}  # fmt: skip
NOT_TYPED_SO = frozenset({"sex", "execution_date", "release_date", "fate", "nationality"})
"""Values that would contradict the others, or are read as terms."""
ACT: dict[str, Any] = {"role": Role.MODERATOR, "reason": "an invented reason", "now": NOW}


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the ids of those that can be decided, and where all files would be."""

    accepted: tuple[int, ...]
    files: tuple[str, ...]


def person_values() -> dict[str, str]:
    """Return all that can be said of a person, each text marked."""
    texts = values_of("person") - DATES.keys() - NOT_TYPED_SO
    return {**dict.fromkeys(sorted(texts), SAID), "family_name": MARK,
            "given_name": LATIN_MARK.title(), **DATES, "fate": "invented fate",
            "nationality": "invented nation"}  # fmt: skip


def started(
    kind: SubmissionKind, values: dict[str, str], width: int, *, target: Target = NOBODY
) -> int:
    """Begin a submission, everything of it marked; a picture could be seen by its width."""
    number = start_submission(
        kind=kind, language="ru", now=NOW, target=target, values=values
    ).submission
    here: dict[str, Any] = {"submission": number, "now": NOW}
    answers = {"how": SAID, "cites": SAID, "rights": SAID, "credit": "name", "credit_name": SAID}
    save_answers(answers={"knowledge": "memory", **answers}, **here)
    set_contact(address=CONTACT, **here)
    for each in range(2):
        content = f"{SAID} {width} {each}".encode()
        file = CheckedFile(MediaType.JPEG, ((width + each, 9),), (content,))
        add_file(file=file, note=FileNote(bool(each), SAID, SAID), **here)
    return number


def send_all(person: int) -> Sent:
    """Leave one of each kind in every state; return those to be accepted."""
    site = Target(site="invented-site")
    plans = [
        (SubmissionKind.PERSON, person_values(), Target()),
        (SubmissionKind.ADDITION, {"occupation": SAID, "comment": SAID}, Target(person)),
        (SubmissionKind.CORRECTION, {"birth_date": "11.11.1811"}, Target(person, "birth")),
        (SubmissionKind.BIOGRAPHY, {"language": "ru", "title": SAID, "text": SAID}, Target(person)),
        (SubmissionKind.FILES, {}, Target(person)),
        (SubmissionKind.SITE, dict.fromkeys(SITE.values, SAID), Target()),
        (SubmissionKind.SITE, dict.fromkeys(FIGURE.values, SAID), site),
        (SubmissionKind.TAKEDOWN, dict.fromkeys(TAKEDOWN.values, SAID), Target(person)),
    ]
    numbers = iter(range(100, 1_000, 2))
    accepted: list[int] = []
    for kind, values, target in plans:
        for state in ("draft", "waiting", "asked", "rejected", "withdrawn", "accepted"):
            if state == "accepted" and kind == SubmissionKind.TAKEDOWN:
                continue
            number = started(kind, values, next(numbers), target=target)
            _lead(number, state)
            if state == "accepted":
                accepted.append(number)
    files = [
        part
        for row in Submission.all_records.all()
        for file in row.files(manager="all_records").all()
        for part in stored_file(file).parts
    ]
    return Sent(tuple(accepted), tuple(f"/files/{part}" for part in files))


def _lead(number: int, state: str) -> None:
    here: dict[str, Any] = {"submission": number, "now": NOW}
    if state == "draft":
        return
    send_submission(**here)
    if state == "withdrawn":
        withdraw_submission(**here)
        return
    note_submission(submission=number, note=SAID)
    ask_contributor(text=SAID, by=moderator(), **here)
    if state == "asked":
        return
    reply(text=SAID, **here)
    if state == "rejected":
        reject_all(number)


def accept(number: int) -> Decision:
    """Accept all of a submission, its files shown."""
    row = Submission.all_records.get(pk=number)
    parts = list(row.parts(manager="all_records").select_related("site"))
    texts = dict.fromkeys(("en", "ru", "uk"), SAID)
    return decide_submission(
        submission=number,
        parts=[_accepted(part) for part in parts],
        files=[
            FileDecision(
                file.position, accept=True, is_document=file.is_document,
                draft=FileDraft(
                    source=TESTIMONY, published=True, caption=texts, alt=texts, credit=SAID
                ),
            )
            for file in row.files(manager="all_records").all()
        ],
        by=moderator(),
        **ACT,
    )  # fmt: skip


def _accepted(part: Part) -> PartDecision:
    taken: dict[str, Any] = {"position": part.position, "accept": True, "person": part.person_id}
    taken["values"] = {name: FieldDecision(accept=True) for name in part.values}
    if part.kind in ("person", "fact"):
        if part.values:
            taken["draft"] = draft_of(part)
            taken["prefer"] = {"birth": SAID} if part.kind == "fact" else {}
    elif part.kind == "biography":
        taken["biography"] = BiographyDraft(
            part.person_id or 0, "ru", SAID, SAID, (TESTIMONY,), credit=SAID
        )
    else:
        slug = part.site.slug if part.site else f"{LATIN_MARK}-sent"
        name = "Invented place" if part.site else SAID
        taken["site"] = SiteDraft(
            slug=slug,
            kinds=("mass-grave",),
            names=tuple(SiteNameDraft(one, f"{name} {one}") for one in ("en", "ru", "uk")),
            figures=(SiteFigureDraft("estimate", 777, None, TESTIMONY, note=SAID),),
        )
    return PartDecision(**taken)
