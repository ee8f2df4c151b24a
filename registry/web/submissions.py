"""Before a form, and its first page: what is safe to know, the ways in, and the receipt."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from registry.models import SubmissionKind
from registry.records import PersonGone, PersonMoved, PersonUnknown, SiteGone, SiteUnknown
from registry.submissions.figures import public_figures
from registry.submissions.own import OwnSubmission, own_submission
from registry.submissions.questions import FACT, FIGURE, HOW, Page
from registry.submissions.receiving import Started, send_submission, start_submission

from .answers import answer, safe_only
from .boxes import boxes, missing, read
from .errors import gone
from .owning import keep, let_go, own_of, takes_forms
from .places import FIRST, Place, next_address
from .receipts import receipt_context, sent
from .targets import NEEDS_TARGET, About, about_nobody, about_person, about_site
from .trying import Tried, attempt, closed, new_token, untrapped, within


@safe_only
def start(request: HttpRequest) -> HttpResponse:
    """Show who sees what is sent, what is stored, and the ways in."""
    context = {
        "kinds": list(SubmissionKind),
        "figures": public_figures(now=timezone.now()),
        "own": own_of(request),
    }
    return answer(request, "registry/submit/start.html", context)


@safe_only
def leave(request: HttpRequest) -> HttpResponse:
    """End the session, and show a page that says nothing of this site: a calendar."""
    let_go(request)
    today = timezone.now().date()
    weeks = calendar.Calendar().monthdatescalendar(today.year, today.month)
    response = answer(request, "registry/submit/left.html", {"today": today, "weeks": weeks})
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    return response


@takes_forms
def begin(
    request: HttpRequest, kind: str, number: int = 0, field: str = "", slug: str = ""
) -> HttpResponse:
    """Show the first page of a form, and begin a submission with what it says."""
    if kind not in SubmissionKind.values or (field and kind != SubmissionKind.CORRECTION):
        raise Http404
    try:
        about = _about(kind, number, field, slug)
    except (PersonUnknown, SiteUnknown) as error:
        raise Http404 from error
    except PersonMoved as joined:
        path = reverse(request.resolver_match.view_name, args=_moved(kind, joined.to, field))
        return HttpResponsePermanentRedirect(path)
    except PersonGone as hidden:
        return gone(request, suppressed=hidden.suppressed)
    except SiteGone:
        return gone(request)
    if about is None:
        return answer(request, "registry/submit/whom.html", {"kind": kind})
    if about.choosing:
        return answer(request, "registry/submit/which.html", {"kind": kind, "about": about})
    pages = first_pages(SubmissionKind(kind), about)
    if request.method == "POST":
        return _begun(request, SubmissionKind(kind), about, pages)
    return _show(request, kind, about, pages, {}, Tried(token=new_token("begin")))


def first_pages(kind: SubmissionKind, about: About) -> tuple[Page, ...]:
    """Return what the first page asks: of a correction both the value and how it is known."""
    if kind == SubmissionKind.CORRECTION:
        return (FACT, HOW)
    if kind == SubmissionKind.SITE and about.target.site:
        return (FIGURE,)
    return (FIRST[kind],)


def _about(kind: str, number: int, field: str, slug: str) -> About | None:
    language = get_language() or "en"
    if number:
        return about_person(kind, number, field, language=language)
    if slug:
        return about_site(kind, slug, language=language)
    return None if kind in NEEDS_TARGET else about_nobody()


def _moved(kind: str, to: int, field: str) -> list[Any]:
    return [kind, to, field] if field else [kind, to]


def _begun(
    request: HttpRequest, kind: SubmissionKind, about: About, pages: tuple[Page, ...]
) -> HttpResponse:
    """Begin a submission; its receipt is shown in the answer, and nowhere again."""
    field = about.target.field
    given = {
        name: text for page in pages for name, text in read(page, request.POST, field=field).items()
    }
    tried = Tried()
    if not closed(tried) and untrapped(request, "begin", tried):
        for page in pages:
            for name, words in missing(page, given, field=field).items():
                tried.refuse(words, name=name)
    if tried and _is_again(request, kind, about, given):
        return HttpResponseRedirect(reverse("submit_tasks"))
    bucket = "take-down" if kind == SubmissionKind.TAKEDOWN else "start"
    started = None
    if tried and within(request, bucket, tried):
        started = attempt(tried, lambda: _start(kind, about, pages, given))
    if not isinstance(started, Started):
        tried.token = tried.token or new_token("begin")
        return _show(request, kind, about, pages, given, tried)
    if request.POST.get("go") == "send":
        number = attempt(
            tried, lambda: send_submission(submission=started.submission, now=timezone.now())
        )
        if number:
            own = own_submission(started.submission)
            return sent(request, own, receipt=started.receipt)
    keep(request, started.submission)
    own = own_submission(started.submission)
    first = Place(pages[-1], 0 if pages[-1].of is None else 1)
    context = {**receipt_context(request, started.receipt), "next": next_address(own, first)}
    return answer(request, "registry/submit/receipt.html", {**context, "own": own})


def _start(
    kind: SubmissionKind, about: About, pages: tuple[Page, ...], given: Mapping[str, str]
) -> Started:
    once = {name for page in pages if page.of is None for name in page.values}
    return start_submission(
        kind=kind,
        language=get_language() or "en",
        now=timezone.now(),
        target=about.target,
        values={name: text for name, text in given.items() if name not in once},
        answers={name: text for name, text in given.items() if name in once},
    )


def _is_again(
    request: HttpRequest, kind: SubmissionKind, about: About, given: Mapping[str, str]
) -> bool:
    """Tell whether the same first page is sent a second time, as when its answer is reloaded."""
    own = own_of(request)
    if own is None or own.kind != kind or own.state != "draft":
        return False
    first = own.parts[0] if own.parts else None
    known: dict[str, str] = {**(first.values if first else {}), "how": own.how, "cites": own.cites}
    same = all(known.get(name, "") == text for name, text in given.items() if name in known)
    about_the_same = first is None or (first.person, first.site, first.field) == (
        about.target.person,
        about.target.site,
        about.target.field,
    )
    return same and about_the_same and any(given.values()) and _none_more(first, given)


def _none_more(first: Any, given: Mapping[str, str]) -> bool:
    values = first.values if first else {}
    return all(name in given for name in values)


def _show(
    request: HttpRequest,
    kind: str,
    about: About,
    pages: tuple[Page, ...],
    given: Mapping[str, str],
    tried: Tried,
) -> HttpResponse:
    field = about.target.field
    context = {
        "kind": kind,
        "about": about,
        "page": pages[0],
        "boxes": [
            one for page in pages for one in boxes(page, given, tried.errors, field=field)
        ],
        "tried": tried,
        "token": tried.token,
        "unsent": kind == SubmissionKind.TAKEDOWN,
    }
    return answer(request, "registry/submit/begin.html", context, status=tried.status)


