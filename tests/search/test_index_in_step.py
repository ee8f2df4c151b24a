"""The index of names: what a name becomes, what keys share, and that it is never out of step."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from registry.dates import parse_edtf
from registry.models import Change, Entry, IndexState, NameForm, NameWord, Role, Source
from registry.records import put_entries, refresh_people, reinstate_source, withdraw_source
from registry.records.drafts.entries import NameDraft
from registry.search import reindex_people
from registry.search.index.fingerprint import Condition, condition, fingerprint
from registry.search.index.forms import forms_of
from registry.search.index.traces import traces
from tests.conftest import new_change
from tests.databases import NOW
from tests.records.drafting import draft, put_books
from tests.search.indexed import as_indexed, as_it_must_be


def called(*name: str) -> list[str]:
    """The forms of a name, each as its words in the order of the columns."""
    return [" ".join(word.folded if word else "-" for word in form) for form in forms_of(*name)]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        (("Примеров", "Иван", "Иванович", "Примеров Иван Иванович"), ["примеров иван иванович"]),
        (("Примеров", "", "", "Примеров"), ["примеров - -"]),
        (("", "", "", "Примеров Иван"), ["примеров иван -"]),
        (
            ("Примеров-Образцов", "Иван", "", ""),
            ["примеров иван -", "образцов иван -", "примеровобразцов иван -"],
        ),
        (
            ("Примерова", "Анна Мария", "", "Примерова Анна Мария"),
            ["примерова анна мария", "примерова анна -", "примерова мария -"],
        ),
        (
            ("Примерова", "Зейнаб", "Осман кызы", ""),
            ["примерова зейнаб осман", "примерова зейнаб кызы"],
        ),
        (("Примеров", "Иван", "", "Примеров Иван (Каин)"), ["примеров иван -", "каин иван -"]),
        (
            ("Ли", "Ме Ро", "", "Ли Ме Ро"),
            ["ли ме ро", "ли ме -", "ли ро -", "лимеро - -"],
        ),
        (("", "", "", "?!"), []),
    ],
)  # fmt: skip
def test_a_name_has_a_form_for_each_way_to_choose_its_words(
    name: tuple[str, str, str, str], forms: list[str]
) -> None:
    assert called(*name) == forms


def test_a_name_of_very_many_words_has_no_more_forms_than_there_is_room_for() -> None:
    many = " ".join(f"Слово{chr(1072 + n)}" for n in range(30))
    assert len(forms_of(many, many, many, many)) == 24


KEYS = st.text("abdeiklmnorstuv", min_size=5, max_size=8)


@given(KEYS, st.integers(0, 7), st.integers(0, 7), st.sampled_from("akz"))
def test_keys_two_letters_apart_share_a_trace(key: str, one: int, other: int, new: str) -> None:
    one, other = one % len(key), other % len(key)
    left = key[:one] + key[one + 1 :]
    changed = key[:other] + new + key[other + 1 :]
    for near in (
        left,
        changed,
        changed[:one] + new + changed[one + 1 :],
        key[:one] + new + key[one:],
    ):
        if len(near) >= 5:
            assert traces(key, 2) & traces(near, 2)


def test_what_is_alike_but_for_vowels_or_endings_shares_a_trace_too() -> None:
    assert traces("mandelwtam", 1) & traces("mondolwtom", 1)
    assert traces("klimov", 1) & traces("klimoviq", 1)
    assert not traces("klimov", 2) & traces("petrenko", 2)
    assert traces("=limero", 4) == traces("", 1) == set()


NAMES = ("Примеров", "Примерова", "Образцов-Примеров", "Primerov", "Čaks", "Caks", "Ли")
GIVEN = ("Иван", "Ян", "Анна Мария", "Ме Ро", "")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("put", "put again", "discredit", "withdraw", "reinstate", "refresh")),
        st.integers(0, 5),
        st.sampled_from(NAMES),
        st.sampled_from(GIVEN),
    ),
    max_size=8,
)


class Hand:
    """Does what may be done to names, through the domain."""

    def __init__(self) -> None:
        self.books = ("book-a", "book-b")
        put_books(new_change("a test"))

    def do(self, act: str, number: int, family: str, given_name: str) -> None:
        """Do one act; what is not possible now does nothing."""
        book = self.books[number % 2]
        status = Source.all_records.get(slug=book).status
        signed: dict[str, Any] = {"by": None, "role": Role.EDITOR, "reason": "a test", "now": NOW}
        if act.startswith("put"):
            key = f"{number}" if act == "put" else f"{number}-again"
            full = " ".join(part for part in (family, given_name) if part)
            names = (NameDraft("main", full, family, given_name, "", "ru", "Cyrl"),)
            said = draft(key, book, person_key=f"p{number}", names=names, death=parse_edtf("1937"))
            put_entries(drafts=[said], change=new_change("a test"), now=NOW)
        elif act == "discredit":
            entries = Entry.all_records.filter(source__slug=book)
            entries.update(discredited={"*": "invented"} if number < 3 else {})
            refresh_people(sorted(set(entries.values_list("person", flat=True))), now=NOW)
        elif act == "withdraw" and status == "in-use":
            withdraw_source(slug=book, **signed)
        elif act == "reinstate" and status == "withdrawn":
            reinstate_source(slug=book, **signed)
        elif act == "refresh":
            reindex_people(list(Entry.all_records.values_list("person", flat=True).distinct()))


@pytest.mark.django_db
@given(steps=STEPS)
@settings(
    max_examples=40,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_an_index_kept_in_step_is_the_one_made_anew(steps: Any, change: Change) -> None:
    with transaction.atomic():
        hand = Hand()
        for step in steps:
            hand.do(*step)
            assert as_indexed() == as_it_must_be()
        kept = as_indexed()
        call_command("rebuild_search", stdout=StringIO())
        assert as_indexed() == kept
        assert not NameWord.all_records.filter(frequency__lte=0).exists()
        NameForm.all_records.all().delete()
        call_command("rebuild_search", stdout=StringIO())
        assert as_indexed() == kept
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_it_is_said_whether_the_index_is_that_of_this_code(make_person: Any) -> None:
    assert condition() == Condition.CURRENT  # nobody is indexed, and nobody is to be
    make_person()
    state = IndexState.all_records.get()
    assert (state.fingerprint, condition()) == (fingerprint(), Condition.CURRENT)
    out = StringIO()
    call_command("rebuild_search", "--check", stdout=out)
    for change, expected in (
        ({"fingerprint": "of other code"}, Condition.OUTDATED),
        ({"fingerprint": ""}, Condition.MISSING),
        ({"fingerprint": fingerprint(), "building": "begun"}, Condition.BUILDING),
    ):
        IndexState.all_records.update(**change)
        assert condition() == expected
        with pytest.raises(SystemExit):
            call_command("rebuild_search", "--check", stdout=out)
    call_command("rebuild_search", stdout=out)
    assert condition() == Condition.CURRENT
    assert out.getvalue().splitlines() == [
        "The index of names is that of this code.",
        "The index of names was made by other code: run rebuild_search.",
        "Nobody is found by name before rebuild_search is run.",
        "The making of the index of names was cut off: run rebuild_search.",
        "1 people are indexed anew.",
    ]
