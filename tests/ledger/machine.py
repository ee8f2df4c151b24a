"""What anything done in any order must never lead to, as a state machine of hypothesis.

After each step the records assert what the ledger says. An act undone at once gives back the
identical snapshot. In the end everything public has its source, nothing hidden is public, and
nobody is left in a half state.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from registry.models import Change, Entry, EntryName, Person, PersonStatus, SourceStatus, Standing
from registry.records.history.timelines import person_history
from registry.records.public.people import public_person
from registry.records.public.shapes import PublicPerson
from registry.search import PeopleQuery, find_people

from .counter import unread_words
from .desk import Desk, people_shown
from .state import Record, assert_the_ledger_tells_all, everything, last_revision

NUMBERS = st.integers(0, 5_000)
NAMES = st.sampled_from([*sorted(Desk.steps()), "come", "merge", "undo", "decide_sent"])


class LongDay(RuleBasedStateMachine):
    """One example is one long day at the desk, taken back at its end."""

    def __init__(self, morning: Desk) -> None:
        super().__init__()
        self.day = transaction.atomic()
        self.day.__enter__()
        self.desk = deepcopy(morning)
        self.known: dict[Record, str] | None = None

    def teardown(self) -> None:
        """Look at what the day has led to, and take it back."""
        try:
            assert_the_ledger_tells_all()
            assert_nobody_is_half()
            shown = [public_person(person, language="ru") for person in people_shown()]
            assert_all_public_is_sourced(shown)
            assert_nothing_hidden_is_public(shown)
            assert_nothing_unread_is_public(shown)
        finally:
            transaction.set_rollback(True)
            self.day.__exit__(None, None, None)

    @rule(name=NAMES, a=NUMBERS, b=NUMBERS, c=NUMBERS)
    def step(self, name: str, a: int, b: int, c: int) -> None:
        """Do something."""
        last, self.known = last_revision(), None
        self.do(name, a, b, c)
        assert_the_ledger_tells_all(since=last)

    @rule(name=NAMES, a=NUMBERS, b=NUMBERS, c=NUMBERS)
    def step_and_back(self, name: str, a: int, b: int, c: int) -> None:
        """Do something, and undo it at once: all is as it was."""
        before, last = self.known or everything(), newest()
        self.do(name, a, b, c)
        made = Change.all_records.filter(pk__gt=last)
        results = self.desk.undo_all(made)
        after = self.known = everything()
        if all(not result.left for result in results):
            fresh = after.keys() - before.keys()
            assert {record: after[record] for record in before} == before
            assert all(is_gone(record) for record in fresh)

    def do(self, name: str, a: int, b: int, c: int) -> None:
        """Do something; a refusal in words is an answer, too."""
        try:
            with transaction.atomic():
                getattr(self.desk, name)(a, b, c)
        except self.desk.refusals:
            pass


def newest() -> int:
    """Return the number of the last change."""
    last = Change.all_records.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def is_gone(record: tuple[str, str]) -> bool:
    """Tell whether what an undone act has made is there no more for anyone."""
    name, reference = record
    if name == "entry":
        return Entry.all_records.get(pk=reference).standing == Standing.REVERTED
    if name == "person":
        return not Person.public.filter(pk=reference).exists()
    # A spelling is print that somebody has read: it means nothing by itself.
    return name == "spelling"


def assert_nobody_is_half() -> None:
    """Fail where someone merged has entries, or leads to nobody."""
    merged = Person.all_records.filter(status=PersonStatus.MERGED)
    assert not Entry.all_records.filter(person__in=merged).exists()
    for person in merged:
        seen: set[int] = set()
        here = person
        while here.status == PersonStatus.MERGED:
            assert here.pk not in seen
            seen.add(here.pk)
            here = here.merged_into


def assert_all_public_is_sourced(people: Sequence[PublicPerson]) -> None:
    """Fail where a published fact has no source, or one that was withdrawn."""
    for shown in people:
        in_use = Entry.all_records.filter(
            person=shown.id, standing=Standing.IN_USE, source__status=SourceStatus.IN_USE
        )
        assert {entry.id for entry in shown.entries} == set(in_use.values_list("pk", flat=True))
        marks = set(range(1, len(shown.entries) + 1))
        for fact in shown.facts.values():
            for value in (*fact.values, *fact.rivals):
                assert value.marks, fact.field
                assert set(value.marks) <= marks
        for episode in shown.episodes:
            for fact in episode.facts.values():
                assert all(value.marks for value in (*fact.values, *fact.rivals))


def assert_nothing_hidden_is_public(people: Sequence[PublicPerson]) -> None:
    """Fail where a name that only hidden entries have is in anything public."""
    open_names = EntryName.all_records.filter(
        entry__person__in=[shown.id for shown in people],
        entry__standing=Standing.IN_USE,
        entry__source__status=SourceStatus.IN_USE,
    )
    public = set(open_names.values_list("family", flat=True))
    every = set(EntryName.all_records.values_list("family", flat=True))
    text = repr(people)
    for name in every - public:
        assert name not in text
        assert find_people(PeopleQuery(q=name)).page(1, 10).count == 0


def assert_nothing_unread_is_public(people: Sequence[PublicPerson]) -> None:
    """Fail where what was sent, and not taken, stands in anything public, of today or before."""
    histories = [person_history(shown.id, language="ru") for shown in people]
    text = repr([*people, *histories])
    for word in unread_words():
        assert word not in text
        assert find_people(PeopleQuery(q=word)).page(1, 10).count == 0
