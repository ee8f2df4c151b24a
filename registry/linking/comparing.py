"""Whether two profiles are one person: the one place where evidence is weighed."""

from __future__ import annotations

from .dating import closest, compare_births, compare_events, contradictions
from .evidence import BLOCKS, HIGHEST, LIMITS, Comparison, Reason, found
from .naming import compare_names, sexes_of
from .placing import compare_facts, compare_places
from .profiles import Profile


def compare(left: Profile, right: Profile) -> Comparison:
    """Return how likely two profiles are one person, and why; pure, and the same both ways.

    `compare(b, a)` has the score and the codes of `compare(a, b)`, with the values changed over.
    Without a name on both sides the score is 0.
    """
    names = compare_names(left, right)
    clashes = list(_clashes(left, right))
    reasons = (
        *(reason for reason in names if not reason.code.endswith(".unknown")),
        *compare_births(left, right),
        *compare_places(left, right),
        *compare_events(left, right),
        *(reason for reason in clashes if reason.code not in BLOCKS),
        *compare_facts(left, right),
    )
    blocked = min(
        (reason for reason in clashes if reason.code in BLOCKS),
        key=lambda reason: BLOCKS.index(reason.code),
        default=None,
    )
    if blocked is not None or not names:
        return Comparison(0, reasons, blocked)
    limit = min((LIMITS.get(reason.code, HIGHEST) for reason in names), default=HIGHEST)
    total = sum(reason.weight for reason in reasons)
    return Comparison(max(0, min(total, limit)), reasons)


def _clashes(left: Profile, right: Profile) -> list[Reason]:
    by_code: dict[str, list[Reason]] = {}
    for reason in contradictions(left, right):
        by_code.setdefault(reason.code, []).append(reason)
    clashes = [reason for code in sorted(by_code) for reason in closest(by_code[code])]
    sexes = sexes_of(left), sexes_of(right)
    if all(sexes) and not sexes[0] & sexes[1]:
        clashes.append(found("sex.differs", *("".join(sex) for sex in sexes)))
    if left.entries & right.apart or right.entries & left.apart:
        clashes.append(found("judged.different"))
    return clashes
