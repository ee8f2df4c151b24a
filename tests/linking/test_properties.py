"""What holds of every comparison: the same both ways, brothers apart, distance as in textbooks."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given, strategies as st

from registry.dates import parse_edtf
from registry.linking import LIKELY, Comparison, KnownName, Profile, Reason, compare
from registry.linking.candidates import LETTERS, keys_near
from registry.linking.evidence import BLOCKS, WEIGHTS
from registry.linking.likeness import is_within

FAMILIES = ("Примеров", "Примерова", "Primerov", "Апримеров", "Выдуманов-Примеров", "П.", "")
GIVEN = ("Иван", "Ян", "Jan", "Пётр", "Хасан", "Хусан", "И.", "Марта Элла", "Примеров", "")
PATRONYMICS = ("Иванович", "Ивановна", "Янович", "Петрович", "Osipovich", "Иосифович", "")
DATES = tuple(
    map(parse_edtf, ("1890", "1890-05-07", "1890-05-19", "1891~", "1903", "1937-08", "1938-01-10"))
)
PLACES = ("с. Примерово", "Примеровская губ.", "г. Выдуманск, ул. Ложная, д. 1", "Vydumansk", "")
NAMES = st.builds(
    KnownName,
    st.sampled_from(FAMILIES),
    st.sampled_from(GIVEN),
    st.sampled_from(PATRONYMICS),
    st.sampled_from(("", "Иван Петрович Примеров", "!")),
)


def some(values: tuple[object, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


PROFILES = st.builds(
    Profile,
    names=st.lists(NAMES, max_size=3).map(tuple),
    sex=st.sampled_from(("", "", "m", "f")),
    births=some(DATES),
    deaths=some(DATES),
    false_deaths=some(DATES),
    birth_places=some(PLACES),
    residences=some(PLACES),
    arrests=some(DATES),
    sentences=some(DATES),
    occupations=some(("слесарь", "слесарь депо", "поэт")),
    nationalities=some(("русский", "русская", "немец")),
    archive_files=some(("Р-12345", "12345", "1")),
    entries=st.frozensets(st.integers(1, 3), max_size=2),
    apart=st.frozensets(st.integers(3, 5), max_size=1),
)


@given(PROFILES, PROFILES)
def test_a_comparison_is_the_same_both_ways(left: Profile, right: Profile) -> None:
    there, back = compare(left, right), compare(right, left)
    assert there == compare(left, right)
    assert there.score == back.score
    assert turned(there) == turned(back, mirrored=True)


def turned(found: Comparison, *, mirrored: bool = False) -> list[Reason]:
    """Return the reasons of a comparison; where both died before the other's arrest, either."""
    reasons = [*found.reasons, *([found.blocked] if found.blocked else [])]
    turned = [reason.mirrored if mirrored else reason for reason in reasons]
    return [reason for reason in turned if reason.code not in EITHER] + [
        reason if str(reason.left) < str(reason.right) else reason.mirrored
        for reason in turned
        if reason.code in EITHER
    ]


EITHER = {"death.before-arrest", "death.before-birth", "arrest.before-birth", "order.unclear"}


@given(PROFILES, PROFILES)
def test_a_score_is_the_sum_of_its_reasons_and_a_block_is_nought(
    left: Profile, right: Profile
) -> None:
    found = compare(left, right)
    assert 0 <= found.score <= max(0, min(100, found.sum))
    assert {reason.code for reason in found.reasons} <= WEIGHTS.keys()
    if found.blocked:
        assert found.score == 0
        assert found.blocked.code in BLOCKS


@given(PROFILES, PROFILES, st.sampled_from([field.name for field in fields(Profile)][2:11]))
def test_a_field_one_side_does_not_know_gives_no_reason(
    left: Profile, right: Profile, name: str
) -> None:
    unknown = compare(replace(left, **{name: ()}), right)
    only_here = compare(replace(left, **{name: ()}), replace(right, **{name: ()}))
    if name in {"birth_places", "residences", "sentences"}:
        assert unknown == only_here


@given(
    PROFILES,
    PROFILES,
    st.sampled_from([("Иван", "Павел"), ("Пётр", "Иван"), ("Хасан", "Хусан"), ("Мария", "Анна")]),
)
def test_brothers_and_sisters_are_never_likely_one(
    left: Profile, right: Profile, given: tuple[str, str]
) -> None:
    one, other = (
        replace(profile, names=(KnownName("Примеров", name, "Петрович"),))
        for profile, name in zip((left, right), given, strict=True)
    )
    alike = replace(one, names=other.names, entries=frozenset())
    assert compare(one, other).score < LIKELY
    assert compare(one, alike).score < LIKELY


def textbook(left: str, right: str) -> int:
    """Optimal string alignment by its recurrence, without memory or bound."""
    if not left or not right:
        return len(left) + len(right)
    ways = [
        textbook(left[:-1], right) + 1,
        textbook(left, right[:-1]) + 1,
        textbook(left[:-1], right[:-1]) + (left[-1] != right[-1]),
    ]
    if len(left) > 1 and left[-1] == right[-2:-1] and left[-2] == right[-1]:
        ways.append(textbook(left[:-2], right[:-2]) + 1)
    return min(ways)


WORDS = st.text(st.sampled_from("abc"), max_size=5)


@given(WORDS, WORDS, st.integers(0, 3))
def test_the_bounded_distance_is_that_of_the_textbook(left: str, right: str, most: int) -> None:
    assert is_within(left, right, most) == (textbook(left, right) <= most)


@given(st.text(st.sampled_from(LETTERS), min_size=1, max_size=6), st.data())
def test_keys_near_are_those_one_letter_away(key: str, data: st.DataObject) -> None:
    near = keys_near(key)
    assert all(is_within(key, other, 1) for other in data.draw(st.permutations(sorted(near)))[:20])
    at = data.draw(st.integers(0, len(key) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    made = {
        key[:at] + letter + key[at:],
        key[:at] + key[at + 1 :],
        key[:at] + letter + key[at + 1 :],
    }
    assert made - {key, ""} <= near
