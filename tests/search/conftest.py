"""The invented people of the search, loaded through the domain."""

from __future__ import annotations

import pytest

from registry.models import PersonKey


@pytest.fixture
def people(invented_people: None) -> dict[str, int]:
    return dict(PersonKey.all_records.values_list("key", "person"))
