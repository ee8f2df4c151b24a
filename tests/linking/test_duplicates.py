"""Pairs of people who may be one, over the whole registry, and the command that writes them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.linking import Duplicate, blocks, find_duplicates
from registry.models import Entry, PersonStatus
from registry.records.people.judging import judge_entries
from tests.databases import NOW
from tests.security.hidden import hide

pytestmark = pytest.mark.django_db

LIFE: dict[str, Any] = {
    "birth": parse_edtf("1891"), "death": parse_edtf("1938"), "fate": "executed"
}  # fmt: skip


def pairs(**how: int) -> list[tuple[int, int]]:
    return [(one.left, one.right) for one in find_duplicates(**how)]


def test_the_same_name_and_year_make_a_pair_and_brothers_make_none(
    make_person: Callable[..., int],
) -> None:
    one = make_person(**LIFE)
    make_person(given="Другой", **LIFE)
    make_person(family="Посторонний", **LIFE, birth_place="с. Ложное")
    other = make_person(**LIFE)
    latin = make_person(family="Primerov", given="Primer", patronymic="Primerovich", **LIFE)
    assert pairs() == [(one, other), (one, latin), (other, latin)]
    assert pairs(least=100) == []
    [first, *_] = find_duplicates()
    assert isinstance(first, Duplicate)
    assert {reason.code for reason in first.reasons} >= {"family.same", "birth.year"}


@pytest.mark.parametrize(
    ("family", "other"), [("Апосова", "Апасова"), ("Примерова", "Выдумина"), ("Авдов", "Овдов")]
)
def test_a_surname_misspelt_or_changed_by_marriage_makes_a_pair(
    make_person: Callable[..., int], family: str, other: str
) -> None:
    woman = family.endswith("а")
    said = {
        "given": "Раиса" if woman else "Иван",
        "patronymic": "Васильевна" if woman else "Васильевич",
        "birth_place": "с. Ложное",
        **LIFE,
    }
    one, two = make_person(family=family, **said), make_person(family=other, **said)
    make_person(family=other, **{**said, "birth": parse_edtf("1860")})
    assert pairs() == [(one, two)]


def test_of_a_common_surname_only_those_are_compared_who_share_two_things(
    make_person: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {**LIFE, "birth_place": "с. Ложное"}
    same = [make_person(**said), make_person(**said)]
    form = [make_person(given=name, **said) for name in ("Осип", "Иосиф")]
    older = make_person(patronymic="", **{**said, "birth": parse_edtf("1892")})
    whole = pairs()
    monkeypatch.setattr(blocks, "SMALL", 1)
    assert pairs() == whole
    assert {(same[0], same[1]), (form[0], form[1]), (same[0], older)} <= set(whole)
    monkeypatch.setattr(blocks, "BATCH", 1)
    assert pairs() == whole


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_who_was_judged_is_not_asked_again(make_person: Callable[..., int], verdict: str) -> None:
    people = [make_person(**LIFE), make_person(**LIFE)]
    assert pairs() == [tuple(people)]
    left, right = Entry.all_records.filter(person__in=people).values_list("pk", flat=True)
    judge_entries(
        left=left, right=right, verdict=verdict, by=None, role="editor", reason="x", now=NOW
    )
    assert pairs() == []


def test_whoever_is_hidden_is_in_no_pair(make_person: Callable[..., int]) -> None:
    people = [make_person(**LIFE), make_person(**LIFE)]
    hide(people[1], PersonStatus.WITHDRAWN, into=people[0])
    assert pairs() == []


def test_it_costs_the_same_for_2_people_and_for_40(make_person: Callable[..., int]) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            pairs()
        return len(queries)

    for _ in range(2):
        make_person(**LIFE)
    few = cost()
    for _ in range(38):
        make_person(**LIFE)
    assert cost() == few


def test_the_command_writes_a_line_a_pair(make_person: Callable[..., int], tmp_path: Path) -> None:
    one, other = make_person(**LIFE), make_person(**LIFE)
    out, said = tmp_path / "pairs.jsonl", io.StringIO()
    call_command("find_duplicates", out=out, stdout=said)
    assert said.getvalue() == "1 pair found.\n"
    [row] = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert (row["left"], row["right"], row["score"]) == (one, other, 76)
    assert row["reasons"][0] == {
        "code": "family.same", "weight": 22, "words": "Same surname (Примеров)"
    }  # fmt: skip
    shown = io.StringIO()
    call_command("find_duplicates", "--least", "100", stdout=shown)
    assert shown.getvalue() == ""
    call_command("find_duplicates", stdout=shown)
    assert json.loads(shown.getvalue()) == row


def test_an_empty_registry_has_no_pairs() -> None:
    assert pairs() == []
