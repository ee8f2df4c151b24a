"""Acts of the desk: a page that asks for what is needed, one domain function, and a way back.

A module of acts has its views, and `ROUTES` that `site.py` puts under `/admin/acts/`; who may
use each stands in `matrix.py`. What is offered on the page of a record stands in `OFFERED`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext, gettext_lazy as _

from .matrix import may_use
from .watching import OPENED, Edited, opened_field, outdated, standing_now

MODULES: tuple[str, ...] = (
    "submissions",
    "review",
    "named",
    "editing",
    "book",
    "files",
    "merging",
    "parting",
    "choosing",
    "statuses",
    "lives",
    "places",
    "erasing",
    "undoing",
)
"""The modules of acts, in the order in which the desk lists them."""


class ActForm(forms.Form):
    """What an act needs to know; at least why. The reason is public, and the form says so."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Readers see it in the history: no names of living people or informants."),
    )

    opened = opened_field()
    field_order: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Why comes after what.
        self.fields["reason"] = self.fields.pop("reason")
        for field in self.fields.values():
            if isinstance(field, forms.BooleanField):
                # What is ticked stands behind its box, and nothing follows.
                field.label_suffix = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A link from the page of a record to an act on it; `route` takes the record's id.

    One `to_look` leads to a page that shows something, and acts nowhere itself.
    """

    route: str
    label: Any
    fits: Callable[[Any], bool] = lambda _row: True
    to_look: bool = False


OFFERED: dict[str, list[Offer]] = {}
"""Acts by the kind of record (`person`, `entry`, `site`) on whose page they are offered."""


def offers(request: HttpRequest, kind: str, row: Any) -> list[tuple[str, Any]]:
    """Return the address and label of each act that this reader may do on a record."""
    return [
        (reverse(offer.route, args=[row.pk]), offer.label)
        for offer in OFFERED.get(kind, ())
        if offer.fits(row) and may_use(request, offer.route, act=not offer.to_look)
    ]


def routes() -> list[URLPattern]:
    """Return the addresses of all acts."""
    found: list[URLPattern] = []
    for name in MODULES:
        found += import_module(f"registry.admin.{name}").ROUTES
    return found


def run_act(
    request: HttpRequest,
    *,
    title: str,
    form: forms.Form,
    do: Callable[[Mapping[str, Any]], Any],
    back: str,
    refusals: Mapping[str, Any],
    refused: type[Exception] | tuple[type[Exception], ...],
    about: Any = "",
    template: str = "admin/registry/act.html",
    context: Mapping[str, Any] | None = None,
    edits: Edited | None = None,
) -> HttpResponse:
    """Show the form; once it is sent and valid, call `do` with what it says and go `back`.

    `form` is bound to the request's data when it is a POST. `refused` is what `do` raises, with
    a `code` that `refusals` has words for, and perhaps a `field`; nothing typed is lost then.
    Nor is it where the record that the form `edits` was saved by somebody else since.
    """
    theirs: list[tuple[Any, str]] = []
    if edits is None:
        form.fields.pop(OPENED, None)
    elif not form.is_bound:
        form.initial.setdefault(OPENED, edits.version)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                theirs = standing_now(form) if edits and outdated(form, edits) else []
                done = form.is_valid() and do(form.cleaned_data)
        except refused as error:
            code, field = getattr(error, "code", ""), getattr(error, "field", None)
            words = refusals.get(code, gettext("This is not possible."))
            form.add_error(field if field in form.fields else None, words)
        else:
            if form.is_valid():
                told = gettext("This is done and stands in the ledger.")
                messages.success(request, told if done else gettext("Nothing was different."))
                return HttpResponseRedirect(back)
    shown = {
        "title": title, "form": form, "about": about, "back": back, "theirs": theirs,
        **(context or {}),
    }  # fmt: skip
    site = import_module("django.contrib.admin").site
    return TemplateResponse(request, template, {**site.each_context(request), **shown})
