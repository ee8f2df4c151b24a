"""An entry on its way in: what a file, a form or a fixture says, before it is a record.

Everything that adds entries (import, submission, editing) builds these and hands them to
`registry.records.put_entries`. Texts are as printed; dates are read already, and what could
not be read is kept as printed with an empty EDTF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.dates import FuzzyDate

Wording = Mapping[str, Mapping[str, str]]
"""Checked wording of our own texts: field, then language, then text."""


def plain_wording(wording: Wording) -> dict[str, dict[str, str]]:
    """Return the wording as JSON has it, without what is empty."""
    plain = {
        name: {language: text for language, text in texts.items() if text}
        for name, texts in wording.items()
    }
    return {name: texts for name, texts in plain.items() if texts}


@dataclass(frozen=True, slots=True)
class NameDraft:
    """One spelling of a name. `kind` is a `NameKind` value; `full` is never empty."""

    kind: str
    full: str
    family: str = ""
    given: str = ""
    patronymic: str = ""
    language: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class RulingDraft:
    """What was decided afterwards. `body` is a spelling of a rehabilitation body."""

    kind: str
    date: FuzzyDate | None = None
    body: str = ""
    ground: str = ""
    scope: str = ""
    text: str = ""
    wording: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StayDraft:
    """A place where the person was held. `site` is the slug of a memorial site."""

    place: str
    kind: str = ""
    site: str = ""
    from_date: FuzzyDate | None = None
    to_date: FuzzyDate | None = None
    note: str = ""
    wording: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """A post held, an act signed, a service rendered. `kind` is a `RoleKind` value."""

    kind: str
    text: str
    from_date: FuzzyDate | None = None
    to_date: FuzzyDate | None = None
    wording: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RepressionDraft:
    """One repression. `operation`, `sentencing_body` are spellings; `sentence_kind` a code.

    `articles` is the text as printed, `article_codes` the terms recognised in it; regions are
    codes of terms, sites are slugs.
    """

    kind: str = "arrest"
    episode: int | None = None
    arrest: FuzzyDate | None = None
    arrested_by: str = ""
    arrest_place: str = ""
    arrest_region: str = ""
    arrest_circumstances: str = ""
    charge: str = ""
    articles: str = ""
    article_codes: tuple[str, ...] = ()
    operation: str = ""
    sentencing_body: str = ""
    sentence_date: FuzzyDate | None = None
    sentence: str = ""
    sentence_kind: str = ""
    sentence_months: int | None = None
    execution: FuzzyDate | None = None
    execution_place: str = ""
    execution_site: str = ""
    release: FuzzyDate | None = None
    note: str = ""
    rulings: tuple[RulingDraft, ...] = ()
    stays: tuple[StayDraft, ...] = ()
    wording: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """The place in the source, and what stands there; `key` joins entries that share it."""

    locator: str = ""
    url: str = ""
    quotes: str = ""
    language: str = ""
    rendering: str = "transcribed"
    text: str = ""
    key: str = ""
    wording: Wording = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What one source says about one person.

    `source` is a slug, `key` is stable inside it. `person_key` joins entries of one person;
    empty means a person of its own for a new key. `nationality`, `party`, `category`, `fate`
    are spellings, as printed; regions are codes of terms; `burial_site` is a slug.
    `discredited` maps a field or `*` to the reason. `reading` maps a field to what was not
    understood of it. `content_hash` is the SHA-256 of the row it was read from.
    """

    source: str
    key: str
    content_hash: str
    person_key: str = ""
    names: tuple[NameDraft, ...] = ()
    passage: PassageDraft | None = None
    sex: str = ""
    birth: FuzzyDate | None = None
    birth_place: str = ""
    birth_region: str = ""
    age: str = ""
    nationality: str = ""
    citizenship: str = ""
    social_origin: str = ""
    education: str = ""
    party: str = ""
    category: str = ""
    occupation: str = ""
    residence: str = ""
    residence_region: str = ""
    relatives: str = ""
    death: FuzzyDate | None = None
    death_place: str = ""
    death_cause: str = ""
    fate: str = ""
    burial_place: str = ""
    burial_site: str = ""
    burial_certainty: str = ""
    archive_file: str = ""
    basis: str = ""
    comment: str = ""
    repressions: tuple[RepressionDraft, ...] = ()
    rulings: tuple[RulingDraft, ...] = ()
    """Rulings that no one repression is named for."""
    stays: tuple[StayDraft, ...] = ()
    roles: tuple[RoleDraft, ...] = ()
    discredited: Mapping[str, str] = field(default_factory=dict)
    reading: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wording: Wording = field(default_factory=dict)
