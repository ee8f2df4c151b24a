"""A name row as the index has it: the ways to call its bearer, each a word for each part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice, product
from typing import NamedTuple

from registry.models import WordRole
from registry.names import name_tokens, split_full, syllable_keys

MOST_FORMS = 24
"""Forms of one name row: three for a double surname, times two given names, times four to spare."""
ROLES = {
    "family": WordRole.FAMILY,
    "full": WordRole.FAMILY,
    "given": WordRole.GIVEN,
    "patronymic": WordRole.PATRONYMIC,
    "syllables": WordRole.SYLLABLES,
}
"""The part a word counts as; what is printed besides the parts is asked for as a family name."""


class Word(NamedTuple):
    """A word of the vocabulary by what it is: its part, its letters, the keys of its readings."""

    role: int
    folded: str
    keys: str


Form = tuple[Word | None, Word | None, Word | None]
"""The words of family name, given name and patronymic."""


def forms_of(family: str, given: str, patronymic: str, full: str) -> list[Form]:
    """Return every form of a name row, no form twice, in a settled order, at most `MOST_FORMS`.

    A hyphened name is there by its halves and joined; of several given names each, and where
    there is no patronymic any two in their order. A row without parts is taken apart first. A
    name of syllables has a form of one word besides, the whole.
    """
    if not (family or given or patronymic):
        parts = split_full(full)
        family, given, patronymic = parts.family, parts.given, parts.patronymic
    words = _words(family, given, patronymic, full)
    found = dict.fromkeys(islice(_chosen(words), MOST_FORMS))
    return [*found, *((word, None, None) for word in words[WordRole.SYLLABLES])]


def _chosen(words: dict[int, tuple[Word, ...]]) -> Iterator[Form]:
    families: Sequence[Word | None] = words[WordRole.FAMILY] or (None,)
    given, patronymics = words[WordRole.GIVEN], words[WordRole.PATRONYMIC]
    if len(given) > 1 and not patronymics:
        for family in families:
            yield from ((family, one, other) for one, other in combinations(given, 2))
    for form in product(families, given or (None,), patronymics or (None,)):
        if any(form):
            yield form


@lru_cache(maxsize=65536)
def _parted(role: str, text: str) -> tuple[Word, ...]:
    """Return the words of one part; what has sound has its keys, what has none itself."""
    keys: dict[str, list[str]] = {}
    for token in name_tokens(**{role: text}):
        if token.role == role:
            keys.setdefault(token.folded, []).append(token.key)
    return tuple(_word(ROLES[role], folded, own) for folded, own in keys.items())


def _words(family: str, given: str, patronymic: str, full: str) -> dict[int, tuple[Word, ...]]:
    found: dict[int, tuple[Word, ...]] = {
        WordRole.FAMILY: _parted("family", family),
        WordRole.GIVEN: _parted("given", given),
        WordRole.PATRONYMIC: _parted("patronymic", patronymic),
        WordRole.SYLLABLES: (),
    }
    parts = f"{family} {given} {patronymic}"
    printed = parts.split()
    if syllable_keys(parts if family and given else full) or not set(full.split()) <= {*printed}:
        for word in _besides(family, given, patronymic, full):
            found[word.role] = (*found[word.role], word)
    return found


def _besides(family: str, given: str, patronymic: str, full: str) -> Iterator[Word]:
    """Yield the words that stand in the whole name alone, and the whole of syllables."""
    keys: dict[tuple[str, str], list[str]] = {}
    for token in name_tokens(family, given, patronymic, full):
        if token.role in {"full", "syllables"}:
            keys.setdefault((token.role, token.folded), []).append(token.key)
    for (role, folded), own in keys.items():
        yield _word(ROLES[role], folded, own)


def _word(role: int, folded: str, keys: Sequence[str]) -> Word:
    return Word(int(role), folded, " ".join(key for key in keys if key) or folded)
