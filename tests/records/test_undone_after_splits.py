"""What came after to people whom an undoing leaves without entries: it follows, or is listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import Biography, Entry, Photograph, Relation, Standing
from registry.records import public_person
from registry.records.catalogue.photographs import FileDraft, add_file
from registry.records.drafts.uploads import check_upload
from registry.records.people.biographies import BiographyDraft, read_biography, write_biography
from registry.records.people.choosing import choose
from registry.records.people.relating import Link, state_relation
from registry.records.people.splitting import Split
from registry.records.undoing.reverting import Left
from tests.files.pictures import jpeg
from tests.records.joining import ACT, asserted, chosen, entries_of, merge, split, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(make_person: Any) -> int:
    """Somebody with two entries."""
    for year in ("1891", "1892"):
        person: int = make_person(
            birth=parse_edtf(year), death=parse_edtf("1938"), person_key="joint"
        )
    return person


@pytest.fixture
def parted(joint: int) -> Split:
    """Who was split off from them."""
    return split(joint, entries_of(joint)[1])


def write_life(person: int, language: str = "ru", text: str = "Жил.") -> Any:
    draft = BiographyDraft(person, language, "Выдуманная жизнь", text, ("invented-book",))
    return write_biography(draft=draft, **ACT)


def told(left: list[Left]) -> set[tuple[str, str]]:
    return {(one.subject, one.code) for one in left}


def lives(person: int) -> list[str]:
    return [life.html for life in public_person(person, language="ru").biographies]


def test_what_was_written_since_goes_with_the_entries(
    joint: int, parted: Split, make_person: Any, media: Path
) -> None:
    other = make_person(birth=parse_edtf("1895"), death=parse_edtf("1940"))
    new = parted.person
    write_life(new)
    draft = FileDraft(person=new, source="invented-book", published=True)
    add_file(model=Photograph, file=check_upload(jpeg()), draft=draft, **ACT)
    for one, two in ((new, other), (other, new)):
        entry = entries_of(new)[0]
        state_relation(link=Link(one, two, "sibling", entry), **ACT)
    before = asserted()
    undone = undo(parted.change)
    assert undone.left == []
    assert told(undone.along) == {
        ("biography", "came-along"), ("photograph", "came-along"), ("relation", "came-along"),
    }  # fmt: skip
    assert lives(joint) == ["<p>Жил.</p>\n"]
    assert Photograph.all_records.get().person_id == joint
    ends = set(Relation.all_records.values_list("person", "other"))
    assert ends == {(joint, other), (other, joint)}
    assert undo(undone.change).left == []
    assert asserted() == before


def test_what_the_other_has_already_stays_and_is_listed(joint: int, parted: Split) -> None:
    new = parted.person
    entry = entries_of(new)[0]
    write_life(joint, text="Своё.")
    write_life(new, text="Чужое.")
    state_relation(link=Link(new, joint, "sibling", entry), **ACT)
    choose(person=new, field="birth", entry=entry, **ACT)
    undone = undo(parted.change)
    assert told(undone.left) == {
        ("biography", "left-alone"), ("relation", "left-alone"), ("choice", "left-alone"),
    }  # fmt: skip
    assert undone.along == []
    assert lives(joint) == ["<p>Своё.</p>\n"]
    assert chosen(joint) == {}
    kept = read_biography(person=new, language="ru")
    assert kept is not None
    assert kept.text == "Чужое."


def test_what_was_there_before_the_split_is_nothing_new(joint: int, make_person: Any) -> None:
    """A text that lost in a merge waits with the merged person, and stays there."""
    other = make_person(birth=parse_edtf("1891"), death=parse_edtf("1938"))
    write_life(joint, text="Своё.")
    write_life(other, text="Чужое.")
    here = Biography.all_records.get(person=joint).pk
    merged = merge(joint, other, biographies={"ru": here})
    after, undone = asserted(), undo(merged)
    again = undo(undone.change)
    assert (again.left, again.along, asserted()) == ([], [], after)


def test_an_import_taken_back_names_what_was_written_since(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1891"), death=parse_edtf("1938"))
    write_life(person)
    undone = undo(Entry.all_records.get().change)
    assert told(undone.left) == {("biography", "left-alone")}
    assert undo(undone.change).left == []
    assert lives(person)


def test_what_was_written_is_taken_back_wherever_it_is_now(joint: int, make_person: Any) -> None:
    older, younger = joint, make_person(birth=parse_edtf("1891"), death=parse_edtf("1938"))
    written = write_life(younger)
    merged = merge(older, younger)
    assert lives(older)
    undone = undo(written)
    assert undone.left == []
    assert not Biography.all_records.exists()
    assert undo(undone.change).left == []
    assert lives(older)
    assert undo(written).left == []
    assert told(undo(merged).left) == {("biography", "changed-since")}


def test_what_was_edited_since_is_not_taken_back(joint: int) -> None:
    written = write_life(joint)
    write_life(joint, text="Иначе.")
    assert told(undo(written).left) == {("biography", "changed-since")}
    assert lives(joint) == ["<p>Иначе.</p>\n"]


def test_an_imported_entry_is_taken_back_from_whoever_has_it_now(make_person: Any) -> None:
    older, younger = make_person(birth=parse_edtf("1891")), make_person(birth=parse_edtf("1891"))
    entry = Entry.all_records.get(person=younger)
    merged = merge(older, younger)
    assert undo(entry.change).left == []
    entry.refresh_from_db()
    assert (entry.standing, entry.person_id) == (Standing.REVERTED, older)
    assert undo(merged).left == []
    entry.refresh_from_db()
    assert (entry.standing, entry.person_id) == (Standing.REVERTED, younger)
