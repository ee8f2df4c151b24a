"""A wish granted in part: what is marked goes with the decision, and comes back with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from registry.dates import parse_edtf
from registry.models import Change, Document, Entry, MediaType, Photograph, Role, SubmissionKind
from registry.records import public_person
from registry.records.catalogue.photographs import FileDraft, add_file
from registry.records.drafts.entries import RepressionDraft
from registry.records.drafts.uploads import CheckedFile
from registry.records.people.biographies import BiographyDraft, read_biography, write_biography
from registry.submissions.deciding import decide_submission, undo_decision
from registry.submissions.decisions import PartDecision, TakenAway
from registry.submissions.own import own_submission
from registry.submissions.starting import Target
from registry.submissions.states import PartRefused, SubmissionRefused
from tests.admin.reviewing import act, open_review, press, row
from tests.admin.sending import errors_of
from tests.databases import NOW
from tests.ledger.state import assert_the_ledger_tells_all, everything
from tests.submissions.sending import moderator as account, send

pytestmark = pytest.mark.django_db
SIGNED: dict[str, Any] = {"role": Role.EDITOR, "reason": "an invented reason", "now": NOW}


@pytest.fixture
def moderator(at_desk: Any) -> Client:
    client: Client = at_desk(Role.MODERATOR)
    return client


def picture(person: int, model: Any, content: bytes) -> int:
    file = CheckedFile(MediaType.JPEG, ((3, 2),), (content,))
    draft = FileDraft(
        person=person, source="invented-book", published=True, caption={"en": "By the <house>"}
    )
    return add_file(model=model, file=file, draft=draft, by=None, **SIGNED)


@pytest.fixture
def person(make_person: Any, make_source: Any, media: Path) -> int:
    """Somebody with two entries, a life, a photograph and a scan."""
    number: int = make_person(
        person_key="p", birth=parse_edtf("1880"), death=parse_edtf("1938"), residence="Примерск",
        repressions=(RepressionDraft(arrest=parse_edtf("1937")),),
    )  # fmt: skip
    make_person(person_key="p", source=make_source("other-book"), death=parse_edtf("1938"))
    picture(number, Photograph, b"one")
    picture(number, Document, b"two")
    life = BiographyDraft(number, "ru", "Жизнь", "Родился.", ("invented-book",))
    write_biography(draft=life, by=None, **SIGNED)
    return number


def wish(person: int | None) -> int:
    return send(SubmissionKind.TAKEDOWN, {"what": "снимок"}, target=Target(person))


def entries(person: int) -> list[int]:
    rows = Entry.all_records.filter(person=person).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def test_all_that_is_marked_is_taken_away_as_one_change_and_comes_back_with_it(
    moderator: Client, person: int
) -> None:
    sent = wish(person)
    first, second = entries(person)
    photograph, scan = Photograph.all_records.get().pk, Document.all_records.get().pk
    page = open_review(moderator, sent)
    for value in (f"photograph:{photograph}", f"document:{scan}", "life:ru", f"entry:{second}",
                  f"{first}:residence", f"{first}:arrest"):  # fmt: skip
        assert f'value="{value}"' in page, value
    assert "By the &lt;house&gt;" in page
    marked: dict[str, Any] = {
        "p1__hide": "nothing",
        "p1__take": [f"photograph:{photograph}", f"document:{scan}", "life:ru", f"entry:{second}"],
        "p1__doubt": [f"{first}:residence"],
    }
    answer = press(moderator, sent, page, "accept", **marked)
    assert "This is needed." in errors_of(answer)
    before, made = everything(), Change.all_records.count()
    marked["p1__doubt_why"] = "An invented reason."
    assert press(moderator, sent, page, "accept", **marked, p1__done="Готово.").status_code == 302
    # One for the testimonies' own source, one for the decision with all that it does.
    assert Change.all_records.count() == made + 2
    told = public_person(person, language="en")
    assert (told.photographs, told.documents, told.biographies) == ((), (), ())
    assert [entry.id for entry in told.entries] == [first]
    assert str(told.entries[0].discredited["residence"]) == "An invented reason."
    assert own_submission(sent).parts[0].reason_text.split("\n")[-1] == "Готово."
    assert len(own_submission(sent).parts[0].reason_text.split("\n")) == 5
    undone = undo_decision(submission=sent, by=account(), **SIGNED)
    assert undone.left == []
    after = everything()
    assert {record: after[record] for record in before} == before
    assert_the_ledger_tells_all()
    assert row(sent).state == "waiting"


def test_whose_things_are_offered_is_whoever_is_chosen(
    moderator: Client, person: int, make_person: Any
) -> None:
    sent = wish(None)
    photograph = Photograph.all_records.get().pk
    page = open_review(moderator, sent)
    assert "photograph:" not in page
    chosen = {"p1__who": "other", "p1__other": str(person)}
    page = press(moderator, sent, page, "look", **chosen).content.decode()
    assert f'value="photograph:{photograph}"' in page
    other = make_person(key="someone", family="Выдумкин", death=parse_edtf("1938"))
    marked = {"p1__hide": "nothing", "p1__take": [f"photograph:{photograph}"]}
    # What is marked of one is not taken from another who was chosen after.
    answer = act(moderator, sent, "accept", **marked, **{**chosen, "p1__other": str(other)})
    assert "Select a valid choice" in errors_of(answer)
    assert Photograph.all_records.exists()
    assert act(moderator, sent, "accept", **marked, **chosen).status_code == 302
    assert not Photograph.all_records.exists()
    assert row(sent).state == "accepted"


@pytest.mark.parametrize("kind", ["photographs", "documents", "entries", "doubted", "lives"])
def test_what_is_somebody_else_s_stays(person: int, make_person: Any, kind: str) -> None:
    other = make_person(key="someone", family="Выдумкин", death=parse_edtf("1938"))
    sent = wish(other)
    first = entries(person)[0]
    taken = {
        "photographs": TakenAway(photographs=(Photograph.all_records.get().pk,)),
        "documents": TakenAway(documents=(Document.all_records.get().pk,)),
        "entries": TakenAway(entries=(first,)),
        "doubted": TakenAway(doubted=((first, "residence"),), why={"en": "so"}),
        "lives": TakenAway(lives=("ru",)),
    }[kind]
    before = everything()
    with pytest.raises(SubmissionRefused) as refused:
        decide_submission(
            submission=sent,
            parts=[PartDecision(1, accept=True, person=other, taken=taken)],
            by=account(),
            **SIGNED,
        )
    assert (refused.value.code, refused.value.position) == ("not-theirs", 1)
    assert everything() == before
    assert read_biography(person=person, language="ru") is not None


def test_what_the_records_refuse_is_told_of_its_part(person: int) -> None:
    sent = wish(person)
    doubted = TakenAway(doubted=((entries(person)[0], "no-such-field"),), why={"en": "so"})
    with pytest.raises(PartRefused) as refused:
        decide_submission(
            submission=sent,
            parts=[PartDecision(1, accept=True, person=person, taken=doubted)],
            by=account(),
            **SIGNED,
        )
    assert (refused.value.code, refused.value.position) == ("unknown-field", 1)


def test_nothing_is_taken_away_of_nobody(person: int) -> None:
    sent = wish(None)
    taken = TakenAway(lives=("ru",))
    with pytest.raises(SubmissionRefused) as refused:
        decide_submission(
            submission=sent,
            parts=[PartDecision(1, accept=True, taken=taken)],
            by=account(),
            **SIGNED,
        )
    assert (refused.value.code, refused.value.field) == ("unknown-person", "person")
    assert read_biography(person=person, language="ru") is not None
