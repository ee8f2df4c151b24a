"""The page of a person, rendered of public objects made by hand."""

import json
import re
from dataclasses import replace

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from registry.records.public.shapes import Discredited, PublicFact, PublicPerson, PublicValue, Text
from registry.web.structured import person_data
from registry.web.timeline import timeline
from tests.web.samples import RICH, SPARSE, day

UNRELIABLE = "unreliable-source"


def page_of(person: PublicPerson, language: str = "en") -> str:
    prefix = "" if language == "en" else f"/{language}"
    request: HttpRequest = RequestFactory().get(f"{prefix}/people/{person.id}/")
    with override(language):
        return render_to_string(
            "registry/person.html",
            {
                "person": person,
                "events": timeline(person),
                "structured": person_data(person, "http://testserver/people/8/"),
            },
            request=request,
        )


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_three_facts_make_a_whole_page(language: str) -> None:
    page = page_of(SPARSE, language)

    assert f'<html lang="{language}">' in page
    assert "Безымянцев Фома" in page
    assert 'href="#entry-1"' in page
    assert 'id="entry-1"' in page
    for absent in ('id="repressions"', 'id="links"', 'id="roles"', 'id="timeline"', "None"):
        assert absent not in page


def test_foreign_script_says_its_language() -> None:
    page = page_of(RICH)

    assert '<h1><span lang="az">Uydurma Ayşə Pötr qızı</span></h1>' in page
    assert '<span lang="ru">Выдуманск</span>' in page
    assert '<p class="reader-name">Vydumannaya Anna Petrovna</p>' in page
    # Printed in a language nobody stated: the script tells.
    assert '<span lang="ru">полька</span>' in page


def test_disagreement_stands_side_by_side_with_the_rule() -> None:
    said = text_of(page_of(RICH))

    assert "preferred 27 October 1938 1 2 other sources say 28 October 1938 3" in said
    assert "Preferred, because more sources agree on it." in said


def test_version_not_believed_is_shown_as_such() -> None:
    said = text_of(page_of(RICH))

    assert "There is a version of the death that is not believed." in said
    assert "not believed 5 February 1944 4 given to the family by order" in said


def test_source_that_is_never_believed_needs_no_reason() -> None:
    value = PublicValue((2,), text=Text("pneumonia", "en"))
    cause = PublicFact("death_cause", (), discredited=(Discredited(value, None, UNRELIABLE),))
    page = page_of(replace(SPARSE, facts={**SPARSE.facts, "death_cause": cause}))

    assert "This source is not believed for this field." in page
    assert 'href="#f-death_cause"' in page
    assert 'id="f-death_cause"' in page


def test_episode_shows_what_is_not_believed() -> None:
    value = PublicValue((2,), date=day("1944-02-05"))
    fact = PublicFact("execution", (), discredited=(Discredited(value, None, UNRELIABLE),))
    episode = replace(RICH.episodes[0], facts={"execution": fact})
    said = text_of(page_of(replace(RICH, episodes=(episode,))))

    assert "Executed not believed 5 February 1944 2 This source is not believed" in said


def test_place_of_execution_leads_to_its_page() -> None:
    place = PublicValue((2,), text=Text("A field", "en"), site="invented-site")
    facts = {**RICH.episodes[0].facts, "execution_place": PublicFact("execution_place", (place,))}
    page = page_of(replace(RICH, episodes=(replace(RICH.episodes[0], facts=facts),)))

    assert page.count('<a href="/sites/invented-site/">A field</a>') == 3


def test_link_without_a_mark_leads_to_the_entry_that_states_it() -> None:
    link = replace(
        RICH.relations[0], marks=(), elsewhere=(1207,), other_text=Text("his wife", "en")
    )
    page = page_of(replace(RICH, relations=(link,)))

    assert "Spouse an entry on that person says: his wife entry 1207" in text_of(page)
    assert '<a href="/entries/1207/">entry 1207</a>' in page
    untold = page_of(replace(RICH, relations=(replace(link, other_text=None),)))
    assert "Spouse stated in an entry on that person: entry 1207" in text_of(untold)


def test_entry_without_a_passage_says_its_fields_are_recorded() -> None:
    entries = (replace(SPARSE.entries[0], passage=None),)

    assert '<span class="label">Fields as recorded</span>' in page_of(
        replace(SPARSE, entries=entries)
    )


def test_role_whose_text_says_its_date_is_given_no_bracket() -> None:
    role = replace(RICH.roles[0], text=Text("Head of an office in 1934–1936", "en"))
    said = text_of(page_of(replace(RICH, roles=(role,))))

    assert "Post held Head of an office in 1934–1936 1" in said


def test_events_bear_the_marks_of_their_sources() -> None:
    page = page_of(RICH)
    line = page.partition('class="timeline"')[2].partition("</ol>")[0]

    assert line.count("<li>") == line.count("<sup>") == len(timeline(RICH))


def test_version_nothing_tells_apart_is_no_linked_date() -> None:
    death = replace(RICH.facts["death"], rule="order")
    data = person_data(replace(RICH, facts={**RICH.facts, "death": death}), "http://testserver/")

    assert "deathDate" not in data


def test_posts_and_acts_come_before_what_we_know() -> None:
    said = text_of(page_of(RICH))

    assert "Post held Head of an office (1934 – 1936) 1" in said
    assert "Act signed Signed an order (15 August 1935) 2" in said
    assert said.index("Head of an office") < said.index("What we know")


def test_case_has_its_own_body_sentence_and_rulings() -> None:
    said = text_of(page_of(RICH))

    assert "Arrest and sentence, 1938" in said
    assert "30 January 1956 Rehabilitation refused : A court 1" in said
    assert "28 October 1987 Rehabilitation : Another court; ground: no crime; scope: whole" in said
    assert "This may be the same repression as another one here" in said


def test_contradiction_is_said_in_words() -> None:
    assert "The sentence lies before the arrest." in text_of(page_of(RICH))


def test_entry_says_whether_it_is_print_or_summary() -> None:
    page = page_of(RICH)

    assert '<span class="label">As printed</span>' in page
    assert '<span class="label">Summarised in our own words</span>' in page
    assert "Расстреляна &lt;27&gt;" in page


def test_timeline_is_in_order_and_tells_an_execution_once() -> None:
    days = [event.date.earliest for event in timeline(RICH)]

    assert days == sorted(day for day in days if day)
    assert [event.code for event in timeline(RICH)].count("death") == 0


def test_linked_data_holds_what_is_published() -> None:
    page = page_of(RICH)

    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["name"] == "Uydurma Ayşə Pötr qızı"
    assert data["birthDate"] == "1901-01-14"
    assert data["deathDate"] == "1938-10-27"
    assert "1944" not in found[1]


def test_linked_data_cannot_end_its_script() -> None:
    hostile = person_data(
        SPARSE.__class__(
            **{
                **{name: getattr(SPARSE, name) for name in SPARSE.__slots__},
                "name": SPARSE.name.__class__(
                    "main", "", "", "", "</script><b>&", "ru", "Cyrl", ()
                ),
            }
        ),
        "http://testserver/",
    )

    assert "<" not in hostile
    assert json.loads(hostile)["name"] == "</script><b>&"


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_no_id_stands_twice(language: str) -> None:
    ids = re.findall(r' id="([^"]+)"', page_of(RICH, language))

    assert len(ids) == len(set(ids))
