"""From a fact, a person or a place to the form about it, and no further than four pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from registry.dates import parse_edtf
from registry.models import MemorialSite, Part, Person, PersonStatus, Submission
from registry.records.people.statuses import hide_person
from registry.submissions.questions import FACT_VALUES, values_of
from registry.wording.codes import EPISODE_FIELDS, PERSON_FIELDS
from registry.wording.questions import value_words
from tests.databases import NOW
from tests.routes import PREFIXES
from tests.submissions.sending import moderator
from tests.web.visiting import HOW, Visitor

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a class="fix" href="([^"]+)">([^<]+)<span class="hidden">: ([^<]+)</span></a>')


@pytest.fixture
def known(make_person: Callable[..., int]) -> int:
    """Return somebody of whom a little is known, and that they are dead."""
    return make_person(birth=parse_edtf("1891"), death=parse_edtf("1938"), occupation="примерный")


def test_every_fact_of_a_page_can_be_corrected() -> None:
    assert set(PERSON_FIELDS) | set(EPISODE_FIELDS) <= set(FACT_VALUES)
    for field in FACT_VALUES:
        for name in values_of("fact", field):
            assert value_words(name) != name


@pytest.mark.parametrize("prefix", PREFIXES)
def test_beside_every_fact_stands_a_link_that_opens_its_form(
    registry_loaded: Path, prefix: str
) -> None:
    visitor = Visitor(prefix)
    visitor.open("/people/1/")
    page = visitor.html
    links = LINK.findall(page)
    assert len({(href, said) for href, _, said in links}) == len(links) > 30
    rows = re.findall(r'<div id="f(\d*)-(\w+)"', page)
    assert len(rows) > 20
    for number, field in rows:
        path = f"episode:{number}.{field}" if number else field
        assert f"{prefix}/submit/correction/1/{path}/" in {href for href, _, _ in links}
    for href in [links[0][0], *(one for one, _, _ in links[-9:])]:
        visitor.open(href)
        assert visitor.status == 200, href
        assert 'class="asking"' in visitor.html
        assert 'href="#entry-' in visitor.html or "sup" not in visitor.html


def test_one_fact_is_corrected_in_four_pages_and_three_inputs(known: int) -> None:
    visitor = Visitor()
    visitor.open(f"/people/{known}/")
    pages, needed = 0, 0
    visitor.open(f"/submit/correction/{known}/birth/")
    pages += 1
    assert "What the registry says now" in visitor.text
    assert "Born 1891" in visitor.text
    assert "Invented book" in visitor.text
    needed += visitor.html.count("(needed)")
    visitor.send(birth_date="05.11.1891", **HOW)
    pages += 1
    assert visitor.digits()
    visitor.go_on()
    pages += 1
    assert visitor.path == "/submit/form/check/"
    assert "Understood: 5 November 1891" in visitor.text
    needed += visitor.html.count("(needed)")
    visitor.send()
    pages += 1
    assert "It is sent." in visitor.text
    assert (pages, needed) == (4, 2)
    part = Part.all_records.get()
    assert (part.kind, part.person_id, part.field) == ("fact", known, "birth")
    assert part.values == {"birth_date": "05.11.1891"}
    assert Submission.all_records.get().how == HOW["how"]


def test_a_correction_needs_a_value_and_how_one_knows(known: int) -> None:
    visitor = Visitor()
    visitor.open(f"/submit/correction/{known}/birth/").send(birth_date="1892")
    assert (visitor.status, visitor.form()["birth_date"]) == (422, "1892")
    visitor.send(birth_date="", **HOW)
    assert (visitor.status, visitor.form()["how"]) == (422, HOW["how"])
    assert not Submission.all_records.exists()


def test_a_fact_that_is_not_told_yet_can_be_said(known: int) -> None:
    visitor = Visitor()
    visitor.open(f"/submit/correction/{known}/birth_place/")
    assert "Place of birth: nothing yet." in visitor.text
    visitor.open(f"/submit/correction/{known}/name/").send(family_name="Примерин", **HOW)
    assert Part.all_records.get().values == {"family_name": "Примерин"}


@pytest.mark.parametrize(
    "path", ["none", "episode:9.arrest", "episode:1.none", "episode:x.arrest", "birth_date"]
)
def test_a_fact_there_is_not_cannot_be_corrected(known: int, client: Client, path: str) -> None:
    assert client.get(f"/submit/correction/{known}/{path}/").status_code == 404
    assert client.post(f"/submit/correction/{known}/{path}/", HOW).status_code == 404


@pytest.mark.parametrize("kind", ["correction", "addition", "biography", "files", "takedown"])
def test_forms_about_whom_nobody_sees_are_gone_as_their_pages_are(
    known: int, client: Client, kind: str
) -> None:
    path = f"/submit/{kind}/{known}/"
    assert client.get(path).status_code == 200
    hide_person(
        person=known, status=PersonStatus.WITHDRAWN, by=moderator(), role="moderator",
        reason="a test", now=NOW,
    )  # type: ignore[arg-type]  # fmt: skip
    assert client.get(path).status_code == 410
    assert client.post(path, HOW).status_code == 410
    assert client.get(f"/submit/{kind}/999999/").status_code == 404
    assert not Submission.all_records.exists()


def test_a_form_about_somebody_who_was_joined_leads_to_the_other(
    known: int, client: Client
) -> None:
    merged = Person.all_records.create(status="merged", merged_into_id=known)
    answer = client.get(f"/uk/submit/addition/{merged.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/uk/submit/addition/{known}/")
    answer = client.get(f"/submit/correction/{merged.pk}/birth/")
    assert answer["Location"] == f"/submit/correction/{known}/birth/"


def test_a_restricted_page_offers_to_hide_and_to_correct_alone(
    make_person: Callable[..., int],
) -> None:
    person = make_person(birth=parse_edtf("1990"), occupation="тайный")
    assert Person.public.get(pk=person).status == PersonStatus.RESTRICTED
    visitor = Visitor()
    visitor.open(f"/people/{person}/")
    offered = re.findall(r'href="(/submit/[^"]+/)"', visitor.html.partition("<footer")[0])
    assert offered == [f"/submit/takedown/{person}/", f"/submit/correction/{person}/"]
    visitor.open(offered[1])
    found = re.findall(rf'href="/submit/correction/{person}/([^"]+)/"', visitor.html)
    assert found == ["name", "birth"]
    assert "addition" not in visitor.html
    assert visitor.open(f"/submit/correction/{person}/occupation/").status == 404
    assert "тайный" not in visitor.open(f"/submit/correction/{person}/birth/").html


def test_an_old_version_offers_nothing(known: int, client: Client) -> None:
    history = client.get(f"/people/{known}/history/").content.decode()
    [path] = set(re.findall(rf'href="(/people/{known}/history/\d+/)"', history)) or {""}
    if path:
        page = client.get(path).content.decode().partition("<footer")[0]
        assert "/submit/" not in page


def test_a_person_offers_what_fits(known: int) -> None:
    visitor = Visitor()
    visitor.open(f"/people/{known}/")
    for kind in ("addition", "files", "biography", "takedown"):
        assert f'href="/submit/{kind}/{known}/"' in visitor.html
    assert visitor.text.count("something is missing") == 1


def test_more_about_somebody_begins_with_how_one_knows(known: int) -> None:
    visitor = Visitor()
    visitor.open(f"/submit/addition/{known}/").send(**HOW)
    visitor.go_on()
    assert visitor.path == "/submit/form/1/birth/"
    visitor.send(birth_place="Примерск", go="list")
    assert "Примеров" in visitor.text
    assert "Who is it about?" not in visitor.text
    visitor.open("/submit/form/check/").send()
    assert Part.all_records.get().person_id == known
    assert Submission.all_records.get().state == "waiting"


def test_a_biography_is_sent(known: int) -> None:
    visitor = Visitor("/ru")
    visitor.open(f"/submit/biography/{known}/")
    assert visitor.form()["language"] == "ru"
    visitor.send(text="")
    assert visitor.status == 422
    visitor.send(title="Жизнь", text="Долгая\r\nжизнь")
    visitor.go_on()
    assert visitor.path == "/ru/submit/form/0/how/"
    visitor.send(**HOW)
    visitor.open("/submit/form/check/").send()
    assert Part.all_records.get().values == {
        "language": "ru", "title": "Жизнь", "text": "Долгая\nжизнь"
    }  # fmt: skip


def test_a_wish_to_hide_is_one_page_and_needs_no_receipt(known: int) -> None:
    visitor = Visitor()
    visitor.open(f"/submit/takedown/{known}/")
    assert 'name="where"' not in visitor.html
    visitor.send(what="Фотография", go="send")
    assert "It is sent." in visitor.text
    assert "read before all others" in visitor.text
    row = Submission.all_records.get()
    assert (row.state, row.urgent, row.kind) == ("waiting", True, "takedown")
    assert visitor.digits()
    assert "sessionid" not in visitor.client.cookies


def test_a_wish_to_hide_can_wait_under_its_receipt(visitor: Visitor) -> None:
    visitor.open("/submit/takedown/").send(what="Адрес", where="Примеров")
    assert visitor.digits()
    visitor.go_on()
    assert visitor.path == "/submit/form/0/you/"
    visitor.send()
    visitor.send()
    assert Submission.all_records.get().state == "waiting"


@pytest.mark.parametrize("kind", ["addition", "correction", "biography", "files"])
def test_without_a_target_one_is_told_to_find_it(visitor: Visitor, kind: str) -> None:
    visitor.open(f"/submit/{kind}/")
    assert "Whom is it about?" in visitor.text
    assert 'action="/people/"' in visitor.html


@pytest.mark.parametrize("path", ["/submit/none/", "/submit/site/1/", "/submit/person/at/x/"])
def test_a_form_there_is_not(known: int, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_new_place_and_a_figure_for_it(visitor: Visitor) -> None:
    visitor.open("/submit/site/").send(name="Примерная роща", kind="mass-grave")
    visitor.go_on().send(**HOW)
    assert visitor.path == "/submit/form/0/figure/"
    visitor.send(measure="estimate", low="100", note="Примерная оценка")
    assert visitor.path == "/submit/form/files/"
    visitor.open("/submit/form/check/")
    assert "mass grave" in visitor.text
    visitor.send()
    told = {part.kind: part.values for part in Part.all_records.all()}
    assert told == {
        "site": {"name": "Примерная роща", "kind": "mass-grave"},
        "figure": {"measure": "estimate", "low": "100", "note": "Примерная оценка"},
    }
    assert Submission.all_records.get().state == "waiting"


def test_a_figure_for_a_place_that_is_here(registry_loaded: Path) -> None:
    visitor = Visitor()
    visitor.open("/sites/bykivnia/")
    assert 'href="/submit/files/at/bykivnia/"' in visitor.html
    assert 'href="/submit/site/at/bykivnia/"' in visitor.html
    visitor.open("/submit/site/at/bykivnia/").send(low="7", note="Примерный счёт")
    visitor.go_on().send(**HOW)
    visitor.open("/submit/form/check/").send()
    part = Part.all_records.get()
    assert (part.kind, part.site) == ("figure", MemorialSite.public.get(slug="bykivnia"))


def test_similar_people_are_offered_with_reasons(known: int) -> None:
    visitor = Visitor()
    visitor.begin(family_name="Примеров", given_name="Пример", patronymic="Примерович")
    visitor.go_on()
    assert visitor.path == "/submit/form/1/similar/"
    assert "1891–1938" in visitor.text
    assert "Same surname, given name and patronymic" in visitor.text
    visitor.send()
    assert visitor.status == 422
    visitor.send(person="999")
    assert visitor.status == 422
    visitor.send(person=str(known))
    assert Part.all_records.get().person_id == known
    assert visitor.path == "/submit/form/0/how/"
    visitor.send(**HOW)
    assert "Who is it about?" in visitor.open("/submit/form/").text
    visitor.open("/submit/form/1/similar/").send(person="none")
    assert Part.all_records.get().person_id is None


def test_nobody_hidden_is_offered_as_similar(known: int, make_person: Callable[..., int]) -> None:
    hide_person(
        person=known, status=PersonStatus.WITHDRAWN, by=moderator(), role="moderator",
        reason="a test", now=NOW,
    )  # type: ignore[arg-type]  # fmt: skip
    visitor = Visitor()
    visitor.begin(family_name="Примеров", given_name="Пример", patronymic="Примерович")
    assert visitor.go_on().path == "/submit/form/0/how/"


def test_ways_in_stand_where_they_are_looked_for(client: Client) -> None:
    home = client.get("/").content.decode()
    assert home.count('href="/submit/"') == 2  # the page, and the foot of every page
    assert home.count('href="/receipt/"') == 2
    nobody = client.get("/people/?q=Небывалый").content.decode()
    assert 'href="/submit/person/"' in nobody
    robots = client.get("/robots.txt").content.decode()
    for prefix in PREFIXES:
        assert f"Disallow: {prefix}/submit/\n" in robots
        assert f"Disallow: {prefix}/receipt/\n" in robots
