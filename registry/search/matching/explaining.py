"""Why a person was found: the spelling that matched, its words that did, a reason a word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from registry.names import QueryToken, fold, match_token, name_tokens, words

from .asked_forms import Candidate
from .asking import Asked, AskedWord
from .known import Answer
from .whole_names import NameRow, names_of

KINDS = ("main", "pseudonym", "birth", "married", "religious", "variant", "transliteration")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one word matched.

    The kind: exact, reading, pattern, equivalent, syllable, prefix, reading-prefix, initial, or
    of what is only near close, sound, kin; `differs-` or `missing-` with the part of the name
    (family, given, patronymic) where nothing answers. `asked` is the word as typed, `found` the
    word of the name, folded; `scheme` the orthography it was read in; `letters` how many differ.
    """

    kind: str
    asked: str
    scheme: str = ""
    found: str = ""
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """Why a person was found: the spelling that matched best, the reasons, a score in 0..1.

    `marked` are the words of the name that matched, as printed there; `near`: not in full.
    """

    name: str
    reasons: tuple[Reason, ...]
    score: float
    marked: tuple[str, ...] = ()
    near: bool = False


def explain(
    asked: Asked, candidates: Sequence[Candidate], *, near: Collection[int]
) -> dict[int, Match]:
    """Return why each of these was found, in one query for all of them."""
    names: dict[int, list[NameRow]] = {}
    people = [one.person for one in candidates]
    for row in names_of(people) if people else ():
        names.setdefault(row[0], []).append(row)
    found: dict[int, Match] = {}
    for one in candidates:
        if one.person not in names:
            continue
        wanted = {answer.folded for answer in one.answers if answer and answer.folded}
        name = one.name or _best(names[one.person], wanted)
        found[one.person] = Match(
            name=name,
            reasons=tuple(
                _reason(word, answer, one.part)
                for word, answer in zip(asked.words, one.answers, strict=True)
            ),
            score=round(one.score, 4),
            marked=tuple(_marked(name, wanted, asked.words)),
            near=one.person in near,
        )
    return found


def completed(text: str, word: AskedWord, answer: Answer, match: Match) -> str:
    """Return a text with a word of it as the name that was found spells it, or nothing."""
    before, typed, after = text.rpartition(word.text)
    pieces = (piece for piece in match.name.split() if answer.folded in _forms(piece))
    spelled = next(pieces, "").strip(".,()")
    return f"{before}{spelled}{after}" if typed and spelled else ""


def _best(names: Sequence[NameRow], wanted: set[str]) -> str:
    """Return the spelling with the most words that matched; of equals the better known one."""
    if len(names) == 1:
        return names[0][-1]

    def worth(name: NameRow) -> tuple[int, int]:
        _, kind, *parts = name
        own = {token.folded for token in name_tokens(*parts)}
        return len(wanted & own), -KINDS.index(kind)

    return max(names, key=worth)[-1]


def _reason(word: AskedWord, answer: Answer | None, part: str) -> Reason:
    if answer is None:
        return Reason(part, word.text)
    return Reason(answer.kind, word.text, answer.scheme, answer.folded, answer.letters)


def _marked(name: str, wanted: set[str], asked: Sequence[AskedWord]) -> list[str]:
    """Return the printed words of a name that matched, or of which halves did."""
    found = []
    for piece in name.split():
        halves = words(piece)
        if _forms(piece) & wanted or (not wanted and any(_answers(word, halves) for word in asked)):
            found.append(piece)
    return found


def _forms(piece: str) -> set[str]:
    """Return a printed word folded, and of a double one each half."""
    halves = words(piece)
    return {fold(half) for half in halves} | {fold("".join(halves))}


def _answers(word: AskedWord, halves: Sequence[str]) -> bool:
    token = QueryToken(word.text, word.folded, word.readings, word.initial)
    return any(match_token(token, half) is not None for half in halves)
