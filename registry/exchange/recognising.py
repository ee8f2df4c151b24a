"""What a printed text says in terms of the vocabularies: articles, sentences, regions.

Only what is plain is recognised; the text stays beside it, and what is not plain stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_PLAIN = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("«»“”„’'`", '"'), "ё": "е"}
)

# Articles ----------------------------------------------------------------------------------

_HEAD = re.compile(r"(?<![0-9])(58|54)(?=[\s\-,/.(])(?:\s*ук\b)?")
_LETTERS = {"а": "a", "a": "a", "б": "b", "b": "b", "в": "v", "v": "v", "г": "g", "g": "g"}
_PARAGRAPH = re.compile(
    r"""(?:[\s.]*(?:-|,|/|\bи\b|\bі\b|пп?\b\.?))+\s*   # 58-10, 11 и 58 п. 10 и 11
    0?(1[0-4]|[1-9])(?![0-9])
    (?:\s*(?:п\.?\s*)?"?([абвгabvg])"?(?!\w))?           # 58-1а, 58-1 "а", 58-1 п. "а"
    (?!\s*(?:лет|г\.|год|мес|янв|фев|мар|апр|ма[йя]|ию[нл]|авг|сен|окт|ноя|дек))
    (?:\s*,?\s*ч(?:\.|аст\w*)?\s*[0-9]+(?!\w))?          # parts are not told apart
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=32768)
def articles_in(text: str) -> tuple[str, ...]:
    """Return the codes of the paragraphs of Article 58 (54 in Ukraine) that a text names.

    `58-1а` is `58-1a`; each code once, in the order of the print.
    """
    plain = text.lower().translate(_PLAIN)
    found: dict[str, None] = {}
    for head in _HEAD.finditer(plain):
        at = head.end()
        while item := _PARAGRAPH.match(plain, at):
            letter = _LETTERS.get(item[2] or "", "") if item[1] == "1" else ""
            found[f"{head[1]}-{item[1]}{letter}"] = None
            at = item.end()
    return tuple(found)


# Sentences ---------------------------------------------------------------------------------

_KINDS = (
    ("shooting", r"расстрел|\bвмн\b|\bвмсз\b|высш\w+ мер|розстріл|\bshooting|\bshot\b"),
    ("katorga", r"каторг|каторж|\bктр\b|penal servitude"),
    ("labour-colony", r"\bитк\b|исправительно-трудов\w+ колони|colony"),
    ("camp", r"\bитл\b|\bвтт\b|концлаг|лагер|таборів|\bлагп|\bcamp"),
    ("special-settlement", r"спец[. -]*(?:пос|перес)|special settlement"),
    ("deportation", r"депорт|deport"),
    ("labour-army", r"трударм|labour army"),
    ("expulsion-abroad", r"за ?границу|за пределы ссср|abroad"),
    ("exile", r"ссылк|высылк|сослан|выслан|заслан|\bexile|banish"),
    ("prison", r"тюр|ув'язн|политизолят|\bprison"),
    ("compulsory-treatment", r"принуд\w* леч|compulsory treatment"),
    ("compulsory-work", r"принуд\w* ?раб|исправ\w*[- ]труд\w* раб|\bитр\b"),
    ("minus", r"\bминус\b|запрещ\w+ прожив"),
    ("case-closed", r"дело прекращ|справу (?:при|за)крит"),
)
_MINOR = (
    ("loss-of-rights", r"поражени\w+ в правах|\bп/п\b|избирательных прав|лишен\w* прав"),
    ("confiscation", r"конфиск"),
)
_KIND = re.compile("|".join(f"(?P<k{n}>{words})" for n, (_, words) in enumerate(_KINDS)))
_MINOR_KIND = re.compile("|".join(f"(?P<k{n}>{words})" for n, (_, words) in enumerate(_MINOR)))
# A sentence with a condition, and one exchanged for another, are not plain.
_CONDITION = re.compile(r"условн|замен|замін|commut")
_TERM = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:\s*\([^)]*\))?\s*-?(?:ти|х)?\s*(лет|год|рок|рік|г\.|л\.|г\b|years?\b"
    r"|мес|міс|months?\b)(?:\w*\.?)(?:\s*(?:и|і|and)?\s*([0-9]{1,2})\s*(?:мес|міс|months?\b))?"
)
_CLAUSES = re.compile(r"[,;]| с (?:последующ|поражен|конфиск)| и (?=[0-9])")


@lru_cache(maxsize=32768)
def sentence_in(text: str) -> tuple[str, int | None]:
    """Return the code of the kind of sentence and its months, where they are plain.

    `10 лет ИТЛ, 5 лет п/п` is ("camp", 120): the first main punishment decides, loss of rights
    and confiscation only where they stand alone. ("", None) where no kind is named, or the
    sentence was conditional or exchanged.
    """
    plain = text.lower().translate(_PLAIN)
    if _CONDITION.search(plain):
        return "", None
    for pattern, kinds in ((_KIND, _KINDS), (_MINOR_KIND, _MINOR)):
        for clause in _CLAUSES.split(plain):
            if match := pattern.search(clause):
                code = kinds[int(str(match.lastgroup)[1:])][0]
                return code, None if code in {"shooting", "confiscation"} else _months(clause)
    return "", None


def _months(clause: str) -> int | None:
    terms = list(_TERM.finditer(clause))
    if len(terms) != 1:
        return None
    number, unit, more = terms[0].groups()
    if unit.startswith(("мес", "міс", "month")):
        return int(number) or None
    return int(number) * 12 + int(more or 0) or None


# What was done -----------------------------------------------------------------------------

_KULAK = re.compile(r"раскулач|розкуркул|кулак|dekulak")
_RIGHTS = re.compile(r"избирательных прав|виборчих прав")


@lru_cache(maxsize=32768)
def repression_kind(sentence: str, charge: str) -> str:
    """Return the kind of a repression no arrest is stated for: a `RepressionKind` value."""
    said = f"{sentence} {charge}".lower()
    if _KULAK.search(said):
        return "dekulakisation"
    if _RIGHTS.search(said) and not _KIND.search(sentence.lower()):
        return "deprivation"
    if sentence_in(sentence)[0] in {"special-settlement", "deportation"}:
        return "deportation"
    return "arrest"


# Regions -----------------------------------------------------------------------------------

_WORD = re.compile(r"\w+")
_LONGEST_NAME = 5


class RegionBook:
    """The regions whose spellings are known, found inside texts of places."""

    def __init__(self, spellings: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a spelling and the code of its region."""
        self._codes: dict[str, str] = {}
        for text, code in spellings:
            if words := _words(text):
                self._codes.setdefault(" ".join(words), code)
        self._longest = max((name.count(" ") + 1 for name in self._codes), default=0)
        self._longest = min(self._longest, _LONGEST_NAME)
        self.region_in = lru_cache(maxsize=32768)(self._region_in)

    def _region_in(self, place: str) -> str:
        """Return the code of the region named in `place`, else nothing.

        The name of most words wins: `г. Омск, Омская обл.`; of two as long, the first.
        """
        words = _words(place)
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                code = self._codes.get(" ".join(words[start : start + length]))
                if code:
                    return code
        return ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("ё", "е"))
