"""A field of an entry has every rule it needs: each failure names the step that was forgotten.

The steps are those of "How to add a field" in the README.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from django.db import models
from django.utils.translation import override

from registry.exchange.columns import LIMITS, NESTED_REPRESSION
from registry.models import Entry, Repression
from registry.records.conclusions import episodes, rules
from registry.records.conclusions.facts import canonical_field
from registry.records.drafts.entries import EntryDraft, RepressionDraft
from registry.records.public import stating, valuing
from registry.records.public.shapes import PublicEpisode, PublicPerson
from registry.wording import codes

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
OF_THE_ROW = {
    "id", "source", "key", "person", "passage", "change", "content_hash", "standing",
    "own_rank", "reading", "discredited", "wording",
}  # fmt: skip
"""Columns of an entry that say nothing about the person."""
PARTS_OF_A_DATE = ("printed", "edtf", "earliest", "latest", "calendar")
OF_THE_REPRESSION = {"id", "entry", "position", "episode", "kind", "wording"}
PART_OF = {
    "burial_place": "burial",
    "burial_site": "burial",
    "burial_certainty": "burial",
    "sentence_kind": "sentence",
    "sentence_months": "sentence",
    "execution_site": "execution_place",
    "arrest_region": "arrest_place",
}
"""Columns that are concluded as one fact with others."""
READ_FROM_TEXT = {"sentence_months"}
"""Columns that are read out of another, and not given."""


def columns(model: type[models.Model], *, without: set[str]) -> Iterator[str]:
    """Yield the fields of a table, a date as one."""
    names = [field.name for field in model._meta.concrete_fields]
    dates = [name.removesuffix("_edtf") for name in names if name.endswith("_edtf")]
    parts = {f"{date}_{part}" for date in dates for part in PARTS_OF_A_DATE}
    yield from (name for name in [*names, *dates] if name not in without | parts)


ENTRY_FIELDS = sorted(columns(Entry, without=OF_THE_ROW))
REPRESSION_FIELDS = sorted(columns(Repression, without=OF_THE_REPRESSION))
FACTS = sorted({PART_OF.get(name, name) for name in ENTRY_FIELDS})
EPISODE_FACTS = sorted({PART_OF.get(name, name) for name in REPRESSION_FIELDS})


def test_fields_are_read_from_the_models() -> None:
    assert {"birth", "birth_place", "fate", "burial_site", "sex"} <= set(ENTRY_FIELDS)
    assert {"arrest", "sentence_date", "operation", "release"} <= set(REPRESSION_FIELDS)


@pytest.mark.parametrize("name", ENTRY_FIELDS)
def test_field_of_an_entry_is_in_its_draft(name: str) -> None:
    assert name in {field.name for field in fields(EntryDraft)}, (
        "registry/records/drafts/entries.py"
    )


@pytest.mark.parametrize("name", REPRESSION_FIELDS)
def test_field_of_a_repression_is_in_its_draft(name: str) -> None:
    assert name in {field.name for field in fields(RepressionDraft)}, (
        "registry/records/drafts/entries.py"
    )


@pytest.mark.parametrize("name", ENTRY_FIELDS)
def test_field_of_an_entry_is_a_column_of_the_entry_table(name: str) -> None:
    assert {name, f"{name}_date"} & set(LIMITS), "registry/exchange/columns.py"


@pytest.mark.parametrize("name", sorted(set(REPRESSION_FIELDS) - READ_FROM_TEXT))
def test_field_of_a_repression_is_a_column_of_the_entry_table(name: str) -> None:
    table = set(LIMITS) | set(NESTED_REPRESSION)
    assert {name, f"{name}_date"} & table, "registry/exchange/columns.py"


@pytest.mark.parametrize("column", sorted(LIMITS))
def test_column_of_the_entry_table_is_told_in_the_readme(column: str) -> None:
    assert re.search(rf"\b{column}\b", README), "README.md, The entry table"


@pytest.mark.parametrize("name", FACTS)
def test_fact_has_a_rule_for_concluding(name: str) -> None:
    assert name in rules.FIELDS, "registry/records/conclusions/rules.py"


@pytest.mark.parametrize("name", EPISODE_FACTS)
def test_fact_of_an_episode_has_a_rule_for_concluding(name: str) -> None:
    assert name in episodes.SINGLE + episodes.PLURAL, "registry/records/conclusions/episodes.py"


@pytest.mark.parametrize("name", FACTS)
def test_fact_is_shown_or_said_to_be_hidden(name: str) -> None:
    hidden = name in valuing.NEVER_TOLD
    assert hidden != (name in codes.PERSON_FIELDS), "registry/wording/codes.py, PERSON_FIELDS"
    assert hidden != (name in stating.SHOWN_FIELDS), (
        "registry/records/public/stating.py, SHOWN_FIELDS"
    )


@pytest.mark.parametrize("name", EPISODE_FACTS)
def test_fact_of_an_episode_is_shown(name: str) -> None:
    assert name in codes.EPISODE_FIELDS, "registry/wording/codes.py, EPISODE_FIELDS"


@pytest.mark.parametrize("name", sorted({*FACTS, *EPISODE_FACTS, *ENTRY_FIELDS}))
def test_field_has_words_in_three_languages(name: str) -> None:
    assert name in codes.FIELDS, "registry/wording/codes.py, FIELDS"
    words = set()
    for language in ("en", "ru", "uk"):
        with override(language):
            words.add(str(codes.FIELDS[name]))
    with override("en"):
        english = str(codes.FIELDS[name])
    assert english.isascii()
    assert [word for word in words if word != english], "registry/locale"


@pytest.mark.parametrize("name", sorted(set(FACTS) - valuing.NEVER_TOLD))
def test_fact_is_named_where_its_shape_is_told(name: str) -> None:
    assert name in str(PublicPerson.__doc__), "registry/records/public/shapes.py"


@pytest.mark.parametrize("name", EPISODE_FACTS)
def test_fact_of_an_episode_is_named_where_its_shape_is_told(name: str) -> None:
    assert name in str(PublicEpisode.__doc__), "registry/records/public/shapes.py"


def test_names_of_the_entry_table_lead_to_facts() -> None:
    assert canonical_field("birth_date") == "birth"
    assert canonical_field("burial_place") == "burial"
    assert canonical_field("occupation") == "occupation"
