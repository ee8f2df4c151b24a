"""What `make lint` asks of requirements/*.txt: what is locked goes on being installed tomorrow."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def unlocked_extras(root: Path) -> str:
    """Name what a locked package requires with extras that its own line does not name.

    pip holds `psycopg[pool]` and `psycopg` apart: the pin of the second does not keep it from
    looking for a newer version of the first, for which there is no hash.
    """
    return "\n".join(
        f"requirements/{path.name}: {name} requires {required}, locked without the extra"
        for path in sorted((root / "requirements").glob("*.txt"))
        for name, required in _unlocked(path)
    )


def _unlocked(path: Path) -> Iterator[tuple[str, Requirement]]:
    locked = {canonicalize_name(line.name): line for line in _lines(path)}
    for name, line in locked.items():
        for required in map(Requirement, metadata.requires(name) or ()):
            other = locked.get(canonicalize_name(required.name))
            if other and _wanted(required, line.extras) and required.extras - other.extras:
                yield name, required


def _lines(path: Path) -> Iterator[Requirement]:
    for text in path.read_text(encoding="utf-8").splitlines():
        if text[:1].isalnum():  # neither a hash nor a comment
            yield Requirement(text.rstrip("\\ "))


def _wanted(required: Requirement, extras: set[str]) -> bool:
    """Tell whether it is required here, by the package itself or by one of these extras."""
    marker = required.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))
