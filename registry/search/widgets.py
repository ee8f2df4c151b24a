"""How the lists of the search's form are written: at once.

Django renders a template for each option; with the five hundred that the page offers that took
more than half of its time, and to format each by Django's means still a quarter.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe


class ListSelect(forms.Select):
    """A plain list of codes, without groups or markup, of which one is chosen."""

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
            f'<option value="{escape(str(code))}"'
            f"{' selected' if str(code) in chosen else ''}>{escape(str(label))}</option>"
            for code, label in self.choices
        )
        return mark_safe(f"<select{flatatt(own)}>{''.join(options)}</select>")  # noqa: S308 (every part is escaped)


class CodesSelect(ListSelect, forms.SelectMultiple):
    """The same, of which any may be chosen."""
