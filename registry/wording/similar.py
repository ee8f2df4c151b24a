"""Why two people may be one, or cannot be, in words: the reasons of `registry.linking`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.dates import FuzzyDate
from registry.linking import LIKELY, POSSIBLE, Reason

from .words import Words

REASONS: Words = {
    "family.same": _("Same surname"),
    "family.reading": _("Same surname in another spelling"),
    "family.near": _("Surnames that differ by a letter or two"),
    "family.part": _("One of two surnames is the same"),
    "family.stem": _("Surnames of one stem with other endings"),
    "family.initial": _("Same initial of the surname"),
    "family.differs": _("Surnames differ"),
    "given.same": _("Same given name"),
    "given.reading": _("Same given name in another spelling"),
    "given.equivalent": _("Two forms of one given name"),
    "given.near": _("Given names that differ by a letter or two"),
    "given.part": _("One of two given names is the same"),
    "given.initial": _("Same initial of the given name"),
    "given.differs": _("Given names differ"),
    "given.siblings": _(
        "Given names differ, surname and patronymic agree: perhaps brothers or sisters"
    ),
    "given.parent": _(
        "The given name of one makes the patronymic of the other: perhaps father and child"
    ),
    "patronymic.same": _("Same patronymic"),
    "patronymic.reading": _("Same patronymic in another spelling"),
    "patronymic.equivalent": _("Patronymics from two forms of one name"),
    "patronymic.near": _("Patronymics that differ by a letter or two"),
    "patronymic.part": _("One of two patronymics is the same"),
    "patronymic.initial": _("Same initial of the patronymic"),
    "patronymic.differs": _("Patronymics differ"),
    "name.order": _("Surname and given name stand in each other's place"),
    "birth.day": _("Same date of birth"),
    "birth.calendar": _("Dates of birth 12 or 13 days apart: probably the other calendar"),
    "birth.month": _("Same month of birth"),
    "birth.year": _("Same year of birth"),
    "birth.possible": _("Dates of birth that can both be true"),
    "birth.days-differ": _("Same year of birth, another day"),
    "birth.one-year": _("Years of birth differ by one"),
    "birth.two-years": _("Years of birth differ by two"),
    "birth.years-differ": _("Years of birth differ by three to five"),
    "birth.far": _("Years of birth differ by more than five"),
    "birth.apart": _("Years of birth are too far apart"),
    "birth_place.same": _("Same place of birth"),
    "birth_place.settlement": _("Places of birth have a name in common"),
    "birth_place.region": _("Same region of birth"),
    "birth_place.differs": _("Places of birth differ"),
    "residence.same": _("Same address"),
    "residence.settlement": _("Places of residence have a name in common"),
    "arrest.day": _("Arrested on the same day"),
    "arrest.possible": _("Dates of arrest that can both be true"),
    "arrest.differs": _("Dates of arrest differ"),
    "arrest.before-birth": _("One was arrested before the other was born"),
    "sentence.day": _("Sentenced on the same day"),
    "sentence.possible": _("Dates of sentence that can both be true"),
    "death.day": _("Died on the same day"),
    "death.possible": _("Dates of death that can both be true"),
    "death.differs": _("Dates of death differ"),
    "death.false": _("One has the date of death that is known to be false for the other"),
    "death.before-birth": _("One died before the other was born"),
    "death.before-arrest": _("One died before the other was arrested"),
    "order.unclear": _("One died a few days before the other was arrested"),
    "occupation.same": _("Occupations have a word in common"),
    "nationality.same": _("Same nationality, as the sources have it"),
    "nationality.differs": _("Another nationality, as the sources have it"),
    "archive_file.same": _("Same number of an archive file"),
    "sex.differs": _("One is a man, the other a woman"),
    "judged.different": _("Their entries were judged to be about different people"),
}
"""What was found, by the code of the reason; no name stands in a sentence."""

TOGETHER: tuple[tuple[tuple[str, ...], Promise], ...] = (
    (
        ("family.same", "given.same", "patronymic.same"),
        _("Same surname, given name and patronymic"),
    ),
    (("family.same", "given.same"), _("Same surname and given name")),
    (("family.same", "patronymic.same"), _("Same surname and patronymic")),
    (("given.same", "patronymic.same"), _("Same given name and patronymic")),
)
"""Parts of names that agree as written are told in one line; the first that fits."""

CHANCES: Words = {
    "likely": _("Probably the same person"),
    "possible": _("Possibly the same person"),
    "unlikely": _("Hardly the same person"),
    "blocked": _("Cannot be the same person"),
}
UNVALUED = frozenset({"sex.differs", "judged.different"})
"""Reasons that are told whole without the values compared."""
LONGEST = 80
"""Letters of a value that are shown beside a reason."""


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason in words; a weight above 0 speaks for the same person, below against."""

    text: str
    weight: int


def _printed(day: FuzzyDate) -> str:
    return day.edtf or day.printed


def reason_lines(
    reasons: Iterable[Reason], *, say: Callable[[FuzzyDate], str] = _printed
) -> list[ReasonLine]:
    """Return the reasons in words, what speaks for it first; `say` puts dates into words."""
    left = {reason.code: reason for reason in reasons}
    lines = []
    for codes, words in TOGETHER:
        if all(code in left for code in codes):
            parts = [left.pop(code) for code in codes]
            values = " ".join(str(part.left) for part in parts)
            lines.append(ReasonLine(f"{words} ({values})", sum(part.weight for part in parts)))
            break
    lines += [ReasonLine(reason_words(reason, say=say), reason.weight) for reason in left.values()]
    return sorted(lines, key=lambda line: -line.weight)


def reason_words(reason: Reason, *, say: Callable[[FuzzyDate], str] = _printed) -> str:
    """Return one reason in words, with the values compared, once where they are equal."""
    words = str(REASONS.get(reason.code, reason.code))
    told = [_short(value, say) for value in (reason.left, reason.right) if value]
    if reason.code in UNVALUED or not told:
        return words
    return f"{words} ({' – '.join(dict.fromkeys(told))})"


def _short(value: str | FuzzyDate, say: Callable[[FuzzyDate], str]) -> str:
    text = say(value) if isinstance(value, FuzzyDate) else value
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def chance_words(score: int, *, blocked: bool) -> str:
    """Say in words what a score comes to."""
    if blocked:
        return str(CHANCES["blocked"])
    chance = "likely" if score >= LIKELY else "possible" if score >= POSSIBLE else "unlikely"
    return str(CHANCES[chance])
