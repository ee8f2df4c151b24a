"""The parameters of the search: parser, validator and form of the page and the API alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, fields
from typing import Any, Self

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from registry.dates import FIRST_YEAR, LAST_YEAR
from registry.models import Person, Rehabilitation

from .facets import FacetValue
from .finding import Found, find_people
from .labels import PARAMETERS, PLACES, Choices, current_labels
from .query import MOST_A_PAGE, PeopleQuery
from .widgets import CodesSelect, ListSelect

LONGEST_TEXT = 200
DEEPEST_PAGE = 1_000_000
FOREIGN = frozenset({"facets"})
"""Parameters that belong to the page or the API around the search."""
UNCHIPPED = frozenset({"sort", "page", "limit"})
"""Parameters that order the result and leave nobody out."""
ANYBODY = PeopleQuery()
"""What is asked where nothing is."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force: its parameter, its value, and the value in words where it has some."""

    parameter: str
    value: str
    label: str


def _text(label: Any) -> filters.CharFilter:
    return filters.CharFilter(label=label, max_length=LONGEST_TEXT)


class WholeFilter(filters.Filter):
    """A whole number between two bounds."""

    field_class = forms.IntegerField


def _whole(label: Any, first: int, last: int) -> filters.Filter:
    return WholeFilter(label=label, min_value=first, max_value=last)


def _year(label: Any) -> filters.Filter:
    return _whole(label, FIRST_YEAR, LAST_YEAR)


class CodesField(filters.fields.MultipleChoiceField):
    """Codes of a vocabulary; what a form sends for "any" is no code."""

    widget = CodesSelect

    def to_python(self, value: Any) -> list[str]:
        """Return the codes asked for."""
        codes: list[str] = super().to_python([code for code in value or () if code])
        return codes


class CodesFilter(filters.MultipleChoiceFilter):
    """Any of several codes."""

    field_class = CodesField


def _codes(label: Any, choices: Any = ()) -> filters.MultipleChoiceFilter:
    return CodesFilter(label=label, choices=choices)


def _tick(label: Any) -> filters.BooleanFilter:
    return filters.BooleanFilter(label=label, widget=forms.CheckboxInput)


class OwnFilters(dict[str, filters.Filter]):
    """The filters as they are declared: of each a search has its own with its own choices, and all
    else of them is the same for everybody.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, filters.Filter]:
        found = {name: copy(own) for name, own in self.items()}
        for own in found.values():
            own.extra = dict(own.extra)
        return found


class OwnFields(dict[str, forms.Field]):
    """The fields of one form, made for it alone: to copy them took as long as to make them."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class PeopleFilter(filters.FilterSet):
    """Reads the search parameters. What cannot be read is told in `errors` and left out."""

    q = _text(_("Name"))
    family = _text(_("Family name"))
    given = _text(_("Given name"))
    patronymic = _text(_("Patronymic"))
    exact = _tick(_("Exactly as written"))
    birth_from = _year(_("Born from"))
    birth_to = _year(_("Born to"))
    death_from = _year(_("Died from"))
    death_to = _year(_("Died to"))
    arrest_from = _year(_("Arrested from"))
    arrest_to = _year(_("Arrested to"))
    undated = _tick(_("Include people without a date"))
    place = _text(_("Place"))
    region = _codes(_("Region"))
    occupation = _text(_("Occupation"))
    nationality = _codes(_("Nationality, as the source has it"))
    sex = _codes(_("Sex"), [("m", _("man")), ("f", _("woman"))])
    party = _codes(_("Party"))
    category = _codes(_("Category"))
    fate = _codes(_("Fate"))
    operation = _codes(_("Operation"))
    sentencing_body = _codes(_("Sentencing body"))
    article = _codes(_("Article"))
    rehabilitated = _codes(
        _("Rehabilitation"),
        [
            (Rehabilitation.FULL, _("rehabilitated")),
            (Rehabilitation.PARTIAL, _("rehabilitated in part")),
            (Rehabilitation.REFUSED, _("refused")),
            (Rehabilitation.CANCELLED, _("cancelled")),
            (Rehabilitation.NO_INFORMATION, _("no information on rehabilitation")),
        ],
    )
    site = _codes(_("Burial place"))
    source = _text(_("Source"))
    archive_file = _text(_("Archive file"))
    has = _codes(
        _("With"),
        [
            ("photo", _("photograph")),
            ("biography", _("biography")),
            ("document", _("document")),
        ],
    )
    sort = filters.ChoiceFilter(
        label=_("Order"),
        empty_label=None,
        widget=ListSelect,
        choices=[
            ("relevance", _("best match first")),
            ("name", _("by name")),
            ("birth", _("by birth")),
            ("death", _("by death")),
        ],
    )
    page = _whole(_("Page"), 1, DEEPEST_PAGE)
    limit = _whole(_("People on a page"), 1, MOST_A_PAGE)

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, data: QueryDict | Mapping[str, Any] | None = None, **rest: Any) -> None:
        super().__init__(data if data is not None else {}, Person.public.none(), **rest)
        self.labels = current_labels()
        for name in (*PARAMETERS.values(), PLACES):
            self.filters[name].extra["choices"] = Choices(self.labels, name)

    @classmethod
    def get_filters(cls) -> OwnFilters:
        """Return the filters as they are declared."""
        return OwnFilters(super().get_filters())

    def get_form_class(self) -> type[forms.Form]:
        """Return the form, whose fields are those of this search."""
        form: type[forms.Form] = super().get_form_class()
        form.base_fields = OwnFields(form.base_fields)
        return form

    @cached_property
    def query(self) -> PeopleQuery:
        """What is asked for, of all that could be read."""
        self.form.is_valid()
        read = self.form.cleaned_data
        asked: dict[str, Any] = {}
        for field in fields(PeopleQuery):
            value = read.get(field.name)
            if value in (None, "", [], False):
                continue
            asked[field.name] = tuple(value) if isinstance(value, list) else value
        return PeopleQuery(**asked)

    @cached_property
    def found(self) -> Found:
        """The answer."""
        return find_people(self.query)

    @cached_property
    def facets(self) -> Mapping[str, tuple[FacetValue, ...]]:
        """The values of every facet over all people found, the most frequent first."""
        return self.found.facets(self.labels)

    @property
    def qs(self) -> QuerySet[Person, Person]:
        """The people found, in no order."""
        return self.found.people

    @property
    def unknown(self) -> list[str]:
        """Names of parameters that mean nothing here; they are ignored and named."""
        return sorted(name for name in self.data if name not in {*self.filters, *FOREIGN})

    @property
    def chips(self) -> list[Chip]:
        """The filters in force, one for each value."""
        return list(self._chips())

    def _chips(self) -> Iterator[Chip]:
        for name in self.filters:
            if name in UNCHIPPED or not (value := getattr(self.query, name)):
                continue
            for one in value if isinstance(value, tuple) else (value,):
                choices = dict(self.filters[name].extra.get("choices", ()))
                text = "on" if one is True else str(one)
                yield Chip(name, text, str(choices.get(one, "" if one is True else one)))

    def address(self, **changes: Any) -> str:
        """Return the query string of this search with parameters changed (None: left out)."""
        return self._encoded(changes, without=None)

    def address_without(self, chip: Chip) -> str:
        """Return the query string of this search without one filter, on its first page."""
        return self._encoded({"page": None}, without=chip)

    def _encoded(self, changes: Mapping[str, Any], *, without: Chip | None) -> str:
        pairs = []
        for name, value in {**self._asked, **changes}.items():
            if value is None:
                continue
            for one in value if isinstance(value, tuple) else (value,):
                text = "on" if one is True else str(one)
                if not without or (name, text) != (without.parameter, without.value):
                    pairs.append((name, text))
        return urlencode(pairs)

    @cached_property
    def _asked(self) -> Mapping[str, Any]:
        """Every parameter as asked, in their order; None where it is what it would be anyway."""
        asked = {name: getattr(self.query, name) for name in self.filters}
        return {
            name: None if value == getattr(ANYBODY, name) else value
            for name, value in asked.items()
        }
