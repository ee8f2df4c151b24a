"""What a search can name by a code: terms of the vocabularies, and places, with their labels.

All of them are read at once, and kept till the next act on the records: nothing else changes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.db import connection
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import get_language

from registry.models import LANGUAGES, Change, MemorialSite, SiteName, Term
from registry.names import fold

from .columns.asking import SPELT, VOCABULARIES

PARAMETERS = {str(vocabulary): name for name, vocabulary in (VOCABULARIES | SPELT).items()}
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


class Labels:
    """All that can be named, by parameter and id; read when it is first asked for, in three
    questions: some six hundred rows with the names of places. The form of the page offers all.
    """

    def __init__(self) -> None:
        self._listed: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    def listed(self, parameter: str, language: str) -> tuple[tuple[str, str], ...]:
        """Return the codes of a parameter with their labels for a reader, by the alphabet."""
        if (parameter, language) not in self._listed:
            pairs = [(one.code, one.label(language)) for one in self[parameter].values()]
            ordered = sorted(pairs, key=lambda pair: fold(pair[1]))
            self._listed[parameter, language] = tuple(ordered)
        return self._listed[parameter, language]

    def __getitem__(self, parameter: str) -> Mapping[int, Named]:
        return self._places if parameter == PLACES else self._terms[parameter]

    @cached_property
    def _terms(self) -> dict[str, dict[int, Named]]:
        found: dict[str, dict[int, Named]] = {name: {} for name in PARAMETERS.values()}
        columns = ("vocabulary", "pk", "code", *(f"label_{language}" for language in LANGUAGES))
        rows = Term.public.filter(vocabulary__in=list(PARAMETERS)).order_by()
        for vocabulary, pk, code, *labels in rows.values_list(*columns):
            own = found[PARAMETERS[vocabulary]]
            own[pk] = Named(code, dict(zip(LANGUAGES, labels, strict=True)))
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


_kept: dict[object, tuple[int, Labels]] = {}
"""By the name of the database: the last act there was, and the labels since."""


def current_labels() -> Labels:
    """Return the labels as they are now; one short question says whether they are those kept.

    What is read within a transaction may never come to be, and is not kept.
    """
    if connection.in_atomic_block:
        return Labels()
    last = Change.all_records.order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return Labels()
    database = connection.settings_dict["NAME"]
    known, labels = _kept.get(database, (0, None))
    if labels is None or known != last:
        labels = Labels()
        _kept[database] = (last, labels)
    return labels


class Choices(BaseChoiceIterator):
    """The choices of one parameter in the reader's language, read when a form first needs them."""

    def __init__(self, labels: Labels, parameter: str) -> None:
        self.labels = labels
        self.parameter = parameter

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield from self._listed

    def __len__(self) -> int:
        return len(self._listed)

    @cached_property
    def _listed(self) -> tuple[tuple[str, str], ...]:
        return self.labels.listed(self.parameter, (get_language() or "en")[:2])
