"""A person and a place that photographs can be added to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import Document, Photograph, Role
from registry.records import SiteDraft, put_sites
from registry.records.catalogue.photographs import FileDraft, add_file
from registry.records.drafts.sites import SiteNameDraft
from registry.records.drafts.uploads import check_upload
from registry.records.public.files import Kept
from tests.conftest import new_change
from tests.databases import NOW
from tests.files.pictures import jpeg

ACT: dict[str, Any] = {"by": None, "role": Role.EDITOR, "reason": "a test", "now": NOW}


@pytest.fixture
def person(make_person: Callable[..., int]) -> int:
    return make_person(death=parse_edtf("1938"), birth=parse_edtf("1890"))


@pytest.fixture
def place(make_source: Callable[..., str]) -> str:
    make_source("invented-guide")
    names = tuple(SiteNameDraft(language, "Invented Wood") for language in ("en", "ru", "uk"))
    draft = SiteDraft(slug="invented-wood", kinds=("mass-grave",), names=names)
    put_sites(drafts=[draft], change=new_change("a place"))
    return "invented-wood"


@pytest.fixture
def add(media: Path) -> Callable[..., Any]:
    """Give what adds a photograph, or a scan, and returns its row.

    Every one is another picture: of a width of its own.
    """
    width = 300

    def build(model: Kept = Photograph, data: bytes = b"", **said: Any) -> Any:
        nonlocal width
        width += 1
        file = check_upload(data or jpeg(width, 200), scans=model is Document)
        values = {"source": "invented-book", "published": True, **said}
        number = add_file(model=model, file=file, draft=FileDraft(**values), **ACT)
        return model.all_records.get(pk=number)

    return build
