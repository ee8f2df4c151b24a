"""What contributors type is kept as they typed it, and nothing is that was not asked for."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import (
    Contact,
    MediaType,
    Message,
    Part,
    PartKind,
    Person,
    PersonStatus,
    Submission,
    SubmissionKind,
    SubmittedFile,
)
from registry.names import fold
from registry.records.drafts.uploads import CheckedFile
from registry.submissions import starting
from registry.submissions.files import add_file
from registry.submissions.own import own_submission
from registry.submissions.questions import FACT_VALUES
from registry.submissions.receipts import new_receipt
from registry.submissions.receiving import (
    MOST_MESSAGES,
    MOST_PARTS,
    add_part,
    name_person,
    remove_part,
    reply,
    save_answers,
    save_part,
    send_submission,
    set_contact,
    withdraw_submission,
)
from registry.submissions.starting import Target, start_submission
from registry.submissions.states import SubmissionRefused
from tests.databases import NOW
from tests.security.hidden import HIDDEN, hide

from .sending import HOW, SOMEBODY, begin, send

pytestmark = pytest.mark.django_db
SUNDAY = NOW + timedelta(days=3)
MONDAY = date(2026, 1, 12)
"""Of the week of NOW, a Thursday."""
FILE = CheckedFile(MediaType.JPEG, ((40, 30),), (b"a picture",))
LONG = "я" * 20_000


def refused(act: Any, *args: Any, **kwargs: Any) -> tuple[str, str]:
    """Return the code and the field with which an act is refused."""
    with pytest.raises(SubmissionRefused) as told:
        act(*args, **kwargs)
    return told.value.code, told.value.field


def start(kind: SubmissionKind = SubmissionKind.PERSON, **more: Any) -> Any:
    return start_submission(**{"kind": kind, "language": "ru", "now": NOW, **more})


def test_the_first_page_is_a_draft_with_a_receipt_of_which_the_hash_is_kept() -> None:
    started = start(values={"family_name": "  Примеров \r\n", "given_name": ""})
    row = Submission.all_records.get()
    assert (row.pk, row.state, row.kind, row.language) == (
        started.submission, "draft", "person", "ru",
    )  # fmt: skip
    assert (row.since, row.claimed_until) == (MONDAY, None)
    assert (row.finder, bytes(row.receipt_hash)) == (started.receipt.finder, started.receipt.hash)
    assert len(row.number) == 8
    part = Part.all_records.get()
    assert (part.position, part.kind, part.values) == (1, "person", {"family_name": "Примеров"})
    assert (part.person, part.site, part.entry, part.field) == (None, None, None, "")


def test_ids_and_numbers_tell_nothing_of_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [start().submission for _ in range(12)]
    assert made != sorted(made)
    numbers = [Submission.all_records.get(pk=pk).number for pk in made]
    assert numbers != sorted(numbers)
    assert all(0 < pk < 2**53 for pk in made)
    assert {Part.all_records.get(submission=pk).pk for pk in made}.isdisjoint(range(10_000))


def test_a_receipt_whose_beginning_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = new_receipt(), new_receipt()
    drawn = iter([first, first, second])
    monkeypatch.setattr(starting, "new_receipt", lambda: next(drawn))
    assert start().receipt == first
    assert start().receipt == second


@pytest.mark.parametrize("kind", SubmissionKind)
def test_each_kind_begins_with_its_part(make_person: Any, kind: SubmissionKind) -> None:
    person = make_person(birth=None, fate="расстрелян")
    start(kind, target=Target(person, "birth"))
    told = [(part.kind, part.person_id, part.field) for part in Part.all_records.all()]
    assert (
        told
        == {
            "person": [("person", person, "")],
            "addition": [("person", person, "")],
            "correction": [("fact", person, "birth")],
            "biography": [("biography", person, "")],
            "files": [("person", person, "")],
            "site": [("site", person, "")],
            "takedown": [("takedown", person, "")],
        }[kind]
    )


def test_whoever_is_hidden_cannot_be_told_from_nobody(make_person: Any) -> None:
    shown = make_person(fate="расстрелян")
    merged = make_person(fate="расстрелян")
    hide(merged, PersonStatus.MERGED, into=shown)
    hidden = []
    for status in HIDDEN:
        if status != PersonStatus.MERGED:
            hidden.append(make_person(fate="расстрелян"))
            hide(hidden[-1], status, into=shown)
    for person in (*hidden, 10**6, 10**30, -1, 0):
        told = refused(start, SubmissionKind.ADDITION, target=Target(person))
        assert told == ("unknown-person", "person")
    for slug in ("nowhere", "\x00", "'", "\ud800"):
        assert refused(start, SubmissionKind.SITE, target=Target(site=slug))[0] in {
            "unknown-site", "nul",
        }  # fmt: skip
    assert not Submission.all_records.exists()
    started = start(SubmissionKind.ADDITION, target=Target(merged))
    assert own_submission(started.submission).parts[0].person == shown


@pytest.mark.parametrize(
    "field",
    [
        "", "nothing", "birth\n", "Birth", "episode:2", "episode:0.arrest", "episode:100.arrest",
        "<script>.birth", "x.birth", "episode:٢.arrest", "birth_date", "." * 70 + "birth",
    ],
)  # fmt: skip
def test_what_is_no_fact_cannot_be_corrected(make_person: Any, field: str) -> None:
    target = Target(make_person(fate="расстрелян"), field)
    told = refused(start, SubmissionKind.CORRECTION, target=target)
    assert told == ("unknown-field", "field")


def test_every_fact_can_be_corrected_by_its_values(make_person: Any) -> None:
    person = make_person(fate="расстрелян")
    for number, (fact, values) in enumerate(FACT_VALUES.items()):
        field = f"episode:2.{fact}" if number % 2 else fact
        typed = dict.fromkeys(values, "примерно")
        started = start(SubmissionKind.CORRECTION, target=Target(person, field), values=typed)
        assert own_submission(started.submission).parts[0].values == typed
        assert own_submission(started.submission).parts[0].field == field


def test_what_is_not_asked_for_is_refused_and_not_kept() -> None:
    assert refused(start, values={"birth_region": "x"}) == ("unknown-value", "birth_region")
    assert refused(start, values={"person_id": "1"}) == ("unknown-value", "person_id")
    assert refused(start, answers={"state": "accepted"}) == ("unknown-value", "state")
    assert refused(start, answers={"knowledge": "all"}) == ("unknown-value", "knowledge")
    assert refused(start, answers={"credit": "all"}) == ("unknown-value", "credit")
    assert refused(start, language="x" * 11) == ("unknown-value", "language")
    assert refused(start, SubmissionKind.ADDITION) == ("unknown-person", "person")
    assert not Submission.all_records.exists()
    assert not Part.all_records.exists()


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud800", "\udfff\ud800"])
def test_signs_no_database_keeps_are_refused_everywhere(text: str) -> None:
    number = begin().submission
    here: dict[str, Any] = {"submission": number, "now": NOW}
    assert refused(save_part, position=1, values={"fate": text}, **here) == ("nul", "fate")
    assert refused(save_answers, answers={"how": text}, **here) == ("nul", "how")
    assert refused(save_answers, answers={"credit_name": text}, **here) == ("nul", "credit_name")
    assert refused(set_contact, address=text, **here) == ("nul", "contact")
    send_submission(**here)
    assert refused(reply, text=text, **here) == ("nul", "text")


def test_texts_have_an_end_each_and_all_together() -> None:
    number = begin().submission
    here: dict[str, Any] = {"submission": number, "now": NOW}
    save_part(position=1, values={"comment": LONG}, **here)
    assert refused(save_part, position=1, values={"fate": LONG + "я"}, **here) == (
        "too-long", "fate",
    )  # fmt: skip
    assert refused(save_answers, answers={"credit_name": "я" * 201}, **here) == (
        "too-long", "credit_name",
    )  # fmt: skip
    assert refused(set_contact, address="я" * 255, **here) == ("too-long", "contact")
    values = ("comment", "relatives", "fate", "charge", "stays", "education", "occupation")
    for _ in range(3):
        position = add_part(kind=PartKind.PERSON, **here)
        save_part(position=position, values=dict.fromkeys(values, LONG), **here)
    position = add_part(kind=PartKind.PERSON, **here)
    save_part(position=position, values=dict.fromkeys(values[:2], LONG), **here)
    # 25 times 20,000 are half a million, and the name of the first is a few more.
    assert refused(save_part, position=position, values={"charge": LONG}, **here) == (
        "too-long", "",
    )  # fmt: skip
    assert "charge" not in own_submission(number).part(position).values


def test_parts_have_an_end_and_their_positions_are_not_given_twice() -> None:
    number = begin().submission
    here: dict[str, Any] = {"submission": number, "now": NOW}
    for position in range(2, MOST_PARTS + 1):
        assert add_part(kind="person", **here) == position  # type: ignore[arg-type]
        save_part(position=position, values={"given_name": "Пример"}, **here)
    assert refused(add_part, kind="person", **here) == ("too-many", "")
    remove_part(position=7, **here)
    assert add_part(kind="person", **here) == MOST_PARTS + 1  # type: ignore[arg-type]
    assert add_part(kind="person", **here) == MOST_PARTS + 1  # type: ignore[arg-type]
    assert refused(remove_part, position=7, **here) == ("unknown-part", "")
    assert refused(remove_part, position=10**30, **here) == ("unknown-part", "")
    assert refused(remove_part, position=1, **here) == ("first-part", "")
    for kind in ("fact", "takedown", "site", "nothing", ""):
        assert refused(add_part, kind=kind, **here) == ("unknown-part", "kind")
    assert refused(save_part, position=2, values={}, kinship="wizard", **here) == (
        "unknown-kinship", "kinship",
    )  # fmt: skip


def test_what_a_page_does_not_ask_for_stays_and_what_is_emptied_goes() -> None:
    number = begin(values=SOMEBODY).submission
    save_part(submission=number, position=1, values={"patronymic": " ", "fate": "умер"}, now=SUNDAY)
    kept = {**SOMEBODY, "fate": "умер"}
    del kept["patronymic"]
    own = own_submission(number)
    assert own.parts[0].values == kept
    assert (own.how, own.knowledge) == (HOW["how"], HOW["knowledge"])
    assert own.since == MONDAY
    save_part(submission=number, position=1, values={}, now=SUNDAY + timedelta(days=1))
    assert own_submission(number).since == MONDAY + timedelta(days=7)
    assert Part.all_records.get().name_key == fold("Примеров Пример")


def test_a_new_record_becomes_an_addition_and_a_fact_stays_somebodys(make_person: Any) -> None:
    person = make_person(fate="расстрелян")
    number = begin().submission
    here: dict[str, Any] = {"submission": number, "now": NOW}
    name_person(position=1, person=person, **here)
    assert own_submission(number).parts[0].person == person
    name_person(position=1, person=None, **here)
    assert own_submission(number).parts[0].person is None
    hide(person, PersonStatus.SUPPRESSED, into=0)
    assert refused(name_person, position=1, person=person, **here) == ("unknown-person", "person")
    other = make_person(fate="расстрелян")
    for kind in (SubmissionKind.CORRECTION, SubmissionKind.BIOGRAPHY):
        about = begin(kind, {}, target=Target(other, "birth")).submission
        assert refused(name_person, submission=about, position=1, person=None, now=NOW) == (
            "unknown-person", "person",
        )  # fmt: skip


def test_nothing_is_sent_that_lacks_what_is_needed(make_person: Any, media: Any) -> None:
    person = make_person(fate="расстрелян")
    birth = Target(person, "birth")
    lacking: list[tuple[SubmissionKind, dict[str, str], Target, tuple[str, str]]] = [
        (SubmissionKind.PERSON, {"fate": "умер"}, Target(), ("no-name", "1.who")),
        (SubmissionKind.PERSON, {}, Target(), ("no-name", "1.who")),
        (SubmissionKind.ADDITION, {}, Target(person), ("nothing-said", "")),
        (SubmissionKind.CORRECTION, {}, birth, ("nothing-said", "")),
        (SubmissionKind.BIOGRAPHY, {"title": "x"}, Target(person), ("nothing-said", "1")),
        (SubmissionKind.FILES, {}, Target(person), ("nothing-said", "")),
        (SubmissionKind.TAKEDOWN, {}, Target(person), ("nothing-said", "")),
    ]
    for kind, values, target, told in lacking:
        number = begin(kind, values, target=target).submission
        assert refused(send_submission, submission=number, now=NOW) == told, kind
        assert Submission.all_records.get(pk=number).state == "draft"
    number = start(values=SOMEBODY).submission
    assert refused(send_submission, submission=number, now=NOW) == ("no-basis", "how")
    save_answers(submission=number, answers=HOW, now=NOW)
    add_file(submission=number, file=FILE, now=NOW)
    assert refused(send_submission, submission=number, now=NOW) == ("no-rights", "rights")
    save_answers(submission=number, answers={"rights": "мои"}, now=NOW)
    told_number = send_submission(submission=number, now=SUNDAY)
    assert told_number == Submission.all_records.get(pk=number).number
    wish = begin(SubmissionKind.TAKEDOWN, {"what": "адрес"}, target=Target(person)).submission
    send_submission(submission=wish, now=NOW)
    assert Submission.all_records.get(pk=wish).urgent


def test_what_is_sent_waits_from_its_week_on_without_its_empty_parts() -> None:
    number = begin().submission
    here: dict[str, Any] = {"submission": number, "now": NOW}
    add_part(kind=PartKind.PERSON, **here)
    add_part(kind="figure", **here)  # type: ignore[arg-type]
    send_submission(submission=number, now=NOW + timedelta(days=30))
    own = own_submission(number)
    assert (own.state, own.since) == ("waiting", date(2026, 2, 9))
    assert [part.position for part in own.parts] == [1]


def test_a_reply_is_read_and_has_an_end() -> None:
    number = send()
    here: dict[str, Any] = {"submission": number, "now": NOW}
    assert refused(reply, text=" \n", **here) == ("empty", "text")
    assert refused(reply, text="я" * 5_001, **here) == ("too-long", "text")
    for said in range(MOST_MESSAGES):
        reply(text=f"ответ {said}", **here)
    assert refused(reply, text="ещё", **here) == ("too-many", "text")
    messages = own_submission(number).messages
    assert [message.text for message in messages][:2] == ["ответ 0", "ответ 1"]
    assert not any(message.from_staff for message in messages)


def test_a_withdrawn_submission_keeps_that_it_was_and_nothing_else(media: Any) -> None:
    number = begin().submission
    here: dict[str, Any] = {"submission": number, "now": NOW}
    add_file(file=FILE, **here)
    save_answers(answers={"rights": "мои", "credit": "name", "credit_name": "Тайная"}, **here)
    set_contact(address="secret@example.org", **here)
    send_submission(**here)
    reply(text="Тайное", **here)
    before = Submission.all_records.get(pk=number)
    withdraw_submission(submission=number, now=NOW + timedelta(days=40))
    row = Submission.all_records.get(pk=number)
    for model in (Part, SubmittedFile, Message, Contact):
        assert not model.all_records.exists()
    kept = {field.attname for field in Submission._meta.concrete_fields}
    kept -= {"state", "since", "urgent"}
    told = {name: getattr(row, name) for name in kept if getattr(row, name)}
    assert told.keys() == {
        "id", "number", "kind", "language", "finder", "receipt_salt", "receipt_hash", "credit",
    }  # fmt: skip
    assert (row.state, row.since, row.credit) == ("withdrawn", date(2026, 2, 1), "anonymous")
    assert row.number == before.number


@pytest.mark.parametrize(("parts", "queries"), [(1, 7), (20, 7)])
def test_saving_a_page_costs_the_same_whatever_else_was_said(parts: int, queries: int) -> None:
    number = begin().submission
    here: dict[str, Any] = {"submission": number, "now": NOW}
    for _ in range(parts - 1):
        position = add_part(kind=PartKind.PERSON, **here)
        save_part(position=position, values={"given_name": "Пример"}, **here)
    with CaptureQueriesContext(
        connection,
    ) as told:
        save_part(position=1, values={"fate": "умер"}, **here)
    assert len(told) == queries


def test_flags_of_the_longest_texts_are_found_at_once() -> None:
    values = dict.fromkeys(("comment", "relatives", "fate", "charge", "stays"), "a" * 20_000)
    number = begin(values={**SOMEBODY, **values}).submission
    for _ in range(3):
        position = add_part(submission=number, kind="person", now=NOW)  # type: ignore[arg-type]
        save_part(
            submission=number, position=position,
            values={"family_name": "Примеров", **values}, now=NOW,
        )  # fmt: skip
    began = time.process_time()
    send_submission(submission=number, now=NOW)
    # A search that takes time squared takes a minute here.
    assert time.process_time() - began < 5
    assert Person.all_records.count() == 0
