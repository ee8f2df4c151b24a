"""How facts are concluded from entries: pure functions, the same result in any order.

The rule, from the design of the registry: of the entries in use that state a field and are
not discredited, the editor's choice if there is one; else the best rank on the evidence
ladder, then the number of entries that agree, then precision, then the source's slug and the
entry's key. Death date, place, cause, fate and burial are concluded as one group, so that the
place of one version never stands beside the date of another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from registry.dates import Agreement, FuzzyDate, agree

from .facts import Assertion, EntryFacts, NameFact, Value, Words, token_set

SINGLE = (
    "sex",
    "birth",
    "birth_place",
    "birth_region",
    "age",
    "nationality",
    "party",
    "residence_region",
)
"""Fields that have one true value: others are rivals."""
PLURAL = (
    "category",
    "citizenship",
    "social_origin",
    "education",
    "occupation",
    "residence",
    "relatives",
    "archive_file",
    "basis",
    "comment",
)
"""Fields that can have several values side by side, none of them preferred."""
DEATH_GROUP = ("death", "fate", "death_place", "burial", "death_cause")
"""Concluded together; the first field of this order that anyone states anchors the group."""
VERSION = ("death", "fate")
"""The fields of the death group by which one version is told from another."""
FIELDS = SINGLE + PLURAL + DEATH_GROUP


Worth = tuple[int, int, int, str, str]
"""How an assertion stands: rank, agreeing and precision (less first), source, key."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and the ids of the entries that state it, best first."""

    value: Value
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Concluded:
    """One field: `values` (one, or several where plural), the rivals, and what decided.

    `rule` is `only`, `agreed`, `choice`, `rank`, `count`, `precision` or `order`; `calendar`
    tells that some agree only as Julian and Gregorian.
    """

    field: str
    values: tuple[Stated, ...]
    rivals: tuple[Stated, ...] = ()
    rule: str = "only"
    calendar: bool = False

    @property
    def value(self) -> Value:
        """The believed value, or the first of several."""
        return self.values[0].value


def values_agree(a: Value, b: Value) -> bool:
    """Tell whether both can be true: dates that fit, one term, or one text within the other."""
    if isinstance(a, FuzzyDate) and isinstance(b, FuzzyDate):
        if not (a.edtf and b.edtf):
            return a.printed == b.printed
        return agree(a, b) is not Agreement.DIFFER
    if isinstance(a, Words) and isinstance(b, Words):
        if a.code and b.code:
            return a.code == b.code
        return _one_within_the_other(a.text, b.text)
    return False


NEGATIONS = frozenset({"не", "нет", "без", "ні", "немає", "not", "no", "non", "without"})
"""Folded words that turn what follows into its contrary."""


def _one_within_the_other(a: str, b: str) -> bool:
    left, right = token_set(a), token_set(b)
    if not (left and right):
        # No word says nothing, and would be part of every text.
        return a == b
    return (left <= right or right <= left) and not NEGATIONS & (left ^ right)


def same_value(a: Value, b: Value) -> bool:
    """Tell whether both say the same and no more: one date, one term, or the same words."""
    if isinstance(a, Words) and isinstance(b, Words):
        if a.code and b.code:
            return a.code == b.code
        return a.text == b.text or token_set(a.text) == token_set(b.text) != frozenset()
    return values_agree(a, b) and precision(a) == precision(b)


def is_understood(value: Value) -> bool:
    """Tell whether a value says something that can be compared: a date that was not read cannot."""
    return not isinstance(value, FuzzyDate) or bool(value.edtf)


def by_other_calendar(a: Value, b: Value) -> bool:
    """Tell whether two dates agree only as days of the two calendars."""
    if not (isinstance(a, FuzzyDate) and isinstance(b, FuzzyDate) and a.edtf and b.edtf):
        return False
    return agree(a, b) is Agreement.CALENDAR


def precision(value: Value) -> int:
    """Return how exact a value is: of a date its span, of words their number."""
    if isinstance(value, FuzzyDate):
        return int(value.precision) if value.edtf else -1
    return len(token_set(value.text)) + (1 if value.code else 0)


def conclude_field(
    field: str, assertions: Sequence[Assertion], *, chosen: int | None = None
) -> Concluded | None:
    """Conclude one field that has one true value; None when nobody states it.

    `chosen` is the id of the entry an editor chose; it is ignored when that entry is not among
    the assertions.
    """
    if not assertions:
        return None
    ordered = sorted(assertions, key=lambda a: (a.entry.order, a.entry.id))
    if len(ordered) == 1:
        rule = "choice" if ordered[0].entry.id == chosen else "only"
        return Concluded(field, (Stated(ordered[0].value, (ordered[0].entry.id,)),), rule=rule)
    agreeing = [[other for other in ordered if values_agree(a.value, other.value)] for a in ordered]
    keys = [
        (a.entry.rank, -len({p.entry.source for p in peers}), -precision(a.value), *_name(a))
        for a, peers in zip(ordered, agreeing, strict=True)
    ]
    best = min(range(len(ordered)), key=keys.__getitem__)
    picked = next((i for i, a in enumerate(ordered) if a.entry.id == chosen), None)
    winner = best if picked is None else picked
    # A vague value agrees with two exact ones that contradict each other: those are rivals.
    peers = [
        a for a in agreeing[winner] if all(values_agree(a.value, b.value) for b in agreeing[winner])
    ]
    differ = [i for i, a in enumerate(ordered) if a not in peers]
    return Concluded(
        field,
        (Stated(ordered[winner].value, _ids(ordered[winner], peers)),),
        rivals=group_values([ordered[i] for i in differ]),
        rule="choice" if picked is not None else _deciding([keys[i] for i in differ], keys[best]),
        calendar=any(by_other_calendar(ordered[winner].value, a.value) for a in peers),
    )


def _name(assertion: Assertion) -> tuple[str, str]:
    return (assertion.entry.source, assertion.entry.key)


def _ids(winner: Assertion, peers: Iterable[Assertion]) -> tuple[int, ...]:
    """Return the ids of those that agree, the winner first, each once."""
    return tuple(dict.fromkeys([winner.entry.id, *(peer.entry.id for peer in peers)]))


def _deciding(rivals: Sequence[Worth], best: Worth) -> str:
    """Name the first step of the rule at which the best rival falls behind."""
    if not rivals:
        return "agreed"
    second = min(rivals)
    for step, name in enumerate(("rank", "count", "precision")):
        if second[step] != best[step]:
            return name
    return "order"


def group_values(
    assertions: Sequence[Assertion], together: Callable[[Value, Value], bool] = values_agree
) -> tuple[Stated, ...]:
    """Put assertions that agree with the first of their group together, in their order."""
    if len(assertions) == 1:
        return (Stated(assertions[0].value, (assertions[0].entry.id,)),)
    groups: list[list[Assertion]] = []
    for assertion in sorted(
        assertions, key=lambda a: (-precision(a.value), a.entry.order, a.entry.id)
    ):
        for group in groups:
            if together(group[0].value, assertion.value):
                group.append(assertion)
                break
        else:
            groups.append([assertion])
    groups.sort(key=lambda group: min(a.entry.order for a in group))
    return tuple(
        Stated(
            group[0].value,
            tuple(
                dict.fromkeys(
                    a.entry.id for a in sorted(group, key=lambda a: (a.entry.order, a.entry.id))
                )
            ),
        )
        for group in groups
    )


def conclude(
    entries: Sequence[EntryFacts], choices: Mapping[str, int] | None = None
) -> dict[str, Concluded]:
    """Conclude every field of a person from all entries in use.

    `choices` maps a field to the id of the entry an editor believes for it. Fields that nobody
    states are absent from the result.
    """
    choices = dict(choices or {})
    if "birth_place" in choices:
        # The region by which lists are filtered is that of the place believed.
        choices.setdefault("birth_region", choices["birth_place"])
    stated = believed_assertions(entries)
    found = conclude_fields(stated, single=SINGLE, plural=PLURAL, choices=choices)
    found.update(_conclude_death(stated, choices))
    return found


def believed_assertions(entries: Iterable[EntryFacts]) -> dict[str, list[Assertion]]:
    """Return by field what the entries state that is not discredited."""
    return gather(
        (Assertion(entry.ref, value), name)
        for entry in entries
        for name, value in entry.values.items()
        if entry.believed(name)
    )


def gather(statements: Iterable[tuple[Assertion, str]]) -> dict[str, list[Assertion]]:
    """Gather assertions by field. A date that was not understood counts only where none was."""
    stated: dict[str, list[Assertion]] = {}
    for assertion, name in statements:
        stated.setdefault(name, []).append(assertion)
    for name, own in stated.items():
        stated[name] = [a for a in own if is_understood(a.value)] or own
    return stated


def conclude_fields(
    stated: Mapping[str, Sequence[Assertion]],
    *,
    single: Iterable[str],
    plural: Iterable[str],
    choices: Mapping[str, int],
) -> dict[str, Concluded]:
    """Conclude fields that have one true value, and those that can have several."""
    found: dict[str, Concluded] = {}
    for name in single:
        concluded = conclude_field(name, stated.get(name, ()), chosen=choices.get(name))
        if concluded:
            found[name] = concluded
    for name in plural:
        if name in stated:
            values = group_values(stated[name], same_value)
            found[name] = Concluded(name, values, rule="agreed")
    return found


def _conclude_death(
    stated: Mapping[str, Sequence[Assertion]], choices: Mapping[str, int]
) -> dict[str, Concluded]:
    """Conclude the death group around one anchor; what contradicts the anchor is a rival."""
    first = _anchor_of_death(stated, choices)
    anchor = conclude_field(first, stated[first], chosen=choices.get(first)) if first else None
    if first is None or anchor is None:
        return {}
    found = {first: anchor}
    outside = _contradicting(anchor.values[0].entries[0], stated)
    for name in DEATH_GROUP:
        if name == first or name not in stated:
            continue
        found[name] = _conclude_beside(name, stated[name], outside, choices.get(name))
        if name in VERSION and found[name].values:
            # Whom the anchor left open, the date or fate now believed may contradict.
            outside |= {
                a.entry.id
                for a in stated[name]
                if is_understood(a.value) and not _agrees(a, found[name])
            }
    return found


def _anchor_of_death(
    stated: Mapping[str, Sequence[Assertion]], choices: Mapping[str, int]
) -> str | None:
    """Return the first field of the group that an editor chose and its entry still states.

    Else the first that anyone states.
    """
    names = [name for name in DEATH_GROUP if name in stated]
    chosen = (n for n in names if any(a.entry.id == choices.get(n) for a in stated[n]))
    return next(chosen, next(iter(names), None))


def _conclude_beside(
    name: str, stated: Sequence[Assertion], outside: Collection[int], chosen: int | None
) -> Concluded:
    """Conclude a field of the death group from entries that do not contradict the anchor."""
    ordered = sorted(stated, key=lambda a: (a.entry.order, a.entry.id))
    inside = [a for a in ordered if a.entry.id not in outside or a.entry.id == chosen]
    if name == "fate" and not inside:
        # How someone died is not in doubt because the sources differ about the day.
        inside = ordered
    apart = [a for a in ordered if a not in inside]
    concluded = conclude_field(name, inside, chosen=chosen)
    if concluded is None:
        # Only the other version says where or how: it is told, and not believed.
        return Concluded(name, (), rivals=group_values(apart), rule="group")
    against = [a for a in apart if not _agrees(a, concluded)]
    with_it = tuple(a.entry.id for a in apart if a not in against)
    within = [a for a in inside if a.entry.id not in concluded.values[0].entries]
    alone = "agreed" if concluded.rule == "only" and with_it else concluded.rule
    return Concluded(
        name,
        (Stated(concluded.value, concluded.values[0].entries + with_it),),
        rivals=group_values(within + against),
        rule=alone if concluded.rivals or not against else "group",
        calendar=concluded.calendar,
    )


def _agrees(assertion: Assertion, concluded: Concluded) -> bool:
    return values_agree(assertion.value, concluded.value)


def _contradicting(anchor: int, stated: Mapping[str, Sequence[Assertion]]) -> set[int]:
    """Return the entries whose death date or fate contradicts the anchor entry's."""
    outside: set[int] = set()
    for name in VERSION:
        own = [a.value for a in stated.get(name, ()) if a.entry.id == anchor]
        outside.update(
            a.entry.id
            for a in stated.get(name, ())
            if own
            and is_understood(a.value)
            and not any(values_agree(value, a.value) for value in own)
        )
    return outside


NAME_ORDER = ("main", "pseudonym", "birth", "married", "religious", "variant", "transliteration")


def conclude_name(entries: Sequence[EntryFacts]) -> tuple[EntryFacts, NameFact] | None:
    """Choose the main name: by kind, rank, how many entries have it, fullness, then order.

    A whole entry that is discredited gives no name. None when no entry has one.
    """
    rows = [(e, n) for e in entries if "*" not in e.discredited for n in e.names]
    if not rows:
        return None
    count: dict[str, int] = {}
    for _, name in rows:
        count[name.full] = count.get(name.full, 0) + 1
    return min(
        rows,
        key=lambda row: (
            NAME_ORDER.index(row[1].kind),
            row[0].ref.rank,
            -count[row[1].full],
            -len(row[1].full),
            row[0].ref.source,
            row[0].ref.key,
            row[1].full,
        ),
    )
