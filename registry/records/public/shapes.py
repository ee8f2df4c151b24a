"""The frozen objects that are all a public output ever gets; built by `registry.records`.

Texts are chosen for the reader's language when the object is built; `lang` is the language of
the text where it differs from, or may differ from, that of the page (empty: not known, as
printed). `marks` are numbers of the person's entries, 1 up, in the order of `entries`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.dates import FuzzyDate


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language it is in."""

    value: str
    lang: str = ""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class PublicValue:
    """One value of a fact, and the entries that state it.

    Exactly one of `text` and `date` carries the value; `code` is the term's code where the
    text was recognised as one (or `m`/`f` for sex); `printed` is the text as printed where it
    differs from the label of its term. `site` is the slug of a memorial site, `certainty` a
    `BurialCertainty` value.
    """

    marks: tuple[int, ...]
    text: Text | None = None
    date: FuzzyDate | None = None
    code: str = ""
    printed: tuple[Text, ...] = ()
    site: str = ""
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Discredited:
    """A value that is not believed, and why.

    `reason` is an editor's; where there is none, `rule` is `unreliable-source`: the field is
    never believed from this source.
    """

    value: PublicValue
    reason: Text | None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PublicFact:
    """One concluded field.

    `values` holds the believed value alone, or, where `plural`, every value side by side.
    `rivals` are values that disagree with it. `rule` says what decided: `only`, `agreed`,
    `choice`, `rank`, `count`, `precision`, `order`. `calendar` is true when dates agree as
    Julian and Gregorian. `reason` is the editor's where `rule` is `choice`.
    """

    field: str
    values: tuple[PublicValue, ...]
    rivals: tuple[PublicValue, ...] = ()
    discredited: tuple[Discredited, ...] = ()
    rule: str = "only"
    reason: str = ""
    calendar: bool = False
    plural: bool = False

    @property
    def value(self) -> PublicValue | None:
        """The believed value, or the first of several."""
        return self.values[0] if self.values else None


@dataclass(frozen=True, slots=True)
class PublicName:
    """One spelling of the name, with its kind, and the entries that have it."""

    kind: str
    family: str
    given: str
    patronymic: str
    full: str
    lang: str
    script: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PublicRuling:
    """What was decided afterwards; `body` is text or the label of its term."""

    kind: str
    date: FuzzyDate | None
    body: Text | None
    ground: Text | None
    scope: Text | None
    text: Text | None
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PublicStay:
    """A place where the person was held."""

    kind: str
    place: Text
    site: str
    from_date: FuzzyDate | None
    to_date: FuzzyDate | None
    note: Text | None
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PublicEpisode:
    """Repressions of different entries that are one and the same.

    `facts` by field: arrest, arrested_by, arrest_place, arrest_circumstances, charge, articles,
    operation, sentencing_body, sentence_date, sentence, execution, execution_place, release,
    note. `ambiguous` marks one that may be the same as another and was left apart.
    """

    number: int
    kind: str
    facts: Mapping[str, PublicFact]
    rulings: tuple[PublicRuling, ...]
    stays: tuple[PublicStay, ...]
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class PublicRole:
    """A post held, an act signed, a service rendered."""

    kind: str
    text: Text
    from_date: FuzzyDate | None
    to_date: FuzzyDate | None
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PublicRelation:
    """A link to another person of the registry; `kind` says what the other is to this one.

    `elsewhere` are ids of the other person's entries that state it, where they do, and
    `other_text` is what those say, seen from the other's side.
    """

    kind: str
    person: int
    name: Text
    text: Text | None
    marks: tuple[int, ...]
    elsewhere: tuple[int, ...] = ()
    other_text: Text | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements that cannot both be true; flagged in words, never corrected.

    `code` is one of `CODES` in `registry.records.conclusions.contradictions`; `earlier` and `later`
    are the dates in question; `episode` the number of the episode, if one.
    """

    code: str
    earlier: FuzzyDate | None
    later: FuzzyDate | None
    episode: int | None
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PublicSource:
    """A source as the public sees it. `rank` 1 to 6, or None for the editors' own."""

    slug: str
    kind: str
    rank: int | None
    title: Text
    author: str
    publisher: str
    year: int | None
    language: str
    url: str
    archived_url: str
    licence: str
    quotes: Text | None
    note: Text | None
    unreliable_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicPassage:
    """What stands in the source: `rendering` is `transcribed` or `summarised`."""

    locator: Text | None
    url: str
    quotes: Text | None
    rendering: str
    text: Text | None


@dataclass(frozen=True, slots=True)
class PublicVia:
    """The submission that brought an entry: its public number, and whoever is to be credited."""

    number: str
    credit: str = ""


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """What one source says about one person, field by field, as printed.

    `fields` pairs the field with its value (dates as dates, texts worded); `reading` maps a
    field to the code of what was not understood; `discredited` a field (or `*`) to why.
    """

    id: int
    mark: int
    source: PublicSource
    passage: PublicPassage | None
    names: tuple[PublicName, ...]
    fields: tuple[tuple[str, PublicValue], ...]
    repressions: tuple[PublicEpisode, ...]
    rulings: tuple[PublicRuling, ...]
    stays: tuple[PublicStay, ...]
    roles: tuple[PublicRole, ...]
    reading: Mapping[str, str]
    discredited: Mapping[str, Text]
    person: int = 0
    person_name: Text | None = None
    person_sex: str = ""
    via: PublicVia | None = None


@dataclass(frozen=True, slots=True)
class PublicBiography:
    """A life told by editors; `html` is safe to print."""

    lang: str
    title: str
    html: str
    credit: str
    licence: str
    sources: tuple[PublicSource, ...]


@dataclass(frozen=True, slots=True)
class PublicSize:
    """One size of a picture: the name of its file, its width and height in pixels."""

    file: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PublicPhotograph:
    """A photograph or a scan: `file` names the largest size, or a PDF, which has no sizes.

    `alt` says what it shows to who does not see it. `marks` are entries from its source.
    """

    file: str
    media_type: str
    sizes: tuple[PublicSize, ...]
    caption: Text | None
    alt: Text | None
    date: FuzzyDate | None
    credit: str
    licence: str
    source: PublicSource
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicPerson:
    """Everything the public may know of a person, chosen for one reader's language.

    `name` is the name in its own script, `reader_name` the same for the reader where that
    differs (else None). `restricted` people show name, years, fate and source only.
    `rehabilitated` is a `Rehabilitation` value. `lapsed` names the fields for which an editor's
    choice no longer applies, because its entry has left. `facts` by field: sex, birth,
    birth_place, age, nationality, citizenship, social_origin, education, party, category,
    occupation, residence, relatives, death, death_place, death_cause, fate, burial,
    archive_file, basis, comment.
    """

    id: int
    name: PublicName
    reader_name: PublicName | None
    restricted: bool
    sex: str
    fate: str
    rehabilitated: str
    facts: Mapping[str, PublicFact]
    names: tuple[PublicName, ...]
    episodes: tuple[PublicEpisode, ...]
    rulings: tuple[PublicRuling, ...]
    stays: tuple[PublicStay, ...]
    roles: tuple[PublicRole, ...]
    relations: tuple[PublicRelation, ...]
    contradictions: tuple[Contradiction, ...]
    entries: tuple[PublicEntry, ...]
    biographies: tuple[PublicBiography, ...]
    photographs: tuple[PublicPhotograph, ...] = ()
    documents: tuple[PublicPhotograph, ...] = ()
    lapsed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list: name, years, place and fate; `sex` is `m`, `f` or not told.

    `fate` is the label of the term `fate_code`.
    """

    id: int
    name: Text
    reader_name: Text | None
    birth: FuzzyDate | None
    death: FuzzyDate | None
    birth_place: Text | None
    occupation: Text | None
    fate: Text | None
    entries: int
    restricted: bool = False
    sex: str = ""
    fate_code: str = ""


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """A number one source gives for a place; an open bound is None."""

    measure: str
    low: int | None
    high: int | None
    source: PublicSource
    locator: str
    note: Text | None


@dataclass(frozen=True, slots=True)
class PublicSiteEvent:
    """Something that happened at a place."""

    kind: str
    date: FuzzyDate | None
    text: Text
    source: PublicSource
    locator: str = ""


@dataclass(frozen=True, slots=True)
class PublicSite:
    """A place as the public sees it. `figures` maps a measure to the rival figures of it.

    `latitude`, `longitude` in WGS 84 degrees, `precision_m` in metres. `buried` are people
    known to lie there, `presumed` those presumed to (first 50 of each; `people_count` of all).
    """

    slug: str
    name: Text
    names: tuple[Text, ...]
    kinds: tuple[str, ...]
    country: str
    region: Text | None
    region_then: Text | None
    town: Text | None
    latitude: float | None
    longitude: float | None
    precision_m: int | None
    coordinates_note: Text | None
    coordinates_sources: tuple[PublicSource, ...]
    period: FuzzyDate | None
    period_note: Text | None
    period_sources: tuple[PublicSource, ...]
    status_today: Text | None
    status_sources: tuple[PublicSource, ...]
    figures: Mapping[str, tuple[PublicFigure, ...]]
    events: tuple[PublicSiteEvent, ...]
    buried: tuple[PersonLine, ...] = ()
    presumed: tuple[PersonLine, ...] = ()
    people_count: int = 0
    photographs: tuple[PublicPhotograph, ...] = ()
    documents: tuple[PublicPhotograph, ...] = ()
