"""What is written at once is what Django's own templates write."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given, strategies as st

from registry.search.widgets import CodesSelect, ListSelect
from registry.web.inputs import INPUTS, InputRenderer

KINDS = (
    forms.CheckboxInput, forms.DateInput, forms.EmailInput, forms.HiddenInput, forms.NumberInput,
    forms.PasswordInput, forms.TextInput, forms.URLInput,
)  # fmt: skip
VALUES = st.none() | st.booleans() | st.integers() | st.text()
ATTRIBUTES = st.dictionaries(st.sampled_from(("id", "class", "maxlength", "required")), VALUES)


def both(widget: forms.Widget, value: Any, attributes: dict[str, Any]) -> tuple[str, str]:
    written = widget.render("box", value, attributes, renderer=InputRenderer())
    return written, widget.render("box", value, attributes, renderer=DjangoTemplates())


def test_every_kind_is_one_that_is_written_at_once() -> None:
    assert {kind.template_name for kind in KINDS} == INPUTS


@pytest.mark.parametrize("kind", KINDS)
@given(value=VALUES, attributes=ATTRIBUTES)
def test_an_input_is_as_django_writes_it(
    kind: type[forms.Widget], value: Any, attributes: dict[str, Any]
) -> None:
    written, expected = both(kind(), value, attributes)
    assert written == expected


@pytest.mark.parametrize(
    "value",
    ["", '"><script>x</script>', "a & b", 0, mark_safe("a &amp; b"), gettext_lazy("Name"), ("a",)],
)
def test_what_is_markup_and_what_is_not_are_told_apart_as_django_does(value: Any) -> None:
    written, expected = both(forms.TextInput(attrs={"title": value}), value, {})
    assert written == expected


def test_what_is_more_than_a_box_is_left_to_the_template() -> None:
    written, expected = both(forms.Select(choices=[("a", "<A>"), ("b", "B")]), "b", {"id": "s"})
    assert written == expected
    assert "&lt;A&gt;" in written


CHOICES = [("a", "<A>"), ("b", 'B & "C"'), ("", "нет")]


ONE = [None, "", "a", "b", ["b"], "<unknown>"]
LISTS = [(ListSelect, forms.Select, value) for value in ONE] + [
    (CodesSelect, forms.SelectMultiple, value) for value in [*ONE, ["a", "b"]]
]


@pytest.mark.parametrize(("ours", "django", "value"), LISTS)
@pytest.mark.parametrize("attributes", [{}, {"id": "s", "class": 'a"b', "required": True}])
def test_a_list_is_as_django_writes_it(
    ours: type[forms.Select], django: type[forms.Select], value: Any, attributes: dict[str, Any]
) -> None:
    written, expected = (
        kind(choices=CHOICES).render("box", value, attributes, renderer=DjangoTemplates())
        for kind in (ours, django)
    )
    assert parse_html(written) == parse_html(expected)
