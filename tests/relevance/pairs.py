"""The 420 real pairs of names: the name as filed stands in the registry, the other is asked.

They stand among generated people. Asked again once the other name is stored as a variant of the
same person, each must be found: that is how a registry learns what no rule can tell.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks.naming import Name
from tests.benchmarks.scratch import import_rows
from tests.names.variants import real_pairs

from .queries import Asked

COLUMNS = ("key", "full_name", "other_names", "birth_date")


def import_pairs(*, stored: bool) -> None:
    """Put the names as filed into the registry, with the others as variants where `stored`."""
    rows = [
        {
            "key": f"pair-{number}",
            "full_name": filed,
            "other_names": f"variant:{elsewhere}" if stored else "",
            "birth_date": "1890",
        }
        for number, (filed, elsewhere, _) in enumerate(real_pairs(), 1)
    ]
    counts = import_rows(rows, COLUMNS)
    assert counts["changed" if stored else "new"] == len(rows), counts


def ask_pairs(*, stored: bool) -> list[Asked]:
    """Return the queries: right is whoever is filed under the other name of the pair."""
    more = ", stored" if stored else ""
    return [
        Asked(f"real {kind}{more}", {"q": elsewhere}, _bearer(filed, elsewhere), wanted=filed)
        for filed, elsewhere, kind in real_pairs()
    ]


def _bearer(*names: str) -> Callable[[Name], bool]:
    """Return whether a name is one of these, however it was taken apart."""
    known = [sorted(name.split()) for name in names]
    return lambda name: sorted(name.full.split()) in known
