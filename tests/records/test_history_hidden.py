"""What was shown once and is not now: neither the history nor a page of then tells it."""

from __future__ import annotations

from typing import Any

import pytest

from registry.models import PersonStatus
from registry.records import public_person, withdraw_source
from registry.records.drafts.entries import RoleDraft
from registry.records.entries.editing import discredit
from registry.records.history.timelines import person_history
from registry.records.people.biographies import BiographyDraft, remove_biography, write_biography
from tests.records.test_history import ACT, DEAD, edit, entry_of, move, set_status
from tests.records.test_history_as_of import then

pytestmark = pytest.mark.django_db
EDIT: dict[str, Any] = {**ACT, "reason": "written anew"}
SECRET = "Утечкин"


def tell(person: int, text: str) -> int:
    """Write a life, and return the change."""
    draft = BiographyDraft(person=person, language="ru", title="T", text=text, sources=("book-2",))
    change = write_biography(draft=draft, **EDIT)
    assert change is not None
    return change.pk


@pytest.mark.parametrize("how", ["source", "removed"])
def test_a_biography_not_shown_now_is_not_told_of_then(make_person: Any, how: str) -> None:
    make_person(key="2", source="book-2", **DEAD)
    person = make_person(**DEAD)
    made = [tell(person, SECRET), tell(person, f"{SECRET} again")]
    assert SECRET in repr(then(person, made[0]))
    assert SECRET in repr(person_history(person, language="en"))
    if how == "source":
        withdraw_source(slug="book-2", **EDIT)
    else:
        remove_biography(person=person, language="ru", **EDIT)
    assert SECRET not in repr(public_person(person, language="en"))
    for change in made:
        assert SECRET not in repr(then(person, change))
    assert SECRET not in repr(person_history(person, language="en"))


def test_a_post_that_may_not_be_told_now_is_not_told_of_then(make_person: Any) -> None:
    person = make_person(roles=(RoleDraft(kind="post", text=SECRET),), **DEAD)
    entry = entry_of(person)
    assert SECRET in repr(then(person, entry.change_id))
    discredit(entry=entry.pk, field="*", why={"en": "another man"}, **EDIT)
    assert SECRET not in repr(public_person(person, language="en"))
    assert SECRET not in repr(then(person, entry.change_id))


def test_why_an_entry_was_edited_is_not_told_where_its_person_is_restricted_now(
    make_person: Any,
) -> None:
    person, other = make_person(**DEAD), make_person(key="2", source="book-2", **DEAD)
    entry = entry_of(other)
    move(entry, person)
    edit(entry, SECRET, residence="Примерово", death_edtf="1939")
    move(entry, other)
    assert SECRET in repr(person_history(person, language="en"))
    set_status(other, PersonStatus.RESTRICTED)
    assert SECRET not in repr(person_history(person, language="en"))
