"""The pages of a form after its first: one thing a page, the list of them, the last look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from registry.submissions.outbox import sends_mail
from registry.submissions.own import OwnSubmission, own_submission
from registry.submissions.questions import WHO, YOU
from registry.submissions.receiving import (
    add_part,
    remove_part,
    save_answers,
    save_part,
    send_submission,
    set_contact,
)

from .answers import answer
from .boxes import CHOICES, boxes, missing, read
from .owning import with_own
from .places import (
    WITH_FAMILY,
    Place,
    all_places,
    find_place,
    given as given_on,
    groups,
    next_address,
    people_of,
    said,
)
from .receipts import save_contact, sent
from .trying import Tried, attempt, closed, within


@with_own
def tasks(request: HttpRequest, own: OwnSubmission) -> HttpResponse:
    """Show the list of pages, with what each has so far."""
    if own.state != "draft":
        return HttpResponseRedirect(reverse("receipt_open"))
    context = {"own": own, "groups": groups(own), "family": own.kind in WITH_FAMILY}
    return answer(request, "registry/submit/tasks.html", context | _before(request, own))


@with_own
def page(request: HttpRequest, own: OwnSubmission, part: int, code: str) -> HttpResponse:
    """Show one page, and save what is typed there before the next one is shown."""
    place = find_place(own, part, code)
    if place is None or code == "files":
        raise Http404
    if own.state != "draft":
        return HttpResponseRedirect(reverse("receipt_open"))
    tried = Tried()
    have = given_on(own, place)
    if request.method == "POST":
        have, address = _saved(request, own, place, tried)
        if address:
            return HttpResponseRedirect(address)
    field = own.part(place.part).field if place.part else ""
    is_relative = place.page is WHO and place.part != 1
    about = own.part(place.part).person if place.part else None
    asked = boxes(place.page, have, tried.errors, field=field, also=("kinship",) * is_relative)
    context = {
        "own": own,
        "place": place,
        "page": place.page,
        # Where no mail is sent, nobody is asked for an address.
        "boxes": [box for box in asked if box.name != "contact" or sends_mail()],
        "whom": people_of(own).get(about or 0),
        "is_relative": is_relative,
        "tried": tried,
    }
    context |= _before(request, own)
    return answer(request, "registry/submit/page.html", context, status=tried.status)


@with_own
def taken_out(request: HttpRequest, own: OwnSubmission, part: int) -> HttpResponse:
    """Ask whether it is meant, and take somebody of the family, or a figure, out of a draft."""
    try:
        title = next(one.title for one in groups(own) if one.part == part and part > 1)
    except StopIteration as error:
        raise Http404 from error
    tried = Tried()
    if request.method == "POST":
        attempt(
            tried,
            lambda: remove_part(submission=own.id, position=part, now=timezone.now()),
        )
        if tried:
            return HttpResponseRedirect(reverse("submit_tasks"))
    context = {"own": own, "title": title, "tried": tried}
    return answer(request, "registry/submit/take_out.html", context, status=tried.status)


@with_own
def check(request: HttpRequest, own: OwnSubmission) -> HttpResponse:
    """Show all that was said for a last look, and send it."""
    if own.state != "draft":
        return HttpResponseRedirect(reverse("receipt_open"))
    tried = Tried()
    if request.method == "POST":
        attempt(tried, lambda: send_submission(submission=own.id, now=timezone.now()))
        if tried:
            return sent(request, own_submission(own.id))
    told = groups(own)
    context = {
        "own": own,
        "groups": told,
        "tried": tried,
        "faults": _faults(own, tried),
        "family": own.kind in WITH_FAMILY,
    }
    return answer(request, "registry/submit/check.html", context, status=tried.status)


def _saved(
    request: HttpRequest, own: OwnSubmission, place: Place, tried: Tried
) -> tuple[dict[str, str], str]:
    """Save a page; return what was typed, and where to go on, or nothing where it was refused."""
    field = own.part(place.part).field if place.part else ""
    have = read(place.page, request.POST, field=field)
    go = request.POST.get("go", "next")
    if go not in {"list", "language"} or (place.part == 0 and place.page.of is not None):
        about = own.part(place.part).person if place.part else None
        for name, words in missing(place.page, have, field=field).items():
            if place.page is not WHO or about is None:
                tried.refuse(words, name=name)
    if place.page is WHO and place.part != 1:
        kinship = request.POST.get("kinship", "")
        have["kinship"] = kinship if kinship in CHOICES["kinship"] else ""
    if not closed(tried) and tried and within(request, "save", tried):
        position = attempt(tried, lambda: _save(request, own, place, have, tried))
        if tried:
            place = Place(place.page, position or place.part)
            return have, _onward(own_submission(own.id), place, go)
    return have, ""


def _save(
    request: HttpRequest,
    own: OwnSubmission,
    place: Place,
    have: Mapping[str, str],
    tried: Tried,
) -> int:
    now = timezone.now()
    if place.page is YOU:
        if request.POST.get("no-contact"):
            set_contact(submission=own.id, address="", now=now)
        save_contact(own, have["contact"], tried)
    if place.page.of is None:
        answers = {name: text for name, text in have.items() if name != "contact"}
        if answers.get("credit") == "":
            answers["credit"] = "anonymous"
        save_answers(submission=own.id, answers=answers, now=now)
        return 0
    kinship = have.get("kinship")
    values = {name: text for name, text in have.items() if name != "kinship"}
    position = place.part or add_part(submission=own.id, kind=place.page.of, values=values, now=now)
    save_part(submission=own.id, position=position, values=values, kinship=kinship, now=now)
    return position


def _onward(own: OwnSubmission, place: Place, go: str) -> str:
    """Return where to go, and which page was saved, so that it can say what was understood."""
    if go == "language":
        return place.address
    address = reverse("submit_tasks") if go == "list" else next_address(own, place)
    return f"{address}?saved={place.part}.{place.page.code}"


def _before(request: HttpRequest, own: OwnSubmission) -> dict[str, Any]:
    """Return the page that was saved before this one, and what it says."""
    part, _, code = request.GET.get("saved", "").partition(".")
    place = find_place(own, int(part), code) if re.fullmatch("[0-9]{1,3}", part) else None
    return {"saved": place, "said": said(own, place)} if place else {}


def _faults(own: OwnSubmission, tried: Tried) -> list[tuple[str, str]]:
    """Return what is missing, each with the address of the page where it is to be said."""
    found = []
    for field, words in tried.errors.items():
        found.append((words, _where(own, field)))
    return found


def _where(own: OwnSubmission, field: str) -> str:
    part, _, code = field.partition(".")
    if part.isdigit():
        code = code or next((one.page.code for one in _of_part(own, int(part))), "")
        return reverse("submit_page", args=[int(part), code]) if code else ""
    if field == "rights":
        return reverse("submit_files")
    return reverse("submit_page", args=[0, field]) if field == "how" else ""


def _of_part(own: OwnSubmission, part: int) -> list[Place]:
    return [place for place in all_places(own) if place.part == part]
