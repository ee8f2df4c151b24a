"""The parameters of the API: read by the same filter as the search page, and documented from it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import django_filters as filters
from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from registry.search.filters import PeopleFilter

from .problems import RequestRefused

LONGEST_QUERY = 200
DEEPEST_PAGE = 1_000_000


def read_people_filter(request: HttpRequest) -> PeopleFilter:
    """Return the filter of a request. Raises RequestRefused where a parameter cannot be read."""
    found = PeopleFilter(request.GET)
    if not found.form.is_valid():
        raise RequestRefused(
            {name: [str(fault) for fault in faults] for name, faults in found.form.errors.items()}
        )
    return found


def ignored(request: HttpRequest, known: Collection[str] = ()) -> list[str]:
    """Name the parameters that mean nothing here."""
    return sorted(set(request.GET) - set(known))


def read_text(data: QueryDict, name: str) -> str:
    """Return a text parameter. Raises RequestRefused where it is too long or holds NUL."""
    field = forms.CharField(required=False, max_length=LONGEST_QUERY)
    try:
        return str(field.clean(data.get(name, "")))
    except forms.ValidationError as error:
        raise RequestRefused({name: error.messages}) from error


def read_page(data: QueryDict) -> int:
    """Return the number of a page, 1 by default. Raises RequestRefused where it is none."""
    text = data.get("page", "") or "1"
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:8]) <= DEEPEST_PAGE):
        raise RequestRefused({"page": [_("Enter a whole number from 1 up.")]})
    return int(text[:8])


def read_tick(data: QueryDict, name: str) -> bool:
    """Tell whether a yes-or-no parameter says yes."""
    return data.get(name, "") in {"1", "true", "on"}


def parameter(name: str, schema: dict[str, Any], description: str = "") -> dict[str, Any]:
    """Return the description of one query parameter, as OpenAPI has it."""
    found = {"in": "query", "name": name, "schema": schema, "required": False}
    return {**found, "description": description} if description else found


TEXT = {"type": "string", "maxLength": LONGEST_QUERY}
TICK = {"type": "string", "enum": ["1", "true", "on"]}
PAGE = parameter("page", {"type": "integer", "minimum": 1, "maximum": DEEPEST_PAGE})


def people_parameters() -> list[dict[str, Any]]:
    """Return the description of every search parameter, made from the filter itself."""
    found = [
        parameter(name, _schema(one), str(one.extra.get("label") or one.label or ""))
        for name, one in PeopleFilter.base_filters.items()
    ]
    facets = parameter("facets", TICK, "Count the values of the result as well.")
    return [*found, facets]


def _schema(one: Any) -> dict[str, Any]:
    extra = one.extra
    if isinstance(one, filters.MultipleChoiceFilter):
        codes = [str(code) for code, _label in extra.get("choices", ())]
        item = {"type": "string", **({"enum": codes} if codes else {})}
        return {"type": "array", "items": item}
    if isinstance(one, filters.ChoiceFilter):
        return {"type": "string", "enum": [str(code) for code, _label in extra["choices"]]}
    if isinstance(one, filters.BooleanFilter):
        return {"type": "boolean"}
    if isinstance(one, filters.CharFilter):
        return {"type": "string", "maxLength": extra.get("max_length", LONGEST_QUERY)}
    return {"type": "integer", "minimum": extra["min_value"], "maximum": extra["max_value"]}
