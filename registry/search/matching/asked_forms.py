"""Asking for people by the words of their names: exact questions, each answered by a B-tree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, permutations

import numpy as np
from django.db import connection

from registry.models import FORMS_A_PERSON, WordRole
from registry.search.ids import Ids
from registry.search.index.rows import COLUMNS, FORM, ask, numbers

from .known import READING_SCORE, Answer, Answers, Options

PARTS = ("family", "given", "patronymic")
FITTING = (
    (WordRole.FAMILY,),
    (WordRole.GIVEN,),
    (WordRole.PATRONYMIC, WordRole.GIVEN),
)
"""The parts whose words stand in each column: a second given name stands for the patronymic."""
COVERAGE = 0.1
"""What of the score is lost where a name has words that were not asked for."""
OTHER_ORDER = 0.02
"""What is lost where a given name follows a patronymic: М. И. is Мария Ивановна before Иван
Михайлович."""
A_ROW = 0.1
"""What reading a row costs, where finding a place in a B-tree costs one."""
TOGETHER = 30
"""Of so many people who have the rarer of two names one has the other: a guess for planning."""
MOST_PLACES = 4_000
"""Places in a B-tree that one question may look for."""

Row = tuple[int, int | None, int | None, int | None]


@dataclass(slots=True)
class Candidate:
    """A person who may be meant: how well, and by which answer to each word asked for.

    `answers` stand in the order of the words; None where nothing of the name answers, and then
    `part` tells which part of it is missing or differs: `differs-family`.
    """

    person: int
    score: float
    answers: tuple[Answer | None, ...]
    part: str = ""
    name: str = ""


@dataclass(slots=True)
class Gathered:
    """The candidates found so far, each person once, by the best of their forms."""

    best: dict[int, Candidate] = field(default_factory=dict)
    is_cut: bool = False

    def add(self, candidate: Candidate) -> None:
        """Keep a candidate, unless the person has a better form already."""
        own = self.best.get(candidate.person)
        if own is None or own.score < candidate.score:
            self.best[candidate.person] = candidate


def answers_in(options: Options, column: int) -> Answers:
    """Return the answers that may stand in a column."""
    found = [options.by_role[role] for role in FITTING[column] if role in options.by_role]
    return found[0] if len(found) == 1 else dict(chain.from_iterable(own.items() for own in found))


def assignments(options: Sequence[Options]) -> Iterator[tuple[tuple[int, Answers], ...]]:
    """Yield each way to give every word a column of its own, and what may stand there."""
    if len(options) > len(COLUMNS):
        return
    fitting = [[answers_in(own, column) for column in range(len(COLUMNS))] for own in options]
    for columns in permutations(range(len(COLUMNS)), len(options)):
        chosen = tuple((column, fitting[word][column]) for word, column in enumerate(columns))
        if all(answers for _, answers in chosen):
            yield chosen


def gather(
    options: Sequence[Options],
    found: Gathered,
    *,
    most: int,
    steps: Sequence[float] = (READING_SCORE, 0.0),
) -> None:
    """Add the people all of whose words answer, in any order of the parts, the best first.

    Those all of whose words are worth the first of the `steps` are asked for before the others,
    so that whoever is left out where there are more than `most` is not better than whoever is
    there.
    """
    ways = list(assignments(options))
    for least in steps:
        asked: list[dict[int, Answers]] = []
        for way in ways:
            sets = [_at_least(answers, least) for _, answers in way]
            if not all(sets) or (not least and all(map(_is_whole, sets))):
                continue
            # The columns stand in the order of the words.
            chosen = {column: own for (column, _), own in zip(way, sets, strict=True)}
            if len(chosen) == 1:
                chosen, cut = _most_frequent(chosen, most)
                found.is_cut = found.is_cut or cut
            asked.append(chosen)
        for chosen, rows in zip(asked, forms(asked, most=most + 1), strict=True):
            found.is_cut = found.is_cut or len(rows) > most
            for row in rows[:most]:
                found.add(_scored(row, chosen))
        if len(found.best) >= most:
            found.is_cut = found.is_cut or bool(least)
            return


def _at_least(answers: Answers, least: float) -> Answers:
    if not least:
        return answers
    return {word: answer for word, answer in answers.items() if answer.score >= least}


def _is_whole(answers: Answers) -> bool:
    return all(answer.score >= READING_SCORE for answer in answers.values())


def _most_frequent(chosen: Mapping[int, Answers], most: int) -> tuple[dict[int, Answers], bool]:
    """Return the best answers of one column that have more people than wanted between them."""
    [(column, answers)] = chosen.items()
    ordered = sorted(answers.items(), key=lambda item: (-item[1].score, -item[1].frequency))
    kept: Answers = {}
    people = 0
    for word, answer in ordered:
        if people > most:
            return {column: kept}, True
        kept[word] = answer
        people += answer.frequency
    return {column: kept}, False


def _scored(row: Row, chosen: Mapping[int, Answers]) -> Candidate:
    answers = tuple(own[row[column + 1]] for column, own in chosen.items())  # type: ignore[index]  # filled
    mean = sum(answer.score for answer in answers) / len(answers)
    if _is_turned(chosen):
        mean -= OTHER_ORDER
    filled = 3 - row.count(None)
    covered = len(answers) / filled
    return Candidate(row[0] // FORMS_A_PERSON, mean * (1 - COVERAGE + COVERAGE * covered), answers)


def _is_turned(columns: Iterable[int]) -> bool:
    """Tell whether a patronymic stands before the given name, in the order of the words."""
    names = [column for column in columns if column]
    return names != sorted(names)


def forms(
    asked: Sequence[Mapping[int, Answers]], *, most: int, lacking: Sequence[int] = ()
) -> list[list[Row]]:
    """Return, for each of several questions, at most so many forms, all in one query.

    A form answers that has one of the words in each of the columns; with `lacking`, a column for
    each question, only one that has nothing in that.
    """
    without = [f" AND {COLUMNS[column]} IS NULL" for column in lacking] or [""] * len(asked)
    questions = [
        f"SELECT * FROM (SELECT {number}, id, {', '.join(COLUMNS)} FROM {FORM} "  # noqa: S608 (our own names and numbers)
        f"WHERE {_where(chosen)}{nothing} LIMIT {most}) way{number}"
        for number, (chosen, nothing) in enumerate(zip(asked, without, strict=True))
    ]
    found: list[list[Row]] = [[] for _ in asked]
    for number, *row in ask(" UNION ALL ".join(questions)) if questions else ():
        found[number].append(tuple(row))
    return found


def people(chosen: Mapping[int, Answers], *, most: int) -> Ids:
    """Return the people of all forms that have one of the words in each of the columns.

    Of as many forms as there are, up to `most`. They come as one text, which takes a quarter of
    the time of as many rows.
    """
    joined = "string_agg(id::text, ',')"
    [(text,)] = ask(
        f"SELECT {joined if connection.vendor == 'postgresql' else 'group_concat(id)'} "  # noqa: S608 (our own names and numbers)
        f"FROM (SELECT id FROM {FORM} WHERE {_where(chosen)} LIMIT {most}) found"
    )
    return np.fromstring(text or "", dtype=np.int64, sep=",") // FORMS_A_PERSON


def _where(chosen: Mapping[int, Answers]) -> str:
    """Return the condition, worded so that the cheapest of the B-trees is walked.

    A column after a plus sign is compared, and not looked up. Databases choose by how many
    values a column has, and not by how many people have *these*: of Иван Иванович and a rare
    surname they may begin with the former.
    """
    sizes = {
        column: (len(words), sum(answer.frequency for answer in words.values()))
        for column, words in chosen.items()
    }
    looked_up = min(_ways(list(chosen)), key=lambda way: _cost([sizes[own] for own in way]))
    return " AND ".join(
        f"{'' if column in looked_up else '+'}{COLUMNS[column]} IN ({numbers(words)})"
        for column, words in chosen.items()
    )


def _ways(columns: list[int]) -> Iterator[tuple[int, ...]]:
    for number in range(1, len(columns) + 1):
        yield from combinations(columns, number)


def _cost(sizes: Sequence[tuple[int, int]]) -> float:
    """Return what it costs to look up columns of so many words, which so many people have."""
    seeks = math.prod(words for words, _ in sizes)
    people = min(people for _, people in sizes)
    too_many = 1000 if seeks > MOST_PLACES else 1
    return float(seeks * too_many + A_ROW * people / TOGETHER ** (len(sizes) - 1))
