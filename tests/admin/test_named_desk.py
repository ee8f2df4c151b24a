"""The desk page of what may name somebody who wishes no name: who sees it, and who closes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from registry.models import Photograph, RevisionBody, Role, Submission
from registry.records.catalogue.photographs import edit_file, file_draft
from registry.submissions.named import places_noted
from tests.submissions.test_named import CAPTION, SIGNED, moderator, say, taken

pytestmark = pytest.mark.django_db
LogIn = Callable[..., Client]


def path(number: int) -> str:
    return f"/admin/acts/submissions/{number}/named/"


def noted(media: Any) -> int:
    number, _ = taken(media)
    say(number, credit="anonymous")
    return number


def test_a_moderator_is_told_where_and_closes_nothing(media: Any, at_desk: LogIn) -> None:
    number = noted(media)
    client = at_desk(Role.MODERATOR)
    desk = client.get("/admin/").content.decode()
    assert "?state=named" in desk
    assert str(number) in client.get("/admin/acts/submissions/?state=named").content.decode()
    assert str(number) not in client.get("/admin/acts/submissions/").content.decode()
    review = client.get(f"/admin/acts/submissions/{number}/").content.decode()
    assert path(number) in review
    page = client.get(path(number)).content.decode()
    photograph = Photograph.all_records.get()
    assert f"photograph {photograph.pk}" in page
    assert f"/photograph/{photograph.pk}/" not in page
    assert "It is looked through" not in page
    assert client.post(path(number), {}).status_code == 403
    assert places_noted(Submission.all_records.get(pk=number))


def test_an_editor_follows_the_links_and_closes_it_without_forgetting(
    media: Any, at_desk: LogIn
) -> None:
    number = noted(media)
    client = at_desk(Role.EDITOR)
    page = client.get(path(number)).content.decode()
    listed = page.split('<ul class="lines">')[1].split("</ul>")[0]
    links = [part.split('"')[0] for part in listed.split('href="')[1:]]
    assert len(links) == 2
    assert all(client.get(link).status_code == 200 for link in links)
    assert 'name="forget"' not in page
    assert 'name="reason"' not in page
    answer = client.post(path(number), {"forget": "on"}, follow=True)
    assert answer.status_code == 200
    assert places_noted(Submission.all_records.get(pk=number)) == []
    assert RevisionBody.all_records.filter(text__contains=CAPTION).exists()
    assert client.get(path(number)).status_code == 302
    assert "?state=named" not in client.get("/admin/").content.decode()


def test_an_administrator_has_earlier_wordings_forgotten(media: Any, at_desk: LogIn) -> None:
    number = noted(media)
    photograph = Photograph.all_records.get()
    draft = replace(file_draft(photograph), caption={"ru": "Снимок семьи"})
    edit_file(model=Photograph, number=photograph.pk, draft=draft, by=moderator(), **SIGNED)
    client = at_desk(Role.ADMINISTRATOR)
    assert "This is needed." in client.post(path(number), {"forget": "on"}).content.decode()
    assert places_noted(Submission.all_records.get(pk=number))
    client.post(path(number), {"reason": "mended", "forget": "on"})
    assert places_noted(Submission.all_records.get(pk=number)) == []
    assert not RevisionBody.all_records.filter(text__contains=CAPTION).exists()
