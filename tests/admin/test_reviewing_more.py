"""Around a decision: questions, notes, claims, who is second, undoing, and what nobody learns."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as current
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.dates import parse_edtf
from registry.models import Change, Entry, PartKind, Person, Revision, Role, SubmissionKind
from registry.records import public_person
from registry.records.drafts.entries import NameDraft
from registry.records.people.biographies import BiographyDraft, write_biography
from registry.records.people.merging import merge_people
from registry.submissions.own import own_submission
from registry.submissions.receiving import (
    add_part,
    name_person,
    reply,
    save_answers,
    save_part,
    send_submission,
    withdraw_submission,
)
from registry.submissions.starting import Target, start_submission
from registry.submissions.triage import ask_contributor
from tests.admin.reviewing import act, form_in, number, open_review, path, press, row
from tests.admin.sending import errors_of
from tests.databases import NOW
from tests.submissions.sending import HOW, SOMEBODY, send

pytestmark = pytest.mark.django_db
QUEUE = "/admin/acts/submissions/"
SECRET = "тайный рассказ о том, кто прислал"


@pytest.fixture
def moderator(at_desk: Any) -> Client:
    client: Client = at_desk(Role.MODERATOR)
    return client


@pytest.fixture
def second(at_desk: Any) -> Client:
    client: Client = at_desk(Role.MODERATOR, name="another-moderator")
    return client


def test_a_question_is_asked_and_answered_and_the_next_is_opened(moderator: Client) -> None:
    sent, after = send(), send(values={"family_name": "Выдумкин", "death_date": "1938"})
    answer = act(moderator, sent, "ask", all__question="  ")
    assert "Write the question first." in errors_of(answer)
    answer = act(moderator, sent, "ask", all__question="Откуда дата?")
    assert answer["Location"] == path(after)
    assert row(sent).state == "asked"
    assert [m.text for m in own_submission(sent).messages] == ["Откуда дата?"]
    assert row(sent).claimed_by is None
    reply(submission=sent, text="Из письма.", now=NOW)
    page = open_review(moderator, sent)
    for words in ("Откуда дата?", "Из письма.", "Whoever sent it has written since."):
        assert words in page


def test_what_was_written_meanwhile_is_read_before_it_is_decided(moderator: Client) -> None:
    sent = send()
    page = open_review(moderator, sent)
    reply(submission=sent, text="Нет, это не он.", now=NOW)
    answer = press(moderator, sent, page, "accept")
    told = answer.content.decode()
    assert "Something came in the meantime." in told
    assert "Нет, это не он." in told
    assert row(sent).state == "waiting"
    assert press(moderator, sent, told, "accept").status_code == 302


def test_a_note_is_kept_with_whatever_is_pressed_and_never_told(moderator: Client) -> None:
    sent = send()
    page = act(moderator, sent, "note", all__note="спросить архив", p1__v__birth_date="1892")
    assert row(sent).note == "спросить архив"
    assert 'value="1892"' in page.content.decode()
    # The script that looks while one types leaves the note alone.
    act(moderator, sent, "look", all__note=None)
    assert row(sent).note == "спросить архив"
    act(moderator, sent, "accept", all__note="спросили")
    assert row(sent).note == "спросили"
    assert "спроси" not in str(own_submission(sent))
    answer = act(moderator, send(values={"family_name": "Выдумкин"}), "note", all__note="x" * 5001)
    assert "5000" in errors_of(answer)


def test_two_notes_at_once_both_stay(moderator: Client, second: Client) -> None:
    sent = send()
    pages = [open_review(client, sent) for client in (moderator, second)]
    press(moderator, sent, pages[0], "note", all__note="одна")
    page = press(second, sent, pages[1], "note", all__note="другая").content.decode()
    assert row(sent).note == "одна\nдругая"
    press(second, sent, page, "look")
    press(moderator, sent, pages[0], "accept")
    assert (row(sent).note, row(sent).state) == ("одна\nдругая", "accepted")


def test_opening_claims_and_another_is_told_kindly(moderator: Client, second: Client) -> None:
    sent, other = send(), send(values={"family_name": "Выдумкин", "death_date": "1938"})
    assert "has opened this, too" not in open_review(moderator, sent)
    assert row(sent).claimed_by == User.objects.get(username="invented-moderator")
    page = open_review(second, sent)
    assert "invented-moderator has opened this, too" in page
    assert "at it: invented-moderator" in second.get(QUEUE).content.decode()
    # It hinders nobody; and whoever looks for the next is led past it.
    assert f'href="{path(other)}"' in page
    assert path(sent) not in open_review(second, other).partition('id="next"')[0][-400:]
    row(sent)
    type(row(sent)).all_records.filter(pk=sent).update(
        claimed_until=timezone.now() - timedelta(minutes=1)
    )
    assert "has opened this" not in open_review(second, sent)
    assert row(sent).claimed_by == User.objects.get(username="another-moderator")
    assert press(second, sent, page, "accept").status_code == 302


def test_a_registry_that_is_only_read_claims_nothing(moderator: Client, settings: Any) -> None:
    sent = send()
    settings.READ_ONLY = True
    page = open_review(moderator, sent)
    assert 'value="accept"' not in page
    assert row(sent).claimed_by is None
    assert moderator.post(path(sent), {"do": "accept"}).status_code in {403, 503}
    assert current.READ_ONLY


def test_whoever_is_second_is_told_and_loses_nothing(moderator: Client, second: Client) -> None:
    sent = send()
    page = open_review(second, sent)
    act(moderator, sent, "accept")
    count = Change.all_records.count()
    answer = press(second, sent, page, "reject", all__why="other", all__why_text="мои слова")
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "This was decided while you had it open: Accepted, Moderator." in told
    assert "мои слова" not in told or 'value="reject"' not in told
    assert "invented-moderator" not in told.partition("</header>")[2].partition("<form")[0]
    assert (row(sent).state, Change.all_records.count()) == ("accepted", count)
    answer = press(second, sent, page, "accept", p1__v__birth_date="1892")
    assert 'value="1892"' in answer.content.decode()


def test_what_was_withdrawn_meanwhile_is_told(moderator: Client) -> None:
    sent = send()
    page = open_review(moderator, sent)
    withdraw_submission(submission=sent, now=NOW)
    answer = press(moderator, sent, page, "accept")
    assert "This was withdrawn while you had it open." in answer.content.decode()
    assert not Entry.all_records.exists()
    assert "Nothing of it is kept." in open_review(moderator, sent)
    answer = press(moderator, sent, page, "ask", all__question="Где?")
    assert "This was withdrawn while you had it open." in answer.content.decode()


def test_the_next_is_that_of_the_filtered_queue(moderator: Client, make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1880"))
    first = send()
    fix = send(SubmissionKind.CORRECTION, {"birth_date": "1891"}, target=Target(person, "birth"))
    fix_two = send(SubmissionKind.CORRECTION, {"sex": "m"}, target=Target(person, "sex"))
    query = "?kind=correction"
    page = moderator.get(path(fix) + query).content.decode()
    given = re.search(r'href="([^"]*)"[^>]*id="next"', page)
    assert given is not None
    assert given[1] == f"{path(fix_two)}{query}"
    answer = moderator.post(path(fix) + query, {**form_in(page), "do": "accept"})
    assert answer["Location"] == f"{path(fix_two)}{query}"
    page = moderator.get(path(fix_two) + query).content.decode()
    answer = moderator.post(path(fix_two) + query, {**form_in(page), "do": "accept"})
    assert answer["Location"] == f"{QUEUE}{query}"
    assert row(first).state == "waiting"


def test_a_moderator_undoes_a_decision_and_it_waits_again(
    moderator: Client, make_person: Any
) -> None:
    person = make_person(birth=parse_edtf("1880"))
    before = public_person(person, language="en")
    sent = send(SubmissionKind.CORRECTION, {"birth_date": "1891"}, target=Target(person, "birth"))
    act(moderator, sent, "accept", p1__prefer__birth_date="метрика")
    page = open_review(moderator, sent)
    for words in ("What was decided", "Accepted", "Moderator", "1891", "Undo the decision…"):
        assert words in page
    undo = moderator.get(f"{path(sent)}undo/").content.decode()
    assert "Nothing stays: nothing came after." in undo
    answer = moderator.post(f"{path(sent)}undo/", {"reason": ""})
    assert (answer.status_code, row(sent).state) == (200, "accepted")
    answer = moderator.post(f"{path(sent)}undo/", {"reason": "не та метрика"})
    assert answer["Location"] == path(sent)
    assert public_person(person, language="en") == before
    assert row(sent).state == "waiting"
    answer = moderator.get(f"{path(sent)}undo/", follow=True)
    assert "Nothing was decided of this, or it was undone." in answer.content.decode()
    # Decided anew, with what was edited then.
    assert act(moderator, sent, "accept").status_code == 302
    assert row(sent).state == "accepted"


def test_what_somebody_else_did_since_stays_and_is_named(
    moderator: Client, make_person: Any
) -> None:
    person = make_person(birth=parse_edtf("1880"))
    sent = send(SubmissionKind.BIOGRAPHY, {"title": "Жизнь", "text": "Жил.", "language": "ru"},
                target=Target(person))  # fmt: skip
    act(moderator, sent, "accept")
    life = BiographyDraft(person, "ru", "Другая", "Жил и умер.", ("invented-book",))
    write_biography(draft=life, by=None, role=Role.EDITOR, reason="better", now=NOW)
    undo = moderator.get(f"{path(sent)}undo/").content.decode()
    assert "What stays, and why" in undo


def test_the_history_says_that_it_was_a_submission_and_nothing_of_it(moderator: Client) -> None:
    answers = {"knowledge": "memory", "how": SECRET}
    sent = start_submission(
        kind=SubmissionKind.PERSON, language="ru", now=NOW, values=SOMEBODY, answers=answers
    ).submission
    send_submission(submission=sent, now=NOW)
    act(moderator, sent, "accept", all__note="тайная заметка", all__why_text="тайное письмо")
    change = row(sent).decided_under
    assert change is not None
    person = Entry.all_records.get().person_id
    page = Client().get(f"/people/{person}/history/").content.decode()
    assert f"Submission {number(sent)}" in page
    assert "received through a submission" in page
    told = Client().get(f"/ru/people/{person}/history/").content.decode()
    assert f"Сообщение № {number(sent)}" in told
    assert "Submission" not in told
    ledger = moderator.get(f"/admin/registry/change/{change.pk}/change/").content.decode()
    assert "submission" in ledger
    for text in (page, ledger):
        assert "тайн" not in text
    bodies = Revision.all_records.filter(subject="submission")
    assert bodies.count() == 1
    assert not any("Примеров" in one.body.text or "тайн" in one.body.text for one in bodies)


def test_nothing_that_was_sent_is_taken_for_markup(moderator: Client) -> None:
    evil = '"><script>alert(1)</script>{{ 7|add:7 }}'
    answers = {"knowledge": "memory", "how": evil, "cites": evil, "credit_name": evil}
    sent = start_submission(
        kind=SubmissionKind.PERSON, language="ru", now=NOW, answers=answers,
        values={"family_name": evil, "given_name": evil, "comment": evil, "birth_place": evil},
    ).submission  # fmt: skip
    send_submission(submission=sent, now=NOW)
    staff = User.objects.get(username="invented-moderator")
    ask_contributor(submission=sent, text=evil, by=staff, now=NOW)
    reply(submission=sent, text=evil, now=NOW)
    pages = [open_review(moderator, sent), moderator.get(QUEUE).content.decode()]
    act(moderator, sent, "accept", p1__v__comment="иначе", all__note=evil, all__reason=evil)
    pages += [open_review(moderator, sent)]
    pages += [moderator.get(f"{path(sent)}undo/").content.decode()]
    for page in pages:
        assert "alert(1)" in page
        assert "<script>alert" not in page
        assert "{{ 7" in page or "14" not in page


def test_what_was_undone_is_somebody_new_again(moderator: Client) -> None:
    sent = send()
    act(moderator, sent, "accept")
    person = Entry.all_records.get().person_id
    moderator.post(f"{path(sent)}undo/", {"reason": "x"})
    page = open_review(moderator, sent)
    assert 'name="p1-who" value="new" checked' in page
    assert f'name="p1-who" value="{person}"' not in page
    act(moderator, sent, "accept")
    assert Entry.all_records.get().person_id == person
    assert Person.public.filter(pk=person).exists()


def test_whom_it_is_about_is_followed_where_they_were_joined(
    moderator: Client, make_person: Any
) -> None:
    kept = make_person(birth=parse_edtf("1880"))
    merged = make_person(family="Выдумкин", birth=parse_edtf("1880"))
    sent = send(SubmissionKind.CORRECTION, {"birth_date": "1891"}, target=Target(merged, "birth"))
    merge_people(left=kept, right=merged, by=None, role=Role.EDITOR, reason="same", now=NOW)
    assert f'name="p1-who" value="{kept}" checked' in open_review(moderator, sent)
    act(moderator, sent, "accept")
    assert Entry.all_records.get(via__submission=sent).person_id == kept


def test_the_keys_are_switched_for_the_session(moderator: Client) -> None:
    sent = send()
    page = open_review(moderator, sent)
    assert "data-keys" in page
    assert "<kbd>A</kbd>" in page
    answer = moderator.post(f"{QUEUE}keys/", {"off": "1", "back": str(sent)})
    assert answer["Location"] == path(sent)
    page = open_review(moderator, sent)
    assert "data-keys" not in page
    assert "<kbd>" not in page
    assert "aria-keyshortcuts" not in page
    answer = moderator.post(f"{QUEUE}keys/", {"on": "1", "back": "nowhere"})
    assert answer["Location"] == QUEUE
    assert "data-keys" in open_review(moderator, sent)
    assert moderator.get(f"{QUEUE}keys/").status_code == 405


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ("Reason", "Source")),
        ("/ru", ("Причина", "Источник")),
        ("/uk", ("Причина", "Джерело")),
    ],
)
def test_the_review_is_in_the_language_of_the_desk(
    moderator: Client, prefix: str, words: tuple[str, ...]
) -> None:
    page = open_review(moderator, send(), prefix)
    for one in words:
        assert one in page


FAMILY_COSTS = 40
"""Queries of a review of a family of forty: those of one person, and a few for every eight."""


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_a_review_of_forty_costs_little_more_than_of_one(
    moderator: Client, make_person: Any, known: bool
) -> None:
    def cost(count: int) -> int:
        started = start_submission(
            kind=SubmissionKind.PERSON, language="ru", now=NOW, values=relative(0)
        )
        here: dict[str, Any] = {"submission": started.submission, "now": NOW}
        save_answers(answers=HOW, **here)
        for one in range(1, count):
            position = add_part(kind=PartKind.PERSON, **here)
            save_part(position=position, values=relative(one), **here)
        people = [make_person(**LIFE, names=(named(one),)) for one in range(count)]
        for position in range(1, count + 1) if known else ():
            name_person(position=position, person=people[position - 1], **here)
        send_submission(**here)
        open_review(moderator, started.submission)  # once claimed, it is claimed anew each time
        with CaptureQueriesContext(connection) as queries:
            page = open_review(moderator, started.submission)
        assert page.count("data-live") >= count
        assert all(f"Примеров{LETTERS[one]}" in page for one in range(count))
        return len(queries)

    def relative(one: int) -> dict[str, str]:
        return {
            "family_name": f"Примеров{LETTERS[one]}", "given_name": "Пример",
            "patronymic": "Примерович", "birth_date": f"{1880 + one}", "death_date": "1938",
            "occupation": "кузнец", "residence": "деревня Примерово", "sentence": "10 лет ИТЛ",
        }  # fmt: skip

    def named(one: int) -> NameDraft:
        family = f"Примеров{LETTERS[one]}"
        return NameDraft("main", f"{family} Пример", family, "Пример", "Примерович", "ru", "Cyrl")

    few = cost(1)
    many = cost(40)
    assert many <= FAMILY_COSTS, (few, many)


LIFE = {"birth": parse_edtf("1891"), "death": parse_edtf("1938")}
LETTERS = [one + other for one in "абвгдежз" for other in "аоиук"]


def test_a_review_costs_the_same_however_much_the_person_has(
    moderator: Client, make_person: Any, make_source: Any
) -> None:
    person = make_person(person_key="p", birth=parse_edtf("1880"))
    sent = send(SubmissionKind.CORRECTION, {"birth_date": "1891"}, target=Target(person, "birth"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            open_review(moderator, sent)
        return len(queries)

    open_review(moderator, sent)  # once claimed, it is claimed anew each time
    few = cost()
    for one in range(20):
        make_person(person_key="p", source=make_source(f"book-{one}"), birth=parse_edtf("1881"))
    assert Person.all_records.get(pk=person).entry_count == 21
    assert cost() == few
