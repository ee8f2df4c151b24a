"""What speaks for and against two profiles being one person: codes, weights, limits.

A score is the sum of the weights of what was found, kept between 0 and 100, and never above the
lowest limit of the codes found. A field that one side does not know is no evidence. The weights
were set on the 52 judged pairs and the 420 pairs of names of `tests/linking/`, and on invented
families; the cases that set a number stand beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from registry.dates import FuzzyDate

LIKELY = 70
"""From here on an editor will probably say "the same": the full name and the year of birth."""
POSSIBLE = 45
"""From here on a pair is worth an editor's look."""
WORTH_SHOWING = 20
"""From here on somebody who looks is shown the person: the surname alone agrees."""
WORTH_SHOWING_RENAMED = 40
"""The same, where the surnames differ: more agrees than two names and a year of birth."""
HIGHEST = 100

WEIGHTS = {
    # Names. A full name as printed comes to 58: worth a look, and no more, without a date.
    "family.same": 22,
    "family.reading": 21,  # Mandelsztam, Мандельштам: what is one key is hardly chance
    "family.near": 12,  # Апасов, Апосов: one letter; 300 of the 420 pairs of names
    "family.part": 14,  # Калецкая-Прохаска, Калецкая; one of two surnames
    "family.stem": 6,  # Авдеенко, Авдеев; Климентьев, Климович
    "family.initial": 3,
    "family.differs": -12,  # Шохирева, Колобова: a woman married; see the limit
    "given.same": 18,
    "given.reading": 17,
    "given.equivalent": 15,  # Осип, Иосиф; Герш, Григорий
    "given.near": 8,  # Данил, Данило; but also Хасан, Хусан, who are brothers: see the limit
    "given.part": 12,  # Марта-Элла, Марта
    "given.initial": 5,
    "given.differs": -40,
    "given.siblings": -40,  # the same surname and patronymic beside it
    "given.parent": -40,  # Иван Петрович, Пётр Иванович
    "patronymic.same": 18,
    "patronymic.reading": 17,
    "patronymic.equivalent": 15,  # Осипович, Иосифович
    "patronymic.near": 10,  # Анисимович, Онисимович
    "patronymic.part": 10,
    "patronymic.initial": 4,
    "patronymic.differs": -24,  # cousins in one village: see the limit
    "name.order": -3,  # surname and given name in each other's place
    # Birth. In 94 % of entries it is a year, and ages were counted: one year off is common.
    "birth.day": 25,
    "birth.calendar": 23,  # 12 or 13 days apart: Julian in one source, Gregorian in the other
    "birth.month": 18,
    "birth.year": 14,  # with a full name 72: likely, and no proof
    "birth.possible": 6,  # about 1891, and 1892
    "birth.days-differ": 3,  # another day of the same year: one of the two is often a guess
    "birth.one-year": 5,
    "birth.two-years": 0,
    "birth.years-differ": -10,
    "birth.far": -24,
    # Places. Districts and regions were renamed and are named by new ones: little follows.
    "birth_place.same": 14,  # a village and its district
    "birth_place.settlement": 10,  # one word: a town has many
    "birth_place.region": 3,
    "birth_place.differs": -5,
    "residence.same": 12,  # street and house
    "residence.settlement": 4,
    # The case. Hundreds were sentenced and shot on one day: weak, and the three go together.
    "arrest.day": 12,
    "arrest.possible": 4,
    "arrest.differs": -2,  # many were arrested more than once
    "sentence.day": 6,
    "sentence.possible": 2,
    "death.day": 8,
    "death.possible": 4,
    "death.false": 8,  # the certificate the family has, and the one the registry calls false
    "death.differs": -8,  # false dates of death were issued by the hundred thousand
    # The rest.
    "occupation.same": 4,
    "nationality.same": 2,
    "nationality.differs": -3,  # as the police wrote it, and not always alike
    "archive_file.same": 10,  # those of one case share a file
    "order.unclear": -12,  # arrested a few days after the other's death
}
"""Points of each code of a reason."""

LIMITS = {
    # Brothers, fathers and sons in one village on one day agree in all but the given name.
    "given.differs": 30,
    "given.siblings": 30,
    "given.parent": 30,
    "given.near": 60,
    "patronymic.differs": 55,
    # Two of three names: a married woman, or a namesake. An editor looks, whatever else agrees.
    "family.differs": 65,
    "family.stem": 65,
    "given.unknown": 55,  # a surname and a village: brothers again
    "given.initial": 69,
    "family.initial": 40,
    "family.unknown": 60,
}
"""The highest score a pair can reach, by what was found of the names."""

BLOCKS = (
    "sex.differs",
    "birth.apart",
    "death.before-birth",
    "death.before-arrest",
    "arrest.before-birth",
    "judged.different",
)
"""Contradictions that no weight of evidence outdoes, in the order they are told."""

Value = str | FuzzyDate


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing compared: its code, what it weighs for (or against), and the values compared.

    `left` and `right` are as their sides have them; empty where a code needs none.
    """

    code: str
    weight: int
    left: Value = ""
    right: Value = ""

    @property
    def mirrored(self) -> Reason:
        """The same reason seen from the other side."""
        return Reason(self.code, self.weight, self.right, self.left)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two profiles are one person: a score in 0..100, and why.

    `blocked` is the contradiction that forbids it; the score is 0 then. `sum` is what the
    weights of the reasons come to before blocks and limits, in no bounds.
    """

    score: int
    reasons: tuple[Reason, ...]
    blocked: Reason | None = None

    @property
    def sum(self) -> int:
        """Return what the reasons come to by themselves."""
        return sum(reason.weight for reason in self.reasons)

    @property
    def worth_showing(self) -> bool:
        """Whether so much agrees that somebody who looks for the one is told of the other."""
        renamed = any(reason.code == "family.differs" for reason in self.reasons)
        return self.sum >= (WORTH_SHOWING_RENAMED if renamed else WORTH_SHOWING)


def found(code: str, left: Value = "", right: Value = "") -> Reason:
    """Return the reason of a code with its weight; a block, and what only limits, weigh 0."""
    return Reason(code, WEIGHTS.get(code, 0), left, right)
