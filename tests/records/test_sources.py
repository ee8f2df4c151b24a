"""Sources: written once, believed by their rank, and gone without a trace when withdrawn."""

import dataclasses

import pytest

from registry.models import Change, ChangeKind, Entry, Person, PersonStatus, Role, Source
from registry.records import (
    SourceDraft,
    SourceGone,
    SourceUnknown,
    public_source,
    public_sources,
    put_sources,
    reinstate_source,
    source_people,
    withdraw_source,
)
from registry.records.catalogue.sources import SourceRefused, edit_source, source_draft
from tests.databases import NOW

pytestmark = pytest.mark.django_db

BOOK = SourceDraft(
    slug="invented-book",
    kind="memory-book",
    rank=3,
    title="Invented book",
    language="en",
    url="https://example.org/book",
    quotes="a file nobody keeps",
    note="made up",
    wording={"title": {"ru": "Придуманная книга", "uk": ""}, "note": {"ru": "придумано"}},
)


def act(function, slug: str = "invented-book") -> Change | None:
    return function(slug=slug, by=None, role=Role.EDITOR, reason="a claim", now=NOW)


def test_a_source_is_written_once_and_read_back(change: Change) -> None:
    assert put_sources(drafts=[BOOK], change=change) == 1
    assert put_sources(drafts=[BOOK], change=change) == 0
    kept = source_draft(Source.all_records.get(slug="invented-book"))
    assert kept == dataclasses.replace(
        BOOK, wording={"title": {"ru": "Придуманная книга"}, "note": {"ru": "придумано"}}
    )
    [revision] = change.revisions.all()
    assert (revision.subject, revision.reference) == ("source", "invented-book")
    assert '"status":"in-use"' in revision.body.text


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"kind": "rumour"}, "kind", "unknown"),
        ({"living_rule": "ignore"}, "living_rule", "unknown"),
        ({"title": ""}, "title", "empty"),
        ({"rank": None}, "rank", "missing"),
        ({"rank": 7}, "rank", "off-the-ladder"),
        ({"url": "javascript:alert(1)"}, "url", "not-a-web-address"),
        ({"archived_url": "https://[half"}, "archived_url", "not-a-web-address"),
    ],
)
def test_a_source_that_cannot_be_kept_is_refused(
    fields: dict[str, object], field: str, code: str, change: Change
) -> None:
    draft = dataclasses.replace(BOOK, **fields)  # type: ignore[arg-type]
    with pytest.raises(SourceRefused) as refused:
        put_sources(drafts=[draft], change=change)
    assert (refused.value.slug, refused.value.field, refused.value.code) == (
        "invented-book",
        field,
        code,
    )
    assert not Source.all_records.exists()


def test_only_the_editors_own_source_has_no_rank(change: Change) -> None:
    own = SourceDraft(slug="registry", kind="editorial", rank=None, title="The registry")
    assert put_sources(drafts=[own], change=change) == 1
    assert public_source("registry", language="en").rank is None


def test_a_source_is_worded_for_the_reader(change: Change) -> None:
    put_sources(drafts=[BOOK], change=change)
    english, russian, ukrainian = (
        public_source("invented-book", language=language) for language in ("en", "ru", "uk")
    )
    assert (english.title.value, english.title.lang) == ("Invented book", "en")
    assert (russian.title.value, russian.title.lang) == ("Придуманная книга", "ru")
    assert (ukrainian.title.value, ukrainian.title.lang) == ("Invented book", "en")
    assert russian.note is not None
    assert russian.note.value == "придумано"
    assert russian.quotes is not None
    assert russian.quotes.lang == ""


def test_a_better_rank_is_believed_at_once(make_source, make_person, change: Change) -> None:
    make_source("book-one", rank=3)
    make_source("book-two", rank=4)
    person = make_person(source="book-one", birth_place="Выдуманск", person_key="p")
    make_person(source="book-two", birth_place="Небыльск", person_key="p")
    assert Person.all_records.get(pk=person).birth_place == "Выдуманск"
    better = source_draft(Source.all_records.get(slug="book-two"))
    put_sources(drafts=[dataclasses.replace(better, rank=1)], change=change)
    assert Person.all_records.get(pk=person).birth_place == "Небыльск"


def test_a_withdrawn_source_is_gone_and_its_people_are_concluded_without_it(
    make_source, make_person
) -> None:
    make_source("book-one", rank=1)
    make_source("book-two", rank=4)
    both = make_person(source="book-one", birth_place="Выдуманск", person_key="p")
    make_person(source="book-two", birth_place="Небыльск", person_key="p")
    only = make_person(source="book-one", family="Небылов", person_key="q")
    made = act(withdraw_source, "book-one")
    assert made is not None
    assert (made.kind, made.reason) == (ChangeKind.PUBLISHING, "a claim")
    assert '"status":"withdrawn"' in made.revisions.get().body.text
    assert Person.all_records.get(pk=both).birth_place == "Небыльск"
    assert Person.all_records.get(pk=only).entry_count == 0
    assert not Person.public.filter(pk=only).exists()
    with pytest.raises(SourceGone):
        public_source("book-one", language="en")
    with pytest.raises(SourceGone):
        source_people("book-one", language="en")
    assert [one.slug for one in public_sources(language="en").items] == ["book-two"]


def test_a_reinstated_source_gives_everything_back(make_source, make_person) -> None:
    make_source("book-one", rank=1)
    person = make_person(source="book-one", birth_place="Выдуманск")
    before = Person.all_records.filter(pk=person).values().get()
    act(withdraw_source, "book-one")
    assert act(reinstate_source, "book-one") is not None
    assert Person.all_records.filter(pk=person).values().get() == before


def test_a_source_is_withdrawn_once_and_stays_so_when_it_comes_again(
    make_source, change: Change
) -> None:
    make_source()
    assert act(withdraw_source) is not None
    assert act(withdraw_source) is None
    put_sources(drafts=[dataclasses.replace(BOOK, title="Another title")], change=change)
    with pytest.raises(SourceGone):
        public_source("invented-book", language="en")


def test_what_was_never_there_is_unknown() -> None:
    with pytest.raises(SourceUnknown):
        public_source("no-book", language="en")
    with pytest.raises(SourceUnknown):
        act(withdraw_source, "no-book")


def test_editing_a_source_is_one_act_and_none_when_nothing_differs(change: Change) -> None:
    put_sources(drafts=[BOOK], change=change)

    def edit(draft: SourceDraft) -> Change | None:
        return edit_source(draft=draft, by=None, role=Role.EDITOR, reason="a year", now=NOW)

    assert edit(BOOK) is None
    made = edit(dataclasses.replace(BOOK, year=1999))
    assert made is not None
    assert (made.kind, made.reason) == (ChangeKind.EDIT, "a year")
    assert Source.all_records.get().year == 1999
    assert edit(dataclasses.replace(BOOK, slug="another-book")) is not None


def test_sources_come_in_pages_by_rank_and_the_last_page_is_the_end(make_source) -> None:
    for number in range(51):
        make_source(f"book-{number:02}", rank=4)
    make_source("the-file", kind="archive", rank=1)
    first = public_sources(language="en")
    assert (first.items[0].slug, len(first.items), first.pages, first.count) == (
        "the-file",
        50,
        2,
        52,
    )
    assert len(public_sources(language="en", page=2).items) == 2
    assert public_sources(language="en", page=10**9).number == 2
    assert public_sources(language="en", page=-1).number == 1


def test_the_people_of_a_source_are_those_shown(make_person) -> None:
    shown = make_person(family="Бывалов", person_key="p1", fate="ВМН")
    first = make_person(family="Авосев", person_key="p2", fate="ВМН")
    hidden = make_person(family="Скрытов", person_key="p3", fate="ВМН")
    retracted = make_person(family="Отозванов", person_key="p4", fate="ВМН")
    Person.all_records.filter(pk=hidden).update(status=PersonStatus.WITHDRAWN)
    Entry.all_records.filter(person=retracted).update(standing="withdrawn")
    page = source_people("invented-book", language="ru")
    assert [line.id for line in page.items] == [first, shown]
    assert page.count == 2


def test_the_people_of_a_source_cost_the_same_for_one_and_for_fifty(
    make_person, django_assert_num_queries
) -> None:
    make_person(person_key="p0")
    with django_assert_num_queries(4):
        source_people("invented-book", language="ru")
    for number in range(1, 50):
        make_person(person_key=f"p{number}")
    with django_assert_num_queries(4):
        assert len(source_people("invented-book", language="ru").items) == 50
