"""Adding what sources say: the one way by which entries become records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from registry.models import (
    Change,
    Entry,
    Passage,
    Person,
    PersonKey,
    Repression,
    Source,
    SourceStatus,
    Standing,
)
from registry.models.inserting import blank_row, insert_rows, refer
from registry.records.catalogue.terms import SpellingBook
from registry.records.drafts.building import Codebook, EntryBuilder, Parts
from registry.records.drafts.codes import codes_in, sites_in, spellings_in
from registry.records.drafts.entries import EntryDraft, PassageDraft
from registry.records.drafts.readings import COPIED, corrected_paths, keep_doubts, keep_readings
from registry.records.ledger.acts import Act
from registry.records.ledger.changes import wait_for_turn
from registry.records.ledger.refreshing import fill_person, refresh_people
from registry.records.ledger.snapshots import (
    ENTRY,
    PASSAGE,
    delete_parts,
    differing_fields,
    write_passages,
)
from registry.records.people.identity import people_by_key
from registry.search import index_names
from registry.search.columns.sql import Among

from .drafting import entry_drafts

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one draft: `new`, `changed`, `same`, or `refused` with a reason code.

    `fields` are those that changed, or the one that was refused; `entry` is the entry's id.
    """

    source: str
    key: str
    kind: str
    reason: str = ""
    fields: tuple[str, ...] = ()
    entry: int | None = None


class EntryWriter:
    """Writes drafts in batches, remembering codes, sources and spellings between them.

    One for a whole import. After a transaction was rolled back, make another.
    """

    def __init__(self, *, change: Change, now: datetime) -> None:
        self.change = change
        self.now = now
        self.codes = Codebook()
        self.builder = EntryBuilder(change=change, codes=self.codes)
        self.sources: dict[str, Source] = {}
        self.spellings = SpellingBook()

    def put(
        self, drafts: Sequence[EntryDraft], *, person: int | None = None, only_new: bool = False
    ) -> list[Outcome]:
        """Write a batch inside the caller's transaction; outcomes in the order of drafts.

        Entries that are new join `person` where one is given, whatever their keys. `only_new`
        refuses what is there already as `taken`, unless it was taken back. A draft
        whose source is unknown or withdrawn, or that names an unknown site or term, or has
        neither name nor known person, is refused and the others go on; so is one of an entry
        that a court had erased, which never comes back (`erased`). A draft stands once
        for its source and key: a second one in the same batch is refused as `twice`. A newer
        version whose person key is another person's is refused as `other-person`, and one of an
        entry that an editor copied anew as `copied-anew`: who knows better is for them to say.
        """
        wait_for_turn()
        outcomes: dict[int, Outcome] = {}
        self._know_sources({draft.source for draft in drafts})
        existing = self._existing(drafts)
        seen: set[tuple[str, str]] = set()
        fresh: list[tuple[int, EntryDraft]] = []
        newer: list[tuple[int, EntryDraft, Entry]] = []
        for index, draft in enumerate(drafts):
            known = existing.get((draft.source, draft.key))
            problem = self._problem(draft, known_person=bool(person or draft.person_key)) or (
                ("key", "twice") if (draft.source, draft.key) in seen else None
            )
            if known and known.standing == Standing.ERASED:
                problem = ("key", "erased")
            elif known and only_new and not _comes_back(known, person):
                problem = ("key", "taken")
            seen.add((draft.source, draft.key))
            if problem:
                field, reason = problem
                outcomes[index] = Outcome(draft.source, draft.key, REFUSED, reason, (field,))
            elif known is None:
                fresh.append((index, draft))
            elif known.content_hash == draft.content_hash and known.standing != Standing.REVERTED:
                outcomes[index] = Outcome(draft.source, draft.key, SAME, entry=known.pk)
            elif known.reading.get("*", {}).get("reason") == COPIED:
                outcomes[index] = Outcome(
                    draft.source, draft.key, REFUSED, COPIED, ("key",), entry=known.pk
                )
            else:
                newer.append((index, draft, known))
        strangers = self._strangers(newer)
        outcomes.update(strangers)
        newer = [item for item in newer if item[0] not in strangers]
        self._spell([draft for _, draft in fresh] + [draft for _, draft, _ in newer])
        self._claim_keys(newer)
        outcomes.update(self._add(fresh, person))
        outcomes.update(self._renew(newer))
        return [outcomes[index] for index in range(len(drafts))]

    def _know_sources(self, slugs: set[str]) -> None:
        if missing := slugs - self.sources.keys():
            rows = Source.all_records.filter(slug__in=missing)
            self.sources.update({row.slug: row for row in rows})

    def _existing(self, drafts: Sequence[EntryDraft]) -> dict[tuple[str, str], Entry]:
        keys: dict[str, list[str]] = {}
        for draft in drafts:
            keys.setdefault(draft.source, []).append(draft.key)
        found: dict[tuple[str, str], Entry] = {}
        for slug in keys.keys() & self.sources.keys():
            among = {f"key__{Among.lookup_name}": keys[slug]}
            rows = Entry.all_records.filter(source=self.sources[slug], **among).order_by()
            found.update({(slug, row.key): row for row in rows})
        return found

    def _problem(self, draft: EntryDraft, *, known_person: bool) -> tuple[str, str] | None:
        """Return the field and the code of why a draft cannot be taken, if it cannot."""
        source = self.sources.get(draft.source)
        if source is None:
            return ("source", "unknown-source")
        if source.status != SourceStatus.IN_USE:
            return ("source", "withdrawn-source")
        if not draft.names and not known_person:
            return ("full_name", "no-name")
        return self.unknown_code(draft)

    def unknown_code(self, draft: EntryDraft) -> tuple[str, str] | None:
        """Return the field and the code of a term or place that a draft names and is not there."""
        for field, vocabulary, code in codes_in(draft):
            if (vocabulary, code) not in self.codes.terms:
                return (field, "unknown-code")
        for field, slug in sites_in(draft):
            if slug not in self.codes.sites:
                return (field, "unknown-site")
        return None

    def _strangers(self, newer: Sequence[tuple[int, EntryDraft, Entry]]) -> dict[int, Outcome]:
        """Refuse newer versions whose key is another person's: joining is an editor's act."""
        keyed = [item for item in newer if item[1].person_key]
        known = people_by_key({draft.person_key for _, draft, _ in keyed})
        # The first of the batch to name a new key has it, as if each came in a batch of its own.
        return {
            index: Outcome(draft.source, draft.key, REFUSED, "other-person", ("person_key",))
            for index, draft, entry in keyed
            if known.setdefault(draft.person_key, entry.person_id) != entry.person_id
        }

    def _spell(self, drafts: Iterable[EntryDraft]) -> None:
        """Look up or make every spelling of the batch, so that each costs no query later."""
        texts: dict[str, set[str]] = {}
        for draft in drafts:
            for vocabulary, text in spellings_in(draft):
                texts.setdefault(vocabulary, set()).add(text)
        self.builder.spelled = {
            (vocabulary, text): spelling
            for vocabulary, own in texts.items()
            for text, spelling in self.spellings.spellings_for(vocabulary, sorted(own)).items()
        }

    # New entries -------------------------------------------------------------------------

    def _add(
        self, fresh: Sequence[tuple[int, EntryDraft]], person: int | None
    ) -> dict[int, Outcome]:
        if not fresh:
            return {}
        drafts = [draft for _, draft in fresh]
        passages = self._add_passages(drafts)
        built = [self._build(draft, passages.get(_passage_key(draft))) for draft in drafts]
        known = people_by_key({draft.person_key for draft in drafts if draft.person_key})
        if person is not None:
            for parts in built:
                parts.entry.person_id = person
        touched = {person} if person else self._add_people(drafts, built, known)
        insert_rows([parts.entry for parts in built])
        self._add_parts(built)
        again = {parts.entry.person_id for parts in built} & touched
        index_names(
            (parts.entry.person_id, name)
            for parts in built
            if parts.entry.person_id not in again and "*" not in parts.entry.discredited
            for name in parts.names
        )
        if again:
            refresh_people(again, now=self.now)
        return {
            index: Outcome(draft.source, draft.key, NEW, entry=parts.entry.pk)
            for (index, draft), parts in zip(fresh, built, strict=True)
        }

    def _add_people(
        self, drafts: Sequence[EntryDraft], built: Sequence[Parts], known: dict[str, int]
    ) -> set[int]:
        """Give every entry its person, making the missing; return those concluded later."""
        groups: dict[str | int, list[int]] = {}
        for index, draft in enumerate(drafts):
            if draft.person_key not in known:
                groups.setdefault(draft.person_key or index, []).append(index)
        people: list[Person] = []
        for members in groups.values():
            person = blank_row(Person)
            facts = [built[index].facts(reference=index) for index in members]
            fill_person(person, facts, choices={}, book=self.codes, today=self.now.date())
            people.append(person)
        insert_rows(people)
        keys = [
            PersonKey(key=key, person=person)
            for key, person in zip(groups, people, strict=True)
            if isinstance(key, str)
        ]
        insert_rows(keys)
        for members, person in zip(groups.values(), people, strict=True):
            for index in members:
                refer(built[index].entry, "person", person)
        touched = set()
        for index, draft in enumerate(drafts):
            if draft.person_key in known:
                built[index].entry.person_id = known[draft.person_key]
                touched.add(known[draft.person_key])
        return touched

    def _add_passages(self, drafts: Sequence[EntryDraft]) -> dict[tuple[str, str], Passage]:
        """Make the passages of the batch; those with one key in one source are one passage."""
        rows: dict[tuple[str, str], Passage] = {}
        for draft in drafts:
            if draft.passage is None or _passage_key(draft) in rows:
                continue
            row = blank_row(Passage)
            refer(row, "source", self.sources[draft.source])
            rows[_passage_key(draft)] = _passage(draft.passage, row)
        insert_rows(list(rows.values()))
        return rows

    def _add_parts(self, built: Sequence[Parts]) -> None:
        insert_rows([name for parts in built for name in parts.names])
        repressions = [row for parts in built for row in parts.repressions]
        insert_rows(repressions)
        insert_rows([row for parts in built for row in parts.rulings])
        insert_rows([row for parts in built for row in parts.stays])
        insert_rows([row for parts in built for row in parts.roles])
        through = Repression.article_terms.through
        insert_rows(
            [
                through(repression=row, term_id=term)
                for parts in built
                for row, terms in zip(parts.repressions, parts.articles, strict=True)
                for term in terms
            ]
        )

    def _build(
        self, draft: EntryDraft, passage: Passage | None, entry: Entry | None = None
    ) -> Parts:
        source = self.sources[draft.source]
        return self.builder.build(draft, source=source, passage=passage, entry=entry)

    # Newer versions of entries ------------------------------------------------------------

    def _renew(self, newer: Sequence[tuple[int, EntryDraft, Entry]]) -> dict[int, Outcome]:
        """Replace what entries say by a newer version of their source, keeping the older."""
        if not newer:
            return {}
        doing = Act(change=self.change, now=self.now)
        doing.touch(ENTRY, *(entry.pk for _, _, entry in newer))
        kept = self._keep_edited([(draft, entry) for _, draft, entry in newer])
        self._renew_passages(kept)
        self._write_over(kept)
        changed = doing.settle().get(ENTRY.name, {})
        outcomes: dict[int, Outcome] = {}
        for index, draft, entry in newer:
            before, after = changed.get(str(entry.pk), ({}, {}))
            fields = differing_fields(before or {}, after or {})
            outcomes[index] = Outcome(
                draft.source, draft.key, CHANGED, fields=fields, entry=entry.pk
            )
        return outcomes

    def _keep_edited(
        self, newer: Sequence[tuple[EntryDraft, Entry]]
    ) -> list[tuple[EntryDraft, Entry]]:
        """Return newer versions with what editors said of the older: corrections, and doubts."""
        corrected = {entry.pk: corrected_paths(entry.reading) for _, entry in newer}
        old = entry_drafts([pk for pk, paths in corrected.items() if paths])
        kept = []
        for newest, entry in newer:
            draft = keep_doubts(entry, newest)
            if entry.pk in old:
                draft = keep_readings(old[entry.pk], draft, corrected[entry.pk])
            kept.append((draft, entry))
        return kept

    def rewrite(self, draft: EntryDraft, entry: Entry) -> None:
        """Replace all that an entry says; the caller's act has touched it.

        Its source, key and person stay. Terms and places it names must be there
        (see `unknown_code`).
        """
        self._know_sources({draft.source})
        self._spell([draft])
        if draft.passage is None:
            entry.passage = None
        self._renew_passages([(draft, entry)])
        self._write_over([(draft, entry)])

    def _write_over(self, items: Sequence[tuple[EntryDraft, Entry]]) -> None:
        delete_parts([entry.pk for _, entry in items])
        built = []
        for draft, entry in items:
            parts = self._build(draft, entry.passage, entry)
            if entry.standing == Standing.REVERTED:
                entry.standing = Standing.IN_USE
            entry.save()
            built.append(parts)
        self._add_parts(built)

    def _claim_keys(self, newer: Sequence[tuple[int, EntryDraft, Entry]]) -> None:
        """Note the keys that newer versions name first, so that others join these people."""
        named = {draft.person_key: entry.person_id for _, draft, entry in reversed(newer)}
        known = people_by_key(named)
        insert_rows(
            [
                PersonKey(key=key, person_id=person)
                for key, person in named.items()
                if key and key not in known
            ]
        )

    def _renew_passages(self, items: Sequence[tuple[EntryDraft, Entry]]) -> None:
        """Let passages say what the newer versions do; one without a passage keeps the older."""
        changed = {}
        for draft, entry in items:
            if draft.passage is None:
                continue
            wanted = _passage(draft.passage, Passage(source=entry.source))
            values = {name: getattr(wanted, name) for name in PASSAGE}
            old = entry.passage
            if old is None or any(values[name] != getattr(old, name) for name in PASSAGE):
                changed[entry] = values
        write_passages(changed)


def put_entries(*, drafts: Sequence[EntryDraft], change: Change, now: datetime) -> list[Outcome]:
    """Write one batch of drafts inside the caller's transaction (see `EntryWriter.put`)."""
    return EntryWriter(change=change, now=now).put(drafts)


def _comes_back(entry: Entry, person: int | None) -> bool:
    """Tell whether an entry that was taken back may come back, about whom it was."""
    return entry.standing == Standing.REVERTED and person in (None, entry.person_id)


def _passage_key(draft: EntryDraft) -> tuple[str, str]:
    shared = draft.passage.key if draft.passage else ""
    return (draft.source, f"shared:{shared}" if shared else f"own:{draft.key}")


def _passage(draft: PassageDraft, row: Passage) -> Passage:
    for name in PASSAGE:
        setattr(row, name, getattr(draft, name))
    row.wording = dict(draft.wording)
    return row
