"""What is not believed is told with the reason, and tells nothing else."""

from __future__ import annotations

import pytest

from registry.dates import parse_edtf
from registry.models import Change, Person, Source
from registry.records import (
    TermDraft,
    person_lines,
    public_entry,
    public_person,
    put_terms,
)
from registry.records.drafts.entries import (
    RepressionDraft,
)
from registry.records.public.summaries import person_summaries
from registry.records.public.valuing import NEVER_TOLD
from tests.records.drafting import draft, name, put_one
from tests.records.statements import UNREAD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

OLD = parse_edtf("1891")


def test_a_discredited_execution_says_nothing_of_the_death(change: Change) -> None:
    shot = RepressionDraft(execution=parse_edtf("1937-11-03"))
    pk = put_one(
        change,
        draft("1", "book-a", birth=OLD, repressions=(shot,), discredited={"execution_date": "no"}),
    )
    told = public_person(pk, language="en")
    assert "death" not in told.facts
    assert told.fate == ""
    [believed] = [put_one(change, draft("2", "book-a", birth=OLD, repressions=(shot,)))]
    assert public_person(believed, language="en").fate == "executed"


def test_a_death_that_was_not_read_leaves_the_word_to_the_execution(change: Change) -> None:
    shot = RepressionDraft(execution=parse_edtf("1937-11-03"))
    said = {"birth": OLD, "death": UNREAD, "repressions": (shot,)}
    told = public_person(put_one(change, draft("1", "book-a", **said)), language="en")
    death = told.facts["death"]
    assert ([value.date for value in death.values], death.rivals) == ([shot.execution], ())
    assert dict(told.entries[0].fields)["death"].date == UNREAD
    doubted = draft("2", "book-a", **said, discredited={"death_date": "no"})
    told = public_person(put_one(change, doubted), language="en")
    [printed] = told.facts["death"].discredited
    assert printed.value.date == UNREAD


def test_what_a_source_is_not_believed_for_is_not_concluded(change: Change) -> None:
    Source.all_records.filter(slug="book-a").update(unreliable_for=["death_date", "arrest_date"])
    arrested = RepressionDraft(arrest=parse_edtf("1937"), charge="Придумано")
    pk = put_one(
        change,
        draft("1", "book-a", birth=OLD, death=parse_edtf("1944"), repressions=(arrested,)),
    )
    told = public_person(pk, language="en")
    arrest = told.episodes[0].facts["arrest"]
    for fact, date in ((told.facts["death"], "1944"), (arrest, "1937")):
        assert fact.values == fact.rivals == ()
        [doubted] = fact.discredited
        assert (doubted.reason, doubted.rule) == (None, "unreliable-source")
        assert (doubted.value.date, doubted.value.marks) == (parse_edtf(date), (1,))
    assert told.episodes[0].facts["charge"].values
    assert Person.all_records.get(pk=pk).death is None


def test_an_editor_s_reason_is_told_before_the_rule_of_the_source(change: Change) -> None:
    Source.all_records.filter(slug="book-a").update(unreliable_for=["birth_place"])
    pk = put_one(
        change,
        draft("1", "book-a", person_key="p", birth=OLD, birth_place="Орёл", discredited={
            "birth_place": "a slip", "*": "invented",
        }, repressions=(RepressionDraft(arrest=parse_edtf("1937"), arrest_place="Ложь"),)),
        draft("2", "book-b", person_key="p", birth=OLD, repressions=(
            RepressionDraft(arrest=parse_edtf("1937"), arrest_place="Тверь"),
        ), discredited={"arrest_place": "a slip too"}),
    )  # fmt: skip
    told = public_person(pk, language="en")
    [place] = told.facts["birth_place"].discredited
    assert (str(place.reason), place.rule) == ("a slip", "")
    [birth] = told.facts["birth"].discredited
    assert str(birth.reason) == "invented"
    [episode] = told.episodes
    [arrest] = episode.facts["arrest_place"].discredited
    assert (str(arrest.value.text), str(arrest.reason)) == ("Тверь", "a slip too")


def test_what_is_concluded_for_lists_alone_is_never_told_even_as_doubted(change: Change) -> None:
    put_terms(drafts=[TermDraft("region", "oryol", "o", "o", "o")], change=change)
    pk = put_one(
        change,
        draft("1", "book-a", birth=OLD, birth_region="oryol", residence_region="oryol",
              discredited={"birth_region": "invented"}),
    )  # fmt: skip
    assert not set(public_person(pk, language="en").facts) & NEVER_TOLD


def test_what_is_discredited_as_a_whole_names_nobody_anywhere(change: Change) -> None:
    gone = {"*": "invented"}
    pk = put_one(
        change,
        draft("1", "book-a", person_key="p", birth=OLD),
        draft("2", "book-a", person_key="p", names=(name(3, "main"),), discredited=gone),
    )
    told = public_person(pk, language="en")
    assert ([n.full for n in told.names], told.reader_name) == ([told.name.full], None)
    [line] = person_lines([pk], language="en")
    assert line.reader_name is None
    assert public_entry(told.entries[0].id, language="en").person_name.value == told.name.full
    [summary] = person_summaries([pk], language="en")
    assert [n.full for n in summary.names] == [told.name.full]
