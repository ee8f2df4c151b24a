"""What whoever decides has said of each part and file of a submission: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.records.catalogue.photographs import FileDraft
from registry.records.drafts.entries import EntryDraft
from registry.records.drafts.sites import SiteDraft
from registry.records.people.biographies import BiographyDraft


@dataclass(frozen=True, slots=True)
class TakenAway:
    """What of somebody is taken out of every output, as was wished, and comes back by undoing.

    Ids of photographs and scans, languages of lives, ids of entries; and `doubted`, fields of
    entries that are not believed any more, `why` by language: they stay as what they are.
    """

    photographs: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    lives: tuple[str, ...] = ()
    entries: tuple[int, ...] = ()
    doubted: tuple[tuple[int, str], ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldDecision:
    """What was decided of one value: taken, and as what where it was edited."""

    accept: bool
    edited: str | None = None


@dataclass(frozen=True, slots=True)
class PartDecision:
    """What was decided of one part.

    Accepted, it brings what it becomes: of a person or a fact `draft`, made of the values that
    were taken, and `person` whom it is about (None makes somebody new); `prefer` maps a field to
    the reason why this entry is to be believed for it; `own_rank` is where the entry stands by
    itself, its document having been seen; `episode` is the one that a fact is of, whatever its
    dates say. A life brings `biography`, a place or a figure `site`. Of a wish to hide, `hide` is
    the status (empty: nothing is hidden), `suppress` proposes to suppress the person besides, and
    `taken` is what else is taken away. `link` takes the kinship.
    """

    position: int
    accept: bool
    reason: str = ""
    reason_text: str = ""
    values: Mapping[str, FieldDecision] = field(default_factory=dict)
    draft: EntryDraft | None = None
    person: int | None = None
    prefer: Mapping[str, str] = field(default_factory=dict)
    own_rank: int | None = None
    episode: int | None = None
    link: bool = True
    biography: BiographyDraft | None = None
    site: SiteDraft | None = None
    hide: str = ""
    suppress: bool = False
    taken: TakenAway | None = None


@dataclass(frozen=True, slots=True)
class FileDecision:
    """What was decided of one file; accepted, what is said of it.

    Where the draft names neither a person nor a place, it shows whom, or what, its part became,
    or the first part.
    """

    position: int
    accept: bool
    reason: str = ""
    reason_text: str = ""
    is_document: bool = False
    draft: FileDraft = field(default_factory=FileDraft)
