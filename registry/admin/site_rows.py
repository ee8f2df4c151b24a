"""The rows of a memorial site on the desk: its names, rival figures and events."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from registry.models import Measure, SiteEvent, SiteEventKind, SiteFigure, SiteName

from .base import dated, fields_to_look_at
from .constraints import WordedConstraints
from .days import day_text, read_day
from .matrix import may_use
from .source_fields import SourceField
from .worded import show_wording, wordings

MEASURES: dict[str, Any] = {
    Measure.NAMES_IN_ACTS: _("Names in acts"),
    Measure.REMAINS_EXHUMED: _("Remains exhumed"),
    Measure.EXECUTED_IN_REGION: _("Executed in the region"),
    Measure.PASSED_THROUGH: _("Passed through"),
    Measure.ESTIMATE: _("Estimate"),
}
EVENTS: dict[str, Any] = {
    SiteEventKind.FOUND: _("Found"),
    SiteEventKind.OPENED: _("Opened"),
    SiteEventKind.COMMEMORATED: _("Commemorated"),
    SiteEventKind.NOTE: _("Note"),
}


EMPTY = ("", "")
"""Nothing chosen: an empty row stays one."""


class RowForm(WordedConstraints):
    """A row that belongs to a place, with wording of the fields named."""

    worded: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.worded:
            show_wording(self, self.worded)
        source = self.instance.source if self.instance.source_id else None
        self.initial["source"] = source.slug if source else ""

    @property
    def title(self) -> str:
        """Return what the row is called above its fields."""
        return str(self.instance)


class NameForm(RowForm):
    """A name of a place."""

    source = SourceField(required=False)
    language = forms.CharField(label=_("Language"), max_length=10)
    name = forms.CharField(label=pgettext_lazy("of a place", "Name"), max_length=300)


class FigureForm(RowForm):
    """A number one source gives."""

    worded = ("note",)
    source = SourceField()
    measure = forms.ChoiceField(label=_("Measure"), choices=[EMPTY, *MEASURES.items()])
    low = forms.IntegerField(label=_("At least"), required=False, min_value=0)
    high = forms.IntegerField(label=_("At most"), required=False, min_value=0)
    locator = forms.CharField(label=_("Where in the source"), max_length=300, required=False)
    note = forms.CharField(label=_("Note"), required=False)
    note_ru, note_uk = wordings()

    @property
    def title(self) -> str:
        """Return the measure in words, and the numbers."""
        row = self.instance
        bounds = dict.fromkeys(str(one) for one in (row.low, row.high) if one is not None)
        return f"{MEASURES.get(row.measure, row.measure)}: {'–'.join(bounds)}"

    def clean(self) -> dict[str, Any]:
        """Refuse a figure without a number, or with its bounds turned round."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        bounds = [data[name] for name in ("low", "high") if data.get(name) is not None]
        if not bounds or bounds != sorted(bounds):
            self.add_error("low", gettext("A figure runs from a lower number to a higher one."))
        return data


class EventForm(RowForm):
    """Something that happened at a place."""

    worded = ("text",)
    source = SourceField()
    kind = forms.ChoiceField(label=_("Kind"), choices=[EMPTY, *EVENTS.items()])
    day = forms.CharField(label=_("Date"), max_length=80, required=False)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 2}))
    text_ru, text_uk = wordings(long=True)
    locator = forms.CharField(label=_("Where in the source"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = day_text(self.instance.date)

    def clean_day(self) -> Any:
        """Read the date."""
        return read_day(self.cleaned_data["day"], self.instance.date)


class FormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # not generic when run
    """The rows of one kind."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        **BaseInlineFormSet.default_error_messages,
        "too_few_forms": _("At least %(num)d is needed here."),
    }


class Rows(admin.StackedInline):  # type: ignore[type-arg]  # not generic when run
    """Rows of a place; they are written with it, by the domain, and not one by one."""

    # One empty row, so that a row can be added without JavaScript.
    extra = 1
    formset = FormSet
    template = "admin/registry/record_rows.html"
    looked_at: ClassVar[tuple[Any, ...]] = ()
    """What someone who may not edit sees instead of fields of the form."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Hold to the least number of rows."""
        return super().get_formset(request, obj, **{"validate_min": True, **kwargs})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out, for someone who may not edit, what only a form has."""
        fields = super().get_fields(request, obj)
        if self.has_change_permission(request, obj):
            return fields
        return fields_to_look_at(self, fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let someone who may not edit change nothing."""
        if self.has_change_permission(request, obj):
            return super().get_readonly_fields(request, obj)
        return self.get_fields(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return every row, also those of withdrawn sources."""
        rows: QuerySet[Any] = self.model.all_records.select_related("source")
        return rows.order_by("pk")

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest | None
    ) -> QuerySet[Any]:
        """Let a link stay that leads to a withdrawn source."""
        rows: QuerySet[Any] = db_field.remote_field.model.all_records.all()
        return rows

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the matrix about the record the rows belong to."""
        return self._may(request, act=False)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the matrix about the record the rows belong to."""
        return self._may(request, act=True)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the matrix about the record the rows belong to."""
        return self._may(request, act=True)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask as for a change: the row as it was stands in the ledger."""
        return self._may(request, act=True)

    def _may(self, request: HttpRequest, *, act: bool) -> bool:
        record = self.parent_model._meta
        route = f"admin:{record.app_label}_{record.model_name}_change"
        return may_use(request, route, act=act)


class NameRows(Rows):
    """Names, one a language."""

    model = SiteName
    form = NameForm
    min_num = 1
    verbose_name, verbose_name_plural = _("name"), _("names")
    fields = (("language", "name", "source"),)


class FigureRows(Rows):
    """Rival figures."""

    model = SiteFigure
    form = FigureForm
    verbose_name, verbose_name_plural = _("figure"), _("figures")
    fields = (("measure", "low", "high"), ("source", "locator"), ("note", "note_ru", "note_uk"))


class EventRows(Rows):
    """Events."""

    model = SiteEvent
    form = EventForm
    verbose_name, verbose_name_plural = _("event"), _("events")
    looked_at = (dated("date", _("Date")),)
    fields = (("kind", "day"), "text", ("text_ru", "text_uk"), ("source", "locator"))
