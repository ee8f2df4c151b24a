"""What the public may know of a person: all of it, or name, years, fate and source alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.models import Biography, Change, Choice, Entry, Person, PersonStatus, Role, Source
from registry.records import (
    EntryGone,
    EntryUnknown,
    PersonGone,
    PersonMoved,
    PersonUnknown,
    index_letters,
    people_by_letter,
    person_lines,
    public_entry,
    public_person,
    refresh_people,
    withdraw_source,
)
from registry.records.addresses import count_sections
from registry.records.drafts import (
    EntryDraft,
    PassageDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
    StayDraft,
)
from registry.records.summaries import person_summaries
from tests.databases import NOW
from tests.records.drafting import draft, name, put_books, put_one, put_vocabularies

pytestmark = pytest.mark.django_db

OLD = parse_edtf("1891")


@pytest.fixture(autouse=True)
def books(change: Change, make_source: Callable[..., str]) -> None:
    put_books(change)
    put_vocabularies(change)


def private(key: str = "1", source: str = "book-a", birth: str = "1950-02-03") -> EntryDraft:
    """An entry about someone possibly living, with a secret in every field it can have."""
    return draft(
        key,
        source,
        person_key="p",
        birth=parse_edtf(birth),
        birth_place="Secret",
        residence="Secret",
        relatives="Secret",
        occupation="Secret",
        death_cause="Secret",
        comment="Secret",
        archive_file="Secret",
        fate="survived en",
        nationality="русский",
        passage=PassageDraft("p. 5", text="Secret"),
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
    assert set(told.facts) <= {"sex", "birth", "death", "fate"}
    assert [value.date.edtf for value in told.facts["birth"].values if value.date] == ["1950"]
    assert told.facts["fate"].value.code == "survived"
    assert (told.episodes, told.rulings, told.stays, told.roles) == ((), (), (), ())
    assert (told.relations, told.contradictions, told.biographies) == ((), (), ())
    assert told.rehabilitated == ""
    assert [entry.source.slug for entry in told.entries] == ["book-a", "book-b"]
    assert told.entries[0].passage is not None
    assert told.entries[0].passage.text is None
    assert dict(told.entries[0].fields)["birth"].date == parse_edtf("1950")
    assert "birth" not in dict(told.entries[1].fields)
    [line] = person_lines([pk], language="ru")
    assert (line.birth, line.birth_place, line.restricted) == (parse_edtf("1950"), None, True)
    [summary] = person_summaries([pk], language="ru")
    assert "Secret" not in repr(summary)


def test_a_birth_in_no_one_year_is_not_told_of_the_possibly_living(change: Change) -> None:
    pk = put_one(change, private(birth="1949/1950"))
    assert "birth" not in public_person(pk, language="en").facts


@pytest.mark.parametrize("status", ["held", "withdrawn", "suppressed"])
def test_the_hidden_are_gone_and_so_are_their_entries(change: Change, status: str) -> None:
    pk = put_one(change, draft("1", "book-a", birth=OLD))
    Person.all_records.filter(pk=pk).update(status=status)
    with pytest.raises(PersonGone):
        public_person(pk, language="en")
    with pytest.raises(EntryGone):
        public_entry(Entry.all_records.get().pk, language="en")
    assert person_lines([pk], language="en") == []
    assert index_letters() == {"cyrillic": [], "latin": []}
    assert people_by_letter("П", language="en").count == 0
    assert count_sections() == 0


def test_the_merged_have_moved_and_the_unknown_are_unknown(change: Change) -> None:
    gone, kept = (put_one(change, draft(key, "book-a", birth=OLD)) for key in "12")
    Person.all_records.filter(pk=gone).update(status=PersonStatus.MERGED, merged_into=kept)
    with pytest.raises(PersonMoved) as moved:
        public_person(gone, language="en")
    assert moved.value.to == kept
    for unknown in (0, -1, 10**30):
        with pytest.raises(PersonUnknown):
            public_person(unknown, language="en")
        with pytest.raises(EntryUnknown):
            public_entry(unknown, language="en")


def test_whoever_only_a_withdrawn_source_knew_is_gone(change: Change) -> None:
    pk = put_one(change, draft("1", "book-a", birth=OLD))
    entry = Entry.all_records.get().pk
    withdraw_source(slug="book-a", by=None, role=Role.EDITOR, reason="forged", now=NOW)
    with pytest.raises(PersonGone):
        public_person(pk, language="en")
    with pytest.raises(EntryGone):
        public_entry(entry, language="en")


def test_a_choice_is_told_with_its_reason(change: Change) -> None:
    arrests = [RepressionDraft(arrest=parse_edtf(day)) for day in ("1937-11-03", "1937-11-08")]
    pk = put_one(
        change,
        draft("1", "book-a", person_key="p", birth=OLD, repressions=(arrests[0],)),
        draft("2", "book-b", person_key="p", birth=parse_edtf("1892"), repressions=(arrests[1],)),
    )
    second = Entry.all_records.get(key="2")
    for field in ("birth", "episode:1.arrest"):
        Choice.all_records.create(
            person_id=pk, field=field, entry=second, reason=f"why {field}", change=change
        )
    refresh_people([pk], now=NOW)
    told = public_person(pk, language="en")
    birth, arrest = told.facts["birth"], told.episodes[0].facts["arrest"]
    assert (birth.rule, birth.reason, birth.value.marks) == ("choice", "why birth", (2,))
    assert (arrest.rule, arrest.reason) == ("choice", "why episode:1.arrest")
    assert Person.all_records.get(pk=pk).birth == parse_edtf("1892")
    Entry.all_records.filter(pk=second.pk).update(standing="withdrawn")
    refresh_people([pk], now=NOW)
    assert public_person(pk, language="en").facts["birth"].rule == "only"


def test_printed_forms_of_one_term_are_told_beside_its_label(change: Change) -> None:
    pk = put_one(
        change,
        draft("1", "book-a", person_key="p", birth=OLD, nationality="русский"),
        draft("2", "book-b", person_key="p", nationality="великоросс"),
        draft("3", "book-c", person_key="p", nationality="немец", discredited={"*": "invented"}),
    )
    fact = public_person(pk, language="uk").facts["nationality"]
    assert (str(fact.value.text), fact.value.code) == ("russian uk", "russian")
    assert [text.value for text in fact.value.printed] == ["русский", "великоросс"]
    assert fact.rivals == ()
    assert [one.reason.value for one in fact.discredited] == ["invented"]


def test_our_own_words_are_told_in_the_reader_s_language(change: Change) -> None:
    worded = {
        "birth_place": {"ru": "Орёл", "uk": "Орел"},
        "nationality": {"ru": "русский (по анкете)"},
        "discredited.death_date": {"ru": "придумано"},
    }
    ruled = RulingDraft(
        "rehabilitated", parse_edtf("1956"), body="суд", ground="none",
        wording={"ground": {"ru": "нет состава"}},
    )  # fmt: skip
    own_body = RulingDraft(
        "refused", parse_edtf("1955"), body="суд", wording={"body": {"ru": "этот суд"}}
    )
    unread = RulingDraft("refused", parse_edtf("1954"), body="неведомый суд")
    pk = put_one(
        change,
        draft(
            "1",
            "book-a",
            birth=OLD,
            birth_place="Oryol",
            nationality="русский",
            death=parse_edtf("1941"),
            discredited={"death_date": "invented"},
            wording=worded,
            rulings=(ruled, own_body, unread),
            passage=PassageDraft("p. 1", language="ru", text="Орёл"),
        ),
    )
    told = {lang: public_person(pk, language=lang) for lang in ("en", "ru", "uk")}
    places = [t.facts["birth_place"].value.text for t in told.values()]
    assert [(text.value, text.lang) for text in places if text] == [
        ("Oryol", "en"), ("Орёл", "ru"), ("Орел", "uk"),
    ]  # fmt: skip
    reasons = [t.facts["death"].discredited[0].reason for t in told.values()]
    assert [(r.value, r.lang) for r in reasons] == [
        ("invented", "en"), ("придумано", "ru"), ("invented", "en"),
    ]  # fmt: skip
    bodies = [[str(ruling.body) for ruling in t.rulings] for t in told.values()]
    assert bodies[0] == ["неведомый суд", "суд", "court en"]
    assert bodies[1] == ["неведомый суд", "этот суд", "court ru"]
    assert str(told["ru"].rulings[2].ground) == "нет состава"
    assert told["en"].entries[0].passage.text.lang == "ru"


def test_rulings_and_stays_alike_are_told_once_with_all_who_state_them(change: Change) -> None:
    def about(place: str) -> RepressionDraft:
        return RepressionDraft(
            arrest=parse_edtf("1937"),
            rulings=(RulingDraft("rehabilitated", parse_edtf("1956")), RulingDraft("refused")),
            stays=(StayDraft("Лагерь", "camp"), StayDraft(place, from_date=parse_edtf("1938"))),
        )

    pk = put_one(
        change,
        draft("1", "book-a", person_key="p", birth=OLD, repressions=(about("Тверь"),)),
        draft("2", "book-b", person_key="p", repressions=(about("Орёл"),)),
        draft(
            "3", "book-c", person_key="p", repressions=(about("Ложь"),), discredited={"*": "false"}
        ),
    )
    told = public_person(pk, language="en")
    [episode] = told.episodes
    assert [(r.kind, r.marks) for r in episode.rulings] == [
        ("rehabilitated", (1, 2)), ("refused", (1, 2)),
    ]  # fmt: skip
    assert [(s.place.value, s.marks) for s in episode.stays] == [
        ("Тверь", (1,)), ("Орёл", (2,)), ("Лагерь", (1, 2)),
    ]  # fmt: skip
    assert len(told.entries[2].repressions) == 1


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


def test_what_a_source_is_not_believed_for_is_not_concluded(change: Change) -> None:
    Source.all_records.filter(slug="book-a").update(unreliable_for=["death_date", "arrest_date"])
    arrested = RepressionDraft(arrest=parse_edtf("1937"), charge="Придумано")
    pk = put_one(
        change,
        draft("1", "book-a", birth=OLD, death=parse_edtf("1944"), repressions=(arrested,)),
    )
    told = public_person(pk, language="en")
    assert "death" not in told.facts
    assert set(told.episodes[0].facts) == {"charge"}


def test_a_person_without_a_name_has_an_empty_one(change: Change) -> None:
    put_one(change, draft("1", "book-a", person_key="p", birth=OLD, discredited={"*": "invented"}))
    pk = put_one(change, draft("2", "book-b", person_key="p", birth=OLD, names=()))
    told = public_person(pk, language="en")
    assert (told.name.full, told.reader_name) == ("", None)
    assert [n.full for n in told.names] == ["Примеров Пример Примерович"]
    assert person_summaries([pk], language="en")[0].name.full == ""


def test_the_reader_s_name_is_that_of_the_best_source_wherever_it_is_shown(
    change: Change,
) -> None:
    pk = put_one(
        change,
        draft("1", "book-b", person_key="p", names=(name(4, "transliteration"),), birth=OLD),
        draft("2", "book-c", person_key="p", names=(name(3, "transliteration"),)),
        draft("3", "book-a", person_key="p", names=(name(), name(3, "transliteration"))),
    )
    for language, expected in (("de", "Zrimerov Zrimer"), ("en", "Primerov Primer")):
        told = public_person(pk, language=language)
        [line] = person_lines([pk], language=language)
        assert (told.reader_name.full, line.reader_name.value) == (expected, expected)
    assert public_person(pk, language="ru").reader_name is None
    [own] = person_lines([pk], language="ru")
    assert own.reader_name is None
    assert public_entry(Entry.all_records.get(key="1").pk, language="en").person_name.lang == "en"


def test_a_biography_is_told_without_what_could_harm(change: Change) -> None:
    pk = put_one(change, draft("1", "book-a", birth=OLD))
    text = "*Жил.* <script>alert(1)</script> ![x](http://example.org/x.png)"
    row = Biography.all_records.create(person_id=pk, language="ru", title="Жизнь", text=text)
    row.sources.set(Source.all_records.filter(slug="book-a"))
    [told] = public_person(pk, language="en").biographies
    assert "<em>Жил.</em>" in told.html
    assert "<script" not in told.html
    assert "<img" not in told.html
    assert [source.slug for source in told.sources] == ["book-a"]


def test_a_person_costs_the_same_queries_with_one_entry_and_fifty(change: Change) -> None:
    def queries(key: str, count: int) -> int:
        rows = (RepressionDraft(arrest=parse_edtf("1937"), stays=(StayDraft("Орёл"),)),)
        pk = put_one(
            change,
            *(
                draft(
                    f"{key}{n}", "book-a", person_key=key, birth=OLD, repressions=rows,
                    nationality="русский", roles=(RoleDraft("service", "Служил"),),
                    rulings=(RulingDraft("refused", body="суд"),),
                )
                for n in range(count)
            ),
        )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            assert len(public_person(pk, language="ru").entries) == count
        return len(captured)

    assert queries("a", 1) == queries("b", 50) <= 15
