"""Posts, acts and links: who may be accused by what, and links from both sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.dates import parse_edtf
from registry.models import Change, Entry, PersonStatus, Relation, RelationKind, Role, Source
from registry.models.people import INVERSE
from registry.records import (
    PersonDraft,
    PersonRefused,
    RelationDraft,
    name_people,
    public_entry,
    public_person,
    put_entries,
    put_relations,
    withdraw_source,
)
from registry.records.drafts.entries import RoleDraft
from registry.records.public.linked import may_accuse
from registry.records.public.shapes import PublicRelation
from tests.databases import NOW
from tests.records.drafting import draft, name, put_books

pytestmark = pytest.mark.django_db

OLD = parse_edtf("1891")


@pytest.fixture(autouse=True)
def books(change: Change, make_source: Callable[..., str]) -> None:
    put_books(change)
    make_source("article", kind="article", rank=4)


@pytest.mark.parametrize(
    ("ranks", "act", "may"),
    [
        ([], False, False),
        ([(6, "web")], False, False),
        ([(6, "press"), (6, "web")], False, False),
        ([(None, "editorial")], False, False),
        ([(5, "memoir")], False, True),
        ([(5, "memoir")], True, True),
        ([(1, "archive")], True, True),
        ([(4, "encyclopedia")], False, True),
        ([(4, "encyclopedia")], True, False),
        ([(4, "encyclopedia"), (6, "web")], True, False),
        ([(4, "encyclopedia"), (4, "article")], True, True),
    ],
)
def test_a_web_page_alone_never_accuses_nor_an_encyclopedia_of_an_act(
    ranks: list[tuple[int | None, str]], act: bool, may: bool
) -> None:
    sources = [Source(rank=rank, kind=kind) for rank, kind in ranks]
    assert may_accuse(sources, act=act) is may


def put_roles(change: Change, *said: tuple[str, str, str], gone: str = "") -> int:
    """Put one entry for each source, kind and text; the source `gone` is discredited."""
    drafts = [
        draft(
            f"{n}",
            source,
            person_key="p",
            birth=OLD,
            roles=(RoleDraft(kind, text, wording={"text": {"ru": f"{text} по-русски"}}),),
            discredited={"*": "invented"} if source == gone else {},
        )
        for n, (source, kind, text) in enumerate(said)
    ]
    put_entries(drafts=drafts, change=change, now=NOW)
    person: int = Entry.all_records.latest("pk").person_id
    return person


def test_a_role_is_told_once_with_all_who_state_it(change: Change) -> None:
    pk = put_roles(change, ("book-c", "post", "Head"), ("book-a", "post", "head."))
    [role] = public_person(pk, language="ru").roles
    assert (role.text.value, role.marks) == ("head. по-русски", (1, 2))


def test_what_a_web_page_alone_says_is_on_no_page(change: Change) -> None:
    pk = put_roles(
        change,
        ("book-c", "post", "Accused by the web"),
        ("book-b", "act", "Accused by an encyclopedia"),
        ("book-b", "post", "Stated"),
    )
    told = public_person(pk, language="en")
    assert [role.text.value for role in told.roles] == ["Stated"]
    shown = [role.text.value for entry in told.entries for role in entry.roles]
    assert shown == ["Stated"]
    for entry in told.entries:
        alone = public_entry(entry.id, language="en")
        assert "Accused" not in repr(alone.roles)


def test_a_discredited_entry_accuses_nobody(change: Change) -> None:
    said = [("book-a", "post", "Head"), ("book-c", "post", "Head")]
    pk = put_roles(change, *said, gone="book-a")
    told = public_person(pk, language="en")
    assert told.roles == ()
    assert [entry.roles for entry in told.entries] == [(), ()]
    assert all(
        entry.roles == () for entry in (public_entry(e.id, language="en") for e in told.entries)
    )


# Links ---------------------------------------------------------------------------------------


@pytest.fixture
def pair(change: Change) -> tuple[int, int]:
    drafts = [
        draft("1", "book-a", person_key="p", birth=OLD),
        draft("2", "book-a", person_key="other", birth=OLD, names=(name(1),)),
        draft("3", "book-c", person_key="p", birth=OLD),
        draft("4", "article", person_key="other", birth=OLD, names=(name(1),)),
    ]
    outcomes = put_entries(drafts=drafts, change=change, now=NOW)
    found = [Entry.all_records.get(pk=outcome.entry).person_id for outcome in outcomes[:2]]
    return found[0], found[1]


def link(kind: str, *, source: str = "book-a", key: str = "1", text: str = "") -> RelationDraft:
    wording = {"text": {"ru": f"{text} по-русски"}} if text else {}
    return RelationDraft("p", "other", kind, source, key, text, wording)


def links(person: int) -> tuple[PublicRelation, ...]:
    return public_person(person, language="ru").relations


@pytest.mark.parametrize("kind", RelationKind.values)
def test_a_link_is_told_from_both_sides(change: Change, pair: tuple[int, int], kind: str) -> None:
    one, other = pair
    assert put_relations(relations=[link(kind, text="so")], change=change) == 1
    entry = Entry.all_records.get(key="1").pk
    [there], [back] = links(one), links(other)
    assert (there.kind, there.person, there.marks, there.elsewhere) == (kind, other, (1,), ())
    assert (there.name.value, str(there.text)) == ("Примерова Примера", "so по-русски")
    assert back.kind == INVERSE.get(RelationKind(kind), kind)
    assert (back.person, back.text, back.marks, back.elsewhere) == (one, None, (), (entry,))
    assert (there.other_text, str(back.other_text)) == (None, "so по-русски")


def test_a_link_stated_from_both_sides_is_one(change: Change, pair: tuple[int, int]) -> None:
    one, other = pair
    back = RelationDraft("other", "p", "child", "book-a", "2", "his", {"text": {"ru": "его"}})
    assert put_relations(relations=[link("parent", text="hers"), back], change=change) == 2
    [told] = links(one)
    assert (told.kind, told.person, told.marks) == ("parent", other, (1,))
    assert (str(told.text), str(told.other_text)) == ("hers по-русски", "его")
    assert told.elsewhere == (Entry.all_records.get(key="2").pk,)
    [seen] = links(other)
    assert (str(seen.text), str(seen.other_text)) == ("его", "hers по-русски")


def test_a_link_that_accuses_needs_more_than_a_web_page(
    change: Change, pair: tuple[int, int]
) -> None:
    web = link("prosecuted-by", source="book-c", key="3")
    put_relations(relations=[web], change=change)
    assert links(pair[0]) == links(pair[1]) == ()
    put_relations(relations=[link("prosecuted-by", source="article", key="4")], change=change)
    [told] = links(pair[0])
    assert told.marks == (2,)


def test_links_are_written_once_and_worded_anew(change: Change, pair: tuple[int, int]) -> None:
    assert put_relations(relations=[link("spouse")], change=change) == 1
    assert put_relations(relations=[link("spouse")], change=change) == 0
    assert put_relations(relations=[link("spouse", text="wed")], change=change) == 1
    assert Relation.all_records.count() == 1
    assert change.revisions.filter(subject="relation").count() == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (RelationDraft("nobody", "other", "spouse", "book-a", "1"), "unknown-person"),
        (RelationDraft("p", "nobody", "spouse", "book-a", "1"), "unknown-person"),
        (RelationDraft("p", "other", "spouse", "book-a", "9"), "unknown-entry"),
        (RelationDraft("p", "other", "spouse", "book-b", "1"), "unknown-entry"),
        (RelationDraft("p", "other", "friendship", "book-a", "1"), "unknown-kind"),
        (RelationDraft("p", "p", "spouse", "book-a", "1"), "same-person"),
    ],
)
def test_a_link_that_cannot_be_kept_is_refused(
    change: Change, pair: tuple[int, int], wrong: RelationDraft, code: str
) -> None:
    with pytest.raises(PersonRefused) as refused:
        put_relations(relations=[wrong], change=change)
    assert refused.value.code == code
    assert not Relation.all_records.exists()


@pytest.mark.parametrize(
    "status", [s for s in PersonStatus.values if s not in {"public", "merged"}]
)
def test_nobody_is_linked_to_whom_the_public_may_not_know(
    change: Change, pair: tuple[int, int], status: str
) -> None:
    put_relations(relations=[link("spouse")], change=change)
    type(Entry.all_records.first().person).all_records.filter(pk=pair[1]).update(status=status)
    assert links(pair[0]) == ()


def test_a_withdrawn_source_takes_its_links_along(change: Change, pair: tuple[int, int]) -> None:
    put_relations(relations=[link("spouse", source="book-c", key="3")], change=change)
    assert links(pair[0])
    withdraw_source(slug="book-c", by=None, role=Role.EDITOR, reason="forged", now=NOW)
    assert links(pair[0]) == links(pair[1]) == ()


# People before their entries -------------------------------------------------------------------


def test_people_keep_their_numbers_and_others_get_new_ones(change: Change) -> None:
    drafts = [PersonDraft("b"), PersonDraft("a", 1), PersonDraft("c", 2)]
    assert name_people(people=drafts, change=change) == 3
    assert name_people(people=drafts, change=change) == 0
    assert change.revisions.filter(subject="person").count() == 3
    put_entries(drafts=[draft("9", "book-a", birth=OLD)], change=change, now=NOW)


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ([PersonDraft("a", 8)], "other-id"),
        ([PersonDraft("b", 7)], "id-taken"),
        ([PersonDraft("b", 8), PersonDraft("b", 9)], "twice"),
        ([PersonDraft("b", 8), PersonDraft("c", 8)], "twice"),
    ],
)
def test_a_number_is_given_once(change: Change, people: list[PersonDraft], code: str) -> None:
    name_people(people=[PersonDraft("a", 7)], change=change)
    with pytest.raises(PersonRefused) as refused:
        name_people(people=people, change=change)
    assert refused.value.code == code
