"""At the desk: editors edit through the domain, moderators look, administrators keep accounts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.models import Change, MemorialSite, Person, Revision, Role, Source, Spelling, Term
from registry.records import (
    SiteDraft,
    SiteFigureDraft,
    TermDraft,
    put_sites,
    put_terms,
)
from registry.records.accounts import has_one_time_password, role_of
from registry.records.site_drafts import SiteEventDraft, SiteNameDraft
from tests.admin.conftest import PASSWORD

pytestmark = pytest.mark.django_db

SHOT = TermDraft("fate", "shot", "shot", "расстрелян", "розстріляний")
WOOD = SiteDraft(
    slug="invented-wood",
    kinds=("mass-grave",),
    town="Nowhere",
    period=parse_edtf("1937"),
    period_sources=("invented-book",),
    names=(SiteNameDraft("en", "Invented Wood", "invented-book"),),
    figures=(
        SiteFigureDraft("estimate", 1, 2, "invented-book", wording={"locator": {"ru": "с. 5"}}),
    ),
    events=(SiteEventDraft("found", "found", "invented-book", date=parse_edtf("1989")),),
    wording={"country": {"ru": "Страна"}},
)


def form_of(page: str) -> dict[str, Any]:
    """Return what a browser would send for the form of a page of the desk, as it stands."""
    html = page[page.index("<form") :]
    sent: dict[str, Any] = {}

    def add(name: str, value: str) -> None:
        sent.setdefault(name, []).append(value)

    for tag in re.findall(r"<input[^>]*>", html):
        name = re.search(r'name="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name is None or (kind and kind[1] == "submit"):
            continue
        if kind and kind[1] == "checkbox" and "checked" not in tag:
            continue
        if "disabled" in tag or "__prefix__" in name[1]:
            continue
        add(name[1], value[1] if value else "")
    for tag, inner in re.findall(r"(<select[^>]*>)(.*?)</select>", html, re.DOTALL):
        name = re.search(r'name="([^"]*)"', tag)
        if name is None or "disabled" in tag or "__prefix__" in name[1]:
            continue
        for value in re.findall(r'<option value="([^"]*)" selected', inner):
            add(name[1], value)
    for tag, inner in re.findall(r"(<textarea[^>]*>)(.*?)</textarea>", html, re.DOTALL):
        name = re.search(r'name="([^"]*)"', tag)
        if name is not None and "__prefix__" not in name[1]:
            add(name[1], inner.lstrip("\n"))
    return sent


def save(client: Client, path: str, **values: Any) -> Any:
    page = client.get(path)
    assert page.status_code == 200
    return client.post(path, {**form_of(page.content.decode()), **values})


def errors_of(answer: Any) -> str:
    return " ".join(re.findall(r"errorlist[^>]*>(.*?)</ul>", answer.content.decode(), re.DOTALL))


@pytest.fixture
def shot(change: Change) -> Term:
    put_terms(drafts=[SHOT], change=change)
    term: Term = Term.all_records.get(code="shot")
    return term


@pytest.fixture
def wood(make_source: Any, change: Change) -> MemorialSite:
    make_source()
    put_sites(drafts=[WOOD], change=change)
    site: MemorialSite = MemorialSite.all_records.get()
    return site


def latest(subject: str) -> tuple[Change, Revision]:
    revision = Revision.all_records.filter(subject=subject).latest("pk")
    return revision.change, revision


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


def test_an_editor_edits_a_place_and_what_the_form_does_not_show_stays(
    at_desk: Any, wood: MemorialSite
) -> None:
    answer = save(
        at_desk(),
        f"/admin/registry/memorialsite/{wood.pk}/change/",
        town_ru="Нигде",
        period_text="1937/1938",
        **{
            "names-TOTAL_FORMS": 2,
            "names-1-id": "",
            "names-1-site": wood.pk,
            "names-1-language": "ru",
            "names-1-name": "Выдуманный лес",
            "names-1-source": "",
            "figures-0-high": 7,
            "events-0-DELETE": "on",
        },
        reason="looked again",
    )
    assert answer.status_code == 302, errors_of(answer)
    wood = MemorialSite.all_records.get()
    assert wood.wording == {"country": {"ru": "Страна"}, "town": {"ru": "Нигде"}}
    assert wood.period == parse_edtf("1937/1938")
    assert list(wood.names.values_list("name", flat=True)) == ["Invented Wood", "Выдуманный лес"]
    figure = wood.figures.get()
    assert (figure.low, figure.high, figure.wording) == (1, 7, {"locator": {"ru": "с. 5"}})
    assert not wood.events.exists()
    assert latest("site")[0].reason == "looked again"


def test_saving_a_place_as_it_stands_makes_no_change(at_desk: Any, wood: MemorialSite) -> None:
    client = at_desk()
    count = Change.all_records.count()
    path = f"/admin/registry/memorialsite/{wood.pk}/change/"
    answer = save(client, path, reason="nothing")
    assert answer.status_code == 302, errors_of(answer)
    assert Change.all_records.count() == count


def test_a_place_with_coordinates_is_saved(at_desk: Any, wood: MemorialSite) -> None:
    point = {"latitude": "50.47580", "longitude": "30.6967", "coordinates_sources": "invented-book"}
    path = f"/admin/registry/memorialsite/{wood.pk}/change/"
    client = at_desk()
    for reason in ("a point", "the same point"):
        answer = save(client, path, **point, reason=reason)
        assert answer.status_code == 302, errors_of(answer)
    wood = MemorialSite.all_records.get()
    assert (str(wood.latitude), str(wood.longitude)) == ("50.47580", "30.69670")
    assert latest("site")[0].reason == "a point"


def test_a_source_nobody_knows_is_refused_in_words(at_desk: Any, wood: MemorialSite) -> None:
    client = at_desk()
    path = f"/admin/registry/memorialsite/{wood.pk}/change/"
    for field in ("period_sources", "figures-0-source"):
        answer = save(client, path, **{field: "none-such", "reason": "x"})
        assert "There is no source “none-such”" in errors_of(answer)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"period_text": "1937-02-30"}, "no such day"),
        ({"period_text": "before the war"}, "not understood"),
        ({"latitude": "5"}, "a latitude and a longitude"),
        ({"latitude": "5", "longitude": "5"}, "Every fact has a source"),
        ({"status_today": "a fence"}, "Every fact has a source"),
        ({"figures-0-low": "9"}, "from a lower number"),
        ({"figures-0-low": "", "figures-0-high": ""}, "from a lower number"),
        ({"events-0-day": "1989-13"}, "no such month"),
        ({"names-0-DELETE": "on"}, "at least 1"),
    ],
)
def test_a_place_that_cannot_be_kept_is_refused_in_words(
    values: dict[str, str], words: str, at_desk: Any, wood: MemorialSite
) -> None:
    path = f"/admin/registry/memorialsite/{wood.pk}/change/"
    answer = save(at_desk(), path, **values, reason="x")
    assert answer.status_code == 200
    assert words in errors_of(answer)


def test_a_new_place_is_made(at_desk: Any, make_source: Any) -> None:
    make_source()
    source = Source.all_records.get()
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    given = {
        "slug": "another-wood",
        "kinds": ["monument"],
        "status_today": "a stone",
        "status_sources": ["", source.slug],
        "reason": "found in a book",
        **{f"{rows}-{name}": n for rows in ("figures", "events") for name, n in empty.items()},
        **{f"names-{name}": n for name, n in empty.items()},
        "names-TOTAL_FORMS": 1,
        "names-0-language": "en",
        "names-0-name": "Another Wood",
    }
    answer = at_desk().post("/admin/registry/memorialsite/add/", given)
    assert answer.status_code == 302, errors_of(answer)
    assert MemorialSite.all_records.get(slug="another-wood").status_today == "a stone"


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


def test_only_administrators_see_accounts(at_desk: Any, account: Any) -> None:
    other = account("other", Role.MODERATOR)
    for role in (Role.MODERATOR, Role.EDITOR):
        client = at_desk(role)
        for path in (
            "/admin/auth/user/",
            "/admin/auth/user/add/",
            f"/admin/auth/user/{other.pk}/change/",
            f"/admin/auth/user/{other.pk}/role/",
            f"/admin/auth/user/{other.pk}/shut/",
            f"/admin/auth/user/{other.pk}/open/",
            f"/admin/auth/user/{other.pk}/reset/",
        ):
            given = {"role": "administrator", "reason": "x"}
            assert client.get(path).status_code == 403, path
            assert client.post(path, given).status_code == 403, path
    assert User.objects.get(pk=other.pk).is_active


def test_an_administrator_makes_an_account_with_a_one_time_password(at_desk: Any) -> None:
    client = at_desk(Role.ADMINISTRATOR)
    assert client.get("/admin/auth/user/add/").status_code == 200
    given = {"username": "newcomer", "role": "editor", "reason": "a new colleague"}
    page = client.post("/admin/auth/user/add/", given).content.decode()
    user = User.objects.get(username="newcomer")
    [password] = re.findall(r'<code class="once">([^<]+)</code>', page)
    assert user.check_password(password)
    assert (role_of(user), has_one_time_password(user)) == (Role.EDITOR, True)
    assert latest("account")[0].reason == "a new colleague"
    taken = client.post("/admin/auth/user/add/", {**given, "username": "Newcomer"})
    assert "There is an account of this name" in taken.content.decode()
    for path in ("/admin/auth/user/", f"/admin/auth/user/{user.pk}/change/"):
        listed = client.get(path).content.decode()
        assert "newcomer" in listed
        assert user.password not in listed


def test_an_administrator_changes_the_role_shuts_opens_and_resets(
    at_desk: Any, account: Any
) -> None:
    other = account("other", Role.MODERATOR)
    client = at_desk(Role.ADMINISTRATOR)

    def act(name: str, **values: str) -> str:
        path = f"/admin/auth/user/{other.pk}/{name}/"
        assert client.get(path).status_code == 200
        answer = client.post(path, {**values, "reason": f"to {name}"}, follow=True)
        assert latest("account")[0].reason == f"to {name}"
        return str(answer.content.decode())

    act("role", role="editor")
    assert role_of(User.objects.get(pk=other.pk)) == Role.EDITOR
    act("shut")
    assert not User.objects.get(pk=other.pk).is_active
    act("open")
    assert User.objects.get(pk=other.pk).is_active
    assert 'class="once"' in act("reset")
    again = User.objects.get(pk=other.pk)
    assert not again.check_password(PASSWORD)
    assert has_one_time_password(again)
    assert not again.authenticator_set.exists()


@pytest.mark.parametrize("act", ["role", "shut", "reset"])
def test_nobody_does_this_to_their_own_account(act: str, at_desk: Any) -> None:
    client = at_desk(Role.ADMINISTRATOR)
    own = User.objects.get()
    path = f"/admin/auth/user/{own.pk}/{act}/"
    answer = client.post(path, {"role": "editor", "reason": "x"}, follow=True)
    assert "Nobody does this to their own account" in answer.content.decode()
    assert role_of(User.objects.get()) == Role.ADMINISTRATOR


LISTS = ("term", "spelling", "source", "memorialsite", "person", "entry", "change")


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
    counts = []
    for numbers in (range(1), range(1, 50)):
        for n in numbers:
            person = make_person(source=f"book-{n}", key="1", person_key="p")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/admin/registry/person/{person}/change/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


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
