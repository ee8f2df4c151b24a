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
    pairs = [(_written_out(pattern), output) for pattern, output in rules]
    outputs = [output for _, output in pairs]
    matcher = re.compile("|".join(f"({pattern})" for pattern, _ in pairs))

    def output_of(match: re.Match[str]) -> str:
        return outputs[(match.lastindex or 1) - 1]

    return lambda text: matcher.sub(output_of, text)


def _written_out(pattern: str) -> str:
    for name, letters in _CLASSES.items():
        pattern = pattern.replace(name, letters)
    return pattern
