"""Counting the values of a result: one GROUP BY a facet, for now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from registry.models import MemorialSite, Person, PersonStatus, SiteName, Term

from .narrowing import BURIED

MOST_VALUES = 15
"""Values of one facet that are shown; the form offers all of them."""
TERM_FACETS = {
    "fate": "fate",
    "nationality": "nationality",
    "category": "category",
    "party": "party",
}
PLAIN_FACETS = {"sex": "sex", "rehabilitated": "rehabilitated"}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its code, its labels by language (of terms and places), its count."""

    code: str
    count: int
    selected: bool
    labels: Mapping[str, str] = field(default_factory=dict)


def count_facets(people: QuerySet[Person, Person], query: Any) -> dict[str, tuple[FacetValue, ...]]:
    """Return the most frequent values of every facet, by name of the search parameter.

    People of whom only name, years and fate are told count for the fate alone.
    """
    shown = people.filter(status=PersonStatus.PUBLIC)
    found: dict[str, tuple[FacetValue, ...]] = {}
    counted_terms = {
        name: _count(
            (people if name == "fate" else shown).exclude(**{f"{column}__isnull": True}), column
        )
        for name, column in TERM_FACETS.items()
    }
    counted_terms["region"] = _count_regions(shown)
    terms = Term.all_records.in_bulk({pk for own in counted_terms.values() for pk, _ in own})
    for name, own in counted_terms.items():
        found[name] = _with_terms(own, terms, getattr(query, name))
    for name, column in PLAIN_FACETS.items():
        counted = _count(shown.exclude(**{column: ""}), column)
        chosen = getattr(query, name)
        found[name] = tuple(FacetValue(code, n, code in chosen) for code, n in counted)
    found["site"] = _sites(shown, query.site)
    return found


def _count(people: QuerySet[Person, Person], column: str) -> list[tuple[Any, int]]:
    rows = people.order_by().values(column).annotate(n=Count("pk")).order_by("-n", column)
    return list(rows.values_list(column, "n")[:MOST_VALUES])


def _count_regions(people: QuerySet[Person, Person]) -> list[tuple[int, int]]:
    """Count each person once for every region of theirs, as the parameter finds them."""
    rows = people.order_by().values_list("birth_region", "residence_region")
    counts: Counter[int] = Counter()
    for born, lived, n in rows.annotate(n=Count("pk")):
        for region in {born, lived} - {None}:
            counts[region] += n
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES]


def _with_terms(
    counted: list[tuple[int, int]], terms: Mapping[int, Term], chosen: tuple[str, ...]
) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(
            code=terms[pk].code,
            count=n,
            selected=terms[pk].code in chosen,
            labels={
                "en": terms[pk].label_en,
                "ru": terms[pk].label_ru,
                "uk": terms[pk].label_uk,
            },
        )
        for pk, n in counted
    )


def _sites(people: QuerySet[Person, Person], chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    shown = MemorialSite.public.order_by().values("pk")
    counted = _count(people.filter(BURIED, burial_site__in=shown), "burial_site")
    slugs = dict(
        MemorialSite.public.filter(pk__in=[pk for pk, _ in counted]).values_list("pk", "slug")
    )
    labels: dict[int, dict[str, str]] = {}
    names = SiteName.public.filter(site__in=slugs).order_by("-pk")
    for site, language, name in names.values_list("site", "language", "name"):
        labels.setdefault(site, {})[language] = name
    return tuple(
        FacetValue(slugs[pk], n, slugs[pk] in chosen, labels.get(pk, {})) for pk, n in counted
    )
