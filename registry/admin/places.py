"""Withdrawing a place from every output, and showing it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Change, MemorialSite, SiteStatus
from registry.records.catalogue.site_status import reinstate_site, withdraw_site
from registry.records.public.sites import SiteUnknown

from .acts import OFFERED, ActForm, Offer, run_act
from .base import acting

WITHDRAW, REINSTATE = _("Withdraw this place"), _("Show this place again")


def set_status(
    request: HttpRequest, pk: int, *, act: Callable[..., Change | None], title: Any
) -> HttpResponse:
    """Ask why, and withdraw a place or show it again."""
    site = get_object_or_404(MemorialSite.all_records.all(), pk=pk)

    def do(told: Mapping[str, Any]) -> Any:
        by, role = acting(request)
        return act(slug=site.slug, by=by, role=role, reason=told["reason"], now=timezone.now())

    return run_act(
        request,
        title=title,
        form=ActForm(request.POST if request.method == "POST" else None),
        do=do,
        back=reverse("admin:registry_memorialsite_change", args=[pk]),
        refusals={},
        refused=SiteUnknown,
        about=site,
    )


ROUTES = [
    path(
        "site/<int:pk>/withdraw/",
        partial(set_status, act=withdraw_site, title=WITHDRAW),
        name="registry_site_withdraw",
    ),
    path(
        "site/<int:pk>/reinstate/",
        partial(set_status, act=reinstate_site, title=REINSTATE),
        name="registry_site_reinstate",
    ),
]
OFFERED.setdefault("site", []).extend(
    [
        Offer(
            "admin:registry_site_withdraw", WITHDRAW, lambda row: row.status == SiteStatus.PUBLIC
        ),
        Offer(
            "admin:registry_site_reinstate", REINSTATE, lambda row: row.status != SiteStatus.PUBLIC
        ),
    ]
)
