"""The words of a question as they may be meant: each by itself, or two side by side as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.functional import cached_property

from registry.models import WordRole

from .asked_forms import Candidate
from .asking import AskedWord, joined
from .beside import words_beside
from .known import Options, beginning_words, fitting_words, initial_among, known_words
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

    def with_more(self, more: Mapping[int, Options]) -> Wording:
        """Return the wording with more answers to some of its words."""
        options = list(self.options)
        for at, other in more.items():
            options[at] = Options()
            options[at].update(self.options[at])
            options[at].update(other)
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
    """All wordings of a question, with what is known of their words: at most four questions."""

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
            elif at == last and not word.initial and (last == 0 or not own.is_whole()):
                own.update(beginning_words(word, alone=last == 0))
        self._pairs = {
            at: (pairs[at], own) for at, own in zip(pairs, found[len(words) :], strict=True)
        }
        self._written = Wording(list(words), options, tuple(range(len(words))))

    @cached_property
    def typed(self) -> Wording:
        """The words as typed; an initial stands for names that people have together with the
        others, where they are few.
        """
        initials = self._initials
        others = [at for at in range(len(self._written.words)) if at not in initials]
        if not initials or not others:
            return self.open
        meant = map(self._meant_by, others)
        beside = words_beside(min(meant, key=lambda own: sum(one.frequency for one in own)))
        if beside is None:
            return self.open
        return self._written.with_more(
            {at: initial_among(word, beside) for at, word in initials.items()}
        )

    @cached_property
    def open(self) -> Wording:
        """The words as typed; an initial stands for every name that begins so."""
        alone = len(self._written.words) == 1
        return self._written.with_more(
            {at: beginning_words(word, alone=alone) for at, word in self._initials.items()}
        )

    @cached_property
    def _initials(self) -> dict[int, AskedWord]:
        words = self._written.words
        return {at: word for at, word in enumerate(words) if word.initial and not word.exact}

    def _meant_by(self, at: int) -> list[Options]:
        """Return the answers to a word, by itself and as one with the word on either side."""
        pairs = [self._pairs[own][1] for own in (at - 1, at) if own in self._pairs]
        return [self._written.options[at], *pairs]

    def __iter__(self) -> Iterator[Wording]:
        """Yield the words as typed, and each two that are known as one word so."""
        yield self.typed
        for at, (word, options) in self._pairs.items():
            if options.is_whole():
                yield self.typed.joined(at, word, options)

    def hyphened(self) -> Wording:
        """Return the words with those joined that a hyphen joins, or that are known as one."""
        found = self.open
        for at in sorted(self._pairs, reverse=True):
            word, options = self._pairs[at]
            one, other = self._written.words[at : at + 2]
            if one.piece == other.piece or (options.is_whole() and len(found.words) > 3):
                found = found.joined(at, word, options)
        return found
