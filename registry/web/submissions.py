"""Before a form, and its first page: what is safe to know, the ways in, and the receipt."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass

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

from registry.models import SubmissionKind, SubmissionState
from registry.records import PersonGone, PersonMoved, PersonUnknown, SiteGone, SiteUnknown
from registry.submissions.figures import public_figures
from registry.submissions.own import own_submission
from registry.submissions.questions import FACT, FIGURE, HOW, Page
from registry.submissions.receiving import send_submission
from registry.submissions.starting import Started, start_submission

from .answers import answer, safe_only
from .boxes import boxes, missing, read
from .errors import gone
from .owning import keep, let_go, own_of, takes_forms
from .places import FIRST, Place, next_address
from .receipts import receipt_context, sent
from .targets import NEEDS_TARGET, About, about_nobody, about_person, about_site
from .trying import (
    Tried,
    attempt,
    changes_language,
    closed,
    new_token,
    untrapped,
    within,
)


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


@dataclass(frozen=True, slots=True)
class First:
    """The first page of a form: its kind, whom it is about, and what it asks at once."""

    kind: SubmissionKind
    about: About
    pages: tuple[Page, ...]

    @property
    def field(self) -> str:
        """The fact a correction is about."""
        return self.about.target.field


@takes_forms
def begin(
    request: HttpRequest, kind: str, number: int = 0, field: str = "", slug: str = ""
) -> HttpResponse:
    """Show the first page of a form, and begin a submission with what it says."""
    try:
        about = _about(kind, number, field, slug)
    except (PersonUnknown, SiteUnknown) as error:
        raise Http404 from error
    except PersonMoved as joined:
        return HttpResponsePermanentRedirect(_moved(kind, joined.to, field))
    except PersonGone as hidden:
        return gone(request, suppressed=hidden.suppressed)
    except SiteGone:
        return gone(request)
    if about is None or about.choosing:
        template = "whom" if about is None else "which"
        return answer(request, f"registry/submit/{template}.html", {"kind": kind, "about": about})
    first = First(SubmissionKind(kind), about, first_pages(SubmissionKind(kind), about))
    if request.method == "POST":
        return _begun(request, first)
    return _show(request, first, {}, Tried(token=new_token("begin")))


def first_pages(kind: SubmissionKind, about: About) -> tuple[Page, ...]:
    """Return what the first page asks: of a correction both the value and how it is known."""
    if kind == SubmissionKind.CORRECTION:
        return (FACT, HOW)
    if kind == SubmissionKind.SITE and about.target.site:
        return (FIGURE,)
    return (FIRST[kind],)


def _about(kind: str, number: int, field: str, slug: str) -> About | None:
    """Return whom or what a form is about; None where that is still to be found."""
    if kind not in SubmissionKind.values:
        raise Http404
    language = get_language() or "en"
    if number:
        return about_person(kind, number, field, language=language)
    if slug:
        return about_site(kind, slug, language=language)
    return None if kind in NEEDS_TARGET else about_nobody()


def _moved(kind: str, to: int, field: str) -> str:
    if field:
        return reverse("submit_fact", args=[to, field])
    return reverse("submit_about", args=[kind, to])


def _begun(request: HttpRequest, first: First) -> HttpResponse:
    """Begin a submission; its receipt is shown in the answer, and nowhere again."""
    given: dict[str, str] = {}
    tried = Tried()
    for page in first.pages:
        given |= read(page, request.POST, field=first.field)
    if changes_language(request):
        # Nothing is saved yet: what was typed goes along, and so does the number of the form.
        return _show(request, first, given, Tried(token=request.POST.get("token", "")))
    if not closed(tried) and untrapped(request, "begin", tried):
        for page in first.pages:
            for name, words in missing(page, given, field=first.field).items():
                tried.refuse(words, name=name)
    if tried and _is_again(request, first, given):
        return HttpResponseRedirect(reverse("submit_tasks"))
    started = None
    bucket = "take-down" if first.kind == SubmissionKind.TAKEDOWN else "start"
    if tried and within(request, bucket, tried):
        started = attempt(tried, lambda: _start(first, given, tried.once))
    if not isinstance(started, Started):
        tried.token = tried.token or new_token("begin")
        return _show(request, first, given, tried)
    return _first_answer(request, first, started, send=request.POST.get("go") == "send")


def _first_answer(
    request: HttpRequest, first: First, started: Started, *, send: bool
) -> HttpResponse:
    """Show the receipt; where all is to be sent at once, send it.

    A form that was sent twice is answered alike: of the first answer nobody has seen anything.
    """
    number = started.submission
    if send:
        attempt(Tried(), lambda: send_submission(submission=number, now=timezone.now()))
    own = own_submission(number)
    if own.state != SubmissionState.DRAFT:
        return sent(request, own, receipt=started.receipt)
    keep(request, number)
    place = Place(first.pages[-1], 0 if first.pages[-1].of is None else 1)
    context = {**receipt_context(request, started.receipt), "next": next_address(own, place)}
    return answer(request, "registry/submit/receipt.html", {**context, "own": own})


def _start(first: First, given: Mapping[str, str], once: str) -> Started:
    common = {name for page in first.pages if page.of is None for name in page.values}
    return start_submission(
        kind=first.kind,
        language=get_language() or "en",
        now=timezone.now(),
        target=first.about.target,
        values={name: text for name, text in given.items() if name not in common},
        answers={name: text for name, text in given.items() if name in common},
        once=once,
    )


def _is_again(request: HttpRequest, first: First, given: Mapping[str, str]) -> bool:
    """Tell whether the same first page is sent a second time, as when its answer is reloaded.

    A receipt that was shown is not shown again, and nobody is to have two drafts of one page.
    """
    own = own_of(request)
    if own is None or own.kind != first.kind or own.state != "draft":
        return False
    part = own.parts[0] if own.parts else None
    target = first.about.target
    if part and (part.person, part.site, part.field) != (target.person, target.site, target.field):
        return False
    known = {
        **(part.values if part else {}),
        **{name: str(getattr(own, name)) for name in HOW.values},
    }
    return _filled(known) == _filled(given)


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in values.items() if text}


def _show(
    request: HttpRequest, first: First, given: Mapping[str, str], tried: Tried
) -> HttpResponse:
    about = first.about
    context = {
        "kind": first.kind,
        "about": about,
        "page": first.pages[0],
        "boxes": [
            one
            for page in first.pages
            for one in boxes(page, given, tried.errors, field=first.field)
            # Who is known already need not be named.
            if one.name != "where" or about.person is None
        ],
        "tried": tried,
        "token": tried.token,
        "unsent": first.kind == SubmissionKind.TAKEDOWN,
    }
    return answer(request, "registry/submit/begin.html", context, status=tried.status)
