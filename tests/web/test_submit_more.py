"""Forms of contributors beyond the first person: relatives, addresses, what is no draft."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Contact, Part, PartKind, RelationKind, Submission
from registry.submissions import receiving
from registry.wording.questions import KINSHIPS
from tests.databases import NOW
from tests.web.visiting import HOW, WHO, Visitor

pytestmark = pytest.mark.django_db
ENTRY = {"birth_date": "1891"}


def draft() -> Submission:
    row: Submission = Submission.all_records.get()
    return row


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
        ("/submit/", 10),
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


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/submit/person/", "/submit/form/", "/receipt/"])
def test_other_methods_are_refused_in_words(visitor: Visitor, path: str, method: str) -> None:
    answer = getattr(visitor.client, method)(path)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
