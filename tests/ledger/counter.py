"""The counter at which visitors send: what comes in, is decided and undone, as steps of the desk.

What nobody has taken says words that stand nowhere else, by which they are found where they must
not be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from registry.models import (
    DECIDED_STATES,
    OPEN_STATES,
    Biography,
    Message,
    Part,
    PartKind,
    PartOutcome,
    Person,
    RelationKind,
    Submission,
    SubmissionKind,
)
from registry.records.people.biographies import (
    BiographyDraft,
    BiographyRefused,
    read_biography,
    write_biography,
)
from registry.records.public.rows import follow_merges
from registry.submissions.deciding import decide_submission, undo_decision
from registry.submissions.decisions import FieldDecision, PartDecision
from registry.submissions.receiving import add_part, save_answers, save_part, send_submission
from registry.submissions.starting import Target, start_submission
from registry.submissions.states import PartRefused, SubmissionRefused
from registry.submissions.testimony import TESTIMONY, have_testimonies
from registry.submissions.triage import ask_contributor
from tests.submissions.sending import HOW, draft_of

LETTERS = "абвгдежзиклмнопр"
WORD = "Присыл"
YEARS = ("1871", "1891", "1900-02", "1925", "1930~")


def own_word(number: int) -> str:
    """Return a word that one submission says, and nothing else there is: `Присылабв…`."""
    digest = hashlib.sha256(f"sent {number}".encode()).digest()
    return WORD + "".join(LETTERS[byte % 16] for byte in digest[:12])


class Counter:
    """Steps of a desk that come from the counter; each takes numbers, and picks what they mean."""

    now: datetime
    sent = 0
    steps_here = ("send_in", "decide_sent", "ask_sender", "reopen", "write_life")

    def open_counter(self) -> None:
        """Make the source of the testimonies; let a few submissions wait, and decide two."""
        have_testimonies(now=self.now)
        for kind in range(6):
            self.send_in(kind, kind, kind)
        life = Submission.all_records.get(kind=SubmissionKind.BIOGRAPHY)
        person = Submission.all_records.filter(kind=SubmissionKind.PERSON).order_by("number")[0]
        for row in (life, person):
            self._decide(row, 2, 0)

    def send_in(self, a: int, b: int, c: int) -> None:
        """Somebody sends a person, a family, a correction, a life, or a wish to hide."""
        known = self.pick(Person, a, status="public")
        if known is None or b % 6 < 2:
            self._send_person(c, family=b % 6 == 1)
            return
        kind, values, field = (
            (SubmissionKind.ADDITION, {"occupation": self.word(), "birth_date": YEARS[c % 5]}, ""),
            (SubmissionKind.CORRECTION, {"birth_place": self.word()}, "birth_place"),
            (SubmissionKind.BIOGRAPHY, self._life(), ""),
            (SubmissionKind.TAKEDOWN, {"what": self.word()}, ""),
        )[b % 6 - 2]
        self._send(kind, values, Target(known.pk, field))

    def decide_sent(self, a: int, b: int, c: int) -> None:
        """What was sent is accepted, with an edit, preferred, of somebody else, or rejected."""
        row = self._sent(a, OPEN_STATES)
        if row is not None:
            self._decide(row, b % 5, c)

    def ask_sender(self, a: int, _b: int, _c: int) -> None:
        """Whoever sent something is asked."""
        row = self._sent(a, OPEN_STATES)
        if row is not None:
            signed = self.act_of("moderator")
            ask_contributor(submission=row.pk, text=self.word(), by=signed["by"], now=signed["now"])

    def reopen(self, a: int, _b: int, _c: int) -> None:
        """A decision is undone."""
        row = self._sent(a, DECIDED_STATES)
        if row is not None:
            undo_decision(submission=row.pk, **self.act_of("moderator"))

    def write_life(self, a: int, _b: int, _c: int) -> None:
        """An editor writes something else into a life."""
        row = self.pick(Biography, a)
        if row is not None:
            draft = read_biography(person=row.person_id, language=row.language)
            assert draft is not None
            told = replace(draft, title=f"Жизнь {self.now:%H:%M}")
            write_biography(draft=told, **self.act())

    def _sent(self, number: int, states: Collection[str]) -> Submission | None:
        """Return what was sent that a number points to, in the order in which it came."""
        rows = list(Submission.all_records.filter(state__in=states).order_by("number"))
        return rows[number % len(rows)] if rows else None

    def word(self) -> str:
        """Return the next word that stands nowhere else."""
        self.sent += 1
        return own_word(self.sent)

    def _life(self) -> dict[str, str]:
        return {"language": "ru", "title": "Жизнь", "text": self.word()}

    def _send_person(self, c: int, *, family: bool) -> None:
        values = {"family_name": self.word(), "birth_date": YEARS[c % 5], "death_date": "1938"}
        more = {"family_name": self.word(), "death_date": "1942"} if family else None
        self._send(SubmissionKind.PERSON, values, Target(), more=more)

    def _send(
        self,
        kind: SubmissionKind,
        values: dict[str, str],
        target: Target,
        *,
        more: dict[str, str] | None = None,
    ) -> None:
        here: dict[str, Any] = {"now": self.act()["now"]}
        number = start_submission(
            kind=kind, language="ru", target=target, values=values, **here
        ).submission
        # Ids and public numbers are drawn; here they must not depend on luck.
        told = str(10_000_000 + Submission.all_records.count())
        Submission.all_records.filter(pk=number).update(number=told)
        here["submission"] = number
        if more is not None:
            position = add_part(kind=PartKind.PERSON, **here)
            save_part(position=position, values=more, kinship=RelationKind.CHILD, **here)
        if kind != SubmissionKind.TAKEDOWN:
            save_answers(answers=HOW, **here)
        send_submission(**here)

    def _decide(self, row: Submission, way: int, c: int) -> None:
        parts = list(row.parts(manager="all_records").order_by("position"))
        decide_submission(
            submission=row.pk,
            parts=[self._decision(part, way, c) for part in parts],
            **self.act_of("moderator"),
        )

    def _decision(self, part: Part, way: int, c: int) -> PartDecision:
        if way == 0:
            return PartDecision(part.position, accept=False, reason="no-source")
        person = follow_merges({part.person_id}).get(part.person_id) if part.person_id else None
        if way == 4 and part.kind == PartKind.PERSON:
            # Of somebody who is here, whoever that is.
            person = getattr(self.pick(Person, c, status="public"), "pk", None)
        if part.kind == PartKind.TAKEDOWN:
            return PartDecision(part.position, accept=True, person=person, hide="withdrawn")
        if part.kind == PartKind.BIOGRAPHY:
            text = part.values["text"] if way != 1 else self.word()
            life = BiographyDraft(person or 0, "ru", "Жизнь", text, (TESTIMONY,))
            taken = {"text": FieldDecision(True, None if text == part.values["text"] else text)}
            return PartDecision(
                part.position, accept=True, person=person, biography=life, values=taken
            )
        worded = [name for name, text in part.values.items() if text.startswith(WORD)]
        edited = {name: self.word() for name in worded} if way == 1 else {}
        values = {name: FieldDecision(True, edited.get(name)) for name in part.values}
        prefer = {"birth": "an invented reason"} if way == 2 and "birth_date" in values else {}
        return PartDecision(
            part.position,
            accept=True,
            values=values,
            draft=draft_of(part, **edited),
            person=person,
            prefer=prefer,
            own_rank=3 if way == 3 else None,
        )

    # Of the desk this is a part of.
    pick: Any
    act: Any
    act_of: Any


REFUSALS: tuple[type[Exception], ...] = (SubmissionRefused, PartRefused, BiographyRefused)


def unread_words() -> set[str]:
    """Return the words of what was sent and not taken, or taken in other words."""
    found: set[str] = set()
    for part in Part.all_records.all():
        for name, text in part.values.items():
            decided = part.decisions.get(name, {})
            taken = part.outcome == PartOutcome.ACCEPTED and decided.get("edited") is None
            if text.startswith(WORD) and not (taken and part.kind != PartKind.TAKEDOWN):
                found.add(text)
    return found | set(Message.all_records.values_list("text", flat=True))
