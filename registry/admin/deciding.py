"""From what was marked on the page of a review to one decision, or to words on what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import Role
from registry.records.drafts.sites import SiteDraft
from registry.submissions.deciding import Decision, decide_submission, default_reason
from registry.submissions.decisions import FileDecision, PartDecision
from registry.submissions.states import PartRefused, SubmissionRefused
from registry.wording.reasons import why_words

from .choosing import REFUSALS as CHOICES
from .decision_forms import MISSING
from .editing import REFUSALS as ENTRIES
from .files import REFUSALS as FILES
from .lives import BIOGRAPHY_REFUSALS, LINK_REFUSALS
from .more_parts import FigurePart
from .part_forms import choosable
from .review_page import Sent
from .statuses import REFUSALS as STATUSES

UNDECIDED = _("Say of this whether it is accepted or rejected.")
REFUSALS: dict[str, Any] = {
    **FILES,
    **LINK_REFUSALS,
    **BIOGRAPHY_REFUSALS,
    **CHOICES,
    **STATUSES,
    **ENTRIES,
    "unknown-rank": _("The rank of an entry is higher than that of its source."),
    "unknown-episode": _("The episode this is about is not there any more."),
    "cites-a-book": _("It rests on a book or a file: name that source."),
    "too-many": _("This part was decided and undone too many times."),
    "no-draft": _("Nothing of it is taken. Reject it, and say why."),
    "not-theirs": _(
        "Something that was marked is not this person's any more. Look again, and mark it anew."
    ),
    "shows-nobody": _(
        "The part this picture belongs to is not accepted. Reject the picture, too, or accept"
        " that part."
    ),
    "names-contributor": _(
        "It names whoever sent this. Readers see the reason in the history for ever; nothing takes"
        " a name out of it later."
    ),
    "missing": _("This is needed."),
    "too-long": _("This is too long."),
}
FIELDS = {
    "person": "other",
    "name": "slug",
    "names": "slug",
    "figures": "low",
    "kinds": "kinds",
    "date": "day",
}
"""Fields of a form that are called otherwise than what the records refuse."""


@dataclass(frozen=True, slots=True)
class Marked:
    """All that was decided on a page, each part and file once."""

    parts: tuple[PartDecision, ...]
    files: tuple[FileDecision, ...]

    @property
    def suppresses(self) -> bool:
        """Tell whether somebody is proposed to be suppressed, which takes a second factor."""
        return any(one.suppress for one in self.parts)

    @property
    def accepted(self) -> int:
        """The number of parts and files that are accepted."""
        return sum(one.accept for one in self.parts) + sum(one.accept for one in self.files)


def read_marks(sent: Sent, *, rest: str) -> Marked | None:
    """Return what is decided, `rest` of what has no mark; None where a form says what is wrong."""
    parts = _read_parts(sent, rest)
    files: list[FileDecision] = []
    for position, form in sent.file_forms.items():
        accepted = form.is_accepted(rest)
        if accepted is None:
            form.add_error("mark", UNDECIDED)
        elif accepted:
            found = form.accepted()
            files += [found] if found else []
        elif told := _rejected(sent, form):
            files.append(FileDecision(position, False, *told))
    if any(form.errors for form in sent.all_forms()):
        return None
    return Marked(tuple(parts), tuple(files))


def _read_parts(sent: Sent, rest: str) -> list[PartDecision]:
    parts: list[PartDecision] = []
    sites: dict[str, SiteDraft] = {}
    for position, form in sent.forms.items():
        accepted = form.is_accepted(rest)
        if accepted is None:
            form.add_error("mark", UNDECIDED)
        elif not accepted:
            told = _rejected(sent, form)
            parts += [PartDecision(position, False, *told)] if told else []
        else:
            one = form.accepted(sites) if isinstance(form, FigurePart) else form.accepted()
            if one is not None:
                parts.append(one)
                if one.site is not None:
                    sites[one.site.slug] = one.site
    return parts


def _rejected(sent: Sent, form: Any) -> tuple[str, str] | None:
    """Return the reason of a rejection and the words with it: its own, else those of all."""
    # What is wrong in the fields of something that is rejected does not matter.
    form.errors.clear()
    own = form.said("why")
    why = own or sent.whole.said("why")
    if not why:
        sent.whole.add_error("why", gettext("Choose why it is not taken."))
        return None
    text = form.said("why_text") or ("" if own else sent.whole.said("why_text"))
    if why == "other" and not text:
        (form if own else sent.whole).add_error("why_text", MISSING)
        return None
    return why, text


def decide(sent: Sent, marked: Marked, *, seen: str, by: User, role: Role) -> Decision | None:
    """Decide, or say on the forms what the records refuse.

    Raises SubmissionRefused (`not-now`, `undecided`) where somebody was quicker.
    """
    try:
        return decide_submission(
            submission=sent.row.pk,
            parts=marked.parts,
            files=marked.files,
            by=by,
            role=role,
            reason=_reason(sent),
            now=timezone.now(),
            seen=seen,
        )
    except (SubmissionRefused, PartRefused) as refused:
        if refused.code in {"not-now", "undecided"}:
            raise
        _tell(sent, refused)
        return None


def _reason(sent: Sent) -> str:
    """Return what the ledger says; the default as it keeps it, in whatever language shown."""
    default = default_reason(sent.row)
    said = sent.whole.said("reason")
    return said if said and said != why_words(default) else default


def _tell(sent: Sent, refused: SubmissionRefused | PartRefused) -> None:
    forms: Any = sent.file_forms if refused.is_file else sent.forms
    form = forms.get(refused.position, sent.whole)
    words = REFUSALS.get(refused.code, gettext("This is not possible."))
    name = FIELDS.get(refused.field, refused.field)
    if name.startswith("prefer."):
        own = [value for value in form.preferred() if f"prefer.{choosable(value)}" == name]
        name = f"prefer-{own[0]}" if own else ""
    form.add_error(name if name in form.fields else None, str(words))
