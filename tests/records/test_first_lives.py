"""The first records as concluded: what is told of real lives, and what only beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.models import PersonKey
from registry.records import public_person
from registry.records.public.shapes import (
    PublicEpisode,
    PublicFact,
    PublicPerson,
    PublicValue,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids(registry_loaded: Path) -> dict[str, int]:
    return dict(PersonKey.all_records.values_list("key", "person"))


def person(ids: dict[str, int], key: str) -> PublicPerson:
    return public_person(ids[key], language="ru")


def edtf(values: tuple[PublicValue, ...]) -> list[str]:
    return [value.date.edtf for value in values if value.date]


def all_dates(fact: PublicFact) -> list[str]:
    return sorted(edtf((*fact.values, *fact.rivals)))


def rulings(episode: PublicEpisode) -> list[tuple[str, str]]:
    return [(row.kind, row.date.edtf) for row in episode.rulings if row.date]


def test_mandelstam_has_two_episodes_and_every_date_of_his_arrests(ids: dict[str, int]) -> None:
    mandelstam = person(ids, "mandelstam-osip")
    first, second = mandelstam.episodes
    assert all_dates(first.facts["arrest"]) == ["1934-05-13", "1934-05-17"]
    assert all_dates(second.facts["arrest"]) == [
        "1938-04-30",
        "1938-05-02",
        "1938-05-03",
        "1938-05-05",
    ]
    assert second.facts["arrest"].rule in {"rank", "count"}
    assert rulings(first) == [
        ("changed", "1934-06-10"),
        ("refused", "1956-10-29"),
        ("rehabilitated", "1987-10-28"),
    ]
    assert rulings(second) == [("rehabilitated", "1956-07")]
    assert (first.ambiguous, second.ambiguous) == (False, False)
    assert edtf(first.facts["sentence_date"].values) == ["1934-05-26"]
    assert edtf(second.facts["sentence_date"].values) == ["1938-08-02"]
    assert mandelstam.rehabilitated == "rehabilitated"
    assert mandelstam.name.full.startswith("Мандельштам")
    assert edtf(mandelstam.facts["death"].values) == ["1938-12-27"]
    assert [value.code for value in mandelstam.facts["fate"].values] == ["died-in-camp"]


def test_babels_false_certificate_is_told_as_what_it_is_and_never_believed(
    ids: dict[str, int],
) -> None:
    babel = person(ids, "babel-isaac")
    death = babel.facts["death"]
    assert edtf(death.values) == ["1940-01-27"]
    assert "1941-03-17" not in all_dates(death)
    assert {one.value.date.edtf for one in death.discredited if one.value.date} == {"1941-03-17"}
    assert death.discredited
    assert all(one.reason.value and one.reason.lang == "ru" for one in death.discredited)
    assert all(one.value.marks for one in death.discredited)
    assert babel.facts["death_cause"].values == ()
    assert babel.facts["death_cause"].discredited
    assert babel.facts["burial"].values[0].site == "donskoye"
    assert babel.rehabilitated == "rehabilitated"


def test_redens_was_refused_then_rehabilitated(ids: dict[str, int]) -> None:
    redens = person(ids, "redens-stanislav")
    [episode] = redens.episodes
    assert rulings(episode) == [("refused", "1957"), ("rehabilitated", "1961")]
    assert redens.rehabilitated == "rehabilitated"
    assert edtf(redens.facts["death"].values) == ["1940-02-12"]


def test_kurbas_has_two_sentences_in_two_episodes(ids: dict[str, int]) -> None:
    kurbas = public_person(ids["kurbas-les"], language="uk")
    first, second = kurbas.episodes
    assert edtf(first.facts["sentence_date"].values) == ["1934-04-09"]
    assert edtf(second.facts["sentence_date"].values) == ["1937-10-09"]
    assert first.facts["sentence"].value.code == "camp:60"
    assert second.facts["sentence"].value.code == "shooting"
    assert (first.ambiguous, second.ambiguous) == (False, False)
    assert [(row.kind, row.date.edtf) for row in kurbas.rulings if row.date] == [
        ("rehabilitated", "1957")
    ]
    assert kurbas.rehabilitated == "rehabilitated"


@pytest.mark.parametrize(
    ("key", "printed", "born"),
    [
        ("meyerhold-vsevolod", "28 January O.S.", "1874-02-09"),
        ("koltsov-mikhail", "31 May O.S.", "1898-06-12"),
    ],
)
def test_births_printed_in_two_calendars_are_one_day(
    ids: dict[str, int], key: str, printed: str, born: str
) -> None:
    """No source here has the Julian day alone; test_concluding has the pair that agrees."""
    birth = person(ids, key).facts["birth"]
    assert edtf(birth.values) == [born]
    assert birth.rivals == ()
    assert printed in birth.value.date.printed


def versions(person: PublicPerson, field: str) -> tuple[list[str], list[str]]:
    """What is believed of a field, and what is told beside it: dates, or codes and sites."""
    fact = person.facts[field]
    told = ((fact.values, []), (fact.rivals, []))
    for values, found in told:
        found += [v.date.edtf if v.date else v.code or v.site or str(v.text) for v in values]
    return told[0][1], told[1][1]


def test_kun_was_shot_whatever_the_sources_say_of_the_day(ids: dict[str, int]) -> None:
    kun = person(ids, "kun-bela")
    believed, rivals = versions(kun, "death")
    assert {*believed, *rivals} >= {"1938-08-29", "1939-11-30"}
    assert len(believed) == 1
    assert (kun.fate, versions(kun, "fate")[0]) == ("executed", ["executed"])
    assert kun.facts["fate"].rule == "agreed"
    [differs] = [c for c in kun.contradictions if c.code == "execution-differs-from-death"]
    assert {differs.earlier.edtf, differs.later.edtf} == {"1938-08-29", "1939-11-30"}
    assert "kommunarka" in versions(kun, "burial")[0]
    assert "butovo" in versions(kun, "burial")[1]
    places = [e.facts["execution_place"] for e in kun.episodes if "execution_place" in e.facts]
    assert {v.site for fact in places for v in (*fact.values, *fact.rivals)} <= {
        "", "kommunarka", "butovo",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "shot", "believed", "untold"),
    [
        ("fitrat-abdurauf", "1938-10-04", "1938-10-05", "death_place"),
        ("efron-sergei", "1941-10-16", "1941-09-11", "burial"),
    ],
)
def test_how_they_died_is_told_and_where_only_with_its_own_day(
    ids: dict[str, int], key: str, shot: str, believed: str, untold: str
) -> None:
    """The better source has another day and no fate: the fate is told, the place is not."""
    told = person(ids, key)
    assert versions(told, "death")[0] == [believed]
    assert shot in versions(told, "death")[1]
    assert (told.fate, versions(told, "fate")) == ("executed", (["executed"], []))
    fact = told.facts[untold]
    assert (fact.values, fact.rule) == ((), "group")
    assert fact.rivals
    codes = {clash.code for clash in told.contradictions}
    assert "execution-differs-from-death" in codes


def test_yagoda_is_refused_and_his_posts_have_a_source_that_may_accuse(
    ids: dict[str, int],
) -> None:
    yagoda = person(ids, "yagoda-genrikh")
    assert yagoda.rehabilitated == "refused"
    assert yagoda.roles
    by_mark = {entry.mark: entry for entry in yagoda.entries}
    for role in yagoda.roles:
        sources = [by_mark[mark].source for mark in role.marks]
        assert any(source.rank is not None and source.rank <= 5 for source in sources)


@pytest.mark.parametrize("key", ["kun-bela", "florensky-pavel"])
def test_where_someone_may_lie_is_presumed(ids: dict[str, int], key: str) -> None:
    burial = person(ids, key).facts["burial"]
    assert [value.certainty for value in burial.values] == ["presumed"]
