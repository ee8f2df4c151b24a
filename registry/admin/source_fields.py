"""Sources as fields of a form: typed by slug, and offered by a list of the page.

Plain inputs and one `datalist`: they work by keyboard and without JavaScript.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registry.models import Source

LIST_ID = "offered-sources"
MOST_OFFERED = 2000
"""Sources the list of a page holds; others are found by typing their slug whole."""
FREE_INPUTS = 2
"""Empty inputs beside those that are filled."""


def offered_sources() -> list[tuple[str, str]]:
    """Return slug and title of the sources a page offers."""
    rows = Source.all_records.order_by("slug").values_list("slug", "title")
    return [(slug, title) for slug, title in rows[:MOST_OFFERED]]


class SourceField(forms.CharField):
    """One source, or none; cleaned to the record, withdrawn or not."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"list": LIST_ID, "autocomplete": "off", "spellcheck": "false"}
        super().__init__(
            label=_("Source"),
            max_length=80,
            widget=forms.TextInput(attrs=attributes),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Return the source, or None."""
        slug = super().clean(value)
        return find_sources([slug])[0] if slug else None


class SeveralInputs(forms.TextInput):
    """As many inputs as there are values, and two more; all but the first named by `title`."""

    title: Any = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what is typed in each."""
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say no: inputs left empty are empty."""
        return False

    def format_value(self, value: Any) -> Any:
        """Return the values as they are."""
        return [str(one) for one in value or [] if str(one).strip()]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the inputs, one below the other."""
        given = {
            "type": "text",
            "name": name,
            "list": LIST_ID,
            "autocomplete": "off",
            "spellcheck": "false",
        }
        values = [*self.format_value(value), *([""] * FREE_INPUTS)]
        own = [self.build_attrs(given, attrs)]
        own += [{**given, "aria-label": str(self.title)} for _value in values[1:]]
        return format_html(
            '<span class="several">{}</span>',
            format_html_join(
                "",
                "<input{}>",
                ((flatatt({**one, "value": text}),) for one, text in zip(own, values, strict=True)),
            ),
        )


class SourcesField(forms.Field):
    """Any number of sources; cleaned to the records in the order typed."""

    widget = SeveralInputs

    def __init__(self, *, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, **kwargs)
        self.widget.title = label

    def clean(self, value: Any) -> Any:
        """Return the sources."""
        slugs = [str(one).strip() for one in value or []]
        return find_sources(list(dict.fromkeys(filter(None, slugs))))


def find_sources(slugs: Sequence[str]) -> list[Source]:
    """Return the sources of these slugs, in their order; raises ValidationError for others."""
    found = {row.slug: row for row in Source.all_records.filter(slug__in=slugs)}
    for slug in slugs:
        if slug not in found:
            raise ValidationError(_("There is no source “%(slug)s”."), params={"slug": slug})
    return [found[slug] for slug in slugs]
