"""Sources: written, withdrawn and reinstated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import AbstractBaseUser

from registry.models import (
    Change,
    ChangeKind,
    Entry,
    LivingRule,
    Role,
    Source,
    SourceKind,
    SourceStatus,
    Standing,
)
from registry.records.drafts.entries import Wording, plain_wording
from registry.records.ledger.acts import Act, Body, Subject, act
from registry.records.public.sources import SourceUnknown

BELIEVED = ("rank", "unreliable_for", "living_rule")
"""What about a source decides how people are concluded."""
FIELDS = (
    "kind",
    "rank",
    "title",
    "author",
    "publisher",
    "year",
    "language",
    "url",
    "archived_url",
    "licence",
    "quotes",
    "unreliable_for",
    "living_rule",
    "note",
    "wording",
)


class SourceRefused(ValueError):
    """A source that cannot be kept: `field` and `code` say why."""

    def __init__(self, *, slug: str, field: str, code: str) -> None:
        super().__init__(f"{slug}: {field}: {code}")
        self.slug = slug
        self.field = field
        self.code = code


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A source on its way in; `kind` and `living_rule` are values of the model's choices."""

    slug: str
    kind: str
    rank: int | None
    title: str
    author: str = ""
    publisher: str = ""
    year: int | None = None
    language: str = ""
    url: str = ""
    archived_url: str = ""
    licence: str = ""
    quotes: str = ""
    unreliable_for: tuple[str, ...] = ()
    living_rule: str = LivingRule.HOLD.value
    note: str = ""
    wording: Wording = field(default_factory=dict)


def put_sources(*, drafts: Sequence[SourceDraft], change: Change) -> int:
    """Write the sources that are new or differ under this change; return how many they were.

    The caller's transaction. Who is concluded from a source whose rank, reliability or rule
    about the living changed is concluded again. A withdrawn source stays withdrawn. Raises
    SourceRefused.
    """
    doing = Act(change=change, now=change.at)
    _put(doing, drafts)
    return len(doing.settle().get(SOURCE.name, ()))


def edit_source(
    *, draft: SourceDraft, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """Write one source as an act of its own; return the change, or None when nothing differs.

    Raises SourceRefused.
    """
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        _put(doing, [draft])
    return doing.change


def withdraw_source(
    *, slug: str, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """Take a source out of every output, and conclude everyone in it without it.

    Returns the change, or None when it was withdrawn already. Raises SourceUnknown.
    """
    return _set_status(
        slug=slug, status=SourceStatus.WITHDRAWN, by=by, role=role, reason=reason, now=now
    )


def reinstate_source(
    *, slug: str, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """Show a withdrawn source again, and conclude everyone in it anew.

    Returns the change, or None when it was in use already. Raises SourceUnknown.
    """
    return _set_status(
        slug=slug, status=SourceStatus.IN_USE, by=by, role=role, reason=reason, now=now
    )


def _set_status(
    *,
    slug: str,
    status: SourceStatus,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    with act(kind=ChangeKind.PUBLISHING, by=by, role=role, reason=reason, now=now) as doing:
        body = doing.touch(SOURCE, slug).get(slug)
        if body is None:
            raise SourceUnknown(slug)
        _restore(slug, {**body, "status": status}, doing)
    return doing.change


def _put(doing: Act, drafts: Sequence[SourceDraft]) -> None:
    for draft in drafts:
        check_source(draft)
    slugs = [draft.slug for draft in drafts]
    doing.touch(SOURCE, *slugs)
    known = {row.slug: row for row in Source.all_records.filter(slug__in=slugs)}
    for draft in drafts:
        body = _body(draft)
        source = known.setdefault(draft.slug, Source(slug=draft.slug))
        if _asserted(source) != body:
            _fill(source, body, doing)


def _told(source: Source) -> Body:
    return {"slug": source.slug, "status": source.status, **_asserted(source)}


def _read(references: Sequence[str]) -> dict[str, Body]:
    return {row.slug: _told(row) for row in Source.all_records.filter(slug__in=references)}


def _restore(reference: str, body: Body | None, doing: Act) -> None:
    """Make a source assert a body again; what no longer is to be there is withdrawn.

    Its slug stays taken: entries of it may have been seen, and a citation names it.
    """
    values = {"status": SourceStatus.WITHDRAWN.value} if body is None else body
    _fill(Source.all_records.get(slug=reference), values, doing)


def _fill(source: Source, values: Body, doing: Act) -> None:
    """Let a source assert these values, and have everyone concluded again who comes of them."""
    before = _told(source)
    for name in ("status", *FIELDS):
        setattr(source, name, values.get(name, before[name]))
    source.save()
    after = _told(source)
    if any(before[name] != after[name] for name in ("status", *BELIEVED)):
        entries = Entry.all_records.filter(source=source, standing=Standing.IN_USE).order_by()
        doing.conclude(entries.values_list("person_id", flat=True).distinct())


SOURCE = Subject("source", _read, _restore)


def source_draft(source: Source) -> SourceDraft:
    """Return what is asserted of a source now."""
    body = _asserted(source)
    return SourceDraft(
        **{**body, "slug": source.slug, "unreliable_for": tuple(source.unreliable_for)}
    )


def _asserted(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in FIELDS}


def _body(draft: SourceDraft) -> dict[str, Any]:
    given = asdict(draft)
    body = {name: given[name] for name in FIELDS}
    body["unreliable_for"] = list(draft.unreliable_for)
    body["wording"] = plain_wording(draft.wording)
    return body


def check_source(draft: SourceDraft) -> None:
    """Raise SourceRefused where a source cannot be kept."""

    def refuse(name: str, code: str) -> SourceRefused:
        return SourceRefused(slug=draft.slug, field=name, code=code)

    if draft.kind not in SourceKind.values:
        raise refuse("kind", "unknown")
    if draft.living_rule not in LivingRule.values:
        raise refuse("living_rule", "unknown")
    if not draft.title:
        raise refuse("title", "empty")
    editorial = draft.kind == SourceKind.EDITORIAL
    if draft.rank is None and not editorial:
        raise refuse("rank", "missing")
    if draft.rank is not None and not 1 <= draft.rank <= 6:
        raise refuse("rank", "off-the-ladder")
    for name in ("url", "archived_url"):
        # A link is printed as one: no scheme but the web's may come near a page.
        address = getattr(draft, name)
        if address and not is_web_address(address):
            raise refuse(name, "not-a-web-address")


def is_web_address(text: str) -> bool:
    """Say whether the text is an address of the web with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
