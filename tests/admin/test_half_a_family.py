"""A family of which half is taken: what hangs on whom was not says so, and all of it is undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from registry.models import Entry, PartKind, Person, Photograph, Relation, Role, Standing
from registry.submissions.files import FileNote, note_file
from registry.submissions.receiving import add_part, save_part, send_submission
from tests.admin.reviewing import act, row
from tests.admin.sending import errors_of
from tests.databases import NOW
from tests.submissions.test_files import with_files

pytestmark = pytest.mark.django_db
REJECTED = {"mark": "reject", "why": "living"}


@pytest.fixture
def moderator(at_desk: Any) -> Client:
    client: Client = at_desk(Role.MODERATOR)
    return client


@pytest.fixture
def family(media: Any) -> int:
    """Return a submission about three, with a picture of the first and one of the second."""
    number = with_files(2)
    here: dict[str, Any] = {"submission": number, "now": NOW}
    for position, given in ((2, "Второй"), (3, "Третий")):
        add_part(kind=PartKind.PERSON, **here)
        values = {"family_name": "Примеров", "given_name": given, "death_date": "1938"}
        save_part(position=position, values=values, kinship="child", **here)
    note_file(submission=number, position=2, note=FileNote(part=2))
    send_submission(**here)
    return number


def decide(client: Client, sent: int, *rejected: str) -> Any:
    """Accept all but the parts and files named: `p2`, `f1`."""
    marks = {f"{one}__{name}": value for one in rejected for name, value in REJECTED.items()}
    return act(client, sent, "accept", **marks)


def test_a_picture_of_who_is_not_taken_is_told_to_go_with_them(
    moderator: Client, family: int
) -> None:
    answer = decide(moderator, family, "p2")
    assert "The part this picture belongs to is not accepted." in errors_of(answer)
    assert row(family).state == "waiting"
    assert not Photograph.all_records.exists()
    assert decide(moderator, family, "p2", "f2").status_code == 302
    assert row(family).state == "accepted"
    assert (Person.public.count(), Relation.all_records.count()) == (2, 1)
    assert Photograph.all_records.count() == 1


def test_half_of_it_undone_is_gone_and_the_other_half_can_be_taken(
    moderator: Client, family: int
) -> None:
    decide(moderator, family, "p2", "f2")
    undo = f"/admin/acts/submissions/{family}/undo/"
    for _ in range(2):  # pressed twice
        assert moderator.post(undo, {"reason": "invented"}).status_code == 302
    assert row(family).state == "waiting"
    assert not Relation.all_records.exists()
    assert not Photograph.all_records.exists()
    assert set(Entry.all_records.values_list("standing", flat=True)) == {Standing.REVERTED}
    assert decide(moderator, family, "p1", "f1").status_code == 302
    # Whom both are kin to was not taken, so nobody is kin to anybody.
    assert (Person.public.count(), Relation.all_records.count()) == (2, 0)
    assert [file.person_id for file in Photograph.all_records.all()] == [
        Entry.all_records.get(names__given="Второй").person_id
    ]
