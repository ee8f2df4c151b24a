"""Given names that are one name in different languages and registers: Осип, Иосиф, Józef."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from registry.names.keys import key_as
from registry.names.loading import rows

__all__ = ["GivenName", "equivalents", "gender_from_given", "given_names"]

Sex = Literal["m", "f"]

TABLES: Final = (
    "given-calendar",
    "given-jewish",
    "given-western",
    "given-caucasian",
    "given-eastern",
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


@dataclass(frozen=True, slots=True)
class GivenName:
    """One name with all its forms: the form it is called by here, the sex, the keys of all."""

    name: str
    sex: Sex
    keys: frozenset[str]


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
        groups: dict[tuple[str, str], set[str]] = {}
        for group, sex, language, forms in rows(table):
            keys = (key_of_form(form, language) for form in forms.split())
            groups.setdefault((group, sex), set()).update(keys)
        for (group, sex), own in groups.items():
            yield GivenName(group, _SEXES[sex], frozenset(own))


def key_of_form(form: str, language: str) -> str:
    """Return the key of one form of a table, read in the orthography of its language."""
    return key_as(form, _ORTHOGRAPHIES.get(language, "english"))
