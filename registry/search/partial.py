"""Names of which two parts of three agree: the third is missing, or another.

A woman is filed under her maiden name and asked for by her married one; of a brother only the
given name differs. Whoever has such a name is told of below everyone who has the whole, with the
part that differs named, and only where few people have the other two together.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from registry.models import FORMS_A_PERSON

from .asked_forms import PARTS, Candidate, Gathered, Row, assignments, forms
from .asking import AskedWord
from .known import EQUIVALENT, WORD, Answer, Answers, Options
from .rows import ask, numbers

RARE = 300
"""People who have two names together, above whom these two say too little."""
MISSING = 0.5
"""What a part is worth that the name does not have; one that differs is worth less."""
DIFFERS = 0.3
RARITY = 0.06
"""What it adds that nobody else has the two names together."""
LACKING = 20
"""People told of who have no third name, where many have the other two."""


def gather_partial(words: Sequence[AskedWord], options: Sequence[Options], found: Gathered) -> None:
    """Add whoever has two of three names as asked, or in another form of them."""
    for third in range(len(words)):
        pair = [at for at in range(len(words)) if at != third]
        for way in assignments([options[at] for at in pair]):
            chosen = {column: _wholes(answers) for column, answers in way}
            column = ({0, 1, 2} - set(chosen)).pop()
            if not all(chosen.values()) or words[third].role not in {None, column + 1}:
                continue
            rows = forms(chosen, most=RARE + 1)
            if len(rows) > RARE:
                rows = forms(chosen, most=LACKING, lacking=column)
            order = dict(zip(pair, (column for column, _ in way), strict=True))
            _add(rows, words, third, column, order, chosen, found)


def _wholes(answers: Answers) -> Answers:
    return {word: answer for word, answer in answers.items() if answer.score >= EQUIVALENT}


def _add(
    rows: list[Row], words: Sequence[AskedWord], third: int, column: int,
    order: dict[int, int], chosen: dict[int, Answers], found: Gathered,
) -> None:  # fmt: skip
    alike = _alike(words[third], {row[column + 1] for row in rows})
    people = len({row[0] // FORMS_A_PERSON for row in rows})
    for row in rows:
        other = row[column + 1]
        worth = MISSING if other is None else DIFFERS * alike[other]
        answers: list[Answer | None] = [None] * len(words)
        for at, own in order.items():
            answers[at] = chosen[own][row[own + 1]]  # type: ignore[index]
        total = sum(answer.score for answer in answers if answer) + worth + RARITY / people
        part = PARTS[column]
        if other is None:
            part = f"no-{part}"
        found.add(Candidate(row[0] // FORMS_A_PERSON, total / len(words), tuple(answers), part))


def _alike(word: AskedWord, others: set[int | None]) -> dict[int, float]:
    """Return how like the word asked for each of these is, by its sounds, 0 to 1."""
    wanted = [other for other in others if other]
    if not wanted:
        return {}
    rows = ask(f"SELECT id, keys FROM {WORD} WHERE id IN ({numbers(wanted)})")  # noqa: S608 (our own name and numbers)
    return {
        pk: max(
            OSA.normalized_similarity(own, key) for own in word.keys for key in keys.split()
        )
        for pk, keys in rows
    }


