"""What pages to look at records are made of: links, terms, codes in words, and tables of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language

from .base import Look, shown
from .worded import in_words


def termed(name: str, label: Any) -> Callable[[Any], str]:
    """Return a read-only field that shows the label of a term."""

    @admin.display(description=label)
    def show(row: Any) -> str:
        term = getattr(row, name)
        return str(term.label(get_language() or "en")) if term else ""

    show.__name__ = f"termed_{name}"
    return show


def linked(name: str, label: Any) -> Callable[[Any], Any]:
    """Return a read-only field that leads to another record of the desk."""

    @admin.display(description=label)
    def show(row: Any) -> Any:
        other = getattr(row, name)
        if other is None:
            return ""
        page = f"admin:{other._meta.app_label}_{other._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(page, args=[other.pk]), other)

    show.__name__ = f"linked_{name}"
    return show


def told(name: str, label: Any) -> Callable[[Any], Any]:
    """Return a column or read-only field that shows a text in the reader's language."""

    @admin.display(description=label)
    def show(row: Any) -> str:
        return in_words(row, name)

    show.__name__ = f"told_{name}"
    return show


def coded(name: str, label: Any, words: str) -> Callable[[Any], Any]:
    """Return a column of codes, which the template puts into the words of a table of codes."""
    show = shown(name, label)
    show.words = words  # type: ignore[attr-defined]  # our own mark on it
    return show


@dataclass(frozen=True, slots=True)
class Cell:
    """A value under its label; `words` names the table of codes it comes from."""

    label: Any
    value: Any
    words: str = ""


class LookRows(admin.TabularInline):  # type: ignore[type-arg]  # not generic when run
    """Rows that belong to a record, to look at."""

    extra = 0
    max_num = 0
    can_delete = False
    template = "admin/registry/look_rows.html"
    parts: ClassVar[tuple[str, ...]] = ()
    columns: ClassVar[tuple[Any, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return every row, hidden or not."""
        rows: QuerySet[Any] = self.model.all_records.all()
        return rows.select_related(*self.parts).order_by("pk")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the columns named."""
        return self.columns

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let none of them be changed."""
        return self.columns

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say yes: who may see the record may see its rows."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no."""
        return False


class LookWithRows(Look):
    """A page to look at a record and at the rows that belong to it."""

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Any = None
    ) -> Any:
        """Give each kind of rows a table of what there is to see."""
        built: Any = super().get_inline_formsets(request, formsets, inline_instances, obj)
        for one in built:
            one.table = table_of(one.opts, [form.instance for form in one.formset.forms])
        return built


def table_of(rows_page: LookRows, rows: Sequence[Any]) -> list[list[Cell]]:
    """Return the rows as cells, without the columns that none of them fills."""
    columns = [
        getattr(rows_page, own) if isinstance(own, str) else own for own in rows_page.columns
    ]
    values = [[column(row) for column in columns] for row in rows]
    kept = [
        number
        for number in range(len(columns))
        if any(row[number] not in ("", None) for row in values)
    ]
    return [
        [Cell(columns[n].short_description, row[n], getattr(columns[n], "words", "")) for n in kept]
        for row in values
    ]
