"""The words of the vocabulary that answer a word asked for, and how: by letters, sound, forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from registry.models import WordRole
from registry.names import equivalents, patronymic_equivalents
from registry.search.index.rows import READING, WORD, ask, begins, each_range, numbers, places

from .asking import AskedWord

SYLLABLES = WordRole.SYLLABLES
PARTS = (WordRole.FAMILY, WordRole.GIVEN, WordRole.PATRONYMIC)
INITIALS = (WordRole.GIVEN, WordRole.PATRONYMIC)
SHORTEST_KEY_PREFIX = 3
"""Letters of a key that are enough for a beginning: two would meet half the registry."""
MOST_BEGINNINGS = 1_000
"""Words that begin in one way that are looked through: those that most people have."""
SHORT, MOST_OF_SHORT = 2, 300
"""Letters with which a great part of the vocabulary begins, and how many of those are told of."""
MOST_FREQUENT = "ORDER BY w.frequency DESC, w.id"
MOST_SCANNED = 5_000
"""Words that a wildcard's first letters lead to, of which the rest is compared."""

# Whole words before parts of words, what is written before what is heard; a beginning is worth
# the more the more of the word it is, and is never worth a whole word.
EXACT, READING_SCORE, PATTERN, EQUIVALENT = 1.0, 0.95, 0.9, 0.85
BEGINNING, HEARD_BEGINNING, INITIAL, BEGINNING_GAIN = 0.6, 0.5, 0.45, 0.2
WORTH = {
    "exact": EXACT,
    "reading": READING_SCORE,
    "equivalent": EQUIVALENT,
    "initial": INITIAL,
}
"""What a word is worth by how it answers."""
FORMS: dict[int, Callable[[str], Iterable[str]]] = {
    WordRole.GIVEN: equivalents,
    WordRole.PATRONYMIC: patronymic_equivalents,
}
"""What gives the other forms of a key, by the part of the name that has them."""


class Answer(NamedTuple):
    """How a word answers: the score in 0..1, the kind, the orthography it was read in.

    `folded` is the word, `frequency` how many people have it, `letters` how many differ.
    """

    score: float
    kind: str
    scheme: str
    folded: str
    frequency: int
    letters: int = 0


Answers = dict[int, Answer]
VocabularyRow = tuple[int, int, str, str, int]
"""A word of the vocabulary: its id, part, letters and keys, and how many people have it."""


@dataclass(slots=True)
class Options:
    """All answers to one word asked for, by the part of the name and the id of the word."""

    by_role: dict[int, Answers] = field(default_factory=dict)
    is_cut: bool = False
    """Whether there are more than were looked through."""

    def add(self, role: int, word: int, answer: Answer) -> None:
        """Keep an answer, unless the word answers better already."""
        own = self.by_role.setdefault(role, {})
        if word not in own or own[word].score < answer.score:
            own[word] = answer

    def update(self, other: Options) -> None:
        """Take over the answers of another."""
        for role, own in other.by_role.items():
            for word, answer in own.items():
                self.add(role, word, answer)
        self.is_cut = self.is_cut or other.is_cut

    def __bool__(self) -> bool:
        return any(self.by_role.values())

    @property
    def frequency(self) -> int:
        """How many people have one of the words; who has two is counted twice."""
        return sum(one.frequency for own in self.by_role.values() for one in own.values())

    def whole_roles(self) -> set[int]:
        """Return as which parts a word answers as a whole: typed so, sounding so, another form."""
        return {
            role
            for role, own in self.by_role.items()
            if any(answer.score >= EQUIVALENT for answer in own.values())
        }

    def is_whole(self) -> bool:
        """Whether a word answers as a whole, as any part."""
        return bool(self.whole_roles())


def known_words(asked: Sequence[AskedWord]) -> list[Options]:
    """Return what answers each word as a whole: by its letters, its keys, its other forms."""
    found = [Options() for _ in asked]
    plain = [at for at, word in enumerate(asked) if not word.pattern]
    wanted: dict[int, dict[str, list[tuple[int, str, str]]]] = {}
    for at in plain:
        for role, key, kind, scheme in _wanted_keys(asked[at]):
            wanted.setdefault(role, {}).setdefault(key, []).append((at, kind, scheme))
    written: dict[str, list[int]] = {}
    for at in plain:
        written.setdefault(asked[at].folded, []).append(at)
    for pk, role, key, folded, frequency in _rows(wanted, written):
        if key:
            fitting = wanted[role][key]
        else:
            may_be = (at for at in written[folded] if asked[at].role in {None, role})
            fitting = [(at, "exact", "") for at in may_be]
        for at, kind, scheme in fitting:
            # The record has a letter where a word was asked for.
            if kind != "initial" or len(folded) == 1:
                found[at].add(role, pk, Answer(WORTH[kind], kind, scheme, folded, frequency))
    return found


def _wanted_keys(word: AskedWord) -> Iterator[tuple[int, str, str, str]]:
    """Yield the part and the key of what answers a word, how it does, and the orthography it is
    read in.
    """
    if word.exact:
        return
    roles = _roles(word)
    for key, scheme in _schemes(word):
        for role in roles:
            yield role, key, "reading", scheme
        if word.initial:
            continue
        for role in roles:
            if role != SYLLABLES:
                yield role, key[:1], "initial", ""
            for other in FORMS[role](key) if role in FORMS else ():
                yield role, other, "equivalent", scheme


def _schemes(word: AskedWord) -> list[tuple[str, str]]:
    return [(one.key, one.scheme) for one in word.readings] or [(word.folded, "")]


def _rows(
    keys: Mapping[int, Collection[str]], written: Collection[str]
) -> list[tuple[int, int, str, str, int]]:
    """Return the words that are read as one of the keys, by part, and those written so, with no
    key. Of words that somebody has: the id, the part, the key, the letters, how many have it.
    """
    ways = [
        f"SELECT w.id, w.role, r.key, w.folded, w.frequency FROM {READING} r "  # noqa: S608 (our own names)
        f"JOIN {WORD} w ON w.id = r.word_id "
        f"WHERE r.role = {int(role)} AND r.key IN ({places(own)}) AND w.frequency > 0"
        for role, own in keys.items()
    ]
    ways.append(
        f"SELECT id, role, '', folded, frequency FROM {WORD} "  # noqa: S608 (our own names)
        f"WHERE role IN (1, 2, 3) AND folded IN ({places(written)}) AND frequency > 0"
    )
    return ask(" UNION ALL ".join(ways), [*chain.from_iterable(keys.values()), *written])


def beginning_words(word: AskedWord, *, alone: bool) -> Options:
    """Return the words that begin as one asked for, as it is written or as it sounds.

    An initial that is not `alone` is that of a given name or a patronymic.
    """
    if word.exact or word.pattern:
        return Options()
    # All that begin with so few letters would take too long: some of them, and it is said.
    is_short = alone and len(word.folded) <= SHORT
    if word.initial:
        return _of_initial(word, _roles(word) if alone else _roles(word, INITIALS), short=is_short)
    found = Options()
    ways = [("w.folded", word.folded, "")]
    ways += [
        ("r.key", key, scheme) for key, scheme in _schemes(word) if len(key) >= SHORTEST_KEY_PREFIX
    ]
    questions, parameters = [], []
    order, most = ("", MOST_OF_SHORT) if is_short else (MOST_FREQUENT, MOST_BEGINNINGS)
    for number, (column, start, _) in enumerate(ways):
        condition, own = begins(column, start)
        source = f"{READING} r JOIN {WORD} w ON w.id = r.word_id" if number else f"{WORD} w"
        questions.append(
            f"SELECT * FROM (SELECT {number}, w.id, w.role, w.folded, {column}, w.frequency "  # noqa: S608 (our own names)
            f"FROM {source} WHERE {column[0]}.role IN ({numbers(_roles(word))}) AND {condition} "
            f"AND w.frequency > 0 {order} LIMIT {most}) way{number}"
        )
        parameters += own
    rows = ask(" UNION ALL ".join(questions), parameters)
    found.is_cut = max(Counter(row[0] for row in rows).values(), default=0) >= most
    for number, pk, role, folded, text, frequency in rows:
        _, start, scheme = ways[number]
        score, kind = (BEGINNING, "prefix") if number == 0 else (HEARD_BEGINNING, "reading-prefix")
        score += BEGINNING_GAIN * len(start) / max(1, len(text))
        found.add(role, pk, Answer(score, kind, scheme, folded, frequency))
    return found


def _of_initial(word: AskedWord, roles: Sequence[int], *, short: bool) -> Options:
    """Return the words with an initial: all are worth the same, however they begin with it."""
    ways = [("word_id", READING, "key", key) for key, _ in _schemes(word)]
    ways.append(("id", WORD, "folded", word.folded))
    order, most = ("", MOST_OF_SHORT) if short else (MOST_FREQUENT, MOST_BEGINNINGS)
    questions, parameters = [], []
    for pk, table, column, start in ways:
        condition, own = begins(column, start)
        met = f"SELECT {pk} AS id FROM {table} WHERE role IN ({numbers(roles)}) AND {condition}"  # noqa: S608 (our own names)
        questions.append(f"SELECT id FROM ({met}{f' LIMIT {most}' if short else ''}) met")  # noqa: S608 (our own names)
        parameters += own
    many = most * len(ways)
    each = each_range(WORD, "w", "met.id", "met.id", most=1)
    rows = ask(
        f"WITH met(id) AS ({' UNION '.join(questions)}) "  # noqa: S608 (our own names)
        "SELECT w.id, w.role, w.folded, w.keys, w.frequency "
        f"FROM (SELECT w.* FROM met CROSS JOIN {each}) w "
        f"WHERE w.frequency > 0 {order} LIMIT {many}",
        parameters,
    )
    found = initial_among(word, rows, roles)
    found.is_cut = len(rows) >= (most if short else many)
    return found


def initial_among(
    word: AskedWord, rows: Iterable[VocabularyRow], roles: Sequence[int] | None = None
) -> Options:
    """Return those of some words of the vocabulary that an initial may stand for, as one of the
    parts (None: those of an initial beside other words).
    """
    roles, schemes = roles or _roles(word, INITIALS), _schemes(word)
    found = Options()
    for pk, role, folded, keys, frequency in rows:
        scheme = "" if folded.startswith(word.folded) else _scheme_of(keys, schemes)
        if scheme is not None and role in roles:
            found.add(role, pk, Answer(INITIAL, "initial", scheme, folded, frequency))
    return found


def _scheme_of(keys: str, schemes: Sequence[tuple[str, str]]) -> str | None:
    """Return the first of the orthographies in which what was asked for begins one of the keys,
    None where it begins none.
    """
    own = keys.split()
    return next((name for key, name in schemes if any(one.startswith(key) for one in own)), None)


def _roles(word: AskedWord, parts: tuple[int, ...] = PARTS) -> tuple[int, ...]:
    """Return the parts of a name that a word may be, where no box says which."""
    return (word.role,) if word.role else parts


def fitting_words(word: AskedWord) -> Options:
    """Return the words that a word with wildcards fits: `*` any letters, `?` one letter."""
    found = Options()
    start = re.split(r"[*?]", word.pattern, maxsplit=1)[0]
    shape = re.compile(
        "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in word.pattern)
    )
    if start:
        condition, parameters = begins("folded", start)
    else:
        literal = re.sub(r"([\\%_])", r"\\\1", word.pattern)
        like = literal.replace("*", "%").replace("?", "_")
        condition, parameters = "folded LIKE %s ESCAPE '\\'", [like]
    rows = ask(
        f"SELECT id, role, folded, frequency FROM {WORD} "  # noqa: S608 (our own names)
        f"WHERE role IN ({numbers(_roles(word))}) AND {condition} AND frequency > 0 "
        f"LIMIT {MOST_SCANNED}",
        parameters,
    )
    found.is_cut = len(rows) == MOST_SCANNED
    for pk, role, folded, frequency in rows:
        if shape.fullmatch(folded):
            found.add(role, pk, Answer(PATTERN, "pattern", "", folded, frequency))
    return found
