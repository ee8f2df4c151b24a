"""Where what was written by hand may name somebody who sent something and wishes no name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import (
    Biography,
    Document,
    MemorialSite,
    Photograph,
    Relation,
    Role,
    Source,
    Submission,
    SubmissionState,
)
from registry.records.public.received import shown_number
from registry.records.undoing.erasing import ErasureRefused
from registry.submissions.named import places_noted, settle_named
from registry.submissions.states import SubmissionRefused
from registry.wording.moderating import place_words

from .acts import ActForm, run_act
from .base import acting
from .decision_forms import MISSING
from .matrix import may_use
from .proving import proof_missing

REFUSALS: Mapping[str, Any] = {
    "unknown-submission": _("This submission is not there."),
    "not-an-administrator": _("Only an administrator erases."),
}
PAGES: Mapping[str, tuple[str, Any, str]] = {
    "photograph": ("photograph_edit", Photograph, "pk"),
    "document": ("document_edit", Document, "pk"),
    "entry": ("entry_change", None, ""),
    "biography": ("person_lives", Biography, "person"),
    "relation": ("person_links", Relation, "person"),
    "source": ("source_change", Source, "slug"),
    "site": ("memorialsite_change", MemorialSite, "slug"),
}
"""By the kind of a record where it is mended, and by what column of what table it is found."""


class SettledForm(ActForm):
    """That somebody has looked through all of it, and what becomes of what it said before."""

    forget = forms.BooleanField(
        label=_("Forget earlier wordings"),
        required=False,
        help_text=_(
            "The history shows what a caption or a text said before it was mended. What these"
            " records said before is emptied for good; that it was written remains. Without this"
            " the name can still be read in the history."
        ),
    )

    def __init__(self, data: Any, *, forgets: bool) -> None:
        super().__init__(data)
        # That it was looked through changes no record, and asks for no reason.
        self.fields["reason"].required = False
        if not forgets:
            del self.fields["forget"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of what goes into the ledger."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("forget") and not told.get("reason"):
            self.add_error("reason", MISSING)
        return told


def named(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the records that were noted, with where each is mended, and take that it is done."""
    rows = Submission.all_records.exclude(state=SubmissionState.DRAFT)
    row = get_object_or_404(rows, pk=pk)
    back = reverse("admin:registry_submission", args=[pk])
    noted = places_noted(row)
    if not noted:
        messages.info(request, gettext("Nothing is noted of this any more."))
        return HttpResponseRedirect(back)
    by, role = acting(request)
    forgets = role == Role.ADMINISTRATOR
    if forgets and "forget" in request.POST and (asked := proof_missing(request)):
        return asked
    form = SettledForm(request.POST if request.method == "POST" else None, forgets=forgets)

    def do(data: Mapping[str, Any]) -> bool:
        return settle_named(
            submission=pk,
            forget=bool(data.get("forget")),
            by=by,
            role=role,
            reason=data.get("reason", ""),
            now=timezone.now(),
        )

    return run_act(
        request,
        title=gettext("Where the name may still stand"),
        form=form,
        do=do,
        back=back,
        refusals=REFUSALS,
        refused=(SubmissionRefused, ErasureRefused),
        about=shown_number(row.number),
        template="admin/registry/named.html",
        context={
            "places": [(place_words(one), mended_at(request, one)) for one in noted],
            "forgets": forgets,
            "may_act": may_use(request, "admin:registry_submission_named", act=True),
            "button": gettext("It is looked through"),
        },
    )


def mended_at(request: HttpRequest, place: str) -> str:
    """Return the page on which a record is mended; nothing where whoever asks may not, or it is
    there no more.
    """
    subject, _colon, reference = place.partition(":")
    if subject == "choice":
        person = reference.partition(":")[0]
        return _address(request, "person_choose", person)
    if subject not in PAGES:
        return ""
    route, model, column = PAGES[subject]
    if model is None:
        return _address(request, route, reference)
    wanted = {"slug": reference} if column == "slug" else {"pk": reference}
    found = model.all_records.filter(**wanted).values_list(
        "pk" if column == "slug" else column, flat=True
    )
    return _address(request, route, found[0]) if found else ""


def _address(request: HttpRequest, route: str, pk: Any) -> str:
    name = f"admin:registry_{route}"
    acts = route.endswith("_edit")
    return reverse(name, args=[pk]) if may_use(request, name, act=acts) else ""


ROUTES: list[URLPattern] = [
    path("submissions/<int:pk>/named/", named, name="registry_submission_named"),
]
