"""Keeping the index of names in step with the names of people, in the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import F, QuerySet

from registry.models import (
    FORMS_A_PERSON,
    EntryName,
    NameForm,
    NameWord,
    SourceStatus,
    Standing,
    WordRole,
)
from registry.models.inserting import insert_values
from registry.search.columns.sql import Among

from .fingerprint import stamp
from .forms import Form, forms_of
from .rows import FORM, ask, each_range
from .vocabulary import count_words, in_pieces, numbers_of

COLUMNS = ("id", "family_id", "given_id", "patronymic_id")
AT_ONCE = 2_000
"""People whose forms are read in one query."""

Numbers = tuple[int | None, int | None, int | None]
"""The ids of the words of family name, given name and patronymic."""


def index_names(names: Iterable[tuple[int, EntryName]]) -> int:
    """Add saved name rows of new people, each with its person's id; return how many forms.

    The rows go in as they are: most of what an import writes is index, and a model object for
    each would cost more than all the rest of it.
    """
    forms: dict[int, dict[Form, None]] = {}
    for person, name in names:
        own = forms_of(name.family, name.given, name.patronymic, name.full)
        forms.setdefault(person, {}).update(dict.fromkeys(own))
    return _replace(forms, {})


def reindex_people(people: Collection[int], *, traced: bool = True) -> int:
    """Make the index of these people anew from the names of their entries in use.

    Only what differs is written; returns how many forms that is. `traced`: see `numbers_of`.
    """
    forms: dict[int, dict[Form, None]] = {person: {} for person in people}
    for person, family, given, patronymic, full in _names_of(people):
        forms[person].update(dict.fromkeys(forms_of(family, given, patronymic, full)))
    return _replace(forms, dict(_indexed(people)), traced=traced)


def _names_of(people: Collection[int]) -> Iterator[tuple[int, str, str, str, str]]:
    for some in in_pieces(people, AT_ONCE):
        rows = (
            EntryName.all_records.filter(
                **{f"entry__person__id__{Among.lookup_name}": some},
                entry__standing=Standing.IN_USE,
                entry__source__status=SourceStatus.IN_USE,
            )
            .exclude(entry__discredited__has_key="*")
            .order_by("pk")
            .values_list("entry__person", "family", "given", "patronymic", "full")
        )
        yield from rows


def _indexed(people: Collection[int]) -> Iterator[tuple[int, list[Numbers]]]:
    """Yield the forms that are in the index, of each person who has some, in their order."""
    found: dict[int, list[Numbers]] = {}
    last = f"start + {FORMS_A_PERSON - 1}"
    own = each_range(FORM, "form", "start", last, most=FORMS_A_PERSON)
    for some in in_pieces(people, AT_ONCE):
        starts = ", ".join(f"({person * FORMS_A_PERSON})" for person in some)
        rows = ask(
            f"WITH wanted(start) AS (VALUES {starts}) "  # noqa: S608 (our own names and numbers)
            f"SELECT form.id, {', '.join(COLUMNS[1:])} FROM wanted CROSS JOIN {own} "
            "ORDER BY form.id"
        )
        for pk, *words in rows:
            found.setdefault(pk // FORMS_A_PERSON, []).append((words[0], words[1], words[2]))
    yield from found.items()


def named_by(people: Collection[int]) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the words of these people: the person, the part of the name, the keys."""
    forms = list(_indexed(people))
    used = {word for _, own in forms for form in own for word in form if word}
    words: dict[int, tuple[int, list[str]]] = {}
    for some in in_pieces(used, AT_ONCE):
        rows = NameWord.all_records.filter(id__in=some).order_by()
        words |= {
            pk: (role, keys.split()) for pk, role, keys in rows.values_list("id", "role", "keys")
        }
    for person, own in forms:
        for word in dict.fromkeys(word for form in own for word in form if word):
            yield person, *words[word]


def _replace(
    forms: Mapping[int, Collection[Form]],
    indexed: Mapping[int, list[Numbers]],
    *,
    traced: bool = True,
) -> int:
    """Write the forms of people over those that are indexed; return how many were written."""
    used = {word for own in forms.values() for form in own for word in form if word}
    ids = numbers_of(used, traced=traced)
    rows: list[tuple[int, int | None, int | None, int | None]] = []
    gone: list[int] = []
    counts: Counter[int] = Counter()
    for person, own in forms.items():
        old = indexed.get(person, [])
        new = [
            tuple(ids[word] if word else None for word in form)
            for form in list(own)[:FORMS_A_PERSON]
        ]
        if new == old:
            continue
        start = person * FORMS_A_PERSON
        gone += range(start, start + len(old))
        rows += [(start + at, *words) for at, words in enumerate(new)]  # type: ignore[misc]
        counts.update({word for words in new for word in words if word})
        counts.subtract({word for words in old for word in words if word})
    for some in in_pieces(gone, AT_ONCE):
        NameForm.all_records.filter(id__in=some).delete()
    if rows:
        stamp()
        insert_values(NameForm, COLUMNS, rows)
    count_words(counts)
    return len(rows)


def people_called(surname: str) -> QuerySet[Any]:
    """Return the ids of the people who have this folded word in a family name, for a subquery."""
    words = NameWord.all_records.filter(role=WordRole.FAMILY, folded=surname).order_by()
    forms = NameForm.all_records.filter(family__in=words.values("pk")).order_by()
    return forms.values(person=PERSON)


PERSON = F("id") / FORMS_A_PERSON
"""The person of a form, as an expression of the database: whole numbers divide whole."""
