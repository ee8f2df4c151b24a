"""The codes, slugs, spellings and rulings that a draft names, wherever in it they stand."""

from __future__ import annotations

from collections.abc import Iterable

from registry.models import Vocabulary

from .building import ENTRY_SPELLINGS, REPRESSION_SPELLINGS
from .entries import EntryDraft, RulingDraft


def rulings_in(draft: EntryDraft) -> Iterable[RulingDraft]:
    """Yield the rulings of a draft: its own, and those of its repressions."""
    yield from draft.rulings
    for repression in draft.repressions:
        yield from repression.rulings


def codes_in(draft: EntryDraft) -> Iterable[tuple[str, str, str]]:
    """Yield the field, vocabulary and code of every term a draft names by its code."""
    regions = [("birth_region", draft.birth_region), ("residence_region", draft.residence_region)]
    for repression in draft.repressions:
        regions.append(("arrest_region", repression.arrest_region))
        if repression.sentence_kind:
            yield ("sentence_kind", Vocabulary.SENTENCE_KIND, repression.sentence_kind)
        for code in repression.article_codes:
            yield ("articles", Vocabulary.ARTICLE, code)
    for field, code in regions:
        if code:
            yield (field, Vocabulary.REGION, code)


def spellings_in(draft: EntryDraft) -> Iterable[tuple[Vocabulary, str]]:
    """Yield the vocabulary and the text of everything in a draft that a term may stand for."""
    named = [(voc, getattr(draft, name)) for name, voc in ENTRY_SPELLINGS.items()]
    for row in draft.repressions:
        named += [(voc, getattr(row, name)) for name, voc in REPRESSION_SPELLINGS.items()]
    named += [(Vocabulary.REHABILITATION_BODY, ruling.body) for ruling in rulings_in(draft)]
    return ((vocabulary, text) for vocabulary, text in named if text)


def sites_in(draft: EntryDraft) -> Iterable[tuple[str, str]]:
    """Yield the field and slug of every place a draft names."""
    named = [("burial_site", draft.burial_site)]
    named += [("site", stay.site) for stay in draft.stays]
    for repression in draft.repressions:
        named.append(("execution_site", repression.execution_site))
        named += [("site", stay.site) for stay in repression.stays]
    return ((field, slug) for field, slug in named if slug)
