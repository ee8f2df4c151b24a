"""What is asked, and who is right: the measure itself."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, strategies as st
from rapidfuzz.distance import OSA

from tests.benchmarks.naming import Name
from tests.relevance.forms import form
from tests.relevance.measuring import Answer, figures
from tests.relevance.mistakes import mistype
from tests.relevance.people import Subject
from tests.relevance.queries import PLAIN, Asked, Maker
from tests.relevance.standards import CUSTOMS, SCHEMES, TUNED_ON, standards

SUBJECT = Subject(1, Name("Примеров", "Пётр", "Ильич"), ())


@given(st.text("абвгдеиор", min_size=3, max_size=12), st.integers(0, 10**6))
def test_a_mistake_is_one_and_is_seen(word: str, seed: int) -> None:
    made = mistype(random.Random(seed), word).lower()
    assert OSA.distance(word, made) == 1


def test_the_standards_of_the_two_sets_are_others() -> None:
    tuned, held_out = standards("tuning"), standards("held-out")
    assert not tuned.keys() & held_out.keys()
    assert len(held_out) == len(CUSTOMS) - len(TUNED_ON)
    assert len(tuned) == len(SCHEMES) + len(TUNED_ON)


@pytest.mark.parametrize(
    ("custom", "written"),
    [
        ("DIN 1460", "Ščukin"), ("Swedish", "Sjtjukin"), ("Dutch", "Sjtsjoekin"),
        ("Hungarian", "Scsukin"), ("Portuguese", "Chtchukin"), ("typed", "Schukin"),
    ],
)  # fmt: skip
def test_customs(custom: str, written: str) -> None:
    which = "tuning" if custom in TUNED_ON else "held-out"
    assert standards(which)[custom]("Щукин") == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("uk", "Нікітін Микола Іванович"), ("be", "Нікіцін Мікалай"), ("pl", "Nikitin Mikołaj"),
        ("de", "Nikitin Nikolaus"), ("lt", "Nikitinas Mikalojus"), ("lv", "Nikitins Nikolajs"),
        ("et", "Nikitin Nikolai"),
    ],
)  # fmt: skip
def test_forms_of_other_languages(language: str, written: str) -> None:
    assert form(Name("Никитин", "Николай", "Иванович"), language) == written


def _asked(kind: str) -> Asked:
    made = Maker([SUBJECT], random.Random(1), 1).plain()
    return next(one for one in made if one.kind == kind)


@pytest.mark.parametrize(
    ("kind", "text", "others"),
    [
        ("exact", "Примеров Пётр Ильич", ()),
        ("surname only", "Примеров", (Name("Примеров", "Карл"),)),
        ("no patronymic", "Примеров Пётр", (Name("Примеров", "Петр", "Лукич"),)),
        ("initials", "Примеров П. И.", (Name("Примеров", "Павел", "Иванович"),)),
        ("swapped", "Пётр Ильич Примеров", ()),
    ],
)
def test_whoever_is_called_so_is_right(kind: str, text: str, others: tuple[Name, ...]) -> None:
    asked = _asked(kind)
    assert asked.boxes == {"q": text}
    for right in (SUBJECT.name, Name("Примеров", "Петр", "Ильич"), *others):
        assert asked.answers(right)
    assert not asked.answers(Name("Другов", "Пётр", "Ильич"))
    assert set(PLAIN) >= {kind}


def test_figures_are_shares_and_nobody_is_right_where_nobody_is_claimed() -> None:
    one, nobody = Asked("a", {"q": "x"}), Asked("b", {"q": "x"}, nobody=True)
    told = figures([Answer(one, 1, 3, False), Answer(one, 4, 9, False), Answer(one, 0, 0, True)])
    assert (told.s1, told.s10, told.empty) == (1 / 3, 2 / 3, 1 / 3)
    assert told.mrr == pytest.approx((1 + 1 / 4) / 3)
    assert figures([Answer(nobody, 0, 2, False), Answer(nobody, 0, 0, True)]).s10 == 0.5
