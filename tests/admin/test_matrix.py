"""Every route × role × method: what the matrix says is what happens, and nothing is left out."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from registry.admin.matrix import ANYONE, DESK, MATRIX, NEWCOMER, SAFE_METHODS, Level
from registry.models import Role
from tests.admin.conftest import log_in
from tests.routes import PREFIXES, every_route

pytestmark = pytest.mark.django_db
METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
STEPS = (
    "/accounts/login/",
    "/accounts/password/",
    "/accounts/factor/new/",
    "/accounts/code/again/",
)


FOUND = "?app_label=registry&model_name=entry&field_name=person"
"""Without a field Django's autocomplete refuses by itself."""
ROUTES = every_route()


def test_every_route_is_declared_and_nothing_else() -> None:
    assert {name for name, _ in ROUTES} == set(MATRIX)


def test_everything_on_the_desk_needs_a_role() -> None:
    assert [name for name, rule in DESK.items() if min(rule.look, rule.act) <= NEWCOMER] == []
    assert [name for name, rule in MATRIX.items() if rule.act < rule.look] == []


def browser_of(level: Level, account: Any, at_desk: Any) -> Client:
    if level == ANYONE:
        return Client()
    if level == NEWCOMER:
        account("newcomer", Role.ADMINISTRATOR, enrolled=False)
        client = Client()
        log_in(client, "newcomer")
        return client
    client: Any = at_desk(Role[level.name])
    return client


def sent(client: Client, method: str, path: str) -> Any:
    """Send a request and take back whatever it did, to the records and to the session."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        answer = getattr(client, method)(path)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return answer


def expected(level: Level, name: str, method: str) -> str:
    """Return what the matrix says: let in, refused, or led to the next step."""
    rule = MATRIX[name]
    if name == "mfa_authenticate":
        return "in" if level > ANYONE else "/accounts/login/"  # its own: nobody logs in just now
    if rule.look == ANYONE:
        return "in"
    if level == ANYONE:
        return "/accounts/login/"
    if level == NEWCOMER:
        return "in" if "mfa_activate_totp" in rule.steps else "/accounts/factor/new/"
    return "in" if level >= (rule.look if method.upper() in SAFE_METHODS else rule.act) else "no"


def happened(answer: Any, level: Level) -> str:
    if answer.status_code == 403:
        return "no"
    to = answer.get("Location", "").partition("?")[0]
    # Some pages lead there by themselves, also those who need not go there.
    return to if to in STEPS and level <= NEWCOMER else "in"


@pytest.mark.once
@pytest.mark.parametrize("level", list(Level)[:-1], ids=lambda level: level.name.lower())
def test_what_the_matrix_says_is_what_happens(level: Level, account: Any, at_desk: Any) -> None:
    client = browser_of(level, account, at_desk)
    wrong = []
    for name, path in ROUTES:
        for method in METHODS:
            answer = sent(client, method, path + FOUND * path.endswith("/autocomplete/"))
            found = happened(answer, level)
            if found != (said := expected(level, name, method)):
                wrong.append(f"{name} {method}: {found}, not {said}")
    assert not wrong, "\n".join(wrong)


def test_public_pages_take_nothing_from_anyone(at_desk: Any) -> None:
    for client in (Client(), at_desk(Role.ADMINISTRATOR)):
        for name, path in ROUTES:
            rule = MATRIX[name]
            # The API describes itself whatever the method.
            if rule.look == ANYONE < rule.act and name != "api:openapi-json":
                for method in ("post", "put", "patch", "delete"):
                    assert sent(client, method, path).status_code in {404, 405}, name


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_route_of_the_desk_that_is_not_declared_is_refused(
    prefix: str, at_desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_desk(Role.ADMINISTRATOR)
    path = f"{prefix}/admin/registry/source/"
    assert client.get(path).status_code == 200
    monkeypatch.delitem(MATRIX, "admin:registry_source_changelist")
    assert client.get(path).status_code == 403
    assert client.post(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_an_account_page_that_is_not_declared_is_refused(
    at_desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_desk(Role.ADMINISTRATOR)
    monkeypatch.delitem(MATRIX, "mfa_index")
    assert client.get("/accounts/factor/").status_code == 403


def test_a_view_behind_the_middleware_asks_again(
    at_desk: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookies = at_desk(Role.MODERATOR).cookies
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if not name.endswith("SecondFactorRequired")
    ]
    client = Client()
    client.cookies = cookies
    assert client.get("/admin/registry/source/").status_code == 200
    for path in ("/admin/registry/source/1/withdraw/", "/admin/auth/user/"):
        assert client.get(path).status_code == 302
        assert client.post(path, {"reason": "forged"}).status_code == 302
    monkeypatch.delitem(MATRIX, "admin:registry_source_changelist")
    assert client.get("/admin/registry/source/").status_code == 302
