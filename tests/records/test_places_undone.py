"""Places undone: back to what the ledger has of them, and never by halves."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from registry.dates import Calendar, parse_edtf
from registry.models import Change, MemorialSite, Role, SiteStatus
from registry.records import (
    SiteDraft,
    SiteEventDraft,
    SiteFigureDraft,
    SiteUnknown,
    TermDraft,
    public_sites,
)
from registry.records.catalogue.site_status import SITE, reinstate_site, withdraw_site
from registry.records.catalogue.sites import edit_site, read_site_draft
from registry.records.catalogue.terms import edit_term
from registry.records.drafts.sites import SiteNameDraft, check_site, draft_from_body
from registry.records.ledger.snapshots import as_told
from registry.records.undoing.reverting import Undone, undo_change
from tests.databases import NOW

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"by": None, "role": Role.EDITOR, "reason": "looked again", "now": NOW}
WOOD = SiteDraft(
    slug="invented-wood",
    kinds=("mass-grave", "monument"),
    country="XX",
    town="Nowhere",
    latitude=50.12346,
    longitude=30.5,
    precision_m=100,
    coordinates_note="a clearing",
    coordinates_sources=("book-one",),
    period=replace(parse_edtf("1937-10-17"), printed="17 окт.", calendar=Calendar.GREGORIAN),
    period_sources=("book-one",),
    status_today="a fence",
    status_sources=("book-one", "book-two"),
    names=(SiteNameDraft("en", "Invented Wood", "book-two"), SiteNameDraft("pl", "Las")),
    figures=(SiteFigureDraft("estimate", 100, None, "book-two", note="told"),),
    events=(
        SiteEventDraft("found", "by children", "book-one", date=parse_edtf("1989-05")),
        SiteEventDraft("opened", "a stone was set", "book-two"),
    ),
    wording={"town": {"ru": "Нигде"}, "status_today": {"ru": "ограда"}},
)


@pytest.fixture
def made(make_source: Any) -> Change:
    for slug in ("book-one", "book-two"):
        make_source(slug)
    change = edit_site(draft=WOOD, **ACT)
    assert change is not None
    return change


def edit(**fields: Any) -> Change:
    draft = read_site_draft(WOOD.slug)
    assert draft is not None
    change = edit_site(draft=replace(draft, **fields), **ACT)
    assert change is not None
    return change


def undo(change: Change | None) -> Undone:
    assert change is not None
    return undo_change(change=change.pk, **ACT)


def left(undone: Undone) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(one.subject, one.reference, one.fields, one.code) for one in undone.left]


def shown() -> list[str]:
    return [site.slug for site in public_sites(language="en")]


def test_the_draft_of_a_place_is_read_back_from_its_revision() -> None:
    draft = check_site(WOOD)
    assert draft_from_body(as_told(asdict(draft) | {"status": "public"})) == draft
    bare = replace(draft, period=None, period_sources=(), events=(), figures=())
    assert draft_from_body(as_told(asdict(bare))) == bare
    open_end = replace(draft, period=parse_edtf("1937/.."))
    assert draft_from_body(as_told(asdict(open_end))) == open_end


def test_a_place_is_withdrawn_and_reinstated(made: Change) -> None:
    gone = withdraw_site(slug=WOOD.slug, **ACT)
    assert (shown(), withdraw_site(slug=WOOD.slug, **ACT)) == ([], None)
    assert reinstate_site(slug=WOOD.slug, **ACT) is not None
    assert (shown(), reinstate_site(slug=WOOD.slug, **ACT)) == ([WOOD.slug], None)
    # What was withdrawn was shown again since: there is nothing left to undo.
    undone = undo(gone)
    assert (undone.change, undone.left, shown()) == (None, [], [WOOD.slug])
    undone = undo(withdraw_site(slug=WOOD.slug, **ACT))
    assert (undone.records, undone.left, shown()) == (1, [], [WOOD.slug])
    assert read_site_draft(WOOD.slug) == WOOD


def test_a_place_nobody_knows_is_not_withdrawn(db: None) -> None:
    with pytest.raises(SiteUnknown, match="no-wood"):
        withdraw_site(slug="no-wood", **ACT)
    assert not Change.all_records.exists()


def test_an_edit_of_a_place_is_undone_to_the_identical_draft(made: Change) -> None:
    change = edit(
        kinds=("monument",), latitude=None, longitude=None, period=None, names=WOOD.names[:1],
        figures=(), events=WOOD.events[1:], wording={},
    )  # fmt: skip
    after = read_site_draft(WOOD.slug)
    undone = undo(change)
    assert (undone.records, undone.left) == (1, [])
    assert read_site_draft(WOOD.slug) == WOOD
    assert undo(undone.change).left == []
    assert read_site_draft(WOOD.slug) == after


def test_a_place_that_was_added_is_withdrawn_and_comes_back(made: Change) -> None:
    undone = undo(made)
    assert (undone.left, shown()) == ([], [])
    assert MemorialSite.all_records.get().status == SiteStatus.WITHDRAWN
    assert undo(undone.change).left == []
    assert (shown(), read_site_draft(WOOD.slug)) == ([WOOD.slug], WOOD)


def test_no_date_and_no_point_comes_back_by_halves(made: Change) -> None:
    """Of a date, a part may be as the change has left it: it stays with what came after."""
    change = edit(period=parse_edtf("1937/1939"), latitude=51.0, longitude=31.0, town="Elsewhere")
    edit(period=parse_edtf("1936/1939"), latitude=52.0)
    undone = undo(change)
    assert left(undone) == [
        ("site", WOOD.slug, ("latitude", "longitude", "period"), "changed-since")
    ]
    kept = read_site_draft(WOOD.slug)
    assert kept == replace(
        WOOD, period=parse_edtf("1936/1939"), latitude=52.0, longitude=31.0, town="Nowhere"
    )


def test_a_place_does_not_go_back_to_a_region_that_is_gone(made: Change) -> None:
    region = edit_term(
        draft=TermDraft("region", "invented", "Invented", "Выдуманная", "Вигадана"), **ACT
    )
    moved = undo(edit(region="invented"))
    assert moved.left == []
    assert undo(region).left == []
    again = undo(moved.change)
    assert (again.change, left(again)) == (None, [("site", WOOD.slug, (), "term-gone")])
    assert read_site_draft(WOOD.slug) == WOOD
    assert SITE.read([WOOD.slug])[WOOD.slug]["status"] == "public"
