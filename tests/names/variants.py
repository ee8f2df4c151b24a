"""Real pairs of names of one person: `variants.tsv`."""

from __future__ import annotations

from pathlib import Path

KINDS = ("spelling", "part_changed", "alias")


def real_pairs() -> list[tuple[str, str, str]]:
    """Return 420 triples: a name as filed, as it stands elsewhere, how they differ (`KINDS`)."""
    lines = Path(__file__).with_name("variants.tsv").read_text(encoding="utf-8").splitlines()
    found = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(filed, elsewhere, kind) for filed, elsewhere, kind in found]
