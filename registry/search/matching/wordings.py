"""The words of a question as they may be meant: each by itself, or two side by side as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from registry.models import WordRole

from .asked_forms import Candidate
from .asking import AskedWord, joined
from .known import Options, beginning_words, fitting_words, known_words
from .near import near_words


@dataclass(slots=True)
class Wording:
    """Words, what answers each, and for each word that was typed which of them it is of."""

    words: list[AskedWord]
    options: list[Options]
    spans: tuple[int, ...]

    def restore(self, candidate: Candidate) -> Candidate:
        """Return the candidate with an answer to each word that was typed."""
        if len(self.words) == len(self.spans):
            return candidate
        return replace(candidate, answers=tuple(candidate.answers[at] for at in self.spans))

    def joined(self, at: int, word: AskedWord, options: Options) -> Wording:
        """Return the wording in which a word and the next one are one."""
        return Wording(
            [*self.words[:at], word, *self.words[at + 2 :]],
            [*self.options[:at], options, *self.options[at + 2 :]],
            tuple(own - (own > at) for own in self.spans),
        )

    def begun(self) -> Wording:
        """Return the wording in which every word that is not known may be a beginning, and the
        last one even where it is somebody's name: who types Давид has typed Да.
        """
        options = [Options() for _ in self.words]
        last = self.words[-1]
        for word, old, own in zip(self.words, self.options, options, strict=True):
            own.update(old)
            if not word.initial and (word is last or not old.is_whole()):
                own.update(beginning_words(word, alone=False))
        return Wording(self.words, options, self.spans)

    def nearer(self, wanted: Sequence[int], *, letters: int) -> Wording:
        """Return the wording in which some of the words may be misspelt, by so many letters."""
        alone = len(self.words) == 1
        options = [
            _nearer(word, own, letters, alone=alone) if at in wanted else own
            for at, (word, own) in enumerate(zip(self.words, self.options, strict=True))
        ]
        return Wording(self.words, options, self.spans)

    def surnames(self) -> list[int]:
        """Return which words are known as family names."""
        return [at for at, own in enumerate(self.options) if WordRole.FAMILY in own.whole_roles()]


def _is_whole_word(word: AskedWord) -> bool:
    return bool(word.readings) and not (word.pattern or word.initial)


def _nearer(word: AskedWord, known: Options, letters: int, *, alone: bool) -> Options:
    """Return the answers to a word and those near it; what is asked for alone, and known as one
    part of a name, is not taken for another misspelt: Иванов is no Иван.
    """
    own = Options()
    own.update(known)
    roles = known.whole_roles() if alone else set()
    near = near_words(word, letters=letters)
    own.update(Options({r: a for r, a in near.by_role.items() if not roles or r in roles}))
    return own


class Wordings:
    """All wordings of a question, with what is known of their words: at most three questions."""

    def __init__(self, words: Sequence[AskedWord]) -> None:
        pairs = {
            at: joined(one, other)
            for at, (one, other) in enumerate(pairwise(words))
            if one.role == other.role and _is_whole_word(one) and _is_whole_word(other)
        }
        found = known_words([*words, *pairs.values()])
        options = found[: len(words)]
        last = len(words) - 1
        for at, (word, own) in enumerate(zip(words, options, strict=True)):
            if word.pattern:
                own.update(fitting_words(word))
            elif word.initial or (at == last and (last == 0 or not own.is_whole())):
                own.update(beginning_words(word, alone=last == 0))
        self.typed = Wording(list(words), options, tuple(range(len(words))))
        self._pairs = {
            at: (pairs[at], own) for at, own in zip(pairs, found[len(words) :], strict=True)
        }

    def __iter__(self) -> Iterator[Wording]:
        """Yield the words as typed, and each two that are known as one word so."""
        yield self.typed
        for at, (word, options) in self._pairs.items():
            if options.is_whole():
                yield self.typed.joined(at, word, options)

    def hyphened(self) -> Wording:
        """Return the words with those joined that a hyphen joins, or that are known as one."""
        found = self.typed
        for at in sorted(self._pairs, reverse=True):
            word, options = self._pairs[at]
            one, other = self.typed.words[at : at + 2]
            if one.piece == other.piece or (options.is_whole() and len(found.words) > 3):
                found = found.joined(at, word, options)
        return found
