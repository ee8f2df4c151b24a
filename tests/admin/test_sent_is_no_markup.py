"""What visitors send is text: nothing of it is mark-up on any page that shows it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from registry.models import Part, Role, Submission
from tests.submissions.sending import accept_all
from tests.web.visiting import Visitor

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
ATTRIBUTE = '" onmouseover="alert(1)" x="'
TEMPLATE = "{{ 7|add:7 }}{% debug %}"
QUERY = "'); DROP TABLE registry_part; --"
HOSTILE = f"Примеров {SCRIPT}{ATTRIBUTE}{TEMPLATE}{QUERY}"


def escaped(page: str) -> None:
    """Fail where anything that was typed stands in a page as mark-up."""
    assert SCRIPT not in page
    assert 'onmouseover="alert' not in page
    assert not re.search(r"<[^>]*\sonmouseover=", page)
    assert "{{ 7|add:7 }}" in page or "7|add" not in page


def whole(visitor: Visitor, hostile: str = HOSTILE) -> Submission:
    """Send somebody with something hostile in every field there is."""
    visitor.begin(family_name=hostile, given_name=hostile, other_names=hostile)
    escaped(visitor.html)
    visitor.open("/submit/form/0/how/").send(knowledge="memory", how=hostile)
    for code in ("birth", "life", "repression", "death", "rehabilitation", "family", "more"):
        visitor.open(f"/submit/form/1/{code}/")
        fields = visitor.form()
        names = [name for name in fields if name not in {"csrfmiddlewaretoken", "token", "go"}]
        visitor.send(**{name: hostile for name in names if not fields[name]})
        escaped(visitor.html)
    visitor.open("/submit/form/check/")
    escaped(visitor.html)
    visitor.send()
    escaped(visitor.html)
    row: Submission = Submission.all_records.get()
    assert row.state == "waiting"
    return row


def test_what_is_typed_is_never_markup(at_desk: Any) -> None:
    visitor = Visitor()
    row = whole(visitor)
    part = Part.all_records.get()
    assert part.values["family_name"] == HOSTILE
    assert Part.all_records.count() == 1
    desk = at_desk(Role.MODERATOR)
    for address in (f"/admin/acts/submissions/{row.pk}/", "/admin/acts/submissions/"):
        page = desk.get(address)
        assert page.status_code == 200
        escaped(page.content.decode())
    decision = accept_all(row.pk)
    for address in (f"/people/{decision.people[1]}/", "/people/?q=Примеров", "/ru/index/П/"):
        page = Client().get(address)
        assert page.status_code in {200, 404, 410}
        escaped(page.content.decode())
