"""Nothing the public may see is forgotten by the API: every field of a shape is in its answer."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from ninja import Schema

from registry.api import schemas, site_schemas
from registry.records.public import shapes

MARKS = {"marks": "entries"}
"""Where pages print numbers, the API gives the ids of entries."""
SHAPES: list[tuple[Any, type[Schema], dict[str, str]]] = [
    (shapes.PublicValue, schemas.ValueOut, MARKS),
    (shapes.Discredited, schemas.DiscreditedOut, {}),
    (shapes.PublicFact, schemas.FactOut, {"rivals": "differ", "field": "", "plural": ""}),
    (shapes.PublicName, schemas.SpellingOut, MARKS),
    (shapes.PublicRuling, schemas.RulingOut, MARKS),
    (shapes.PublicStay, schemas.StayOut, MARKS),
    (shapes.PublicEpisode, schemas.EpisodeOut, {"facts": "fields"}),
    (shapes.PublicRole, schemas.RoleOut, MARKS),
    (shapes.PublicRelation, schemas.RelationOut, {**MARKS, "elsewhere": "entries"}),
    (shapes.Contradiction, schemas.ContradictionOut, MARKS),
    (shapes.PublicSource, schemas.SourceOut, {"url": "address", "archived_url": "archived"}),
    (shapes.PublicPassage, schemas.PassageOut, {}),
    (
        shapes.PublicEntry,
        schemas.EntryOut,
        # The number of a page; what is told of the person stands at `person_url`.
        {"mark": "", "person_name": "", "person_sex": "", "via": "submission"},
    ),
    (shapes.PublicBiography, schemas.BiographyOut, {}),
    (shapes.PublicSize, schemas.SizeOut, {}),
    (shapes.PublicPhotograph, schemas.PhotographOut, MARKS),
    (
        shapes.PublicPerson,
        schemas.PersonOut,
        # The name for one reader is among the names; the fate is a field.
        {"facts": "fields", "reader_name": "names", "fate": "fields"},
    ),
    (
        shapes.PersonLine,
        schemas.PersonRow,
        {"reader_name": "names", "fate_code": "fate", "sex": ""},
    ),
    (shapes.PublicFigure, site_schemas.FigureOut, {"measure": ""}),
    (shapes.PublicSiteEvent, site_schemas.EventOut, {}),
    (shapes.PublicSite, site_schemas.SiteOut, {}),
]


@pytest.mark.parametrize(("shape", "schema", "called"), SHAPES)
def test_every_field_of_a_shape_is_in_the_answer(
    shape: Any, schema: type[Schema], called: dict[str, str]
) -> None:
    wanted = {called.get(field.name, field.name) for field in fields(shape)} - {""}
    assert wanted - set(schema.model_fields) == set()


def test_every_shape_has_its_answer() -> None:
    shaped = {shape for shape, _schema, _called in SHAPES}
    known = {
        one for one in vars(shapes).values() if getattr(one, "__module__", "") == shapes.__name__
    }
    # Whoever is credited is named on the page; the answer has the number of the submission.
    assert known - shaped == {shapes.Text, shapes.PublicVia}
