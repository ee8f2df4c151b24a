"""What the ending of a patronymic tells: that it is one, and whose."""

from functools import cache, lru_cache
from typing import Final, Literal

from registry.names.folding import words
from registry.names.keys import readings
from registry.names.loading import rows

__all__ = ["gender_from_patronymic", "is_particle", "sex_of_ending"]

Sex = Literal["m", "f"]

_SEXES: Final[dict[str, Sex]] = {"m": "m", "f": "f"}


def gender_from_patronymic(text: str) -> Sex | None:
    """Return "m" or "f" by the ending of the last word of a patronymic, else None.

    Эмильевич, Mykolaivna, Ильинична, Османқызы and `Осман кызы` are understood in every
    spelling `keys` reads; the endings and their source are in `tables/patronymics.tsv`. An
    initial, a name without such an ending and an empty text tell nothing.
    """
    last = words(text)[-1:]
    return sex_of_ending(last[0]) or _sex_of_particle(last[0]) if last else None


@lru_cache(maxsize=65536)
def sex_of_ending(word: str) -> Sex | None:
    """Return the sex that the ending of one word tells, None where it is no patronymic."""
    for reading in readings(word):
        for ending, sex, before in _endings("joined"):
            if reading.key.endswith(ending) and len(reading.key) - len(ending) >= before:
                return sex
    return None


def is_particle(word: str) -> bool:
    """Tell whether `word` is one that makes a patronymic of the word before it: оглы, qızı."""
    return _sex_of_particle(word) is not None


def _sex_of_particle(word: str) -> Sex | None:
    keys = {reading.key for reading in readings(word)}
    return next((sex for ending, sex, _ in _endings("apart") if ending in keys), None)


@cache
def _endings(how: str) -> tuple[tuple[str, Sex, int], ...]:
    return tuple(
        (ending, _SEXES[sex], int(before))
        for ending, sex, before, where in rows("patronymics")
        if where == how
    )
