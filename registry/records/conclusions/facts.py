"""What entries say, as plain values: the input of concluding, free of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from registry.dates import FuzzyDate
from registry.names import tokens

NO_RANK = 99
"""Where the editors' own source stands on the ladder: below everything that is evidence."""


@dataclass(frozen=True, slots=True)
class EntryRef:
    """An entry as a witness: its id, its source's slug and rank, its key in that source."""

    id: int
    source: str
    key: str
    rank: int = NO_RANK

    @property
    def order(self) -> tuple[int, str, str]:
        """Return what decides between equals, so that the order of imports never does."""
        return (self.rank, self.source, self.key)


@dataclass(frozen=True, slots=True)
class Words:
    """A text, the code of the term it was recognised as (or a site's slug), and certainty.

    `wording` is the text in other languages where it is our own; it never decides anything.
    """

    text: str
    code: str = ""
    certainty: str = ""
    wording: Mapping[str, str] = field(default_factory=dict, compare=False)


Value = FuzzyDate | Words


@dataclass(frozen=True, slots=True)
class Assertion:
    """One entry's word on one field."""

    entry: EntryRef
    value: Value


@dataclass(frozen=True, slots=True)
class NameFact:
    """One spelling of a name; `id` is that of its row."""

    id: int
    kind: str
    family: str
    given: str
    patronymic: str
    full: str
    language: str
    script: str


@dataclass(frozen=True, slots=True)
class RepressionFact:
    """One repression as one entry states it; `values` by field (arrest, sentence_date, …).

    `discredited` are the canonical names of fields that are not believed, `*` for all.
    """

    entry: EntryRef
    id: int
    position: int
    kind: str
    values: Mapping[str, Value]
    episode: int | None = None
    discredited: frozenset[str] = frozenset()

    def believed(self, name: str) -> bool:
        """Tell whether the field counts for concluding."""
        return not ({name, "*"} & self.discredited)


@dataclass(frozen=True, slots=True)
class RulingFact:
    """What was decided afterwards; `repression` is the position of the one it is about."""

    entry: EntryRef
    id: int
    kind: str
    date: FuzzyDate | None
    repression: int | None


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """Everything one entry says. `discredited` are canonical field names, `*` for all."""

    ref: EntryRef
    values: Mapping[str, Value]
    names: tuple[NameFact, ...] = ()
    repressions: tuple[RepressionFact, ...] = ()
    rulings: tuple[RulingFact, ...] = ()
    has_role: bool = False
    living_rule: str = "hold"
    unreliable: frozenset[str] = frozenset()
    discredited: frozenset[str] = field(default_factory=frozenset)

    @property
    def in_doubt(self) -> bool:
        """Tell whether all of the entry is discredited."""
        return "*" in self.discredited

    def believed(self, name: str) -> bool:
        """Tell whether the field counts for concluding."""
        return not ({name, "*"} & self.discredited) and name not in self.unreliable


COLUMN_OF_FIELD = {
    "birth_date": "birth",
    "death_date": "death",
    "burial_place": "burial",
    "arrest_date": "arrest",
    "execution_date": "execution",
    "release_date": "release",
}
"""Names of the entry table whose fact is called otherwise; every other keeps its name."""


def canonical_field(name: str) -> str:
    """Return the name of the fact for a name of the entry table."""
    return COLUMN_OF_FIELD.get(name, name)


@lru_cache(maxsize=20_000)
def token_set(text: str) -> frozenset[str]:
    """Return the folded words of a text, for comparison."""
    return frozenset(tokens(text))
