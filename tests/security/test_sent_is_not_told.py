"""What contributors send changes no public answer until it is accepted, and none after an undoing.

Every public address is fetched before anything was sent, while one of everything is there in
every state, while all that can be is accepted, and after all of it was undone. Where it is
accepted the marks are seen, so they could have been seen before.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from registry.models import Entry, MemorialSite, Person, Photograph, Submission, SubmittedFile
from registry.submissions.deciding import undo_decision
from registry.submissions.testimony import have_testimonies
from tests.addresses import PREFIXES, Shown, form_addresses, public_addresses
from tests.databases import NOW
from tests.security.hidden import LATIN_MARK, MARK, Registry, fetch, fetch_these
from tests.security.sent import ACT, accept, send_all
from tests.submissions.sending import moderator

pytestmark = pytest.mark.django_db
Answers = dict[str, tuple[int, str]]


def told(answers: Answers, *, echoed: bool = False) -> list[str]:
    """Return the addresses whose answers tell a mark; one that asks for a mark may echo it."""
    return [
        address
        for address, (_, body) in answers.items()
        if MARK in body or (LATIN_MARK in body.casefold())
        if echoed or (MARK not in address and LATIN_MARK not in address)
    ]


def changed(before: Answers, after: Answers) -> list[str]:
    return [address for address in before if before[address] != after[address]]


def made() -> Shown:
    """Return what accepting has made, as addresses."""
    return Shown(
        person=list(Person.all_records.filter(letter=MARK[0]).values_list("pk", flat=True)),
        entry=list(Entry.all_records.filter(via__isnull=False).values_list("pk", flat=True)),
        site=list(
            MemorialSite.all_records.filter(slug__startswith=LATIN_MARK).values_list(
                "slug", flat=True
            )
        ),
        source=["testimony"],
        letter=[MARK[0]],
        name=[MARK[:4], LATIN_MARK[:4]],
    )


def test_what_was_sent_is_told_by_nothing_before_it_is_accepted_and_after_it_is_undone(
    registry: Registry, client: Client
) -> None:
    person = registry.shown.person[0]
    have_testimonies(now=NOW)
    before = fetch(client, registry)
    assert told(before) == []
    sent = send_all(person)
    waiting = fetch(client, registry)
    assert changed(before, waiting) == []
    assert told(waiting) == []
    assert_unreachable(client, registry.shown, sent.files)

    decisions = [accept(number) for number in sent.accepted]
    new = made()
    seen = sorted({*public_addresses(registry.shown, [""]), *public_addresses(new, [""])})
    shown = fetch_these(client, seen)
    for needed in (
        f"/people/{person}/", f"/api/v1/people/{person}", f"/people/{new.person[0]}/",
        "/sites/invented-site/", f"/sites/{LATIN_MARK}-sent/", "/sites/", f"/index/{MARK[0]}/",
        "/people/?sort=name&limit=100", "/api/v1/people?limit=100&facets=1", "/api/v1/sites",
    ):  # fmt: skip
        assert needed in told(shown, echoed=True), needed
    assert len(told(shown)) > 20
    pictures = [f"/files/{row.name}-{row.sizes[0][0]}.jpg" for row in Photograph.public.all()
                if row.source and row.source.slug == "testimony"]  # fmt: skip
    assert len(pictures) == len(sent.accepted)
    assert {client.get(address).status_code for address in pictures} == {200}

    for number in reversed(sent.accepted):
        undone = undo_decision(submission=number, by=moderator(), **ACT)
        assert undone.left == []
    after = fetch(client, registry)
    # A history says that something was done and undone, and nothing of what it was.
    assert [one for one in changed(before, after) if "/history/" not in one] == []
    assert told(after) == []
    gone = fetch_these(client, public_addresses(new))
    assert told(gone) == []
    for prefix in (*PREFIXES, "/api/v1"):
        slash = "" if prefix.startswith("/api") else "/"
        for which, numbers in (("people", new.person), ("entries", new.entry)):
            for number in numbers:
                status, body = gone[f"{prefix}/{which}/{number}{slash}"]
                assert (status, MARK in body) == (410, False), (prefix, which, number)
        status, body = gone[f"{prefix}/sites/{LATIN_MARK}-sent{slash}"]
        assert (status, MARK in body) == (410, False), prefix
    assert_unreachable(client, registry.shown, sent.files)
    assert {row.state for row in Submission.all_records.filter(pk__in=sent.accepted)} == {"waiting"}
    assert {decision.state for decision in decisions} == {"accepted"}


def assert_unreachable(client: Client, shown: Shown, files: Any) -> None:
    """Assert that neither pages of contributors nor media addresses tell anything."""
    numbers = Submission.all_records.values_list("number", flat=True)
    for address in form_addresses(shown):
        answer = client.get(address)
        body = answer.content.decode()
        assert answer.status_code in {200, 302, 404, 410}, address
        assert MARK not in body, address
        assert LATIN_MARK not in body.casefold(), address
        for number in numbers:
            assert number not in body, address
    names = SubmittedFile.all_records.values_list("name", flat=True)
    previews = [address.rpartition("/")[2] for address in files]
    some = previews[:3]
    for address in (
        *files,
        *(f"/files/{name}" for name in names[:3]),
        *(f"/{folder}/{preview}" for preview in some for folder in ("media", "static")),
        *(f"/submit/form/files/{preview}" for preview in some),
    ):
        answer = client.get(address)
        assert answer.status_code in {404, 410}, address
        assert MARK.encode() not in b"".join(answer), address  # type: ignore[arg-type]
