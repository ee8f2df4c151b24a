"""Texts that carry Russian and Ukrainian wording, as fields of a form.

A form declares `title_ru, title_uk = wordings()` beside its field `title`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

LANGUAGES = ("ru", "uk")
"""The languages that wording is kept in, beside the text itself."""


def wordings(*, long: bool = False) -> tuple[forms.CharField, forms.CharField]:
    """Return the fields of a text's Russian and Ukrainian wording."""
    russian, ukrainian = (
        forms.CharField(
            label=label,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}) if long else forms.TextInput,
        )
        for label in (_("In Russian"), _("In Ukrainian"))
    )
    return russian, ukrainian


def in_words(row: Any, name: str) -> str:
    """Return a text of a record in the reader's language, or as it stands where it has no other."""
    texts = (row.wording or {}).get(name) or {}
    return str(texts.get(get_language() or "") or getattr(row, name, None) or "")


def in_reader_language(texts: Mapping[str, str]) -> str:
    """Return of a text kept by language the reader's, or the first there is."""
    kept = (texts.get(language) for language in (get_language() or "en", "en", *LANGUAGES))
    return next((text for text in kept if text), "")


def show_wording(form: Any, names: Iterable[str]) -> None:
    """Fill the wording fields of a form from its record."""
    wording = form.instance.wording or {}
    for name in names:
        for language in LANGUAGES:
            text = (wording.get(name) or {}).get(language, "")
            form.fields[f"{name}_{language}"].initial = text


def read_wording(form: Any, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the wording after the form: what it has, and untouched what it does not show."""
    kept = {name: dict(texts) for name, texts in (form.instance.wording or {}).items()}
    for name in names:
        texts = kept.setdefault(name, {})
        for language in LANGUAGES:
            texts[language] = form.cleaned_data.get(f"{name}_{language}", "")
    filled = (
        (name, {language: text for language, text in texts.items() if text})
        for name, texts in kept.items()
    )
    return {name: texts for name, texts in filled if texts}
