"""Photographs and scans as the public sees them, and their files by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Value

from registry.models import Document, MediaType, MemorialSite, Person, Photograph, Source
from registry.records.drafts.uploads import part_names, path_of, read_stored

from .received import named_now
from .shapes import PublicPhotograph, PublicSize, Text
from .shaping import shape_source

PART = re.compile(r"([0-9a-f]{32})(?:-[0-9]{1,4})?\.(?:jpg|pdf)")
Kept = type[Photograph] | type[Document]
KINDS: tuple[Kept, ...] = (Photograph, Document)


class FileUnknown(LookupError):
    """There is no such photograph or scan."""


class FileGone(LookupError):
    """There is such a file, and it is not shown."""


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file to send: the name of the part, what kind it is, and its bytes."""

    part: str
    media_type: str
    content: bytes

    @property
    def headers(self) -> dict[str, str]:
        """How a browser is to take it: what was not made here is saved and never shown."""
        told = {"Content-Type": self.media_type}
        if self.media_type != MediaType.JPEG:
            told["Content-Disposition"] = f'attachment; filename="{self.part}"'
        return told


FileRow = tuple[Kept, Any]
"""The table of a photograph or a scan, and its row with its source."""


def public_files(
    of: Person | MemorialSite, *, language: str
) -> dict[Kept, tuple[PublicPhotograph, ...]]:
    """Return the photographs and the scans of someone or some place for a reader, in one query."""
    return shape_files(read_files(of), language=language)


def read_files(of: Person | MemorialSite) -> list[FileRow]:
    """Read what is shown of photographs and scans, in the order of their numbers: one query."""
    return sorted(_rows(of), key=lambda one: one[1].pk)


def shape_files(
    rows: Iterable[FileRow],
    *,
    language: str,
    marks: Mapping[int, tuple[int, ...]] | None = None,
) -> dict[Kept, tuple[PublicPhotograph, ...]]:
    """Return photographs and scans for a reader.

    `marks` are the entries of a person by the number of their source.
    """
    found: dict[Kept, tuple[PublicPhotograph, ...]] = dict.fromkeys(KINDS, ())
    rows = list(rows)
    lines = named_now([row.credit for _, row in rows])
    for (model, row), credit in zip(rows, lines, strict=True):
        own = (marks or {}).get(row.source_id, ())
        found[model] += (_shape_file(row, credit, language=language, marks=own),)
    return found


def _rows(of: Person | MemorialSite) -> Iterator[FileRow]:
    """Yield the rows of both tables, each with its source."""
    columns = [field.attname for field in Document._meta.concrete_fields]
    of_source = [field.attname for field in Source._meta.concrete_fields]
    both = [
        model.public.filter(**{"person" if isinstance(of, Person) else "site": of})
        .order_by()
        .annotate(kind=Value(number))
        .values_list("kind", *columns, *(f"source__{name}" for name in of_source))
        for number, model in enumerate(KINDS)
    ]
    for kind, *values in both[0].union(both[1], all=True):
        row = KINDS[kind](**dict(zip(columns, values, strict=False)))
        row.source = Source(**dict(zip(of_source, values[len(columns) :], strict=True)))
        yield KINDS[kind], row


def _shape_file(
    row: Any, credit: str, *, language: str, marks: tuple[int, ...]
) -> PublicPhotograph:
    """Return what the public sees of a published photograph or scan, which has a source."""
    parts = part_names(row.name, MediaType(row.media_type), row.sizes)
    return PublicPhotograph(
        file=parts[-1],
        media_type=row.media_type,
        sizes=tuple(
            PublicSize(part, width, height)
            for part, (width, height) in zip(parts, row.sizes, strict=False)
        ),
        caption=_for_reader(row.caption, language),
        alt=_for_reader(row.alt, language),
        date=row.date,
        credit=credit,
        licence=row.licence,
        source=shape_source(row.source, language=language),
        marks=marks,
    )


def public_file(part: str) -> FileContent:
    """Return a file that is shown, by its name. Raises FileUnknown, FileGone."""
    named = PART.fullmatch(part)
    if named is None:
        raise FileUnknown(part)
    for model in KINDS:
        row = model.public.filter(name=named[1]).first()
        if row is not None and part in _parts(row):
            return _content(part, row.media_type)
    if path_of(part).is_file():
        raise FileGone(part)
    raise FileUnknown(part)


def any_file(model: Kept, number: int) -> FileContent:
    """Return the largest file of a record, shown or not: for staff. Raises FileUnknown."""
    row = model.all_records.filter(pk=number).first()
    if row is None:
        raise FileUnknown(number)
    return _content(_parts(row)[-1], row.media_type)


def _parts(row: Photograph | Document) -> tuple[str, ...]:
    return part_names(row.name, MediaType(row.media_type), row.sizes)


def _content(part: str, media_type: str) -> FileContent:
    try:
        return FileContent(part, media_type, read_stored(part))
    except FileNotFoundError as error:
        raise FileUnknown(part) from error


def _for_reader(texts: Mapping[str, str], language: str) -> Text | None:
    """Return the text in the reader's language, else in English, else in any."""
    for wanted in (language, "en", *sorted(texts)):
        if texts.get(wanted):
            return Text(texts[wanted], wanted)
    return None
