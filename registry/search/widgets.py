"""How the lists of the search's form are written: at once.

Django renders a template for each option; with the five hundred that the page offers that took
more than half of its time, and to format each by Django's means still a quarter.
"""

from __future__ import annotations

from functools import lru_cache
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
        chosen = frozenset(self.format_value(value))
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        if self.allow_multiple_selected:
            own["multiple"] = True
        choices = tuple([(str(code), str(label)) for code, label in self.choices])
        if chosen:
            # Codes that are none would be remembered too.
            chosen = chosen.intersection(code for code, _ in choices)
        return mark_safe(f"<select{flatatt(own)}>{_options(choices, chosen)}</select>")  # noqa: S308 (every part is escaped)


@lru_cache(maxsize=128)
def _options(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> str:
    """Return the options of a list; the same ones are written once."""
    return "".join(
        f'<option value="{escape(code)}"'
        f"{' selected' if code in chosen else ''}>{escape(label)}</option>"
        for code, label in choices
    )


class CodesSelect(ListSelect, forms.SelectMultiple):
    """The same, of which any may be chosen."""
