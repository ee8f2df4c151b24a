"""The act of erasing, by order of a court: for good, and only by an administrator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import Document, Entry, Person, PersonStatus, Photograph, Standing
from registry.records.ledger.rows import columns_of
from registry.records.undoing.erasing import (
    ErasureRefused,
    erase_record,
    forget_wordings,
    removed_records,
)
from registry.records.undoing.words import SUBJECT_WORDS

from .acts import OFFERED, ActForm, Offer, run_act
from .base import acting

KINDS: dict[str, tuple[type[models.Model], Any]] = {
    "person": (Person, _("Erase this person and all that is theirs")),
    "entry": (Entry, _("Erase this entry")),
    "photograph": (Photograph, _("Erase this photograph")),
    "document": (Document, _("Erase this scan")),
}
REFUSALS = {
    "not-an-administrator": _("Only an administrator erases."),
    "unknown-record": _("There is no such record."),
    "merged": _("This person was joined with another; erase there."),
}
ERASED_IS_GONE = _(
    "This cannot be undone. What the record said is emptied everywhere, in the ledger too; who had"
    " it erased, when and why stays."
)


class EraseForm(ActForm):
    """That it is meant."""

    understood = forms.BooleanField(label=_("A court has ordered this."), help_text=ERASED_IS_GONE)


def erase(request: HttpRequest, pk: int, *, kind: str) -> HttpResponse:
    """Erase a record for good."""
    model, title = KINDS[kind]
    row = model._base_manager.filter(pk=pk).first()
    # Of what an editor has taken away the ledger knows whose it was.
    told = columns_of(row, without=()) if row else removed_records(kind, [str(pk)]).get(str(pk))
    if told is None:
        raise Http404
    site = told.get("site_id")
    page = "registry_memorialsite_change" if site else "registry_person_change"
    owner = site or told.get("person_id") or pk

    def do(data: Mapping[str, Any]) -> Any:
        by, role = acting(request)
        return erase_record(
            subject=kind,
            reference=str(pk),
            by=by,
            role=role,
            reason=data["reason"],
            now=timezone.now(),
        )

    return run_act(
        request,
        title=gettext(str(title)),
        form=EraseForm(request.POST or None),
        do=do,
        back=reverse(f"admin:{page}", args=[owner]),
        refusals=REFUSALS,
        refused=ErasureRefused,
        about=row or f"{SUBJECT_WORDS[kind]} {pk}",
    )


class ForgetForm(ActForm):
    """That it is meant."""

    understood = forms.BooleanField(
        label=_("What it said before is to be gone for good."),
        help_text=_(
            "The history shows what a record said before it was mended. That is emptied for good;"
            " what it says now stays, and that it was written remains."
        ),
    )


def forget(request: HttpRequest, pk: int, *, kind: str) -> HttpResponse:
    """Empty what the ledger has of earlier wordings of a record; what it says now stays."""
    model, _title = KINDS[kind]
    row = get_object_or_404(model._base_manager, pk=pk)
    owner = "entry_change" if kind == "entry" else f"{kind}_edit"

    def do(data: Mapping[str, Any]) -> Any:
        by, role = acting(request)
        return forget_wordings(
            records={kind: [str(pk)]},
            by=by,
            role=role,
            reason=data["reason"],
            now=timezone.now(),
        )

    return run_act(
        request,
        title=gettext("Forget earlier wordings"),
        form=ForgetForm(request.POST or None),
        do=do,
        back=reverse(f"admin:registry_{owner}", args=[pk]),
        refusals=REFUSALS,
        refused=ErasureRefused,
        about=row,
    )


def _route(kind: str, view: Callable[..., HttpResponse]) -> Any:
    name = view.__name__
    own: Callable[..., HttpResponse] = partial(view, kind=kind)
    return path(f"{kind}/<int:pk>/{name}/", own, name=f"registry_{kind}_{name}")


FORGOTTEN = ("entry", "photograph", "document")
"""What can be mended and goes on to be shown."""
ROUTES = [_route(kind, erase) for kind in KINDS] + [_route(kind, forget) for kind in FORGOTTEN]
OFFERED.setdefault("person", []).append(
    Offer(
        "admin:registry_person_erase",
        _("Erase…"),
        fits=lambda row: row.status != PersonStatus.MERGED,
    )
)
OFFERED.setdefault("entry", []).append(
    Offer("admin:registry_entry_forget", _("Forget earlier wordings"))
)
OFFERED.setdefault("entry", []).append(
    Offer(
        "admin:registry_entry_erase",
        _("Erase…"),
        fits=lambda row: row.standing != Standing.ERASED,
    )
)
