"""Rows of a form that belong to an entry: names, repressions, rulings, stays and roles.

A row is added by a button of the form and taken away by a mark on it, so that nothing here
needs JavaScript. One in which nothing is typed is no row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.dates import FuzzyDate
from registry.wording import codes

from .typed_fields import SITES, CodeField, PrintedField

MOST_ROWS = 200
Typed = dict[str, Any]


def printed(day: FuzzyDate | None) -> str:
    """Return what the print of a date is in a form."""
    return (day.printed or day.edtf) if day else ""


def kind_field(words: Mapping[str, Any]) -> forms.ChoiceField:
    """Return a field of what kind a row is."""
    choices = [("", "—"), *((code, text) for code, text in words.items() if code)]
    return forms.ChoiceField(label=_("Kind"), choices=choices, required=False)


class RowForm(forms.Form):
    """One row."""

    remove = forms.BooleanField(label=_("Take this row away"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remove"] = self.fields.pop("remove")

    def typed(self) -> Typed:
        """Return what the row holds as it was sent, right or wrong."""
        return {name: self[name].data for name in self.fields}

    def said(self) -> Typed:
        """Return what the row says, without what is empty; nothing where it is to go."""
        data = self.cleaned_data
        if data.get("remove"):
            return {}
        found = {
            name: data[name] for name in self.fields if data.get(name) not in (None, "", False)
        }
        return found if found.keys() - {"of"} else {}


class NameRow(RowForm):
    """A spelling of the name."""

    kind = kind_field(codes.NAME_KINDS)
    full = PrintedField(label=_("Name as printed"), max_length=400)
    family = PrintedField(label=_("Surname"), max_length=200)
    given = PrintedField(label=_("Given name"), max_length=200)
    patronymic = PrintedField(label=_("Patronymic"), max_length=200)
    language = PrintedField(label=_("Language"), max_length=10)


class RepressionRow(RowForm):
    """A repression."""

    kind = kind_field(codes.REPRESSION_KINDS)
    episode = forms.IntegerField(
        label=_("Number of the repression in the life"),
        required=False,
        min_value=1,
        max_value=32767,
        help_text=_("Only where the dates do not tell."),
    )
    arrest_date = PrintedField(label=_("Arrested"), max_length=300)
    arrested_by = PrintedField(label=_("Arrested by"), max_length=300)
    arrest_place = PrintedField(label=_("Place of arrest"), rows=1)
    arrest_circumstances = PrintedField(label=_("Circumstances of the arrest"), rows=1)
    charge = PrintedField(label=_("Accused of"), rows=1)
    articles = PrintedField(label=_("Articles of the code"), max_length=300)
    operation = PrintedField(label=_("Operation"), max_length=500)
    sentencing_body = PrintedField(label=_("Sentenced by"), max_length=500)
    sentence_date = PrintedField(label=_("Date of the sentence"), max_length=300)
    sentence = PrintedField(label=_("Sentence"), rows=1)
    execution_date = PrintedField(label=_("Executed"), max_length=300)
    execution_place = PrintedField(label=_("Place of execution"), rows=1)
    execution_site = CodeField(label=_("Memorial site of the execution"), offered=SITES)
    release_date = PrintedField(label=_("Released"), max_length=300)
    note = PrintedField(label=_("Note"), rows=1)


class OfRepression(RowForm):
    """A row that may belong to a repression."""

    of = forms.IntegerField(
        label=_("Of which repression"),
        required=False,
        min_value=1,
        help_text=_("Its number above; empty where none is named."),
    )


class RulingRow(OfRepression):
    """What was decided afterwards."""

    kind = kind_field(codes.RULING_KINDS)
    date = PrintedField(label=_("Date"), max_length=300)
    body = PrintedField(label=_("Body"), max_length=500)
    ground = PrintedField(label=_("Ground"), rows=1)
    scope = PrintedField(label=_("Scope"), max_length=300)
    text = PrintedField(label=_("Text"), rows=1)


class SpanRow(RowForm):
    """A row about some time: from and to, which Python keeps for itself as names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last: dict[str, forms.Field] = {
            name: self.fields.pop(name) for name in ("note", "remove") if name in self.fields
        }
        self.fields["from"] = PrintedField(label=_("From"), max_length=300)
        self.fields["to"] = PrintedField(label=_("To"), max_length=300)
        self.fields.update(last)


class StayRow(SpanRow, OfRepression):
    """A place of confinement."""

    kind = kind_field(codes.STAY_KINDS)
    place = PrintedField(label=_("Place"), rows=1)
    site = CodeField(label=_("Memorial site"), offered=SITES)
    note = PrintedField(label=_("Note"), rows=1)


class RoleRow(SpanRow):
    """A post held, an act signed, a service rendered."""

    kind = kind_field(codes.ROLE_KINDS)
    text = PrintedField(label=_("Text"), rows=1)


class Rows:
    """The rows of one kind in a form."""

    def __init__(
        self,
        name: str,
        title: Any,
        form: type[RowForm],
        data: Any,
        *,
        initial: Sequence[Typed],
    ) -> None:
        self.name = name
        self.title = title
        count = _count(data.get(self.counter, "")) if data else len(initial)
        self.forms = [
            form(
                data or None,
                prefix=f"{name}-{number}",
                initial=initial[number] if number < len(initial) else None,
            )
            for number in range(count)
        ]

    @property
    def counter(self) -> str:
        """Return the name under which the number of rows is sent."""
        return f"{self.name}-rows"

    def typed(self) -> list[Typed]:
        """Return what all rows hold as it was sent."""
        return [form.typed() for form in self.forms]

    def valid(self) -> bool:
        """Tell whether all rows are; every one is looked at."""
        return not [form for form in self.forms if not form.is_valid()]


def _count(text: str) -> int:
    return min(int(text), MOST_ROWS) if text.isdecimal() and len(text) < 5 else 0
