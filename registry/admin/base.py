"""What every page of the desk shares: who may do what, saving through the domain, history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Manager, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Template
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, gettext_lazy as _

from registry.models import Change, Role, Term
from registry.records.ledger.accounts import role_of

from .acts import offers
from .constraints import WordedConstraints
from .matrix import may_use
from .told_changes import told_record
from .watching import OPENED, Edited, opened_field, outdated

MOST_COUNTED = 10_000
"""Rows a list counts and leads to; what lies beyond is found by searching."""
MOST_REVISIONS = 200


def acting(request: HttpRequest) -> tuple[User, Role]:
    """Return who acts and in what role; only called where the role was checked."""
    user = request.user
    role = role_of(user)
    if not isinstance(user, User) or role is None:
        raise PermissionError("nobody with a role")
    return user, role


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # not generic when run
    """Pages of a list of which no more than the first 10,000 rows are counted."""

    @cached_property
    def count(self) -> int:
        """Return the number of rows, or 10,000 where there are more."""
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return rows[:MOST_COUNTED].count()
        return min(len(rows), MOST_COUNTED)


class ReasonedForm(WordedConstraints):
    """A form whose saving is one act in the ledger and therefore needs a reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Kept in the ledger with what was changed."),
    )
    opened = opened_field()
    edited: ClassVar[Edited | None] = None
    """The record on whose page the form stands; None where one is added."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.edited is not None and not self.is_bound:
            self.initial[OPENED] = self.edited.version

    def full_clean(self) -> None:
        """Look at last, once all else is right, whether somebody else has saved since."""
        super().full_clean()
        if self.is_bound and self.edited is not None and not self.errors:
            outdated(self, self.edited)


def freeze(form: Any, *names: str) -> None:
    """Let a record that exists keep these fields for ever."""
    for name in names:
        # Someone who may only look gets a form without them.
        if form.instance.pk and name in form.fields:
            form.fields[name].disabled = True


class Look(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when run
    """A page to look at records, whatever their status."""

    names: ClassVar[tuple[Any, Any]]
    """The kind of record, one and many, in the reader's language."""
    parts: ClassVar[tuple[str, ...]] = ()
    """Relations that a row of the list shows, read with it."""
    list_display: Any = ("__str__",)
    fields: ClassVar[Any] = None
    readonly_fields: ClassVar[Any] = ()
    actions = None
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    search_fields = ("pk",)
    subject = ""

    def __init__(self, model: type[Model], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        # The models' own names are English and belong to programmers.
        model._meta.verbose_name, model._meta.verbose_name_plural = self.names

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out of a record that is only looked at what it does not have."""
        fields = super().get_fields(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fields
        return [name for name in fields if self._has(obj, name)]

    def _has(self, obj: Any, name: Any) -> bool:
        if isinstance(name, tuple):
            return True
        show = name if callable(name) else getattr(self, name, None)
        return show is None or show(obj) not in ("", None)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return every row, hidden or not."""
        rows: QuerySet[Any] = self.model.all_records.all()
        return rows.select_related(*self.parts).order_by(*self.get_ordering(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search by what an index finds: see `find`."""
        term = search_term.replace("\x00", "").strip()[:200]
        return (self.find(queryset, term) if term else queryset), False

    def called(self, row: Any) -> str:
        """Return what a record is called above its page, in the reader's language."""
        return str(row)

    def find(self, rows: QuerySet[Any], term: str) -> QuerySet[Any]:
        """Return the rows of a search: by number, unless a page knows better."""
        number = int(term) if term.isdecimal() and len(term) < 18 else 0
        return rows.filter(pk=number)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the matrix."""
        return self._may(request, "changelist")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the page in the index to whoever may look."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Ask the matrix."""
        return self._may(request, "add", act=True)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the matrix."""
        return self._may(request, "change", act=True)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the matrix, which says no: nothing is deleted, only withdrawn."""
        return self._may(request, "delete", act=True)

    def _may(self, request: HttpRequest, page: str, *, act: bool = False) -> bool:
        route = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return may_use(request, route, act=act)

    def render_change_form(  # noqa: PLR0917 (as Django has it)
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Offer on the page of a record the acts that are no editing of a row."""
        context["offers"] = offers(request, self.subject, obj) if obj else []
        context["called"] = self.called(obj) if obj else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def reference(self, row: Any) -> str:
        """Return the permanent id by which the ledger names the row."""
        return str(row.pk)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show what the ledger keeps of one record, newest first."""
        row = get_object_or_404(self.get_queryset(request), pk=_number(object_id))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        own = told_record(self.subject, self.reference(row), language=get_language() or "en")
        steps = own[-MOST_REVISIONS:][::-1]
        changes = Change.all_records.in_bulk([step.change for step in steps])
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History"),
            "opts": self.opts,
            "object": row,
            "called": self.called(row),
            "steps": [(changes[step.change], step) for step in steps],
        }
        return TemplateResponse(request, "admin/object_history.html", context)


class Desk(Look):
    """A page to edit records on; saving is one call of a domain function."""

    form = ReasonedForm
    looked_at: ClassVar[tuple[Any, ...]] = ()
    """What someone who may not edit sees instead of fields of the form."""

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

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any] | None:
        """Let a link stay that leads to a withdrawn record."""
        related = db_field.remote_field.model
        if hasattr(related, "all_records"):
            rows: QuerySet[Any] = related.all_records.all()
            return rows
        return super().get_field_queryset(db, db_field, request)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Let the form know which record it edits."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.edited = Edited(self.subject, self.reference(obj)) if obj and change else None
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write nothing yet: the rows belonging to the record come first."""

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Iterable[Any], change: bool
    ) -> None:
        """Hand the whole record to the domain, once, and take its number from there."""
        form.instance.pk = self.write(request, form, list(formsets))

    def write(self, request: HttpRequest, form: Any, formsets: list[Any]) -> int:
        """Write the record through the domain and return its number."""
        raise NotImplementedError

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Keep no log beside the ledger."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Keep no log beside the ledger."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[Any]:
        """Say nothing: the ledger has it all, and nothing was saved behind the domain."""
        return []


def shown(name: str, label: Any, *, sorted_by: str | None = None) -> Callable[[Any], Any]:
    """Return a column or read-only field that shows `name` of a row under `label`."""

    def show(row: Any) -> Any:
        value = getattr(row, name)
        return "" if value in (None, [], {}) else value

    show.__name__ = name
    return admin.display(description=label, ordering=sorted_by)(show)


@admin.display(description=_("Wording"))
def wording_shown(row: Any) -> str:
    """Return the Russian and Ukrainian wording of a row's texts, line by line."""
    lines = [
        f"{name} ({language}): {text}"
        for name, texts in row.wording.items()
        for language, text in texts.items()
    ]
    return "\n".join(lines)


def fields_to_look_at(page: Any, fields: Iterable[Any]) -> list[Any]:
    """Return the fields of a page's form for someone who may not edit, under the same labels."""
    columns = {field.name for field in page.model._meta.get_fields()}
    asked = page.form.base_fields
    kept = []
    for name in flatten(list(fields)):
        if callable(name) or name in page.readonly_fields:
            kept.append(name)
        elif name in columns:
            kept.append(as_in_form(name, asked.get(name)))
    return [*kept, *page.looked_at, *([wording_shown] if "wording" in columns else [])]


@cache
def as_in_form(name: str, field: forms.Field | None) -> Callable[[Any], Any]:
    """Return a read-only field that shows a value under the label and in the words of a form.

    The same one each time: Django tells fields apart by identity.
    """
    words: dict[Any, Any] = (
        dict(cast("Any", field.choices)) if isinstance(field, forms.ChoiceField) else {}
    )

    def show(row: Any) -> Any:
        value = getattr(row, name)
        if isinstance(value, Manager):
            value = list(value.all())
        if isinstance(value, list):
            return ", ".join(str(words.get(one, one)) for one in value)
        if isinstance(value, Term):
            return value.label(get_language() or "en")
        return "" if value is None else words.get(value, value)

    show.__name__ = name
    return admin.display(description=field.label if field else name)(show)


def dated(name: str, label: Any, *, printed: bool = False) -> Callable[[Any], Any]:
    """Return a column or read-only field that shows a date in words, and its print if asked."""

    def show(row: Any) -> str:
        value = getattr(row, name)
        if value is None:
            return ""
        words = _day_template().render(Context({"day": value}))
        if printed and value.edtf and value.printed not in ("", value.edtf):
            return format_html("{} [{}]", words, value.printed)
        return words

    show.__name__ = f"dated_{name}"
    return admin.display(description=label)(show)


@cache
def _day_template() -> Template:
    """Return the filter of the pages, of which only templates may know."""
    return Template("{% load words %}{{ day|date }}")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0
