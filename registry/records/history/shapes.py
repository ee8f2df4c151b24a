"""The frozen objects of a public history: what changed, when, why, and in what role.

Nothing here names an account, and nothing tells what is hidden now. Codes are put into words
by the templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from registry.dates import FuzzyDate
from registry.records.public.pages import Page
from registry.records.public.shapes import PublicSource, Text


@dataclass(frozen=True, slots=True)
class ToldValue:
    """A value as it was: a text, a date, or a `code` of the table of words `words`.

    `field` says of a part of a line what it is; it is empty where the value stands alone.
    """

    text: Text | None = None
    date: FuzzyDate | None = None
    code: str = ""
    words: str = ""
    field: str = ""


Line = tuple[ToldValue, ...]
"""One name, one repression, one paragraph: what was taken away or added whole."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one field: lines that were there, and lines that are there instead."""

    field: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """Another person of the registry; without a name where only the address may be told."""

    id: int
    name: Text | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What a change did to one record of a person or a place; `code` is one of `EVENT_CODES`.

    `entry` is the id of an entry that is shown now, `source` its source. Where the record is
    not shown now, nothing but the code is told. `withheld` says that fields differ, too, that
    are not told; `erased` that a court had the body emptied. `field` and `reason` are of a
    choice, `language` of a biography.
    """

    code: str
    entry: int = 0
    source: PublicSource | None = None
    other: OtherPerson | None = None
    field: str = ""
    kind: str = ""
    reason: str = ""
    language: str = ""
    differences: tuple[Difference, ...] = ()
    withheld: bool = False
    erased: bool = False

    @property
    def tells(self) -> bool:
        """Whether it tells anything but that something was done."""
        said = (self.entry, self.source, self.other, self.field, self.language, self.differences)
        return any(said)


EVENT_CODES = (
    "entry-added", "entry-changed", "entry-withdrawn", "entry-undone", "entry-back",
    "entry-from", "entry-to", "source-withdrawn", "source-back",
    "choice-made", "choice-dropped",
    "biography-added", "biography-changed", "biography-removed",
    "relation-added", "relation-changed", "relation-removed",
    "photograph-added", "photograph-changed", "photograph-removed",
    "document-added", "document-changed", "document-removed",
    "person-status", "person-joined", "person-separated",
    "site-added", "site-changed", "site-withdrawn", "site-back",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """One change as readers see it: the day and never the hour, the role and never the account.

    `reason` is empty where it could tell of what is hidden now.
    """

    number: int
    day: date
    kind: str
    role: str
    reason: str
    events: tuple[Event, ...]
    undoes: int | None = None
    undone_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicHistory:
    """The history of a person (`person`) or a place (`site`), newest first."""

    name: Text
    changes: Page[HistoryChange]
    person: int = 0
    site: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a view of a record as of then is cited by.

    `digest` is the SHA-256 over the digests of all revisions that held after the change.
    `left_out` tells that entries stood there then that are not shown now.
    """

    change: int
    day: date
    digest: str
    left_out: bool
    is_latest: bool
