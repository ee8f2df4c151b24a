"""What a step of the ledger is to a reader of a place's history; the hidden is never told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from registry.dates import FuzzyDate
from registry.models import SiteStatus, Source, Term, Vocabulary
from registry.records.drafts.sites import SiteDraft, draft_from_body
from registry.records.ledger.acts import Body
from registry.records.ledger.trails import Step
from registry.records.public.shapes import Text

from .concerning import SiteConcern
from .differing import differences
from .events import file_events
from .shapes import Event, Line, ToldValue
from .telling import Told, worded

SOURCED = ("coordinates", "period", "status")
"""What of a place is shown only while a source that states it is in use."""


class SiteTeller:
    """Turns the steps of all records that concern one place into events."""

    def __init__(self, concern: SiteConcern) -> None:
        self.concern = concern
        self.language = concern.labels.language
        rows = Source.public.only("slug", "title", "language", "wording").order_by()
        self.sources: Mapping[str, Source] = {source.slug: source for source in rows}
        regions = Term.all_records.filter(vocabulary=Vocabulary.REGION)
        self.regions: Mapping[str, Term] = {term.code: term for term in regions}

    def events(self, step: Step) -> Iterator[Event]:
        """Yield what a step is to a reader, if it is anything."""
        step = self.concern.taken_back.cleaned(step)
        if step.subject == "site":
            yield from self._site(step)
        else:
            shown = int(step.reference) in self.concern.files[step.subject]
            yield from file_events(step, self.concern.labels, shown=shown)

    def _site(self, step: Step) -> Iterator[Event]:
        if step.before is None or step.after is None:
            yield Event("site-added")
        else:
            was, now = (body.get("status", "public") for body in (step.before, step.after))
            if was != now:
                yield Event("site-back" if now == SiteStatus.PUBLIC else "site-withdrawn")
            told = differences(self.tell(step.before), self.tell(step.after))
            others = {"status"}
            differ = any(
                step.before.get(name) != step.after[name] for name in step.after.keys() - others
            )
            if differ:
                yield Event("site-changed", differences=told, withheld=not told)

    def tell(self, body: Body) -> Told:
        """Return what a place was said to be, without what only withdrawn sources state."""
        draft = draft_from_body(body)
        told: Told = {
            "site_kinds": _line(*(ToldValue(code=kind, words="site") for kind in draft.kinds)),
            "country": _line(ToldValue(code=draft.country, words="country")),
            "region": self._region(draft.region),
            "region_then": self._text(body, "region_then"),
            "town": self._text(body, "town"),
            "names": tuple(
                (ToldValue(text=Text(row.name, row.language)),)
                for row in draft.names
                if not row.source or row.source in self.sources
            ),
            "figures": tuple(
                self._figure(row) for row in body["figures"] if row["source"] in self.sources
            ),
            "events": tuple(
                self._event(row, when.date)
                for row, when in zip(body["events"], draft.events, strict=True)
                if row["source"] in self.sources
            ),
            **self._sourced(body, draft),
        }
        return {name: lines for name, lines in told.items() if lines}

    def _sourced(self, body: Body, draft: SiteDraft) -> Told:
        told: Told = {}
        if self._in_use(draft.coordinates_sources) and draft.latitude is not None:
            spot = f"{draft.latitude:.5f}, {draft.longitude:.5f}"
            near = f" (± {draft.precision_m} m)" if draft.precision_m else ""
            told["coordinates"] = _line(ToldValue(text=Text(spot + near)))
            told["coordinates_note"] = self._text(body, "coordinates_note")
        if self._in_use(draft.period_sources):
            told["period"] = _line(ToldValue(date=draft.period)) if draft.period else ()
            told["period_note"] = self._text(body, "period_note")
        if self._in_use(draft.status_sources):
            told["status_today"] = self._text(body, "status_today")
        for name in SOURCED:
            slugs = getattr(draft, f"{name}_sources")
            told[f"{name}_sources"] = tuple(
                (ToldValue(text=self._title(slug)),) for slug in slugs if slug in self.sources
            )
        return told

    def _in_use(self, slugs: tuple[str, ...]) -> bool:
        return any(slug in self.sources for slug in slugs)

    def _title(self, slug: str) -> Text:
        source = self.sources[slug]
        title, language = source.worded("title", self.language)
        return Text(title, language or source.language)

    def _region(self, code: str) -> tuple[Line, ...]:
        term = self.regions.get(code)
        return _line(ToldValue(text=Text(term.label(self.language), self.language))) if term else ()

    def _text(self, body: Body, name: str) -> tuple[Line, ...]:
        text = worded(body, name, self.language)
        return _line(ToldValue(text=text)) if text else ()

    def _figure(self, row: Mapping[str, Any]) -> Line:
        low, high = ("" if row[end] is None else str(row[end]) for end in ("low", "high"))
        number = low if low == high else f"{low or '…'}–{high or '…'}"
        return self._row(row, ToldValue(code=row["measure"], words="measure"), "note", number)

    def _event(self, row: Mapping[str, Any], when: FuzzyDate | None) -> Line:
        kind = ToldValue(code=row["kind"], words="site_event")
        line = self._row(row, kind, "text", "")
        return (*line, ToldValue(date=when)) if when else line

    def _row(self, row: Mapping[str, Any], kind: ToldValue, name: str, number: str) -> Line:
        parts = [Text(number)] if number else []
        parts += [
            text for field in (name, "locator") if (text := worded(row, field, self.language))
        ]
        told = (ToldValue(text=text) for text in [*parts, self._title(row["source"])])
        return (kind, *told)


def _line(*values: ToldValue) -> tuple[Line, ...]:
    told = tuple(value for value in values if value.text or value.date or value.code)
    return (told,) if told else ()
