"""Undoing on the desk: one change, a set of them, or all that an account did in some time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from registry.models import Change
from registry.records.undoing.effects import count_records, count_settled
from registry.records.undoing.reverting import (
    ChangeUnknown,
    changes_of,
    preview_changes,
    undo_changes,
)
from registry.records.undoing.words import along_lines, left_lines

from .acts import OFFERED, ActForm, Offer, run_act
from .base import acting
from .ledger import CHANGE_KINDS
from .proving import MOST_AT_ONCE, proof_missing

MOST_PREVIEWED = 1_000
"""Records of which it is shown beforehand what stays: some seconds of work at the most."""
MOST_SETTLED = 100_000
"""Entries that may hang on a source or a spelling whose undoing is shown beforehand."""
A_MINUTE = 5000
"""Records that are undone, or concluded again, in a minute, at the least."""
SHOWN = 50


def undo_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo one change."""
    change = get_object_or_404(Change.all_records, pk=pk)
    return _undo(request, [change.pk], back=reverse("admin:registry_change_change", args=[pk]))


def undo_set(request: HttpRequest) -> HttpResponse:
    """Undo the changes that were chosen in the list, the newest first."""
    named = request.GET.getlist("change")
    numbers = sorted({int(one) for one in named if one.isdecimal() and len(one) < 18})
    back = reverse("admin:registry_change_changelist")
    found = Change.all_records.filter(pk__in=numbers).count()
    if found != len(numbers):
        raise Http404
    if not numbers:
        messages.warning(request, gettext("Choose at least one change."))
        return HttpResponseRedirect(back)
    return _undo(request, numbers, back=back)


def _undo(request: HttpRequest, numbers: Sequence[int], *, back: str) -> HttpResponse:
    by, role = acting(request)
    records, settled = count_records(numbers), count_settled(numbers)
    work = records + settled
    if request.method == "POST" and (len(numbers) > MOST_AT_ONCE or work > MOST_AT_ONCE):
        asked = proof_missing(request)
        if asked:
            return asked

    def do(data: Mapping[str, Any]) -> bool:
        results = undo_changes(
            changes=numbers, by=by, role=role, reason=data["reason"], now=timezone.now()
        )
        staying = left_lines(results)
        if staying:
            said = ngettext("%(number)s thing stays.", "%(number)s things stay.", len(staying))
            messages.warning(request, said % {"number": len(staying)})
        return any(result.change for result in results)

    rows = Change.all_records.filter(pk__in=numbers).order_by("-pk")
    shown = list(rows[:SHOWN])
    for row in shown:
        row.kind_words = CHANGE_KINDS.get(row.kind, row.kind)
    context: dict[str, Any] = {
        "changes": shown,
        "more": max(0, len(numbers) - SHOWN),
        "records": records,
        "settled": settled,
        "minutes": 1 + work // A_MINUTE,
        # A preview is an undoing that is taken back: no page of a registry only read does that.
        "previewed": (
            records <= MOST_PREVIEWED and settled <= MOST_SETTLED and not settings.READ_ONLY
        ),
    }
    if request.method != "POST" and context["previewed"]:
        results = preview_changes(changes=numbers, by=by, role=role, now=timezone.now())
        context["records"] = sum(result.records for result in results)
        context["left"], context["along"] = left_lines(results), along_lines(results)
    return run_act(
        request,
        title=gettext("Undo"),
        form=ActForm(request.POST or None),
        do=do,
        back=back,
        refusals={},
        refused=ChangeUnknown,
        about=gettext("Changes"),
        template="admin/registry/undo.html",
        context=context,
    )


class SpanForm(forms.Form):
    """From when to when; the moments are UTC, as the list of changes has them."""

    since = forms.DateTimeField(
        label=_("Since (UTC)"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    until = forms.DateTimeField(
        label=_("Until (UTC)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )


def revert_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Find all that an account did in some time, and undo it.

    The address says from when to when: it would be too long with every change in it.
    """
    account = get_object_or_404(User, pk=pk)
    back = reverse("admin:auth_user_change", args=[pk])
    form = SpanForm(request.GET or None)
    if form.is_valid():
        span = form.cleaned_data
        numbers = changes_of(account=account, **span)
        if numbers and span["until"] is None:
            # What is undone is what was shown, whatever the account does meanwhile.
            ends = {"since": span["since"].isoformat(), "until": timezone.now().isoformat()}
            return HttpResponseRedirect(f"{request.path}?{urlencode(ends)}")
        if numbers:
            return _undo(request, numbers, back=back)
        form.add_error(None, gettext("This account did nothing in that time."))
    context = {
        **admin.site.each_context(request),
        "title": gettext("Undo what this account did"),
        "about": account.get_username(),
        "back": back,
        "form": form,
        "method": "get",
    }
    return TemplateResponse(request, "admin/registry/span.html", context)


ROUTES = [
    path("change/<int:pk>/undo/", undo_one, name="registry_change_undo"),
    path("changes/undo/", undo_set, name="registry_changes_undo"),
    path("account/<int:pk>/revert/", revert_account, name="registry_account_revert"),
]
OFFERED.setdefault("change", []).append(Offer("admin:registry_change_undo", _("Undo…")))
OFFERED.setdefault("account", []).append(
    Offer("admin:registry_account_revert", _("Undo what it did…"))
)
