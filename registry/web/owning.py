"""Whose submission a request is about: the id alone, in the signed cookie of the session.

The session ends with the browser, and before it on sending, withdrawing and leaving. With the
receipt the submission is opened again, in any browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.csrf import csrf_failure

from registry.submissions.own import OwnSubmission, own_submission
from registry.submissions.states import SubmissionRefused
from registry.submissions.traps import HONEYPOT
from registry.wording.questions import value_words

from .answers import answer
from .errors import not_allowed

KEY = "submission"
_FORMS = re.compile(r"(?:/(?:ru|uk))?/(?:submit|receipt)/")
OF = "of"
"""The field of a form that says by its public number which submission its page was of."""
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "token", "go", "act", "receipt", OF, HONEYPOT})
"""What a form sends beside what somebody typed."""


def keep(request: HttpRequest, submission: int) -> None:
    """Let this browser go on with a submission until it is closed."""
    request.session[KEY] = submission
    request.session.set_expiry(0)


def let_go(request: HttpRequest) -> None:
    """Forget the submission; of a session that held nothing else the cookie is deleted."""
    request.session.pop(KEY, None)
    if not set(request.session.keys()) - {"_session_expiry"}:
        request.session.flush()


def own_of(request: HttpRequest) -> OwnSubmission | None:
    """Return the submission this browser goes on with, if there is one."""
    number = request.session.get(KEY)
    if not isinstance(number, int):
        return None
    try:
        return own_submission(number)
    except SubmissionRefused:
        let_go(request)  # a draft that was purged
        return None


def takes_forms(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page be read and its form be sent; answer everything else in words."""

    @wraps(view)
    def taken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            response = not_allowed(request)
            response["Allow"] = "GET, HEAD, POST"
            return response
        return view(request, *args, **kwargs)

    return taken


def with_own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the submission of this browser; where there is none, say so."""

    @wraps(view)
    def owned(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = own_of(request)
        if own is None:
            return ended(request)
        if request.method == "POST" and request.POST.get(OF, own.number) != own.number:
            # Two windows: what was typed in one is not put into what the other has opened since.
            return ended(request, other=own)
        if request.method == "POST":
            keep(request, own.id)  # the cookie is good for twelve hours from now
        return view(request, own, *args, **kwargs)

    return takes_forms(owned)


def ended(
    request: HttpRequest, *, status: int = 0, other: OwnSubmission | None = None
) -> HttpResponse:
    """Say that nothing is open in this browser, or another, and give back what was typed."""
    told = typed(request.POST) if request.method == "POST" else []
    context = {"typed": told, "other": other}
    status = status or (409 if told or other else 200)
    return answer(request, "registry/submit/ended.html", context, status=status)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form that no page of ours sent, or whose cookie is gone; give back what it held."""
    if _FORMS.match(request.path):
        return ended(request, status=403)
    return csrf_failure(request, reason=reason)


def typed(data: QueryDict) -> list[tuple[str, str]]:
    """Return what somebody typed into a form, each with what it is called."""
    return [
        (value_words(name), text)
        for name, text in data.items()
        if name not in NOT_TYPED and isinstance(text, str) and text.strip()
    ]
