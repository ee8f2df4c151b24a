"""How well scores part the same person from others: `python -m tests.linking.figures`."""

from __future__ import annotations

import os
import sys

KNOWN = (
    ("all that is known", ("births", "arrests", "sentences", "deaths", "birth_places")),
    ("names, birth, birthplace", ("births", "birth_places")),
    ("names and birth", ("births",)),
    ("names alone", ()),
)


def main() -> int:
    """Print precision and recall on real pairs, by what is known of both."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    import django  # noqa: PLC0415 (the settings must be named first)

    django.setup()
    from registry.linking import LIKELY, POSSIBLE, WORTH_SHOWING, compare  # noqa: PLC0415 (Django first)

    from . import pairs  # noqa: PLC0415 (Django first)

    judged = pairs.judged_pairs()
    every = judged + list(pairs.other_pairs(judged))
    print(f"{len(judged)} judged pairs, {len(every) - len(judged)} of different women")  # noqa: T201
    for name, kept in KNOWN:
        cut = [pairs.bare_pair(pair, *kept) for pair in every]
        for least in (WORTH_SHOWING, POSSIBLE, 55, LIKELY, 80):
            precision, recall = pairs.precision_and_recall(cut, least)
            print(f"{name:26} {least:3}: precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201
    for kind, found in pairs.name_pairs().items():
        for name, place in (("year", ""), ("year and place", "с. Примерово")):
            scores = [
                compare(pairs.born(one, place=place), pairs.born(other, place=place)).score
                for one, other in found
            ]
            shares = ", ".join(
                f"{least}: {sum(score >= least for score in scores) / len(scores):.3f}"
                for least in (WORTH_SHOWING, POSSIBLE, LIKELY)
            )
            print(f"{kind:13} {len(found)} names and the same {name}: {shares}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
