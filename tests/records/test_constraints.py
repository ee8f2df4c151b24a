"""Every constraint of the tables refuses what it must, whoever writes."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from registry.models import (
    Biography,
    Change,
    Choice,
    ColumnsVersion,
    Contact,
    Document,
    Entry,
    EntryName,
    EntryRole,
    ImportRun,
    IndexState,
    Judgement,
    MemorialSite,
    Message,
    NameWord,
    OutboxMail,
    Part,
    Passage,
    Person,
    PersonKey,
    Photograph,
    Proposal,
    Relation,
    Repression,
    Revision,
    RevisionBody,
    Ruling,
    SiteEvent,
    SiteFigure,
    SiteName,
    Source,
    Spelling,
    Stay,
    Submission,
    SubmittedFile,
    Term,
)
from tests.databases import NOW

pytestmark = pytest.mark.django_db

numbers = count(1)


def kept(row: models.Model) -> Any:
    """Write a row past every domain function, and return it."""
    [saved] = type(row)._base_manager.bulk_create([row])
    return saved


def change(**fields: Any) -> Change:
    return Change(**{"kind": "edit", "role": "editor", "at": NOW, "reason": "a test", **fields})


def source(**fields: Any) -> Source:
    values = {"slug": f"s{next(numbers)}", "kind": "book", "rank": 4, "title": "Invented"}
    return Source(**{**values, **fields})


def entry(**fields: Any) -> Entry:
    values = {"key": f"{next(numbers)}", **fields}
    values.setdefault("source", source())
    for name, build in (("source", None), ("person", Person), ("change", change)):
        row = values.get(name) or (build() if build else None)
        values[name] = row if row.pk else kept(row)
    return Entry(**values)


def site(**fields: Any) -> MemorialSite:
    return MemorialSite(**{"slug": f"m{next(numbers)}", **fields})


def term(**fields: Any) -> Term:
    labels = {f"label_{language}": "x" for language in ("en", "ru", "uk")}
    return Term(**{"vocabulary": "fate", "code": f"c{next(numbers)}", **labels, **fields})


def submission(**fields: Any) -> Submission:
    number = f"{next(numbers):08}"
    values = {
        "number": number, "finder": number, "kind": "person", "language": "ru", "since": NOW.date(),
        "receipt_salt": b"0", "receipt_hash": b"0",
    }  # fmt: skip
    return Submission(**{**values, **fields})


def build(model: type[models.Model], **fields: Any) -> models.Model:
    """Make a row that the database would take, with these fields changed."""
    plain = {
        Change: change, Source: source, Entry: entry, MemorialSite: site, Submission: submission,
        Term: term,
    }  # fmt: skip
    if model in plain:
        return plain[model](**fields)
    needed: dict[Any, Any] = {
        Biography: lambda: {"person": kept(Person()), "language": "ru", "title": "x"},
        Choice: lambda: {
            "person": kept(Person()), "field": "birth", "entry": kept(entry()), "reason": "x",
            "change": kept(change()),
        },
        Contact: lambda: {"submission": kept(submission()), "address": "someone@mail.example"},
        Document: lambda: {
            "person": kept(Person()), "checksum": "0", "name": f"{next(numbers)}",
        },
        EntryName: lambda: {"entry": kept(entry()), "kind": "main", "full": "Примеров"},
        EntryRole: lambda: {"entry": kept(entry()), "kind": "post", "text": "x"},
        ColumnsVersion: lambda: {"name": f"{next(numbers)}"},
        ImportRun: lambda: {"change": kept(change()), "digest": f"{next(numbers)}"},
        IndexState: dict,
        Judgement: lambda: {
            "left": kept(entry()), "right": kept(entry()), "verdict": "same", "reason": "x",
            "change": kept(change()),
        },
        Message: lambda: {
            "submission": kept(submission()), "position": 1, "from_staff": True, "text": "x",
        },
        NameWord: lambda: {"role": 1, "folded": f"w{next(numbers)}", "keys": "w"},
        OutboxMail: lambda: {
            "address": "someone@mail.example", "language": "ru", "not_before": NOW,
        },
        Part: lambda: {"submission": kept(submission()), "position": 1, "kind": "person"},
        Passage: lambda: {"source": kept(source())},
        Person: dict,
        PersonKey: lambda: {"key": f"k{next(numbers)}", "person": kept(Person())},
        Photograph: lambda: {
            "person": kept(Person()), "checksum": "0", "name": f"{next(numbers)}",
        },
        Proposal: lambda: {
            "person": kept(Person()), "wish": "public", "change": kept(change()),
        },
        Relation: lambda: {
            "person": kept(Person()), "other": kept(Person()), "kind": "spouse",
            "entry": kept(entry()),
        },
        Repression: lambda: {"entry": kept(entry()), "position": 1},
        Revision: lambda: {
            "change": kept(change()), "subject": "person", "reference": "1", "hash": "0",
            "body": kept(RevisionBody(text="{}")),
        },
        Ruling: lambda: {"entry": kept(entry()), "kind": "refused"},
        SiteEvent: lambda: {
            "site": kept(site()), "kind": "found", "text": "x", "source": kept(source()),
        },
        SiteFigure: lambda: {
            "site": kept(site()), "measure": "estimate", "low": 1, "source": kept(source()),
        },
        SiteName: lambda: {"site": kept(site()), "language": "en", "name": "x"},
        Spelling: lambda: {"vocabulary": "fate", "text": f"t{next(numbers)}"},
        Stay: lambda: {"entry": kept(entry()), "place": "x"},
        SubmittedFile: lambda: {
            "submission": kept(submission()), "position": 1, "checksum": f"{next(numbers)}",
            "name": f"{next(numbers)}",
        },
    }  # fmt: skip
    return model(**{**needed[model](), **fields})


MODELS = [
    model
    for model in apps.get_app_config("registry").get_models()
    if model._meta.constraints or any(field.unique for field in model._meta.concrete_fields[1:])
]
CHECKS = [
    (model, constraint.name)
    for model in MODELS
    for constraint in model._meta.constraints
    if isinstance(constraint, models.CheckConstraint)
]
UNIQUE = [
    (model, constraint)
    for model in MODELS
    for constraint in model._meta.constraints
    if isinstance(constraint, models.UniqueConstraint)
]
BREAKS: dict[str, tuple[dict[str, Any], ...]] = {
    "change_has_reason": ({"reason": ""},),
    "choice_has_reason": ({"reason": ""},),
    "entry_own_rank_on_ladder": ({"own_rank": 0}, {"own_rank": 7}),
    "entryname_not_empty": ({"full": ""},),
    "indexstate_one_row": ({"id": 2},),
    "message_not_empty": ({"text": ""},),
    "submission_decided_has_change": ({"state": "accepted"}, {"state": "rejected"}),
    "sitename_not_empty": ({"name": ""},),
    "sitefigure_has_a_bound": ({"low": None, "high": None},),
    "sitefigure_in_order": ({"low": 2, "high": 1},),
    "source_rank_on_ladder": ({"rank": None}, {"rank": 0}, {"rank": 7}),
    "memorialsite_coordinates_whole": (
        {"latitude": 1}, {"longitude": 1}, {"latitude": 91, "longitude": 0},
        {"latitude": 0, "longitude": -181},
    ),
    "person_merged_has_target": ({"status": "merged"},),
    "photograph_of_a_person_or_a_site": ({"person": None},),
    "document_of_a_person_or_a_site": ({"person": None},),
    "photograph_published_has_source": ({"published": True},),
    "document_published_has_source": ({"published": True},),
    "outboxmail_waits_or_keeps_nothing": (
        {"address": ""}, {"failed_code": "refused"},
        {"address": "", "body": "x", "failed_code": "refused"},
        {"address": "", "subject": "x", "failed_code": "refused"},
    ),
    "photograph_is_a_picture": ({"media_type": "application/pdf"},),
}  # fmt: skip


def broken(model: type[models.Model], name: str) -> list[dict[str, Any]]:
    """Return the fields by which a row breaks the constraint, one dict a way to break it."""
    if name in BREAKS:
        return list(BREAKS[name])
    prefix = f"{model._meta.model_name}_"
    if name.endswith("_known"):
        return [{name.removeprefix(prefix).removesuffix("_known"): "?"}]
    if name.endswith("_in_order"):
        dated = name.removeprefix(prefix).removesuffix("_in_order")
        ends = {"earliest": date(1938, 1, 1), "latest": date(1937, 12, 31)}
        return [{f"{dated}_{end}": day for end, day in ends.items()}]
    return []


BY_HAND = {
    "person_not_merged_into_itself",
    "relation_between_two",
    "judgement_lower_entry_first",
}


def refused(row: models.Model, words: str) -> None:
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        kept(row)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_sound_row_is_taken(model: type[models.Model]) -> None:
    assert kept(build(model)).pk


@pytest.mark.parametrize(("model", "name"), CHECKS, ids=[name for _, name in CHECKS])
def test_a_check_refuses_every_row_that_breaks_it(model: type[models.Model], name: str) -> None:
    ways = broken(model, name)
    assert ways or name in BY_HAND, "a constraint nobody tests"
    for fields in ways:
        refused(build(model, **fields), name)


def test_checks_that_compare_rows_refuse_too() -> None:
    one, two = kept(entry()), kept(entry())
    refused(build(Judgement, left=two, right=one), "judgement_lower_entry_first")
    refused(build(Judgement, left=one, right=one), "judgement_lower_entry_first")
    person = kept(Person())
    refused(build(Relation, person=person, other=person), "relation_between_two")
    with (
        pytest.raises(IntegrityError, match="person_not_merged_into_itself"),
        transaction.atomic(),
    ):
        Person.all_records.filter(pk=person.pk).update(status="merged", merged_into=person)
    refused(Person(merged_into=person), "person_merged_has_target")
    refused(build(Photograph, site=kept(site())), "photograph_of_a_person_or_a_site")
    assert kept(Person(status="merged", merged_into=person)).pk
    assert kept(source(rank=None, kind="editorial")).pk


@pytest.mark.parametrize(
    ("model", "constraint"), UNIQUE, ids=[constraint.name for _, constraint in UNIQUE]
)
def test_what_stands_once_stands_once(
    model: type[models.Model], constraint: models.UniqueConstraint
) -> None:
    first = kept(build(model))
    same = {name: getattr(first, name) for name in constraint.fields}
    refused(build(model, **same), "(?i)unique")


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (model, field.name)
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    ],
    ids=str,
)
def test_a_unique_column_holds_a_value_once(model: type[models.Model], name: str) -> None:
    first = kept(build(model))
    # The ledger on SQLite refuses what could be a REPLACE before the column is looked at.
    refused(build(model, **{name: getattr(first, name)}), "(?i)unique|only appended to")


def test_conditions_leave_out_what_they_say() -> None:
    live = kept(build(Choice))
    same = {"person": live.person, "field": live.field}
    assert kept(build(Choice, **same, superseded_by=kept(change()))).pk
    # Two episodes can both be the first of an entry, each of its own.
    first = kept(build(Choice, field="episode:1.arrest"))
    assert kept(build(Choice, person=first.person, field=first.field)).pk
    decided = kept(build(Proposal, outcome="refused"))
    assert kept(build(Proposal, person=decided.person)).pk
    named = kept(build(EntryName))
    assert kept(build(EntryName, entry=named.entry, kind="variant")).pk
    done = kept(build(ImportRun, digest="x", finished_at=NOW))
    assert kept(build(ImportRun, digest=done.digest)).pk
