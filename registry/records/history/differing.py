"""Two bodies of one record, compared: what a reader sees of the difference."""

from __future__ import annotations

from .shapes import Difference, Line
from .telling import Told, missing


def differences(before: Told, after: Told) -> tuple[Difference, ...]:
    """Return the fields that differ, each with the lines that went and those that came."""
    found = []
    for name in {**before, **after}:
        old, new = before.get(name, ()), after.get(name, ())
        if old != new:
            went, came = missing(old, new), missing(new, old)
            if went or came:
                found.append(Difference(name, *_shortened(went, came)))
    return tuple(found)


def _shortened(
    went: tuple[Line, ...], came: tuple[Line, ...]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Cut rows that changed in some parts down to these parts, and what kind of row it is."""
    if len(went) != len(came) or any(a[0] != b[0] for a, b in zip(went, came, strict=True)):
        return went, came
    pairs = list(zip(went, came, strict=True))
    return tuple(_only(a, b) for a, b in pairs), tuple(_only(b, a) for a, b in pairs)


def _only(line: Line, other: Line) -> Line:
    return (line[0], *(part for part in line[1:] if part not in other))
