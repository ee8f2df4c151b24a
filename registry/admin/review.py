"""The review of something that was sent: seen beside what is known, decided on the same page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, gettext_lazy as _
from django.views.decorators.http import require_POST

from registry.models import (
    OPEN_STATES,
    Message,
    Part,
    Person,
    PersonStatus,
    Submission,
    SubmissionState,
    SubmittedFile,
)
from registry.records.public.files import FileUnknown
from registry.records.public.received import shown_number
from registry.records.undoing.reverting import ChangeUnknown, preview_changes
from registry.records.undoing.words import left_lines
from registry.submissions.days import weeks_between
from registry.submissions.deciding import Decision, seen_of, undo_decision
from registry.submissions.named import places_noted
from registry.submissions.own import own_file
from registry.submissions.states import SubmissionRefused
from registry.submissions.triage import (
    ask_contributor,
    claim_submission,
    note_submission,
    release_submission,
)
from registry.wording.moderating import (
    CREDITS,
    KINDS,
    KNOWLEDGE,
    OUTCOMES,
    REASONS,
    STATES,
    flag_words,
    value_label,
    value_words,
)

from .acts import ActForm, run_act
from .base import acting
from .deciding import Marked, decide, read_marks
from .decision_forms import ACCEPT, REJECT
from .labels import ROLE_NAMES
from .ledger import CHANGE_KINDS
from .matrix import may_use
from .proving import MOST_AT_ONCE, proof_missing
from .review_page import Sent, forms_of, shown_parts
from .source_fields import LIST_ID, offered_sources
from .submissions import LANGUAGES, at_it, due_of, following, month_told, query_of
from .typed_fields import offered_sites

KEYS_OFF = "keys_off"
"""What the signed session keeps of who wishes no keys."""
RESTS = {"accept": ACCEPT, "reject": REJECT, "decide": ""}
"""What each button that decides says of what has no mark."""
REFUSALS: dict[str, Any] = {
    "empty": _("Write the question first."),
    "too-long": _("This is too long."),
    "unknown-submission": _("This submission is not there."),
    "not-now": _("This is not possible any more: see what was decided."),
    "undecided": _("Something came in the meantime. It stands on this page now: decide it too."),
}


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a submission and decide it; to open it claims it for half an hour."""
    row = _row(pk)
    if request.method != "POST":
        at_another = _claim(request, row)
        return _page(request, row, data=None, at_another=at_another)
    doing = str(request.POST.get("do", ""))
    sent = _sent(row, request.POST)
    _keep_note(request, sent)
    if doing == "ask":
        return _ask(request, sent)
    if doing in RESTS:
        return _decide(request, sent, rest=RESTS[doing])
    return _page(request, row, sent=sent, data=request.POST)


def _row(pk: int) -> Submission:
    rows = Submission.all_records.exclude(state=SubmissionState.DRAFT)
    row: Submission = get_object_or_404(rows.select_related("claimed_by", "decided_under"), pk=pk)
    return row


def _sent(row: Submission, data: Any) -> Sent:
    parts = Part.all_records.filter(submission=row).select_related("person", "site", "entry")
    files = SubmittedFile.all_records.filter(submission=row).select_related("part")
    return forms_of(
        row,
        list(parts.order_by("position")),
        list(files.order_by("position")),
        data=data,
        offered=offered_sources(),
    )


def _claim(request: HttpRequest, row: Submission) -> str:
    """Claim what is opened, and return whose it is already."""
    if row.state not in OPEN_STATES or settings.READ_ONLY or request.method != "GET":
        return at_it(row, timezone.now())
    by, _role = acting(request)
    try:
        return claim_submission(submission=row.pk, by=by, now=timezone.now())
    except SubmissionRefused:
        return ""


def _keep_note(request: HttpRequest, sent: Sent) -> None:
    """Keep the note to colleagues, where it was changed, whatever else was asked for."""
    field, was = sent.whole.add_prefix("note"), request.POST.get("note-was", "")
    note = (sent.whole.said("note") or "").strip()
    as_it_was = note == was.replace("\r\n", "\n").strip()
    if field not in request.POST or "note" in sent.whole.errors or as_it_was:
        return
    if sent.row.note not in {was, note}:
        # Somebody else has noted something since this was opened: both stay.
        note = f"{sent.row.note}\n{note}".strip()
    try:
        note_submission(submission=sent.row.pk, note=note)
    except SubmissionRefused as refused:
        sent.whole.add_error("note", _refusal(refused))
    else:
        sent.row.note = note
        kept = request.POST.copy()
        kept[field] = note
        sent.whole.data = kept
        messages.success(request, gettext("The note is kept."))


def _ask(request: HttpRequest, sent: Sent) -> HttpResponse:
    by, _role = acting(request)
    try:
        ask_contributor(
            submission=sent.row.pk,
            text=sent.whole.said("question") or "",
            by=by,
            now=timezone.now(),
        )
    except SubmissionRefused as refused:
        sent.whole.add_error("question", _refusal(refused))
        return _page(request, _row(sent.row.pk), sent=sent, data=request.POST)
    release_submission(submission=sent.row.pk, by=by)
    told = gettext("The question is asked: %(number)s.")
    messages.success(request, told % {"number": shown_number(sent.row.number)})
    return _onwards(request, sent.row)


def _decide(request: HttpRequest, sent: Sent, *, rest: str) -> HttpResponse:
    by, role = acting(request)
    if sent.row.state in OPEN_STATES and request.POST.get("seen") != seen_of(sent.row):
        messages.warning(request, str(REFUSALS["undecided"]))
        return _page(request, sent.row, sent=sent, data=request.POST)
    marked = read_marks(sent, rest=rest) if sent.row.state in OPEN_STATES else None
    if marked is None:
        return _page(request, sent.row, sent=sent, data=request.POST)
    if marked.suppresses or marked.accepted > MOST_AT_ONCE:
        asked = proof_missing(request)
        if asked:
            return asked
    try:
        seen = request.POST.get("seen", "")
        decision = decide(sent, marked, seen=seen, by=by, role=role)
    except SubmissionRefused as refused:
        if refused.code != "not-now":
            messages.warning(request, str(REFUSALS.get(refused.code, REFUSALS["undecided"])))
        return _page(request, _row(sent.row.pk), data=request.POST)
    if decision is None:
        return _page(request, sent.row, sent=sent, data=request.POST)
    _tell_decided(request, sent, marked, decision)
    return _onwards(request, sent.row)


def _refusal(refused: SubmissionRefused) -> str:
    return str(REFUSALS.get(refused.code, gettext("This is not possible.")))


def _tell_decided(request: HttpRequest, sent: Sent, marked: Marked, decision: Decision) -> None:
    number = shown_number(sent.row.number)
    address = reverse("admin:registry_submission", args=[sent.row.pk])
    told = format_html('<a href="{}">{}</a>', address, number)
    words = gettext("{}: accepted.") if marked.accepted else gettext("{}: rejected.")
    messages.success(request, format_html(words, told))
    held = Person.all_records.filter(
        pk__in=list(decision.people.values()),
        status__in=(PersonStatus.HELD, PersonStatus.RESTRICTED),
        status_by_rule=True,
    )
    for person in held:
        messages.warning(request, held_words(person))


def held_words(person: Person) -> str:
    """Say that the rule about the possibly living hides somebody, and how much of them."""
    told = (
        gettext(
            "No. %(number)s may be alive: the rule holds this person. Readers see nothing of them"
            " until an editor decides."
        )
        if person.status == PersonStatus.HELD
        else gettext(
            "No. %(number)s may be alive: by the rule readers see the name, years, fate and"
            " source only."
        )
    )
    return told % {"number": person.pk}


def _onwards(request: HttpRequest, row: Submission) -> HttpResponse:
    """Go to what comes next in the queue as it is filtered, or back to the queue."""
    query = query_of(request.GET)
    after = following(request, row)
    if after is None:
        messages.info(request, gettext("Nothing else of this kind waits."))
        return HttpResponseRedirect(reverse("admin:registry_submissions") + query)
    return HttpResponseRedirect(reverse("admin:registry_submission", args=[after]) + query)


def _page(
    request: HttpRequest,
    row: Submission,
    *,
    data: Any,
    sent: Sent | None = None,
    at_another: str = "",
) -> HttpResponse:
    sent = sent or _sent(row, data)
    is_open = row.state in OPEN_STATES
    now = timezone.now()
    errors = [form for form in sent.all_forms() if form.errors]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"{shown_number(row.number)} · {KINDS[row.kind]}",
        "row": row,
        "number": shown_number(row.number),
        "query": query_of(request.GET),
        "is_open": is_open,
        "may_act": may_use(request, "admin:registry_submission", act=True),
        "state": STATES[row.state],
        "language": LANGUAGES.get(row.language, row.language),
        "weeks": weeks_between(row.since, now) if is_open else 0,
        "month": month_told(row),
        "until": due_of(row, now),
        "flags": [flag_words(flag) for flag in row.flags],
        "knowledge": KNOWLEDGE[row.knowledge],
        "credit": CREDITS[row.credit],
        "messages_sent": Message.all_records.filter(submission=row).order_by("position"),
        "overall": sent.whole,
        "seen": seen_of(sent.row),
        "errors": bool(errors),
        "at_another": at_another,
        "keys": not request.session.get(KEYS_OFF),
        "list_id": LIST_ID,
        "offered_sources": sent.offered,
        "offered": offered_sites(),
        "after": _after(request, row) if is_open else "",
        "meanwhile": data is not None and not is_open,
        "still_named": not is_open and bool(places_noted(row)),
        **_decided(row, sent),
    }
    if is_open or data is not None:
        only = data.get("only", "") if data else ""
        context["parts"] = shown_parts(sent, language=get_language() or "en", only=only)
        context["several"] = len(sent.parts) + len(sent.files) > 1
        context["files"] = [(file, sent.file_forms[file.position]) for file in sent.files]
    return TemplateResponse(request, "admin/registry/submission.html", context)


def _after(request: HttpRequest, row: Submission) -> str:
    after = following(request, row)
    address = reverse("admin:registry_submission", args=[after]) if after else ""
    return address + query_of(request.GET) if address else ""


def _decided(row: Submission, sent: Sent) -> dict[str, Any]:
    """Return what became of each part and file, in words, and who decided in what role."""
    change = row.decided_under
    if change is None:
        return {}
    return {
        "change": change,
        "role": ROLE_NAMES.get(change.role, change.role),
        "outcomes": [
            {
                "part": part,
                "about": part.about_id or part.person_id,
                "outcome": OUTCOMES.get(part.outcome, part.outcome),
                "why": REASONS.get(part.reason, ""),
                "values": [_decided_value(part, name) for name in part.values],
            }
            for part in sent.parts
        ],
        "file_outcomes": [
            (file, OUTCOMES.get(file.outcome, file.outcome), REASONS.get(file.reason, ""))
            for file in sent.files
        ],
    }


def _decided_value(part: Part, name: str) -> dict[str, Any]:
    own = part.decisions.get(name, {})
    return {
        "label": value_label(part.kind, name),
        "text": value_words(part.kind, name, part.values[name]),
        "edited": own.get("edited"),
        "left": part.outcome == "accepted" and not own.get("accept", True),
    }


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the decision of a submission, saying beforehand what stays."""
    row = _row(pk)
    change = row.decided_under
    back = reverse("admin:registry_submission", args=[pk])
    if change is None:
        messages.warning(request, gettext("Nothing was decided of this, or it was undone."))
        return HttpResponseRedirect(back)
    by, role = acting(request)
    context: dict[str, Any] = {"changes": [change], "records": 0, "previewed": False}
    change.kind_words = CHANGE_KINDS.get(change.kind, change.kind)  # type: ignore[attr-defined]
    if request.method != "POST" and not settings.READ_ONLY:
        results = preview_changes(changes=[change.pk], by=by, role=role, now=timezone.now())
        context |= {
            "previewed": True,
            "records": sum(result.records for result in results),
            "left": left_lines(results),
        }

    def do(data: Mapping[str, Any]) -> bool:
        result = undo_decision(
            submission=pk, by=by, role=role, reason=data["reason"], now=timezone.now()
        )
        return result.change is not None

    return run_act(
        request,
        title=gettext("Undo the decision"),
        form=ActForm(request.POST or None),
        do=do,
        back=back,
        refusals=REFUSALS,
        refused=(SubmissionRefused, ChangeUnknown),
        about=shown_number(row.number),
        template="admin/registry/undo.html",
        context=context,
    )


def file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Serve one size of a file that was sent, to who decides and nobody else."""
    _row(pk)
    try:
        content = own_file(pk, name)
    except FileUnknown:
        raise Http404 from None
    return HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """Switch the keys of the review on or off, for this session."""
    request.session[KEYS_OFF] = "off" in request.POST
    pk = request.POST.get("back", "")
    if pk.isdecimal() and len(pk) < 18:
        return HttpResponseRedirect(reverse("admin:registry_submission", args=[int(pk)]))
    return HttpResponseRedirect(reverse("admin:registry_submissions"))


ROUTES: list[URLPattern] = [
    path("submissions/keys/", keys, name="registry_submission_keys"),
    path("submissions/<int:pk>/", review, name="registry_submission"),
    path("submissions/<int:pk>/undo/", undo, name="registry_submission_undo"),
    path("submissions/<int:pk>/file/<str:name>", file, name="registry_submission_file"),
]
