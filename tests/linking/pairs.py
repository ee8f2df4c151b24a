"""Real pairs of entries, judged by hand, and real pairs of names: what the weights are held to.

`judged_pairs.jsonl`: 52 pairs of entries about women shot in Moscow and elsewhere (`exact`,
`variant`: the same woman; `negative`: not), each side reduced to names, dates and birthplace.
`source` is the work the left side names; the right side is that of the Moscow shooting lists
(public repositories eharvey328/proj_v2 and nextgis/memorial_data). The pairs of names are those of
`tests/names/variants.tsv`. Names and dates are facts; no printed text is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from registry.dates import parse_edtf
from registry.linking import KnownName, Profile, compare
from tests.names.variants import real_pairs

HERE = Path(__file__).parent
SAME = frozenset({"exact", "variant"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries, and whether they are about one woman."""

    label: str
    left: Profile
    right: Profile

    @property
    def same(self) -> bool:
        return self.label in SAME


def judged_pairs() -> list[Pair]:
    text = (HERE / "judged_pairs.jsonl").read_text(encoding="utf-8")
    rows = map(json.loads, text.splitlines())
    return [Pair(row["label"], _profile(row["left"]), _profile(row["right"])) for row in rows]


def _profile(said: dict[str, Any]) -> Profile:
    dates = {
        plural: (parse_edtf(said[name]),)
        for name, plural in (
            ("birth", "births"), ("arrest", "arrests"), ("sentence", "sentences"),
            ("death", "deaths"),
        )
        if name in said
    }  # fmt: skip
    place = said.get("birth_place")
    return Profile(
        names=tuple(KnownName(*name.split("|")) for name in said["names"]),
        birth_places=(place,) if place else (),
        **dates,
    )


def other_pairs(pairs: list[Pair]) -> Iterator[Pair]:
    """Yield every pair of entries of different women: the left of one, either side of another."""
    for one, other in combinations(pairs, 2):
        for left in (one.left, one.right):
            for right in (other.left, other.right):
                yield Pair("others", left, right)


def name_pairs() -> dict[str, list[tuple[Profile, Profile]]]:
    """Return the pairs of names by their kind: spelling, part_changed, alias."""
    found: dict[str, list[tuple[Profile, Profile]]] = {}
    for filed, elsewhere, kind in real_pairs():
        one, other = (Profile(names=(KnownName(full=name),)) for name in (filed, elsewhere))
        found.setdefault(kind, []).append((one, other))
    return found


def bare(profile: Profile, *kept: str) -> Profile:
    """Return a profile of which only the names and the fields named are known."""
    fields = ("births", "arrests", "sentences", "deaths", "birth_places")
    return replace(profile, **{name: () for name in fields if name not in kept})


def bare_pair(pair: Pair, *kept: str) -> Pair:
    return Pair(pair.label, bare(pair.left, *kept), bare(pair.right, *kept))


def born(profile: Profile, *, place: str = "") -> Profile:
    """Return a profile with a year of birth, and a birthplace if one is named."""
    return replace(profile, births=(parse_edtf("1899"),), birth_places=(place,) if place else ())


def precision_and_recall(pairs: list[Pair], least: int) -> tuple[float, float]:
    """Return both for the claim that a pair with this score at the least is one person."""
    claimed = [pair.same for pair in pairs if compare(pair.left, pair.right).score >= least]
    same = sum(pair.same for pair in pairs)
    return (sum(claimed) / len(claimed) if claimed else 1.0, sum(claimed) / same)
