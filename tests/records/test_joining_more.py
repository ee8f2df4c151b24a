"""Joining, parting, hiding and erasing where less is in play than usual."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from registry.dates import parse_edtf
from registry.models import (
    Biography,
    ChangeKind,
    Judgement,
    Outcome,
    Person,
    PersonStatus,
    Proposal,
    Repression,
    Revision,
    Role,
)
from registry.records.drafts.entries import RepressionDraft
from registry.records.ledger.accounts import create_staff_account
from registry.records.people.biographies import BiographyDraft, write_biography
from registry.records.people.judging import judge_entries
from registry.records.people.splitting import SplitRefused, check_move, move_entries
from registry.records.people.statuses import decide_proposal, hide_person, propose_suppressing
from registry.records.undoing.erasing import ErasureRefused, erase_record
from tests.databases import NOW
from tests.records.joining import ACT, asserted, entries_of, entry_of, merge, undo

pytestmark = pytest.mark.django_db
MARK = "Выдуманная жизнь."


def test_an_episode_whose_number_nobody_has_keeps_it(make_person: Any) -> None:
    def numbered(day: str, number: int) -> int:
        row = RepressionDraft(arrest=parse_edtf(day), episode=number)
        person: int = make_person(repressions=(row,))
        return person

    older, younger = numbered("1937-11-05", 1), numbered("1931-02-01", 2)
    before = asserted()
    change = merge(older, younger)
    rows = Repression.all_records.order_by("entry").values_list("entry", "episode")
    assert list(rows) == [(entry, n) for n, entry in enumerate(entries_of(older), 1)]
    undone = undo(change)
    assert (undone.left, asserted()) == ([], before)


def test_entries_to_move_are_named_and_there(make_person: Any) -> None:
    person = make_person()
    for entries, code in (([], "no-entries"), ([entry_of(person) + 100], "unknown-entry")):
        with pytest.raises(SplitRefused, match=f"^{code}$"):
            check_move(entries=entries, to=person)
    with pytest.raises(SplitRefused, match="same-person"):
        check_move(entries=[entry_of(person)], to=person)


def test_an_unsure_judgement_keeps_no_entry_from_moving(make_person: Any) -> None:
    person, other = make_person(person_key="joint"), make_person()
    make_person(person_key="joint")
    (first, second), there = entries_of(person), entry_of(other)
    judge_entries(left=first, right=there, verdict="unsure", **ACT)
    move_entries(entries=[first], to=other, **ACT)
    assert (entries_of(person), entries_of(other)) == ([second], [first, there])
    rows = Judgement.all_records.order_by("right").values_list("left", "right", "verdict")
    assert sorted(rows) == sorted(
        [(first, there, "unsure"), (min(first, second), max(first, second), "different")]
    )


def test_hiding_at_once_leaves_open_that_someone_be_suppressed(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1891"), death=parse_edtf("1938"))
    accounts = []
    for name in ("one", "two"):
        create_staff_account(username=name, role=Role.EDITOR, now=NOW - timedelta(days=3))
        accounts.append(User.objects.get(username=name))
    one, two = accounts
    proposal = propose_suppressing(person=person, **{**ACT, "by": one})
    hide_person(person=person, status=PersonStatus.WITHDRAWN, **{**ACT, "by": one})
    assert Person.all_records.get(pk=person).status == PersonStatus.WITHDRAWN
    assert Proposal.all_records.get(pk=proposal).outcome == Outcome.OPEN
    decide_proposal(proposal=proposal, accept=True, **{**ACT, "by": two})
    assert Person.all_records.get(pk=person).status == PersonStatus.SUPPRESSED
    assert Proposal.all_records.get(pk=proposal).outcome == Outcome.ACCEPTED


def test_a_biography_alone_is_erased(make_person: Any) -> None:
    person = make_person()
    draft = BiographyDraft(person, "ru", "Одна", MARK, ("invented-book",))
    written = write_biography(draft=draft, **ACT)
    kept = Biography.all_records.get()
    erasure: dict[str, Any] = {
        **ACT, "role": Role.ADMINISTRATOR, "subject": "biography", "reference": str(kept.pk),
    }  # fmt: skip
    made = erase_record(**erasure)
    assert made
    assert made.kind == ChangeKind.ERASURE
    assert not Biography.all_records.exists()
    rows = Revision.all_records.filter(subject="biography").order_by("pk")
    assert list(rows.values_list("body__text", flat=True)) == ["", "null"]
    assert [left.code for left in undo(made).left] == ["erased"]
    assert [left.code for left in undo(written).left] == ["erased"]
    assert not Biography.all_records.exists()
    with pytest.raises(ErasureRefused, match="unknown-record"):
        erase_record(**erasure)
