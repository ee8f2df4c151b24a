"""Erasing by order of a court: nothing of what was said is left, and the ledger stays whole."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from registry.dates import parse_edtf
from registry.models import (
    Biography,
    Change,
    ChangeKind,
    Choice,
    Entry,
    Judgement,
    Person,
    Photograph,
    Relation,
    Revision,
    RevisionBody,
    Role,
    Source,
    Spelling,
    Standing,
)
from registry.records import PersonGone, public_person, put_entries
from registry.records.catalogue.photographs import FileDraft, add_file
from registry.records.drafts.entries import (
    PassageDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
    StayDraft,
)
from registry.records.drafts.uploads import check_upload
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY
from registry.records.people.biographies import BiographyDraft, write_biography
from registry.records.people.choosing import choose
from registry.records.people.judging import judge_entries
from registry.records.people.merging import merge_people
from registry.records.undoing.erasing import ErasureRefused, erase_record
from registry.records.undoing.reverting import undo_account, undo_change
from tests.databases import NOW
from tests.files.pictures import jpeg
from tests.records.drafting import draft, name, put_books, put_one

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"by": None, "now": NOW, "reason": "order 1 of an invented court"}
MARK = "Утечкин"
SHARED = (Change, Source, Spelling)
"""Tables of what is not this person's: reasons of acts, sources, spellings of a vocabulary."""


def said(key: str, **more: Any) -> Any:
    """Draft an entry every text of which is marked."""
    return draft(
        key,
        **{
            "person_key": "p",
            "names": (name(), name(3, "transliteration")),
            "birth": parse_edtf("1891"),
            "death": parse_edtf("1938-01-15"),
            **dict.fromkeys(("birth_place", "occupation", "relatives", "comment"), MARK),
            "repressions": (
                RepressionDraft(
                    arrest=parse_edtf("1937"), charge=MARK, rulings=(RulingDraft("refused"),),
                    stays=(StayDraft(place=MARK),),
                ),
            ),
            "roles": (RoleDraft(kind="post", text=MARK),),
            "passage": PassageDraft(text=MARK, locator=MARK),
            **more,
        },
    )  # fmt: skip


@pytest.fixture
def person(library: None, change: Change) -> int:
    return put_one(change, said("1", source="book-a"), said("2", source="book-b"))


def erase(subject: str, reference: object, role: Role = Role.ADMINISTRATOR) -> Change | None:
    return erase_record(subject=subject, reference=str(reference), role=role, **ACT)


def edit(entry: Entry, text: str) -> Change:
    with act(kind=ChangeKind.EDIT, role=Role.EDITOR, **ACT) as doing:
        doing.touch(ENTRY, entry.pk)
        Entry.all_records.filter(pk=entry.pk).update(residence=text)
    return doing.under


def tables_with(text: str) -> set[str]:
    """Return the tables in a text column of which this stands, whatever the case."""
    found = set()
    for model in apps.get_app_config("registry").get_models():
        if model in SHARED:
            continue
        for field in model._meta.concrete_fields:
            if field.get_internal_type() in {"CharField", "TextField", "JSONField"}:
                values = model._base_manager.values_list(field.attname, flat=True)
                if any(text.casefold() in str(value).casefold() for value in values):
                    found.add(f"{model.__name__}.{field.attname}")
    return found


def bodies(subject: str, reference: object) -> list[str]:
    rows = Revision.all_records.filter(subject=subject, reference=str(reference)).order_by("pk")
    return list(rows.values_list("body__text", flat=True))


def test_nothing_that_a_person_s_entries_said_is_left(
    person: int, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    entry = Entry.all_records.get(key="1")
    edit(entry, f"{MARK} again")
    choose(
        person=person, field="birth", entry=entry.pk, role=Role.EDITOR, **{**ACT, "reason": MARK}
    )
    draft_of_file = FileDraft(person=person, source="book-a", caption={"ru": MARK}, published=True)
    add_file(
        model=Photograph, file=check_upload(jpeg()), draft=draft_of_file, role=Role.EDITOR, **ACT
    )
    assert tables_with(MARK)
    assert list(media.iterdir())
    with django_capture_on_commit_callbacks(execute=True):
        made = erase("person", person)
    assert list(media.iterdir()) == []
    assert made
    assert made.kind == ChangeKind.ERASURE
    assert tables_with(MARK) == set()
    assert tables_with("Примеров") == tables_with("primerov") == set()
    assert Entry.all_records.filter(standing=Standing.ERASED).count() == 2
    row = Person.all_records.get(pk=person)
    assert (row.status, row.full, row.birth, row.entry_count) == ("withdrawn", "", None, 0)
    with pytest.raises(PersonGone):
        public_person(person, language="en")


def test_the_ledger_stays_whole(person: int) -> None:
    entry = Entry.all_records.get(key="1")
    edit(entry, "one")
    before = Revision.all_records.filter(subject="entry").order_by("pk").values_list("pk", "hash")
    kept = list(before)
    erase("entry", entry.pk)
    after = Revision.all_records.filter(subject="entry").order_by("pk").values_list("pk", "hash")
    assert list(after)[: len(kept)] == kept
    texts = bodies("entry", entry.pk)
    assert [bool(text) for text in texts] == [False, False, True]
    last = Revision.all_records.filter(subject="entry").latest("pk")
    assert last.hash == hashlib.sha256(last.body.text.encode()).hexdigest()


def test_an_entry_alone_is_erased_and_the_other_stays(person: int) -> None:
    one, two = Entry.all_records.order_by("pk")
    choose(person=person, field="birth", entry=one.pk, role=Role.EDITOR, **{**ACT, "reason": "one"})
    choose(person=person, field="birth", entry=two.pk, role=Role.EDITOR, **{**ACT, "reason": "two"})
    erase("entry", one.pk)
    told = public_person(person, language="en")
    assert [entry.id for entry in told.entries] == [two.pk]
    assert (told.facts["birth"].rule, told.facts["birth"].reason) == ("choice", "two")
    assert list(Choice.all_records.order_by("pk").values_list("reason", flat=True)) == ["—", "two"]
    assert [("one" in text, "two" in text) for text in bodies("choice", f"{person}:birth")] == [
        (False, False), (False, True),
    ]  # fmt: skip


def test_what_hangs_on_an_entry_goes_with_it(person: int, change: Change) -> None:
    other = put_one(change, draft("3", "book-a", birth=parse_edtf("1850")))
    one, three = Entry.all_records.get(key="1"), Entry.all_records.get(key="3")
    link = Relation.all_records.create(
        person_id=person, other_id=other, kind="spouse", text=MARK, entry=one
    )
    judge_entries(
        left=one.pk, right=three.pk, verdict="unsure", role=Role.EDITOR, **{**ACT, "reason": MARK}
    )
    erase("entry", one.pk)
    assert not Relation.all_records.exists()
    assert Judgement.all_records.get().reason == "—"
    assert bodies("relation", link.pk)[-1] == "null"
    assert not [text for text in bodies("judgement", 1) if MARK in text]


def test_a_shared_passage_stays_for_the_others(change: Change) -> None:
    put_books(change)
    shared = PassageDraft(text=MARK, key="one line of two brothers")
    put_one(change, said("1", source="book-a", passage=shared))
    other = put_one(change, draft("2", "book-a", death=parse_edtf("1938"), passage=shared))
    erase("entry", Entry.all_records.get(key="1").pk)
    passage = public_person(other, language="en").entries[0].passage
    assert passage
    assert str(passage.text) == MARK
    assert Entry.all_records.get(key="1").passage is None


def test_nothing_brings_it_back(person: int, change: Change) -> None:
    entry = Entry.all_records.get(key="1")
    made = edit(entry, "one")
    erasure = erase("person", person)
    assert erasure
    for change_of in (made.pk, erasure.pk, change.pk):
        left = undo_change(change=change_of, role=Role.EDITOR, **ACT).left
        assert "erased" in {each.code for each in left}
    assert tables_with(MARK) == set()
    assert Entry.all_records.get(pk=entry.pk).standing == Standing.ERASED
    outcome, again = put_entries(
        drafts=[said("1", source="book-a"), said("1", source="book-a", comment="newer")],
        change=change,
        now=NOW,
    )
    assert {(one.kind, one.reason) for one in (outcome, again)} == {("refused", "erased")}
    assert tables_with(MARK) == set()


def test_a_second_time_there_is_nothing_to_erase(person: int) -> None:
    erase("person", person)
    count = Change.all_records.count()
    assert erase("person", person) is None
    assert Change.all_records.count() == count


def test_the_account_that_erased_is_undone_without_it(person: int) -> None:
    who = User.objects.create(username="invented")
    erase_record(
        subject="person", reference=str(person), role=Role.ADMINISTRATOR, **{**ACT, "by": who}
    )
    assert undo_account(account=who, since=NOW, role=Role.ADMINISTRATOR, **ACT) == []


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EDITOR])
def test_only_an_administrator_erases(person: int, role: Role) -> None:
    with pytest.raises(ErasureRefused, match="not-an-administrator"):
        erase("person", person, role)


@pytest.mark.parametrize(
    ("subject", "reference"),
    [("person", 0), ("entry", 0), ("source", "book-a"), ("term", "fate:executed"), ("x", 1)],
)
def test_only_what_is_there_is_erased(person: int, subject: str, reference: object) -> None:
    with pytest.raises(ErasureRefused, match="unknown-record"):
        erase(subject, reference)


def test_who_was_merged_is_erased_where_they_are_now(person: int) -> None:
    merged = Person.all_records.create(status="merged", merged_into_id=person)
    with pytest.raises(ErasureRefused, match="merged"):
        erase("person", merged.pk)


def test_what_a_merge_left_behind_is_erased_with_the_person(person: int, change: Change) -> None:
    other = put_one(change, draft("3", "book-a", death=parse_edtf("1938")))
    editor: dict[str, Any] = {**ACT, "role": Role.EDITOR}
    for who, text in ((person, MARK), (other, "Invented.")):
        life = BiographyDraft(who, "en", "Life", text, ("book-a",))
        write_biography(draft=life, **editor)
    stands = Biography.all_records.get(person=other).pk
    merge_people(left=person, right=other, biographies={"en": stands}, **editor)
    erase("person", person)
    assert not Biography.all_records.exists()
    assert tables_with(MARK) == set()


def test_a_body_is_emptied_and_never_rewritten(person: int) -> None:
    erase("person", person)
    with (
        pytest.raises(DatabaseError, match="appended"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE registry_revisionbody SET text = 'again'")
    assert RevisionBody.all_records.filter(text="").exists()
