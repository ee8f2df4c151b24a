"""Near names: who is suggested where the first is hidden, and why they are said to be near."""

from __future__ import annotations

import pytest

from registry.models import Person, PersonStatus
from registry.search import suggest
from tests.search.test_names_found import match, people

__all__ = ["people"]


@pytest.mark.parametrize("typed", ["Девичьева Ревекка", "Девичьиева Ревекка"])
def test_who_is_hidden_keeps_nobody_from_being_suggested(
    people: dict[int, str],
    typed: str,
) -> None:
    hidden = [pk for pk, key in people.items() if key == "maiden"]
    Person.all_records.filter(pk__in=hidden).update(status=PersonStatus.HELD)
    assert [people[hit.person] for hit in suggest(typed).hits] == ["rebekka"]


def test_two_letters_off_the_same_name_with_another_ending_is_told_as_that(
    people: dict[int, str],
) -> None:
    found = match(people, "double", q="Тестян Иван")
    assert [reason.kind for reason in found.reasons] == ["kin", "exact"]
    assert found.reasons[0].found == "тестов"


def test_of_an_initial_it_is_told_how_it_was_read(
    people: dict[int, str],
) -> None:
    read, written = (match(people, "alone", q=f"Примеров {letter}.") for letter in "NН")
    assert [reason.kind for reason in (read.reasons[1], written.reasons[1])] == ["initial"] * 2
    assert (read.reasons[1].scheme, written.reasons[1].scheme) == ("english", "")
