"""At the desk: editors edit through the domain, moderators look, administrators keep accounts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.models import (
    Change,
    Choice,
    Entry,
    MemorialSite,
    Person,
    Role,
    Source,
    Spelling,
    Term,
)
from registry.records import SiteDraft, TermDraft, put_sites, put_terms
from registry.records.drafts.sites import SiteNameDraft
from tests.admin.sending import errors_of, latest, save

pytestmark = pytest.mark.django_db

LISTS = ("term", "spelling", "source", "memorialsite", "person", "entry", "change")


def test_an_editor_edits_a_term(at_desk: Any, shot: Term) -> None:
    answer = save(
        at_desk(),
        f"/admin/registry/term/{shot.pk}/change/",
        label_en="shot by order",
        note_ru="по приказу",
        reason="a clearer word",
    )
    assert answer.status_code == 302, errors_of(answer)
    shot.refresh_from_db()
    assert (shot.label_en, shot.note) == ("shot by order", {"ru": "по приказу"})
    change, revision = latest("term")
    assert (change.reason, change.role, change.by.username) == (
        "a clearer word",
        Role.EDITOR,
        "invented-editor",
    )
    assert revision.reference == "fate:shot"


def test_an_editor_makes_a_term_and_cannot_make_it_twice(at_desk: Any) -> None:
    client = at_desk()
    given = {
        "vocabulary": "fate",
        "code": "lost",
        "label_en": "lost",
        "label_ru": "пропал",
        "label_uk": "зник",
        "reason": "met in print",
    }
    answer = client.post("/admin/registry/term/add/", given)
    assert answer.status_code == 302, errors_of(answer)
    assert Spelling.all_records.get(text="пропал").term.code == "lost"
    again = client.post("/admin/registry/term/add/", given)
    assert again.status_code == 200
    assert Term.all_records.count() == 1


def test_nothing_is_saved_without_a_reason(at_desk: Any, shot: Term) -> None:
    count = Change.all_records.count()
    answer = save(at_desk(), f"/admin/registry/term/{shot.pk}/change/", label_en="x", reason=" ")
    assert answer.status_code == 200
    assert Change.all_records.count() == count + 1  # the account's own
    assert Term.all_records.get().label_en == "shot"


def test_an_editor_assigns_a_spelling_for_every_entry(
    at_desk: Any, shot: Term, make_person: Any
) -> None:
    person = make_person(fate="ВМН")
    row = Spelling.all_records.get(text="ВМН")
    client = at_desk()
    page = client.get(f"/admin/registry/spelling/{row.pk}/change/").content.decode()
    assert re.search(r'field-uses.*?<div class="readonly">1</div>', page, re.DOTALL)
    answer = save(
        client, f"/admin/registry/spelling/{row.pk}/change/", term=shot.pk, reason="read so"
    )
    assert answer.status_code == 302, errors_of(answer)
    assert Person.all_records.get(pk=person).fate == shot
    assert latest("spelling")[0].reason == "read so"


def test_a_spelling_is_offered_the_terms_of_its_vocabulary_only(
    at_desk: Any, shot: Term, change: Change
) -> None:
    put_terms(drafts=[TermDraft("party", "shooters", "shot", "x", "y")], change=change)
    row = Spelling.all_records.get(text="расстрелян")
    page = at_desk().get(f"/admin/registry/spelling/{row.pk}/change/").content.decode()
    offered = re.findall(r'<option value="(\d+)"', page)
    assert offered == [str(shot.pk)]
    other = Term.all_records.get(code="shooters")
    refused = save(
        at_desk(name="another"),
        f"/admin/registry/spelling/{row.pk}/change/",
        term=other.pk,
        reason="x",
    )
    assert refused.status_code == 200
    assert Spelling.all_records.get(pk=row.pk).term == shot


def test_an_editor_edits_a_source_and_keeps_its_wording(at_desk: Any, make_source: Any) -> None:
    make_source(wording={"title": {"ru": "Книга"}, "author": {"ru": "Автор"}})
    source = Source.all_records.get()
    answer = save(
        at_desk(),
        f"/admin/registry/source/{source.pk}/change/",
        title_uk="Книжка",
        rank=2,
        unreliable_for=["death", "death_cause"],
        reason="seen",
    )
    assert answer.status_code == 302, errors_of(answer)
    source.refresh_from_db()
    assert source.wording == {
        "title": {"ru": "Книга", "uk": "Книжка"},
        "author": {"ru": "Автор"},
    }
    assert (source.rank, source.unreliable_for) == (2, ["death", "death_cause"])
    assert latest("source")[0].reason == "seen"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"url": "javascript:alert(1)"}, "no address of the web"),
        ({"rank": ""}, "needed"),
        ({"rank": "9"}, "less than or equal to 6"),
    ],
)
def test_a_source_that_cannot_be_kept_is_refused_in_words(
    values: dict[str, str], words: str, at_desk: Any, make_source: Any
) -> None:
    make_source()
    source = Source.all_records.get()
    path = f"/admin/registry/source/{source.pk}/change/"
    answer = save(at_desk(), path, **values, reason="x")
    assert answer.status_code == 200
    assert words in errors_of(answer)


def test_a_new_source_does_not_overwrite_a_withdrawn_one(at_desk: Any, make_source: Any) -> None:
    make_source()
    Source.all_records.update(status="withdrawn")
    given = {
        "slug": "invented-book",
        "kind": "book",
        "rank": 4,
        "title": "Another",
        "living_rule": "hold",
        "reason": "x",
    }
    client = at_desk()
    answer = client.post("/admin/registry/source/add/", given)
    assert "There is a source of this name" in errors_of(answer)
    assert (
        client.post("/admin/registry/source/add/", {**given, "slug": "another-book"}).status_code
        == 302
    )
    assert Source.all_records.get(slug="another-book").title == "Another"


def test_an_editor_withdraws_a_source_and_reinstates_it(
    at_desk: Any, make_source: Any, make_person: Any
) -> None:
    person = make_person()
    source = Source.all_records.get()
    client = at_desk()
    for act, status, entries in (("withdraw", "withdrawn", 0), ("reinstate", "in-use", 1)):
        path = f"/admin/registry/source/{source.pk}/{act}/"
        assert client.get(path).status_code == 200
        assert client.post(path, {"reason": ""}).status_code == 200
        assert client.post(path, {"reason": act}).status_code == 302
        source.refresh_from_db()
        assert source.status == status
        assert Person.all_records.get(pk=person).entry_count == entries
        assert latest("source")[0].reason == act
        assert client.get(f"/admin/registry/source/{source.pk}/change/").status_code == 200


def test_a_moderator_looks_and_cannot_write_by_a_forged_form(
    at_desk: Any, shot: Term, wood: MemorialSite, make_person: Any
) -> None:
    make_person(fate="ВМН")
    source = Source.all_records.get()
    spelling = Spelling.all_records.get(text="ВМН")
    client = at_desk(Role.MODERATOR)
    count = Change.all_records.count()
    forged: dict[str, dict[str, Any]] = {
        f"/admin/registry/term/{shot.pk}/change/": {"label_en": "x"},
        "/admin/registry/term/add/": {"vocabulary": "fate", "code": "x"},
        f"/admin/registry/spelling/{spelling.pk}/change/": {"term": shot.pk},
        f"/admin/registry/source/{source.pk}/change/": {"title": "x"},
        "/admin/registry/source/add/": {"slug": "x"},
        f"/admin/registry/source/{source.pk}/withdraw/": {},
        f"/admin/registry/source/{source.pk}/reinstate/": {},
        f"/admin/registry/memorialsite/{wood.pk}/change/": {"town": "x"},
        f"/admin/registry/source/{source.pk}/delete/": {"post": "yes"},
        f"/admin/registry/term/{shot.pk}/delete/": {"post": "yes"},
    }
    for path, values in forged.items():
        assert client.post(path, {**values, "reason": "forged"}).status_code == 403, path
    for path in (path for path in forged if path.endswith("/change/")):
        assert client.get(path).status_code == 200
    assert Change.all_records.count() == count
    source.refresh_from_db()
    assert source.status == "in-use"


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_people_entries_and_the_ledger_are_only_looked_at(
    role: Role, at_desk: Any, make_person: Any
) -> None:
    person = make_person(death=parse_edtf("1938-01-02"), fate="ВМН", birth_place="Выдуманск")
    Person.all_records.filter(pk=person).update(status="suppressed")
    client = at_desk(role)
    entry = Person.all_records.get(pk=person).entries.model.all_records.get().pk
    change = Change.all_records.first()
    assert change is not None
    for path, words in (
        (f"/admin/registry/person/{person}/change/", "Suppressed"),
        (f"/admin/registry/entry/{entry}/change/", "Выдуманск"),
        (f"/admin/registry/change/{change.pk}/change/", change.reason),
    ):
        page = client.get(path)
        assert page.status_code == 200
        assert words in page.content.decode()
        assert client.post(path, {"reason": "x"}).status_code == 403
        assert client.post(path.replace("/change/", "/delete/", 1)).status_code in {403, 404}
        assert client.get(path.replace(f"{path.split('/')[-3]}/change/", "add/")).status_code == 403


def test_the_history_of_a_record_is_the_ledger(at_desk: Any, shot: Term) -> None:
    client = at_desk()
    page = client.get(f"/admin/registry/term/{shot.pk}/history/").content.decode()
    assert "a test" in page
    assert client.get("/admin/registry/term/999/history/").status_code == 404


@pytest.fixture
def grow(make_source: Any, make_person: Any, change: Change) -> Any:
    def build(numbers: range) -> None:
        for n in numbers:
            make_source(f"book-{n}")
            make_person(person_key=f"p{n}", fate=f"fate {n}", source=f"book-{n}")
        put_terms(
            drafts=[
                TermDraft("fate", f"f{n}", f"fate {n}", f"судьба {n}", f"доля {n}") for n in numbers
            ],
            change=change,
        )
        put_sites(
            drafts=[
                SiteDraft(
                    slug=f"wood-{n}",
                    kinds=("camp",),
                    names=(SiteNameDraft("en", f"Wood {n}", f"book-{n}"),),
                )
                for n in numbers
            ],
            change=change,
        )

    return build


@pytest.mark.parametrize("search", ["", "?q=1"])
def test_every_list_costs_the_same_for_one_row_and_for_fifty(
    search: str, at_desk: Any, grow: Any, django_assert_max_num_queries: Any
) -> None:
    client = at_desk()
    counts = []
    for numbers in (range(1), range(1, 50)):
        grow(numbers)
        cost = {}
        for name in LISTS:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/admin/registry/{name}/{search}").status_code == 200
            cost[name] = len(queries)
        counts.append(cost)
    assert counts[0] == counts[1]
    assert max(counts[1].values()) <= 8


def test_a_person_costs_the_same_with_one_entry_and_with_fifty(
    at_desk: Any, make_person: Any
) -> None:
    client = at_desk()
    # Content types are remembered by the process, whichever test asks for them first.
    ContentType.objects.get_for_model(Person)
    counts = []
    for numbers in (range(1), range(1, 50)):
        for n in numbers:
            person = make_person(source=f"book-{n}", key="1", person_key="p")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/admin/registry/person/{person}/change/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_entry_is_headed_by_source_and_key_without_a_query(
    at_desk: Any, make_person: Any, django_assert_num_queries: Any
) -> None:
    person = make_person(source="invented-book", key="с. 5")
    entry = Entry.all_records.get()
    with django_assert_num_queries(0):
        assert str(entry) == f"{entry.source_id}/с. 5"
    Choice.all_records.create(
        person_id=person, field="birth", entry=entry, reason="x", change=Change.all_records.last()
    )
    client = at_desk()
    page = client.get(f"/admin/registry/entry/{entry.pk}/change/").content.decode()
    assert "<h1>invented-book/с. 5</h1>" in page
    page = client.get(f"/admin/registry/person/{person}/change/").content.decode()
    assert ">invented-book/с. 5</a>" in page


@pytest.mark.parametrize(
    "text", ["Примеров", "1", "invented-book/made", "'", "%", "\x00", "\ud83d", "х" * 10_000]
)
def test_any_search_text_is_answered(text: str, at_desk: Any, make_person: Any) -> None:
    make_person()
    client = at_desk(Role.ADMINISTRATOR)
    for name in (*(f"registry/{name}" for name in LISTS), "auth/user"):
        shown = text.encode("utf-8", "surrogatepass")
        assert client.get(f"/admin/{name}/", {"q": shown}).status_code == 200, name


def test_searching_people_finds_them_by_the_beginning_of_their_name(
    at_desk: Any, make_person: Any
) -> None:
    found = make_person(family="Ёжиков", person_key="p1")
    make_person(family="Зябликов", person_key="p2")
    page = at_desk().get("/admin/registry/person/", {"q": "ежик"}).content.decode()
    assert f"/admin/registry/person/{found}/change/" in page
    assert "Зябликов" not in page


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_the_desk_speaks_the_language_of_its_address(language: str, at_desk: Any) -> None:
    page = at_desk().get(f"/{language}/admin/").content.decode()
    assert f'lang="{language}"' in page


def test_no_page_of_the_desk_has_a_script_or_style_inside(
    at_desk: Any, wood: MemorialSite, make_person: Any
) -> None:
    person = make_person()
    client = at_desk(Role.ADMINISTRATOR)
    client.post("/accounts/recovery/new/")
    for path in (
        "/admin/",
        "/admin/registry/term/add/",
        "/admin/registry/source/",
        f"/admin/registry/memorialsite/{wood.pk}/change/",
        f"/admin/registry/person/{person}/change/",
        "/admin/auth/user/",
        "/accounts/factor/",
        "/accounts/recovery/",
        "/accounts/password/",
        "/accounts/logout/",
    ):
        page = client.get(path)
        assert page.status_code == 200, path
        html = page.content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\bsrc=)[^>]*>", html), path
