"""Names of people who never lived, as memory books write them, of fifteen traditions.

`traditions.toml` says how often each is met, and of what its names are made. Surnames are put
together by number: the same number is the same surname in every population, and small numbers
are drawn far oftener (Zipf's law, flattened at its head), so that in 3.1 million people some
300,000 different words stand, the common ones thousands of times. Given names are those of
`registry/names/tables/given-*.tsv`, syllables those of `syllables-*.tsv`.
"""

# ruff: noqa: SIM905 (words in a row read better than a list of them)

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from registry.names.loading import rows

HERE = Path(__file__).parent
WHOLE = 2**64 - 1
VOWELS = "аоуэюяеиый"
RARE = 0.15
"""How many bear a given name that is not among the common ones of their people."""
KOREANS, CHINESE = "korean", "chinese"


class Name(NamedTuple):
    """A name by its parts; a part that is not known is empty."""

    family: str
    given: str = ""
    patronymic: str = ""

    @property
    def full(self) -> str:
        """The parts that are known, in the order of books."""
        return " ".join(filter(None, self))


def skewed_rank(rng: random.Random, count: int, flat: float) -> int:
    """Draw a number below `count`, n with a chance in proportion to 1 / (n + flat)."""
    return min(int(flat * ((count + flat) / flat) ** rng.random() - flat), count - 1)


@dataclass(frozen=True)
class Tradition:
    """What the names of one people are made of; see `traditions.toml`."""

    name: str
    surnames: int
    sounds: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    syllables: tuple[int, int]
    endings: tuple[tuple[str, str], ...]
    men: tuple[tuple[str, ...], tuple[str, ...]]
    women: tuple[tuple[str, ...], tuple[str, ...]]
    patronymic: float
    double: float

    def family(self, rng: random.Random, *, woman: bool) -> str:
        found = self.surname(skewed_rank(rng, self.surnames, 30), woman=woman)
        if rng.random() < self.double:
            found += f"-{self.surname(skewed_rank(rng, self.surnames, 30), woman=woman)}"
        return found

    def surname(self, number: int, *, woman: bool) -> str:
        """Return the surname of a number, in the form of a man or a woman."""
        # A mixer of SplitMix64, so that neighbours in number are none in letters.
        left = (number + 1) * 0x9E3779B97F4A7C15 & WHOLE
        left = (left ^ left >> 30) * 0xBF58476D1CE4E5B9 & WHOLE
        left ^= left >> 31
        heads, vowels, joints = self.sounds
        left, share = divmod(left, 100)
        left, at = divmod(left, len(heads))
        word = heads[at]
        for _ in range(1 + (share >= self.syllables[0]) + (share >= self.syllables[1])):
            left, at = divmod(left, len(vowels))
            # A head may be a vowel already.
            word += "" if word[-1] in VOWELS else vowels[at]
            left, at = divmod(left, len(joints))
            word += joints[at]
        ending = self.endings[left % len(self.endings)][woman]
        if ending[0] not in VOWELS:
            word = word[: 1 - len(joints[at])] if len(joints[at]) > 1 else word
        return (word + ending).capitalize()

    def given(self, rng: random.Random, *, woman: bool) -> str:
        """Draw a given name: mostly one of the common ones."""
        common, rare = self.women if woman else self.men
        names = rare if rng.random() < RARE else common
        return names[skewed_rank(rng, len(names), 1)]

    def named(self, rng: random.Random, *, woman: bool) -> Name:
        """Make up a name."""
        father = ""
        if rng.random() < self.patronymic:
            father = patronymic(self.given(rng, woman=False), woman=woman)
            if self.name == "turkic" and rng.random() < 0.12:
                father = f"{self.given(rng, woman=False)} {'кызы' if woman else 'оглы'}"
        return Name(self.family(rng, woman=woman), self.given(rng, woman=woman), father)


@dataclass(frozen=True)
class Syllables(Tradition):
    """Koreans and Chinese: a surname of one syllable, given ones that join or stand apart."""

    families: tuple[str, ...] = ()
    given_ones: tuple[str, ...] = ()

    def named(self, rng: random.Random, *, woman: bool) -> Name:
        family = self.families[skewed_rank(rng, len(self.families), 2)]
        if self.name == KOREANS and rng.random() < 0.2:
            return russian().named(rng, woman=woman)._replace(family=family)
        first, second = (rng.choice(self.given_ones) for _ in range(2))
        form = rng.random()
        if self.name == CHINESE and form < 0.35:
            return Name(family, first)
        if form < 0.75:
            return Name(family, f"{first} {second}")
        return Name(family, f"{first}-{second}" if form < 0.9 else first + second.lower())

    def family(self, rng: random.Random, *, woman: bool) -> str:  # noqa: ARG002 (of one form)
        return self.families[skewed_rank(rng, len(self.families), 2)]


PATRONYMICS = {
    "Илья": ("Ильич", "Ильинична"), "Яков": ("Яковлевич", "Яковлевна"),
    "Лев": ("Львович", "Львовна"), "Петр": ("Петрович", "Петровна"),
    "Павел": ("Павлович", "Павловна"), "Михаил": ("Михайлович", "Михайловна"),
}  # fmt: skip
FATHERS_END = (
    ("[кгх]ий|(?:тр|рк)ий", "й", ("евич", "евна")), ("ий", "ий", ("ьевич", "ьевна")),
    ("[йь]", "й", ("евич", "евна")), ("[ая]", "а", ("ич", "ична")),
    ("о", "о", ("ович", "овна")), ("[еиу]", "", ("евич", "евна")), ("", "", ("ович", "овна")),
)  # fmt: skip
"""How a father's name ends, what falls off of it, and what comes instead: the first that fits."""


@cache
def patronymic(father: str, *, woman: bool) -> str:
    """Return the patronymic made of a father's name, by the rule of Russian grammar."""
    if father in PATRONYMICS:
        return PATRONYMICS[father][woman]
    _, falls, endings = next(rule for rule in FATHERS_END if re.search(f"(?:{rule[0]})$", father))
    return father[: len(father) - len(falls)] + endings[woman]


def _loaded() -> Iterator[tuple[float, Tradition]]:
    settings = tomllib.loads((HERE / "traditions.toml").read_text(encoding="utf-8"))
    for name, said in settings.items():
        if name != "sounds":
            yield said["share"], _tradition(name, said, settings["sounds"])


@cache
def traditions() -> tuple[list[Tradition], list[float]]:
    """Return the traditions, and their shares of all people added up."""
    found, shares, total = [], [], 0.0
    for share, tradition in _loaded():
        total += share
        found.append(tradition)
        shares.append(total)
    return found, shares


@cache
def russian() -> Tradition:
    return next(one for one in traditions()[0] if one.name == "russian")


def _tradition(name: str, said: dict[str, Any], sounds: dict[str, dict[str, str]]) -> Tradition:
    known: dict[str, Any] = {"name": name, "surnames": said["surnames"]}
    known["patronymic"], known["double"] = said["patronymic"], said["double"]
    if name in {KOREANS, CHINESE}:
        families, given = _korean() if name == KOREANS else _chinese()
        return Syllables(
            **known, sounds=((), (), ()), syllables=(0, 0), endings=(),
            men=((), ()), women=((), ()), families=families, given_ones=given,
        )  # fmt: skip
    parts = sounds[said["sounds"]]
    one, two, _ = said["syllables"]
    endings = [(*ending.split("/"), ending)[:2] for ending in said["endings"].split()]
    return Tradition(
        **known,
        sounds=tuple(tuple(parts[kind].split()) for kind in ("heads", "vowels", "joints")),
        syllables=(round(100 * one), round(100 * (one + two))),
        endings=tuple((man, woman) for man, woman in endings),
        men=_given("m", said["men"], **said["tail"]),
        women=_given("f", said["women"], **said["tail"]),
    )


def _given(
    sex: str, common: str, *, tables: Sequence[str], language: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the common names, and the rare: usual forms first, each kind in a fixed disorder."""
    forms: dict[str, list[str]] = {}
    met: set[str] = set()
    for table in tables:
        for name, of, own, found in rows(f"given-{table}"):
            if of == sex and own == "ru":
                forms[name] = found.replace("ё", "е").replace("Ё", "Е").split()
            if of == sex and own == language:
                met.add(name)
    known = dict.fromkeys(common.split())
    rare: dict[str, None] = {}
    for place in range(max(map(len, forms.values()))):
        names = sorted({forms[name][place] for name in met if len(forms.get(name, ())) > place})
        random.Random(place).shuffle(names)
        rare |= dict.fromkeys(name for name in names if name not in known)
    return tuple(known), tuple(rare)


def _korean() -> tuple[tuple[str, ...], tuple[str, ...]]:
    families = tuple(spellings.split()[0] for _, spellings in rows("syllables-korean"))
    heads = (
        "Г Д Ин Хак Сен Сон Ен Ён Бон Чан Чун Хен Хён Ду Мен Тхя Син Сан Су Вон Ир Бом Дон".split()
    )
    more = (
        "Гук Сик Хо Ун Гын Нам Ки Ди Не Сук Ок Се Ман Чер Пир Хи Гу Ён Ха Мин Гиль Гван Сек".split()
    )
    return families, tuple(one for one in (*heads, *more) if len(one) > 1)


COMMON_CHINESE = (
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song "
    "zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia"
).split()


def _chinese() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = {
        latin: (usual, (rest or "").split()) for latin, usual, rest in rows("syllables-chinese")
    }
    families = tuple(table[one][0].capitalize() for one in COMMON_CHINESE)
    spelt = {form for usual, others in table.values() for form in (usual, *others[:1])}
    return families, tuple(sorted(form.capitalize() for form in spelt))


def invented_name(rng: random.Random, *, woman: bool) -> tuple[Name, tuple[tuple[str, Name], ...]]:
    """Make up the name a book files somebody under, and other names with their kinds."""
    found, shares = traditions()
    draw = rng.random() * shares[-1]
    tradition = next(one for one, share in zip(found, shares, strict=True) if draw < share)
    name = tradition.named(rng, woman=woman)
    others = [
        (kind, make(rng, tradition, name, woman))
        for kind, share, make in OTHERS
        if rng.random() < share * (3 if woman and kind == "birth" else 1)
        and (woman or kind != "birth")
    ]
    return name, tuple(others)


def _born(rng: random.Random, tradition: Tradition, name: Name, woman: bool) -> Name:
    return name._replace(family=tradition.family(rng, woman=woman))


def _called(rng: random.Random, tradition: Tradition, name: Name, woman: bool) -> Name:
    return russian().named(rng, woman=woman)


def _spelt(rng: random.Random, tradition: Tradition, name: Name, woman: bool) -> Name:
    """Return a name as another book has it: a letter of the surname heard or read otherwise."""
    changed = [at for at, letter in enumerate(name.family) if at and letter in HEARD]
    if not changed:
        return name._replace(family=name.family + "н")
    at = rng.choice(changed)
    family = name.family[:at] + HEARD[name.family[at]] + name.family[at + 1 :]
    return name._replace(family=family)


HEARD = dict(zip("аоеиыувбдтзсшщкг", "оаиеиоббтдсзщшгк", strict=True))
Make = Callable[[random.Random, Tradition, Name, bool], Name]
OTHERS: tuple[tuple[str, float, Make], ...] = (
    ("birth", 0.04, _born),
    ("pseudonym", 0.01, _called),
    ("variant", 0.015, _spelt),
)
"""Other names: the kind, in how many of a hundred it stands, and how it is made."""
