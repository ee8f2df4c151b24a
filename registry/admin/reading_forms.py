"""The form by which our reading of the printed fields of an entry is corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.models import Vocabulary
from registry.records.drafts.entries import EntryDraft
from registry.records.drafts.readings import (
    KNOWN,
    READINGS,
    DateReading,
    print_of,
    reading_paths,
    shape_of,
    value_at,
)
from registry.wording.codes import TABLES
from registry.wording.paths import path_words

from .acts import ActForm
from .labels import SEXES
from .typed_fields import SITES, CodeField, Offered, list_of, offered_sites, offered_terms

VOCABULARIES = (Vocabulary.REGION, Vocabulary.SENTENCE_KIND, Vocabulary.ARTICLE)
CODED = {"region": Vocabulary.REGION, "sentence-kind": Vocabulary.SENTENCE_KIND}
WORDS: dict[str, Any] = {**TABLES, "sex": SEXES}
CALENDARS = [("", _("calendar not stated")), ("gregorian", _("Gregorian")), ("julian", _("Julian"))]
UNKNOWN = _("not known")


@dataclass(frozen=True, slots=True)
class Line:
    """One reading on the page: what is printed, our reading of it, and what it was before."""

    label: str
    printed: str
    fields: tuple[forms.BoundField, ...]
    was: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The readings of the entry itself, or of one row of it."""

    title: str
    lines: tuple[Line, ...]


class ReadingForm(ActForm):
    """Every reading of an entry, each under its path."""

    def __init__(self, *args: Any, draft: EntryDraft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.paths = [path for path in reading_paths(draft) if _is_read(draft, path)]
        self.offered: Offered = {**offered_terms(VOCABULARIES), **offered_sites()}
        for path in self.paths:
            for name, field in _fields(path, value_at(draft, path)):
                self.fields[name] = field
        self.fields["reason"] = self.fields.pop("reason")

    @property
    def parts(self) -> list[Part]:
        """Return the readings, those of one row together."""
        order = sorted(self.paths, key=lambda path: path.rpartition(".")[0])
        groups = groupby(order, key=lambda path: path.rpartition(".")[0])
        return [
            Part(path_words(group) if group else "", tuple(self._lines(paths)))
            for group, paths in groups
        ]

    def _lines(self, paths: Iterator[str]) -> Iterator[Line]:
        above = ""
        for path in paths:
            printed = print_of(self.draft, path)
            note = self.draft.reading.get(path, {})
            yield Line(
                path_words(path.rpartition(".")[2]),
                # One print of which several things are read stands there once.
                "" if printed == above else printed,
                tuple(self[name] for name in (path, f"{path}.calendar") if name in self.fields),
                str(note.get("was") or ""),
            )
            above = printed

    def clean(self) -> dict[str, Any]:
        """Look up the codes that were typed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for path in self.paths:
            kind = READINGS[shape_of(path)].kind
            vocabulary = CODED.get(kind) or (Vocabulary.ARTICLE if kind == "articles" else "")
            known = {code for code, _label in self.offered.get(list_of(vocabulary), ())}
            for code in _codes(data.get(path)) if vocabulary else ():
                if code not in known:
                    self.add_error(path, _("There is no term “%(code)s”.") % {"code": code})
        return data

    def readings(self) -> dict[str, Any]:
        """Return the readings that were changed, by their paths."""
        changed, data = set(self.changed_data), self.cleaned_data
        found: dict[str, Any] = {}
        for path in self.paths:
            if {path, f"{path}.calendar"} & changed:
                value = data[path]
                if f"{path}.calendar" in self.fields:
                    value = DateReading(value, data[f"{path}.calendar"])
                elif READINGS[shape_of(path)].kind == "articles":
                    value = tuple(_codes(value))
                found[path] = value
        return found


def _is_read(draft: EntryDraft, path: str) -> bool:
    """Tell whether there is print, or a reading already, or one that needs no print."""
    alone = READINGS[shape_of(path)].kind in KNOWN or path.endswith(".episode")
    return alone or bool(print_of(draft, path)) or bool(value_at(draft, path))


def _codes(text: str | None) -> list[str]:
    return list(dict.fromkeys((text or "").replace(",", " ").split()))


def _fields(path: str, value: Any) -> Iterator[tuple[str, forms.Field]]:
    """Yield the name and the field of a reading; of a date that of its calendar, too."""
    kind, label = READINGS[shape_of(path)].kind, path_words(path)
    if kind == "date":
        known = value.calendar.value if value.calendar.value != "unknown" else ""
        yield path, forms.CharField(label=label, required=False, max_length=200, initial=value.edtf)
        name = _("%(field)s: calendar") % {"field": label}
        yield (
            f"{path}.calendar",
            forms.ChoiceField(label=name, required=False, choices=CALENDARS, initial=known),
        )
    elif kind in KNOWN:
        words = {code: words for code, words in WORDS[kind].items() if code in KNOWN[kind]}
        if "" in KNOWN[kind]:
            words = {"": UNKNOWN, **{code: own for code, own in words.items() if code}}
        yield (
            path,
            forms.ChoiceField(
                label=label, required=False, choices=list(words.items()), initial=value
            ),
        )
    elif kind == "number":
        yield (
            path,
            forms.IntegerField(
                label=label, required=False, min_value=1, max_value=32767, initial=value
            ),
        )
    elif kind == "articles":
        yield (
            path,
            CodeField(
                label=label,
                offered=list_of(Vocabulary.ARTICLE),
                initial=", ".join(value),
                help_text=_("Codes with a comma between."),
            ),
        )
    elif kind == "name":
        yield path, forms.CharField(label=label, required=False, max_length=200, initial=value)
    else:
        offered = SITES if kind == "site" else list_of(CODED[kind])
        yield path, CodeField(label=label, offered=offered, initial=value, max_length=80)
