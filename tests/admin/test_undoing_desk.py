"""Undoing on the desk and by command: previewed, one change, a set, all of an account's day."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from registry.admin.proving import CODE
from registry.dates import parse_edtf
from registry.models import Change, ChangeKind, Entry, Role
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY
from tests.admin import conftest
from tests.admin.sending import form_of
from tests.records.test_history import DEAD, edit, entry_of

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def send(client: Any, path: str, **values: str) -> Any:
    page = client.get(path).content.decode()
    page = page[page.index('<form method="post" class="act"') :]
    return client.post(path, {**form_of(page), **values})


def occupation(entry: Entry) -> str:
    return str(Entry.all_records.get(pk=entry.pk).occupation)


@pytest.fixture
def entry(make_person: Any) -> Entry:
    return entry_of(make_person(birth=parse_edtf("1891"), occupation="кузнец", **DEAD))


@pytest.mark.parametrize("prefix", ["", "/ru", "/uk"])
def test_a_change_is_undone_from_its_page(at_desk: Any, entry: Entry, prefix: str) -> None:
    made = edit(entry, occupation="плотник")
    client = at_desk()
    page = client.get(f"{prefix}/admin/registry/change/{made.pk}/change/").content.decode()
    path = f"{prefix}/admin/acts/change/{made.pk}/undo/"
    assert f'href="{path}"' in page
    assert client.get(path).status_code == 200
    assert occupation(entry) == "плотник"
    assert send(client, path).status_code == 200  # a reason is needed
    assert send(client, path, reason="it was right").status_code == 302
    assert occupation(entry) == "кузнец"
    undoing = Change.all_records.latest("pk")
    assert (undoing.undoes, undoing.by, undoing.reason) == (
        made,
        User.objects.get(),
        "it was right",
    )


def test_the_preview_says_what_stays_and_why(at_desk: Any, entry: Entry) -> None:
    first = edit(entry, birth=parse_edtf("1892"), occupation="плотник")
    edit(entry, birth=parse_edtf("1893"))
    text = text_of(at_desk().get(f"/admin/acts/change/{first.pk}/undo/"))
    assert "1 record will be as it was." in text
    assert f"entry {entry.pk} (Born): something came after" in text


def test_a_set_is_chosen_in_the_list(at_desk: Any, entry: Entry) -> None:
    client = at_desk()
    assert client.get("/admin/acts/changes/undo/").status_code == 302
    assert client.get("/admin/acts/changes/undo/?change=99999").status_code == 404
    first, second = edit(entry, occupation="плотник"), edit(entry, birth=parse_edtf("1899"))
    page = client.get("/admin/registry/change/").content.decode()
    assert f'name="change" value="{first.pk}" form="chosen"' in page
    path = f"/admin/acts/changes/undo/?change={first.pk}&change={second.pk}"
    assert "2 records will be as they were." in text_of(client.get(path))
    assert send(client, path, reason="both wrong").status_code == 302
    row = Entry.all_records.get(pk=entry.pk)
    assert (row.occupation, row.birth_edtf) == ("кузнец", "1891")


def test_more_than_fifty_need_the_second_factor_again(at_desk: Any, entry: Entry) -> None:
    numbers = [edit(entry, occupation=f"плотник {number}").pk for number in range(51)]
    path = "/admin/acts/changes/undo/?" + "&".join(f"change={number}" for number in numbers)
    with time_machine.travel(timezone.now() - timedelta(minutes=6)):
        client = at_desk()
    assert client.post(path, {"reason": "all wrong"}).status_code == 403
    assert occupation(entry) == "плотник 50"
    cache.clear()  # the code of the log-in opens once
    answer = client.post(path, {"reason": "all wrong", CODE: conftest.code_of()})
    assert answer.status_code == 302
    assert occupation(entry) == "кузнец"


def do_as(user: User, entry: Entry, **values: Any) -> Change:
    with act(
        kind=ChangeKind.EDIT, by=user, role=Role.EDITOR, reason="x", now=timezone.now()
    ) as doing:
        doing.touch(ENTRY, entry.pk)
        Entry.all_records.filter(pk=entry.pk).update(**values)
    assert doing.change is not None
    return doing.change


def test_all_that_an_account_did_is_found_from_its_page(
    at_desk: Any, account: Any, entry: Entry
) -> None:
    other = account("stolen")
    do_as(other, entry, occupation="плотник")
    client = at_desk(Role.ADMINISTRATOR)
    path = f"/admin/acts/account/{other.pk}/revert/"
    assert path in client.get(f"/admin/auth/user/{other.pk}/change/").content.decode()
    assert "Since" in text_of(client.get(path))
    assert "did nothing" in text_of(client.get(f"{path}?since=2099-01-01T00:00"))
    answer = client.get(f"{path}?since=2020-01-01T00:00")
    assert answer.status_code == 302
    late = do_as(other, entry, age="40")
    assert "1 record will be as it was." in text_of(client.get(answer["Location"]))
    assert send(client, answer["Location"], reason="stolen").status_code == 302
    assert Entry.all_records.get(pk=entry.pk).age == "40"
    assert not Change.all_records.filter(undoes=late).exists()
    assert occupation(entry) == "кузнец"


def test_an_editor_reverts_no_account(at_desk: Any, account: Any) -> None:
    path = f"/admin/acts/account/{account('other').pk}/revert/"
    assert at_desk().get(path).status_code == 403


def revert(*arguments: str) -> str:
    out = StringIO()
    call_command("revert_account", *arguments, stdout=out)
    return out.getvalue()


def test_one_command_undoes_what_an_account_did(account: Any, entry: Entry) -> None:
    user = account("stolen")
    do_as(user, entry, occupation="плотник", age="40")
    edit(entry, age="41")
    given = ["stolen", "--since", "2020-01-01", "--reason", "stolen"]
    assert "nothing was written" in revert(*given, "--dry-run")
    assert occupation(entry) == "плотник"
    told = revert(*given)
    assert "1 change undone." in told
    assert f"entry {entry.pk} (age): something came after" in told
    assert occupation(entry) == "кузнец"
    assert "0 changes undone." in revert(*given, "--until", "2020-01-02")
    with pytest.raises(CommandError):
        revert("nobody", *given[1:])
