"""What all tests share beside their databases: a change, and people plainly invented."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.template.base import Template
from django.utils import translation

from registry.models import Change, ChangeKind, Entry, Role, Source
from registry.records import SourceDraft, begin_change, put_entries, put_sources
from registry.records.drafts.entries import EntryDraft, NameDraft
from registry.submissions import receipts
from tests.databases import NOW
from tests.processes import copied_databases

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("registry", deadline=None)
hypothesis.settings.load_profile("registry")


COST_OF_RECEIPTS = receipts.COST["n"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, of the browser and of many steps: no worker is left with one alone.

    In the order of pytest-django they would come last, as tests that commit.
    """
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("browser", "timeout"))))


_render_as_the_site_does = Template._render


@pytest.fixture(scope="session", autouse=True)
def _templates_as_on_the_site(django_test_environment: None) -> None:
    """Render templates without Django's copy of the context of each, which no test looks at.

    It is made for every template of a page, and took up to a third of its time.
    """
    Template._render = _render_as_the_site_does


@pytest.fixture(scope="session", autouse=True)
def _receipts_cost_little() -> None:
    """Hash receipts at a small part of the cost, as passwords: each took 40 ms."""
    receipts.COST["n"] = 2**4


@pytest.fixture
def receipts_at_their_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash receipts as the site does."""
    monkeypatch.setitem(receipts.COST, "n", COST_OF_RECEIPTS)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Begin every test in English: a request in another language leaves it behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """Keep the files of the test in a folder of its own; return it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def databases(
    migrated: str, db: None, tmp_path: Path, django_db_blocker: Any
) -> Iterator[list[str]]:
    """Two migrated databases of their own, on the kind of server the tests run on.

    It asks for `db`, without which pytest-django makes none that could be copied.
    """
    with copied_databases(migrated, tmp_path, django_db_blocker) as urls:
        yield urls


INVENTED = {"family": "Примеров", "given": "Пример", "patronymic": "Примерович"}
"""Nobody was ever called this; the tests make no victim up who could be mistaken for one."""


def new_change(reason: str) -> Change:
    """Begin a change by nobody in particular."""
    return begin_change(kind=ChangeKind.IMPORT, by=None, role=Role.SYSTEM, reason=reason, now=NOW)


@pytest.fixture
def change(db: None) -> Change:
    """Begin a change for the test to write under."""
    return new_change("a test")


@pytest.fixture
def make_source(db: None) -> Callable[..., str]:
    """Give a builder of sources: `make_source("slug", rank=3, **fields)` returns the slug."""

    def build(slug: str = "invented-book", **fields: Any) -> str:
        values = {
            "kind": "memory-book",
            "rank": 3,
            "title": f"Invented book {slug}",
            "living_rule": "restrict",
            **fields,
        }
        put_sources(drafts=[SourceDraft(slug=slug, **values)], change=new_change("a source"))
        return slug

    return build


@pytest.fixture
def make_person(make_source: Callable[..., str]) -> Callable[..., int]:
    """Give a builder of people: one entry a call, through the domain; returns the person's id.

    `make_person(family="Примеров", source="invented-book", key="1", person_key="p1", …)`;
    everything else is a field of `EntryDraft`. The same `person_key` adds an entry to the same
    person. Without `death` or `fate` a person may be living, and is restricted.
    """
    made = 0

    def build(
        *,
        family: str = INVENTED["family"],
        given: str = INVENTED["given"],
        patronymic: str = INVENTED["patronymic"],
        source: str = "invented-book",
        key: str = "",
        **fields: Any,
    ) -> int:
        nonlocal made
        made += 1
        if not Source.all_records.filter(slug=source).exists():
            make_source(source)
        full = " ".join(part for part in (family, given, patronymic) if part)
        name = NameDraft(
            kind="main",
            full=full,
            family=family,
            given=given,
            patronymic=patronymic,
            language="ru",
            script="Cyrl",
        )
        draft = EntryDraft(
            source=source,
            key=key or f"made-{made}",
            content_hash=hashlib.sha256(f"{made}".encode()).hexdigest(),
            **{"names": (name,), **fields},
        )
        [outcome] = put_entries(drafts=[draft], change=new_change("an entry"), now=NOW)
        assert outcome.kind in {"new", "changed", "same"}, outcome
        entry = Entry.all_records.get(pk=outcome.entry)
        person: int = entry.person_id
        return person

    return build
