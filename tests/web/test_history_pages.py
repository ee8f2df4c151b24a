"""The pages of the history, and of a record as it was: in three languages, and nothing hidden."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from registry.dates import parse_edtf
from registry.models import Change, ChangeKind, PersonStatus, Role
from registry.records import SiteDraft, SiteNameDraft, put_sites, withdraw_source
from registry.records.history.shapes import EVENT_CODES
from registry.records.undoing.reverting import undo_change
from registry.templatetags import history
from tests.addresses import PREFIXES
from tests.conftest import new_change
from tests.records.test_history import ACT, DEAD, edit, entry_of, move, set_status

pytestmark = pytest.mark.django_db
WORDS = {
    "": ("History", "An entry was changed.", "by an editor", "5 August 1937"),
    "/ru": ("История", "Запись изменена.", "редактором", "5 августа 1937"),
    "/uk": ("Історія", "Запис змінено.", "редактором", "5 серпня 1937"),
}


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_change_is_told_in_the_language_of_the_reader(
    client: Client, make_person: Any, prefix: str
) -> None:
    person = make_person(occupation="кузнец", **DEAD)
    made = edit(entry_of(person), reason="misread", death=parse_edtf("1937-08-05"))
    answer = client.get(f"{prefix}/people/{person}/history/")
    text = text_of(answer)
    assert answer.status_code == 200
    for word in (*WORDS[prefix], "misread"):
        assert word in text
    page = answer.content.decode()
    assert 'name="robots" content="noindex"' in page
    assert 'rel="canonical"' in page
    assert page.count('rel="alternate"') == 4
    assert f'href="{prefix}/people/{person}/history/{made.pk}/"' in page
    assert (
        f'href="{prefix}/people/{person}/history/"'
        in client.get(f"{prefix}/people/{person}/").content.decode()
    )


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_record_is_shown_as_it_was_with_how_to_cite_it(
    client: Client, make_person: Any, prefix: str
) -> None:
    person = make_person(occupation="кузнец", **DEAD)
    entry = entry_of(person)
    edit(entry, occupation="плотник")
    answer = client.get(f"{prefix}/people/{person}/history/{entry.change_id}/")
    page, text = answer.content.decode(), text_of(answer)
    assert answer.status_code == 200
    assert "кузнец" in text
    assert "плотник" not in text
    assert 'content="noindex"' in page
    assert "ld+json" not in page
    assert re.search(r"SHA-256 [0-9a-f]{64}", text)
    assert f"http://testserver/people/{person}/history/{entry.change_id}/" in text


def test_hidden_moved_and_unknown_are_answered_as_the_record_itself(
    client: Client, make_person: Any
) -> None:
    hidden, kept, joined = (make_person(family=f"Примеров{n}", **DEAD) for n in "абв")
    change = entry_of(hidden).change_id
    set_status(hidden, PersonStatus.WITHDRAWN)
    move(entry_of(joined), kept, ChangeKind.MERGE)
    set_status(joined, PersonStatus.MERGED, kept)
    for address in (f"/people/{hidden}/history/", f"/people/{hidden}/history/{change}/"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "Примерова" not in answer.content.decode()
    moved = client.get(f"/ru/people/{joined}/history/")
    assert (moved.status_code, moved["Location"]) == (301, f"/ru/people/{kept}/history/")
    for address in (
        "/people/99999/history/",
        f"/people/{kept}/history/99999/",
        "/sites/nowhere/history/",
        "/sites/nowhere/history/1/",
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(f"/people/{kept}/history/").status_code == 405
    assert client.get(f"/people/00{kept}/history/").status_code == 301


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_place_has_a_history_and_its_versions(
    client: Client, make_source: Any, prefix: str
) -> None:
    make_source()
    make_source("zzleak", title="Утечкин")
    names = (SiteNameDraft("en", "Invented place"),)
    first, second = new_change("a place"), new_change("another town")
    draft = SiteDraft(slug="invented", kinds=("camp",), town="Oldtown", names=names)
    put_sites(drafts=[draft], change=first)
    newer = SiteDraft(
        slug="invented",
        kinds=("camp",),
        town="Newtown",
        names=(*names, SiteNameDraft("ru", "Утечкинск", "zzleak")),
    )
    put_sites(drafts=[newer], change=second)
    withdraw_source(slug="zzleak", reason="forged", **ACT)
    text = text_of(client.get(f"{prefix}/sites/invented/history/"))
    assert "Oldtown → Newtown" in text
    assert "Утечкин" not in text
    then = text_of(client.get(f"{prefix}/sites/invented/history/{first.pk}/"))
    assert "Oldtown" in then
    assert "Newtown" not in then
    later = text_of(client.get(f"{prefix}/sites/invented/history/{second.pk}/"))
    assert "Утечкин" not in later
    assert client.get(f"{prefix}/sites/invented/history/99999/").status_code == 404


def test_an_undoing_and_what_it_undid_lead_to_each_other(client: Client, make_person: Any) -> None:
    person = make_person(occupation="кузнец", **DEAD)
    made = edit(entry_of(person), occupation="плотник")
    undoing = undo_change(change=made.pk, reason="wrong", **ACT).change
    assert undoing is not None
    text = text_of(client.get(f"/people/{person}/history/"))
    assert f"This undoes change {made.pk}." in text
    assert f"Undone by change {undoing.pk}." in text


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_every_code_has_its_words(language: str) -> None:
    with translation.override(language):
        assert [code for code in EVENT_CODES if history.told(code, "change") == code] == []
        assert [kind for kind in ChangeKind.values if history.told(kind, "act") == kind] == []
        assert [role for role in Role.values if history.told(role, "acting") == role] == []
        assert set(PersonStatus.values) <= set(history.STATUSES)


def test_long_histories_are_cut_into_pages(client: Client, make_person: Any) -> None:
    person = make_person(**DEAD)
    for number in range(51):
        edit(entry_of(person), occupation=f"плотник {number}")
    assert "Page 1 of 2" in text_of(client.get(f"/people/{person}/history/"))
    assert "плотник 0" in text_of(client.get(f"/people/{person}/history/?page=2"))
    assert Change.all_records.count() >= 52
