"""Who answers a name: first whoever answers it in full, then, where these are few, who is near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations

import numpy as np

from registry.models import FORMS_A_PERSON, WordRole

from .asked_forms import Candidate, Gathered, assignments, forms, gather, people
from .asking import Asked, AskedWord, joined
from .known import Options, beginning_words, fitting_words, known_words
from .near import near_words
from .partial import gather_partial
from .whole_names import verify

RANKED = 1_000
"""How many people are ranked one by one; any more follow in the order of the list."""
MOST_PEOPLE = 1_000_000
"""Forms that are read to count a result: more are "more than"."""
FEW = 10
"""Where fewer answer in full, near names are looked for as well."""
MOST_NEAR = 20
"""Near names that are told of."""
NEARER = (0.6, 0.0)
"""Words a letter off are asked for before those that are farther."""
LONG = 3
"""Words of which two may be of one part: a family name of two, a patronymic with кызы."""
A_PAIR = 60
"""People looked through for each two words of a long name."""
MOST_OF_SYLLABLES = 300
"""People of names of syllables that are compared as wholes."""
RAREST = 4
"""Words of such a name by whose pairs people are asked for."""

Ids = np.ndarray[tuple[int], np.dtype[np.int64]]


class NameSearch:
    """One question about a name, answered level by level, each when it is asked for."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.words = list(asked.words)

    @cached_property
    def full(self) -> list[Candidate]:
        """Whoever answers every word, best first, at most `RANKED`."""
        return _ranked(self._gathered.best.values())

    @property
    def is_cut(self) -> bool:
        """Whether more people answer in full than are ranked."""
        return self._gathered.is_cut

    @cached_property
    def near(self) -> list[Candidate]:
        """Whoever nearly answers, best first: of nobody's name is more than one part wrong,
        or more than some letters; nobody who answers in full, and nobody for exact questions.
        """
        if self.asked.exact or not self.words or self.is_cut:
            return []
        found = Gathered()
        if len(self.words) <= 3:
            self._gather_near(found)
        for candidate in self._syllables[1]:
            # That syllables differ is the better reason, whatever it is worth.
            if other := found.best.get(candidate.person):
                candidate.score = max(candidate.score, other.score)
            found.best[candidate.person] = candidate
        return _ranked(
            one for person, one in found.best.items() if person not in self._gathered.best
        )

    def all_people(self) -> tuple[Ids, bool]:
        """Return the ids of everyone who answers in full, in order, and whether that is all."""
        if not self.is_cut:
            return np.unique(np.fromiter(self._gathered.best, dtype=np.int64)), True
        found: list[int] = [one * FORMS_A_PERSON for one in self._gathered.best]
        complete = not any(own.is_cut for own in self._options)
        for options in self._tokenisations:
            for way in assignments(options):
                own = people(dict(way), most=MOST_PEOPLE)
                complete = complete and len(own) < MOST_PEOPLE
                found += own
        return np.unique(np.array(found, dtype=np.int64) // FORMS_A_PERSON), complete

    # What answers each word ---------------------------------------------------------------

    @cached_property
    def _known(self) -> tuple[list[Options], dict[int, Options]]:
        """Return what answers each word as a whole, and each two side by side joined."""
        pairs = {
            at: joined(one, other)
            for at, (one, other) in enumerate(zip(self.words, self.words[1:], strict=False))
            if one.role == other.role
            and not (one.pattern or other.pattern or one.initial or other.initial)
        }
        found = known_words([*self.words, *pairs.values()])
        single, double = found[: len(self.words)], found[len(self.words) :]
        whole = {at: own for at, own in zip(pairs, double, strict=True) if own.is_whole()}
        return single, whole

    @cached_property
    def _options(self) -> list[Options]:
        """Return what answers each word: of the last, where it is unknown, also what it begins."""
        single, _ = self._known
        last = len(self.words) - 1
        for at, word in enumerate(self.words):
            if word.pattern:
                single[at].update(fitting_words(word))
            elif word.initial or (at == last and (last == 0 or not single[at].is_whole())):
                single[at].update(beginning_words(word, alone=last == 0))
        return single

    @property
    def _tokenisations(self) -> Iterator[list[Options]]:
        """Yield the answers to the words as they stand, and with two of them joined."""
        yield self._options
        for at, whole in self._known[1].items():
            yield [*self._options[:at], whole, *self._options[at + 2 :]]

    @cached_property
    def _gathered(self) -> Gathered:
        found = Gathered()
        if not self.words:
            return found
        for options in self._tokenisations:
            self._gather_from(options, found)
        for candidate in self._syllables[0]:
            found.add(candidate)
        if not found.best and len(self.words) >= LONG and self._are_all_known():
            self._gather_long(found)
        if not found.best and len(self.words) > 1:
            self._begin_all()
            self._gather_from(self._options, found)
        return found

    def _gather_from(self, options: list[Options], found: Gathered) -> None:
        own = Gathered()
        gather(options, own, most=RANKED)
        found.is_cut = found.is_cut or own.is_cut or any(one.is_cut for one in options)
        for candidate in own.best.values():
            found.add(self._in_order(candidate, options))

    def _in_order(self, candidate: Candidate, options: list[Options]) -> Candidate:
        """Give each of two words that were joined the answer of both."""
        if len(candidate.answers) == len(self.words):
            return candidate
        at = next(at for at, one in self._known[1].items() if options[at] is one)
        answers = candidate.answers
        candidate.answers = (*answers[:at], answers[at], *answers[at:])
        return candidate

    def _are_all_known(self) -> bool:
        return len(self.words) > LONG or all(own.is_whole() for own in self._options)

    def _begin_all(self) -> None:
        for at, word in enumerate(self.words):
            if not self._options[at].is_whole():
                self._options[at].update(beginning_words(word, alone=False))

    def _gather_long(self, found: Gathered) -> None:
        """Find names of more words than parts: by two of the words, the others compared."""
        if any(word.pattern for word in self.words):
            return
        known = [at for at, own in enumerate(self._options) if own]
        rare = sorted(known, key=lambda at: _frequency(self._options[at]))[:RAREST]
        ids: dict[int, None] = {}
        for pair in combinations(sorted(rare), 2):
            for way in assignments([self._options[at] for at in pair]):
                rows = forms(dict(way), most=A_PAIR)
                ids.update(dict.fromkeys(row[0] // FORMS_A_PERSON for row in rows))
        for candidate in verify(self.words, (), list(ids)):
            found.add(candidate)

    @cached_property
    def _syllables(self) -> tuple[list[Candidate], list[Candidate]]:
        """Return those of a name of syllables: whose are the same, and whose are near."""
        if not self.asked.syllables:
            return [], []
        rows = known_words([_of_syllables(key) for key in self.asked.syllables])
        words = {
            word: answer
            for own in rows
            for word, answer in own.by_role.get(WordRole.SYLLABLES, {}).items()
        }
        if not words:
            return [], []
        ids = {row[0] // FORMS_A_PERSON for row in forms({0: words}, most=MOST_OF_SYLLABLES)}
        found = verify(self.words, self.asked.syllables, sorted(ids))
        same = [one for one in found if all(a and not a.letters for a in one.answers)]
        return same, [one for one in found if one not in same]

    # What is near --------------------------------------------------------------------------

    def _gather_near(self, found: Gathered) -> None:
        known = self._options
        surnames = {at for at, own in enumerate(known) if WordRole.FAMILY in own.whole_roles()}
        # Where somebody answers in full, those of a near surname are enough.
        wanted = surnames if self._gathered.best and surnames else range(len(self.words))
        near = [self._nearer(at) if at in wanted else own for at, own in enumerate(known)]
        unknown = [near[at] if not own.is_whole() else own for at, own in enumerate(known)]
        if unknown not in (near, known):
            gather(unknown, found, most=RANKED, steps=NEARER)
        if len(found.best) < FEW:
            gather(near, found, most=RANKED, steps=NEARER)
        if len(self.words) in {2, 3}:
            gather_partial(self.words, known, found)

    def _nearer(self, at: int) -> Options:
        """Return the answers to a word and those near it; what is known as one part of a name
        is not taken for another misspelt: Иванов is no Иван.
        """
        known, own = self._options[at], Options()
        own.update(known)
        near = near_words(self.words[at])
        parts = known.whole_roles()
        own.update(Options({r: a for r, a in near.by_role.items() if not parts or r in parts}))
        return own


def _of_syllables(key: str) -> AskedWord:
    return AskedWord(key, key, (), role=WordRole.SYLLABLES)


def _frequency(options: Options) -> int:
    return sum(one.frequency for own in options.by_role.values() for one in own.values())


def _ranked(found: Iterable[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda one: (-round(one.score, 4), one.person))
