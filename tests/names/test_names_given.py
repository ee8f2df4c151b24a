from collections import Counter

import pytest

from registry.names import equivalents, gender_from_given, given_names, key, readings, script_of
from registry.names.given import TABLES, key_of_form
from registry.names.loading import rows

ROWS = [row for table in TABLES for row in rows(table)]
FORMS = [(form, language) for _, _, language, forms in ROWS for form in forms.split()]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Осип", "Иосиф"),
        ("Осип", "Józef"),
        ("Осип", "Joseph"),
        ("Иван", "Johann"),
        ("Иван", "Jan"),
        ("Иван", "Ованес"),
        ("Иван", "Jānis"),
        ("Иван", "Юхан"),
        ("Николай", "Микола"),
        ("Николай", "Mykola"),
        ("Исаак", "Ицхак"),
        ("Исаак", "יצחק"),
        ("Михаил", "Михайло"),
        ("Сергей", "Сергій"),
        ("Сергей", "Саркис"),
        ("Яков", "Jēkabs"),
        ("Яков", "Янкель"),
        ("Александр", "Alexander"),
        ("Александр", "Олександр"),
        ("Георгий", "Yrjö"),
        ("Георгий", "Егор"),
        ("Григорий", "Герш"),
        ("Григорий", "Рыгор"),
        ("Данила", "Даниил"),
        ("Игнат", "Игнатий"),
        ("Ксения", "Аксинья"),
        ("Полина", "Полинария"),
        ("Мендель", "Менахем"),
        ("Берко", "Борис"),
        ("Хасан", "Гасан"),
        ("Магомед", "Muhammad"),
        ("Галимзян", "Алимджан"),
        ("Хайдар", "Гейдар"),
        ("Юозас", "Осип"),
        ("Хейкки", "Генрих"),
        ("Кетеван", "Екатерина"),
    ],
)
def test_one_name_in_two_forms_is_equivalent(first: str, second: str) -> None:
    assert equivalents(key(first)) & {reading.key for reading in readings(second)}


@pytest.mark.parametrize(
    "names", ["Иван Пётр", "Мария Марфа", "Антон Антонина", "Хасан Хусаин", "Зенон Зиновий"]
)
def test_other_names_are_not_equivalent(names: str) -> None:
    first, second = names.split()
    assert key(second) not in equivalents(key(first))


def test_equivalents_are_symmetric_and_leave_the_name_itself_out() -> None:
    for one in {key_of_form(*form) for form in FORMS}:
        others = equivalents(one)
        assert one not in others
        assert all(one in equivalents(other) for other in others)


def test_equivalents_do_not_chain() -> None:
    assert key("Герш") in equivalents(key("Григорий"))
    assert key("Грегор") not in equivalents(key("Герш"))


def test_a_name_that_is_in_no_group_has_no_equivalents() -> None:
    assert equivalents(key("Мандельштам")) == frozenset()
    assert equivalents("") == frozenset()


def test_a_form_may_belong_to_several_names() -> None:
    assert {name.name for name in given_names(key("Ханна"))} >= {"Анна", "Хана"}
    assert given_names("nothing") == ()


@pytest.mark.parametrize(
    ("form", "sex"),
    [("Осип", "m"), ("Габриэль", "m"), ("Жужанна", "f"), ("Саша", None), ("Саадат", None)],
)
def test_a_given_name_tells_the_sex_where_it_is_of_one(form: str, sex: str | None) -> None:
    assert gender_from_given(key(form)) == sex


def test_every_form_of_the_tables_is_found_by_one_of_its_own_readings() -> None:
    lost = [
        (form, language)
        for form, language in FORMS
        if key_of_form(form, language) not in {reading.key for reading in readings(form)}
    ]
    # A short Latin form may be read in more ways than are kept.
    assert len(lost) / len(FORMS) < 0.005, lost


def test_the_tables_are_well_formed() -> None:
    assert len(ROWS) > 5000
    assert len({(name, sex) for name, sex, _, _ in ROWS}) > 1500
    for table in TABLES:
        counts = Counter(row[:3] for row in rows(table))
        assert max(counts.values()) == 1, counts.most_common(3)
    for name, sex, language, forms in ROWS:
        assert sex in {"m", "f"}
        assert language.islower()
        assert len(set(forms.split())) == len(forms.split()), name
        for form in forms.split():
            assert len({script_of(letter) for letter in form if letter.isalpha()}) == 1, form
    for name in {name for name, _, _, _ in ROWS}:
        assert len(name.split()) == 1


def test_every_name_has_two_forms_that_sound_different_and_its_own_among_them() -> None:
    for name, sex, _, _ in ROWS:
        own = [one for one in given_names(key(name)) if (one.name, one.sex) == (name, sex)]
        assert own, name
        assert all(len(one.keys) > 1 for one in own), name
