"""The search on the first records: everyone is found by every name, in every spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.models import EntryName, PersonKey
from registry.names import fold
from registry.search import PeopleQuery, Suggested, find_people, suggest

pytestmark = pytest.mark.django_db

QUERIES = (
    ("Мандельштам", "mandelstam-osip"),
    ("мандельштам осип", "mandelstam-osip"),
    ("Mandelshtam", "mandelstam-osip"),
    ("Mandelstam Osip", "mandelstam-osip"),
    ("Mandelsztam", "mandelstam-osip"),
    ("Осип Эмильевич Мандельштам", "mandelstam-osip"),
    ("О. Э. Мандельштам", "mandelstam-osip"),
    ("Бабель", "babel-isaac"),
    ("Babel", "babel-isaac"),
    ("Мейерхольд", "meyerhold-vsevolod"),
    ("Meyerhold", "meyerhold-vsevolod"),
    ("Вавилов Николай", "vavilov-nikolai"),
    ("Vavilov", "vavilov-nikolai"),
    ("Курбас", "kurbas-les"),
    ("Kurbas", "kurbas-les"),
    ("Гаибова", "gayibova-khadija"),
    ("Qayıbova", "gayibova-khadija"),
    ("Тухачевский", "tukhachevsky-mikhail"),
    ("Tukhachevsky", "tukhachevsky-mikhail"),
    ("Кун Бела", "kun-bela"),
    ("Kun Béla", "kun-bela"),
)


@pytest.mark.parametrize(("text", "key"), QUERIES)
def test_whoever_is_asked_for_comes_first(registry_loaded: Path, text: str, key: str) -> None:
    wanted = PersonKey.all_records.get(key=key).person_id
    page = find_people(PeopleQuery(q=text)).page()
    assert page.hits[0].person == wanted
    match = page.hits[0].match
    assert match is not None
    assert match.name
    assert len(match.reasons) == len(fold(text).split())
    assert suggest(text).hits[0] == page.hits[0]


def test_everyone_is_found_first_by_each_of_their_names(registry_loaded: Path) -> None:
    names: dict[str, set[int]] = {}
    for person, full in EntryName.public.values_list("entry__person", "full"):
        names.setdefault(full, set()).add(person)
    folded: dict[str, set[int]] = {}
    for full, people in names.items():
        folded.setdefault(fold(full), set()).update(people)
    missed = []
    for full, people in names.items():
        hits = find_people(PeopleQuery(q=full)).page(limit=100).hits
        best = hits[0].match.score if hits and hits[0].match else None
        first = {hit.person for hit in hits if hit.match and hit.match.score == best}
        if not people <= first or (len(first) > 1 and not first <= folded[fold(full)]):
            missed.append((full, people, first))
    assert missed == []
    assert len(names) > 150


@pytest.mark.parametrize(
    ("typed", "name", "spelling"),
    [
        ("мандельшатм", "Мандельштам Осип Эмильевич", "Мандельштам"),
        ("Осип Мандельшатм", "Мандельштам Осип Эмильевич", "Осип Мандельштам"),
        ("Мейерхольт", "Мейерхольд Всеволод Эмильевич", "Мейерхольд"),
        ("Kurbaz", "Kurbas Les (Oleksandr-Zenon) Stepanovych", "Kurbas"),
    ],
)
def test_what_is_misspelt_is_answered_in_the_alphabet_it_is_typed_in(
    registry_loaded: Path, typed: str, name: str, spelling: str
) -> None:
    match = find_people(PeopleQuery(q=typed)).page().hits[0].match
    assert match is not None
    assert match.name == name
    assert suggest(typed).spellings[0] == spelling


def test_nothing_typed_suggests_nobody(registry_loaded: Path) -> None:
    for text in ("", "  ", "?!", "\0"):
        assert suggest(text) == Suggested()
    assert len(suggest("К", limit=3).hits) == 3
