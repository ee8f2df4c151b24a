"""What an entry would change is told before it is there: as it then comes to be."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.models import Change, Entry, Repression, Role, Spelling
from registry.records import public_person
from registry.records.drafts.entries import EntryDraft, RepressionDraft, RulingDraft
from registry.records.entries.editing import EntryRefused, add_entry
from registry.records.entries.episode_joining import put_into_episode
from registry.records.entries.previewing import Foreseen, Preview, Proposed, preview_entries
from registry.records.people.choosing import choose
from registry.records.public.shapes import PublicFact
from registry.records.undoing.reverting import undo_change
from tests.databases import NOW
from tests.records.drafting import draft, put_one

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {
    "by": None, "role": Role.EDITOR, "reason": "an invented reason", "now": NOW,
}  # fmt: skip


@pytest.fixture(autouse=True)
def books(library: None, change: Change) -> Change:
    return change


def arrested(day: str, **more: Any) -> RepressionDraft:
    return RepressionDraft(arrest=parse_edtf(day), **more)


def seen(new: EntryDraft, person: int | None = None, **more: Any) -> Preview:
    return preview_entries([Proposed(new, person, **more)], language="en")[0]


def told(fact: PublicFact | None) -> list[str]:
    """Return the believed values of a fact, and after a stroke its rivals."""
    if fact is None:
        return []
    values = [[v.date.edtf if v.date else str(v.text or v.code) for v in own]
              for own in (fact.values, fact.rivals)]  # fmt: skip
    return [*values[0], *(["|", *values[1]] if values[1] else [])]


def of(preview: Preview, field: str) -> Foreseen:
    [found] = [fact for fact in preview.facts if fact.field == field]
    return found


def test_of_somebody_new_all_is_new_and_nothing_is_written() -> None:
    before = (Entry.all_records.count(), Spelling.all_records.count())
    new = draft(
        "9", "book-a", sex="m", birth=parse_edtf("1891"), fate="расстрелян",
        nationality="невиданный", birth_region="tver", occupation="птицелов",
        repressions=(arrested("1937-11", sentencing_body="тройка"),),
    )  # fmt: skip
    preview = seen(new)
    assert preview.mark == 1
    assert preview.contradictions == ()
    assert {fact.field: told(fact.after) for fact in preview.facts} == {
        "sex": ["m"],
        "birth": ["1891"],
        "nationality": ["невиданный"],
        "occupation": ["птицелов"],
        "fate": ["executed en"],
        "episode:1.arrest": ["1937-11"],
        "episode:1.sentencing_body": ["troika en"],
    }
    assert {(fact.before, fact.states, fact.wins) for fact in preview.facts} == {(None, True, True)}
    assert (Entry.all_records.count(), Spelling.all_records.count()) == before


def test_a_better_rank_wins_a_worse_one_stands_beside_and_is_preferred_on_request(
    books: Change,
) -> None:
    person = put_one(books, draft("1", "book-b", birth=parse_edtf("1880")))
    better = of(seen(draft("9", "book-a", birth=parse_edtf("1891")), person), "birth")
    assert (told(better.before), told(better.after)) == (["1880"], ["1891", "|", "1880"])
    assert (better.states, better.wins) == (True, True)
    worse = draft("9", "book-c", birth=parse_edtf("1891"))
    rival = of(seen(worse, person), "birth")
    assert (told(rival.after), rival.states, rival.wins) == (["1880", "|", "1891"], True, False)
    chosen = of(seen(worse, person, prefer={"birth"}), "birth")
    assert chosen.after is not None
    assert (told(chosen.after), chosen.wins, chosen.after.rule) == (
        ["1891", "|", "1880"], True, "choice",
    )  # fmt: skip
    own = of(seen(worse, person, own_rank=1), "birth")
    assert (told(own.after), own.wins) == (["1891", "|", "1880"], True)
    assert own.after is not None
    assert own.after.rule == "rank"


def test_values_side_by_side_grow_and_what_agrees_is_one(books: Change) -> None:
    person = put_one(books, draft("1", "book-a", occupation="птицелов", birth=parse_edtf("1891")))
    preview = seen(draft("9", "book-b", occupation="пасечник", birth=parse_edtf("1891")), person)
    occupation = of(preview, "occupation")
    assert occupation.after is not None
    assert occupation.after.plural
    assert (told(occupation.before), sorted(told(occupation.after))) == (
        ["птицелов"], ["пасечник", "птицелов"],
    )  # fmt: skip
    birth = of(preview, "birth")
    assert birth.after is not None
    assert (told(birth.after), birth.after.values[0].marks, preview.mark) == (["1891"], (1, 2), 2)
    assert not birth.wins


def test_what_an_entry_does_not_state_is_told_only_where_it_changes(books: Change) -> None:
    person = put_one(
        books,
        draft("1", "book-b", birth=parse_edtf("1891"), death=parse_edtf("1942"),
              death_place="выдуманный город"),
    )  # fmt: skip
    preview = seen(draft("9", "book-a", death=parse_edtf("1938")), person)
    # The place of the version that is no longer believed goes with it; the birth is left out.
    assert {fact.field: (fact.states, told(fact.after)) for fact in preview.facts} == {
        "death": (True, ["1938", "|", "1942"]),
        "death_place": (False, ["|", "выдуманный город"]),
    }


def test_a_choice_made_before_stands_against_the_new_entry(books: Change) -> None:
    person = put_one(books, draft("1", "book-c", birth=parse_edtf("1880")))
    entry = Entry.all_records.get(person=person).pk
    choose(person=person, field="birth", entry=entry, **ACT)
    kept = of(seen(draft("9", "book-a", birth=parse_edtf("1891")), person), "birth")
    assert (told(kept.after), kept.wins) == (["1880", "|", "1891"], False)


def test_contradictions_that_come_are_told_and_those_that_were_are_not(books: Change) -> None:
    person = put_one(
        books,
        draft("1", "book-a", birth=parse_edtf("1891"), repressions=(
            arrested("1937", sentence_date=parse_edtf("1936")),
        )),
    )  # fmt: skip
    harmless = seen(draft("9", "book-b", occupation="птицелов"), person)
    assert harmless.contradictions == ()
    wrong = seen(draft("9", "book-b", death=parse_edtf("1880")), person)
    # Against the birth, the arrest and the sentence; the sentence before the arrest was there.
    assert sorted(one.code for one in wrong.contradictions) == [
        "death-before-arrest", "death-before-birth", "death-before-sentence",
    ]  # fmt: skip
    assert {one.marks for one in wrong.contradictions} == {(1, 2)}


def test_a_source_that_is_not_there_yet_has_no_rank(books: Change) -> None:
    new = draft("9", "no-such-source", birth=parse_edtf("1891"))
    assert of(seen(new), "birth").wins
    person = put_one(books, draft("1", "book-c", birth=parse_edtf("1880")))
    assert not of(seen(new, person), "birth").wins
    assert of(seen(new, person, own_rank=5), "birth").wins


def test_spellings_known_and_unknown_are_read_as_they_will_be(books: Change) -> None:
    body = RulingDraft("rehabilitated", date=parse_edtf("1956"), body="суд")
    new = draft("9", "book-a", nationality="великоросс", rulings=(body,))
    assert told(of(seen(new), "nationality").after) == ["russian en"]


def test_what_is_foreseen_comes_to_be(books: Change) -> None:
    person = put_one(
        books, draft("1", "book-a", birth=parse_edtf("1880"), repressions=(arrested("1937-11-03"),))
    )
    new = draft("9", "book-b", birth=parse_edtf("1891"), repressions=(arrested("1937-11-08"),))
    prefer = {"birth", "episode:1.arrest"}
    preview = seen(new, person, prefer=prefer)
    _, entry = add_entry(draft=new, person=person, **ACT)
    for field in sorted(prefer):
        choose(person=person, field=field, entry=entry, **ACT)
    after = public_person(person, language="en")
    assert told(of(preview, "birth").after) == told(after.facts["birth"])
    assert told(of(preview, "episode:1.arrest").after) == told(after.episodes[0].facts["arrest"])
    assert told(after.episodes[0].facts["arrest"]) == ["1937-11-08", "|", "1937-11-03"]


def two_arrests(change: Change, **more: Any) -> int:
    return put_one(
        change,
        draft("1", "book-a", birth=parse_edtf("1880"), repressions=(
            arrested("1931-05", **more), arrested("1937-11-03", sentence="10 лет"),
        )),
    )  # fmt: skip


def test_a_preference_is_about_the_episode_of_the_entry_s_own_repression(books: Change) -> None:
    person = two_arrests(books)
    new = draft("9", "book-c", repressions=(arrested("1937-11-08"),))
    preview = seen(new, person, prefer={"episode:1.arrest"})
    # Its first repression is the second episode of the person.
    assert [fact.field for fact in preview.facts] == ["episode:2.arrest"]
    assert told(preview.facts[0].after) == ["1937-11-08", "|", "1937-11-03"]


@pytest.mark.parametrize("day", ["1937-12", "1939-01-09"], ids=["near", "far"])
def test_what_is_about_one_episode_is_put_there_whatever_its_date(books: Change, day: str) -> None:
    person = two_arrests(books)
    new = draft("9", "book-c", repressions=(arrested(day),))
    foreseen = of(seen(new, person, episode=2), "episode:2.arrest")
    assert told(foreseen.after) == ["1937-11-03", "|", day]
    placed = put_into_episode(draft=new, person=person, episode=2, **ACT)
    far = day > "1938"
    assert [row.episode for row in placed.repressions] == [1 if far else None]
    numbers = Repression.all_records.order_by("position").values_list("episode", flat=True)
    assert list(numbers) == [None, 1 if far else None]
    add_entry(draft=placed, person=person, **ACT)
    episodes = public_person(person, language="en").episodes
    assert [told(one.facts["arrest"]) for one in episodes] == [
        ["1931-05"], ["1937-11-03", "|", day],
    ]  # fmt: skip


def test_a_sentence_without_a_date_fits_the_episode_it_is_about(books: Change) -> None:
    person = two_arrests(books)
    new = draft("9", "book-c", repressions=(RepressionDraft(sentence="5 лет"),))
    alone = seen(new, person)
    assert [fact.field for fact in alone.facts if fact.states] == ["episode:3.sentence"]
    preview = seen(new, person, episode=2)
    assert told(of(preview, "episode:2.sentence").after) == ["10 лет", "|", "5 лет"]
    # A second one finds the number that the episode was given.
    placed = put_into_episode(draft=new, person=person, episode=2, **ACT)
    _, entry = add_entry(draft=placed, person=person, **ACT)
    again = draft("10", "book-b", repressions=(RepressionDraft(sentence="3 года"),))
    assert told(of(seen(again, person, episode=2), "episode:2.sentence").after)[0] == "10 лет"
    placed = put_into_episode(draft=again, person=person, episode=2, **ACT)
    assert [row.episode for row in placed.repressions] == [1]
    assert Repression.all_records.get(entry=entry).episode == 1


def test_the_kind_is_that_of_the_episode_and_numbers_there_stay(books: Change) -> None:
    person = two_arrests(books, episode=4)
    exiled = draft("2", "book-b", repressions=(
        RepressionDraft("exile", arrest=parse_edtf("1949")),
    ))  # fmt: skip
    add_entry(draft=exiled, person=person, **ACT)
    new = draft("9", "book-c", repressions=(RepressionDraft(sentence="навечно"),))
    placed = put_into_episode(draft=new, person=person, episode=3, **ACT)
    assert [(row.kind, row.episode) for row in placed.repressions] == [("exile", None)]
    placed = put_into_episode(draft=new, person=person, episode=1, **ACT)
    assert [(row.kind, row.episode) for row in placed.repressions] == [("arrest", 4)]


def test_an_episode_that_is_not_there_takes_nothing_in(books: Change) -> None:
    person = put_one(books, draft("1", "book-a", birth=parse_edtf("1891")))
    new = draft("9", "book-c", repressions=(arrested("1937"),))
    assert [fact.field for fact in seen(new, person, episode=2).facts] == ["episode:1.arrest"]
    with pytest.raises(EntryRefused) as refused:
        put_into_episode(draft=new, person=person, episode=2, **ACT)
    assert (refused.value.field, refused.value.code) == ("episode", "unknown-episode")


def test_an_entry_without_repressions_is_in_every_episode(books: Change) -> None:
    person = two_arrests(books)
    new = draft("9", "book-c", birth=parse_edtf("1891"))
    assert put_into_episode(draft=new, person=person, episode=2, **ACT) == new
    assert [fact.field for fact in seen(new, person, episode=2).facts] == ["birth"]


def test_the_number_of_an_episode_is_undone_with_its_act(books: Change) -> None:
    person = two_arrests(books)
    new = draft("9", "book-c", repressions=(arrested("1939-01-09"),))
    put_into_episode(draft=new, person=person, episode=2, **ACT)
    made = Change.all_records.latest("pk")
    assert undo_change(change=made.pk, **ACT).left == []
    assert not Repression.all_records.filter(episode__isnull=False).exists()


def test_a_preview_costs_the_same_for_one_entry_and_for_many(books: Change) -> None:
    person = put_one(books, draft("1", "book-a", person_key="p", birth=parse_edtf("1880")))
    new = draft("9", "book-b", birth=parse_edtf("1891"), repressions=(arrested("1937"),))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            seen(new, person)
        return len(queries)

    few = cost()
    put_one(books, *(draft(str(n), "book-b", person_key="p", repressions=(arrested("1937"),))
                     for n in range(20, 60)))  # fmt: skip
    assert cost() == few
