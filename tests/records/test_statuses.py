"""Whom the public may see: one hides, two show or suppress, and the rule decides by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from registry.dates import parse_edtf
from registry.models import (
    Change,
    ChangeKind,
    Entry,
    Outcome,
    Person,
    PersonStatus,
    Proposal,
    Role,
    Wish,
)
from registry.records import PersonGone, public_person
from registry.records.ledger.accounts import (
    count_editors,
    create_staff_account,
    reset_access,
    set_active,
)
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY
from registry.records.people.statuses import (
    DELAY,
    StatusRefused,
    decide_proposal,
    hide_person,
    propose_showing,
    propose_suppressing,
)
from registry.records.undoing.reverting import undo_change
from tests.databases import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + DELAY
ACT: dict[str, Any] = {"role": Role.EDITOR, "now": NOW, "reason": "a test"}
DEAD = parse_edtf("1938-01-15")
LONG_AGO = NOW - timedelta(days=30)
WITHDRAWN, HELD, RESTRICTED = HIDING = (
    PersonStatus.WITHDRAWN, PersonStatus.HELD, PersonStatus.RESTRICTED,
)  # fmt: skip


def account(name: str, role: Role = Role.EDITOR) -> User:
    create_staff_account(username=name, role=role, now=LONG_AGO)
    return User.objects.get(username=name)


@pytest.fixture
def one(db: None) -> User:
    return account("one")


@pytest.fixture
def two(db: None) -> User:
    return account("two")


@pytest.fixture
def person(make_person: Any) -> int:
    return int(make_person(birth=parse_edtf("1891"), death=DEAD))


def status(person: int) -> tuple[str, bool]:
    row = Person.all_records.get(pk=person)
    return row.status, row.status_by_rule


def hide(person: int, by: User | None, wanted: PersonStatus = WITHDRAWN) -> Change | None:
    return hide_person(person=person, status=wanted, by=by, **ACT)


def show(person: int, by: User, wish: Wish = Wish.PUBLIC) -> int:
    return propose_showing(person=person, wish=wish, by=by, **ACT)


def decide(proposal: int, by: User, *, accept: bool = True, **more: Any) -> Change:
    return decide_proposal(proposal=proposal, accept=accept, by=by, **{**ACT, **more})


def refused(code: str) -> Any:
    return pytest.raises(StatusRefused, match=f"^{code}$")


@pytest.mark.parametrize("wanted", HIDING)
def test_one_account_hides_at_once(person: int, one: User, wanted: PersonStatus) -> None:
    made = hide(person, one, wanted)
    assert made
    assert (made.kind, made.by) == (ChangeKind.PUBLISHING, one)
    assert status(person) == (wanted, False)
    assert hide(person, one, wanted) is None
    if wanted == RESTRICTED:
        assert public_person(person, language="en").restricted
    else:
        with pytest.raises(PersonGone) as gone:
            public_person(person, language="en")
        assert not gone.value.suppressed


def test_hiding_never_shows(person: int, one: User, make_person: Any) -> None:
    hide(person, one)
    with refused("shows-more"):
        hide(person, one, RESTRICTED)
    assert hide(person, one, HELD)
    for wrong in (PersonStatus.PUBLIC, PersonStatus.SUPPRESSED, PersonStatus.MERGED):
        with refused("unknown-status"):
            hide(person, one, wrong)
    with refused("unknown-person"):
        hide(0, one)
    other = make_person()
    Person.all_records.filter(pk=other).update(status="merged", merged_into=person)
    with refused("merged"):
        hide(other, one)


def test_showing_takes_a_second_account(person: int, one: User, two: User) -> None:
    hide(person, one)
    proposal = show(person, one)
    assert status(person) == (WITHDRAWN, False)
    with refused("own"):
        decide(proposal, one, now=LATER)
    with refused("not-an-editor"):
        decide(proposal, two, role=Role.MODERATOR)
    made = decide(proposal, two)
    assert (made.kind, made.by) == (ChangeKind.PUBLISHING, two)
    assert status(person) == (PersonStatus.PUBLIC, False)
    assert public_person(person, language="en").id == person
    with refused("decided"):
        decide(proposal, two)
    with refused("unknown-proposal"):
        decide(0, two)


def test_the_only_editor_decides_alone_after_two_days(person: int, one: User) -> None:
    account("a moderator", Role.MODERATOR)
    hide(person, one)
    proposal = show(person, one)
    with refused("too-early"):
        decide(proposal, one, now=LATER - timedelta(seconds=1))
    decide(proposal, one, now=LATER)
    assert status(person) == (PersonStatus.PUBLIC, False)


def test_a_new_account_is_no_second_person(person: int, one: User, two: User) -> None:
    """Neither one that was just made nor one that somebody has just taken over accepts."""
    hide(person, one)
    proposal = show(person, one)
    create_staff_account(username="made up", role=Role.EDITOR, now=NOW, by=one)
    made_up = User.objects.get(username="made up")
    with refused("too-new"):
        decide(proposal, made_up, now=LATER - timedelta(seconds=1))
    reset_access(user=two, by=one, reason="forgot", now=NOW)
    with refused("too-new"):
        decide(proposal, two)
    decide(proposal, two, accept=False)
    proposal = show(person, one)
    decide(proposal, made_up, now=LATER)
    assert status(person) == (PersonStatus.PUBLIC, False)


def test_who_shuts_the_others_is_not_the_only_editor_at_once(
    person: int, one: User, two: User
) -> None:
    hide(person, one)
    proposal = show(person, one)
    set_active(user=two, active=False, by=one, reason="gone", now=LATER)
    with refused("too-early"):
        decide(proposal, one, now=LATER + timedelta(hours=1))
    decide(proposal, one, now=LATER + timedelta(hours=48))
    assert status(person) == (PersonStatus.PUBLIC, False)


def test_editors_and_administrators_in_use_are_counted(one: User, two: User) -> None:
    account("a moderator", Role.MODERATOR)
    account("an administrator", Role.ADMINISTRATOR)
    assert count_editors() == 3
    User.objects.filter(pk=two.pk).update(is_active=False)
    assert count_editors() == 2


def test_a_proposal_is_refused_or_taken_back(person: int, one: User, two: User) -> None:
    hide(person, one)
    decide(show(person, one), two, accept=False)
    decide(show(person, one), one, accept=False)
    assert status(person) == (WITHDRAWN, False)
    outcomes = Proposal.all_records.values_list("outcome", flat=True)
    assert list(outcomes) == [Outcome.REFUSED, Outcome.REFUSED]


def test_one_proposal_a_person_is_open(person: int, one: User) -> None:
    hide(person, one)
    show(person, one)
    with refused("waiting"):
        show(person, one, Wish.BY_RULE)
    with refused("waiting"):
        propose_suppressing(person=person, by=one, **ACT)


def test_hiding_again_refuses_what_would_show(person: int, one: User, two: User) -> None:
    hide(person, one, HELD)
    proposal = show(person, one)
    hide(person, two)
    with refused("decided"):
        decide(proposal, two)


def test_what_is_shown_is_not_shown_again(person: int, one: User) -> None:
    for wish in (Wish.PUBLIC, Wish.RESTRICTED, Wish.BY_RULE):
        with refused("not-hidden"):
            show(person, one, wish)
    with refused("unknown-status"):
        show(person, one, Wish.SUPPRESSED)


def test_back_to_the_rule_counts_as_showing(person: int, one: User, two: User) -> None:
    hide(person, one)
    decide(show(person, one, Wish.BY_RULE), two)
    assert status(person) == (PersonStatus.PUBLIC, True)


def test_suppressing_takes_two_and_so_does_showing_again(person: int, one: User, two: User) -> None:
    proposal = propose_suppressing(person=person, by=one, **ACT)
    assert public_person(person, language="en").id == person
    made = decide(proposal, two)
    assert status(person) == (PersonStatus.SUPPRESSED, False)
    with pytest.raises(PersonGone) as gone:
        public_person(person, language="en")
    assert gone.value.suppressed
    with refused("suppressed"):
        propose_suppressing(person=person, by=one, **ACT)
    with refused("shows-more"):
        hide(person, one)
    left = undo_change(change=made.pk, by=two, **ACT).left
    assert [(each.subject, each.code) for each in left] == [("person", "needs-second")]
    assert status(person) == (PersonStatus.SUPPRESSED, False)


@pytest.mark.parametrize("wanted", HIDING)
def test_undoing_shows_nobody(person: int, one: User, wanted: PersonStatus) -> None:
    made = hide(person, one, wanted)
    assert made
    assert [left.code for left in undo_change(change=made.pk, by=one, **ACT).left] == [
        "needs-second"
    ]
    assert status(person) == (wanted, False)
    undo_change(change=made.pk, by=one, show_hidden=True, **ACT)
    assert status(person) == (PersonStatus.PUBLIC, True)


def test_undoing_takes_showing_and_proposing_back(person: int, one: User, two: User) -> None:
    hide(person, one)
    proposal = show(person, one)
    made = decide(proposal, two)
    assert undo_change(change=made.pk, by=one, **ACT).left == []
    assert status(person) == (WITHDRAWN, False)
    row = Proposal.all_records.get()
    assert row.outcome == Outcome.OPEN
    undone = undo_change(change=row.change_id, by=one, **ACT)
    assert undone.left == []
    assert Proposal.all_records.get().outcome == Outcome.TAKEN_BACK
    assert undone.change
    undo_change(change=undone.change.pk, by=one, **ACT)
    assert Proposal.all_records.get().outcome == Outcome.OPEN
    decide(proposal, two)
    assert status(person) == (PersonStatus.PUBLIC, False)


def test_a_proposal_opened_again_does_not_outlast_a_hiding(
    person: int, one: User, two: User
) -> None:
    hide(person, one)
    accepted = decide(show(person, one), two)
    hide(person, one)
    undo_change(change=accepted.pk, by=two, **ACT)
    with refused("decided-since"):
        decide(Proposal.all_records.get().pk, two)
    decide(Proposal.all_records.get().pk, two, accept=False)
    hide(person, one, HELD)
    again = show(person, one)
    hidden = hide(person, one)
    assert hidden
    undo_change(change=hidden.pk, by=two, **ACT)
    with refused("decided-since"):
        decide(again, two)
    assert not Person.public.filter(pk=person).exists()


def test_undoing_suppresses_nobody(person: int, one: User, two: User) -> None:
    decide(propose_suppressing(person=person, by=one, **ACT), two)
    shown = decide(show(person, one), two)
    left = undo_change(change=shown.pk, by=one, **ACT).left
    assert [(each.subject, each.code) for each in left] == [("person", "needs-second")]
    assert status(person) == (PersonStatus.PUBLIC, False)


def test_undoing_moves_no_entry_out_of_hiding(person: int, one: User, make_person: Any) -> None:
    other = make_person(birth=parse_edtf("1899"), death=DEAD)
    entry = Entry.all_records.get(person=other)
    with act(kind=ChangeKind.EDIT, by=one, **ACT) as doing:
        doing.touch(ENTRY, entry.pk)
        Entry.all_records.filter(pk=entry.pk).update(person=person)
    hide(person, one)
    assert doing.change
    left = undo_change(change=doing.change.pk, by=one, **ACT).left
    assert [each.code for each in left] == ["needs-second"]
    assert Entry.all_records.get(pk=entry.pk).person_id == person


def set_birth(person: int, edtf: str) -> None:
    with act(kind=ChangeKind.EDIT, by=None, **ACT) as doing:
        for entry in Entry.all_records.filter(person=person):
            doing.touch(ENTRY, entry.pk)
            entry.birth = parse_edtf(edtf)
            entry.save()


def test_a_corrected_birth_moves_the_status_and_back(make_person: Any) -> None:
    person = make_person(birth=parse_edtf("1991"))
    assert status(person) == (RESTRICTED, True)
    set_birth(person, "1891")
    assert status(person) == (PersonStatus.PUBLIC, True)
    assert not public_person(person, language="en").restricted
    set_birth(person, "1991")
    assert status(person) == (RESTRICTED, True)


def test_the_rule_moves_nobody_an_editor_decided_on(make_person: Any, one: User, two: User) -> None:
    person = make_person(birth=parse_edtf("1891"))
    hide(person, one)
    set_birth(person, "1991")
    assert status(person) == (WITHDRAWN, False)
    decide(show(person, one), two)
    assert status(person) == (PersonStatus.PUBLIC, False)
    set_birth(person, "1992")
    assert status(person) == (PersonStatus.PUBLIC, False)
    decide(show(person, one, Wish.BY_RULE), two)
    assert status(person) == (RESTRICTED, True)
