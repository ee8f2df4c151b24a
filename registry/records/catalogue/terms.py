"""Vocabularies: terms, and the spellings by which print names them.

One rule holds everywhere: all spellings of a vocabulary that fold to the same text (see
`registry.names.fold`) have the same term, so that the order of imports and assignments never
matters. A spelling that folds to nothing ("?", "-") is like no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import ProtectedError, Q

from registry.models import (
    LANGUAGES,
    Change,
    ChangeKind,
    Entry,
    Repression,
    Role,
    Ruling,
    Spelling,
    Term,
    Vocabulary,
)
from registry.names import fold
from registry.records.ledger.acts import Act, Body, CannotRestore, Subject, act, in_batches

LONGEST_SPELLING = 500
"""Characters of a spelling; what is longer is prose and belongs in a text field."""
BATCH = 500
CONCLUDED_FROM = ("nationality", "party", "category", "fate")
"""Fields of an entry that are spellings and stand in the concluded columns of a person."""


class TermUnknown(LookupError):
    """No term of the vocabulary has this code."""


class SpellingUnknown(LookupError):
    """No entry has this spelling."""


class TermRefused(ValueError):
    """A term, or a text as its spelling, that cannot be kept: `field` and `code` say why."""

    def __init__(self, *, field: str, code: str, value: str) -> None:
        super().__init__(f"{field}: {code}: {value[:80]!r}")
        self.field = field
        self.code = code


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A term on its way in. `spellings` are texts as printed that mean it; labels mean it too."""

    vocabulary: str
    code: str
    en: str
    ru: str
    uk: str
    note: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    spellings: tuple[str, ...] = ()


class SpellingBook:
    """The spellings of an import, looked up and made in bulk, remembered up to `limit` texts.

    After a transaction is rolled back the rows made in it are gone: call `forget` then.
    """

    def __init__(self, *, limit: int = 50_000) -> None:
        self._limit = limit
        self._known: dict[tuple[str, str], Spelling] = {}

    def __len__(self) -> int:
        return len(self._known)

    def forget(self) -> None:
        """Remember nothing."""
        self._known.clear()

    def spellings_for(self, vocabulary: str, texts: Iterable[str]) -> dict[str, Spelling]:
        """Return the spelling of each text that is not empty, making those that are missing.

        A new one has the term of the spellings that fold to the same text. Five queries for
        each 500 texts not remembered, none for the others. Raises TermRefused (`too-long`).
        """
        wanted = [text for text in dict.fromkeys(texts) if text]
        found = {text: known for text in wanted if (known := self._known.get((vocabulary, text)))}
        missing = [text for text in wanted if text not in found]
        for start in range(0, len(missing), BATCH):
            found |= _find_or_make(vocabulary, missing[start : start + BATCH])
        if len(self._known) + len(missing) > self._limit:
            self.forget()
        for text in missing[: self._limit]:
            self._known[vocabulary, text] = found[text]
        return found


def spellings_for(vocabulary: str, texts: Iterable[str]) -> dict[str, Spelling]:
    """Return the spelling of each text that is not empty, making those that are missing."""
    return SpellingBook().spellings_for(vocabulary, texts)


def put_terms(*, drafts: Sequence[TermDraft], change: Change) -> int:
    """Write the terms that are new or differ, with their spellings; return how many they were.

    The caller's transaction. A spelling listed here that belongs to another term already stays
    there (`assign_spelling` moves it), and none is taken away. Raises TermRefused.
    """
    doing = Act(change=change, now=change.at)
    _put(doing, drafts)
    return len(doing.settle().get(TERM.name, ()))


def edit_term(
    *, draft: TermDraft, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """Write one term as an act of its own; return the change, or None when nothing differs.

    Raises TermRefused.
    """
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        _put(doing, [draft])
    return doing.change


def assign_spelling(
    *, spelling: int, code: str, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """Say which term of its vocabulary a spelling means (`code` "": none), for all entries.

    Every spelling that folds to the same text goes with it, and everyone whose facts are
    concluded from them is concluded again. Returns the change, or None when it was so already.
    Raises SpellingUnknown, TermUnknown.
    """
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        row = Spelling.all_records.filter(pk=spelling).first()
        if row is None:
            raise SpellingUnknown(spelling)
        term = Term.all_records.filter(vocabulary=row.vocabulary, code=code).first()
        if code and term is None:
            raise TermUnknown(code)
        rows = alike(row)
        doing.touch(SPELLING, *(other.pk for other in rows))
        changed = [other for other in rows if other.term_id != (term and term.pk)]
        for other in changed:
            other.term = term
        _settle(doing, changed)
    return doing.change


def alike(spelling: Spelling) -> list[Spelling]:
    """Return the spellings that go with this one, itself included: those that fold the same."""
    if not spelling.folded:
        return [spelling]
    return list(Spelling.all_records.filter(vocabulary=spelling.vocabulary, folded=spelling.folded))


def count_entries(spelling: Spelling, *, limit: int) -> int:
    """Return how many statements of entries a decision on this spelling settles.

    Counted to `limit` and no further, over the entries, repressions and rulings that point to
    any spelling that goes with it.
    """
    return count_uses([row.pk for row in alike(spelling)], limit=limit)


def count_uses(spellings: list[int], *, limit: int) -> int:
    """Return how many statements point to these spellings, by their ids; counted to `limit`."""
    total = 0
    for rows in _uses(spellings):
        total += rows[: limit - total].count() if total < limit else 0
    return total


def _uses(keys: list[int]) -> Iterator[Any]:
    """Yield what points to the spellings, one queryset a column, so that each uses an index."""
    for name in CONCLUDED_FROM:
        yield Entry.all_records.filter(**{f"{name}__in": keys}).order_by()
    for name in ("operation", "sentencing_body"):
        yield Repression.all_records.filter(**{f"{name}__in": keys}).order_by()
    yield Ruling.all_records.filter(body__in=keys).order_by()


def _find_or_make(vocabulary: str, texts: list[str]) -> dict[str, Spelling]:
    if too_long := next((text for text in texts if len(text) > LONGEST_SPELLING), None):
        raise TermRefused(field="spelling", code="too-long", value=too_long)
    found = _read(vocabulary, texts)
    missing = [text for text in texts if text not in found]
    if not missing:
        return found
    folded = {text: fold(text)[:LONGEST_SPELLING] for text in missing}
    terms = _terms_by_folded(vocabulary, {key for key in folded.values() if key})
    rows = [
        Spelling(
            vocabulary=vocabulary, text=text, folded=folded[text], term=terms.get(folded[text])
        )
        for text in missing
    ]
    # Another process may have made some of them meanwhile: its rows are as good as ours.
    Spelling.all_records.bulk_create(rows, ignore_conflicts=True)
    return found | _read(vocabulary, missing)


def _read(vocabulary: str, texts: list[str]) -> dict[str, Spelling]:
    rows = Spelling.all_records.filter(vocabulary=vocabulary, text__in=texts)
    return {row.text: row for row in rows.select_related("term").order_by()}


def _terms_by_folded(vocabulary: str, folded: set[str]) -> dict[str, Term]:
    rows = Spelling.all_records.filter(vocabulary=vocabulary, folded__in=folded, term__isnull=False)
    return {row.folded: row.term for row in rows.select_related("term").order_by()}


def _put(doing: Act, drafts: Sequence[TermDraft]) -> None:
    for draft in drafts:
        _check(draft)
    for vocabulary in dict.fromkeys(draft.vocabulary for draft in drafts):
        _put_vocabulary(doing, vocabulary, [d for d in drafts if d.vocabulary == vocabulary])


def _put_vocabulary(doing: Act, vocabulary: str, drafts: list[TermDraft]) -> None:
    codes = [draft.code for draft in drafts]
    terms = {
        term.code: term for term in Term.all_records.filter(vocabulary=vocabulary, code__in=codes)
    }
    doing.touch(TERM, *(f"{vocabulary}:{code}" for code in codes))
    for draft in drafts:
        term = terms.setdefault(draft.code, Term(vocabulary=vocabulary, code=draft.code))
        if term.pk is None or _asserted(term) != _body(draft):
            _fill(term, _body(draft))
            term.save()
    _recognise(doing, vocabulary, drafts, terms)


def _fill(term: Term, body: Body) -> None:
    term.label_en, term.label_ru, term.label_uk = body["en"], body["ru"], body["uk"]
    term.note, term.country = dict(body["note"]), body["country"]


def _recognise(
    doing: Act, vocabulary: str, drafts: list[TermDraft], terms: Mapping[str, Term]
) -> None:
    """Make spellings of the labels and listed texts, and settle those that fold the same."""
    meant: dict[str, Term] = {}
    for texts in ([draft.spellings for draft in drafts], [_labels(draft) for draft in drafts]):
        # What is listed goes before labels: a label may be shared, a spelling never.
        for draft, own in zip(drafts, texts, strict=True):
            for text in own:
                meant.setdefault(text, terms[draft.code])
    by_folded: dict[str, Term] = {}
    for text, term in meant.items():
        by_folded.setdefault(fold(text)[:LONGEST_SPELLING] or text, term)
    newest = Spelling.all_records.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = spellings_for(vocabulary, meant).values()
    doing.add(SPELLING, *(row.pk for row in rows if row.pk > newest))
    folded = {row.folded for row in rows if row.folded}
    settled = _terms_by_folded(vocabulary, folded)
    open_rows = Spelling.all_records.filter(vocabulary=vocabulary, term__isnull=True)
    changed = list(open_rows.filter(Q(folded__in=folded) | Q(text__in=list(meant), folded="")))
    doing.touch(SPELLING, *(row.pk for row in changed if row.pk <= newest))
    for row in changed:
        row.term = settled.get(row.folded) or by_folded[row.folded or row.text]
    _settle(doing, changed)


def _settle(doing: Act, rows: list[Spelling]) -> None:
    """Write the terms of the spellings, and have whoever is concluded from them concluded."""
    if not rows:
        return
    Spelling.all_records.bulk_update(rows, ["term"], batch_size=BATCH)
    keys = [row.pk for row in rows]
    for name in CONCLUDED_FROM:
        entries = Entry.all_records.filter(**{f"{name}__in": keys}).order_by()
        doing.conclude(entries.values_list("person_id", flat=True).distinct())


# What the ledger keeps of them ---------------------------------------------------------------


def _read_terms(references: Sequence[str]) -> dict[str, Body]:
    found: dict[str, Body] = {}
    vocabularies = {reference.partition(":")[0] for reference in references}
    for own in in_batches(references):
        codes = {reference.partition(":")[2] for reference in own}
        rows = Term.all_records.filter(vocabulary__in=vocabularies, code__in=codes)
        found.update({f"{row.vocabulary}:{row.code}": _asserted(row) for row in rows})
    return {reference: found[reference] for reference in references if reference in found}


def _write_term(reference: str, body: Body | None, doing: Act) -> None:
    vocabulary, _, code = reference.partition(":")
    row = Term.all_records.filter(vocabulary=vocabulary, code=code).first()
    if body is None:
        doing.conclude_now()
        try:
            _ = row and row.delete()
        except ProtectedError as error:
            raise CannotRestore("in-use") from error
        return
    row = row or Term(vocabulary=vocabulary, code=code)
    _fill(row, body)
    row.save()


def _read_spellings(references: Sequence[str]) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for own in in_batches(references):
        rows = Spelling.all_records.filter(pk__in=own).select_related("term").order_by("pk")
        for row in rows:
            code = row.term.code if row.term else ""
            found[str(row.pk)] = {"vocabulary": row.vocabulary, "text": row.text, "term": code}
    return found


def _write_spelling(reference: str, body: Body | None, doing: Act) -> None:
    """Let a spelling mean again what it did."""
    row = Spelling.all_records.filter(pk=reference).first()
    if body is None:
        _drop_spelling(row, doing)
        return
    term = Term.all_records.filter(vocabulary=body["vocabulary"], code=body["term"]).first()
    if body["term"] and term is None:
        raise CannotRestore("term-gone")
    if row is None:
        row = Spelling(pk=int(reference), vocabulary=body["vocabulary"], text=body["text"])
        row.folded = fold(row.text)[:LONGEST_SPELLING]
        row.save(force_insert=True)
    row.term = term
    _settle(doing, [row])


def _drop_spelling(row: Spelling | None, doing: Act) -> None:
    """Take a spelling away; one that entries have stays, and means nothing."""
    try:
        _ = row and row.delete()
    except ProtectedError:
        assert row is not None  # noqa: S101 (what is not there is not protected)
        row.term = None
        _settle(doing, [row])


TERM = Subject("term", _read_terms, _write_term)
SPELLING = Subject("spelling", _read_spellings, _write_spelling)


def _labels(draft: TermDraft) -> tuple[str, ...]:
    return (draft.en, draft.ru, draft.uk)


def _check(draft: TermDraft) -> None:
    if draft.vocabulary not in Vocabulary.values:
        raise TermRefused(field="vocabulary", code="unknown", value=draft.vocabulary)
    for language in LANGUAGES:
        label: str = getattr(draft, language)
        if not label or len(label) > 200:
            raise TermRefused(
                field=f"label_{language}", code="too-long" if label else "empty", value=draft.code
            )


def _body(draft: TermDraft) -> dict[str, Any]:
    return {
        "vocabulary": draft.vocabulary,
        "code": draft.code,
        "en": draft.en,
        "ru": draft.ru,
        "uk": draft.uk,
        "note": dict(draft.note),
        "country": draft.country,
    }


def _asserted(term: Term) -> dict[str, Any]:
    return {
        "vocabulary": term.vocabulary,
        "code": term.code,
        "en": term.label_en,
        "ru": term.label_ru,
        "uk": term.label_uk,
        "note": term.note,
        "country": term.country,
    }
