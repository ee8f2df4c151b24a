"""The second factor given again: before what weighs much, and after very many acts.

What weighs much is declared in the matrix (`proof=True`). Where only the form tells, as when it
names more than fifty records, a view asks itself, before it acts:

    if len(chosen) > MOST_AT_ONCE and (asked := proof_missing(request)):
        return asked
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext

from registry.models import Change

from .matrix import PROVE, is_act

PROOF_SECONDS = 300
MOST_AT_ONCE = 50
"""Records one act may concern without a second factor given just now."""
MOST_ACTS = 300
"""Acts of an account in an hour, after which it must give its second factor again."""
CODE = "second_factor_code"
"""The field of the code beside the fields of the form that was held up."""


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """Whether the account has one, and when this session gave it last (0: never)."""

    enrolled: bool
    given_at: float


def second_factor(request: HttpRequest) -> SecondFactor:
    """Return what is known of the second factor of whoever is logged in; one query a request.

    What counts is that the very authenticator used still exists: one that was reset opens
    nothing any more.
    """
    known: SecondFactor | None = getattr(request, "_desk_factor", None)
    if known is None:
        user = request.user
        assert isinstance(user, User)  # noqa: S101 (only accounts are asked about)
        own = dict(Authenticator.objects.filter(user=user).values_list("pk", "type"))
        given = [
            float(record["at"])
            for record in get_authentication_records(request, user)
            if record.get("method") == "mfa" and record.get("id") in own
        ]
        enrolled = Authenticator.Type.TOTP in own.values()
        known = SecondFactor(enrolled, max(given, default=0.0) if enrolled else 0.0)
        request._desk_factor = known  # type: ignore[attr-defined]  # our own mark on it
    return known


def proved_recently(request: HttpRequest) -> bool:
    """Tell whether the second factor was given within the last five minutes."""
    return time.time() - second_factor(request).given_at < PROOF_SECONDS


def is_paused(request: HttpRequest) -> bool:
    """Tell whether the account did very much within the hour since it last gave its factor."""
    given = datetime.fromtimestamp(second_factor(request).given_at, tz=UTC)
    since = max(given, timezone.now() - timedelta(hours=1))
    acts = Change.all_records.filter(by=request.user.pk, at__gt=since).order_by()
    return acts[: MOST_ACTS + 1].count() > MOST_ACTS


def proof_missing(request: HttpRequest, *, paused: bool = False) -> HttpResponse | None:
    """Return None where the second factor was given just now, else the page that asks for it.

    A page is come back to. A form that was sent is not lost: it stands in the page that asks
    and is sent again with the code, here, so that nothing is typed twice.
    """
    if proved_recently(request) and not paused:
        return None
    if not is_act(request):
        target = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse(PROVE)}?{target}")
    code = request.POST.get(CODE)
    form = ReauthenticateForm(
        {"code": code} if code is not None else None, user=request.user, auto_id=False
    )
    if code is not None and form.is_valid():
        form.save()
        del request._desk_factor  # type: ignore[attr-defined]  # read anew from here on
        return None
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", CODE}
        for value in values
    ]
    context = {
        **admin.site.each_context(request),
        "title": gettext("Give the second factor again"),
        "paused": paused,
        "most": MOST_ACTS,
        "errors": form.errors.get("code", []),
        "field": CODE,
        "kept": kept,
        "with_files": bool(request.FILES),
    }
    return TemplateResponse(request, "admin/registry/prove.html", context, status=403)
