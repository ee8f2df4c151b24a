"""Forms of contributors: page by page, saved each, nothing typed lost, under a receipt."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Contact, Part, PartKind, RelationKind, Submission
from registry.submissions import receiving
from registry.submissions.opening import open_by_receipt
from registry.submissions.receipts import read_receipt
from registry.wording import submissions as words
from registry.wording.questions import KINSHIPS
from tests.databases import NOW
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


def test_several_relatives_have_pages_of_their_own(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/0/who/").send(given_name="Примера", kinship="spouse")
    assert visitor.path == "/submit/form/2/birth/"
    visitor.send(birth_date="1895")
    assert visitor.path == "/submit/form/2/life/"
    visitor.open("/submit/form/2/more/").send()
    assert visitor.path == "/submit/form/"
    assert "Примера" in visitor.text
    parts = {part.position: part for part in Part.all_records.all()}
    assert parts[2].values == {"given_name": "Примера", "birth_date": "1895"}
    assert (parts[2].kinship, "birth_date" in parts[1].values) == ("spouse", False)
    visitor.open("/submit/form/2/who/").send(kinship="treason")
    assert Part.all_records.get(position=2).kinship == ""
    assert visitor.open("/submit/form/0/who/").send(kinship="child").status == 422
    assert Part.all_records.count() == 2
    visitor.open("/submit/form/2/out/").send()
    assert Part.all_records.count() == 1
    assert visitor.open("/submit/form/1/out/").status == 404
    assert set(KINSHIPS) <= set(RelationKind.values)


@pytest.mark.parametrize(
    "path", ["9/birth", "1/none", "0/birth", "1/how", "0/figure", "99999999999999999999/who"]
)
def test_a_page_that_a_form_does_not_have_is_told_so(visitor: Visitor, path: str) -> None:
    visitor.begin()
    assert visitor.open(f"/submit/form/{path}/").status == 404


@pytest.mark.parametrize(
    "saved", ["1", "9.birth", "9" * 5_000 + ".who", "٣.who", "0.who", "1.files"]
)
def test_an_address_of_another_page_that_was_saved_is_no_fault(
    visitor: Visitor, saved: str
) -> None:
    visitor.begin()
    assert visitor.open(f"/submit/form/?saved={saved}").status == 200


def test_a_mail_address_is_told_to_nobody_and_can_be_deleted(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/0/you/").send(contact="nobody at example", credit="initials")
    assert visitor.status == 422
    assert visitor.form()["contact"] == "nobody at example"
    visitor.send(contact="nobody@example.org", credit_name="Т. П.")
    assert Contact.all_records.get().address == "nobody@example.org"
    assert (draft().credit, draft().credit_name) == ("initials", "Т. П.")
    for path in ("/submit/form/0/you/", "/submit/form/", "/submit/form/check/"):
        assert "nobody@example.org" not in visitor.open(path).html
    visitor.open("/submit/form/0/you/").send(**{"no-contact": "1"})
    assert not Contact.all_records.exists()


def test_where_no_mail_is_sent_nobody_is_asked_for_an_address(
    visitor: Visitor, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    visitor.begin()
    assert 'name="contact"' not in visitor.open("/submit/form/0/you/").html
    visitor.send(credit="name", credit_name="Т. Примерова")
    assert draft().credit == "name"


def test_what_is_not_a_draft_any_more_is_not_changed(visitor: Visitor) -> None:
    receipt = visitor.begin()
    visitor.open("/submit/form/0/how/").send(**HOW)
    other = Visitor()
    other.open("/receipt/").send(receipt=receipt)
    other.open("/submit/form/1/birth/")
    visitor.open("/submit/form/check/").send()
    other.send(**ENTRY)
    assert other.path == "/receipt/open/"
    assert "birth_date" not in Part.all_records.get().values
    for path in ("", "check/", "1/who/", "1/similar/"):
        assert other.open(f"/submit/form/{path}").path == "/receipt/open/"


def test_a_purged_draft_is_no_longer_open(visitor: Visitor) -> None:
    visitor.begin()
    Submission.all_records.all().delete()
    visitor.open("/submit/form/")
    assert (visitor.status, visitor.client.cookies["sessionid"].value) == (200, "")


def test_a_sent_form_says_what_happens_next(visitor: Visitor) -> None:
    visitor.begin()
    visitor.open("/submit/form/0/how/").send(**HOW)
    visitor.open("/submit/form/check/").send()
    for said in ("What happens next", "How to come back", "The form is closed in this browser."):
        assert said in visitor.text
    assert re.search(r'href="data:text/plain[^"]+" download="\d{4}-\d{4}.txt"', visitor.html)


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/submit/", 8),
        ("/submit/form/", 5),
        ("/submit/form/1/birth/", 5),
        ("/submit/form/check/", 5),
    ],
)
def test_pages_cost_so_many_queries(visitor: Visitor, path: str, queries: int) -> None:
    visitor.begin()
    costs = []
    for position in (2, 3, 4):
        with CaptureQueriesContext(connection) as counted:
            visitor.open(path)
        costs.append(len(counted))
        receiving.add_part(submission=draft().pk, kind=PartKind.PERSON, now=NOW)
        receiving.save_part(submission=draft().pk, position=position, values=WHO, now=NOW)
    assert costs == [queries] * 3
