"""The receipt: shown once, entered again, and what whoever holds it may see and do."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from registry.models import DECIDED_STATES
from registry.submissions.figures import public_figures
from registry.submissions.opening import ReceiptUnknown, open_by_receipt
from registry.submissions.outbox import sends_mail
from registry.submissions.own import OwnSubmission, own_submission
from registry.submissions.receipts import Receipt, ReceiptMistyped, read_receipt
from registry.submissions.receiving import (
    reply,
    save_answers,
    set_contact,
    withdraw_submission,
)
from registry.wording.submissions import MISTYPED, NO_ADDRESS, UNKNOWN_RECEIPT

from .answers import answer
from .boxes import CHOICES, box
from .context import origin_of
from .outcomes import became
from .owning import keep, let_go, own_of, takes_forms, with_own
from .qr import qr_path
from .trying import Tried, attempt, closed, new_token, untrapped, within


@sensitive_post_parameters("receipt")
@takes_forms
def receipt(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt, and open what was sent with it.

    One that is wrong and one that is unknown are told in the same words after the same time.
    """
    tried = Tried()
    typed = ""
    if request.method == "POST":
        typed = request.POST.get("receipt", "")
        submission = _opened(request, typed, tried)
        if submission is not None:
            keep(request, submission)
            draft = own_submission(submission).state == "draft"
            return HttpResponseRedirect(reverse("submit_tasks" if draft else "receipt_open"))
    context = {"tried": tried, "typed": typed, "own": own_of(request)}
    return answer(request, "registry/submit/enter.html", context, status=tried.status)


def _opened(request: HttpRequest, typed: str, tried: Tried) -> int | None:
    try:
        # Told before a try is counted: it says nothing about which receipts there are.
        read_receipt(typed)
    except ReceiptMistyped as slip:
        tried.refuse(MISTYPED[slip.code], name="receipt")
        return None
    if not within(request, "receipt", tried):
        return None
    try:
        return open_by_receipt(typed)
    except ReceiptUnknown:
        tried.refuse(UNKNOWN_RECEIPT, name="receipt")
        return None


@with_own
def opened(request: HttpRequest, own: OwnSubmission) -> HttpResponse:
    """Show what became of a submission, and take what its contributor does with it."""
    if own.state == "draft":
        return HttpResponseRedirect(reverse("submit_tasks"))
    tried, given = Tried(token=new_token("receipt")), {}
    if request.method == "POST":
        act = request.POST.get("act", "")
        typed = ("text", "credit", "credit_name", "contact")
        given = {name: request.POST[name] for name in typed if name in request.POST}
        do = ACTS.get(act)
        tried = Tried()
        if do is not None and not closed(tried) and untrapped(request, "receipt", tried):
            do(request, own, tried)
        if do is not None and tried:
            return HttpResponseRedirect(f"{reverse('receipt_open')}?done={act}")
    context = {
        "own": own,
        "decided": own.state in DECIDED_STATES,
        "parts": became(own),
        "tried": tried,
        "token": tried.token or new_token("receipt"),
        "given": given,
        "done": request.GET.get("done", "") if request.GET.get("done") in ACTS else "",
        "credit": credit_boxes(own, given, tried),
        "contact": box("contact", "you", given.get("contact", ""), tried.errors.get("contact", "")),
        "reply": box("text", "reply", given.get("text", ""), tried.errors.get("text", "")),
        "usually": public_figures(now=timezone.now()).median_weeks,
        "sends_mail": sends_mail(),
    }
    return answer(request, "registry/submit/status.html", context, status=tried.status)


def credit_boxes(own: OwnSubmission, given: dict[str, str], tried: Tried) -> list[Any]:
    """Return the boxes in which a contributor says as whom she is to be named."""
    return [
        box(name, "you", given.get(name, getattr(own, name)), tried.errors.get(name, ""))
        for name in ("credit", "credit_name")
    ]


def _reply(request: HttpRequest, own: OwnSubmission, tried: Tried) -> None:
    text = request.POST.get("text", "")
    if within(request, "reply", tried):
        attempt(tried, lambda: reply(submission=own.id, text=text, now=timezone.now()))


def _set_credit(request: HttpRequest, own: OwnSubmission, tried: Tried) -> None:
    credit = request.POST.get("credit", "")
    answers = {
        "credit": credit if credit in CHOICES["credit"] else "anonymous",
        "credit_name": request.POST.get("credit_name", ""),
    }
    if within(request, "save", tried):
        attempt(tried, lambda: save_answers(submission=own.id, answers=answers, now=timezone.now()))


def _set_contact(request: HttpRequest, own: OwnSubmission, tried: Tried) -> None:
    save_contact(own, request.POST.get("contact", ""), tried)


def _drop_contact(_request: HttpRequest, own: OwnSubmission, tried: Tried) -> None:
    attempt(tried, lambda: set_contact(submission=own.id, address="", now=timezone.now()))


ACTS = {
    "reply": _reply,
    "credit": _set_credit,
    "contact": _set_contact,
    "no-contact": _drop_contact,
}
"""What can be done on the page of a submission."""


def save_contact(own: OwnSubmission, address: str, tried: Tried) -> None:
    """Keep a mail address, where it is one."""
    address = address.strip()
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError:
        tried.refuse(NO_ADDRESS, name="contact")
        return
    attempt(tried, lambda: set_contact(submission=own.id, address=address, now=timezone.now()))


@with_own
def withdraw(request: HttpRequest, own: OwnSubmission) -> HttpResponse:
    """Ask whether it is meant, and take a submission back."""
    tried = Tried()
    if request.method == "POST":
        attempt(tried, lambda: withdraw_submission(submission=own.id, now=timezone.now()))
        if tried:
            let_go(request)
            return answer(request, "registry/submit/withdrawn.html", {"number": own.number})
    context = {"own": own, "tried": tried}
    return answer(request, "registry/submit/withdraw.html", context, status=tried.status)


def receipt_context(request: HttpRequest, shown: Receipt) -> dict[str, Any]:
    """Return what a page needs that shows a receipt: groups, picture, and a file to keep."""
    address = origin_of(request) + reverse("receipt")
    text = render_to_string(
        "registry/submit/receipt.txt", {"receipt": shown.shown, "address": address}
    )
    return {
        "receipt": shown.shown,
        "qr": qr_path(shown.digits),
        "file": as_file(text),
        "address": address,
    }


def sent(
    request: HttpRequest, own: OwnSubmission, *, receipt: Receipt | None = None
) -> HttpResponse:
    """Say that a submission was sent, what happens next, and how to come back; end the session."""
    let_go(request)
    context: dict[str, Any] = {
        "own": own,
        "address": origin_of(request) + reverse("receipt"),
        "usually": public_figures(now=timezone.now()).median_weeks,
        **(receipt_context(request, receipt) if receipt else {}),
    }
    told = render_to_string("registry/submit/sent.txt", context)
    return answer(request, "registry/submit/sent.html", {**context, "told": as_file(told)})


def as_file(text: str) -> str:
    """Return an address that holds a text itself: saved by the browser, and asked of nobody."""
    return "data:text/plain;charset=utf-8," + quote("\ufeff" + text.strip() + "\n")
