"""Mistakes as people type them: a letter changed, left out, doubled or put in, two exchanged.

The letters are drawn by chance and from the neighbours on the keyboard, in equal parts; no table
of `registry.names` is asked what is likely.
"""

from __future__ import annotations

import random

ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")
RUSSIAN, ENGLISH = "абвгдежзийклмнопрстуфхцчшщыьэюя", "abcdefghijklmnopqrstuvwxyz"


def _other(rng: random.Random, letter: str) -> str:
    if rng.random() < 0.5:
        for row in ROWS:
            if (at := row.find(letter)) >= 0:
                near = row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
                return rng.choice(near)
    letters = ENGLISH if letter in ENGLISH else RUSSIAN
    return rng.choice(letters.replace(letter, ""))


def mistype(rng: random.Random, word: str) -> str:
    """Return a word with one mistake in it; it never comes out as it was."""
    while True:
        # First letters are mistyped too, though more rarely than others.
        at = rng.randrange(len(word)) if rng.random() < 0.3 else rng.randrange(1, len(word))
        before, letter, after = word[:at], word[at], word[at + 1 :]
        kind = rng.random()
        if kind < 0.4:
            made = before + _other(rng, letter.lower()) + after
        elif kind < 0.65:
            made = before + after
        elif kind < 0.75:
            made = before + letter * 2 + after
        elif kind < 0.9:
            made = before + letter + _other(rng, letter.lower()) + after
        else:
            made = before + after[:1] + letter + after[1:]
        made = made.lower()
        if made != word.lower():
            return made.capitalize()
