"""A full name as printed, taken apart into family name, given name and patronymic."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from registry.names.folding import cleaned, words
from registry.names.patronymics import is_particle, sex_of_ending
from registry.names.syllables import syllables

__all__ = ["NameParts", "Order", "split_full"]

Order = Literal["family-first", "given-first"]

_INITIALS: Final = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])")
_OPEN: Final = re.compile(r"[(\[]")
_CLOSE: Final = re.compile(r"[)\]]")
_SPACE_OR_COMMA: Final = re.compile(r"\s+|(?<=,)")


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of one name as printed; a part that a name does not have is empty."""

    family: str = ""
    given: str = ""
    patronymic: str = ""


def split_full(text: str, *, order: Order | None = None) -> NameParts:
    """Return the parts of a full name, in their printed form.

    `order` says what is known of the source. Without it these signs are read, in turn: a comma
    after the family name; one word in capitals among others (МАНДЕЛЬШТАМ Осип); initials
    before or after it; a patronymic by its ending (`patronymics`): `Осип Эмильевич
    Мандельштам` and `Мандельштам Осип Эмильевич` alike. Where all are silent, the order is
    that of the Books of Memory: family name, given name, the rest the patronymic. One word is
    a family name. What stands in brackets goes with the word before it. A Chinese, Korean or
    Japanese name (`syllables`) is a family name and one's own, of as many words as it has.
    """
    pieces = _pieces(cleaned(text))
    if not pieces:
        return NameParts()
    if order != "given-first" and len(pieces) > 1 and syllables(text):
        return NameParts(pieces[0].rstrip(","), " ".join(pieces[1:]))
    family = _family_index(pieces, order)
    if family is None:
        return _by_patronymic(pieces)
    return _rest(pieces[family].rstrip(","), pieces[:family] + pieces[family + 1 :])


def _pieces(text: str) -> list[str]:
    """Part a name at spaces, after commas and between initials; brackets stay together."""
    pieces: list[str] = []
    depth = 0
    for piece in _SPACE_OR_COMMA.split(_INITIALS.sub(" ", text)):
        if not piece:
            continue
        if pieces and (depth > 0 or piece.startswith(("(", "["))):
            pieces[-1] += f" {piece}"
        elif words(piece):
            pieces.append(piece)
        depth = max(0, depth + len(_OPEN.findall(piece)) - len(_CLOSE.findall(piece)))
    return pieces


def _family_index(pieces: list[str], order: Order | None) -> int | None:
    """Return which piece is known or shown to be the family name, None where none is."""
    if len(pieces) == 1 or pieces[0].endswith(",") or order == "family-first":
        return 0
    if order == "given-first":
        return len(pieces) - 1
    bare = [_bare(piece) for piece in pieces]
    capital = [i for i, word in enumerate(bare) if len(word) > 1 and word.isupper()]
    if len(capital) == 1:
        return capital[0]
    full = [i for i, word in enumerate(bare) if len(word) > 1]
    initials = len(pieces) - len(full)
    return full[0] if len(full) == 1 and initials else None


def _rest(family: str, others: list[str]) -> NameParts:
    """Part what is not the family name: the last with a patronymic ending, else the second."""
    if len(others) > 1 and is_particle(_bare(others[-1])):
        at = max(1, len(others) - 2) if len(others) < 4 else 1
    else:
        at = next((i for i in range(len(others) - 1, 0, -1) if _is_patronymic(others[i])), 1)
    return NameParts(family, " ".join(others[:at]), " ".join(others[at:]))


def _by_patronymic(pieces: list[str]) -> NameParts:
    last = len(pieces) - 1
    if is_particle(_bare(pieces[last])):
        return _with_particle(pieces)
    found = [i for i in range(1, len(pieces)) if _is_patronymic(pieces[i])]
    at = found[-1] if found else None
    if at == last and last - 1 in found and last > 1:
        at = last - 1  # Иван Петрович Рабинович: a given name is not a patronymic
    if at is None or (at == last and last > 1):
        return _rest(pieces[0], pieces[1:])
    return NameParts(
        family=" ".join(pieces[at + 1 :]),
        given=" ".join(pieces[:at]),
        patronymic=pieces[at],
    )


def _with_particle(pieces: list[str]) -> NameParts:
    """Гаибова Хадиджа Осман кызы; Хадиджа Осман кызы; never a family name alone before it."""
    if len(pieces) <= 3:
        return NameParts(given=" ".join(pieces[:-2]), patronymic=" ".join(pieces[-2:]))
    return _rest(pieces[0], pieces[1:])


def _is_patronymic(piece: str) -> bool:
    return sex_of_ending(_bare(piece)) is not None


def _bare(piece: str) -> str:
    found = words(piece.partition(" ")[0])
    return found[0] if found else ""
