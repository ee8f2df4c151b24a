"""How long it takes to find who is like somebody, and how often the right one comes first.

`DATABASE_URL=… python -m tests.benchmarks.similar_people [TIMES]`, on a database filled by
`import_entries`. People are drawn from the registry and described by name and year of birth
alone: as they stand there, in Latin letters, with a letter of the surname changed, and with
initials. Prints for each way the share found first and among ten, and milliseconds of the
process and of the clock.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

Way = Callable[[random.Random, Any], Any]


def main(arguments: list[str]) -> int:
    """Look for some people in each way, and print the figures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    import django  # noqa: PLC0415 (the settings must be named first)

    django.setup()
    from registry.models import Person  # noqa: PLC0415 (Django first)

    times = int(arguments[0]) if arguments else 50
    shown = list(Person.public.order_by("pk").values_list("pk", flat=True))
    print(f"{len(shown)} people are shown")  # noqa: T201
    for name, way in WAYS.items():
        chance = random.Random(1)
        _measure(name, chance, chance.sample(shown, times), way)
    return 0


def _measure(name: str, chance: random.Random, people: list[int], way: Way) -> None:
    from registry.linking import Profile, find_similar, profile_of_person  # noqa: PLC0415 (Django first)

    ranks, clock, computed = [], [], []
    for person in people:
        known = profile_of_person(person)
        asked = Profile(names=(way(chance, known.names[0]),), births=known.births)
        start, own = time.perf_counter(), time.process_time()
        found = [one.person for one in find_similar(profile=asked, public_only=True)]
        clock.append((time.perf_counter() - start) * 1000)
        computed.append((time.process_time() - own) * 1000)
        ranks.append(found.index(person) if person in found else 99)
    print(  # noqa: T201
        f"{name:12} first {sum(r == 0 for r in ranks) / len(ranks):.2f},"
        f" of ten {sum(r < 10 for r in ranks) / len(ranks):.2f};"
        f" median {median(clock):.0f} ms ({median(computed):.0f} of the process),"
        f" slowest {max(clock):.0f} ({max(computed):.0f})"
    )


def _misspelt(chance: random.Random, name: Any) -> Any:
    at = chance.randrange(1, len(name.family))
    letter = chance.choice("аеионрст")
    family = name.family[:at] + letter + name.family[at + 1 :]
    return name._replace(family=family, full="")


def _latin(_chance: random.Random, name: Any) -> Any:
    from registry.names import romanise  # noqa: PLC0415 (Django first)

    return type(name)(*(romanise(part) for part in name[:3]))


def _initials(_chance: random.Random, name: Any) -> Any:
    return type(name)(name.family, name.given[:1], name.patronymic[:1])


WAYS: dict[str, Way] = {
    "as it stands": lambda _chance, name: name,
    "in Latin": _latin,
    "misspelt": _misspelt,
    "initials": _initials,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
