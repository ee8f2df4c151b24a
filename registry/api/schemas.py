"""The shapes of the answers; what they say of the fields is the reference of the API."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class TermOut(Schema):
    """A term of a controlled vocabulary: its code never changes."""

    code: str
    en: str
    ru: str
    uk: str


class TextOut(Schema):
    """A text and the language it is in (empty: as printed, language not known)."""

    text: str
    lang: str


class DateOut(Schema):
    """A date: as printed, as EDTF (level 1), and the first and last day it can mean.

    What was printed and not understood has an empty `edtf`. An open end is null. `calendar` is
    `julian` or `gregorian` where the source says so.
    """

    printed: str
    edtf: str
    earliest: date | None
    latest: date | None
    calendar: str | None = None


class NameOut(Schema):
    """A name in its parts; any of them may be empty, `full` never is."""

    family: str
    given: str
    patronymic: str
    full: str


class SpellingOut(NameOut):
    """One spelling of the name: its kind, language (BCP 47) and script (ISO 15924)."""

    kind: str = Field(
        description="main, birth, married, religious, pseudonym, variant or transliteration"
    )
    lang: str
    script: str
    entries: list[int] = Field(default=[], description="The entries that have this spelling.")


class MatchOut(Schema):
    """Why a person was found."""

    name: str = Field(description="The spelling that matched best.")
    reason: str = Field(
        description="The loosest way in which a word asked for matched: exact, prefix, reading "
        "(the same sound in another script or spelling), reading-prefix, equivalent (another form "
        "of the name), syllable (other spellings of Chinese, Korean or Japanese syllables), "
        "pattern (what * and ? stand for) or initial. Of a name that is only similar: close (some "
        "letters differ), sound, kin (another ending), missing- or differs- with the part of the "
        "name that is not known or is another: family, given, patronymic."
    )
    score: float = Field(description="From 0 to 1.")
    words: list[MatchedWord] = Field(description="How each word that was asked for matched.")


class MatchedWord(Schema):
    """One word of the query and how it matched."""

    asked: str
    kind: str
    scheme: str


class PersonRow(Schema):
    """A person in a list. Of someone possibly living, only name, years and fate are told."""

    id: int
    url: str = Field(description="The permanent address of the page.")
    name: NameOut
    names: list[SpellingOut]
    birth: DateOut | None
    death: DateOut | None
    birth_place: TextOut | None
    occupation: TextOut | None
    fate: TermOut | None
    entries: int = Field(description="How many entries speak of the person.")
    restricted: bool
    match: MatchOut | None = Field(description="Null where no name was asked for.")


class FacetValueOut(Schema):
    """One value of a facet; `label` holds its words by language where it has some."""

    code: str
    count: int
    selected: bool
    label: dict[str, str]


class PeopleOut(Schema):
    """A page of the people found."""

    count: int
    count_is_exact: bool
    similar: int = Field(
        description="How many of the count answer only nearly: they come last, and `match` says "
        "how their names differ. As many as the count: there is no one by this name."
    )
    next: str | None = Field(description="The address of the next page.")
    results: list[PersonRow]
    facets: dict[str, list[FacetValueOut]] | None = Field(
        default=None, description="By parameter; only with `facets=1`."
    )
    ignored: list[str] = Field(description="Parameters of the request that mean nothing here.")


class SuggestionOut(Schema):
    """A person whose name answers what has been typed so far."""

    id: int
    url: str
    name: NameOut
    birth: DateOut | None
    death: DateOut | None
    match: MatchOut | None


class SuggestionsOut(Schema):
    """At most ten people, the best match first, and at most four spellings."""

    results: list[SuggestionOut]
    spellings: list[str] = Field(
        description="What was typed, with its last word as names of people found spell it."
    )
    ignored: list[str]


class ValueOut(Schema):
    """One value of a field, and the ids of the entries that state it.

    Exactly one of `text`, `date` and `code` carries it where the others are null; a value that
    was recognised as a term has all three languages in `term`, and what the sources print in
    `printed`.
    """

    text: TextOut | None
    date: DateOut | None
    code: str | None = Field(
        description="The code of the term; for sex `m` or `f`; for a sentence its kind, with "
        "`:` and months where known."
    )
    term: TermOut | None
    printed: list[TextOut]
    site: str | None = Field(description="The slug of a memorial site.")
    certainty: str | None = Field(
        description="Of a burial: documented, presumed, cenotaph or reburied."
    )
    entries: list[int]


class DiscreditedOut(Schema):
    """A value that is not believed, and why: an editor's reason, or a rule."""

    value: ValueOut
    reason: TextOut | None
    rule: str = Field(
        description="unreliable-source: the field is never believed from it; else empty."
    )


class FactOut(Schema):
    """One concluded field."""

    value: ValueOut | None = Field(description="What we think; the first of `values`.")
    values: list[ValueOut] = Field(description="More than one where several are true.")
    agree: list[int] = Field(description="Ids of the entries that agree with it.")
    differ: list[ValueOut] = Field(description="What other entries say instead.")
    discredited: list[DiscreditedOut]
    rule: str = Field(
        description="What decided: only, agreed, choice, rank, count, precision, order or group."
    )
    reason: str = Field(description="The editor's reason, where `rule` is choice.")
    calendar: bool = Field(description="Dates agree as Julian and Gregorian.")


class RulingOut(Schema):
    """What was decided afterwards."""

    kind: str
    date: DateOut | None
    body: TextOut | None
    ground: TextOut | None
    scope: TextOut | None
    text: TextOut | None
    entries: list[int]


class StayOut(Schema):
    """A place where the person was held."""

    kind: str
    place: TextOut
    site: str | None
    from_date: DateOut | None
    to_date: DateOut | None
    note: TextOut | None
    entries: list[int]


class RoleOut(Schema):
    """A post held, an act signed, a service rendered."""

    kind: str
    text: TextOut
    from_date: DateOut | None
    to_date: DateOut | None
    entries: list[int]


class EpisodeOut(Schema):
    """Repressions of different entries that are one and the same."""

    number: int
    kind: str
    ambiguous: bool = Field(description="It may be the same as another and was left apart.")
    fields: dict[str, FactOut]
    rulings: list[RulingOut]
    stays: list[StayOut]


class RelationOut(Schema):
    """A link to another person; `kind` says what the other is to this one."""

    kind: str
    person: int
    url: str
    name: TextOut
    text: TextOut | None
    other_text: TextOut | None = Field(description="What the entries of the other say of it.")
    entries: list[int] = Field(description="Of both people.")


class ContradictionOut(Schema):
    """Two statements that cannot both be true."""

    code: str
    earlier: DateOut | None
    later: DateOut | None
    episode: int | None
    entries: list[int]


class SourceOut(Schema):
    """Where knowledge comes from. `rank` is the evidence ladder, 1 the strongest, 6 the weakest."""

    slug: str
    url: str = Field(description="The page of the source in the registry.")
    kind: str
    rank: int | None
    title: TextOut
    author: str
    publisher: str
    year: int | None
    language: str
    address: str = Field(description="Where the source itself is, on the web.")
    archived: str
    licence: str
    quotes: TextOut | None
    note: TextOut | None
    unreliable_for: list[str]


class PassageOut(Schema):
    """What stands in the source: transcribed, or summarised in our words."""

    locator: TextOut | None
    url: str
    quotes: TextOut | None
    rendering: str
    text: TextOut | None


class EntryOut(Schema):
    """What one source says about one person."""

    id: int
    url: str
    person: int
    person_url: str
    source: SourceOut
    passage: PassageOut | None
    names: list[SpellingOut]
    fields: dict[str, ValueOut]
    repressions: list[EpisodeOut]
    rulings: list[RulingOut]
    stays: list[StayOut]
    roles: list[RoleOut]
    reading: dict[str, str] = Field(description="By field, the code of what was not understood.")
    discredited: dict[str, TextOut] = Field(description="By field (`*`: all), why not believed.")
    submission: str | None = Field(
        description="The public number of the submission that brought it: 1234-5678."
    )
    ignored: list[str] = []


class BiographyOut(Schema):
    """A life told by editors; `html` is safe to print."""

    lang: str
    title: str
    html: str
    credit: str
    licence: str
    sources: list[SourceOut]


class SizeOut(Schema):
    """One size of a picture, in pixels."""

    file: str = Field(description="Its address.")
    width: int
    height: int


class PhotographOut(Schema):
    """A photograph, or a scan of a paper. A scan in PDF has no sizes."""

    file: str = Field(description="The address of the largest size, or of the PDF.")
    media_type: str
    sizes: list[SizeOut] = Field(description="As JPEG, smallest first.")
    caption: TextOut | None
    alt: TextOut | None = Field(description="What it shows, for who does not see it.")
    date: DateOut | None
    credit: str
    licence: str
    source: SourceOut
    entries: list[int] = Field(description="The person's entries from the same source.")


class PersonOut(Schema):
    """Everything the public may know of a person, each fact with the entries that state it."""

    id: int
    url: str
    name: SpellingOut
    names: list[SpellingOut]
    restricted: bool = Field(description="Possibly living: name, years, fate and source only.")
    sex: str | None
    rehabilitated: str | None
    fields: dict[str, FactOut]
    episodes: list[EpisodeOut]
    rulings: list[RulingOut]
    stays: list[StayOut]
    roles: list[RoleOut]
    relations: list[RelationOut]
    contradictions: list[ContradictionOut]
    lapsed: list[str] = Field(description="Fields an editor's choice no longer applies to.")
    entries: list[EntryOut]
    biographies: list[BiographyOut]
    photographs: list[PhotographOut]
    documents: list[PhotographOut]
    ignored: list[str]


class Problem(Schema):
    """Why there is no answer: a code that never changes, and words in the language asked for."""

    error: str = Field(description="bad-request, not-found, gone, moved or server-error")
    message: str
    parameters: dict[str, list[str]] = Field(
        default={}, description="By parameter, what is wrong with it."
    )
    location: str | None = Field(default=None, description="Where it has moved.")


MatchOut.model_rebuild()
