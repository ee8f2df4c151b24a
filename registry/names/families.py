"""Family names that are one but for their endings, and what the grammar of a name tells of sex."""

from functools import cache, lru_cache
from typing import Final, Literal

from registry.names.folding import words
from registry.names.given import gender_from_given
from registry.names.keys import key, readings
from registry.names.loading import rows
from registry.names.parts import NameParts
from registry.names.patronymics import gender_from_patronymic

__all__ = ["family_stem", "gender_from_family", "gender_from_name"]

Sex = Literal["m", "f"]

_SEXES: Final[dict[str, Sex]] = {"m": "m", "f": "f"}


@lru_cache(maxsize=65536)
def family_stem(key: str) -> str:
    """Return the key of a family name without its endings: Климов, Климович are klim.

    A key of a lower grade than `key`: those who share it may be one family, or none. Endings and
    how much must stand before them are in `tables/family.tsv`; a short name stays whole.
    """
    stem = key
    while ending := next(
        (end for end, least in _ending_in(stem[-1:]) if _ends(stem, end, least)), ""
    ):
        stem = stem.removesuffix(ending)
    return stem


def gender_from_family(text: str) -> Sex | None:
    """Return "m" or "f" by the ending of the last word of a family name, else None."""
    last = words(text)[-1:]
    fitting = (
        sex
        for word in last
        for reading in readings(word)
        for ending, least, sex in _endings()
        if sex and _ends(reading.key, ending, least)
    )
    return next(fitting, None)


def gender_from_name(parts: NameParts) -> Sex | None:
    """Return the sex that the grammar of a name tells, None where it tells none or both.

    Of the patronymic, the given names (`given`) and the ending of the family name, whichever
    tell; not one of them may contradict. A guess from grammar: never a fact about a person.
    """
    given = {gender_from_given(key(word)) for word in words(parts.given)}
    told = {gender_from_patronymic(parts.patronymic), gender_from_family(parts.family), *given}
    told.discard(None)
    return told.pop() if len(told) == 1 else None


def _ends(stem: str, ending: str, least: int) -> bool:
    return len(stem) - len(ending) >= least and stem.endswith(ending)


@cache
def _endings() -> tuple[tuple[str, int, Sex | None], ...]:
    """Return the endings, the longest first."""
    table = ((end, int(least), _SEXES.get(sex)) for end, least, sex in rows("family"))
    return tuple(sorted(table, key=lambda row: (-len(row[0]), row[0])))


@cache
def _ending_in(letter: str) -> tuple[tuple[str, int], ...]:
    """Return the endings in one letter, and what must stand before them."""
    return tuple((end, least) for end, least, _ in _endings() if end.endswith(letter))
