"""The page about the registry says how well people are found, as it was measured."""

from __future__ import annotations

import pytest
from django.test import Client

from registry.web.quality import quality
from registry.wording.quality import QUESTIONS
from tests.relevance.forms import LANGUAGES
from tests.web.test_pages import text_of


def test_every_row_has_words() -> None:
    rows = quality().rows
    assert {row.kind for row in rows if row.kind} <= QUESTIONS.keys()
    assert {row.language for row in rows if row.language} <= {*LANGUAGES}
    assert all(row.kind or row.language for row in rows)


def test_customs_of_latin_letters_are_one_row() -> None:
    assert [row.kind for row in quality().rows].count("Latin") == 1


def test_shares_are_of_a_hundred_and_nobody_is_not_found_first() -> None:
    for row in quality().rows:
        assert 0 <= row.ten <= 100
        assert (row.first is None) == row.kind.startswith("nobody")
        assert row.first is None or row.first <= row.ten


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/ru", "/uk"])
def test_the_page_shows_the_figures(client: Client, prefix: str) -> None:
    told = quality()
    text = text_of(client.get(f"{prefix}/about/"))
    mark = "." if not prefix else ","
    for row in told.rows:
        assert f"{row.ten:.1f}".replace(".", mark) in text
