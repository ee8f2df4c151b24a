"""The same person or not, on the desk: merging two people, splitting one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import Entry, Judgement, Person
from registry.records.people.judging import THERE
from registry.records.people.merging import (
    Ask,
    MergeAsks,
    MergePlan,
    MergeRefused,
    merge_people,
    plan_merge,
)
from registry.records.people.splitting import SplitRefused, merged_here, split_person
from registry.records.public.rows import is_shown

from .acts import OFFERED, ActForm, Offer, run_act
from .base import acting
from .comparing import EntryLine, believed, compare_people, entry_lines, label_of, number_of
from .seeking import FAR_PEOPLE, asked_for, candidates, seek

MERGE_REFUSALS: dict[str, Any] = {
    "same-person": _("This is the same number."),
    "unknown": _("Nobody has this number."),
    "merged-already": _("One of them was merged already: their address leads to another person."),
    "hidden": _("One of them is not shown. Only people who are shown can be merged."),
    "judged-different": _("Their entries were judged to be about different people."),
    "proposal-open": _("Something proposed for one of them is to be decided first."),
    "no-answer": _("What was chosen is no longer there."),
}
SPLIT_REFUSALS: dict[str, Any] = {
    "unknown": _("Nobody has this number."),
    "unknown-entry": _("An entry is no longer one of this person."),
    "no-entries": _("Choose at least one entry."),
    "all-entries": _("At least one entry has to remain."),
    "hidden": _("One of them is not shown. Only people who are shown can be split."),
    "shows-more": _("What an editor restricted would be shown in full there."),
    "not-merged-here": _("This address was not merged into this person."),
    "same-person": _("The entry stands with this person already."),
    "judged-different": _("Their entries were judged to be about different people."),
}


def page_of(kind: str, number: int) -> str:
    """Return the address of a record's page on the desk."""
    return reverse(f"admin:registry_{kind}_change", args=[number])


def judged_words(judgement: Judgement) -> str:
    """Return when and why a question about two entries was answered."""
    return gettext("Entries %(left)s and %(right)s, on %(day)s: %(reason)s") % {
        "left": judgement.left_id,
        "right": judgement.right_id,
        "day": f"{judgement.change.at:%Y-%m-%d}",
        "reason": judgement.reason,
    }


class MergeForm(ActForm):
    """What has to be decided where both have something only one can keep."""

    def __init__(self, *args: Any, plan: MergePlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = {f"ask-{number}": ask for number, ask in enumerate(plan.asks)}
        for name, ask in self.asks.items():
            self.fields[name] = forms.TypedChoiceField(
                label=_question(ask), choices=_answers(ask), coerce=int, widget=forms.RadioSelect
            )
        self.fields["reason"] = self.fields.pop("reason")

    def answers(self, relation: str) -> dict[str, int]:
        """Return what was answered, by slot."""
        return {
            ask.slot: self.cleaned_data[name]
            for name, ask in self.asks.items()
            if ask.relation == relation
        }


def _question(ask: Ask) -> str:
    if ask.relation == "biographies":
        return gettext("Which biography stands (%(language)s)?") % {"language": ask.slot}
    return gettext("Whom to believe: %(field)s") % {"field": label_of(ask.merged)}


def _answers(ask: Ask) -> list[tuple[int, str]]:
    rows = [*ask.kept, ask.merged]
    if ask.relation == "biographies":
        return [(row.pk, f"{gettext('No.')} {row.person_id}: {row.title}") for row in rows]
    return [
        (row.entry_id, f"{believed(row)} ({row.entry.source.title}): {row.reason}") for row in rows
    ]


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask with whom, show both side by side, and merge them."""
    person: Person = get_object_or_404(Person.all_records.all(), pk=pk)
    asked = asked_for(request)
    number = number_of(asked)
    page: dict[str, Any] = {
        "title": gettext("Merge with another person"),
        "about": person,
        "back": page_of("person", pk),
        "label": FAR_PEOPLE,
    }
    if number is None:
        found = candidates(asked, without=pk) if asked else ()
        return seek(request, **page, found=found)
    try:
        plan = plan_merge(left=pk, right=number)
    except MergeRefused as refused:
        return seek(request, **page, **refusal_of(refused, MERGE_REFUSALS))
    form = MergeForm(request.POST or None, plan=plan)
    by, role = acting(request)

    def do(said: Any) -> Any:
        return merge_people(
            left=pk,
            right=number,
            choices=form.answers("choices"),
            biographies=form.answers("biographies"),
            by=by,
            role=role,
            reason=said["reason"],
            now=timezone.now(),
        )

    rows = Entry.all_records.filter(person__in=(plan.kept, plan.merged), standing__in=THERE)
    lines = entry_lines(rows)
    return run_act(
        request,
        title=gettext("Merge into No. %(number)s") % {"number": plan.kept.pk},
        form=form,
        do=do,
        about=person,
        back=page_of("person", plan.kept.pk),
        refusals=MERGE_REFUSALS,
        refused=(MergeRefused, MergeAsks),
        template="admin/registry/merge.html",
        context={
            "plan": plan,
            "rows": compare_people(plan.kept, plan.merged),
            "sides": [
                (one, [line for line in lines if line.person == one.pk])
                for one in (plan.kept, plan.merged)
            ],
        },
    )


def refusal_of(refused: MergeRefused | SplitRefused, words: Any) -> dict[str, Any]:
    """Return why something is not done in words, and where in the ledger that stands."""
    told: dict[str, Any] = {"refusal": words[refused.code]}
    if refused.judgement is not None:
        told["refusal"] = f"{words[refused.code]} {judged_words(refused.judgement)}"
        told["ledger"] = page_of("change", refused.judgement.change_id)
    return told


class SplitForm(ActForm):
    """Which entries leave, and where to."""

    entries = forms.TypedMultipleChoiceField(
        label=_("Entries that are about somebody else"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": SPLIT_REFUSALS["no-entries"]},
    )
    into = forms.TypedChoiceField(
        label=_("They go to"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, lines: list[EntryLine], merged: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["entries"].choices = [(line.id, line_label(line)) for line in lines]
        old = [(number, gettext("No. %(number)s again") % {"number": number}) for number in merged]
        fields["into"].choices = [("", gettext("a new person")), *old]
        if not old:
            del self.fields["into"]


def line_label(line: EntryLine) -> Any:
    """Return an entry in short, as the label of a box to tick."""
    says = " · ".join(f"{label}: {value}" for label, value in line.says)
    where = f"{line.source}, {line.where}" if line.where else line.source
    return format_html(
        "<span><strong>{}</strong> <small>{}</small><br>{}</span>",
        "; ".join(line.names) or "–",
        where,
        says,
    )


def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which entries are about somebody else, and split them off."""
    person: Person = get_object_or_404(Person.all_records.all(), pk=pk)
    rows = Entry.all_records.filter(person=pk, standing__in=THERE)
    form = SplitForm(request.POST or None, lines=entry_lines(rows), merged=merged_here(pk))
    by, role = acting(request)

    def do(said: Any) -> Any:
        return split_person(
            person=pk,
            entries=said["entries"],
            into=said.get("into"),
            by=by,
            role=role,
            reason=said["reason"],
            now=timezone.now(),
        )

    return run_act(
        request,
        title=gettext("Split off these entries"),
        form=form,
        do=do,
        about=person,
        back=page_of("person", pk),
        refusals=SPLIT_REFUSALS,
        refused=SplitRefused,
        template="admin/registry/split.html",
    )


def _has_more(person: Any) -> bool:
    return is_shown(person) and person.entry_count > 1


ROUTES = [
    path("person/<int:pk>/merge/", merge, name="registry_person_merge"),
    path("person/<int:pk>/split/", split, name="registry_person_split"),
]
OFFERED.setdefault("person", []).extend(
    [
        Offer("admin:registry_person_merge", _("Merge…"), is_shown),
        Offer("admin:registry_person_split", _("Split…"), _has_more),
    ]
)
