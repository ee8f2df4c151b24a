"""Fields of forms on entries: texts as printed, and codes typed beside a list of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language

from registry.models import SiteName, Term, Vocabulary

MOST_OFFERED = 300
"""Places the list of a page holds; others are found by typing their slug whole."""
SITES = "offered-sites"
Offered = dict[str, list[tuple[str, str]]]


class PrintedField(forms.CharField):
    """A text as printed: not shortened, its lines ended one way."""

    def __init__(self, *, label: Any, rows: int = 0, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        super().__init__(
            label=label, required=kwargs.pop("required", False), **kwargs, widget=widget
        )

    def to_python(self, value: Any) -> Any:
        """Return the text with its lines ended as files end them."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class CodeField(forms.CharField):
    """A code of a vocabulary, or the slug of a place; `offered` is the list beside it."""

    def __init__(self, *, label: Any, offered: str, **kwargs: Any) -> None:
        attributes = {"list": offered, "autocomplete": "off", "spellcheck": "false"}
        super().__init__(
            label=label, required=False, widget=forms.TextInput(attrs=attributes), **kwargs
        )


def list_of(vocabulary: str) -> str:
    """Return the id of the list of a vocabulary."""
    return f"offered-{vocabulary}"


def offered_terms(vocabularies: Iterable[Vocabulary]) -> Offered:
    """Return by the id of its list code and label of every term of these small vocabularies."""
    language = get_language() or "en"
    found: Offered = {list_of(vocabulary): [] for vocabulary in vocabularies}
    for term in Term.all_records.filter(vocabulary__in=list(vocabularies)).order_by("code"):
        found[list_of(term.vocabulary)].append((term.code, term.label(language)))
    return found


def offered_sites() -> Offered:
    """Return slug and name of the places a page offers."""
    names = SiteName.all_records.filter(language=get_language() or "en")
    rows = names.order_by("name").values_list("site__slug", "name")
    return {SITES: list(rows[:MOST_OFFERED])}
