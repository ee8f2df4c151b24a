"""Which entry an editor believes for a field, and why: one live choice a field, none ever deleted.

What is chosen again is superseded by the act that does so, and so is what is given up; undoing
supersedes too and adds what stood before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from registry.models import SHOWN, Change, ChangeKind, Choice, Entry, Person, Role
from registry.records.conclusions.chosen import OF_EPISODE, Chosen, live_choices, parse_field
from registry.records.conclusions.episodes import (
    PLURAL as EPISODE_PLURAL,
    SINGLE as EPISODE_SINGLE,
    Episode,
    episode_assertions,
    group_episodes,
)
from registry.records.conclusions.facts import EntryFacts
from registry.records.conclusions.rules import DEATH_GROUP, PLURAL, SINGLE, believed_assertions
from registry.records.conclusions.saying import facts_of_people
from registry.records.ledger.acts import Act, Body, Subject, act, in_batches
from registry.records.public.valuing import NEVER_TOLD

CHOOSABLE = frozenset({*SINGLE, *DEATH_GROUP} - NEVER_TOLD)
"""The fields of a person that have one true value, and are told."""


class ChoiceRefused(ValueError):
    """A choice that is not made: `code` says why.

    `unknown-person`, `hidden`; `unknown-field`, `several-values` (a field where values stand
    side by side); `unknown-entry` (none of this person), `withdrawn`, `discredited`,
    `not-stated`, `not-understood`; `no-choice` where there is none to give up.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands of a person: what the entries in use say, their episodes, the choices."""

    facts: Sequence[EntryFacts]
    episodes: Sequence[Episode]
    chosen: Chosen


def standing_of(person: int) -> Stands:
    """Read what choices about a person are made from."""
    facts = facts_of_people([person]).get(person, [])
    episodes = group_episodes(row for entry in facts for row in entry.repressions)
    return Stands(facts, episodes, live_choices([person]).get(person) or Chosen())


def choose(
    *,
    person: int,
    field: str,
    entry: int,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    """Believe what an entry says of a field, whatever the rule says, until it leaves.

    `field` is a field of the person, or `episode:n.field` for that of the n-th repression of the
    entry. Whatever was chosen for the same field of the same episode is superseded. Returns the
    change, or None when it was chosen so already. Raises ChoiceRefused.
    """
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        _check_person(person)
        standing = standing_of(person)
        _check_choice(standing, person=person, field=field, entry=entry)
        older = standing.chosen.alike(field, entry, standing.episodes)
        reference = reference_of(person, field, entry)
        doing.touch(CHOICE, reference, *map(_reference, older))
        _supersede(older, doing)
        _add(reference, {"entry": entry, "reason": reason}, doing)
    return doing.change


def drop_choice(
    *,
    person: int,
    field: str,
    entry: int,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change:
    """Let the rule decide again where an entry was chosen. Raises ChoiceRefused."""
    with act(kind=ChangeKind.EDIT, by=by, role=role, reason=reason, now=now) as doing:
        _check_person(person)
        standing = standing_of(person)
        older = standing.chosen.alike(field, entry, standing.episodes)
        if entry not in {row.entry_id for row in older}:
            raise ChoiceRefused("no-choice")
        doing.touch(CHOICE, *map(_reference, older))
        _supersede(older, doing)
    return doing.under


def reference_of(person: int, field: str, entry: int) -> str:
    """Return the name by which the ledger knows the choice of a field.

    Where it is one of an episode, the entry says which: `12:birth`, `12:episode:1.arrest:77`.
    """
    return f"{person}:{field}:{entry}" if field.startswith(OF_EPISODE) else f"{person}:{field}"


def _reference(row: Choice) -> str:
    return reference_of(row.person_id, row.field, row.entry_id)


def _person_of(reference: str) -> int:
    return int(reference.partition(":")[0])


def _check_person(person: int) -> None:
    status = Person.all_records.filter(pk=person).values_list("status", flat=True).first()
    if status is None:
        raise ChoiceRefused("unknown-person")
    if status not in SHOWN:
        raise ChoiceRefused("hidden")


def _check_choice(standing: Stands, *, person: int, field: str, entry: int) -> None:
    position, name = parse_field(field)
    if name in (PLURAL if position is None else EPISODE_PLURAL):
        raise ChoiceRefused("several-values")
    if name not in (CHOOSABLE if position is None else EPISODE_SINGLE):
        raise ChoiceRefused("unknown-field")
    own = next((facts for facts in standing.facts if facts.ref.id == entry), None)
    if own is None:
        known = Entry.all_records.filter(pk=entry, person=person).exists()
        raise ChoiceRefused("withdrawn" if known else "unknown-entry")
    if position is None:
        values, believed = own.values, own.believed(name)
        counted = believed_assertions(standing.facts)
    else:
        repression = next((row for row in own.repressions if row.position == position), None)
        if repression is None:
            raise ChoiceRefused("not-stated")
        values, believed = repression.values, repression.believed(name)
        groups = (group for group in standing.episodes if repression in group.members)
        counted = next((episode_assertions(group) for group in groups), {})
    if name not in values:
        raise ChoiceRefused("not-stated")
    if not believed:
        raise ChoiceRefused("discredited")
    if entry not in {one.entry.id for one in counted.get(name, ())}:
        # Others state a date that can be read; this one was not understood.
        raise ChoiceRefused("not-understood")


def _supersede(rows: Iterable[Choice], doing: Act) -> None:
    keys = [row.pk for row in rows]
    Choice.all_records.filter(pk__in=keys).update(superseded_by=doing.under)


def _add(reference: str, body: Body, doing: Act) -> None:
    person, field = _keys(reference)
    Choice(
        person_id=person,
        field=field,
        entry_id=body["entry"],
        reason=body["reason"],
        change=doing.under,
    ).save(force_insert=True)


def _keys(reference: str) -> tuple[int, str]:
    person, _, field = reference.partition(":")
    if field.startswith(OF_EPISODE):
        field = field.rpartition(":")[0]
    return int(person), field


def _live(references: Sequence[str]) -> dict[str, Choice]:
    wanted = set(references)
    found: dict[str, Choice] = {}
    for own in in_batches(sorted({str(_person_of(reference)) for reference in references})):
        rows = Choice.all_records.filter(person__in=own, superseded_by__isnull=True)
        found.update({_reference(row): row for row in rows.order_by("pk")})
    return {reference: row for reference, row in found.items() if reference in wanted}


def _read(references: Sequence[str]) -> dict[str, Body]:
    return {
        reference: {"entry": row.entry_id, "reason": row.reason}
        for reference, row in _live(references).items()
    }


def _write(reference: str, body: Body | None, doing: Act) -> None:
    _supersede(_live([reference]).values(), doing)
    if body is not None:
        _add(reference, body, doing)


CHOICE = Subject(
    "choice",
    _read,
    _write,
    people=lambda reference, _body: [_person_of(reference)],
    # Whom to believe and why are one statement.
    group=lambda _field: "choice",
)
"""The live choice of a field; see `reference_of`."""
