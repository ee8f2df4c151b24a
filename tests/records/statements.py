"""What invented entries say: hypothesis strategies for the plain values concluding reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from registry.dates import Calendar, FuzzyDate, parse_edtf
from registry.records.conclusions.episodes import (
    PLURAL as EPISODE_PLURAL,
    SINGLE as EPISODE_SINGLE,
)
from registry.records.conclusions.facts import (
    NO_RANK,
    EntryFacts,
    EntryRef,
    NameFact,
    RepressionFact,
    RulingFact,
    Value,
    Words,
)
from registry.records.conclusions.rules import DEATH_GROUP, PLURAL, SINGLE, is_understood

UNREAD = FuzzyDate("весной", "", None, None)
DATE_FIELDS = {"birth", "death", "arrest", "sentence_date", "execution", "release"}
EDTF = (
    "1937", "1937-11", "1937-11-03", "1937-11-08", "1938", "1938-01-15", "1938-05-02", "1937~",
    "1942?", "193X", "1934/1937", "[1936,1938]", "[..1938]", "[1937..]", "1891-01-03",
    "1891-01-15", "1934-05-17", "1939-05-16",
)  # fmt: skip


def day(edtf: str, calendar: Calendar = Calendar.UNKNOWN) -> FuzzyDate:
    return replace(parse_edtf(edtf), calendar=calendar)


dates = st.one_of(
    st.builds(day, st.sampled_from(EDTF), st.sampled_from(list(Calendar))), st.just(UNREAD)
)
words = st.builds(
    Words,
    st.sampled_from(
        ("Орёл", "г. Орел", "Орловская губерния, г. Орел", "Тверь", "поэт", "поэт, слесарь", "?")
    ),
    st.sampled_from(("", "", "a", "b")),
)
fates = st.sampled_from(
    [Words("", "executed"), Words("расстрелян", "executed"), Words("умер в лагере", "died-in-camp"),
     Words("умер"), Words("неизвестно", "unknown")]
)  # fmt: skip


def values_of(field: str) -> st.SearchStrategy[Value]:
    if field in DATE_FIELDS:
        return dates
    return fates if field == "fate" else words


def statements(fields: tuple[str, ...]) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries({}, optional={field: values_of(field) for field in fields})


@st.composite
def refs(draw: st.DrawFn, most: int = 6) -> list[EntryRef]:
    """Entries of up to three sources, ids in no order; one source may be the editors' own."""
    ranks = {slug: draw(st.sampled_from([1, 3, 3, 4, NO_RANK])) for slug in "abc"}
    count = draw(st.integers(0, most))
    ids = draw(st.permutations(range(1, count + 1)))
    slugs = [draw(st.sampled_from("abc")) for _ in ids]
    return [EntryRef(pk, slug, f"{pk}", ranks[slug]) for pk, slug in zip(ids, slugs, strict=True)]


PERSON_FIELDS = ("sex", "birth", "birth_place", "nationality", "occupation", *DEATH_GROUP)
EPISODE_FIELDS = ("arrest", "arrest_place", "sentence_date", "sentence", "execution", "charge")
assert set(PERSON_FIELDS) <= set(SINGLE + PLURAL + DEATH_GROUP)
assert set(EPISODE_FIELDS) <= set(EPISODE_SINGLE + EPISODE_PLURAL)


@st.composite
def repressions_of(draw: st.DrawFn, ref: EntryRef, *, most: int = 2) -> tuple[RepressionFact, ...]:
    return tuple(
        RepressionFact(
            entry=ref,
            id=ref.id * 10 + position,
            position=position,
            kind=draw(st.sampled_from(["arrest", "arrest", "exile"])),
            values=draw(statements(EPISODE_FIELDS)),
            episode=draw(st.sampled_from([None, None, None, 1, 2])),
        )
        for position in range(1, draw(st.integers(0, most)) + 1)
    )


names = st.builds(
    NameFact,
    st.just(0),
    st.sampled_from(["main", "birth", "transliteration"]),
    st.sampled_from(["Примеров", "Примерова", "Primerov"]),
    st.just("Пример"),
    st.sampled_from(["", "Примерович"]),
    st.sampled_from(["Примеров Пример", "Примеров Пример Примерович", "Primerov Primer"]),
    st.sampled_from(["ru", "uk", "en"]),
    st.sampled_from(["Cyrl", "Latn"]),
)


@st.composite
def entries(draw: st.DrawFn, *, most: int = 6, whole: bool = False) -> list[EntryFacts]:
    """What several entries say of one person; `whole` adds names, repressions and rulings."""
    found = []
    for ref in draw(refs(most)):
        repressions = draw(repressions_of(ref)) if whole else ()
        kinds = ("rehabilitated", "refused", "cancelled", "no-information", "annulled")
        ruled = st.builds(
            RulingFact,
            st.just(ref),
            st.just(0),
            st.sampled_from(kinds),
            st.none() | dates,
            st.sampled_from([None, *(r.position for r in repressions)]),
        )
        found.append(
            EntryFacts(
                ref=ref,
                values=draw(statements(PERSON_FIELDS)),
                names=tuple(draw(st.lists(names, max_size=2))) if whole else (),
                repressions=repressions,
                rulings=tuple(draw(st.lists(ruled, max_size=2))) if whole else (),
                has_role=draw(st.booleans()),
                living_rule=draw(st.sampled_from(["hold", "restrict"])),
            )
        )
    return found


def facts(pk: int, rank: int, **values: Value) -> EntryFacts:
    """Entry `pk` of a source of its own."""
    return EntryFacts(EntryRef(pk, "abcdef"[pk], f"{pk}", rank), values)


def counted(said: Sequence[EntryFacts], name: str) -> list[EntryFacts]:
    """Who states a field so that it counts: of dates only the read ones, where there are any."""
    stating = [entry for entry in said if name in entry.values]
    return [entry for entry in stating if is_understood(entry.values[name])] or stating
