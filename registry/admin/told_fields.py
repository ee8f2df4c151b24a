"""What a body of the ledger says, field by field, in lines of words for the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from registry.records.history.shapes import Line, ToldValue
from registry.records.history.telling import Told, date_of
from registry.records.ledger.acts import Body
from registry.records.ledger.snapshots import DATE_PARTS
from registry.records.public.shapes import Text
from registry.wording.moderating import OUTCOMES, STATES

from .labels import LIVING_RULES, ROLE_NAMES, STANDINGS, VOCABULARIES, WISHES

DATE_ENDS = tuple(f"_{part}" for part in DATE_PARTS)
NOT_TOLD = frozenset({"change_id", "change"})
"""Under which change something is: the page is about that change."""
CALLED = {"left_id": "entry", "right_id": "entry"}
"""Columns that are told under another name: a judgement is about two entries."""
CODED = {
    "relation.kind": "relation",
    "source.kind": "source",
    "events.kind": "site_event",
    "kinds": "site",
    "measure": "measure",
    "unreliable_for": "field",
    "country": "country",
    "language": "language",
    "status": "status",
}
"""Fields whose values are codes, and the table of words that pages put them into."""
WORDS: Mapping[str, Mapping[Any, Any]] = {
    "vocabulary": VOCABULARIES,
    "living_rule": LIVING_RULES,
    "standing": STANDINGS,
    "published": {True: pgettext_lazy("value", "yes")},
    "active": {True: _("In use"), False: _("Shut")},
    "account.role": ROLE_NAMES,
    "wish": WISHES,
    "proposal.outcome": {
        "accepted": pgettext_lazy("proposal", "Accepted"),
        "refused": pgettext_lazy("proposal", "Refused"),
    },
    "submission.state": STATES,
    "parts": OUTCOMES,
    "files": OUTCOMES,
    "verdict": {
        "same": _("are about one person"),
        "different": _("are about different people"),
        "unsure": _("may be about one person; nobody can tell"),
    },
}
"""Fields whose values only the desk puts into words."""


def tell_fields(subject: str, body: Body, language: str) -> Told:
    """Return what a body says column by column, for a reader of `language`."""
    found: Told = {}
    for column, value in body.items():
        if column in NOT_TOLD:
            continue
        name = CALLED.get(column, column.removesuffix("_id"))
        if column.endswith(DATE_ENDS):
            name = column.rpartition("_")[0]
            when = date_of(body, name)
            lines: list[Line] = [(ToldValue(date=when),)] if when and name not in found else []
        else:
            lines = list(_lines(subject, name, value, language))
        if lines:
            found[name] = (*found.get(name, ()), *lines)
    return found


def _lines(owner: str, name: str, value: Any, language: str) -> Iterator[Line]:
    """Yield a line for each value, each row, each text of a language."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from _lines(owner, name, one, language)
    elif name in {"parts", "files"} and isinstance(value, Mapping):
        # What was decided of each part of a submission, by its number.
        for position, outcome in value.items():
            told = _value(owner, name, outcome, language)
            yield ((ToldValue(text=Text(position)), told))
    elif name == "wording" and isinstance(value, Mapping):
        for field, texts in value.items():
            first = ToldValue(code=field.rpartition(".")[2], words="told")
            yield from ((first, told) for told in _texts(texts))
    elif _is_date(value):
        yield (ToldValue(date=date_of({f"on_{part}": own for part, own in value.items()}, "on")),)
    elif isinstance(value, Mapping) and owner == "term":
        yield from ((told,) for told in _texts(value))
    elif isinstance(value, Mapping):
        yield tuple(_parts(name, value, language))
    elif value not in (None, "") and (
        value is not False or (name in WORDS and False in WORDS[name])
    ):
        yield (_value(owner, name, value, language),)


def _parts(rows: str, row: Mapping[str, Any], language: str) -> Iterator[ToldValue]:
    """Yield what one row says; what kind of row it is comes first, without a name."""
    for name, value in sorted(row.items(), key=lambda own: own[0] not in {"kind", "measure"}):
        for number, line in enumerate(_lines(rows, name, value, language)):
            for told in line:
                bare = name in {"kind", "measure", "wording"} or told.field or number
                yield told if bare else _named(told, name)


def _named(told: ToldValue, name: str) -> ToldValue:
    return ToldValue(told.text, told.date, told.code, told.words, name)


def _texts(texts: Mapping[str, str]) -> Iterator[ToldValue]:
    """Yield texts under the names of their languages."""
    for language, text in texts.items():
        yield ToldValue(text=Text(text, language), field=language)


def _is_date(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() >= set(DATE_PARTS)


def _value(owner: str, name: str, value: Any, language: str) -> ToldValue:
    table = CODED.get(f"{owner}.{name}") or CODED.get(name)
    if table:
        return ToldValue(code=str(value), words=table)
    words = WORDS.get(f"{owner}.{name}") or WORDS.get(name) or {}
    if value in words:
        return ToldValue(text=Text(str(words[value]), language))
    return ToldValue(text=Text(str(value)))
