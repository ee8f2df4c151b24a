import pytest

from registry.names import equivalents, key, readings
from registry.names.given import _key_of_form
from registry.names.loading import rows


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Осип", "Иосиф"),
        ("Осип", "Józef"),
        ("Осип", "Joseph"),
        ("Иван", "Johann"),
        ("Иван", "Jan"),
        ("Николай", "Микола"),
        ("Николай", "Mykola"),
        ("Исаак", "Ицхак"),
        ("Исаак", "יצחק"),
        ("Михаил", "Михайло"),
        ("Сергей", "Сергій"),
        ("Яков", "Jēkabs"),
        ("Александр", "Alexander"),
        ("Георгий", "Yrjö"),
        ("Григорий", "Герш"),
    ],
)
def test_one_name_in_two_forms_is_equivalent(first: str, second: str) -> None:
    assert equivalents(key(first)) & {reading.key for reading in readings(second)}


def test_equivalents_are_symmetric_and_leave_the_name_itself_out() -> None:
    for form in {form for _, form, _ in rows("given")}:
        one = key(form)
        assert one not in equivalents(one)
        assert all(one in equivalents(other) for other in equivalents(one))


def test_equivalents_do_not_chain() -> None:
    assert key("Герш") in equivalents(key("Григорий"))
    assert key("Грегор") not in equivalents(key("Герш"))


def test_a_name_that_is_in_no_group_has_no_equivalents() -> None:
    assert equivalents(key("Мандельштам")) == frozenset()
    assert equivalents("") == frozenset()


def test_every_form_of_the_table_is_found_by_one_of_its_own_readings() -> None:
    for _, form, language in rows("given"):
        found = _key_of_form(form, language)
        assert found in {reading.key for reading in readings(form)}, form


def test_every_row_of_the_table_is_there_once_and_every_group_has_two() -> None:
    table = rows("given")
    assert len(set(table)) == len(table)
    groups = [group for group, _, _ in table]
    assert all(groups.count(group) > 1 for group in set(groups))
