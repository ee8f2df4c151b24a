"""Given names that are one name in different languages and registers: Осип, Иосиф, Józef."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from registry.names.keys import key_as
from registry.names.loading import rows

__all__ = ["GivenName", "equivalents", "gender_from_given", "given_names"]

Sex = Literal["m", "f"]

_EASTERN: Final = "given-eastern"
TABLES: Final = (
    "given-calendar",
    "given-jewish",
    "given-western",
    "given-caucasian",
    _EASTERN,
)
_SEXES: Final[dict[str, Sex]] = {"m": "m", "f": "f"}
_ORTHOGRAPHIES: Final = {
    "pl": "polish",
    "de": "german",
    "lv": "scientific",
    "lt": "scientific",
    "cs": "scientific",
    "et": "finnish german",
    "fi": "finnish german",
    "hu": "hungarian",
    "az": "turkic",
    "crh": "turkic",
    "tk": "turkic",
    "tr": "turkic",
    "uz": "q_is_k turkic",
}
"""In which rule sets of `sounds.tsv` the Latin forms of a language are read; others: English."""


_PATRONYMICS: Final = {"ru", "uk", "be"}
_TURKIC: Final = {"tt", "ba", "kk", "ky", "tg"}


@dataclass(frozen=True, slots=True, eq=False)
class GivenName:
    """One name with all its forms: the form it is called by here, the sex, the keys of all.

    `fathers` are the forms patronymics are made of, each with the language of its endings.
    """

    name: str
    sex: Sex
    keys: frozenset[str]
    fathers: tuple[tuple[str, str], ...]


def given_names(key: str) -> tuple[GivenName, ...]:
    """Return the names of which `key` is a form, in the order of the tables.

    A form may belong to several: Осип is Иосиф; Ян is Иван and a name of its own.
    """
    return _by_key().get(key, ())


@lru_cache(maxsize=8192)
def equivalents(key: str) -> frozenset[str]:
    """Return the keys of the given names that are one with the name of `key`, itself left out.

    `key` and the answers are keys of `registry.names.key`; a key that no form in the tables
    `given-*.tsv` has gives an empty set. Symmetric; not transitive, since Григорий is Герш
    and Grzegorz, which are two names.
    """
    return frozenset[str]().union(*(name.keys for name in given_names(key))) - {key}


def gender_from_given(key: str) -> Sex | None:
    """Return "m" or "f" where every name of which `key` is a form is of that sex, else None."""
    sexes = {name.sex for name in given_names(key)}
    return sexes.pop() if len(sexes) == 1 else None


@cache
def _by_key() -> dict[str, tuple[GivenName, ...]]:
    found: dict[str, tuple[GivenName, ...]] = {}
    for name in _names():
        for key in name.keys:
            found[key] = (*found.get(key, ()), name)
    return found


def _names() -> Iterator[GivenName]:
    for table in TABLES:
        groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for group, sex, language, forms in rows(table):
            own = ((form, language) for form in forms.split())
            groups.setdefault((group, sex), []).extend(own)
        for (group, sex), pairs in groups.items():
            keys = frozenset(key_of_form(form, language) for form, language in pairs)
            yield GivenName(group, _SEXES[sex], keys, tuple(_fathers(pairs, table)))


def _fathers(forms: list[tuple[str, str]], table: str) -> Iterator[tuple[str, str]]:
    for form, language in forms:
        if language in _PATRONYMICS:
            yield form, language
        if language in _TURKIC or (table == _EASTERN and language == "ru"):
            yield form, "turkic"


def key_of_form(form: str, language: str) -> str:
    """Return the key of one form of a table, read in the orthography of its language."""
    return key_as(form, _ORTHOGRAPHIES.get(language, "english"))
