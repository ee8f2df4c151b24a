"""Acts on an entry: read anew, copied anew, not believed, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.exchange.wording import CODES
from registry.models import Change, Entry, Part, Standing
from registry.records.conclusions.facts import canonical_field
from registry.records.drafts.entries import EntryDraft
from registry.records.entries.drafting import entry_draft
from registry.records.entries.editing import (
    DOUBTED,
    EntryRefused,
    correct_reading,
    credit_again,
    discredit,
    reinstate_entry,
    rewrite_entry,
    withdraw_entry,
)
from registry.records.public.received import shown_number
from registry.wording.codes import EPISODE_FIELDS, PERSON_FIELDS, word

from .acts import OFFERED, ActForm, Offer, run_act
from .base import acting
from .days import REFUSED
from .reading_forms import ReadingForm
from .transcription_forms import Transcription
from .watching import Edited

REFUSALS: dict[str, Any] = {
    **CODES,
    "missing": _("This is needed."),
    "taken": _("An entry of this source has this key already."),
    "unknown": _("This is not known."),
    "unknown-field": _("The entry does not have this field."),
    "unknown-person": _("There is no such person."),
    "merged": _("This person was merged into another."),
    "other-entry": _("This is another entry."),
    "nothing-printed": _("Nothing is printed there that could be read."),
    "not-in-print": _("The printed name does not have this word."),
    "reverted": _(
        "The act that brought this entry in was undone; it can be edited when it is back."
    ),
    "erased": _("This entry was erased by order of a court."),
    "empty": _("There is no date."),
    "not-understood": _("This is not understood as a date."),
    "two-digit-year": _("The year has two digits; write it whole."),
    **{str(reason): words for reason, words in REFUSED.items()},
}
"""What an act on an entry is refused for, in words."""


def entry_of(pk: int) -> Entry:
    """Return the entry an address names."""
    rows = Entry.all_records.select_related("source", "person")
    entry: Entry = get_object_or_404(rows, pk=pk)
    return entry


def page_of(entry: Entry) -> str:
    """Return the address of the page of an entry on the desk."""
    return reverse("admin:registry_entry_change", args=[entry.pk])


def act_of(request: HttpRequest, reason: str) -> dict[str, Any]:
    """Return who acts, why and when, as the functions of the domain take it."""
    by, role = acting(request)
    return {"by": by, "role": role, "reason": reason, "now": timezone.now()}


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every printed field beside our reading of it, and correct what was changed."""
    entry = entry_of(pk)
    form = ReadingForm(request.POST or None, draft=entry_draft(pk))
    return run_act(
        request,
        title=gettext("Correct our reading"),
        form=form,
        do=lambda data: correct_reading(
            entry=pk, readings=form.readings(), **act_of(request, data["reason"])
        ),
        back=page_of(entry),
        about=entry,
        refusals=REFUSALS,
        refused=EntryRefused,
        edits=Edited("entry", str(pk)),
        template="admin/registry/readings.html",
    )


def rewrite(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that was transcribed, and replace it by what is sent."""
    entry, old = entry_of(pk), entry_draft(pk)
    form = Transcription(request.POST or None, draft=old)
    return run_act(
        request,
        title=gettext("Copy this entry anew"),
        form=form.with_row() if form.wants_row() else form,
        do=lambda data: rewrite_entry(
            entry=pk, draft=data["draft"], **act_of(request, data["reason"])
        ),
        back=page_of(entry),
        about=entry,
        refusals=REFUSALS,
        refused=EntryRefused,
        edits=Edited("entry", str(pk)),
        template="admin/registry/transcription.html",
    )


class DoubtForm(forms.Form):
    """What is not believed, and why, in the languages of the readers."""

    field = forms.ChoiceField(label=_("What is not believed"))
    en = forms.CharField(
        label=_("Why, in English"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown to readers beside what is not believed, and in the history."),
    )
    ru = forms.CharField(
        label=_("In Russian"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    uk = forms.CharField(
        label=_("In Ukrainian"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, draft: EntryDraft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [  # type: ignore[attr-defined]  # it is a choice
            ("", "—"),
            *((name, word("field", name)) for name in stated(draft)),
        ]


def stated(draft: EntryDraft) -> list[str]:
    """Return what an entry says that can be discredited; the whole of it last."""
    rows = draft.repressions
    burial = draft.burial_place or draft.burial_site
    said = {name for name in PERSON_FIELDS if getattr(draft, name, None)}
    said |= {"burial"} if burial else set()
    said |= {name for name in EPISODE_FIELDS for row in rows if getattr(row, name)}
    return [name for name in (*PERSON_FIELDS, *EPISODE_FIELDS) if name in said & DOUBTED] + ["*"]


def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what is not believed, and why, and discredit it."""
    entry = entry_of(pk)
    asked = {"field": request.GET.get("field", "")}
    form = DoubtForm(request.POST or None, draft=entry_draft(pk), initial=asked)
    return run_act(
        request,
        title=gettext("Discredit a field"),
        form=form,
        do=lambda data: discredit(
            entry=pk,
            field=data["field"],
            why={code: data[code] for code in ("en", "ru", "uk")},
            **act_of(request, data["en"]),
        ),
        back=page_of(entry),
        about=entry,
        refusals=REFUSALS,
        refused=EntryRefused,
        template="admin/registry/doubt.html",
        context={
            "withdraw": reverse("admin:registry_entry_withdraw", args=[pk]),
            "sent": sent_as(entry),
        },
    )


def sent_as(entry: Entry) -> dict[str, str]:
    """Return the submission that brought an entry, its number and its page; empty of any other."""
    part = Part.all_records.filter(entry=entry.pk).select_related("submission").first()
    if part is None:
        return {}
    address = reverse("admin:registry_submission", args=[part.submission_id])
    return {"number": shown_number(part.submission.number), "address": address}


class CreditForm(ActForm):
    """What is believed again."""

    field = forms.ChoiceField(label=_("What is believed again"))

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict.fromkeys(canonical_field(name) for name in entry.discredited)
        self.fields["field"].choices = [  # type: ignore[attr-defined]  # it is a choice
            (name, word("field", name)) for name in names
        ]


def credit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which doubt is taken back, and take it back."""
    entry = entry_of(pk)
    return run_act(
        request,
        title=gettext("Believe it again"),
        form=CreditForm(request.POST or None, entry=entry),
        do=lambda data: credit_again(
            entry=pk, field=data["field"], **act_of(request, data["reason"])
        ),
        back=page_of(entry),
        about=entry,
        refusals=REFUSALS,
        refused=EntryRefused,
    )


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why an entry is withdrawn, and withdraw it."""
    return _stand(request, pk, gettext("Withdraw this entry"), withdraw_entry)


def reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a withdrawn entry is shown again, and show it."""
    return _stand(request, pk, gettext("Show this entry again"), reinstate_entry)


def _stand(
    request: HttpRequest, pk: int, title: str, do: Callable[..., Change | None]
) -> HttpResponse:
    entry = entry_of(pk)
    return run_act(
        request,
        title=title,
        form=ActForm(request.POST or None),
        do=lambda data: do(entry=pk, **act_of(request, data["reason"])),
        back=page_of(entry),
        about=entry,
        refusals=REFUSALS,
        refused=EntryRefused,
    )


def _stands(*standings: Standing) -> Callable[[Any], bool]:
    return lambda row: row.standing in standings


THERE = _stands(Standing.IN_USE, Standing.WITHDRAWN)
OFFERED.setdefault("entry", []).extend(
    [
        Offer("admin:registry_entry_reading", _("Correct our reading"), THERE),
        Offer("admin:registry_entry_transcription", _("Copied wrongly"), THERE),
        Offer("admin:registry_entry_doubt", _("Discredit a field"), THERE),
        Offer(
            "admin:registry_entry_credit",
            _("Believe it again"),
            lambda row: THERE(row) and bool(row.discredited),
        ),
        Offer("admin:registry_entry_withdraw", _("Withdraw this entry"), _stands(Standing.IN_USE)),
        Offer(
            "admin:registry_entry_reinstate",
            _("Show this entry again"),
            _stands(Standing.WITHDRAWN),
        ),
    ]
)
ROUTES: list[URLPattern] = [
    path("entry/<int:pk>/reading/", correct, name="registry_entry_reading"),
    path("entry/<int:pk>/transcription/", rewrite, name="registry_entry_transcription"),
    path("entry/<int:pk>/doubt/", doubt, name="registry_entry_doubt"),
    path("entry/<int:pk>/credit/", credit, name="registry_entry_credit"),
    path("entry/<int:pk>/withdraw/", withdraw, name="registry_entry_withdraw"),
    path("entry/<int:pk>/reinstate/", reinstate, name="registry_entry_reinstate"),
]
