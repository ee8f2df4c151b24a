"""Words of the vocabulary that are near to one asked for, and how near: what is misspelt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from registry.models import WordRole
from registry.names import family_stem, skeleton as skeleton_of, spelling_distance
from registry.search.index.rows import READING, TRACE, WORD, ask, each_range
from registry.search.index.traces import MOST_READINGS, SHORTEST_FOR_TWO, ranges, traces

from .asking import AskedWord
from .known import Answer, Options

MOST_NEAR = 40
"""Near words that are weighed letter by letter, the nearest and then the most frequent first."""
MOST_OF_TRACE = 5_000
"""Readings that share one trace, at the most."""
READINGS = 3
"""Readings of a word asked for of which near ones are looked for."""
FARTHEST = 2.0
SAME_HEAD = 3
"""Letters with which names of one family begin alike, whatever they end in."""
skeleton = lru_cache(maxsize=65536)(skeleton_of)
CLOSE, A_LETTER, SOUNDS_ALIKE, OF_A_FAMILY = 0.8, 0.18, 0.55, 0.5
"""What a near word is worth: so much, less so much a letter; at the least, alike in consonants,
and one but for the endings of a family."""
OTHER_ALPHABET = 0.03
"""What is lost where sounds were compared: a name as the reader writes comes before one that is
shorter and in another alphabet (мандельшатм is Мандельштам before Mandelsztam)."""


def near_words(word: AskedWord, *, letters: int = 2) -> Options:
    """Return the words at most two letters from one asked for, or alike but for their vowels or
    the endings of a family; each with the letters it differs by, misread ones counted less. With
    `letters` 1, one letter is enough.
    """
    found = Options()
    if word.exact or word.pattern or word.initial:
        return found
    keys = [reading.key for reading in word.readings[:READINGS]]
    rows = _traced(keys, word.role, letters)
    if not rows:
        return found
    # Near by its sounds or by its letters: a letter more or less can change how others are read.
    ways = [(keys, [row[2] for row in rows]), ([word.folded], [row[3] for row in rows])]
    heard, spelled = (cdist(*way, scorer=OSA.distance, score_cutoff=3).min(axis=0) for way in ways)
    distances = zip(heard.tolist(), np.minimum(heard, spelled).tolist(), strict=True)
    stems = {family_stem(key) for key in keys}
    bones = {skeleton(key) for key in keys}
    ranked = []
    shortest = min(map(len, keys))
    for (sounds, distance), (pk, role, key, folded, frequency) in zip(distances, rows, strict=True):
        most = letters if min(len(key), shortest) >= SHORTEST_FOR_TWO else 1
        is_kin = is_like = False
        if sounds > most:
            is_like = len(key) > 3 and skeleton(key) in bones
            is_kin = (
                role == WordRole.FAMILY
                and any(key.startswith(own[:SAME_HEAD]) for own in keys)
                and family_stem(key) in stems
            )
        if distance <= most or is_kin or is_like:
            ranked.append((distance, -frequency, pk, role, key, folded, is_kin, is_like))
    ranked.sort()
    for _, less, pk, role, key, folded, is_kin, is_like in ranked[:MOST_NEAR]:
        found.add(
            role, pk, _weighed(word, keys, key, folded, -less, is_kin=is_kin, is_like=is_like)
        )
    return found


def _weighed(
    word: AskedWord, keys: Sequence[str], key: str, folded: str, frequency: int,
    *, is_kin: bool, is_like: bool,
) -> Answer:  # fmt: skip
    # Letters of two alphabets are compared by their sounds.
    alike = word.folded.isascii() == folded.isascii()
    pairs = [(word.folded, folded)] if alike else [(own, key) for own in keys]
    far = [spelling_distance(one, other, limit=FARTHEST) for one, other in pairs]
    distance = min((one for one in far if one is not None), default=FARTHEST + 1)
    score = CLOSE - A_LETTER * distance
    least = SOUNDS_ALIKE if is_like else OF_A_FAMILY if is_kin else 0.0
    # Of long words two letters are less than of short ones.
    score -= 0.1 * distance / max(4, len(key)) + (0 if alike else OTHER_ALPHABET)
    kind = "close" if score >= least else "sound" if is_like else "kin"
    letters = min(OSA.distance(one, other) for one, other in pairs)
    return Answer(max(score, least), kind, "", folded, frequency, max(1, letters))


def _traced(
    keys: Sequence[str], role: int | None, letters: int
) -> list[tuple[int, int, str, str, int]]:
    roles = [role] if role else [WordRole.FAMILY, WordRole.GIVEN, WordRole.PATRONYMIC]
    wanted = {trace for key in keys for own in roles for trace in traces(key, own, letters=letters)}
    if not wanted:
        return []
    values = ",".join(f"({first},{last})" for first, last in ranges(wanted))
    met = each_range(TRACE, "trace", "low", "high", most=MOST_OF_TRACE)
    read = each_range(READING, "r", "met.reading", "met.reading", most=1)
    part = f"AND w.role = {int(role)}" if role else ""
    return ask(
        f"WITH wanted(low, high) AS (VALUES {values}), met(reading) AS ("  # noqa: S608 (our own names and numbers)
        f"SELECT DISTINCT trace.id % {MOST_READINGS} FROM wanted CROSS JOIN {met}), "
        f"near(word, key) AS (SELECT r.word_id, r.key FROM met CROSS JOIN {read}) "
        f"SELECT w.id, w.role, near.key, w.folded, w.frequency FROM near CROSS JOIN {WORD} w "
        f"WHERE w.id = near.word AND w.frequency > 0 {part}"
    )
