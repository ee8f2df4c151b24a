"""What is hidden is gone within a minute: no cache may keep anything public for longer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from registry.models import Person, PersonStatus, Role
from registry.records.people.statuses import hide_person
from tests.addresses import public_addresses
from tests.databases import NOW
from tests.security.hidden import Registry

pytestmark = pytest.mark.django_db
MOST_SECONDS = 60


def seconds_kept(answer: Any) -> int:
    """Return how long a cache may give an answer without asking again."""
    told = answer.headers.get("Cache-Control", "")
    if "no-store" in told or "no-cache" in told:
        return 0
    ages = [int(age) for age in re.findall(r"(?:max-age|s-maxage|stale-[a-z-]+)=(\d+)", told)]
    return max(ages) if ages else 10**9


def test_nothing_public_is_kept_longer_than_a_minute(registry: Registry, client: Client) -> None:
    person = registry.shown.person[0]
    merged = Person.all_records.create(status="merged", merged_into_id=person)
    errors = [
        "/people/0/",
        "/people/007/",
        f"/people/{merged.pk}/",
        "/nothing/",
        "/api/v1/people/0",
    ]
    for path in [*public_addresses(registry.shown), *errors]:
        assert seconds_kept(client.get(path)) <= MOST_SECONDS, path


def test_who_is_hidden_is_gone_from_the_next_answer(registry: Registry, client: Client) -> None:
    person = registry.shown.person[0]
    by = User.objects.create(username="one")
    before = {path: client.get(path) for path in public_addresses(registry.shown)}
    assert f"/people/{person}/" in before["/people/?sort=name&limit=100"].content.decode()
    hide_person(
        person=person, status=PersonStatus.WITHDRAWN, by=by, role=Role.MODERATOR,
        reason="a letter of the family", now=NOW,
    )  # fmt: skip
    for path in public_addresses(registry.shown):
        answer = client.get(path)
        assert f"/people/{person}/" not in answer.content.decode() or answer.status_code == 410
        assert seconds_kept(answer) <= MOST_SECONDS, path
    for path in [f"/people/{person}/", f"/files/{registry.shown.file[0]}"]:
        assert client.get(path).status_code == 410, path
