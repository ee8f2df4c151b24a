"""Rewriting a word from left to right by a table of patterns, the first that fits winning."""

import re
from collections.abc import Callable, Iterable
from typing import Final

__all__ = ["transducer"]

_CLASSES: Final = {
    "{V}": "[aeiouyäöüáéíóúàèâêîôûëïəıąęóėőűāēīū]",
    "{C}": "[bcdfghjklmnpqrstvwxzßłńśźżćčšžñňřťďļķģņçşğ]",
    "{А}": "[аеёиоуыэюяіїєѣѵөүұә]",
    "{К}": "[бвгґджзклмнпрстфхцчшщ]",
}


def transducer(rules: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """Return a function that rewrites a text by `rules`, pairs of a pattern and its output.

    A pattern is a regular expression without groups, in which `{V}` and `{C}` stand for the
    Latin vowels and consonants, `{А}` and `{К}` for the Cyrillic ones. At each place the first
    rule that fits is taken; what no rule fits stays. Every pattern is bounded, so the time is
    linear in the length of the text.
    """
    plain, wide = _parted((_written_out(pattern), output) for pattern, output in rules)
    outputs = [output for _, output in wide]
    # One letter by itself is looked up: a pattern for each would be tried at every place.
    matcher = re.compile("|".join([*(f"({pattern})" for pattern, _ in wide), "(?s:.)"]))

    def output_of(match: re.Match[str]) -> str:
        at = match.lastindex
        return plain.get(match[0], match[0]) if at is None else outputs[at - 1]

    return lambda text: matcher.sub(output_of, text)


def _parted(rules: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Part the rules of one plain letter from the others.

    A rule that stands below the rule of a letter is not tried where that letter stands.
    """
    plain: dict[str, str] = {}
    wide = []
    for pattern, output in rules:
        if len(pattern) == 1 and pattern.isalpha():
            plain.setdefault(pattern, output)
        else:
            above = f"(?![{''.join(plain)}])" if plain else ""
            wide.append((above + pattern, output))
    return plain, wide


def _written_out(pattern: str) -> str:
    for name, letters in _CLASSES.items():
        pattern = pattern.replace(name, letters)
    return pattern
