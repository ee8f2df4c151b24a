"""Names of which a part is missing, or another, while what agrees is rare.

A woman is filed under her maiden name and asked for by her married one; of a brother only the
given name differs. Whoever has such a name is told of below everyone who has the whole, with the
part that differs named, and only where few people have the rest of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from registry.models import FORMS_A_PERSON
from registry.search.index.rows import WORD, ask, numbers

from .asked_forms import PARTS, Candidate, Gathered, Row, assignments, forms
from .asking import AskedWord
from .known import EQUIVALENT, Answer, Answers, Options

RARE = (0, 40, 300)
"""People who have one name, or two names together, above whom these say too little."""
MISSING = 0.5
"""What a part is worth that the name does not have; one that differs is worth less."""
DIFFERS = 0.3
RARITY = 0.06
"""What it adds that nobody else has what agrees."""
LACKING = 20
"""People told of who have no third name, where many have the other two."""


@dataclass(frozen=True, slots=True)
class _Question:
    """All words but one, by the columns they stand in; the word left out, and its column."""

    words: Sequence[AskedWord]
    columns: Mapping[int, int]
    chosen: Mapping[int, Answers]
    other: int
    column: int


def gather_partial(words: Sequence[AskedWord], options: Sequence[Options], found: Gathered) -> None:
    """Add whoever has all names but one of two or three as asked, or in another form."""
    rare = RARE[len(words) - 1]
    questions = list(_questions(words, options))
    rows = forms([question.chosen for question in questions], most=rare + 1)
    many = [at for at, own in enumerate(rows) if len(own) > rare and _says_enough(questions[at])]
    again = forms(
        [questions[at].chosen for at in many],
        most=LACKING,
        lacking=[questions[at].column for at in many],
    )
    rows = [own if len(own) <= rare else [] for own in rows]
    for at, own in zip(many, again, strict=True):
        rows[at] = own
    keys = _keys_of(
        {
            row[question.column + 1]
            for question, own in zip(questions, rows, strict=True)
            for row in own
        }
    )
    for question, own in zip(questions, rows, strict=True):
        _add(own, question, keys, found)


def _questions(words: Sequence[AskedWord], options: Sequence[Options]) -> Iterator[_Question]:
    for other in range(len(words)):
        rest = [at for at in range(len(words)) if at != other]
        for way in assignments([options[at] for at in rest]):
            chosen = {column: _wholes(answers) for column, answers in way}
            if not all(chosen.values()):
                continue
            columns = dict(zip(rest, chosen, strict=True))
            for column in {0, 1, 2} - set(chosen):
                if words[other].role in {None, column + 1} and _may_stand(options[other], column):
                    yield _Question(words, columns, chosen, other, column)


def _says_enough(question: _Question) -> bool:
    """Tell whether many who agree are told of where they have no third name: not for a given
    name alone, which says nothing of a surname that is misspelt.
    """
    return 0 in question.chosen or len(question.chosen) > 1


def _may_stand(options: Options, column: int) -> bool:
    """Tell whether a word may be the part of a column: one that is known is what it is."""
    roles = options.whole_roles()
    return not roles or column + 1 in roles


def _wholes(answers: Answers) -> Answers:
    return {word: answer for word, answer in answers.items() if answer.score >= EQUIVALENT}


def _add(
    rows: Sequence[Row], question: _Question, keys: Mapping[int, list[str]], found: Gathered
) -> None:
    others = {row[question.column + 1] for row in rows}
    alike = _alike(question.words[question.other], {pk: keys[pk] for pk in others if pk})
    people = len({row[0] // FORMS_A_PERSON for row in rows})
    for row in rows:
        other = row[question.column + 1]
        answers: list[Answer | None] = [None] * len(question.words)
        for at, column in question.columns.items():
            answers[at] = question.chosen[column][row[column + 1] or 0]
        worth = MISSING if other is None else DIFFERS * alike[other]
        total = sum(answer.score for answer in answers if answer) + worth + RARITY / people
        part = PARTS[question.column]
        found.add(
            Candidate(
                row[0] // FORMS_A_PERSON,
                total / len(answers),
                tuple(answers),
                f"missing-{part}" if other is None else f"differs-{part}",
            )
        )


def _keys_of(words: set[int | None]) -> dict[int, list[str]]:
    """Return the keys of words, by their ids."""
    wanted = [word for word in words if word]
    if not wanted:
        return {}
    rows = ask(f"SELECT id, keys FROM {WORD} WHERE id IN ({numbers(wanted)})")  # noqa: S608 (our own name and numbers)
    return {pk: keys.split() for pk, keys in rows}


def _alike(word: AskedWord, others: Mapping[int, list[str]]) -> dict[int, float]:
    """Return how like the word asked for each of these is, by its sounds, 0 to 1."""
    return {
        pk: max(OSA.normalized_similarity(own, key) for own in word.keys for key in keys)
        for pk, keys in others.items()
    }
