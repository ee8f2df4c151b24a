"""Memorial sites: every fact with its sources, and none that only withdrawn ones state."""

import dataclasses

import pytest

from registry.dates import parse_edtf
from registry.models import Change, MemorialSite, Person, PersonStatus, Role, SiteStatus
from registry.records import (
    SiteDraft,
    SiteEventDraft,
    SiteFigureDraft,
    SiteGone,
    SiteUnknown,
    TermDraft,
    public_site,
    public_sites,
    put_sites,
    put_terms,
    withdraw_source,
)
from registry.records.catalogue.sites import edit_site, read_site_draft
from registry.records.drafts.sites import SiteNameDraft, SiteRefused
from tests.databases import NOW

pytestmark = pytest.mark.django_db

WOOD = SiteDraft(
    slug="invented-wood",
    kinds=("mass-grave", "monument"),
    country="XX",
    region="invented-region",
    region_then="Invented province",
    town="Nowhere",
    latitude=50.1234567,
    longitude=30.5,
    precision_m=100,
    coordinates_note="a clearing",
    coordinates_sources=("book-one",),
    period=parse_edtf("1937/1938"),
    period_note="at night",
    period_sources=("book-one",),
    status_today="a fence",
    status_sources=("book-one",),
    names=(
        SiteNameDraft("ru", "Выдуманный лес", "book-one"),
        SiteNameDraft("en", "Invented Wood", "book-two"),
        SiteNameDraft("pl", "Wymyślony Las"),
    ),
    figures=(
        SiteFigureDraft("estimate", 100, 200, "book-two", note="told"),
        SiteFigureDraft("names-in-acts", None, 30, "book-one", locator="p. 5"),
        SiteFigureDraft("estimate", 500, None, "book-one"),
    ),
    events=(
        SiteEventDraft(
            "found",
            "found by children",
            "book-one",
            date=parse_edtf("1989-05"),
            wording={"text": {"ru": "нашли дети", "uk": ""}},
        ),
        SiteEventDraft("opened", "a stone was set", "book-two"),
    ),
    wording={"town": {"ru": "Нигде", "uk": "Ніде"}, "status_today": {"ru": "ограда"}},
)


@pytest.fixture
def wood(make_source, change: Change) -> str:
    for slug in ("book-one", "book-two"):
        make_source(slug)
    region = TermDraft("region", "invented-region", "Invented region", "Область", "Область")
    put_terms(drafts=[region], change=change)
    put_sites(drafts=[WOOD], change=change)
    return WOOD.slug


def withdraw(slug: str) -> None:
    withdraw_source(slug=slug, by=None, role=Role.EDITOR, reason="a claim", now=NOW)


def test_a_place_is_written_once_and_read_back(wood: str, change: Change) -> None:
    assert put_sites(drafts=[WOOD], change=change) == 0
    kept = read_site_draft(wood)
    assert kept is not None
    assert kept.latitude == 50.12346
    assert kept.events[0].wording == {"text": {"ru": "нашли дети"}}
    assert (kept.names, kept.figures, kept.period) == (WOOD.names, WOOD.figures, WOOD.period)
    revision = change.revisions.get(subject="site")
    assert revision.reference == wood
    assert '"status":"public"' in revision.body.text
    assert read_site_draft("no-wood") is None


def test_a_place_that_differs_is_written_whole(wood: str, change: Change) -> None:
    fewer = dataclasses.replace(WOOD, figures=WOOD.figures[:1], region="", period=None)
    assert put_sites(drafts=[fewer], change=change) == 1
    kept = read_site_draft(wood)
    assert kept is not None
    assert (kept.figures, kept.region, kept.period) == (WOOD.figures[:1], "", None)


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"kinds": ()}, "kinds", "missing"),
        ({"kinds": ("ruin",)}, "kinds", "unknown"),
        ({"longitude": None}, "latitude", "half-a-point"),
        ({"latitude": 91.0}, "latitude", "off-the-globe"),
        ({"longitude": -181.0}, "longitude", "off-the-globe"),
        ({"coordinates_sources": ()}, "coordinates_sources", "missing"),
        ({"period_sources": ()}, "period_sources", "missing"),
        ({"status_sources": ()}, "status_sources", "missing"),
        ({"status_sources": ("no-book",)}, "source", "unknown"),
        ({"region": "no-region"}, "region", "unknown"),
        ({"names": ()}, "names", "missing"),
        ({"names": (SiteNameDraft("en", ""),)}, "names", "empty"),
        ({"names": (SiteNameDraft("en", "A"), SiteNameDraft("en", "A"))}, "names", "twice"),
        ({"figures": (SiteFigureDraft("guess", 1, 2, "book-one"),)}, "figures", "unknown"),
        ({"figures": (SiteFigureDraft("estimate", 3, 2, "book-one"),)}, "figures", "no-range"),
        (
            {"figures": (SiteFigureDraft("estimate", None, None, "book-one"),)},
            "figures",
            "no-range",
        ),
        ({"events": (SiteEventDraft("lost", "x", "book-one"),)}, "events", "unknown"),
        ({"events": (SiteEventDraft("found", "", "book-one"),)}, "events", "empty"),
        ({"events": (SiteEventDraft("found", "x", ""),)}, "events", "source-missing"),
        ({"figures": (SiteFigureDraft("estimate", 1, 2, ""),)}, "figures", "source-missing"),
    ],
)
def test_a_place_that_cannot_be_kept_is_refused(
    fields: dict[str, object], field: str, code: str, wood: str, change: Change
) -> None:
    with pytest.raises(SiteRefused) as refused:
        put_sites(drafts=[dataclasses.replace(WOOD, **fields)], change=change)  # type: ignore[arg-type]
    assert (refused.value.slug, refused.value.field, refused.value.code) == (wood, field, code)


def test_a_place_is_shown_whole_in_the_language_of_the_reader(wood: str) -> None:
    site = public_site(wood, language="ru")
    assert (site.name.value, site.name.lang) == ("Выдуманный лес", "ru")
    assert [name.value for name in site.names] == [name.name for name in WOOD.names]
    assert site.region is not None
    assert site.town is not None
    assert site.status_today is not None
    assert (site.region.value, site.town.value) == ("Область", "Нигде")
    assert (site.status_today.value, site.status_today.lang) == ("ограда", "ru")
    assert (site.latitude, site.longitude, site.precision_m) == (50.12346, 30.5, 100)
    assert site.period == WOOD.period
    assert [source.slug for source in site.coordinates_sources] == ["book-one"]
    assert site.events[0].text.value == "нашли дети"


def test_a_reader_without_a_name_of_their_own_gets_the_english_one(wood: str) -> None:
    assert public_site(wood, language="uk").name.value == "Invented Wood"


def test_figures_of_different_measures_never_stand_together(wood: str) -> None:
    figures = public_site(wood, language="en").figures
    assert {
        measure: [(one.low, one.high, one.source.slug) for one in rows]
        for measure, rows in figures.items()
    } == {
        "names-in-acts": [(None, 30, "book-one")],
        "estimate": [(100, 200, "book-two"), (500, None, "book-one")],
    }
    assert list(figures) == ["names-in-acts", "estimate"]


def test_what_only_a_withdrawn_source_states_is_not_shown(wood: str) -> None:
    withdraw("book-one")
    for site in (public_site(wood, language="ru"), public_sites(language="ru")[0]):
        assert site.name.value == "Invented Wood"
        assert [name.value for name in site.names] == ["Invented Wood", "Wymyślony Las"]
        assert (site.latitude, site.longitude, site.precision_m) == (None, None, None)
        assert (site.coordinates_note, site.coordinates_sources) == (None, ())
        assert (site.period, site.period_note, site.status_today) == (None, None, None)
        assert [event.text.value for event in site.events] == ["a stone was set"]
        assert list(site.figures) == ["estimate"]
        assert "book-one" not in repr(site)


def test_what_another_source_states_too_stays(wood: str, change: Change) -> None:
    both = ("book-one", "book-two")
    put_sites(drafts=[dataclasses.replace(WOOD, coordinates_sources=both)], change=change)
    withdraw("book-one")
    site = public_site(wood, language="en")
    assert site.latitude == 50.12346
    assert [source.slug for source in site.coordinates_sources] == ["book-two"]


def test_a_place_that_lost_all_its_names_is_called_by_its_town(wood: str, change: Change) -> None:
    named = dataclasses.replace(WOOD, names=WOOD.names[:1])
    put_sites(drafts=[named], change=change)
    withdraw("book-one")
    assert public_site(wood, language="en").name.value == "Nowhere"


def test_a_place_without_a_point_is_shown_without_one(wood: str, change: Change) -> None:
    bare = SiteDraft(slug="bare-wood", kinds=("museum",), names=(SiteNameDraft("en", "Bare"),))
    put_sites(drafts=[bare], change=change)
    site = public_site("bare-wood", language="en")
    assert (site.latitude, site.region, site.town, site.figures) == (None, None, None, {})
    assert [one.slug for one in public_sites(language="en")] == ["bare-wood", "invented-wood"]


def test_a_withdrawn_place_is_gone_and_an_unknown_one_is_unknown(wood: str) -> None:
    MemorialSite.all_records.filter(slug=wood).update(status=SiteStatus.WITHDRAWN)
    with pytest.raises(SiteGone):
        public_site(wood, language="en")
    with pytest.raises(SiteUnknown):
        public_site("no-wood", language="en")
    assert public_sites(language="en") == []


def test_people_known_and_presumed_to_lie_there_stand_apart(wood: str, make_person) -> None:
    def bury(key: str, family: str, certainty: str, **fields: object) -> int:
        person: int = make_person(
            person_key=key,
            family=family,
            fate="ВМН",
            death=parse_edtf("1938-01-02"),
            burial_site=wood,
            burial_certainty=certainty,
            **fields,
        )
        return person

    second = bury("p1", "Бывалов", "documented")
    first = bury("p2", "Авосев", "reburied")
    presumed = bury("p3", "Вымыслов", "presumed")
    unsaid = bury("p4", "Гадательнов", "")
    bury("p5", "Камнев", "cenotaph")
    hidden = bury("p6", "Скрытов", "documented")
    living = bury("p7", "Живой", "documented")
    Person.all_records.filter(pk=hidden).update(status=PersonStatus.WITHDRAWN)
    Person.all_records.filter(pk=living).update(status=PersonStatus.RESTRICTED)
    site = public_site(wood, language="ru")
    assert [line.id for line in site.buried] == [first, second]
    assert [line.id for line in site.presumed] == [presumed, unsaid]
    assert site.people_count == 4


def test_places_cost_the_same_for_one_and_for_fifty(
    wood: str, change: Change, django_assert_num_queries
) -> None:
    with django_assert_num_queries(7):
        public_sites(language="en")
    many = [dataclasses.replace(WOOD, slug=f"wood-{number}") for number in range(49)]
    put_sites(drafts=many, change=change)
    with django_assert_num_queries(7):
        assert len(public_sites(language="en")) == 50


def test_editing_a_place_is_one_act_and_none_when_nothing_differs(wood: str) -> None:
    def edit(draft: SiteDraft) -> Change | None:
        return edit_site(draft=draft, by=None, role=Role.EDITOR, reason="looked", now=NOW)

    assert edit(WOOD) is None
    made = edit(dataclasses.replace(WOOD, town="Elsewhere"))
    assert made is not None
    assert made.reason == "looked"
    assert MemorialSite.all_records.get(slug=wood).town == "Elsewhere"
