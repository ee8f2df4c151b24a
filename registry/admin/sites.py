"""Memorial sites on the desk, with their names, figures and events."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import MemorialSite, SiteKind, SiteName, SiteStatus, Source, Vocabulary
from registry.records.catalogue.sites import edit_site
from registry.records.drafts.sites import (
    SiteDraft,
    SiteEventDraft,
    SiteFigureDraft,
    SiteNameDraft,
    SiteRefused,
)

from .base import Desk, ReasonedForm, acting, dated, freeze, shown
from .days import HELP, day_text, read_day
from .looking import told
from .site_rows import EventForm, EventRows, FigureForm, FigureRows, NameRows
from .source_fields import LIST_ID, SourcesField, offered_sources
from .vocabularies import TermChoice
from .worded import read_wording, show_wording, wordings

KINDS: dict[str, Any] = {
    SiteKind.EXECUTION_SITE: _("Place of execution"),
    SiteKind.MASS_GRAVE: _("Mass grave"),
    SiteKind.CEMETERY: _("Cemetery"),
    SiteKind.CAMP: _("Camp"),
    SiteKind.PRISON: _("Prison"),
    SiteKind.MONUMENT: _("Monument"),
    SiteKind.MUSEUM: _("Museum"),
}
STATUSES: dict[str, Any] = {
    SiteStatus.PUBLIC: _("Shown"),
    SiteStatus.WITHDRAWN: _("Withdrawn"),
}
WORDED = ("region_then", "town", "coordinates_note", "period_note", "status_today")
SOURCES = ("coordinates_sources", "period_sources", "status_sources")


def degrees(label: Any, most: int) -> forms.DecimalField:
    """Return the field of one half of a point: degrees to five decimals."""
    return forms.DecimalField(
        label=label, required=False, min_value=-most, max_value=most, decimal_places=5
    )


class SiteForm(ReasonedForm):
    """A place with its wording; the slug never changes."""

    slug = forms.SlugField(label=_("Slug"), max_length=80)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"), choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )
    country = forms.RegexField(label=_("Country"), regex=r"^[A-Z]{2}$", required=False)
    region_then = forms.CharField(label=_("Region then"), max_length=200, required=False)
    region_then_ru, region_then_uk = wordings()
    town = forms.CharField(label=_("Town"), max_length=200, required=False)
    town_ru, town_uk = wordings()
    latitude = degrees(_("Latitude"), 90)
    longitude = degrees(_("Longitude"), 180)
    precision_m = forms.IntegerField(
        label=_("Precision, metres"), required=False, min_value=0, max_value=1_000_000
    )
    coordinates_note = forms.CharField(
        label=_("Note on the coordinates"), max_length=300, required=False
    )
    coordinates_note_ru, coordinates_note_uk = wordings()
    period_text = forms.CharField(label=_("Period"), max_length=80, required=False, help_text=HELP)
    period_note = forms.CharField(
        label=_("Note on the period"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    period_note_ru, period_note_uk = wordings(long=True)
    status_today = forms.CharField(
        label=_("Status today"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    status_today_ru, status_today_uk = wordings(long=True)
    coordinates_sources = SourcesField(label=_("Sources of the coordinates"))
    period_sources = SourcesField(label=_("Sources of the period"))
    status_sources = SourcesField(label=_("Sources of the status"))

    class Meta:
        model = MemorialSite
        fields = ("slug", "kinds", "country", "region", *WORDED, *SOURCES)
        labels: ClassVar[dict[str, Any]] = {"region": _("Region today")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        freeze(self, "slug")
        self.fields["period_text"].initial = day_text(self.instance.period)
        self.fields["region"] = TermChoice(vocabulary=Vocabulary.REGION, label=_("Region today"))
        for name in SOURCES:
            self.initial[name] = _slugs_of(self.instance, name)
        show_wording(self, WORDED)

    def clean(self) -> dict[str, Any]:
        """Refuse half a point, and facts without a source."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        slug = data.get("slug")
        if not self.instance.pk and MemorialSite.all_records.filter(slug=slug).exists():
            self.add_error("slug", gettext("There is a place of this name."))
        try:
            data["period"] = read_day(data.get("period_text") or "", self.instance.period)
        except ValidationError as error:
            self.add_error("period_text", error)
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("latitude", gettext("A point has a latitude and a longitude."))
        for name, stated in (
            ("coordinates_sources", data.get("latitude") is not None),
            ("period_sources", data.get("period_text") or data.get("period_note")),
            ("status_sources", data.get("status_today")),
        ):
            if stated and not data.get(name):
                self.add_error(name, gettext("Every fact has a source."))
        return data


class SiteDesk(Desk):
    """Places: what they are, where, and what each source says about them."""

    names = (_("memorial site"), _("memorial sites"))
    form = SiteForm
    subject = "site"
    inlines = (NameRows, FigureRows, EventRows)
    change_form_template = "admin/registry/site_form.html"
    looked_at = (dated("period", _("Period")),)
    list_display = (
        shown("slug", _("Slug"), sorted_by="slug"),
        shown("country", _("Country")),
        told("town", _("Town")),
        "shown_as",
    )
    ordering = ("slug",)
    fields = (
        "slug",
        "kinds",
        ("country", "region"),
        ("region_then", "region_then_ru", "region_then_uk"),
        ("town", "town_ru", "town_uk"),
        ("latitude", "longitude", "precision_m"),
        ("coordinates_note", "coordinates_note_ru", "coordinates_note_uk"),
        "coordinates_sources",
        "period_text",
        ("period_note", "period_note_ru", "period_note_uk"),
        "period_sources",
        ("status_today", "status_today_ru", "status_today_uk"),
        "status_sources",
        "reason",
    )

    @admin.display(description=_("Status"))
    def shown_as(self, row: Any) -> Any:
        """Return the status in words."""
        return STATUSES.get(row.status, row.status)

    def find(self, rows: QuerySet[Any], term: str) -> QuerySet[Any]:
        """Return the places whose slug, or a name of which, begins so."""
        named = SiteName.all_records.filter(name__startswith=term).order_by().values("site")
        return rows.filter(slug__startswith=term.lower()) | rows.filter(pk__in=named)

    def reference(self, row: Any) -> str:
        """Return the place's name in the ledger."""
        return str(row.slug)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Answer in words what only the domain sees."""
        offered = {"list_id": LIST_ID, "offered_sources": offered_sources()}
        try:
            response: HttpResponse = super().changeform_view(
                request, object_id, form_url, {**(extra_context or {}), **offered}
            )
        except SiteRefused as refused:
            told = {"field": refused.field, "value": refused.value}
            messages.error(request, gettext("Not saved: see %(field)s %(value)s") % told)
            return HttpResponseRedirect(request.path)
        return response

    def write(self, request: HttpRequest, form: Any, formsets: list[Any]) -> int:
        """Write the place with all its rows through the domain."""
        by, role = acting(request)
        draft = site_from(form, formsets)
        edit_site(
            draft=draft,
            by=by,
            role=role,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )
        key: int = MemorialSite.all_records.get(slug=draft.slug).pk
        return key


def site_from(form: Any, formsets: list[Any]) -> SiteDraft:
    """Return what a form and the formsets of names, figures and events say."""
    data = form.cleaned_data
    slugs = {name: tuple(source.slug for source in data[name]) for name in SOURCES}
    names, figures, events = (_filled(rows) for rows in formsets)
    return SiteDraft(
        slug=data["slug"],
        kinds=tuple(data["kinds"]),
        country=data["country"],
        region=data["region"].code if data["region"] else "",
        latitude=_float(data["latitude"]),
        longitude=_float(data["longitude"]),
        precision_m=data["precision_m"],
        period=data["period"],
        wording=read_wording(form, WORDED),
        **{name: data[name] for name in WORDED},
        coordinates_sources=slugs["coordinates_sources"],
        period_sources=slugs["period_sources"],
        status_sources=slugs["status_sources"],
        names=tuple(
            SiteNameDraft(row.cleaned_data["language"], row.cleaned_data["name"], _slug_of(row))
            for row in names
        ),
        figures=tuple(
            SiteFigureDraft(
                **{
                    name: row.cleaned_data[name]
                    for name in ("measure", "low", "high", "locator", "note")
                },
                source=_slug_of(row),
                wording=read_wording(row, FigureForm.worded),
            )
            for row in figures
        ),
        events=tuple(
            SiteEventDraft(
                **{name: row.cleaned_data[name] for name in ("kind", "text", "locator")},
                date=row.cleaned_data["day"],
                source=_slug_of(row),
                wording=read_wording(row, EventForm.worded),
            )
            for row in events
        ),
    )


def _filled(formset: Any) -> list[Any]:
    """Return the forms of the rows to keep, in their order."""
    return [
        form for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _slugs_of(site: MemorialSite, name: str) -> list[str]:
    """Return the slugs of the sources a place has for something, withdrawn ones included."""
    if not site.pk:
        return []
    # Not through the relation, which knows the sources in use only.
    links = getattr(MemorialSite, name).through._base_manager
    own = links.filter(memorialsite=site.pk).values("source")
    rows = Source.all_records.filter(pk__in=own).order_by("slug")
    return list(rows.values_list("slug", flat=True))


def _slug_of(row: Any) -> str:
    source = row.cleaned_data.get("source")
    return str(source.slug) if source else ""
