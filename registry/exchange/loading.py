"""Loading a directory of first records: terms, sources, sites, people, entries, relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from registry.dates import DateError, parse_edtf
from registry.formats import read_rows
from registry.models import Change, ChangeKind, Role
from registry.records import (
    PersonDraft,
    PersonRefused,
    RelationDraft,
    SiteDraft,
    SiteEventDraft,
    SiteFigureDraft,
    SourceDraft,
    TermDraft,
    begin_change,
    name_people,
    put_relations,
    put_sites,
    put_sources,
    put_terms,
)
from registry.records.catalogue.sources import SourceRefused
from registry.records.catalogue.terms import TermRefused
from registry.records.drafts.sites import SiteNameDraft, SiteRefused
from registry.records.ledger.reasons import own_reason

from .importing import import_entries
from .inspecting import FileRefused, refusing

Values = Mapping[str, Any]
Draft = TypeVar("Draft")
REFUSALS = (TermRefused, SourceRefused, SiteRefused, PersonRefused)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many records of each kind were new or changed."""

    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Tell whether anything was."""
        return any(self.counts.values())


def load_registry(
    directory: Path, *, by: AbstractBaseUser | None = None, now: datetime
) -> LoadReport:
    """Load `{terms,sources,sites,people,entries,relations}.jsonl` through the domain functions.

    A file that is not there is passed over. Loading again writes only what differs. Everything
    is one transaction: a line that is wrong refuses all, with FileRefused (its `value` names
    the file). Entries go the way of every import, and are one Change of their own.
    """
    counts: dict[str, int] = {}
    steps: tuple[tuple[str, Callable[[dict[str, Any]], Any], Callable[..., int], str], ...] = (
        ("terms", _term, put_terms, "drafts"),
        ("sources", _source, put_sources, "drafts"),
        ("sites", _site, put_sites, "drafts"),
        ("people", _person, name_people, "people"),
    )
    with transaction.atomic():
        for name, make, put, argument in steps:
            drafts = list(_drafts(directory / f"{name}.jsonl", make))
            counts[name] = _put(name, drafts, put, argument, by=by, now=now)
        counts["entries"] = _load_entries(directory / "entries.jsonl", by=by, now=now)
        drafts = list(_drafts(directory / "relations.jsonl", _relation))
        counts["relations"] = _put("relations", drafts, put_relations, "relations", by=by, now=now)
    return LoadReport(counts)


def _put(
    name: str,
    drafts: Sequence[Any],
    put: Callable[..., int],
    argument: str,
    *,
    by: AbstractBaseUser | None,
    now: datetime,
) -> int:
    """Write drafts under a Change of their own, which is taken back where nothing differs."""
    if not drafts:
        return 0
    with transaction.atomic():
        change: Change = begin_change(
            kind=ChangeKind.IMPORT,
            by=by,
            role=Role.SYSTEM,
            reason=own_reason("first-records", records=name),
            now=now,
        )
        try:
            written = put(**{argument: drafts}, change=change)
        except REFUSALS as error:
            raise FileRefused("bad-record", field=f"{name}.jsonl", value=str(error)) from error
        if not written:
            transaction.set_rollback(True)
    return written


def _load_entries(path: Path, *, by: AbstractBaseUser | None, now: datetime) -> int:
    if not path.exists():
        return 0
    refused: list[str] = []
    report = import_entries(
        path=path,
        by=by,
        role=Role.SYSTEM,
        reason=own_reason("first-records", records="entries"),
        now=now,
        on_refused=lambda group, name, code: refused.append(
            f"{group.source}/{group.key} {name}: {code}"
        ),
    )
    if refused:
        raise FileRefused("bad-record", field=path.name, value="; ".join(refused[:5]))
    return report.counts["new"] + report.counts["changed"]


def _drafts(path: Path, make: Callable[[dict[str, Any]], Draft]) -> Iterator[Draft]:
    """Read a file into drafts; what a line lacks or has too much of refuses the file."""
    if not path.exists():
        return
    with refusing(), path.open("rb") as stream:
        for row in read_rows(stream, format="jsonl"):
            try:
                yield make(dict(row.values))
            except (KeyError, TypeError, DateError) as error:
                raise FileRefused(
                    "bad-record", row=row.number, field=path.name, value=f"{error}"
                ) from error


def _term(values: dict[str, Any]) -> TermDraft:
    values["spellings"] = tuple(values.get("spellings", ()))
    return TermDraft(**values)


def _source(values: dict[str, Any]) -> SourceDraft:
    values["unreliable_for"] = tuple(values.get("unreliable_for", ()))
    values.setdefault("rank", None)
    return SourceDraft(**values)


def _site(values: dict[str, Any]) -> SiteDraft:
    if "period" in values:
        values["period"] = parse_edtf(values["period"])
    values["names"] = tuple(SiteNameDraft(**name) for name in values.get("names", ()))
    values["figures"] = tuple(
        SiteFigureDraft(**{"low": None, "high": None, **figure})
        for figure in values.get("figures", ())
    )
    values["events"] = tuple(_site_event(event) for event in values.get("events", ()))
    for name in (f.name for f in fields(SiteDraft) if f.name in values):
        if isinstance(values[name], list):
            values[name] = tuple(values[name])
    return SiteDraft(**values)


def _site_event(values: Values) -> SiteEventDraft:
    dated = {"date": parse_edtf(values["date"])} if "date" in values else {}
    return SiteEventDraft(**{**values, **dated})


def _person(values: Values) -> PersonDraft:
    return PersonDraft(**values)


def _relation(values: Values) -> RelationDraft:
    return RelationDraft(**values)
