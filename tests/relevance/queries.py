"""The queries, by class: what is typed, and whose name answers it.

A query is a name written in some way. Right is whoever's name, written in the same way, gives the
same text: namesakes cannot be told apart by it, and are all right. Where the way is a matter of
chance (a mistake) or of a table, right is who bears the name it was made of, or the very name
that was typed. Classes `nobody …` have no right answer.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.naming import Name, traditions

from . import forms
from .mistakes import mistype
from .people import CYRILLIC, Subject, draw_subjects, namesakes
from .standards import Writer, standards

Spelling = Callable[[Name], str]
LONG = 5
"""Letters of a word that is mistyped, where a name has one so long."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One query: its class, what stands in the boxes, and what tells a right name.

    `suggested`: it is asked while it is typed. `nobody`: nobody has the name.
    """

    kind: str
    boxes: dict[str, str]
    answers: Callable[[Name], bool] = field(repr=False, default=lambda _: False)
    suggested: bool = False
    nobody: bool = False
    wanted: str = ""


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _by_spelling(kind: str, spelling: Spelling, one: Subject) -> Asked:
    """Ask for whoever's name is written as this one's is."""
    text = spelling(one.name)

    def answers(name: Name) -> bool:
        if name == one.name:
            return True
        # What cannot be written so is another's.
        return bool(CYRILLIC.fullmatch(name.full)) and _folded(spelling(name)) == _folded(text)

    return Asked(kind, {"q": text}, answers, wanted=one.name.full)


def _by_name(kind: str, typed: Name, wanted: Name) -> Asked:
    """Ask for whoever has the wanted name, or the very one typed; an empty part is any."""
    right = [tuple(map(_folded, name)) for name in (wanted, typed)]

    def answers(name: Name) -> bool:
        parts = tuple(map(_folded, name))
        return any(
            all(part in {"", own} for part, own in zip(one, parts, strict=True)) for one in right
        )

    return Asked(kind, {"q": typed.full}, answers, wanted=wanted.full)


def _initials(name: Name) -> str:
    return f"{name.family} {name.given[:1]}. {name.patronymic[:1]}."


def _two(name: Name) -> str:
    return f"{name.family} {name.given}"


PLAIN: dict[str, Spelling] = {
    "exact": lambda name: name.full,
    "surname only": lambda name: name.family,
    "no patronymic": _two,
    "initials": _initials,
    "swapped": lambda name: f"{name.given} {name.patronymic} {name.family}",
}
"""Ways to write a name that leave something out, and change no letter."""


class Maker:
    """Makes queries of people, so many of each class."""

    def __init__(self, subjects: Sequence[Subject], rng: random.Random, count: int) -> None:
        self.rng, self.count, self.subjects = rng, count, subjects

    def some(self, fits: Callable[[Subject], object] = lambda _: True) -> Iterator[Subject]:
        """Yield people that fit, in another order each time, as many as are wanted."""
        found = 0
        for one in self.rng.sample(self.subjects, len(self.subjects)):
            if found == self.count:
                return
            if fits(one):
                found += 1
                yield one

    def plain(self) -> Iterator[Asked]:
        """Yield names as they are filed, whole and in part."""
        for kind, spelling in PLAIN.items():
            for one in self.some(lambda one: one.name.patronymic):
                yield _by_spelling(kind, spelling, one)
        for one in self.some(lambda one: one.name.patronymic):
            filled = dict(zip(("family", "given", "patronymic"), one.name, strict=True))
            yield Asked("boxes", filled, one.name.__eq__, wanted=one.name.full)
        for one in self.some(lambda one: one.others):
            other = self.rng.choice(one.others)
            yield _by_name("alias", other, other)

    def beginnings(self) -> Iterator[Asked]:
        """Yield what has been typed so far: a surname to its fifth letter or further, or more."""
        for one in self.some(lambda one: len(one.name.family) > 6):
            text = one.name.family[: self.rng.randrange(5, len(one.name.family))]
            if self.rng.random() < 0.5:
                text = f"{one.name.family} {one.name.given[:2]}"
            yield Asked("prefix", {"q": text}, _begins(text), suggested=True, wanted=one.name.full)

    def variants(self) -> Iterator[Asked]:
        """Yield names with another form of the given name."""
        known = forms.table()
        for one in self.some(lambda one: known.get(one.name.given, {}).get("variants")):
            other = one.name._replace(given=self.rng.choice(known[one.name.given]["variants"]))
            yield _by_name("given variant", other, one.name)

    def latin(self, which: str) -> Iterator[Asked]:
        """Yield names in Latin letters, by every standard of a set."""
        for standard, writer in standards(which).items():
            spelling = _in(writer)
            for one in self.some():
                yield _by_spelling(f"Latin: {standard}", spelling, one)

    def languages(self) -> Iterator[Asked]:
        """Yield names in the forms that other languages have of them."""
        for language in forms.LANGUAGES:

            def spelling(name: Name, language: str = language) -> str:
                return forms.form(name, language)

            for one in self.some(lambda one, to=language: forms.given(one.name.given, to)):
                yield _by_spelling(f"form: {language}", spelling, one)

    def mistakes(self, which: str) -> Iterator[Asked]:
        """Yield names with mistakes: one, one in Latin letters, two in two words, two in one."""
        for one in self.some():
            wanted = self._cut(one.name)
            typed = self._wrong(wanted, *self.rng.sample(_words(wanted), 1))
            yield _by_name("one typo", typed, wanted)
        writers = list(standards(which).values())
        for one in self.some():
            write = _in_word(self.rng.choice(writers))
            wanted = self._cut(one.name)
            latin = Name(*map(write, wanted))
            typed = self._wrong(latin, *self.rng.sample(_words(latin), 1))
            yield _by_name("one typo in Latin", typed, wanted)
        for one in self.some(lambda one: len(_words(one.name)) > 1):
            typed = self._wrong(one.name, *self.rng.sample(_words(one.name), 2))
            yield _by_name("two typos in two words", typed, one.name)
        for one in self.some(lambda one: len(one.name.family) > 6):
            wanted = self._cut(one.name)
            yield _by_name("two typos in the surname", self._wrong(wanted, 0, 0), wanted)

    def _wrong(self, name: Name, *parts: int) -> Name:
        words = list(name)
        for part in parts:
            words[part] = mistype(self.rng, words[part])
        return Name(*words)

    def _cut(self, name: Name) -> Name:
        """Leave the patronymic out of every third name."""
        return name if self.rng.random() < 0.67 else name._replace(patronymic="")

    def nobody(self) -> Iterator[Asked]:
        """Yield names that nobody bears: an unknown surname, and known words never met together."""
        for kind, make, free in (
            ("nobody: unknown surname", self._unknown, lambda _, namesakes: not namesakes),
            ("nobody: never together", self._shuffled, _far),
        ):
            names = [make() for _ in range(self.count * 4)]
            known = namesakes({name.family for name in names})
            fitting = [name for name in names if free(name, known.get(name.family, ()))]
            for name in fitting[: self.count]:
                yield Asked(kind, {"q": name.full}, nobody=True)

    def _unknown(self) -> Name:
        """Return a surname beyond those of the generated people, with a name in use."""
        slavic = traditions()[0][0]
        surname = slavic.surname(self.rng.randrange(10**9, 10**12), woman=False)
        return Name(surname, *self.rng.choice(self.subjects).name[1:])

    def _shuffled(self) -> Name:
        one, two, three = (subject.name for subject in self.rng.sample(self.subjects, 3))
        return Name(one.family, two.given, three.patronymic)


def _far(name: Name, others: Sequence[Name]) -> bool:
    """Return whether none of the others, of the same surname, could be meant by the name."""
    return bool(name.patronymic) and not any(
        other.patronymic[:2] == name.patronymic[:2]
        or (not other.patronymic and other.given[:1] == name.given[:1])
        for other in others
    )


def _words(name: Name) -> list[int]:
    """Return which parts of a name are one word that is long enough to be mistyped."""
    found = [at for at, word in enumerate(name) if len(word) >= LONG and " " not in word]
    return found or [max(range(len(name)), key=lambda at: len(name[at]))]


def _begins(text: str) -> Callable[[Name], bool]:
    """Return whether a name begins so: the surname, or surname and given name."""
    return lambda name: _folded(name.full).startswith(_folded(text))


def _in_word(writer: Writer) -> Callable[[str], str]:
    return lambda part: " ".join(
        "-".join(map(writer, word.split("-"))) for word in part.split(" ") if word
    )


def _in(writer: Writer) -> Spelling:
    write = _in_word(writer)
    return lambda name: " ".join(filter(None, map(write, name)))


def make_queries(*, seed: int, count: int, which: str) -> list[Asked]:
    """Return the queries for the registry at hand: `count` of each class, fewer of rare kinds.

    `which` are the standards of Latin letters: "tuning" or "held-out".
    """
    rng = random.Random(seed)
    maker = Maker(draw_subjects(rng, max(40 * count, 1_000)), rng, count)
    return [
        *maker.plain(), *maker.beginnings(), *maker.variants(), *maker.latin(which),
        *maker.languages(), *maker.mistakes(which), *maker.nobody(),
    ]  # fmt: skip
