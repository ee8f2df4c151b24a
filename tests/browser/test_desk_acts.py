"""What axe finds on the pages of acts at the desk and of the history: nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from playwright.sync_api import Browser

from registry.dates import parse_edtf, read_printed
from registry.models import (
    Change,
    Entry,
    PersonStatus,
    Photograph,
    Proposal,
    Relation,
    RelationKind,
    Role,
    Wish,
)
from registry.records import put_sites
from registry.records.catalogue.photographs import FileDraft, add_file
from registry.records.drafts.entries import PassageDraft, RepressionDraft, RulingDraft, StayDraft
from registry.records.drafts.readings import DateReading
from registry.records.drafts.uploads import check_upload
from registry.records.entries.editing import correct_reading, discredit
from registry.records.people.biographies import BiographyDraft, write_biography
from registry.records.people.choosing import choose
from registry.records.people.relating import Link, state_relation
from registry.records.people.statuses import hide_person, propose_showing
from registry.records.undoing.reverting import undo_change
from tests.admin.conftest import WOOD
from tests.browser.test_desk import english_left, log_in, staff
from tests.browser.watching import PREFIXES, WIDTHS, Watched, violations
from tests.conftest import new_change
from tests.databases import NOW
from tests.files.pictures import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WALKS = [("en", WIDTHS), ("ru", [360]), ("uk", [1280])]
"""Every language once, and both widths: what is laid out is the same in all of them."""
REASON = "Проверка кабинета: примеров"
TOLD = {
    "birth": read_printed("5.1.1891"),
    "birth_place": "д. Небывалово",
    "sex": "m",
    "occupation": "птицелов",
    "passage": PassageDraft("с. 1", language="ru", text="ПРИМЕРОВ Пример, 1891 г. р."),
    "repressions": (
        RepressionDraft(
            arrest=read_printed("11.1937"),
            articles="58-10",
            sentence="10 лет ИТЛ",
            rulings=(RulingDraft("rehabilitated", parse_edtf("1956"), body="суд"),),
            stays=(StayDraft("Выдуманный лагерь", "camp"),),
        ),
    ),
}


@pytest.fixture
def people(
    transactional_db: None, settings: Any, media: Path, make_source: Any, make_person: Any
) -> tuple[int, int, int]:
    """Three people: two with all that can be done to somebody, and a hidden one."""
    make_source("invented-roll")
    first = make_person(person_key="first", death=parse_edtf("1938-02-01"), **TOLD)
    make_person(person_key="first", source="invented-roll", death=parse_edtf("1942"))
    second = make_person(person_key="second", family="Выдумкин", death=parse_edtf("1943"))
    third = make_person(person_key="third", family="Невидимов", death=parse_edtf("1943"))
    put_sites(drafts=[WOOD], change=new_change("a place"))
    return first, second, third


def act_on(people: tuple[int, int, int], editor: User) -> None:
    """Do what leaves something to be seen on the pages of the desk and of the history."""
    first, second, third = people
    entry, rival = (
        Entry.all_records.filter(person=first).order_by("pk").values_list("pk", flat=True)
    )
    act: dict[str, Any] = {"by": editor, "role": Role.EDITOR, "reason": REASON, "now": NOW}
    for year in ("1897", "1898"):
        correct_reading(entry=entry, readings={"birth": DateReading(year)}, **act)
    discredit(entry=entry, field="occupation", why={"en": "x", "ru": "x", "uk": "x"}, **act)
    choose(person=first, field="death", entry=rival, **act)
    life = BiographyDraft(first, "en", "A life", "It was *short*.", ("invented-book",))
    state_relation(link=Link(first, second, RelationKind.values[0], entry), **act)
    written = write_biography(draft=life, **act)
    undone = state_relation(link=Link(second, first, RelationKind.values[0], entry), **act)
    assert written
    assert undone
    undo_change(change=undone.pk, **act)
    draft = FileDraft(person=first, source="invented-book", published=True)
    add_file(model=Photograph, file=check_upload(jpeg(300, 200)), draft=draft, **act)
    hide_person(person=third, status=PersonStatus.WITHDRAWN, **act)
    propose_showing(person=third, wish=Wish.BY_RULE, **act)


def pages(people: tuple[int, int, int]) -> list[str]:
    """Return the address of each page of an act, and of the history."""
    first, second, third = people
    entry, rival = (
        Entry.all_records.filter(person=first).order_by("pk").values_list("pk", flat=True)
    )
    made = Change.all_records.filter(reason=REASON).order_by("pk").values_list("pk", flat=True)
    acts = {
        f"person/{first}": "split choose hide suppress erase links lives lives/en"
        " lives/en/remove files files/photograph files/document",
        f"person/{third}": "show",
        f"entry/{entry}": "reading transcription doubt credit withdraw",
        f"relation/{Relation.all_records.get().pk}": "remove",
        f"photograph/{Photograph.all_records.get().pk}": "remove",
        f"change/{made[0]}": "undo",
        f"account/{User.objects.get(username='chief').pk}": "revert",
        "proposals": f"{Proposal.all_records.get().pk}",
    }
    asked = [
        *(f"person/{first}/merge/?with={other}" for other in ("Выдумкин", second, third)),
        f"entry/{entry}/judge/?with={Entry.all_records.get(person=second).pk}",
        f"entry/{entry}/move/?with={second}",
        f"changes/undo/?change={made[1]}&change={made[2]}",
        f"photograph/{Photograph.all_records.get().pk}/",
        "book/",
        "proposals/",
    ]
    records = [f"entry/{rival}", f"person/{first}", f"change/{made[0]}"]
    return [
        *(f"/admin/acts/{of}/{act}/" for of, names in acts.items() for act in names.split()),
        *(f"/admin/acts/{page}" for page in asked),
        *(f"/admin/registry/{page}/change/" for page in records),
        "/admin/registry/change/",
        f"/people/{first}/history/",
        f"/people/{first}/history/{made[1]}/",
        "/sites/invented-wood/history/",
        f"/sites/invented-wood/history/{Change.all_records.get(reason='a place').pk}/",
    ]


@pytest.mark.parametrize(("language", "widths"), WALKS)
def test_axe_finds_nothing_on_the_acts_and_the_history(
    browser: Browser, live_server: Any, people: Any, language: str, widths: Sequence[int]
) -> None:
    cache.clear()
    staff("chief", Role.ADMINISTRATOR)
    act_on(people, User.objects.get(username=staff("editor", Role.EDITOR)))
    prefix, found = PREFIXES[language], []
    with browser.new_context(locale=language) as context:
        watched = Watched(context.new_page(), str(live_server.url))
        log_in(watched.page, watched.origin, "chief", prefix)
        for address in pages(people):
            answer = watched.page.goto(watched.origin + prefix + address)
            assert answer is not None
            assert answer.ok, address
            found += violations(watched.page, address, widths=widths, preload=False)
            if address.startswith("/admin/"):
                found += english_left(watched.page, address, language)
        watched.open(f"{prefix}/admin/acts/book/")
        with watched.page.expect_navigation():
            watched.page.locator("[name=look]").click()
        found += violations(watched.page, "the book, refused", widths=widths, preload=False)
    assert found == []
    assert watched.faults == []
