"""Every code the domain can hand to a page has words."""

from enum import Enum

import pytest

from registry import models
from registry.dates import Reason
from registry.records.conclusions.contradictions import CODES
from registry.records.drafts.readings import READINGS
from registry.records.public.shapes import PublicPerson
from registry.templatetags import fates
from registry.wording import codes, paths
from registry.wording.codes import TABLES

CHOICES: dict[str, type[Enum]] = {
    "name": models.NameKind,
    "repression": models.RepressionKind,
    "ruling": models.RulingKind,
    "stay": models.StayKind,
    "role": models.RoleKind,
    "relation": models.RelationKind,
    "source": models.SourceKind,
    "site": models.SiteKind,
    "measure": models.Measure,
    "measure_note": models.Measure,
    "site_event": models.SiteEventKind,
    "rendering": models.Rendering,
    "reading": Reason,
}


@pytest.mark.parametrize("table", CHOICES)
def test_every_choice_has_words(table: str) -> None:
    assert {str(choice.value) for choice in CHOICES[table]} <= set(TABLES[table])


def test_every_certainty_and_rehabilitation_has_words() -> None:
    assert {c for c in models.BurialCertainty.values if c} == set(TABLES["certainty"])
    assert {c for c in models.Rehabilitation.values if c} == set(TABLES["rehabilitated"])
    assert {c for c in models.Rehabilitation.values if c} == set(fates.REHABILITATED)


def test_every_contradiction_has_words() -> None:
    assert set(CODES) == set(TABLES["contradiction"])


def test_every_field_shown_has_a_name() -> None:
    assert PublicPerson.__doc__ is not None
    for field in (*codes.PERSON_FIELDS, *codes.EPISODE_FIELDS):
        assert field in codes.FIELDS
    told = PublicPerson.__doc__.partition("`facts` by field:")[2]
    assert {word.strip(" .\n") for word in told.split(",")} == set(codes.PERSON_FIELDS)


def test_unknown_code_is_shown_as_it_is() -> None:
    assert codes.word("ruling", "of-a-new-kind") == "of-a-new-kind"


def test_a_field_is_named_by_its_path() -> None:
    assert paths.path_words("birth") == "Born"
    assert paths.path_words("repressions.2.rulings.1.date") == (
        "Repression 2, Decision afterwards 1, Date"
    )
    for shape in READINGS:
        steps = set(shape.replace("*", "1").split("."))
        assert not steps & set(paths.path_words(shape.replace("*", "1")).split(", "))
