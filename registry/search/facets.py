"""The values of a result and how many people have each, with their labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from registry.models import LANGUAGES, MemorialSite, SiteName, Term

from .columns.asking import VOCABULARIES
from .columns.layout import FIXED_CODES
from .query import PeopleQuery

MOST_VALUES = 15
"""Values of one facet that are shown; the form offers all of them."""
Counts = Mapping[int, int]
"""How many people have each value, by the id of the term or place or the number of the code."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its code, its labels by language (of terms and places), its count.

    The count is of those who answer all that is asked but this facet: choosing another value
    never leads to nobody. What is chosen is told even where nobody has it.
    """

    code: str
    count: int
    selected: bool
    labels: Mapping[str, str] = field(default_factory=dict)


Named = Mapping[int, tuple[str, Mapping[str, str]]]
"""The code and the labels of some ids."""


def facet_values(
    counted: Iterable[tuple[str, Counts]], query: PeopleQuery
) -> dict[str, tuple[FacetValue, ...]]:
    """Return the most frequent values of every facet, by name of the search parameter."""
    counts = dict(counted)
    named = _terms(counts, query) | {"site": _sites(counts["site"], query.site)}
    for name, codes in FIXED_CODES.items():
        named[name] = {number: (code, {}) for number, code in enumerate(codes) if code}
    return {name: _values(counts[name], named[name], getattr(query, name)) for name in counts}


def _values(counts: Counts, named: Named, chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    shown = {own: counts.get(own, 0) for own in _most({n: counts.get(n, 0) for n in named})}
    shown |= {own: counts.get(own, 0) for own, (code, _) in named.items() if code in chosen}
    return tuple(
        FacetValue(named[own][0], n, named[own][0] in chosen, named[own][1])
        for own, n in sorted(shown.items(), key=lambda item: (-item[1], item[0]))
        if n or named[own][0] in chosen
    )


def _most(counts: Counts) -> list[int]:
    return sorted(counts, key=lambda own: (-counts[own], own))[:MOST_VALUES]


def _terms(counts: Mapping[str, Counts], query: PeopleQuery) -> dict[str, Named]:
    """Return the terms that are most frequent, and those that are chosen: one question."""
    names = {str(v): name for name, v in VOCABULARIES.items() if name in counts}
    wanted = Q(pk__among={pk for name in names.values() for pk in _most(counts[name])})
    for vocabulary, name in names.items():
        wanted |= Q(vocabulary=vocabulary, code__in=getattr(query, name))
    found: dict[str, dict[int, tuple[str, Mapping[str, str]]]] = {n: {} for n in names.values()}
    rows = Term.all_records.filter(wanted, vocabulary__in=list(names)).order_by()
    columns = ("vocabulary", "pk", "code", *(f"label_{language}" for language in LANGUAGES))
    for vocabulary, pk, code, *labels in rows.values_list(*columns):
        found[names[vocabulary]][pk] = (code, dict(zip(LANGUAGES, labels, strict=True)))
    return dict(found)


def _sites(counts: Counts, chosen: tuple[str, ...]) -> Named:
    """Return the places shown where people are buried: two questions."""
    wanted = Q(pk__among=list(counts)) | Q(slug__in=chosen)
    slugs = dict(MemorialSite.public.filter(wanted).order_by().values_list("pk", "slug"))
    labels: dict[int, dict[str, str]] = {pk: {} for pk in slugs}
    most = _most({pk: counts.get(pk, 0) for pk in slugs})
    shown = [*most, *(pk for pk, slug in slugs.items() if slug in chosen)]
    names = SiteName.public.filter(site__in=shown).order_by("-pk")
    for site, language, name in names.values_list("site", "language", "name"):
        labels[site][language] = name
    return {pk: (slug, labels[pk]) for pk, slug in slugs.items()}
