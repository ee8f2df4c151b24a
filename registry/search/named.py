"""What a search can name by a code: terms of the vocabularies, and places, with their labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, Self

from django.utils.choices import BaseChoiceIterator
from django.utils.translation import get_language

from registry.models import LANGUAGES, MemorialSite, SiteName, Term
from registry.names import fold

from .columns.asking import SPELT, VOCABULARIES

TERMS = {str(vocabulary): name for name, vocabulary in (VOCABULARIES | SPELT).items()}
"""The parameter that asks for terms of each vocabulary."""
PLACES = "site"
"""The parameter that asks for places."""


class Named(NamedTuple):
    """A term or a place: its code, and its labels by language (a place may lack some)."""

    code: str
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        """Return the label for a reader of `language`: else the English one, else any."""
        labels = self.labels
        return labels.get(language) or labels.get("en") or next(iter(labels.values()), self.code)


class Book:
    """All that can be named, by parameter and id; read once, in three questions.

    Some four hundred rows, as they are: facets tell most of them, and the form of the page all.
    """

    def __getitem__(self, parameter: str) -> Mapping[int, Named]:
        return self._places if parameter == PLACES else self._terms[parameter]

    @cached_property
    def _terms(self) -> dict[str, dict[int, Named]]:
        found: dict[str, dict[int, Named]] = {name: {} for name in TERMS.values()}
        columns = ("vocabulary", "pk", "code", *(f"label_{language}" for language in LANGUAGES))
        rows = Term.public.filter(vocabulary__in=list(TERMS)).order_by()
        for vocabulary, pk, code, *labels in rows.values_list(*columns):
            found[TERMS[vocabulary]][pk] = Named(code, dict(zip(LANGUAGES, labels, strict=True)))
        return found

    @cached_property
    def _places(self) -> dict[int, Named]:
        labels: dict[int, dict[str, str]] = {}
        # Of several names in a language the first is the one it is known by.
        names = SiteName.public.order_by("pk").values_list("site", "language", "name")
        for site, language, name in names:
            labels.setdefault(site, {}).setdefault(language, name)
        slugs = MemorialSite.public.order_by().values_list("pk", "slug")
        return {pk: Named(slug, labels.get(pk, {})) for pk, slug in slugs}


class Choices(BaseChoiceIterator):
    """The choices of one parameter in the reader's language, read when a form first needs them."""

    def __init__(self, book: Book, parameter: str) -> None:
        self.book = book
        self.parameter = parameter

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield from self._listed

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # A form copies its fields; what can be chosen is the same in every copy.
        return self

    @cached_property
    def _listed(self) -> list[tuple[str, str]]:
        language = (get_language() or "en")[:2]
        pairs = [(one.code, one.label(language)) for one in self.book[self.parameter].values()]
        return sorted(pairs, key=lambda pair: fold(pair[1]))
