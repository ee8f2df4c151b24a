"""A desk at which anything is done, by numbers: the same steps for every test of the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User

from registry.dates import parse_edtf
from registry.models import (
    Change,
    ChangeKind,
    Entry,
    Person,
    PersonStatus,
    Proposal,
    Role,
    Source,
    Spelling,
    Wish,
)
from registry.records import (
    SourceDraft,
    TermDraft,
    begin_change,
    put_entries,
    put_sources,
    put_terms,
)
from registry.records.catalogue.sources import reinstate_source, withdraw_source
from registry.records.catalogue.terms import SpellingUnknown, TermUnknown, assign_spelling
from registry.records.drafts.entries import EntryDraft, NameDraft, RepressionDraft, RulingDraft
from registry.records.drafts.readings import DateReading
from registry.records.entries.editing import (
    EntryRefused,
    correct_reading,
    credit_again,
    discredit,
    reinstate_entry,
    withdraw_entry,
)
from registry.records.people.choosing import ChoiceRefused, choose, drop_choice
from registry.records.people.judging import JudgementRefused, judge_entries
from registry.records.people.merging import MergeAsks, MergeRefused, merge_people
from registry.records.people.splitting import SplitRefused, split_person
from registry.records.people.statuses import (
    StatusRefused,
    decide_proposal,
    hide_person,
    propose_showing,
    propose_suppressing,
)
from registry.records.undoing.reverting import Undone, undo_change, undo_changes
from tests.databases import NOW

from .counter import REFUSALS, Counter

YEARS = ("1871", "1880", "1891", "1891-01-15", "[1870,1872]", "1900", "1925", "1930~")
FATES = ("расстрелян", "умер", "примерная судьба", "")
SOURCES = ("invented-book", "invented-file", "invented-list")
LETTERS = "абвгдежзиклмнопр"


def invented_name(number: int) -> str:
    """Return a surname that nobody has and no other number has: `Примеровабв…`."""
    digest = hashlib.sha256(str(number).encode()).digest()
    return "Примеров" + "".join(LETTERS[byte % 16] for byte in digest[:10])


class Desk(Counter):
    """Does one act after another; each takes numbers, and picks what they point to.

    What cannot be done (nobody is there yet, the domain refuses) is passed over: the numbers
    are drawn blindly. `refusals` are the exceptions by which the domain refuses in words.
    """

    refusals: tuple[type[Exception], ...] = (
        TermUnknown,
        SpellingUnknown,
        EntryRefused,
        ChoiceRefused,
        MergeRefused,
        MergeAsks,
        SplitRefused,
        JudgementRefused,
        StatusRefused,
        *REFUSALS,
    )

    def __init__(self, *, now: datetime = NOW) -> None:
        self.now = now
        self.made = 0

    def act(self) -> dict[str, Any]:
        """Return who acts, why and when: each act a minute after the last."""
        self.now += timedelta(minutes=1)
        return {"by": None, "role": Role.EDITOR, "reason": "an invented reason", "now": self.now}

    def act_of(self, name: str) -> dict[str, Any]:
        """Return the same where it matters whose account it is."""
        account, _ = User.objects.get_or_create(username=f"invented-{name}")
        return {**self.act(), "by": account}

    def begin(self) -> Change:
        """Begin a change of an import."""
        return begin_change(**{**self.act(), "kind": ChangeKind.IMPORT, "role": Role.SYSTEM})

    def set_up(self) -> None:
        """Make the sources and terms."""
        change = self.begin()
        put_sources(
            drafts=[
                SourceDraft(slug, "memory-book", rank, f"Invented {slug}", living_rule="restrict")
                for rank, slug in enumerate(SOURCES, start=1)
            ],
            change=change,
        )
        put_terms(
            drafts=[
                TermDraft("fate", "shot", "shot", "расстрелян", "розстріляний"),
                TermDraft("fate", "died", "died", "умер", "помер"),
            ],
            change=change,
        )
        for number in range(12):
            self.come(number, number * 5, number)
        self.open_counter()

    # What can be done ------------------------------------------------------------------------

    def come(self, a: int, b: int, c: int) -> None:
        """A new entry comes in, of somebody new or of somebody known."""
        self._put(f"key-{self.made}", a, b, c, person_key=f"p{c % 7}" if c % 3 else "")

    def renew(self, a: int, b: int, c: int) -> None:
        """A source has a newer version of an entry."""
        entry = self.pick(Entry, a)
        if entry is not None:
            self._put(entry.key, a, b, c, source=entry.source.slug)

    def take_source(self, a: int, b: int, _c: int) -> None:
        """A source is withdrawn, or comes back."""
        source = self.pick(Source, a)
        if source is not None:
            (withdraw_source if b % 2 else reinstate_source)(slug=source.slug, **self.act())

    def settle_spelling(self, a: int, b: int, _c: int) -> None:
        """A spelling is said to mean a term, or none."""
        spelling = self.pick(Spelling, a, vocabulary="fate")
        if spelling is not None:
            assign_spelling(spelling=spelling.pk, code=("shot", "died", "")[b % 3], **self.act())

    def read_again(self, a: int, b: int, _c: int) -> None:
        """Our reading of a printed date was wrong."""
        entry = self.pick(Entry, a)
        if entry is not None:
            correct_reading(
                entry=entry.pk, readings={"birth": DateReading(YEARS[b % len(YEARS)])}, **self.act()
            )

    def doubt(self, a: int, b: int, c: int) -> None:
        """A field of an entry, or all of it, is not believed, or believed again."""
        entry = self.pick(Entry, a)
        if entry is None:
            return
        field = ("birth", "fate", "*", "arrest")[b % 4]
        if c % 3:
            discredit(entry=entry.pk, field=field, why={"en": "an invented doubt"}, **self.act())
        else:
            credit_again(entry=entry.pk, field=field, **self.act())

    def take_entry(self, a: int, b: int, _c: int) -> None:
        """An entry is withdrawn, or used again."""
        entry = self.pick(Entry, a)
        if entry is not None:
            (withdraw_entry if b % 2 else reinstate_entry)(entry=entry.pk, **self.act())

    def believe(self, a: int, b: int, c: int) -> None:
        """An entry is believed for a field, whatever the rule says, or no more."""
        entry = self.pick(Entry, a)
        if entry is None:
            return
        field = ("birth", "fate", "episode:1.arrest")[b % 3]
        chosen = {"person": entry.person_id, "field": field, "entry": entry.pk}
        (choose if c % 3 else drop_choice)(**chosen, **self.act())

    def merge(self, a: int, b: int, _c: int) -> None:
        """Two people are found to be one."""
        left, right = self.pick(Person, a), self.pick(Person, b)
        if left is not None and right is not None:
            merge_people(left=left.pk, right=right.pk, **self.act())

    def part(self, a: int, b: int, c: int) -> None:
        """One person is found to be two."""
        entry = self.pick(Entry, a)
        if entry is None:
            return
        own = Entry.all_records.filter(person=entry.person_id).order_by("pk")
        some = [row.pk for number, row in enumerate(own) if (b >> number) % 2]
        old = Person.all_records.filter(merged_into=entry.person_id).first() if c % 2 else None
        split_person(
            person=entry.person_id, entries=some, into=old.pk if old else None, **self.act()
        )

    def judge(self, a: int, b: int, c: int) -> None:
        """Two entries are said to be of different people, or nobody can tell."""
        left, right = self.pick(Entry, a), self.pick(Entry, b)
        if left is not None and right is not None:
            verdict = ("different", "unsure")[c % 2]
            judge_entries(left=left.pk, right=right.pk, verdict=verdict, **self.act())

    def hide(self, a: int, b: int, _c: int) -> None:
        """Somebody is hidden."""
        person = self.pick(Person, a)
        if person is not None:
            status = (PersonStatus.WITHDRAWN, PersonStatus.HELD)[b % 2]
            hide_person(person=person.pk, status=status, **self.act())

    def propose(self, a: int, b: int, _c: int) -> None:
        """One editor proposes to show, or to suppress."""
        person = self.pick(Person, a)
        if person is None:
            return
        if b % 3:
            wish = (Wish.PUBLIC, Wish.BY_RULE)[b % 2]
            propose_showing(person=person.pk, wish=wish, **self.act_of("one"))
        else:
            propose_suppressing(person=person.pk, **self.act_of("one"))

    def decide(self, a: int, b: int, _c: int) -> None:
        """Another decides."""
        proposal = self.pick(Proposal, a, outcome="")
        if proposal is not None:
            decide_proposal(proposal=proposal.pk, accept=bool(b % 4), **self.act_of("other"))

    def undo(self, a: int, b: int, _c: int) -> Undone | None:
        """Some change is undone, the last more often than others."""
        rows = Change.all_records.order_by("-pk")
        change = rows[a % min(rows.count(), 1 + b % 20)]
        return undo_change(change=change.pk, **self.act())

    def undo_several(self, a: int, _b: int, _c: int) -> None:
        """The last few changes are undone together."""
        rows = Change.all_records.order_by("-pk")[: 1 + a % 4]
        undo_changes(changes=[row.pk for row in rows], **self.act())

    def undo_all(self, changes: Any) -> list[Undone]:
        """Undo all of these changes, the newest first."""
        numbers = list(changes.values_list("pk", flat=True))
        return undo_changes(changes=numbers, **self.act()) if numbers else []

    @classmethod
    def steps(cls) -> dict[str, Callable[..., Any]]:
        """Return all that can be done, by name."""
        names = (
            "come", "renew", "take_source", "settle_spelling", "read_again", "doubt", "take_entry",
            "believe", "merge", "part", "judge", "hide", "propose", "decide", "undo",
            "undo_several", *cls.steps_here,
        )  # fmt: skip
        return {name: getattr(cls, name) for name in names}

    # -----------------------------------------------------------------------------------------

    def pick(self, model: Any, number: int, **wanted: Any) -> Any:
        """Return the row a number points to, or None where there is none."""
        rows = model.all_records.filter(**wanted).order_by("pk")
        count = rows.count()
        return rows[number % count] if count else None

    def _put(
        self, key: str, a: int, b: int, c: int, *, source: str = "", person_key: str = ""
    ) -> None:
        self.made += 1
        family = invented_name(self.made)
        names = [NameDraft("main", f"{family} Пример", family, "Пример", "", "ru", "Cyrl")]
        if b % 4 == 0:
            other = invented_name(-self.made)
            names.append(NameDraft("variant", other, other, "", "", "ru", "Cyrl"))
        day = parse_edtf(("1937-11-05", "1938", "1934-05")[c % 3])
        ruling = RulingDraft("rehabilitated", parse_edtf("1956"), body="примерный суд")
        draft = EntryDraft(
            source=source or SOURCES[b % len(SOURCES)],
            key=key,
            content_hash=hashlib.sha256(f"{self.made}".encode()).hexdigest(),
            names=tuple(names),
            person_key=person_key,
            birth=parse_edtf(YEARS[a % len(YEARS)]),
            fate=FATES[b % len(FATES)],
            occupation=("кузнец", "", "пример")[c % 3],
            repressions=(RepressionDraft(arrest=day, rulings=(ruling,)),) if a % 2 else (),
        )
        put_entries(drafts=[draft], change=self.begin(), now=self.now)


def people_shown() -> list[int]:
    """Return the ids of all whom the public may see."""
    return list(Person.public.order_by("pk").values_list("pk", flat=True))
