"""Someone possibly living: who is, and the name, years, fate and source that are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.dates import FuzzyDate, parse_edtf
from registry.models import Change, Person, PersonStatus
from registry.records import (
    TermDraft,
    person_lines,
    public_entry,
    public_person,
    put_terms,
)
from registry.records.drafts.entries import (
    EntryDraft,
    PassageDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
    StayDraft,
)
from registry.records.public.summaries import person_summaries
from tests.records.drafting import draft, put_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

OLD = parse_edtf("1891")


def private(key: str = "1", source: str = "book-a", birth: str = "1950-02-03") -> EntryDraft:
    """An entry about someone possibly living, with a secret in every field it can have."""
    return draft(
        key,
        source,
        person_key="p",
        birth=parse_edtf(birth),
        birth_place="Secret",
        sex="f",
        residence="Secret",
        relatives="Secret",
        occupation="Secret",
        death_cause="Secret",
        comment="Secret",
        archive_file="Secret",
        fate="survived en",
        nationality="русский",
        passage=PassageDraft(
            "p. Secret", url="https://example.org/Secret", quotes="Secret", text="Secret"
        ),
        repressions=(
            RepressionDraft(
                arrest=parse_edtf("1951"),
                arrest_place="Secret",
                rulings=(RulingDraft("rehabilitated", text="Secret"),),
                stays=(StayDraft("Secret"),),
            ),
        ),
        rulings=(RulingDraft("rehabilitated", text="Secret"),),
        stays=(StayDraft("Secret"),),
        roles=(RoleDraft("service", "Secret"),),
        discredited={"occupation": "Secret"},
        reading={"birth_date": {"reason": "Secret"}},
    )


def test_of_the_possibly_living_only_name_years_fate_and_source_are_told(change: Change) -> None:
    pk = put_one(change, private(), private("2", "book-b", "1949/1950"))
    told = public_person(pk, language="ru")
    assert told.restricted
    assert "Secret" not in repr(told)
    assert "Secret" not in repr(public_entry(told.entries[0].id, language="ru"))
    assert "Secret" not in repr(person_lines([pk], language="ru"))
    assert set(told.facts) <= {"birth", "death", "fate"}
    assert told.sex == ""
    assert public_entry(told.entries[0].id, language="ru").person_sex == ""
    assert [value.date.edtf for value in told.facts["birth"].values if value.date] == ["1950"]
    assert told.facts["fate"].value.code == "survived"
    assert (told.episodes, told.rulings, told.stays, told.roles) == ((), (), (), ())
    assert (told.relations, told.contradictions, told.biographies) == ((), (), ())
    assert told.rehabilitated == ""
    assert [entry.source.slug for entry in told.entries] == ["book-a", "book-b"]
    assert [entry.passage for entry in told.entries] == [None, None]
    assert dict(told.entries[0].fields)["birth"].date == parse_edtf("1950")
    assert "birth" not in dict(told.entries[1].fields)
    [line] = person_lines([pk], language="ru")
    assert (line.birth, line.birth_place, line.restricted) == (parse_edtf("1950"), None, True)
    assert (line.sex, line.fate_code) == ("", "survived")
    [summary] = person_summaries([pk], language="ru")
    assert "Secret" not in repr(summary)


def test_a_birth_in_no_one_year_is_not_told_of_the_possibly_living(change: Change) -> None:
    pk = put_one(change, private(birth="1949/1950"))
    assert "birth" not in public_person(pk, language="en").facts


def test_the_fate_of_the_possibly_living_is_told_by_its_term_alone(change: Change) -> None:
    put_terms(
        drafts=[TermDraft("fate", "survived", "survived en", "survived ru", "survived uk",
                          spellings=("жива, Secret",))],
        change=change,
    )  # fmt: skip
    worded = {"fate": {"ru": "Secret"}}
    pk = put_one(
        change,
        replace(private(), fate="жива, Secret"),
        replace(private("2", "book-b"), fate="слово без термина Secret", wording=worded),
    )
    told = public_person(pk, language="ru")
    assert "Secret" not in repr(told)
    [fate] = told.facts["fate"].values
    assert (str(fate.text), fate.code, fate.printed) == ("survived ru", "survived", ())
    assert told.facts["fate"].rivals == ()
    for entry in told.entries:
        assert "Secret" not in repr(public_entry(entry.id, language="ru"))
    assert "fate" not in dict(told.entries[1].fields)


def test_years_alike_of_the_possibly_living_are_told_once(change: Change) -> None:
    """Which days the sources give, and that they differ about them, is not told."""
    days = ("1950-02-03", "1950-05-01", "1951-01-01", "1951-01-02")
    rows = [private(f"{n}", "book-a", day) for n, day in enumerate(days)]
    birth = public_person(put_one(change, *rows[:2]), language="en").facts["birth"]
    assert [(str(v.date.edtf), v.marks) for v in birth.values] == [("1950", (1, 2))]
    assert (birth.rivals, birth.rule, birth.calendar) == ((), "agreed", False)
    birth = public_person(put_one(change, *rows), language="en").facts["birth"]
    assert [(v.date.edtf, v.marks) for v in birth.values] == [("1950", (1, 2))]
    assert [(v.date.edtf, v.marks) for v in birth.rivals] == [("1951", (3, 4))]
    assert birth.rule == "order"
    alone = put_one(change, replace(rows[0], key="9", person_key="alone"))
    assert public_person(alone, language="en").facts["birth"].rule == "only"


@pytest.mark.parametrize("said", ["заменён на 10 лет ИТЛ", "нет сведений"])
def test_what_stands_in_the_column_and_is_no_day_kills_nobody(change: Change, said: str) -> None:
    unread = FuzzyDate(said, "", None, None)
    shot = RepressionDraft(sentence_date=parse_edtf("1937"), execution=unread)
    row = draft("1", "book-a", birth=parse_edtf("1950"), repressions=(shot,), death=unread)
    pk = put_one(change, row)
    assert Person.all_records.get(pk=pk).status == PersonStatus.RESTRICTED
    told = public_person(pk, language="en")
    assert (told.fate, set(told.facts)) == ("", {"birth"})
    old = public_person(
        put_one(change, replace(row, birth=OLD, death=None, content_hash="old")), language="en"
    )
    assert (old.fate, set(old.facts)) == ("", {"birth"})
    assert old.episodes[0].facts["execution"].value.date == unread


def test_a_burial_alone_tells_nobody_dead(change: Change) -> None:
    pk = put_one(change, draft("1", "book-a", birth=parse_edtf("1950"), burial_place="Кладбище"))
    assert Person.all_records.get(pk=pk).status == PersonStatus.RESTRICTED
    assert "burial" not in public_person(pk, language="en").facts
