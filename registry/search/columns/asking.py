"""A query as the columns are asked it: codes as ids of the database, texts as words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from registry.models import MemorialSite, Source, Spelling, Term, Vocabulary
from registry.names import tokens
from registry.search.query import PeopleQuery

from .layout import FILES, FIXED_CODES

VOCABULARIES = {
    "fate": Vocabulary.FATE,
    "nationality": Vocabulary.NATIONALITY,
    "category": Vocabulary.VICTIM_CATEGORY,
    "party": Vocabulary.PARTY,
    "region": Vocabulary.REGION,
    "article": Vocabulary.ARTICLE,
}
SPELT = {
    "operation": Vocabulary.OPERATION,
    "sentencing_body": Vocabulary.SENTENCING_BODY,
}
"""Parameters that repressions have as printed: what a spelling means is settled elsewhere, at any
moment, and so looked up at every question."""
FIXED = FIXED_CODES | {"has": FILES}


@dataclass(frozen=True, slots=True)
class Asked:
    """The ids that each parameter asks for (none known: nobody), and the words of texts."""

    query: PeopleQuery
    codes: dict[str, list[int]] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()


def read_query(query: PeopleQuery) -> Asked:
    """Look up what the codes of a query stand for: one question a kind of code, at most four."""
    codes: dict[str, list[int]] = {}
    for name, known in FIXED.items():
        if asked := getattr(query, name):
            codes[name] = [known.index(code) for code in asked if code in known]
    codes |= _terms(query) | _spellings(query)
    if query.site:
        sites = MemorialSite.public.filter(slug__in=query.site).order_by()
        codes["site"] = list(sites.values_list("pk", flat=True))
    if query.source:
        sources = Source.public.filter(slug=query.source).order_by()
        codes["source"] = list(sources.values_list("pk", flat=True))
    return Asked(query, codes, tuple(tokens(query.place)), tuple(tokens(query.occupation)))


def _terms(query: PeopleQuery) -> dict[str, list[int]]:
    wanted = {name: v for name, v in VOCABULARIES.items() if getattr(query, name)}
    if not wanted:
        return {}
    which = Q()
    for name, vocabulary in wanted.items():
        which |= Q(vocabulary=vocabulary, code__in=getattr(query, name))
    found: dict[str, list[int]] = {name: [] for name in wanted}
    names = {str(vocabulary): name for name, vocabulary in wanted.items()}
    for pk, vocabulary in Term.public.filter(which).order_by().values_list("pk", "vocabulary"):
        found[names[vocabulary]].append(pk)
    return found


def _spellings(query: PeopleQuery) -> dict[str, list[int]]:
    wanted = {name: v for name, v in SPELT.items() if getattr(query, name)}
    if not wanted:
        return {}
    which = Q()
    for name, vocabulary in wanted.items():
        which |= Q(vocabulary=vocabulary, term__code__in=getattr(query, name))
    found: dict[str, list[int]] = {name: [] for name in wanted}
    names: dict[Any, str] = {str(vocabulary): name for name, vocabulary in wanted.items()}
    rows = Spelling.public.filter(which).order_by().values_list("pk", "vocabulary")
    for pk, vocabulary in rows:
        found[names[vocabulary]].append(pk)
    return found
