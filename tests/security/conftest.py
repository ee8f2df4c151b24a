"""A small registry, of which everything is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from registry.dates import parse_edtf
from registry.models import Entry, Photograph
from registry.records import (
    SiteDraft,
    TermDraft,
    put_sites,
    put_terms,
)
from registry.records.catalogue.photographs import FileDraft, add_file
from registry.records.catalogue.sites import SiteNameDraft
from registry.records.drafts.uploads import check_upload, store_file
from tests.addresses import Shown
from tests.conftest import new_change
from tests.databases import NOW
from tests.files.pictures import jpeg
from tests.security.hidden import Registry


@pytest.fixture
def registry(
    make_person: Callable[..., int], make_source: Callable[..., str], media: Path
) -> Registry:
    """Make a person, a place and a source that are shown."""
    change = new_change("vocabularies of the test")
    terms = [
        TermDraft(
            vocabulary=vocabulary,
            code=code,
            en=f"invented {word}",
            ru=f"выдуманное {word}",
            uk=f"вигадане {word}",
        )
        for vocabulary, code, word in (
            ("nationality", "invented-nation", "nation"),
            ("fate", "invented-fate", "fate"),
        )
    ]
    put_terms(drafts=terms, change=change)
    make_source()
    site = SiteDraft(
        slug="invented-site",
        kinds=("mass-grave",),
        names=tuple(
            SiteNameDraft(language, f"Invented place {language}") for language in ("en", "ru", "uk")
        ),
    )
    put_sites(drafts=[site], change=change)
    person = make_person(
        birth=parse_edtf("1890"),
        death=parse_edtf("1938-01-15"),
        fate="invented fate",
        nationality="invented nation",
        burial_place="Invented place",
        burial_site="invented-site",
        burial_certainty="documented",
    )
    make_person(given="Другой", fate="invented fate", person_key="other")
    entry = Entry.all_records.get(person=person)
    stored = store_file(check_upload(jpeg()))
    draft = FileDraft(person=person, source="invented-book", published=True)
    add_file(
        model=Photograph, file=stored, draft=draft, by=None, role="editor", reason="x", now=NOW
    )
    return Registry(
        Shown(
            person=[person],
            entry=[entry.pk],
            site=["invented-site"],
            source=["invented-book"],
            letter=["П", "P"],
            file=stored.parts,
            name=["Примеров", "Пример", "Primer"],
        )
    )
