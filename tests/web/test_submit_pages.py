"""Forms of contributors: page by page, saved each, nothing typed lost, under a receipt."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import signing
from django.db import OperationalError

from registry.models import Part, Submission
from registry.submissions import limits
from registry.submissions.limits import Limit
from registry.submissions.opening import open_by_receipt
from registry.submissions.receipts import read_receipt
from registry.web import forms
from registry.wording import submissions as words
from tests.routes import PREFIXES
from tests.web.visiting import HOW, WHO, Visitor

pytestmark = pytest.mark.django_db
ENTRY = {"birth_date": "1891"}


def draft() -> Submission:
    row: Submission = Submission.all_records.get()
    return row


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_new_person_is_sent_page_by_page(prefix: str) -> None:
    visitor = Visitor(prefix)
    language = prefix.strip("/") or "en"
    receipt = visitor.begin()
    assert read_receipt(receipt) == receipt
    seen = [visitor.answer]
    assert visitor.go_on().path.endswith("/form/0/how/")
    seen.append(visitor.answer)
    visitor.send(**HOW)
    for code in ("birth", "life", "repression", "death", "rehabilitation", "family", "more"):
        assert visitor.path == f"{prefix}/submit/form/1/{code}/"
        seen.append(visitor.answer)
        visitor.send(**({"birth_date": "осень 1891"} if code == "birth" else {}))
    assert visitor.path == f"{prefix}/submit/form/files/"
    seen.append(visitor.answer)
    visitor.send()
    assert visitor.path == f"{prefix}/submit/form/0/you/"
    seen.append(visitor.answer)
    visitor.send()
    assert visitor.path == f"{prefix}/submit/form/check/"
    seen.append(visitor.answer)
    visitor.send()
    seen.append(visitor.answer)
    row = draft()
    assert (row.state, row.language, row.how) == ("waiting", language, HOW["how"])
    part = Part.all_records.get()
    assert part.values == {**WHO, "birth_date": "осень 1891"}
    assert f"{row.number[:4]}-{row.number[4:]}" in visitor.text
    for answer in seen:
        page = answer.content.decode()
        assert f'<html lang="{language}">' in page
        assert f'href="{prefix}/submit/leave/"' in page
        assert 'name="robots" content="noindex"' in page
        assert answer["Cache-Control"] == "no-store"


def test_the_receipt_is_shown_once_and_the_cookie_holds_the_number_of_the_row_alone(
    visitor: Visitor,
) -> None:
    receipt = visitor.begin()
    shown = visitor.html
    assert re.findall(r"<span>(\d+)</span>", shown) == re.findall(r"\d{4}", receipt)
    assert f"M0 0h{29}" in shown  # the code of 24 digits has 21 modules and a margin of 4
    held = re.search(r'href="(data:text/plain[^"]+)" download="receipt.txt"', shown)
    assert held
    assert "%20".join(re.findall(r"\d{4}", receipt)) in held[1]
    cookie = visitor.client.cookies["sessionid"]
    assert cookie["expires"] == cookie["max-age"] == ""
    told = signing.loads(cookie.value, salt="django.contrib.sessions.backends.signed_cookies")
    assert told == {"submission": draft().pk, "_session_expiry": 0}
    for path in ("/submit/", "/submit/form/", "/submit/form/1/who/", "/submit/form/check/"):
        assert receipt[:4] not in visitor.open(path).text
    assert open_by_receipt(receipt) == draft().pk


def test_the_first_page_sent_twice_begins_once(visitor: Visitor) -> None:
    visitor.open("/submit/person/")
    path = visitor.path
    visitor.send(**WHO)
    visitor.open(path).send(**WHO)
    assert visitor.path == "/submit/form/"
    assert Submission.all_records.count() == 1
    visitor.open(path).send(family_name="Другов")
    assert Submission.all_records.count() == 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"family_name": "", "given_name": " ", "sex": "f"}, "no-name"),
        ({"family_name": "П" * 20_001}, "too-long"),
        ({"family_name": "При\x00меров"}, "nul"),
    ],
)
def test_a_first_page_that_is_refused_comes_back_as_it_was(
    visitor: Visitor, values: dict[str, str], said: str
) -> None:
    visitor.open("/submit/person/").send(other_names="Примерин", **values)
    if said == "no-name":
        visitor.open("/submit/person/").send(other_names="", **values)
    assert visitor.status == 422
    assert str(words.REFUSALS[said]) in visitor.text
    back = visitor.form()
    assert {name: back[name] for name in values} == {
        name: text.strip() for name, text in values.items()
    }
    assert 'aria-invalid="true"' in visitor.html
    assert '<a href="#b-family_name">' in visitor.html


def test_an_answer_nobody_offered_is_none(visitor: Visitor) -> None:
    visitor.begin(**WHO, sex="x")
    assert "sex" not in Part.all_records.get().values
    visitor.open("/submit/form/0/how/").send(**{**HOW, "knowledge": "denunciation"})
    assert draft().knowledge == ""


def test_a_page_goes_back_without_loss_and_in_another_browser(visitor: Visitor) -> None:
    receipt = visitor.begin()
    visitor.open("/submit/form/1/birth/").send(birth_date="около 1899", birth_place="Примерск")
    assert visitor.open("/submit/form/1/birth/").form()["birth_place"] == "Примерск"
    other = Visitor("/uk")
    other.open("/receipt/").send(receipt=receipt)
    assert other.path == "/uk/submit/form/"
    assert other.open("/submit/form/1/birth/").form()["birth_date"] == "около 1899"
    other.send(birth_date="1899", go="list")
    assert other.path == "/uk/submit/form/"
    assert visitor.open("/submit/form/1/birth/").form()["birth_date"] == "1899"
    assert visitor.open("/submit/form/1/who/").form()["family_name"] == "Примеров"


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("осень 1937", "Understood: autumn 1937"),
        ("05.11.1937", "Understood: 5 November 1937"),
        ("about 1899", "Understood: 1899 (approximately)"),
        ("перед самой войной", "Kept as you wrote it; a moderator will read it."),
        ("31.02.1937", "Kept as you wrote it; a moderator will read it."),
    ],
)
def test_dates_are_taken_as_they_are_written_and_echoed(
    visitor: Visitor, typed: str, understood: str
) -> None:
    visitor.begin()
    visitor.open("/submit/form/1/birth/").send(birth_date=typed)
    assert f"Date of birth, {typed} . {understood}" in visitor.text
    assert understood in visitor.open("/submit/form/1/birth/").text
    assert understood in visitor.open("/submit/form/check/").text
    assert Part.all_records.get().values["birth_date"] == typed


def test_not_knowing_is_an_answer_and_loses_nothing(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/1/death/").send(go="skip")
    assert visitor.path == "/submit/form/1/rehabilitation/"
    visitor.open("/submit/form/1/death/").send(go="skip", fate="вернулся")
    assert Part.all_records.get().values["fate"] == "вернулся"


def test_only_who_and_how_are_needed(visitor: Visitor) -> None:
    visitor.begin(given_name="Пример")
    visitor.open("/submit/form/check/").send()
    assert visitor.status == 422
    assert str(words.REFUSALS["no-basis"]) in visitor.text
    assert 'href="/submit/form/0/how/"' in visitor.html
    assert visitor.open("/submit/form/0/how/").send(knowledge="memory").status == 422
    assert visitor.form()["knowledge"] == "memory"
    visitor.send(how="Рассказ.")
    visitor.open("/submit/form/check/").send()
    assert draft().state == "waiting"


def test_how_may_wait_where_one_goes_to_the_list(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/0/how/").send(knowledge="book", go="list")
    assert visitor.path == "/submit/form/"
    assert draft().knowledge == "book"


def test_after_sending_the_session_is_over(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/0/how/").send(**HOW)
    visitor.open("/submit/form/check/").send()
    assert visitor.client.cookies["sessionid"].value == ""
    assert visitor.open("/submit/form/").status == 200
    assert "Nothing is open in this browser" in visitor.text


def test_what_was_typed_without_a_session_is_given_back(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/1/more/")
    visitor.client.cookies.clear()
    visitor.send(comment="<b>Долгий рассказ</b>")
    assert visitor.status == 409
    assert "<b>Долгий рассказ</b>" in visitor.text.replace("&lt;", "<").replace("&gt;", ">")
    assert "csrfmiddlewaretoken" not in visitor.text
    assert 'href="/receipt/"' in visitor.html


def test_a_forged_form_is_given_back_too(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/1/more/")
    visitor.client.handler.enforce_csrf_checks = True
    visitor.answer = visitor.client.post(visitor.path, {"comment": "Долгий рассказ"})
    assert visitor.status == 403
    assert "Долгий рассказ" in visitor.text
    assert visitor.client.post("/people/", {"comment": "x"}).status_code == 405


@pytest.mark.parametrize("prefix", PREFIXES)
def test_leaving_ends_the_session_on_a_page_that_says_nothing(prefix: str) -> None:
    visitor = Visitor(prefix)
    visitor.begin()
    visitor.open("/submit/leave/")
    assert visitor.answer["Cache-Control"] == "no-store"
    assert visitor.client.cookies["sessionid"].value == ""
    assert visitor.client.cookies["csrftoken"].value == ""
    for word in ("egistry", "еестр", "Примеров", "submit", "receipt"):
        assert word not in visitor.html.replace("/static/registry/registry.css", "")
    assert "Примеров" not in visitor.open("/submit/form/").html


def test_leaving_leaves_a_log_in_alone(visitor: Visitor, django_user_model: Any) -> None:
    visitor.client.force_login(django_user_model.objects.create(username="invented"))
    visitor.begin()
    visitor.open("/submit/leave/")
    assert visitor.client.session.get("_auth_user_id")
    assert "submission" not in visitor.client.session


def test_a_form_sent_too_fast_or_filled_in_by_a_program_comes_back(visitor: Visitor) -> None:
    visitor.open("/submit/person/").send(fast=True, **WHO)
    assert (visitor.status, Submission.all_records.count()) == (422, 0)
    assert str(words.TRAPPED["too-fast"]) in visitor.text
    assert visitor.form()["family_name"] == "Примеров"
    visitor.send(homepage="spam")
    assert str(words.TRAPPED["filled-in"]) in visitor.text
    visitor.send(homepage="")
    assert Submission.all_records.count() == 1


def test_what_is_beyond_a_limit_comes_back(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bucket in ("start", "save", "take-down"):
        monkeypatch.setitem(limits.LIMITS, bucket, Limit(1, 60, "a test"))
    visitor.begin()
    visitor.open("/submit/person/").send(family_name="Другов")
    assert (visitor.status, visitor.form()["family_name"]) == (429, "Другов")
    assert str(words.TOO_MANY) in visitor.text
    visitor.open("/submit/form/1/birth/").send(**ENTRY)
    visitor.open("/submit/form/1/more/").send(comment="Ещё рассказ")
    assert (visitor.status, visitor.form()["comment"]) == (429, "Ещё рассказ")
    assert "comment" not in Part.all_records.get().values
    for what in ("Адрес", "Фотография"):
        visitor.open("/submit/takedown/").send(what=what, where="Примеров")
    assert visitor.status == 429


def test_while_the_registry_only_reads_forms_are_closed_and_keep_what_was_typed(
    visitor: Visitor, settings: Any
) -> None:
    visitor.begin()
    visitor.open("/submit/form/1/more/")
    settings.READ_ONLY = True
    visitor.send(comment="Ещё рассказ")
    assert (visitor.status, visitor.form()["comment"]) == (503, "Ещё рассказ")
    assert str(words.CLOSED) in visitor.text
    visitor.open("/submit/form/check/").send()
    assert (visitor.status, draft().state) == (503, "draft")
    for path in ("/submit/", "/submit/person/"):
        assert "takes nothing in" in visitor.open(path).text
    assert "<form method=" not in visitor.html
    visitor.answer = visitor.client.post(visitor.path, WHO)
    assert (visitor.status, Submission.all_records.count()) == (503, 1)
    assert visitor.form()["family_name"] == "Примеров"
    settings.READ_ONLY = False
    visitor.send()
    assert Submission.all_records.count() == 1  # the same page as before: nothing new


def test_a_database_that_fails_while_saving_loses_nothing_typed(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise OperationalError

    visitor.begin()
    visitor.open("/submit/form/1/more/")
    monkeypatch.setattr(forms, "save_part", fail)
    visitor.send(comment="Ещё рассказ")
    assert (visitor.status, visitor.form()["comment"]) == (503, "Ещё рассказ")
