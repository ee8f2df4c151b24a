"""What a step of the ledger is to a reader of a person's history; the hidden is never told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from registry.models import INVERSE, Entry, PersonStatus, RelationKind, SourceStatus, Standing
from registry.records.conclusions.chosen import parse_field
from registry.records.ledger.acts import Body
from registry.records.ledger.trails import Step
from registry.records.public.linked import ACCUSING, may_accuse
from registry.records.public.shapes import PublicSource
from registry.records.public.shaping import shape_source

from .concerning import Concern, in_full, is_shown
from .differing import differences
from .shapes import Difference, Event, OtherPerson, ToldValue
from .telling import Labels, tell_biography, tell_entry, tell_file, tell_relation

STANDINGS = {
    Standing.IN_USE.value: "entry-back",
    Standing.WITHDRAWN.value: "entry-withdrawn",
    Standing.REVERTED.value: "entry-undone",
}
BY_RULE = "by-rule"
"""The word for a status that the rule about the living decides."""


class Teller:
    """Turns the steps of all records that concern one person into events."""

    def __init__(self, concern: Concern) -> None:
        self.concern = concern
        self.labels = concern.labels
        self.restricted = concern.person.status == PersonStatus.RESTRICTED
        self._tellers: dict[str, Callable[[Step], Iterator[Event]]] = {
            "entry": self._entry,
            "source": self._source,
            "choice": self._choice,
            "biography": self._biography,
            "relation": self._relation,
            "photograph": self._file,
            "document": self._file,
            "person": self._person,
        }

    def events(self, step: Step) -> Iterator[Event]:
        """Yield what a step is to a reader, if it is anything."""
        teller = self._tellers.get(step.subject)
        return teller(self.concern.taken_back.cleaned(step)) if teller else iter(())

    # Entries -----------------------------------------------------------------------------

    def _entry(self, step: Step) -> Iterator[Event]:
        entry = self.concern.entries[int(step.reference)]
        own = entry.person_id in self.concern.people
        whose = {body["person_id"] for body in (step.before, step.after) if body}
        if not (own or whose & self.concern.people):
            return
        about = self._about(entry)
        if step.erased:
            yield replace(about, code="entry-changed", erased=True)
        elif step.before is None or step.after is None:
            yield replace(about, code="entry-added")
        else:
            yield from self._moved(step.before, step.after, about)
            yield from self._said_otherwise(entry, step.before, step.after, about)

    def _about(self, entry: Entry | None) -> Event:
        """Return the beginning of what is told of an entry: nothing of one that is not shown."""
        if entry is None or not is_shown(entry):
            return Event("")
        return Event("", entry=entry.pk, source=self._source_of(entry))

    def _source_of(self, entry: Entry) -> PublicSource:
        return shape_source(entry.source, language=self.labels.language)

    def _moved(self, before: Body, after: Body, about: Event) -> Iterator[Event]:
        if before["standing"] != after["standing"]:
            yield replace(about, code=STANDINGS[after["standing"]])
        here, there = before["person_id"], after["person_id"]
        if here == there:
            return
        if there in self.concern.people:
            yield replace(
                about, code="entry-from", other=self._other(here) if about.entry else None
            )
        elif here in self.concern.people:
            yield replace(about, code="entry-to", other=self._other(there) if about.entry else None)

    def _other(self, person: int) -> OtherPerson | None:
        """Return another person: by name where shown, by number where the address leads here."""
        found = self.concern.others.get(person)
        if in_full(found):
            return OtherPerson(person, self.concern.names[person])
        return OtherPerson(person) if person in self.concern.people else None

    def _said_otherwise(
        self, entry: Entry, before: Body, after: Body, about: Event
    ) -> Iterator[Event]:
        told_otherwise = {"standing", "person_id", "content_hash", "change_id"}
        if all(before.get(name) == after[name] for name in after.keys() - told_otherwise):
            return
        event = replace(about, code="entry-changed")
        if not about.entry:
            yield event
            return
        restricted = self.restricted or entry.person.status == PersonStatus.RESTRICTED
        old, new = (
            tell_entry(body, self.labels, roles=self.concern.roles, restricted=restricted)
            for body in (before, after)
        )
        found = differences(old, new)
        yield replace(event, differences=found, withheld=restricted or not found)

    # What is beside the entries ----------------------------------------------------------

    def _source(self, step: Step) -> Iterator[Event]:
        """A source counts from the moment at which the person has an entry of it."""
        own = [e for e in self.concern.entries.values() if e.source.slug == step.reference]
        began = min((entry.change_id for entry in own), default=step.change)
        if step.before is None or step.after is None or step.change < began:
            return
        if step.before["status"] != step.after["status"]:
            back = step.after["status"] == SourceStatus.IN_USE
            shown = own[0].source.status == SourceStatus.IN_USE
            told = shape_source(own[0].source, language=self.labels.language) if shown else None
            yield Event("source-back" if back else "source-withdrawn", source=told)

    def _choice(self, step: Step) -> Iterator[Event]:
        code = "choice-made" if step.after else "choice-dropped"
        body = step.after or step.before
        about = self._about(self.concern.entries.get(body["entry"]) if body else None)
        if self.restricted or body is None or not about.entry:
            yield Event(code, erased=step.erased)
            return
        field = parse_field(step.reference.split(":", 1)[1].removesuffix(f":{body['entry']}"))[1]
        yield replace(about, code=code, field=field, reason=body["reason"] if step.after else "")

    def _biography(self, step: Step) -> Iterator[Event]:
        code = f"biography-{_what(step)}"
        body = step.after or step.before
        if body is None or not in_full(self.concern.person):
            yield Event(code, erased=step.erased and not self.restricted)
            return
        shown = int(step.reference) in self.concern.biographies
        edited = shown and step.before and step.after
        told = self._differences(step, tell_biography) if edited else ()
        yield Event(code, language=body["language"], differences=told, erased=step.erased)

    def _differences(
        self, step: Step, tell: Callable[[Body, Labels], Any]
    ) -> tuple[Difference, ...]:
        old, new = (tell(body, self.labels) if body else {} for body in (step.before, step.after))
        return differences(old, new)

    def _relation(self, step: Step) -> Iterator[Event]:
        code = f"relation-{_what(step)}"
        body = step.after or step.before
        if body is None:
            return
        mine = body["person_id"] in self.concern.people
        other = self._other(body["other_id"] if mine else body["person_id"])
        entry = self.concern.entries.get(body["entry_id"])
        accuses = body["kind"] in ACCUSING
        if (
            entry is None
            or not is_shown(entry)
            or other is None
            or other.name is None
            or not in_full(self.concern.person)
            or (accuses and not may_accuse([entry.source], act=False))
        ):
            yield Event(code)
            return
        kind = body["kind"] if mine else INVERSE.get(RelationKind(body["kind"]), body["kind"])
        told = self._differences(step, tell_relation)
        about = self._about(entry)
        yield replace(about, code=code, other=other, kind=str(kind), differences=told)

    def _file(self, step: Step) -> Iterator[Event]:
        yield from file_events(
            step,
            self.labels,
            shown=int(step.reference) in self.concern.files[step.subject],
        )

    def _person(self, step: Step) -> Iterator[Event]:
        if step.after is None or step.before is None:
            return
        person, before, after = int(step.reference), step.before, step.after
        if person == self.concern.person.pk:
            if before["status"] != after["status"]:
                old, new = (
                    ((ToldValue(code=body["status"] or BY_RULE, words="status"),),)
                    for body in (before, after)
                )
                yield Event("person-status", differences=(Difference("status", old, new),))
            return
        was, now = (body["merged_into"] in self.concern.people for body in (before, after))
        if was != now:
            other = self._other(person)
            yield Event("person-joined" if now else "person-separated", other=other)


def _what(step: Step) -> str:
    if step.before is None and not step.erased:
        return "added"
    return "changed" if step.after is not None or step.erased else "removed"


def file_events(step: Step, labels: Labels, *, shown: bool) -> Iterator[Event]:
    """Yield what happened to a photograph or a scan; one never published is never told of."""
    was, now = (bool(body and body["published"]) for body in (step.before, step.after))
    if not (was or now):
        return
    what = "changed" if was and now else "added" if now else "removed"
    event = Event(f"{step.subject}-{what}")
    if shown and step.before and step.after and was and now:
        old, new = tell_file(step.before, labels), tell_file(step.after, labels)
        event = replace(event, differences=differences(old, new))
    elif shown and step.after and now:
        event = replace(event, differences=differences({}, tell_file(step.after, labels)))
    yield event
