"""Template library of the desk: the cells of a list, each with the heading of its column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def labelled(cells: Iterable[str], headers: Iterable[Mapping[str, Any]]) -> list[SafeString]:
    """Mark each cell of a row with its heading, which a narrow screen shows before it.

    Django's own cells come as they are printed: `<td class="field-slug">…</td>`.
    """
    return [
        mark_safe(  # noqa: S308 (Django has escaped the cell, and the heading is escaped here)
            cell[:3] + format_html(' data-label="{}"', capfirst(header["text"])) + cell[3:]
        )
        for cell, header in zip(cells, headers, strict=True)
    ]
