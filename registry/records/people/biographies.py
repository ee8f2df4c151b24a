"""Lives told by editors: one a person and language, in Markdown, never without a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from registry.models import Biography, Change, ChangeKind, Person, PersonStatus, Role, Source
from registry.records.ledger.acts import Act, Body, Subject, act
from registry.records.ledger.rows import row_subject

TEXTS = ("language", "title", "text", "credit", "licence")
_ROW = row_subject("biography", Biography)


def _read(references: Sequence[str]) -> dict[str, Body]:
    found = {
        reference: {**body, "sources": []} for reference, body in _ROW.read(references).items()
    }
    through = Biography.sources.through
    links = through._base_manager.filter(biography__in=list(map(int, found)))
    for biography, slug in links.order_by("source__slug").values_list(
        "biography_id", "source__slug"
    ):
        found[str(biography)]["sources"].append(slug)
    return dict(found)


def _write(reference: str, body: Body | None, doing: Act) -> None:
    _ROW.write(reference, body, doing)
    if body is not None:
        # A source is withdrawn, and never deleted.
        sources = Source.all_records.filter(slug__in=body["sources"])
        Biography.all_records.get(pk=reference).sources.set(sources)


BIOGRAPHY = Subject("biography", _read, _write)


class BiographyRefused(ValueError):
    """A biography that is not kept: `field` and `code` say why.

    `empty`, `no-source`, `unknown-source`, `unknown-language`; `unknown-person`, `merged`.
    """

    def __init__(self, *, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


@dataclass(frozen=True, slots=True)
class BiographyDraft:
    """A life in one language (a code of two or three letters); `sources` are slugs, at least one.

    `text` is Markdown; HTML and images in it are shown as they are typed, and not as such.
    """

    person: int
    language: str
    title: str
    text: str
    sources: tuple[str, ...]
    credit: str = ""
    licence: str = ""


def write_biography(
    *,
    draft: BiographyDraft,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Write the life of a person in one language, in the place of the one there was.

    Returns the change, or None when nothing differs. Raises BiographyRefused.
    """
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        sources = _check(draft)
        row = Biography.all_records.filter(person=draft.person, language=draft.language).first()
        if row is not None:
            doing.touch(BIOGRAPHY, row.pk)
        is_new = row is None
        row = row or Biography(person_id=draft.person)
        for name in TEXTS:
            setattr(row, name, getattr(draft, name).strip())
        row.save()
        row.sources.set(sources)
        if is_new:
            doing.add(BIOGRAPHY, row.pk)
    return doing.change


def remove_biography(
    *,
    person: int,
    language: str,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Take the life of a person in one language away; undoing the change brings it back.

    Returns the change, or None when there was none.
    """
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        row = Biography.all_records.filter(person=person, language=language).first()
        if row is not None:
            doing.touch(BIOGRAPHY, row.pk)
            row.delete()
    return doing.change


def read_biography(*, person: int, language: str) -> BiographyDraft | None:
    """Return what is told of a person in one language now, or None."""
    row = Biography.all_records.filter(person=person, language=language).first()
    if row is None:
        return None
    sources = tuple(row.sources(manager="all_records").values_list("slug", flat=True))
    return BiographyDraft(
        person=person,
        sources=tuple(sorted(sources)),
        **{name: getattr(row, name) for name in TEXTS},
    )


def _check(draft: BiographyDraft) -> list[Source]:
    person = Person.all_records.filter(pk=draft.person).first()
    if person is None:
        raise BiographyRefused(field="person", code="unknown-person")
    if person.status == PersonStatus.MERGED:
        raise BiographyRefused(field="person", code="merged")
    if not (draft.language.isascii() and draft.language.isalpha() and len(draft.language) <= 3):
        raise BiographyRefused(field="language", code="unknown-language")
    for name in ("title", "text"):
        if not getattr(draft, name).strip():
            raise BiographyRefused(field=name, code="empty")
    if not draft.sources:
        raise BiographyRefused(field="sources", code="no-source")
    found = list(Source.public.filter(slug__in=draft.sources))
    if len(found) < len(set(draft.sources)):
        raise BiographyRefused(field="sources", code="unknown-source")
    return found
