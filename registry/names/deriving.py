"""Patronymics made of given names: Миколайович, Николаевич and Мікалаевіч are one."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from registry.names.given import GivenName, given_names
from registry.names.keys import key
from registry.names.loading import rows

__all__ = ["Patronymics", "derive_patronymics", "fathers", "patronymic_equivalents"]

_ALIKE: Final = ({"oviq", "eviq", "aviq"}, {"ovna", "evna", "ivna", "avna"})
"""The endings of one sex in Russian, Ukrainian and Belarusian, as keys."""
_OF_DAUGHTERS: Final = {*_ALIKE[1], "iniqna", "iqna", "kizi", "gizi"}
_OF_SONS: Final = {*_ALIKE[0], "iq", "ogli", "oglu", "ugli", "uli"}
_ENDINGS: Final = tuple(sorted(_OF_SONS | _OF_DAUGHTERS, key=lambda end: (-len(end), end)))
_LEFT_OUT: Final = ("", "i", "a", "ia", "o", "e", "ei", "io")
"""What a father's name may end in that its patronymic does not show: Иль-ич, Пав-л-ович."""
_SHORTEST: Final = 1
"""Sounds of a father's name that a patronymic must show."""
_FLEETING: Final = {
    "lv": "lev",
    "pavl": "pavel",
    "iakovl": "iakov",
    "iakavl": "iakav",
    "mikic": "mikita",
    "neqipor": "neqipir",
}
_LANGUAGES: Final = {"ru": "ru", "uk": "uk", "be": "be"}


@dataclass(frozen=True, slots=True)
class Patronymics:
    """The patronymics of one father's name: those of sons and those of daughters."""

    sons: tuple[str, ...]
    daughters: tuple[str, ...]


def derive_patronymics(given: str, *, language: str = "ru") -> Patronymics:
    """Return the patronymics that `language` makes of a given name in Cyrillic letters.

    "ru", "uk" and "be" have endings, any other language the Turkic words joined to the name
    (`tables/deriving.tsv`). Where usage knows several, all are given, the usual one first.
    """
    rules = _rules(_LANGUAGES.get(language, "turkic"))
    fitting = ((end.search(given), sons, daughters) for end, sons, daughters in rules)
    # The last rule of a language fits every name.
    found, sons, daughters = next((at, own, hers) for at, own, hers in fitting if at)
    stem = given[: found.start(found.lastindex or 0)]
    return Patronymics(
        tuple(stem + ending for ending in sons), tuple(stem + ending for ending in daughters)
    )


@lru_cache(maxsize=8192)
def fathers(patronymic: str) -> tuple[GivenName, ...]:
    """Return the names of the father that the key of a patronymic may be made of.

    The key of a father's name itself is one too, since `Осман кызы` is two words.
    """
    found = {name: None for stem in _stems(patronymic) for name in given_names(stem)}
    return tuple(name for name in found if name.sex == "m")


@lru_cache(maxsize=8192)
def patronymic_equivalents(patronymic: str) -> frozenset[str]:
    """Return the keys of what is one patronymic with that of the key, itself left out.

    Of the sex the ending tells: the patronymics of every form of the father's name
    (Миколайович, Николаевич), the father's name itself (Осман кызы), and the same stem with
    the endings of the other languages (Орушонівна, Орушоновна). A key without the ending of
    a patronymic may be anyone's given name: it has the forms of that name only.
    """
    ending = _ending(patronymic)
    if not ending:
        forms = {key(form) for father in fathers(patronymic) for form, _ in father.fathers}
        return frozenset(forms - {patronymic})
    found = set(_respelt(patronymic, ending))
    for father in fathers(patronymic):
        sons, daughters = _keys_of(father)
        found |= {key(form) for form, _ in father.fathers}
        found |= daughters if ending in _OF_DAUGHTERS else sons
    return frozenset(found - {patronymic})


def _ending(patronymic: str) -> str:
    for ending in _ENDINGS:
        if patronymic.endswith(ending) and len(patronymic) - len(ending) >= _SHORTEST:
            return ending
    return ""


def _stems(patronymic: str) -> list[str]:
    stems = [patronymic]
    for ending in _ENDINGS:
        if patronymic.endswith(ending) and len(patronymic) - len(ending) >= _SHORTEST:
            stem = patronymic.removesuffix(ending)
            stems += [stem + left for left in _LEFT_OUT]
            stems.append(_FLEETING.get(stem, stem))
    return stems


def _respelt(patronymic: str, ending: str) -> list[str]:
    """Return the key with the like endings of other languages; -ич alone says too little."""
    stem = patronymic.removesuffix(ending)
    return [stem + other for group in _ALIKE if ending in group for other in sorted(group)]


@cache
def _keys_of(father: GivenName) -> tuple[frozenset[str], frozenset[str]]:
    made = [derive_patronymics(form, language=rules) for form, rules in father.fathers]
    return (
        frozenset(key(text) for one in made for text in one.sons),
        frozenset(key(text) for one in made for text in one.daughters),
    )


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], list[str], list[str]], ...]:
    return tuple(
        (re.compile(end), sons.split(), daughters.split())
        for name, end, sons, daughters in rows("deriving")
        if name == language
    )
