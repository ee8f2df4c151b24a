import re
import time

import pytest
from hypothesis import given, settings, strategies as st

from registry.names import (
    MAX_READINGS,
    MAX_STORED,
    NameParts,
    cleaned,
    fold,
    gender_from_patronymic,
    key,
    match_name,
    mend_lookalikes,
    name_tokens,
    parse_query,
    readings,
    romanise,
    script_of,
    split_full,
    tokens,
)

LETTERS = (
    "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюяўәғқңөұүһABHCETMOPKXaceopxyhijčšžşğıəłżćśńóäöüßáéíâûѣӂ"
)
ANYTHING = st.text(max_size=60) | st.text(st.characters(categories=["Cs", "Cc", "L", "Mn"]))
NAMES = st.text(st.sampled_from(LETTERS + LETTERS.upper() + "-.'’ʻ \u0301\u0306()"), max_size=40)
TEXTS = ANYTHING | NAMES
WORDS = st.text(st.sampled_from("абвгеилмнорстуяabeilmnorstch"), min_size=2, max_size=9)


@given(TEXTS)
@settings(max_examples=500)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tokens(fold(text)) == tokens(text)
    assert cleaned(cleaned(text)) == cleaned(text)


@given(TEXTS)
@settings(max_examples=500)
def test_a_key_is_small_letters_and_that_of_the_folded_word(text: str) -> None:
    assert re.fullmatch("[a-z]*", key(text))
    assert key(fold(text)) == key(text)
    found = readings(text)
    assert len(found) <= MAX_READINGS
    assert len({reading.key for reading in found}) == len(found)
    assert all(re.fullmatch("[a-z]+", reading.key) for reading in found)


CYRILLIC = st.text(st.sampled_from("абвгдежзийклмнопрстуфхцчшщыьэюяіїєў"), min_size=1, max_size=12)
LATIN = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1, max_size=12)
LOOKALIKES = dict(zip("аеорсухіАВЕКМНОРСТХ", "aeopcyxiABEKMHOPCTX", strict=True))


@given(CYRILLIC | LATIN)
@settings(max_examples=500)
def test_the_short_way_of_a_plain_word_is_the_long_one(word: str) -> None:
    # What cannot be printed is taken away first, and turns a word onto the long way.
    long = word + "\u200b"
    assert fold(word) == fold(long)
    assert key(word) == key(long)
    assert readings(word) == readings(long)
    assert name_tokens(word, full=word) == name_tokens(long, full=long)


@given(CYRILLIC, st.data())
def test_a_key_does_not_hear_case_accents_or_letters_of_the_other_alphabet(
    word: str, data: st.DataObject
) -> None:
    assert key(word.upper()) == key(word.title()) == key(word)
    stressed = "".join(letter + "\u0301" if letter in "аеоуыэюя" else letter for letter in word)
    assert key(stressed) == key(word)
    certain = "ж" + word + "ж"
    places = data.draw(st.sets(st.integers(1, len(word))))
    mixed = "".join(
        LOOKALIKES.get(letter, letter) if at in places else letter
        for at, letter in enumerate(certain)
    )
    assert key(mixed) == key(certain)
    assert readings(mixed) == readings(certain)


@given(TEXTS, TEXTS)
def test_nothing_raises_and_every_row_fits_its_column(text: str, other: str) -> None:
    assert len(script_of(text)) == 4
    assert mend_lookalikes(mend_lookalikes(text)) == mend_lookalikes(text)
    assert isinstance(romanise(text), str)
    assert gender_from_patronymic(text) in {"m", "f", None}
    parts = split_full(text)
    match_name(parse_query(other), parts)
    for token in name_tokens(parts.family, parts.given, parts.patronymic, other):
        assert 0 < len(token.folded) <= MAX_STORED
        assert len(token.key) <= MAX_STORED


@given(TEXTS)
def test_taking_a_name_apart_loses_no_word(text: str) -> None:
    parts = split_full(text)
    together = f"{parts.family} {parts.given} {parts.patronymic}"
    assert sorted(tokens(together)) == sorted(tokens(text))


@given(WORDS, WORDS, WORDS)
def test_a_name_always_matches_itself(family: str, given_name: str, patronymic: str) -> None:
    match = match_name(
        parse_query(f"{family} {given_name} {patronymic}"),
        NameParts(family, given_name, patronymic),
    )
    assert match
    assert match.score == pytest.approx(1)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_the_order_of_the_words_asked_does_not_matter(
    asked: list[str], data: st.DataObject
) -> None:
    parts = NameParts(asked[0], " ".join(asked[1:]), data.draw(WORDS))
    turned = data.draw(st.permutations(asked))
    one = match_name(parse_query(" ".join(asked)), parts)
    other = match_name(parse_query(" ".join(turned)), parts)
    assert one
    assert other
    assert one.score == pytest.approx(other.score)


@given(st.text(st.sampled_from(LETTERS + " .-"), max_size=60))
def test_lone_surrogates_and_nuls_are_harmless(text: str) -> None:
    dirty = "\x00" + "\ud800".join(text) + "\udfff"
    assert cleaned(dirty) == cleaned(text)
    assert fold(dirty) == fold(text)
    assert split_full(dirty) == split_full(text)
    assert parse_query(dirty) == parse_query(text)


@pytest.mark.parametrize("unit", ["я", "Щё", "sch", "а ", "О.", "(", "h", "ʻ", "Hи", "-а"])
def test_time_is_linear_in_the_length(unit: str) -> None:
    text = unit * (10_000 // len(unit))
    started = time.perf_counter()
    for work in (fold, key, readings, romanise, split_full, gender_from_patronymic, parse_query):
        work(text)
    name_tokens(full=text)
    assert time.perf_counter() - started < 5
