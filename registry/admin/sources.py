"""Sources on the desk: edited, withdrawn and reinstated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import Change, Entry, Source, SourceKind, SourceStatus
from registry.records.catalogue.sources import (
    SourceDraft,
    SourceRefused,
    check_source,
    edit_source,
    reinstate_source,
    withdraw_source,
)
from registry.records.public.sources import SourceUnknown

from .acts import ActForm, run_act
from .base import MOST_COUNTED, Desk, ReasonedForm, acting, freeze, shown
from .labels import FIELD_LABELS, LIVING_RULES
from .worded import read_wording, show_wording, wordings

KINDS: dict[str, Any] = {
    SourceKind.CASE_FILE: _("Archival case file"),
    SourceKind.CERTIFICATE: _("Official certificate"),
    SourceKind.DOCUMENT: _("Document"),
    SourceKind.MEMORY_BOOK: _("Book of Memory"),
    SourceKind.DATABASE: _("Database"),
    SourceKind.ENCYCLOPEDIA: _("Encyclopedia"),
    SourceKind.BOOK: _("Book"),
    SourceKind.ARTICLE: _("Article"),
    SourceKind.MEMOIR: _("Memoir"),
    SourceKind.TESTIMONY: _("Family testimony"),
    SourceKind.PRESS: _("Press"),
    SourceKind.WEB: _("Web page"),
    SourceKind.EDITORIAL: _("The editors' own"),
}
STATUSES: dict[str, Any] = {
    SourceStatus.IN_USE: _("In use"),
    SourceStatus.WITHDRAWN: _("Withdrawn"),
}
REFUSALS: dict[str, Any] = {
    "missing": _("This is needed."),
    "empty": _("This is needed."),
    "off-the-ladder": _("The rank is a number from 1 to 6."),
    "not-a-web-address": _("This is no address of the web."),
    "unknown": _("This is not known."),
}
A_MINUTE = 5000
"""Entries whose people are concluded again in a minute, at the least."""
WORDED = ("title", "quotes", "note")
PLAIN = (
    "slug",
    "kind",
    "title",
    "author",
    "publisher",
    "language",
    "url",
    "archived_url",
    "licence",
    "quotes",
    "living_rule",
    "note",
)


class SourceForm(ReasonedForm):
    """A source with its wording; the slug never changes."""

    slug = forms.SlugField(label=_("Slug"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    rank = forms.IntegerField(
        label=_("Rank"),
        required=False,
        min_value=1,
        max_value=6,
        help_text=_("From 1, a case file seen as such, to 6, press or a web page."),
    )
    title = forms.CharField(label=_("Title"), max_length=500)
    title_ru, title_uk = wordings()
    author = forms.CharField(label=_("Author"), max_length=300, required=False)
    publisher = forms.CharField(label=_("Publisher"), max_length=300, required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1000, max_value=2100)
    language = forms.CharField(label=_("Language"), max_length=10, required=False)
    url = forms.CharField(label=_("Address"), max_length=500, required=False)
    archived_url = forms.CharField(label=_("Archived copy"), max_length=500, required=False)
    licence = forms.CharField(label=_("Licence"), max_length=100, required=False)
    quotes = forms.CharField(label=_("Document it quotes"), max_length=500, required=False)
    quotes_ru, quotes_uk = wordings()
    unreliable_for = forms.MultipleChoiceField(
        label=_("Not believed for"),
        required=False,
        choices=list(FIELD_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    living_rule = forms.ChoiceField(
        label=_("Possibly living people"), choices=list(LIVING_RULES.items())
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    note_ru, note_uk = wordings(long=True)

    class Meta:
        model = Source
        fields = (*PLAIN, "rank", "year", "unreliable_for")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        freeze(self, "slug")
        show_wording(self, WORDED)

    def clean(self) -> dict[str, Any]:
        """Ask the domain whether it would keep this."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        slug = data.get("slug")
        if not self.instance.pk and Source.all_records.filter(slug=slug).exists():
            raise ValidationError({"slug": gettext("There is a source of this name.")})
        # A reason that is missing hides no other fault.
        if not self.errors.keys() - {"reason"}:
            try:
                check_source(self.draft())
            except SourceRefused as refused:
                raise ValidationError({refused.field: REFUSALS[refused.code]}) from refused
        return data

    def draft(self) -> SourceDraft:
        """Return what the form says."""
        data = self.cleaned_data
        # What the form does not offer (fields of a newer import) is not to be lost by it.
        kept = [name for name in self.instance.unreliable_for if name not in FIELD_LABELS]
        return SourceDraft(
            **{name: data[name] for name in PLAIN},
            rank=data["rank"],
            year=data["year"],
            unreliable_for=tuple(data["unreliable_for"] + kept),
            wording=read_wording(self, WORDED),
        )


class StatusFilter(admin.SimpleListFilter):
    """Show the sources in use, or those withdrawn."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the statuses by their names."""
        return [(str(code), label) for code, label in STATUSES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the status chosen."""
        return queryset.filter(status=self.value()) if self.value() else queryset


class SourceDesk(Desk):
    """Sources: where knowledge comes from, and how far it is believed."""

    names = (_("source"), _("sources"))
    form = SourceForm
    subject = "source"
    list_display = (
        shown("slug", _("Slug"), sorted_by="slug"),
        shown("title", _("Title")),
        "kind_shown",
        shown("rank", _("Rank"), sorted_by="rank"),
        "status_shown",
    )
    list_filter = (StatusFilter,)
    ordering = ("slug",)
    change_form_template = "admin/registry/source_form.html"
    fields = (
        "slug",
        "status_shown",
        ("kind", "rank"),
        "title",
        ("title_ru", "title_uk"),
        ("author", "publisher"),
        ("year", "language", "licence"),
        "url",
        "archived_url",
        "quotes",
        ("quotes_ru", "quotes_uk"),
        "unreliable_for",
        "living_rule",
        "note",
        ("note_ru", "note_uk"),
        "reason",
    )
    readonly_fields: ClassVar[tuple[str, ...]] = ("status_shown",)

    @admin.display(description=_("Kind"))
    def kind_shown(self, row: Any) -> Any:
        """Return the kind in words."""
        return KINDS.get(row.kind, row.kind)

    @admin.display(description=_("Status"))
    def status_shown(self, row: Any) -> Any:
        """Return the status in words."""
        return STATUSES.get(row.status, row.status)

    def find(self, rows: QuerySet[Any], term: str) -> QuerySet[Any]:
        """Return the sources whose slug or title begins so."""
        return rows.filter(Q(slug__startswith=term.lower()) | Q(title__startswith=term))

    def reference(self, row: Any) -> str:
        """Return the source's name in the ledger."""
        return str(row.slug)

    def write(self, request: HttpRequest, form: Any, formsets: list[Any]) -> int:
        """Write the source through the domain."""
        by, role = acting(request)
        draft: SourceDraft = form.draft()
        edit_source(
            draft=draft,
            by=by,
            role=role,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        key: int = Source.all_records.get(slug=draft.slug).pk
        return key

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that withdraw and reinstate."""
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/withdraw/", view(self.withdraw), name="registry_source_withdraw"),
            path("<int:pk>/reinstate/", view(self.reinstate), name="registry_source_reinstate"),
        ]
        return own + super().get_urls()

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why a source is withdrawn, and withdraw it."""
        return self._set_status(request, pk, withdraw_source, gettext("Withdraw this source"))

    def reinstate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why a source is reinstated, and reinstate it."""
        return self._set_status(request, pk, reinstate_source, gettext("Reinstate this source"))

    def _set_status(
        self, request: HttpRequest, pk: int, act: Callable[..., Change | None], title: str
    ) -> HttpResponse:
        source = get_object_or_404(self.get_queryset(request), pk=pk)
        entries = Entry.all_records.filter(source=source).order_by()[: MOST_COUNTED + 1].count()
        by, role = acting(request)

        def do(told: Mapping[str, Any]) -> Any:
            reason = told["reason"]
            return act(slug=source.slug, by=by, role=role, reason=reason, now=timezone.now())

        return run_act(
            request,
            title=title,
            form=ActForm(request.POST or None),
            do=do,
            about=source,
            back=reverse("admin:registry_source_change", args=[pk]),
            refusals={},
            refused=SourceUnknown,
            template="admin/registry/source_status.html",
            context={
                "entries": min(entries, MOST_COUNTED),
                "more": entries > MOST_COUNTED,
                "minutes": 1 + entries // A_MINUTE,
            },
        )
