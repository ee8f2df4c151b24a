"""The figures as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .measuring import Answer, Figures, by_class, figures
from .publishing import REAL

HEAD = f"{'class':<32}{'queries':>8}{'S@1':>8}{'S@10':>8}{'MRR':>8}{'empty':>8}"


def over_all(answers: Sequence[Answer]) -> dict[str, Figures]:
    """Return the figures over the generated classes alone: with a right answer, and without."""
    generated = [one for one in answers if not one.asked.kind.startswith(REAL)]
    return {
        "all with a right answer": figures(one for one in generated if not one.asked.nobody),
        "nobody by the name": figures(one for one in generated if one.asked.nobody),
    }


def lines(told: Mapping[str, Figures]) -> Iterator[str]:
    """Yield the lines of a table."""
    yield HEAD
    for kind, one in told.items():
        shares = "".join(f"{share:>8.3f}" for share in (one.s1, one.s10, one.mrr, one.empty))
        yield f"{kind:<32}{one.queries:>8}{shares}"


def as_json(answers: Sequence[Answer], **about: Any) -> dict[str, Any]:
    """Return all figures, with what was measured and where."""
    return {
        **about,
        "queries": len(answers),
        "all": {kind: one.as_json() for kind, one in over_all(answers).items()},
        "classes": {kind: one.as_json() for kind, one in by_class(answers).items()},
    }


def missed(answers: Iterable[Answer], most: int) -> Iterator[str]:
    """Yield queries that were not answered: the class, the query, who was meant, who came first."""
    shown: dict[str, int] = {}
    for one in answers:
        kind = one.asked.kind
        if one.right or shown.get(kind, 0) == most:
            continue
        shown[kind] = shown.get(kind, 0) + 1
        asked = " | ".join(one.asked.boxes.values())
        came = one.first or "nobody"
        yield f"{kind}: {asked} -> wanted {one.asked.wanted or 'nobody'}, came {came} ({one.found})"
