"""The acts of publishing: hiding at once, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import Outcome, Person, PersonStatus, Proposal, Wish
from registry.records.people.statuses import (
    DELAY,
    HIDING,
    OPENNESS,
    SHOWING,
    StatusRefused,
    decide_proposal,
    decider_refused,
    hide_person,
    propose_showing,
    propose_suppressing,
)

from .acts import OFFERED, ActForm, Offer, run_act
from .base import acting
from .labels import WISHES
from .people import PERSON_STATUSES

HIDDEN_AS: dict[str, Any] = {
    PersonStatus.WITHDRAWN: _("Withdrawn: nothing is shown"),
    PersonStatus.HELD: _("Held: nothing is shown until an editor decides"),
    PersonStatus.RESTRICTED: _("Restricted: name, years, fate and source stay"),
}
HOURS = int(DELAY.total_seconds() // 3600)
REFUSALS: dict[str, Any] = {
    "unknown-person": _("There is no such person."),
    "merged": _("This person was joined with another; decide there."),
    "unknown-status": _("This is not possible."),
    "shows-more": _("This would show more than is shown now. Propose to show the person instead."),
    "not-hidden": _("This is shown already."),
    "suppressed": _("This person is suppressed already."),
    "waiting": _("Another proposal about this person waits for a decision."),
    "unknown-proposal": _("There is no such proposal."),
    "decided": _("This was decided already."),
    "not-an-editor": _("An editor or an administrator decides this."),
    "decided-since": _(
        "Something else was decided about this person after this was proposed. Refuse it and"
        " propose anew."
    ),
    "own": _("You proposed this yourself; another editor decides it."),
    "too-early": _(
        "You proposed this yourself and are the only editor: you can accept it 48 hours later, and"
        " not before 48 hours have passed since any account was changed."
    ),
    "too-new": _(
        "This account was made, or given a role or new access, less than 48 hours ago. Until then"
        " it accepts nothing that another has proposed; it can refuse."
    ),
}


class HideForm(ActForm):
    """How much is hidden."""

    status = forms.ChoiceField(
        label=_("Hide as"),
        widget=forms.RadioSelect,
        choices=list(HIDDEN_AS.items()),
        initial=PersonStatus.WITHDRAWN,
    )


class ShowForm(ActForm):
    """How much is to be shown again."""

    wish = forms.ChoiceField(
        label=_("Proposed"),
        widget=forms.RadioSelect,
        choices=[(wish, WISHES[wish]) for wish in SHOWING],
        initial=Wish.BY_RULE,
    )


class DecideForm(ActForm):
    """Yes or no."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[("accept", _("Accept")), ("refuse", _("Refuse"))],
    )


def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a person at once."""

    def do(data: Mapping[str, Any]) -> Any:
        return hide_person(person=pk, status=PersonStatus(data["status"]), **_signed(request, data))

    return _run(request, _person(pk), gettext("Hide"), HideForm(request.POST or None), do)


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to show a person again."""

    def do(data: Mapping[str, Any]) -> Any:
        return propose_showing(person=pk, wish=Wish(data["wish"]), **_signed(request, data))

    title = gettext("Propose to show")
    return _run(request, _person(pk), title, ShowForm(request.POST or None), do)


def suppress(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to suppress a person."""

    def do(data: Mapping[str, Any]) -> Any:
        return propose_suppressing(person=pk, **_signed(request, data))

    title = gettext("Propose to suppress")
    return _run(request, _person(pk), title, ActForm(request.POST or None), do)


def proposals(request: HttpRequest) -> HttpResponse:
    """List what waits for a second person, the oldest first."""
    context = {
        **admin.site.each_context(request),
        "title": gettext("What waits for a second person"),
        "rows": [_told(row) for row in _open().order_by("pk")],
    }
    return TemplateResponse(request, "admin/registry/proposals.html", context)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or refuse a proposal."""
    row = get_object_or_404(Proposal.all_records.select_related("person", "change__by"), pk=pk)

    def do(data: Mapping[str, Any]) -> Any:
        accept = data["answer"] == "accept"
        return decide_proposal(proposal=pk, accept=accept, **_signed(request, data))

    by, _role = acting(request)
    code = decider_refused(row, by=by, now=timezone.now())
    return run_act(
        request,
        title=gettext("Decide"),
        form=DecideForm(request.POST or None),
        do=do,
        back=reverse("admin:registry_proposals"),
        refusals=REFUSALS,
        refused=StatusRefused,
        about=gettext("What waits for a second person"),
        template="admin/registry/decide.html",
        context={"row": _told(row), "not_yet": REFUSALS.get(code, "")},
    )


def count_waiting() -> int:
    """Return how many proposals wait for a second person."""
    return int(_open().count())


def _open() -> Any:
    rows = Proposal.all_records.filter(outcome=Outcome.OPEN)
    return rows.select_related("person", "change__by")


def _told(row: Proposal) -> dict[str, Any]:
    return {
        "proposal": row,
        "wish": WISHES[row.wish],
        "status": PERSON_STATUSES.get(row.person.status, row.person.status),
    }


def _person(pk: int) -> Person:
    found: Person = get_object_or_404(Person.all_records.all(), pk=pk)
    return found


def _signed(request: HttpRequest, data: Mapping[str, Any]) -> dict[str, Any]:
    by, role = acting(request)
    return {"by": by, "role": role, "reason": data["reason"], "now": timezone.now()}


def _run(request: HttpRequest, person: Person, title: str, form: Any, do: Any) -> HttpResponse:
    return run_act(
        request,
        title=title,
        form=form,
        do=do,
        back=reverse("admin:registry_person_change", args=[person.pk]),
        refusals=REFUSALS,
        refused=StatusRefused,
        about=person,
    )


def _may_hide(row: Any) -> bool:
    return OPENNESS.get(row.status, 0) >= min(OPENNESS[status] for status in HIDING)


def _may_show(row: Any) -> bool:
    decided = row.status != PersonStatus.PUBLIC or not row.status_by_rule
    return row.status in OPENNESS and decided


ROUTES = [
    path("person/<int:pk>/hide/", hide, name="registry_person_hide"),
    path("person/<int:pk>/show/", show, name="registry_person_show"),
    path("person/<int:pk>/suppress/", suppress, name="registry_person_suppress"),
    path("proposals/", proposals, name="registry_proposals"),
    path("proposals/<int:pk>/", decide, name="registry_proposal_decide"),
]
OFFERED.setdefault("person", []).extend(
    (
        Offer("admin:registry_person_hide", _("Hide…"), fits=_may_hide),
        Offer("admin:registry_person_show", _("Propose to show…"), fits=_may_show),
        Offer("admin:registry_person_suppress", _("Propose to suppress…"), fits=_may_hide),
    )
)
