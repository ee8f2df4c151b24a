"""Given names that are one name in different languages and registers: Осип, Иосиф, Józef."""

from functools import cache
from typing import Final

from registry.names.keys import readings
from registry.names.loading import rows

__all__ = ["equivalents"]

_SCHEMES: Final = {
    "pl": "polish",
    "de": "german",
    "lv": "scientific",
    "lt": "scientific",
    "az": "turkic",
    "uz": "turkic",
    "fi": "finnish",
    "et": "finnish",
    "hu": "hungarian",
}
"""In which orthography the Latin forms of a language are read; the others as English."""


def equivalents(key: str) -> frozenset[str]:
    """Return the keys of the given names that are one with the name of `key`, itself left out.

    `key` and the answers are keys of `registry.names.key`; a key that no form in
    `tables/given.tsv` has gives an empty set. Symmetric; not transitive, since Григорий is
    Герш and Grzegorz, which are two names.
    """
    return _table().get(key, frozenset())


@cache
def _table() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for group, form, language in rows("given"):
        groups.setdefault(group, set()).add(_key_of_form(form, language))
    found: dict[str, set[str]] = {}
    for keys in groups.values():
        for one in keys:
            found.setdefault(one, set()).update(keys - {one})
    return {one: frozenset(others) for one, others in found.items()}


def _key_of_form(form: str, language: str) -> str:
    read = readings(form)
    scheme = _SCHEMES.get(language, "english")
    return next((reading.key for reading in read if reading.scheme == scheme), read[0].key)
