"""Initials beside other words: what they stand for is looked for among few people, or all words."""

from __future__ import annotations

from typing import Any

import pytest

from registry.models import Change
from registry.records import put_entries
from registry.search import PeopleQuery, find_people, suggest
from registry.search.matching import beside, known, retrieving
from registry.search.matching.asking import read
from registry.search.matching.retrieving import NameSearch
from tests.databases import NOW
from tests.records.drafting import draft
from tests.search.population import named
from tests.search.test_names_found import people

__all__ = ["people"]


ASKED: list[dict[str, Any]] = [
    {"q": text}
    for text in (
        "Примеров Н.", "Н. Примеров", "Примеров Н. Н.", "N. Primerov", "Примеров Nikolai N.",
        "Примерова Ревекка О.", "О. Р. Примерова", "И. П. Образцов-Тестов", "Тестов И.",
        "Образцов Тестов П. И.", "Гостева А. М.", "М. Гостева", "Гостиева З. О. кызы", "Ч. Янис",
        "Caksin J.", "Лю Т. Г.", "Лю Тен Г.", "Н. Обр", "Обр И.", "П. Неведомов", "Н. Н.",
        "Тестян И.", "И. Тестян", "Примеров Ж.", "Н. Н. Николаевич Примеров",
        "Прим* Н.", "«Н» Примеров", "Образц И. П.", "Примерв Н.", "Образцвоо И. П.",
    )
] + [
    {"family": "Примеров", "given": "Н."}, {"family": "П.", "given": "Николай"},
    {"patronymic": "Н.", "q": "Примеров"}, {"q": "Примеров Н.", "exact": True},
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_few_people_or_all_words_the_answer_is_the_same(
    people: dict[int, str], asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    query = PeopleQuery(**asked)
    few = find_people(query).page(1, 100), query.q and suggest(query.q)
    monkeypatch.setattr(beside, "MOST_BESIDE", -1)
    every = find_people(query).page(1, 100), query.q and suggest(query.q)
    assert few == every


def test_beside_a_surname_of_few_no_word_is_read_that_none_of_them_has(
    people: dict[int, str],
) -> None:
    typed = NameSearch(read(PeopleQuery(q="Образцов И.")))._wordings.typed
    assert [own.folded for own in typed.options[1].by_role[2].values()] == ["иван"]


def test_two_words_that_are_known_as_one_have_initials_beside_them(
    library: None, change: Change
) -> None:
    names = [("Пробазаде", "Бекир"), ("Проба", "Иван")]
    put_entries(
        drafts=[draft(name[0], "book-a", names=named(*name)) for name in names],
        change=change,
        now=NOW,
    )
    hits = find_people(PeopleQuery(q="Проба заде Б.")).page().hits
    assert [(hit.match.name, hit.match.near) for hit in hits if hit.match] == [
        ("Пробазаде Бекир", False)
    ]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Пётр Кузьмич Н.", ("Небывалов", "Пётр", "Кузьмич")),
        ("Гостин Гостин Прокл", ("Гостин Гостин", "Прокл")),
        ("Небывалов Я. Я.", ("Небывалов", "Я.Я.")),
    ],
)
def test_words_that_all_are_somebodys_are_compared_with_whole_names(
    library: None, change: Change, asked: str, name: tuple[str, ...]
) -> None:
    """The initial of a surname, a word that is there twice: the index has no form of these."""
    letters = [("Н.", "Иван"), ("Тестов", "Я.")]
    put_entries(
        drafts=[draft(own[0], "book-a", names=named(*own)) for own in [name, *letters]],
        change=change,
        now=NOW,
    )
    hits = find_people(PeopleQuery(q=asked)).page().hits
    assert [(hit.match.name, hit.match.near) for hit in hits if hit.match][:1] == [
        (" ".join(name), False)
    ]


def test_where_a_beginning_answered_it_is_told_whether_these_are_all(
    library: None, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    givens = ("Анна", "Алла", "Ада", "Агата", "Аглая", "Аза")
    people = [(f"Образцов{end}", given) for given in givens for end in ("а", "ина", "ичева")]
    put_entries(
        drafts=[draft(f"{own}", "book-a", names=named(*own)) for own in people],
        change=change,
        now=NOW,
    )
    every = find_people(PeopleQuery(q="Образц А.")).page()
    assert (every.count, every.count_is_exact) == (18, True)
    monkeypatch.setattr(known, "MOST_BEGINNINGS", 2)
    monkeypatch.setattr(retrieving, "RANKED", 3)
    some = find_people(PeopleQuery(q="Образц А.")).page()
    assert 0 < some.count < 18
    assert not some.count_is_exact
