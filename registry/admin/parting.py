"""Single entries on the desk: about somebody else than another, or of somebody else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import Entry, Person, Verdict
from registry.records.people.judging import JudgementRefused, check_question, judge_entries
from registry.records.people.splitting import SplitRefused, check_move, move_entries

from .acts import OFFERED, ActForm, Offer, run_act
from .base import acting
from .comparing import entry_lines, number_of
from .merging import SPLIT_REFUSALS, judged_words, page_of, refusal_of
from .seeking import FAR_ENTRIES, FAR_PEOPLE, asked_for, candidates, seek

MOVE_REFUSALS: dict[str, Any] = {
    **SPLIT_REFUSALS,
    "all-entries": _("This is the person's only entry. Merge the two people instead."),
    "hidden": _("One of them is not shown. Entries move only between people who are shown."),
}
JUDGE_REFUSALS: dict[str, Any] = {
    "unknown": _("No entry has this number."),
    "same-entry": _("This is the same entry."),
    "one-person": _("Both stand with one person. If they are about two, split that person."),
    "asked-already": _("This was asked and answered. To answer otherwise, undo that first."),
}


class JudgeForm(ActForm):
    """Whether two entries are about one person; that they are is said by merging."""

    verdict = forms.ChoiceField(
        label=_("These two entries"),
        choices=[
            (Verdict.DIFFERENT.value, _("are about different people")),
            (Verdict.UNSURE.value, _("may be about one person; nobody can tell")),
        ],
        widget=forms.RadioSelect,
    )


def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which other entry, show both, and remember the answer."""
    entry, number, page = _sought(request, pk, gettext("Compare with another entry"), FAR_ENTRIES)
    if number is None:
        words = JUDGE_REFUSALS["unknown"] if asked_for(request) else ""
        return seek(request, **page, refusal=words)
    try:
        check_question(pk, number)
    except JudgementRefused as refused:
        words = JUDGE_REFUSALS[refused.code]
        if refused.judgement is None:
            return seek(request, **page, refusal=words)
        told = f"{words} {judged_words(refused.judgement)}"
        ledger = page_of("change", refused.judgement.change_id)
        return seek(request, **page, refusal=told, ledger=ledger)
    by, role = acting(request)

    def do(said: Any) -> Any:
        return judge_entries(
            left=pk,
            right=number,
            verdict=said["verdict"],
            by=by,
            role=role,
            reason=said["reason"],
            now=timezone.now(),
        )

    return run_act(
        request,
        title=gettext("Remember this"),
        form=JudgeForm(request.POST or None),
        do=do,
        about=entry,
        back=page_of("entry", pk),
        refusals=JUDGE_REFUSALS,
        refused=JudgementRefused,
        template="admin/registry/judge.html",
        context={"lines": entry_lines(Entry.all_records.filter(pk__in=(pk, number)))},
    )


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to whom an entry belongs, show it beside that person's entries, and move it."""
    entry, number, page = _sought(request, pk, gettext("Move to another person"), FAR_PEOPLE)
    asked = asked_for(request)
    if number is None:
        found = candidates(asked, without=entry.person_id) if asked else ()
        return seek(request, **page, found=found)
    try:
        check_move(entries=[pk], to=number)
    except SplitRefused as refused:
        return seek(request, **page, **refusal_of(refused, MOVE_REFUSALS))
    by, role = acting(request)

    def do(said: Any) -> Any:
        return move_entries(
            entries=[pk], to=number, by=by, role=role, reason=said["reason"], now=timezone.now()
        )

    there = Entry.all_records.filter(person=number)
    return run_act(
        request,
        title=gettext("Move to No. %(number)s") % {"number": number},
        form=ActForm(request.POST or None),
        do=do,
        about=entry,
        back=page_of("entry", pk),
        refusals=MOVE_REFUSALS,
        refused=SplitRefused,
        template="admin/registry/judge.html",
        context={
            "lines": entry_lines(Entry.all_records.filter(pk=pk)),
            "other": Person.all_records.get(pk=number),
            "there": entry_lines(there),
        },
    )


def _sought(
    request: HttpRequest, pk: int, title: str, label: Any
) -> tuple[Entry, int | None, dict[str, Any]]:
    """Return an entry, the number of what was asked for beside it, and the page that asks."""
    entry: Entry = get_object_or_404(Entry.all_records.select_related("source"), pk=pk)
    page = {"title": title, "about": entry, "back": page_of("entry", pk), "label": label}
    return entry, number_of(asked_for(request)), page


ROUTES = [
    path("entry/<int:pk>/judge/", judge, name="registry_entry_judge"),
    path("entry/<int:pk>/move/", move, name="registry_entry_move"),
]
OFFERED.setdefault("entry", []).extend(
    [
        Offer("admin:registry_entry_move", _("Move to another person…")),
        Offer("admin:registry_entry_judge", _("Not the same person as…")),
    ]
)
