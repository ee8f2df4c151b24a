"""How the lists of the search's form are written: at once.

Django renders a template for each option; with the five hundred that the page offers that took
more than half of its time.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class ListSelect(forms.Select):
    """A plain list of codes, without groups, of which one is chosen."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002 (Django's signature)
    ) -> SafeString:
        """Return the list with what is chosen marked."""
        chosen = set(self.format_value(value))
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        if self.allow_multiple_selected:
            own["multiple"] = True
        options = (
            (code, SafeString(" selected") if str(code) in chosen else "", label)
            for code, label in self.choices
        )
        listed = format_html_join("", '<option value="{}"{}>{}</option>', options)
        return format_html("<select{}>{}</select>", flatatt(own), listed)


class CodesSelect(ListSelect, forms.SelectMultiple):
    """The same, of which any may be chosen."""
