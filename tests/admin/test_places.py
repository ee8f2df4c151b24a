"""Memorial sites at the desk: saved whole, refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from registry.dates import parse_edtf
from registry.models import Change, MemorialSite, Source
from tests.admin.sending import errors_of, latest, save

pytestmark = pytest.mark.django_db


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
        ({"names-0-DELETE": "on"}, "At least 1"),
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


def test_a_place_is_withdrawn_from_its_page_and_shown_again(
    at_desk: Any, wood: MemorialSite
) -> None:
    desk = at_desk()
    page = f"/admin/registry/memorialsite/{wood.pk}/change/"
    acts = f"/admin/acts/site/{wood.pk}"
    assert f"{acts}/withdraw/" in desk.get(page).content.decode()
    assert desk.post(f"{acts}/withdraw/", {"reason": ""}).status_code == 200
    answer = desk.post(f"{acts}/withdraw/", {"reason": "Выдуманная причина"})
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert Client().get(f"/sites/{wood.slug}/").status_code == 410
    shown = desk.get(page).content.decode()
    assert f"{acts}/withdraw/" not in shown
    assert f"{acts}/reinstate/" in shown
    desk.post(f"{acts}/reinstate/", {"reason": "Выдуманная причина"})
    assert Client().get(f"/sites/{wood.slug}/").status_code == 200
