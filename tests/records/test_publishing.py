"""What the public may know of a person, and of whom nothing."""

from __future__ import annotations

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
    SiteDraft,
    SiteNameDraft,
    index_letters,
    people_by_letter,
    person_lines,
    public_entry,
    public_person,
    put_sites,
    refresh_people,
    withdraw_source,
)
from registry.records.drafts.entries import (
    NameDraft,
    PassageDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
    StayDraft,
)
from registry.records.public.addresses import count_sections
from registry.records.public.lines import READER_ORDER
from registry.records.public.summaries import person_summaries
from tests.databases import NOW
from tests.records.drafting import draft, name, put_one

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

OLD = parse_edtf("1891")


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


def test_shorter_forms_of_texts_that_agree_are_told_beside_the_value(change: Change) -> None:
    def about(place: str, charge: str, sentence: str) -> RepressionDraft:
        return RepressionDraft(
            arrest=parse_edtf("1937"), arrest_place=place, charge=charge, sentence=sentence
        )

    pk = put_one(
        change,
        draft(
            "1", "book-a", person_key="p", birth=OLD, birth_place="г. Орёл, Орловская губерния",
            repressions=(about("Орёл, вокзал", "шпионаж", "ВМН, расстрел"),),
        ),
        draft(
            "2", "book-b", person_key="p", birth_place="Орёл",
            repressions=(about("Орёл", "Шпионаж", "расстрел"),),
        ),
        draft("3", "book-c", person_key="p", birth_place="орёл", wording={
            "birth_place": {"uk": "Орел"}
        }),
    )  # fmt: skip
    told = public_person(pk, language="uk")
    place = told.facts["birth_place"].value
    assert (str(place.text), place.marks) == ("г. Орёл, Орловская губерния", (1, 2, 3))
    assert [text.value for text in place.printed] == ["Орёл", "Орел"]
    facts = told.episodes[0].facts
    assert [str(text) for text in facts["arrest_place"].value.printed] == ["Орёл"]
    assert [str(text) for text in facts["charge"].value.printed] == ["Шпионаж"]
    assert [str(text) for text in facts["sentence"].value.printed] == ["расстрел"]
    assert told.facts["birth"].value.printed == ()


def test_an_execution_place_leads_to_its_site(change: Change) -> None:
    names = (SiteNameDraft("en", "Invented grave"),)
    put_sites(drafts=[SiteDraft("invented-grave", ("mass-grave",), names=names)], change=change)
    shot = [
        RepressionDraft(arrest=parse_edtf("1937"), execution_site="invented-grave", **own)
        for own in ({"execution_place": "Polygon", "wording": {"execution_place": {
            "ru": "Полигон"}}}, {})
    ]  # fmt: skip
    pk = put_one(
        change,
        draft("1", "book-a", person_key="p", birth=OLD, repressions=(shot[0],)),
        draft("2", "book-b", person_key="p", repressions=(shot[1],)),
    )
    [episode] = public_person(pk, language="ru").episodes
    place = episode.facts["execution_place"].value
    assert (str(place.text), place.site, place.code) == ("Полигон", "invented-grave", "")
    assert place.marks == (1, 2)


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


def test_the_reader_meets_the_best_known_name_in_their_language(change: Change) -> None:
    kinds = ("pseudonym", "religious", "birth", "variant", "married", "transliteration")
    for at in range(len(kinds)):
        names = (name(), *(
            NameDraft(kind, f"Primerov {kind}", "Primerov", kind, "", "en", "Latn")
            for kind in kinds[: at + 1]
        ))  # fmt: skip
        pk = put_one(change, draft(f"{at}", "book-a", birth=OLD, names=names))
        told = public_person(pk, language="en")
        [line] = person_lines([pk], language="en")
        assert told.reader_name.full == line.reader_name.value == f"Primerov {kinds[at]}"
    assert ("main", *reversed(kinds)) == READER_ORDER


def test_a_person_without_a_name_has_an_empty_one(change: Change) -> None:
    put_one(change, draft("1", "book-a", person_key="p", birth=OLD, discredited={"*": "invented"}))
    pk = put_one(change, draft("2", "book-b", person_key="p", birth=OLD, names=()))
    told = public_person(pk, language="en")
    assert (told.name.full, told.reader_name) == ("", None)
    assert told.names == ()
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
