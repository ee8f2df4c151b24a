"""Two forms in two windows of one browser: nothing of one is put into the other."""

from __future__ import annotations

from typing import Any

import pytest

from registry.models import Part, Submission
from registry.submissions.opening import open_by_receipt
from tests.web.visiting import HOW, Visitor

pytestmark = pytest.mark.django_db
FIRST = {"family_name": "Примеров", "given_name": "Первый"}
SECOND = {"family_name": "Примерова", "given_name": "Вторая"}


@pytest.fixture
def windows(visitor: Visitor) -> tuple[Visitor, str, dict[str, str]]:
    """Return a browser, the receipt of its first form, and what a page of that would send.

    Another form was begun in another window since.
    """
    receipt = visitor.begin(**FIRST)
    page = visitor.open("/submit/form/1/birth/").form()
    visitor.begin(**SECOND)
    return visitor, receipt, page


def values() -> list[dict[str, Any]]:
    return [part.values for part in Part.all_records.order_by("values__given_name")]


def test_what_is_typed_in_the_first_window_is_given_back(
    windows: tuple[Visitor, str, dict[str, str]],
) -> None:
    visitor, receipt, page = windows
    data = {**page, "go": "next", "birth_date": "осень 1899"}
    answer = visitor.client.post("/submit/form/1/birth/", data)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "Another form is open in this browser" in told
    assert "осень 1899" in told
    assert page["of"] not in told
    assert sorted(map(len, values())) == [2, 2]
    # With the receipt of the first it goes on where it was.
    visitor.open("/receipt/").send(receipt=receipt)
    visitor.open("/submit/form/1/birth/").send(birth_date="осень 1899")
    first = Submission.all_records.get(pk=open_by_receipt(receipt))
    assert first.parts(manager="all_records").get().values == {**FIRST, "birth_date": "осень 1899"}
    assert SECOND in values()


@pytest.mark.parametrize("path", ["/submit/form/check/", "/receipt/withdraw/"])
def test_the_other_is_neither_sent_nor_taken_back(visitor: Visitor, path: str) -> None:
    visitor.begin(**FIRST)
    visitor.open("/submit/form/0/how/").send(**HOW)
    page = visitor.open(path).form()
    assert page["of"]
    visitor.begin(**SECOND)
    visitor.open("/submit/form/0/how/").send(**HOW)
    assert visitor.client.post(path, page).status_code == 409
    assert set(Submission.all_records.values_list("state", flat=True)) == {"draft"}
    assert len(values()) == 2


def test_every_form_of_what_is_open_says_whose_it_is(visitor: Visitor) -> None:
    visitor.begin(**FIRST)
    number = Submission.all_records.get().number
    shown = f"{number[:4]}-{number[4:]}"
    pages = ["1/who", "1/birth", "0/how", "0/you", "files", "check"]
    for page in pages:
        assert visitor.open(f"/submit/form/{page}/").form()["of"] == shown, page
    assert visitor.open("/receipt/withdraw/").form()["of"] == shown
