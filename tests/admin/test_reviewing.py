"""What was sent is seen beside what is known, and decided value by value."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from registry.dates import parse_edtf
from registry.models import (
    Change,
    ChangeKind,
    Entry,
    Knowledge,
    Person,
    PersonStatus,
    Role,
    SubmissionKind,
)
from registry.records import public_entry, public_person
from registry.records.drafts.entries import RepressionDraft
from registry.records.people.statuses import hide_person
from registry.submissions.own import own_submission
from registry.submissions.receiving import save_answers, send_submission
from registry.submissions.starting import Target, start_submission
from registry.submissions.testimony import TESTIMONY
from tests.admin.reviewing import act, number, open_review, press, row
from tests.admin.sending import errors_of
from tests.databases import NOW
from tests.submissions.sending import SOMEBODY, begin, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(at_desk: Any) -> Client:
    client: Client = at_desk(Role.MODERATOR)
    return client


@pytest.fixture
def person(make_person: Any) -> int:
    made: int = make_person(birth=parse_edtf("1880"), occupation="птицелов")
    return made


def correction(person: int, field: str = "birth", **values: str) -> int:
    return send(
        SubmissionKind.CORRECTION, values or {"birth_date": "1891"}, target=Target(person, field)
    )


def birth(person: int) -> tuple[list[str], list[str]]:
    fact = public_person(person, language="en").facts["birth"]
    believed, rivals = (
        [value.date.edtf for value in own if value.date] for own in (fact.values, fact.rivals)
    )
    return believed, rivals


def test_what_is_known_stands_beside_what_is_proposed(moderator: Client, person: int) -> None:
    page = open_review(moderator, correction(person))
    for words in (
        "1880", "Invented book invented-book", "1891", "Примерный рассказ.",
        "It differs. What the registry says would still be believed, this stand beside.",
        "From memory, or from what was told in the family", "Prefer it, because",
    ):  # fmt: skip
        assert words in page, words


def test_accepting_makes_an_entry_of_the_testimonies(moderator: Client, person: int) -> None:
    sent = correction(person)
    answer = act(moderator, sent, "accept")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/acts/submissions/")
    entry = Entry.all_records.get(via__submission=sent)
    assert (entry.person_id, entry.source.slug) == (person, TESTIMONY)
    assert birth(person) == (["1880"], ["1891"])
    change = row(sent).decided_under
    assert change is not None
    assert change.by is not None
    assert (change.kind, change.role, change.reason, change.by.username) == (
        ChangeKind.DECISION, Role.MODERATOR, f"Submission {number(sent)}", "invented-moderator",
    )  # fmt: skip


def test_accepting_and_preferring_is_one_change(moderator: Client, person: int) -> None:
    act(moderator, correction(person), "accept", p1__prefer__birth_date="метрика")
    assert birth(person) == (["1891"], ["1880"])
    fact = public_person(person, language="en").facts["birth"]
    assert (fact.rule, fact.reason) == ("choice", "метрика")
    assert Change.all_records.filter(kind=ChangeKind.DECISION).count() == 1


def test_somebody_new_is_made_of_the_values_taken(moderator: Client) -> None:
    sent = send(values={**SOMEBODY, "occupation": "пасечник", "comment": "лишнее"})
    act(moderator, sent, "accept", p1__take__comment=None, p1__v__occupation="пчеловод")
    part = row(sent).parts(manager="all_records").get()
    assert part.about_id
    told = public_person(part.about_id, language="ru")
    assert str(told.facts["occupation"].values[0].text) == "пчеловод"
    assert "comment" not in told.facts
    own = own_submission(sent).parts[0]
    assert (own.values["occupation"], dict(own.edited), own.left_out) == (
        "пасечник", {"occupation": "пчеловод"}, ("comment",),
    )  # fmt: skip


def test_rejecting_keeps_the_reason_for_whoever_sent_it(moderator: Client, person: int) -> None:
    sent = correction(person)
    answer = act(moderator, sent, "reject")
    assert answer.status_code == 200
    assert "Choose why it is not taken." in errors_of(answer)
    act(moderator, sent, "reject", all__why="no-source", all__why_text="Нужна метрика.")
    own = own_submission(sent)
    assert (own.state, own.parts[0].reason, own.parts[0].reason_text) == (
        "rejected", "no-source", "Нужна метрика.",
    )  # fmt: skip
    assert Entry.all_records.count() == 1


def test_another_reason_is_told_in_words(moderator: Client, person: int) -> None:
    sent = correction(person)
    answer = act(moderator, sent, "reject", all__why="other")
    assert answer.status_code == 200
    assert row(sent).state == "waiting"
    act(moderator, sent, "reject", all__why="other", all__why_text="Так и так.")
    assert row(sent).state == "rejected"


def test_what_is_refused_says_where_and_loses_nothing(moderator: Client, person: int) -> None:
    sent = correction(person)
    answer = act(
        moderator, sent, "accept",
        p1__source="no-such-book", p1__v__birth_date="1892", all__reason="особая причина",
    )  # fmt: skip
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "there is none of this name" in errors_of(answer)
    for kept in ('value="no-such-book"', 'value="1892"', 'value="особая причина"'):
        assert kept in page
    for values, words in (
        ({"p1__who": "other", "p1__other": "777777"}, "There is no such person."),
        ({"p1__who": "other", "p1__other": "Примеров"}, "neither a number nor an address"),
        ({"p1__who": None}, "This is needed."),
        ({"p1__take__birth_date": None}, "Nothing of it is taken."),
        ({"p1__source": ""}, "This is needed."),
        ({"p1__own_rank": "5"}, "higher than that of its source"),
    ):  # fmt: skip
        answer = act(moderator, sent, "accept", **values)
        assert answer.status_code == 200, values
        assert words in answer.content.decode(), values
    assert row(sent).state == "waiting"
    assert Entry.all_records.count() == 1


def test_what_was_decided_in_another_way_meanwhile_is_told_where_it_was(
    moderator: Client, make_person: Any
) -> None:
    person = make_person(birth=parse_edtf("1880"), birth_place="Небывалово")
    sent = send(SubmissionKind.ADDITION, {"birth_place": "Примерск"}, target=Target(person))
    hide_person(
        person=person, status=PersonStatus.WITHDRAWN, by=None, role=Role.EDITOR, reason="x", now=NOW
    )
    answer = act(moderator, sent, "accept", p1__prefer__birth_place="так")
    assert "This person is hidden. Nothing is chosen" in answer.content.decode()


def test_looking_again_tells_what_would_come_and_decides_nothing(
    moderator: Client, person: int, make_person: Any
) -> None:
    other = make_person(family="Выдумкин", birth=parse_edtf("1891"))
    sent = correction(person)
    page = act(moderator, sent, "look", p1__prefer__birth_date="метрика").content.decode()
    assert "It differs, and would be believed instead of what the registry says." in page
    page = act(moderator, sent, "look", p1__take__birth_date=None).content.decode()
    assert "It is left out." in page
    page = act(moderator, sent, "look", p1__v__birth_date="когда-то").content.decode()
    assert "would be kept as written" in page
    answer = act(moderator, sent, "look", p1__who="other", p1__other=f"/people/{other}/")
    assert "The registry says the same." in answer.content.decode()
    answer = press(moderator, sent, answer.content.decode(), "accept")
    assert answer.status_code == 302
    assert Entry.all_records.get(via__submission=sent).person_id == other
    assert birth(person) == (["1880"], [])


def test_a_fact_is_never_somebody_new(moderator: Client, person: int) -> None:
    sent = correction(person)
    assert 'name="p1-who" value="new"' not in open_review(moderator, sent)
    answer = act(moderator, sent, "accept", p1__who="new")
    assert "neither a number nor an address" in errors_of(answer)


def test_another_person_is_found_by_name(moderator: Client, person: int, make_person: Any) -> None:
    other = make_person(family="Небывалов", given="Прохор")
    page = act(moderator, correction(person), "look", p1__who="other", p1__other="Nebyvalov")
    assert f'name="p1-who" value="{other}"' in page.content.decode()


def test_contradictions_that_would_come_are_told(moderator: Client, person: int) -> None:
    sent = send(SubmissionKind.ADDITION, {"death_date": "1870"}, target=Target(person))
    page = open_review(moderator, sent)
    assert "What would contradict" in page
    assert "The death lies before the birth." in page


def test_the_likely_same_people_are_offered_with_reasons_hidden_ones_too(
    moderator: Client, make_person: Any
) -> None:
    known = make_person(birth=parse_edtf("1891"), death=parse_edtf("1937"))
    Person.all_records.filter(pk=known).update(status="withdrawn")
    sent = send()
    page = open_review(moderator, sent)
    assert f'name="p1-who" value="{known}"' in page
    for words in ("Withdrawn", "Same surname, given name and patronymic", "of 100",
                  "Choose whom it is about"):  # fmt: skip
        assert words in page, words
    answer = act(moderator, sent, "accept")
    assert (answer.status_code, "This is needed." in errors_of(answer)) == (200, True)
    act(moderator, sent, "accept", p1__who=str(known))
    assert set(Entry.all_records.values_list("person", flat=True)) == {known}


def cited(source: str = "Книга Выдумок, с. 5") -> int:
    answers = {"knowledge": Knowledge.BOOK, "how": "Видела.", "cites": source}
    started = start_submission(
        kind=SubmissionKind.PERSON, language="ru", now=NOW, values=SOMEBODY, answers=answers
    )
    send_submission(submission=started.submission, now=NOW)
    return started.submission


def test_what_cites_a_book_becomes_an_entry_of_it(moderator: Client, make_source: Any) -> None:
    make_source("invented-book")
    sent = cited()
    answer = act(moderator, sent, "accept")
    assert "name that source" in errors_of(answer)
    answer = act(moderator, sent, "accept", p1__source=TESTIMONY)
    assert "name that source" in errors_of(answer)
    act(
        moderator, sent, "accept", p1__source="invented-book", p1__locator="с. 5",
        p1__verbatim="ПРИМЕРОВ Пример", p1__own_rank="1",
    )  # fmt: skip
    entry = Entry.all_records.select_related("source", "passage").get()
    assert entry.passage is not None
    assert (
        entry.source.slug, entry.passage.locator, entry.passage.text, entry.own_rank,
    ) == ("invented-book", "с. 5", "ПРИМЕРОВ Пример", 1)  # fmt: skip


def test_a_source_that_is_named_by_its_title_is_proposed(
    moderator: Client, make_source: Any
) -> None:
    make_source("invented-book")
    page = open_review(moderator, cited("см. invented BOOK invented-book, с. 7"))
    assert 'name="p1-source" value="invented-book"' in page


def test_a_book_that_cannot_be_looked_up_is_quoted_by_a_testimony(moderator: Client) -> None:
    sent = cited()
    act(moderator, sent, "accept", p1__source=TESTIMONY, p1__quotes="Книга Выдумок, с. 5")
    passage = Entry.all_records.select_related("passage").get().passage
    assert passage is not None
    assert passage.quotes == "Книга Выдумок, с. 5"


def test_whoever_sent_it_is_named_as_they_wished(moderator: Client) -> None:
    started = begin()
    answers = {"credit": "initials", "credit_name": "Вера Примерова"}
    save_answers(submission=started.submission, answers=answers, now=NOW)
    send_submission(submission=started.submission, now=NOW)
    act(moderator, started.submission, "accept")
    told = public_entry(Entry.all_records.get().pk, language="ru")
    assert told.via is not None
    assert (told.via.credit, told.passage) == ("В. П.", None)


def test_a_fact_of_an_episode_is_decided_in_it(moderator: Client, make_person: Any) -> None:
    person = make_person(
        birth=parse_edtf("1880"),
        repressions=(
            RepressionDraft(arrest=parse_edtf("1931"), sentence="3 года"),
            RepressionDraft(arrest=parse_edtf("1937"), sentence="10 лет"),
        ),
    )
    sent = correction(person, "episode:2.sentence", sentence="5 лет")
    page = open_review(moderator, sent)
    assert "10 лет" in page
    act(moderator, sent, "accept", p1__prefer__sentence="справка")
    second = public_person(person, language="ru").episodes[1]
    assert [str(value.text) for value in second.facts["sentence"].values] == ["5 лет"]


def test_who_may_be_alive_is_told_to_whoever_decides(moderator: Client) -> None:
    sent = send(values={"family_name": "Примеров", "birth_date": "1990"})
    answer = act(moderator, sent, "accept")
    page = moderator.get(answer["Location"]).content.decode()
    assert "the rule holds this person" in page
    assert Person.all_records.get().status == "held"


@pytest.mark.parametrize(
    ("prefix", "word"), [("", "Submission"), ("/ru", "Сообщение №"), ("/uk", "Повідомлення №")]
)
def test_the_reason_proposed_is_kept_in_one_language_and_told_in_the_readers(
    moderator: Client, person: int, prefix: str, word: str
) -> None:
    sent = correction(person)
    page = open_review(moderator, sent, prefix)
    assert f'value="{word} {number(sent)}"' in page
    press(moderator, sent, page, "accept", prefix)
    change = row(sent).decided_under
    assert change is not None
    assert change.reason == f"Submission {number(sent)}"
    history = Client().get(f"{prefix}/people/{person}/history/").content.decode()
    assert f"{word} {number(sent)}" in history
