"""The public history of a place: figures, events and sources in words, none of what is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import Change
from registry.records import TermDraft, put_sites, put_terms, withdraw_source
from registry.records.catalogue.site_status import reinstate_site, withdraw_site
from registry.records.catalogue.sites import edit_site
from registry.records.drafts.sites import SiteDraft, SiteEventDraft, SiteFigureDraft
from registry.records.history.as_of import site_as_of
from registry.records.history.shapes import Event
from registry.records.history.timelines import site_history
from registry.records.public.sites import public_site
from tests.conftest import new_change
from tests.records.test_history_more import EDIT, words
from tests.records.test_sites import WOOD

pytestmark = pytest.mark.django_db


@pytest.fixture
def wood(make_source: Any) -> Change:
    """Write the place, and return the change that did."""
    for slug in ("book-one", "book-two"):
        make_source(slug)
    region = TermDraft("region", "invented-region", "Invented region", "Область", "Область")
    put_terms(drafts=[region], change=new_change("words"))
    made = new_change("a place")
    put_sites(drafts=[WOOD], change=made)
    return made


def write(draft: SiteDraft) -> Change:
    made = edit_site(draft=draft, **EDIT)
    assert made is not None
    return made


def told(language: str = "en") -> list[Event]:
    """Return the events, newest first, of changes that each did one thing."""
    changes = site_history(WOOD.slug, language=language).changes.items
    return [event for change in changes for event in change.events]


BARE = SiteDraft(slug=WOOD.slug, kinds=("camp",), names=WOOD.names[1:])


def test_everything_a_place_was_said_to_be_is_told(wood: Change) -> None:
    write(BARE)
    changed, added = told("ru")
    assert (changed.code, changed.withheld, added) == ("site-changed", False, Event("site-added"))
    assert words(changed) == {
        "site_kinds": (["mass-grave|monument"], ["camp"]),
        "country": (["XX"], []),
        "region": (["Область"], []),
        "region_then": (["Invented province"], []),
        "town": (["Нигде"], []),
        "names": (["Выдуманный лес"], []),
        "figures": (
            [
                "estimate|100–200|told|Invented book book-two",
                "names-in-acts|…–30|p. 5|Invented book book-one",
                "estimate|500–…|Invented book book-one",
            ],
            [],
        ),
        "events": (
            [
                "found|нашли дети|Invented book book-one|1989-05",
                "opened|a stone was set|Invented book book-two",
            ],
            [],
        ),
        "coordinates": (["50.12346, 30.50000 (± 100 m)"], []),
        "coordinates_note": (["a clearing"], []),
        "period": (["1937/1938"], []),
        "period_note": (["at night"], []),
        "status_today": (["ограда"], []),
        **{
            f"{name}_sources": (["Invented book book-one"], [])
            for name in ("coordinates", "period", "status")
        },
    }


def test_a_figure_without_a_range_and_a_point_without_a_radius(wood: Change) -> None:
    figure = SiteFigureDraft("estimate", 7, 7, "book-two")
    note = replace(WOOD, precision_m=None, period=None, figures=(*WOOD.figures, figure))
    write(note)
    assert words(told()[0]) == {
        "figures": ([], ["estimate|7|Invented book book-two"]),
        "coordinates": (["50.12346, 30.50000 (± 100 m)"], ["50.12346, 30.50000"]),
        "period": (["1937/1938"], []),
    }


def test_what_only_withdrawn_sources_state_is_not_told(wood: Change) -> None:
    event = SiteEventDraft("opened", "Утечкин", "book-one", date=parse_edtf("1990"))
    write(replace(WOOD, latitude=51.0, events=(*WOOD.events, event), status_today="Утечкин"))
    assert "Утечкин" in repr(told())
    withdraw_source(slug="book-one", **EDIT)
    assert told()[0] == Event("site-changed", withheld=True)
    assert "Утечкин" not in repr(told())


def test_a_place_withdrawn_and_shown_again_is_told(wood: Change) -> None:
    act = {"slug": WOOD.slug, **EDIT}
    withdraw_site(**act)
    reinstate_site(**act)
    assert [event.code for event in told()] == ["site-back", "site-withdrawn", "site-added"]


def test_a_place_comes_back_whole_as_it_was(wood: Change) -> None:
    before = {language: public_site(WOOD.slug, language=language) for language in ("en", "ru")}
    made = write(BARE)
    for language, place in before.items():
        assert site_as_of(WOOD.slug, change=wood.pk, language=language)[0] == place
    found, moment = site_as_of(WOOD.slug, change=made.pk, language="en")
    assert (found, moment.is_latest) == (public_site(WOOD.slug, language="en"), True)
