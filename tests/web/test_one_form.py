"""A form pressed twice, or gone on with in another language, is one form: nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from registry.models import Message, Part, Submission
from registry.submissions import starting
from registry.submissions.opening import open_by_receipt
from registry.submissions.receipts import receipt_of
from registry.submissions.starting import start_submission
from registry.wording import submissions as words
from tests.databases import NOW
from tests.files.pictures import jpeg
from tests.submissions.sending import accept_all
from tests.web.visiting import HOW, WHO, Visitor

pytestmark = pytest.mark.django_db


def form_of(visitor: Visitor, kind: str = "person", **values: str) -> dict[str, Any]:
    """Return what the first page of a form sends: its own number, and what was typed."""
    visitor.open(f"/submit/{kind}/")
    data: dict[str, Any] = {}

    def note(_path: str, sent: dict[str, Any], **_kwargs: Any) -> Any:
        data.update(sent)
        return visitor.answer

    post, visitor.client.post = visitor.client.post, note  # type: ignore[method-assign]
    visitor.answer.redirect_chain = []
    visitor.send(**values)
    visitor.client.post = post  # type: ignore[method-assign]
    return data


def press(visitor: Visitor, data: dict[str, Any], path: str = "/submit/person/") -> Visitor:
    """Send a form as it was, from a browser that has seen no answer yet."""
    visitor.client.cookies.clear()
    visitor.answer = visitor.client.post(path, data, follow=True)
    return visitor


def test_a_first_page_pressed_twice_is_one_draft_with_one_receipt(visitor: Visitor) -> None:
    data = form_of(visitor, **WHO)
    first = press(visitor, data).digits()
    second = press(visitor, data).digits()
    assert first == second
    row = Submission.all_records.get()
    assert open_by_receipt(first) == row.pk
    press(visitor, {**data, "given_name": "Прим"})
    assert visitor.digits() == first
    assert Part.all_records.get().values == {**WHO, "given_name": "Прим"}
    # Another form is another draft, whatever it says.
    assert press(visitor, form_of(visitor, **WHO)).digits() != first
    assert Submission.all_records.count() == 2


def test_what_is_sent_at_once_is_sent_once(visitor: Visitor) -> None:
    data = {**form_of(visitor, "takedown", what="адрес"), "go": "send"}
    answers = [press(visitor, data, "/submit/takedown/").digits() for _ in range(2)]
    assert answers[0] == answers[1]
    assert Submission.all_records.get().state == "waiting"
    # What says something else is another wish, and what was decided stays so.
    other = press(visitor, {**data, "what": "снимок"}, "/submit/takedown/").digits()
    assert other != answers[0]
    assert open_by_receipt(other) != open_by_receipt(answers[0])
    assert Submission.all_records.count() == 2


def test_a_form_that_was_taken_back_or_is_another_s_begins_anew() -> None:
    here: dict[str, Any] = {"kind": "person", "language": "ru", "now": NOW, "once": "7" * 32}
    first = start_submission(values=WHO, **here)
    assert first.receipt.digits == receipt_of("7" * 32).digits
    assert start_submission(values=WHO, **here).submission == first.submission
    Part.all_records.all().delete()
    Submission.all_records.update(state="withdrawn")
    second = start_submission(values=WHO, **here)
    assert second.receipt.digits == receipt_of("7" * 32, 1).digits
    # Whoever else has drawn the same beginning is nobody's draft but hers.
    Submission.all_records.filter(pk=second.submission).update(receipt_salt=b"x" * 16)
    third = start_submission(values=WHO, **here)
    assert third.receipt.digits == receipt_of("7" * 32, 2).digits
    assert Submission.all_records.count() == 3


def test_of_two_presses_at_one_moment_the_second_finds_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here: dict[str, Any] = {"kind": "person", "language": "ru", "now": NOW, "once": "7" * 32}
    begin = starting._begin

    def meanwhile(*given: Any) -> int:
        monkeypatch.setattr(starting, "_begin", begin)
        start_submission(values=WHO, **here)
        return begin(*given)

    monkeypatch.setattr(starting, "_begin", meanwhile)
    told = start_submission(values=WHO, **here)
    assert told.submission == Submission.all_records.get().pk

    def broken(*_given: Any) -> int:
        raise IntegrityError("another one")

    monkeypatch.setattr(starting, "_begin", broken)
    with pytest.raises(IntegrityError):
        start_submission(values=WHO, **{**here, "once": "8" * 32})


def test_a_relative_pressed_twice_is_one_relative(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/0/who/")
    data = {**visitor.form(), "go": "list", "given_name": "Примера", "kinship": "child"}
    for _ in range(2):
        visitor.client.post("/submit/form/0/who/", data)
    assert Part.all_records.count() == 2
    visitor.client.post("/submit/form/0/who/", {**data, "given_name": "Пример"})
    assert Part.all_records.count() == 3


def test_the_first_page_goes_on_in_another_language_with_what_was_typed(visitor: Visitor) -> None:
    visitor.open("/submit/person/")
    assert 'formaction="/ru/submit/person/"' in visitor.html
    assert "hreflang" not in visitor.html.partition("<header")[2].partition("</header>")[0]
    typed = {**visitor.form(), "family_name": "Примеров", "sex": "m", "go": "language"}
    visitor.answer = visitor.client.post("/ru/submit/person/", typed)
    assert visitor.status == 200
    assert 'lang="ru"' in visitor.html.partition("<head>")[0]
    assert "alert" not in visitor.text
    told = visitor.form()
    assert (told["family_name"], told["sex"], told["token"]) == ("Примеров", "m", typed["token"])
    assert not Submission.all_records.exists()
    visitor.path = "/ru/submit/person/"
    visitor.send()
    assert Submission.all_records.get().language == "ru"


@pytest.mark.parametrize("prefix", ["/ru", "/uk"])
def test_a_page_goes_on_in_another_language_saved(visitor: Visitor, prefix: str) -> None:
    visitor.begin()
    visitor.open("/submit/form/1/birth/")
    typed = {**visitor.form(), "birth_date": "осень 1891", "go": "language"}
    visitor.answer = visitor.client.post(f"{prefix}/submit/form/1/birth/", typed, follow=True)
    assert visitor.answer.redirect_chain == [(f"{prefix}/submit/form/1/birth/", 302)]
    assert visitor.form()["birth_date"] == "осень 1891"
    assert Part.all_records.get().values["birth_date"] == "осень 1891"
    # What is needed may still be missing, and what cannot be kept is given back.
    visitor.open("/submit/form/0/how/")
    visitor.answer = visitor.client.post(
        f"{prefix}/submit/form/0/how/", {**visitor.form(), "cites": "Книга", "go": "language"},
        follow=True,
    )  # fmt: skip
    assert Submission.all_records.get().cites == "Книга"
    typed = {**visitor.form(), "cites": "К" * 20_001, "go": "language"}
    visitor.answer = visitor.client.post(f"{prefix}/submit/form/0/how/", typed)
    assert (visitor.status, visitor.form()["cites"]) == (422, "К" * 20_001)


def test_captions_and_an_answer_go_along(visitor: Visitor, media: Any) -> None:
    receipt = visitor.begin()
    visitor.open("/submit/form/0/how/").send(**HOW)
    visitor.open("/submit/form/files/")
    picture = SimpleUploadedFile("x.jpg", jpeg(), content_type="image/jpeg")
    visitor.client.post("/submit/form/files/", {**visitor.form(), "files": picture, "go": "stay"})
    visitor.open("/submit/form/files/")
    typed = {**visitor.form(), "caption-1": "У дома", "rights": "мои", "go": "language"}
    visitor.answer = visitor.client.post("/uk/submit/form/files/", typed, follow=True)
    assert visitor.answer.redirect_chain == [("/uk/submit/form/files/", 302)]
    assert (visitor.form()["caption-1"], visitor.form()["rights"]) == ("У дома", "мои")
    visitor.path = "/submit/form/check/"
    visitor.open("/submit/form/check/").send()
    visitor.open("/receipt/").send(receipt=receipt)
    assert 'formaction="/uk/receipt/open/"' in visitor.html
    typed = {**visitor.form(), "text": "Долгий рассказ", "go": "language"}
    visitor.answer = visitor.client.post("/uk/receipt/open/", typed)
    assert (visitor.status, visitor.form()["text"]) == (200, "Долгий рассказ")
    assert not Message.all_records.exists()


def test_the_enter_key_does_what_it_did(visitor: Visitor) -> None:
    visitor.begin()
    for path, value in (("/submit/person/", "next"), ("/submit/form/1/birth/", "next")):
        visitor.open(path)
        own = visitor.html.partition("<button")[2].partition(">")[0]
        assert 'form="asking"' in own
        assert f'value="{value}"' in own
    assert visitor.html.count('id="asking"') == 1


def test_the_name_is_changed_after_the_decision_by_whoever_holds_the_receipt(
    visitor: Visitor,
) -> None:
    receipt = visitor.begin()
    visitor.open("/submit/form/0/how/").send(**HOW)
    visitor.open("/submit/form/0/you/").send(credit="name", credit_name="Т. Примерова")
    visitor.open("/submit/form/check/").send()
    accept_all(Submission.all_records.get().pk)
    visitor.open("/receipt/").send(receipt=receipt)
    assert visitor.form()["credit_name"] == "Т. Примерова"
    visitor.send(act="credit", credit="name", credit_name="Другая")
    assert (visitor.status, str(words.REFUSALS["unread-name"]) in visitor.text) == (422, True)
    assert visitor.form()["credit_name"] == "Другая"
    visitor.send(act="credit", credit="anonymous", credit_name="")
    assert visitor.status == 200
    row = Submission.all_records.get()
    assert (row.credit, row.credit_name) == ("anonymous", "")
    assert 'name="credit"' not in visitor.html
