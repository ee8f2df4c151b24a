"""The second factor asked for again: what weighs much, and an account that does very much."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from registry.admin.proving import CODE, MOST_ACTS
from registry.models import Change, ChangeKind, Role, Term
from registry.records import begin_change
from registry.records.ledger.accounts import role_of
from tests.admin.conftest import code_of
from tests.admin.sending import form_of, save

pytestmark = pytest.mark.django_db
WORDS = {
    "": "Give the second factor again",
    "/ru": "Введите второй фактор ещё раз",
    "/uk": "Введіть другий чинник ще раз",
}


def do_acts(number: int, user: User, ago: timedelta = timedelta(0)) -> None:
    for _ in range(number):
        begin_change(
            kind=ChangeKind.EDIT,
            by=user,
            role=Role.EDITOR,
            reason="one of very many",
            now=timezone.now() - ago,
        )


def edit(client: Client, term: Term, prefix: str = "", **values: Any) -> Any:
    path = f"{prefix}/admin/registry/term/{term.pk}/change/"
    return save(client, path, **{"label_en": "told <\n'anew'>", "reason": "r", **values})


def label(term: Term) -> str:
    return str(Term.all_records.get(pk=term.pk).label_en)


@pytest.mark.parametrize("prefix", WORDS)
def test_more_than_300_acts_in_an_hour_pause_the_account(
    prefix: str, at_desk: Any, shot: Term
) -> None:
    client = at_desk()
    user = User.objects.get()
    do_acts(MOST_ACTS, user)
    assert edit(client, shot).status_code == 302
    before = Change.all_records.count()
    held = edit(client, shot, prefix, label_en="once more", label_ru=" с\n\nпробелами")
    page = held.content.decode()
    assert held.status_code == 403
    assert WORDS[prefix] in page
    assert Change.all_records.count() == before
    assert label(shot) != "once more"
    path = f"{prefix}/admin/registry/term/{shot.pk}/change/"
    assert client.get(path).status_code == 200
    wrong = client.post(path, {**form_of(page), CODE: "000000"})
    assert wrong.status_code == 403
    assert 'class="errorlist"' in wrong.content.decode()
    cache.clear()  # the code of the log-in opens once
    answer = client.post(path, {**form_of(page), CODE: code_of()})
    assert answer.status_code == 302
    assert label(shot) == "once more"
    assert edit(client, shot, label_en="and on").status_code == 302
    assert label(shot) == "and on"


def test_acts_of_others_and_of_hours_ago_pause_nobody(
    at_desk: Any, account: Any, shot: Term
) -> None:
    client = at_desk()
    user = User.objects.get()
    do_acts(MOST_ACTS + 1, account("other"))
    do_acts(MOST_ACTS + 1, user, ago=timedelta(hours=1, seconds=1))
    assert edit(client, shot).status_code == 302


def test_the_hour_counts_also_when_the_factor_was_given_long_ago(at_desk: Any, shot: Term) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=3)):
        client = at_desk()
    user = User.objects.get()
    do_acts(MOST_ACTS + 1, user, ago=timedelta(minutes=90))
    assert edit(client, shot).status_code == 302
    do_acts(MOST_ACTS, user, ago=timedelta(minutes=30))
    assert edit(client, shot, label_en="held").status_code == 403


def test_a_paused_account_can_be_read_and_left(at_desk: Any) -> None:
    client = at_desk()
    do_acts(MOST_ACTS + 1, User.objects.get())
    assert client.get("/admin/registry/term/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302


def test_a_change_of_role_asks_for_a_factor_given_within_five_minutes(
    at_desk: Any, account: Any
) -> None:
    other = account("other", Role.MODERATOR)
    path = f"/admin/auth/user/{other.pk}/role/"
    given = {"role": "editor", "reason": "a new task"}
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=6)):
        client = at_desk(Role.ADMINISTRATOR)
    assert client.get(path)["Location"] == f"/accounts/code/again/?next={path.replace('/', '%2F')}"
    held = client.post(path, given)
    assert held.status_code == 403
    assert role_of(User.objects.get(pk=other.pk)) == Role.MODERATOR
    kept = dict(
        re.findall(r'<textarea name="(\w+)" hidden>\n([^<]*)</textarea>', held.content.decode())
    )
    assert kept == given
    # A password given again is not a second factor.
    client.post("/accounts/confirm/", {"password": "eighteen-quiet-herons"})
    assert client.post(path, given).status_code == 403
    assert client.post(path, {**kept, CODE: code_of()}).status_code == 302
    assert role_of(User.objects.get(pk=other.pk)) == Role.EDITOR
    assert client.get(path).status_code == 200


def test_the_page_that_asks_leads_back(at_desk: Any, account: Any) -> None:
    path = f"/admin/auth/user/{account('other').pk}/shut/"
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=6)):
        client = at_desk(Role.ADMINISTRATOR)
    asked = client.get(path, follow=True).content.decode()
    assert "/accounts/confirm/" not in asked
    answer = client.post("/accounts/code/again/", {"code": code_of(), "next": path})
    assert answer["Location"] == path
    assert client.get(path).status_code == 200


def test_the_second_factor_is_not_taken_away_by_a_session_alone(at_desk: Any) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=6)):
        client = at_desk()
    for path in ("/accounts/factor/remove/", "/accounts/recovery/new/"):
        assert client.get(path)["Location"].startswith("/accounts/code/again/")
        assert client.post(path).status_code == 403
    assert User.objects.get().authenticator_set.count() == 1
