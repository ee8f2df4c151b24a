"""What a value that was sent would do to what the registry says: side by side, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.exchange.gathering import DateRead
from registry.models import Source
from registry.records.conclusions.facts import canonical_field
from registry.records.entries.previewing import Foreseen, Preview
from registry.records.public.shapes import Contradiction, PublicFact, PublicValue
from registry.wording.codes import word
from registry.wording.moderating import VERDICTS

from .comparing import title_of
from .part_forms import EntryPart, value_at


@dataclass(frozen=True, slots=True)
class Side:
    """A value the registry has, with the titles of the sources that state it."""

    value: PublicValue
    sources: tuple[str, ...]
    is_believed: bool


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value that was sent, beside what the registry says; the fields that decide it."""

    name: str
    field: str
    text: str
    now: tuple[Side, ...]
    verdict: Any
    rule: str
    differs: bool
    read: DateRead | None
    take: Any
    edit: Any
    prefer: Any


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that would come of a part: by value, what goes with it, and what contradicts."""

    values: tuple[ShownValue, ...]
    besides: tuple[tuple[str, tuple[Side, ...], tuple[Side, ...]], ...]
    contradictions: tuple[Contradiction, ...]


def outlook(
    form: EntryPart,
    preview: Preview | None,
    dates: Iterable[DateRead],
    titles: Mapping[str, str],
) -> Outlook:
    """Return what would come of a part; `titles` are those of the sources by their slugs."""
    read = {value_at(one.field, form.names): one for one in dates}
    told = _Told(form, preview, read, titles)
    values = tuple(told.value(name) for name in form.names)
    shown = {value.field for value in values}
    besides = tuple(
        (fact.field.rpartition(".")[2], told.sides(fact.before), told.sides(fact.after))
        for fact in (preview.facts if preview else ())
        if fact.field not in shown and fact.before != fact.after
    )
    return Outlook(values, besides, preview.contradictions if preview else ())


def titles_of(previews: Iterable[Preview | None], language: str) -> dict[str, str]:
    """Return by slug the titles of the sources of all entries concerned, in one query."""
    slugs = {ref.source for one in previews if one for ref in one.entries}
    rows = Source.all_records.filter(slug__in=slugs) if slugs else ()
    return {row.slug: title_of(row, language) for row in rows}


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words about each value are made of."""

    form: EntryPart
    preview: Preview | None
    dates: Mapping[str, DateRead]
    titles: Mapping[str, str]

    def value(self, name: str) -> ShownValue:
        """Return one value with what would come of it."""
        found = self._foreseen(name)
        code, rule = self._verdict(name, found)
        prefer = f"prefer-{name}"
        is_rival = found is not None and found.before is not None and code in {"rival", "instead"}
        given = self.form.said(prefer) if prefer in self.form.fields else ""
        return ShownValue(
            name=name,
            field=found.field if found else "",
            text=self.form.part.values[name],
            now=self.sides(found.before if found else None),
            verdict=VERDICTS.get(code, ""),
            rule=rule,
            differs=code in {"rival", "instead"},
            read=self.dates.get(name),
            take=self.form[f"take-{name}"],
            edit=self.form[f"v-{name}"],
            prefer=self.form[prefer] if is_rival or given else None,
        )

    def sides(self, fact: PublicFact | None) -> tuple[Side, ...]:
        """Return the values of a fact, believed ones first; the new entry has no title here."""
        if fact is None:
            return ()
        return tuple(
            Side(value, self._sources(value), is_believed)
            for own, is_believed in ((fact.values, True), (fact.rivals, False))
            for value in own
        )

    def _sources(self, value: PublicValue) -> tuple[str, ...]:
        entries = self.preview.entries if self.preview else ()
        slugs = [entries[mark - 1].source for mark in value.marks if mark <= len(entries)]
        return tuple(self.titles.get(slug, slug) for slug in dict.fromkeys(slugs))

    def _foreseen(self, name: str) -> Foreseen | None:
        """Return the fact that a value states; of an episode, of the one it would be in."""
        if self.preview is None or name not in self.form.taken():
            return None
        field = canonical_field(name)
        stated = [fact for fact in self.preview.facts if fact.states]
        return next(
            (fact for fact in stated if fact.field.rpartition(".")[2] == field),
            None,
        )

    def _verdict(self, name: str, found: Foreseen | None) -> tuple[str, str]:
        """Return the code of what a value would do, and by which rule."""
        if name not in self.form.taken():
            return "left", ""
        read = self.dates.get(name)
        if read and read.is_unread:
            return "unread", ""
        if found is None or found.after is None:
            return "", ""
        if found.before is None:
            return "new", ""
        return self._against(found, found.before, found.after)

    def _against(self, found: Foreseen, before: PublicFact, after: PublicFact) -> tuple[str, str]:
        """Return the same where the registry says something already."""
        mark = self.preview.mark if self.preview else 0
        if after.plural:
            own = [value for value in after.values if mark in value.marks]
            return ("same" if any(len(value.marks) > 1 for value in own) else "beside"), ""
        if any(mark in value.marks for value in after.rivals):
            return "rival", word("rule", after.rule)
        if len(after.rivals) > len(before.rivals):
            return "instead", word("rule", after.rule)
        return ("exact" if found.wins and not _alike(found) else "same"), ""


def _alike(found: Foreseen) -> bool:
    """Tell whether a fact is told after as it was before, but for who states it."""
    before, after = (fact.value if fact else None for fact in (found.before, found.after))
    if before is None or after is None:
        return before is after
    return (before.date, before.text, before.code) == (after.date, after.text, after.code)
