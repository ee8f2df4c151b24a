"""What visitors sent, as it waits: the queue of those who decide; its filters are the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from registry.models import (
    DECIDED_STATES,
    OPEN_STATES,
    Part,
    Submission,
    SubmissionKind,
    SubmissionState,
    SubmittedFile,
)
from registry.records.public.received import shown_number
from registry.submissions.days import weeks_between
from registry.submissions.triage import find_submissions, naming_submissions
from registry.wording.moderating import FLAGS, KINDS, STATES, flag_words

from .base import CappedPaginator

A_PAGE = 50
TAKEDOWN_DAYS = 30
"""So many days after the week in which it came a wish to hide is decided."""
ANY = pgettext_lazy("every choice of a filter", "Any")
LANGUAGES = {"en": _("English"), "ru": _("Russian"), "uk": _("Ukrainian")}
ANY_STATE = {
    "": _("All that waits"),
    "waiting": STATES["waiting"],
    "asked": STATES["asked"],
    "decided": _("Decided"),
    "withdrawn": STATES["withdrawn"],
    "named": FLAGS["still-named"],
}


def _one_of(label: Any, choices: Any, **kwargs: Any) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(label=label, choices=list(choices.items()), **kwargs)


class QueueFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """What of the queue is shown; whoever asks for nothing is shown all that waits."""

    q = filters.CharFilter(label=_("Public number"), method="by_number", max_length=40)
    kind = _one_of(_("Kind"), KINDS, empty_label=ANY)
    language = _one_of(_("Language"), LANGUAGES, empty_label=ANY)
    state = _one_of(
        _("State"),
        {code: words for code, words in ANY_STATE.items() if code},
        empty_label=ANY_STATE[""],
        method="by_state",
    )
    flag = _one_of(_("Flag"), FLAGS, empty_label=ANY, method="by_flag")
    urgent = filters.BooleanFilter(
        label=_("Urgent only"), widget=forms.CheckboxInput, method="only_urgent"
    )
    mine = filters.BooleanFilter(
        label=_("Only those I am at"), widget=forms.CheckboxInput, method="only_mine"
    )

    def __init__(self, data: QueryDict, *, request: HttpRequest) -> None:
        rows = Submission.all_records.exclude(state=SubmissionState.DRAFT)
        super().__init__(data, queryset=rows, request=request, prefix=None)

    def filter_queryset(self, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Return what was asked for in the order in which it is decided, or was."""
        rows: QuerySet[Any, Any] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if asked.get("state") in {"decided", "withdrawn", "named"}:
            # Withdrawn is what nobody decided: its month is all there is.
            return rows.order_by("-decided_under_id", "-since", "-id")
        if not asked.get("state") and not asked.get("q"):
            rows = rows.filter(state__in=OPEN_STATES)
        return rows.order_by("-urgent", "since", "id")

    def by_number(self, rows: Any, _name: str, value: str) -> Any:
        """Keep the one of this number."""
        return rows.filter(pk__in=find_submissions(value).order_by().values("pk"))

    def by_state(self, rows: Any, _name: str, value: str) -> Any:
        """Keep those in a state; accepted or rejected is decided, and either may name somebody."""
        if value == "named":
            return rows.filter(pk__in=naming_submissions().order_by().values("pk"))
        if value == "decided":
            # What is decided has a change, and nothing else has; by it the order is read, too.
            return rows.filter(decided_under__isnull=False)
        return rows.filter(state=value)

    def by_flag(self, rows: Any, _name: str, value: str) -> Any:
        """Keep those with a flag. Both databases write JSON as this text."""
        told = rows.annotate(flags_told=Cast("flags", TextField()))
        return told.filter(flags_told__contains=f'"code": "{value}"')

    def only_urgent(self, rows: Any, _name: str, value: bool) -> Any:
        """Keep the urgent, where that was asked."""
        return rows.filter(urgent=True) if value else rows

    def only_mine(self, rows: Any, _name: str, value: bool) -> Any:
        """Keep those that whoever asks is at, where that was asked."""
        assert self.request is not None  # noqa: S101 (it is always given)
        own = {"claimed_by": self.request.user.pk, "claimed_until__gt": timezone.now()}
        return rows.filter(**own) if value else rows

    class Meta:
        model = Submission
        fields = ("q", "kind", "language", "state", "flag", "urgent", "mine")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue."""

    id: int
    number: str
    kind: Any
    state: Any
    about: str
    language: Any
    weeks: int
    month: str
    is_open: bool
    parts: int
    files: int
    urgent: bool
    until: str
    flags: tuple[str, ...]
    at_it: str


def queue(request: HttpRequest) -> HttpResponse:
    """Show what was asked for, fifty at a time."""
    asked = QueueFilter(request.GET, request=request)
    paginator = CappedPaginator(asked.qs, A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    now = timezone.now()
    context = {
        **admin.site.each_context(request),
        "title": _("What was sent"),
        "form": asked.form,
        "page": page,
        "rows": [_line(row, now) for row in _whole(page.object_list)],
        "query": query_of(request.GET),
    }
    return TemplateResponse(request, "admin/registry/submissions.html", context)


def following(request: HttpRequest, row: Submission) -> int | None:
    """Return what comes after `row` in the queue as it is filtered, that nobody else is at."""
    rows = QueueFilter(request.GET, request=request).qs.filter(state__in=OPEN_STATES)
    others = rows.filter(claimed_until__gt=timezone.now()).exclude(claimed_by=request.user.pk)
    free = rows.exclude(pk__in=others.order_by().values("pk")).exclude(pk=row.pk)
    keys = list(free.values_list("urgent", "since", "pk")[: 10 * A_PAGE])
    here = (not row.urgent, row.since, row.pk)
    after = [pk for urgent, since, pk in keys if (not urgent, since, pk) > here]
    return after[0] if after else keys[0][2] if keys else None


def query_of(given: QueryDict) -> str:
    """Return the filters of an address as they go on from page to page, without its page."""
    kept = given.copy()
    kept.pop("page", None)
    for name in [name for name in kept if not kept[name]]:
        del kept[name]
    told = kept.urlencode()
    return f"?{told}" if told else ""


def due_of(row: Submission, now: datetime) -> str:
    """Say by which day a wish to hide is to be decided, or was to be, while it waits."""
    if row.kind != SubmissionKind.TAKEDOWN or row.state not in OPEN_STATES:
        return ""
    due = row.since + timedelta(days=TAKEDOWN_DAYS)
    is_late = due < now.date()
    told = (
        gettext("late: to be decided by %(day)s")
        if is_late
        else gettext("to be decided by %(day)s")
    )
    return told % {"day": date_format(due)}


def month_told(row: Submission) -> str:
    """Return the month in which came what is decided; nothing more exact is kept of it."""
    if row.state not in DECIDED_STATES:
        return ""
    return str(date_format(row.since, "YEAR_MONTH_FORMAT"))


def at_it(row: Submission, now: datetime) -> str:
    """Return the account that is at a submission now, if one."""
    is_live = row.claimed_until is not None and row.claimed_until > now
    return str(row.claimed_by.get_username()) if is_live and row.claimed_by else ""


def _whole(rows: Any) -> QuerySet[Any, Any]:
    """Return rows with all that a line tells: in three queries, however many lines there are."""
    files = SubmittedFile.all_records.filter(submission=OuterRef("pk")).order_by()
    count = files.values("submission").annotate(count=Count("pk")).values("count")
    parts = Part.all_records.select_related("person", "site").order_by("position")
    whole: QuerySet[Any, Any] = (
        rows.select_related("claimed_by")
        .annotate(file_count=Coalesce(Subquery(count), 0))
        .prefetch_related(Prefetch("parts", parts, to_attr="own_parts"))
    )
    return whole


def _line(row: Any, now: datetime) -> Waiting:
    is_open = row.state in OPEN_STATES
    return Waiting(
        id=row.pk,
        number=shown_number(row.number),
        kind=KINDS[row.kind],
        state=STATES[row.state],
        about=about_of(row.own_parts),
        language=LANGUAGES.get(row.language, row.language),
        weeks=weeks_between(row.since, now) if is_open else 0,
        month=month_told(row),
        is_open=is_open,
        parts=len(row.own_parts),
        files=row.file_count,
        urgent=row.urgent,
        until=due_of(row, now),
        flags=tuple(flag_words(flag) for flag in row.flags),
        at_it=at_it(row, now),
    )


def about_of(parts: list[Part]) -> str:
    """Return whom or what a submission is about, in a few words: the first part of it."""
    for part in parts[:1]:
        names = ("family_name", "given_name", "patronymic")
        typed = " ".join(part.values[name] for name in names if part.values.get(name))
        own = part.values.get("name", "") if part.kind == "site" else typed
        record = part.person or part.site
        return own or (str(record) if record else "")
    return ""


ROUTES: list[URLPattern] = [path("submissions/", queue, name="registry_submissions")]
