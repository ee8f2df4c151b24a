"""Who answers a name: first whoever answers it in full, then, where these are few, who is near."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
from django.utils.functional import cached_property

from registry.models import FORMS_A_PERSON, WordRole
from registry.search.ids import Ids, distinct

from .asked_forms import Candidate, Gathered, assignments, forms, gather, people
from .asking import Asked, AskedWord
from .known import known_words
from .partial import gather_partial
from .whole_names import verify
from .wordings import Wording, Wordings

RANKED = 400
"""How many people are ranked one by one; any more follow in the order of the list."""
MOST_PEOPLE, MOST_OF_VAGUE = 300_000, 20_000
"""Forms that are read to count a result, and that of a question of nothing but initials, wildcards
and beginnings of two letters: where there are more, the count is "more than"."""
FEW = 10
"""Where fewer answer in full, near names are looked for as well."""
MOST_NEAR = 20
"""Near names that are told of."""
NEARER = (0.6, 0.0)
"""Words a letter off are asked for before those that are farther."""
PARTS = 3
"""Words of a name that may be misspelt at once: one of each part."""
LONG = 3
"""Words of which two may be of one part: a family name of two, a patronymic with кызы."""
A_PAIR = 60
"""People looked through for each two words of a long name."""
MOST_OF_SYLLABLES = 300
"""People of names of syllables that are compared as wholes."""
RAREST = 4
"""Words of such a name by whose pairs people are asked for."""


class NameSearch:
    """One question about a name, answered level by level, each when it is asked for."""

    def __init__(self, asked: Asked, *, ranked: int | None = None) -> None:
        self.asked = asked
        self._most = ranked or RANKED
        self.words = list(asked.words)
        self._meant: list[Wording] = []
        """The wordings by which whoever answers in full was asked for."""

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
        return self._near(enough=FEW)

    @cached_property
    def first_near(self) -> list[Candidate]:
        """The same, of the first way in which anybody at all nearly answers."""
        return self._near(enough=1)

    def _near(self, *, enough: int) -> list[Candidate]:
        if self.asked.exact or not self.words or self.is_cut:
            return []
        found = Gathered()
        self._gather_near(found, enough)
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
            return distinct(np.fromiter(self._gathered.best, dtype=np.int64)), True
        found = [np.fromiter(self._gathered.best, dtype=np.int64)]
        most = MOST_OF_VAGUE if all(word.is_vague for word in self.words) else MOST_PEOPLE
        complete = not any(own.is_cut for wording in self._meant for own in wording.options)
        for wording in self._meant:
            for way in assignments(wording.options):
                own = people(dict(way), most=max(1, most))
                complete = complete and len(own) < most
                most -= len(own)
                found.append(own)
        return distinct(np.concatenate(found)), complete

    # Who answers in full ------------------------------------------------------------------

    @cached_property
    def _wordings(self) -> Wordings:
        return Wordings(self.words)

    @cached_property
    def _gathered(self) -> Gathered:
        found = Gathered()
        if not self.words:
            return found
        for wording in self._wordings:
            self._meant.append(wording)
            self._gather_from(wording, found)
        for candidate in self._syllables[0]:
            found.add(candidate)
        if not found.best and len(self.words) >= LONG and self._are_all_known():
            self._gather_long(found)
        if not found.best and len(self.words) > 1:
            self._meant.append(self._wordings.open.begun())
            self._gather_from(self._meant[-1], found)
        return found

    def _gather_from(self, wording: Wording, found: Gathered) -> None:
        own = Gathered()
        gather(wording.options, own, most=self._most)
        found.is_cut = found.is_cut or own.is_cut or any(one.is_cut for one in wording.options)
        for candidate in own.best.values():
            found.add(wording.restore(candidate))

    def _are_all_known(self) -> bool:
        options = self._wordings.typed.options
        return len(self.words) > LONG or all(own.is_whole() for own in options)

    def _gather_long(self, found: Gathered) -> None:
        """Find names of more words than parts: by two of the words, the others compared."""
        if any(word.pattern for word in self.words) or all(word.initial for word in self.words):
            return
        options = self._wordings.open.options
        known = [at for at, own in enumerate(options) if own]
        rare = sorted(known, key=lambda at: options[at].frequency)[:RAREST]
        asked = [
            dict(way)
            for pair in combinations(sorted(rare), 2)
            for way in assignments([options[at] for at in pair])
        ]
        met = {row[0] // FORMS_A_PERSON for rows in forms(asked, most=A_PAIR) for row in rows}
        for candidate in verify(self.words, (), sorted(met)):
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
        ids = {row[0] // FORMS_A_PERSON for row in forms([{0: words}], most=MOST_OF_SYLLABLES)[0]}
        found = verify(self.words, self.asked.syllables, sorted(ids))
        same = [one for one in found if all(a and not a.letters for a in one.answers)]
        return same, [one for one in found if one not in same]

    # What is near --------------------------------------------------------------------------

    def _gather_near(self, found: Gathered, enough: int) -> None:
        known = self._wordings.hyphened()
        if len(known.words) > PARTS:
            return
        everything = range(len(known.words))
        in_full = self._gathered.best
        # Where somebody answers in full, those of a surname one letter off are enough.
        letters = 1 if in_full else 2
        wanted = (known.surnames() if in_full else []) or everything
        unknown = [at for at in wanted if not known.options[at].is_whole()]
        near, own = known, Gathered()
        if 0 < len(unknown) < len(everything):
            near = known.nearer(unknown, letters=letters)
            gather(near.options, own, most=self._most, steps=NEARER)
        if len(own.best.keys() - in_full.keys()) < enough:
            others = [at for at in wanted if near is known or at not in unknown]
            near = near.nearer(others, letters=letters)
            gather(near.options, own, most=self._most, steps=NEARER)
        # A page tells of other surnames besides; a suggestion only where nobody else is near.
        if len(known.words) > 1 and (enough == FEW or not own.best.keys() - in_full.keys()):
            gather_partial(known.words, known.options, own)
        for candidate in own.best.values():
            found.add(known.restore(candidate))


def _of_syllables(key: str) -> AskedWord:
    return AskedWord(key, key, (), role=WordRole.SYLLABLES)


def _ranked(found: Iterable[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda one: (-round(one.score, 4), one.person))
