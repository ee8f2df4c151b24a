"""Staff at their desk: accounts, an authenticator app, and log-ins as a browser does them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from registry.dates import parse_edtf
from registry.models import Change, MemorialSite, Role, Term
from registry.records import SiteDraft, SiteFigureDraft, TermDraft, put_sites, put_terms
from registry.records.drafts.sites import SiteEventDraft, SiteNameDraft
from registry.records.ledger.accounts import create_staff_account, forget_one_time
from tests.databases import NOW

PASSWORD = "eighteen-quiet-herons"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SHOT = TermDraft("fate", "shot", "shot", "расстрелян", "розстріляний")
WOOD = SiteDraft(
    slug="invented-wood",
    kinds=("mass-grave",),
    town="Nowhere",
    period=parse_edtf("1937"),
    period_sources=("invented-book",),
    names=(SiteNameDraft("en", "Invented Wood", "invented-book"),),
    figures=(
        SiteFigureDraft("estimate", 1, 2, "invented-book", wording={"locator": {"ru": "с. 5"}}),
    ),
    events=(SiteEventDraft("found", "found", "invented-book", date=parse_edtf("1989")),),
    wording={"country": {"ru": "Страна"}},
)


def code_of(secret: str = SECRET) -> str:
    """Return what an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture(autouse=True)
def _no_memory_of_other_tests() -> None:
    """Rate limits and used codes live in the cache."""
    cache.clear()


@pytest.fixture
def account(db: None) -> Callable[..., User]:
    """Give a builder of accounts that chose their password and, unless told, enrolled."""

    def build(name: str = "invented", role: Role = Role.EDITOR, *, enrolled: bool = True) -> User:
        create_staff_account(username=name, role=role, now=NOW)
        user = User.objects.get(username=name)
        user.set_password(PASSWORD)
        user.save()
        forget_one_time(user)
        if enrolled:
            TOTP.activate(user, SECRET)
        return user

    return build


@pytest.fixture
def at_desk(account: Callable[..., User]) -> Callable[..., Client]:
    """Give a builder of browsers that logged in with password and code."""

    def build(role: Role = Role.EDITOR, name: str = "") -> Client:
        user = account(name or f"invented-{role}", role)
        client = Client()
        log_in(client, user.username)
        answer = client.post("/accounts/code/", {"code": code_of()})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return build


def log_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    """Give name and password on the log-in page, and return the answer."""
    return client.post("/accounts/login/", {"login": name, "password": password})


def own_factor(user: User) -> Authenticator:
    """Return the account's authenticator."""
    return Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)


@pytest.fixture
def shot(change: Change) -> Term:
    put_terms(drafts=[SHOT], change=change)
    term: Term = Term.all_records.get(code="shot")
    return term


@pytest.fixture
def wood(make_source: Any, change: Change) -> MemorialSite:
    make_source()
    put_sites(drafts=[WOOD], change=change)
    site: MemorialSite = MemorialSite.all_records.get()
    return site
