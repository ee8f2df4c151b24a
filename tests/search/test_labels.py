"""What can be named by a code is read once, and anew after every act on the records."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from registry.models import Role
from registry.records import TermDraft, begin_change, put_terms
from registry.search.labels import Labels, current_labels
from tests.databases import NOW

TEXTS = {"ru": "проба", "uk": "спроба"}


def put(label: str) -> None:
    """Name a term, as an act of its own."""
    with transaction.atomic():
        change = begin_change(kind="edit", by=None, role=Role.SYSTEM, reason="A test", now=NOW)
        put_terms(drafts=[TermDraft("party", "sample", en=label, **TEXTS)], change=change)


def told(labels: Labels) -> dict[str, str]:
    return dict(labels.listed("party", "en"))


@pytest.mark.django_db(transaction=True)
def test_labels_are_kept_till_the_next_act() -> None:
    put("Sample party")
    assert told(current_labels())["sample"] == "Sample party"
    with CaptureQueriesContext(connection) as asked:
        assert told(current_labels())["sample"] == "Sample party"
    assert len(asked) == 1
    put("Another name")
    assert told(current_labels())["sample"] == "Another name"


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_is_not_kept() -> None:
    put("Sample party")
    with transaction.atomic():
        put("Never named so")
        assert told(current_labels())["sample"] == "Never named so"
        transaction.set_rollback(True)
    put("Another name")
    assert told(current_labels())["sample"] == "Another name"


@pytest.mark.django_db(transaction=True)
def test_before_any_act_nothing_is_kept() -> None:
    assert current_labels() is not current_labels()


@pytest.mark.django_db
def test_codes_stand_by_the_alphabet_of_the_reader() -> None:
    put("Sample party")
    assert dict(current_labels().listed("party", "uk")) == {"sample": "спроба"}
