"""Where the name of whoever sent something may stand in words that somebody of the staff wrote.

What the registry itself puts beside an entry or a picture follows what the contributor wishes
(see `registry.records.received`). A caption, the place in a source, a life: a person has typed
them, or taken them over. They are searched once the name is not to be read any more, and what is
found is told to the desk, until somebody has looked through it. The name itself is not kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from registry.models import (
    OPEN_STATES,
    Biography,
    Credit,
    Document,
    Entry,
    EntryName,
    Part,
    Photograph,
    Revision,
    Role,
    Submission,
)
from registry.names import family_stem, key, words
from registry.records.ledger.acts import LEFT
from registry.records.ledger.trails import body_of
from registry.records.undoing.erasing import forget_wordings
from registry.records.undoing.subjects import SUBJECTS

from .flags import NAMED, URGENT
from .questions import NAME
from .states import SubmissionRefused

LONE = 3
"""Fewer letters are an initial, which names somebody only beside another word of the name."""
NOT_WORDS = frozenset({"submission", "person", "proposal", LEFT})
"""Subjects of the ledger in which nobody writes of a contributor."""
Places = dict[str, set[str]]
"""References by subject."""


def tells_name(text: str, name: str, *, shared: Collection[str] = ()) -> bool:
    """Tell whether a text names somebody, in whatever script and case of grammar.

    A word of the name is enough, unless it is `shared` (stems, as `stems_of` has them) with those
    the text is about: then another word of the name, or its initial, stands next to it.
    """
    wanted = stems_of(name)
    firsts = {stem: key(word)[:1] for word in words(name) for stem in stems_of(word)}
    told = [(word[:1].isupper(), key(word)) for word in words(text)]
    stems = [family_stem(one) if is_name and one else "" for is_name, one in told]
    for at, stem in enumerate(stems):
        if stem not in wanted:
            continue
        if stem not in shared:
            return True
        others = {first for other, first in firsts.items() if other != stem}
        for near in (at - 1, at + 1):
            beside = told[near][1] if 0 <= near < len(told) else ""
            if beside and (stems[near] in wanted - {stem} or beside in others):
                return True
    return False


def stems_of(name: str) -> set[str]:
    """Return what of each word of a name every script and case has; initials are none."""
    keys = (key(word) for word in words(name) if len(word) >= LONE)
    return {family_stem(one) for one in keys if one}


def check_reason(row: Submission, reason: str) -> None:
    """Raise SubmissionRefused (`names-contributor`) where a reason names whoever sent something.

    It stands in the ledger for ever: no later wish could take the name out of it.
    """
    told = [part.values.get(name, "") for part in _parts(row) for name in NAME]
    people = {pk for part in _parts(row) if (pk := part.about_id or part.person_id)}
    shared = {stem for text in told for stem in stems_of(text)} | _names_of(people)
    if tells_name(reason, row.credit_name, shared=shared):
        raise SubmissionRefused("names-contributor", field="reason")


def note_named(row: Submission, name: str) -> None:
    """Note on a submission the records in which a name may stand that is not to be read any more.

    None where it is to be read. The caller saves the row, and holds its transaction.
    """
    shown = row.credit == Credit.NAME and row.credit_name.strip() == name.strip()
    put_noted(row, [] if shown or not name.strip() else sorted(_naming(row, name)))


def put_noted(row: Submission, places: Sequence[str]) -> None:
    """Note these records on a submission and no others; it is urgent as long as there are some."""
    others = [flag for flag in row.flags if flag["code"] != NAMED]
    row.flags = [{"code": NAMED, "about": list(places)}, *others] if places else others
    row.urgent = any(flag["code"] in URGENT for flag in row.flags) and (
        bool(places) or row.state in OPEN_STATES
    )


def places_noted(row: Submission) -> list[str]:
    """Return the records that were noted: `photograph:12`."""
    return [place for flag in row.flags if flag["code"] == NAMED for place in flag["about"]]


def settle_named(
    *,
    submission: int,
    forget: bool,
    by: AbstractBaseUser,
    role: Role,
    reason: str,
    now: datetime,
) -> bool:
    """Note that somebody has looked through the records that were noted; tell whether any were.

    Where earlier wordings are to be forgotten, the ledger keeps what these records say now, and of
    what they said before the hashes alone. Raises SubmissionRefused (`unknown-submission`), and
    ErasureRefused of whoever is no administrator.
    """
    with transaction.atomic():
        row = Submission.all_records.select_for_update().filter(pk=submission).first()
        if row is None:
            raise SubmissionRefused("unknown-submission")
        noted = places_noted(row)
        if forget and noted:
            forget_wordings(records=_by_subject(noted), by=by, role=role, reason=reason, now=now)
        put_noted(row, [])
        row.save(update_fields=["flags", "urgent"])
    return bool(noted)


def _naming(row: Submission, name: str) -> Iterator[str]:
    """Yield the records of which anything said, now or before, names somebody."""
    places = _places_of(row)
    about = Entry.all_records.filter(pk__in=places.get("entry", ())).order_by()
    people = {part.about_id for part in _parts(row) if part.about_id}
    shared = _names_of(people | set(about.values_list("person", flat=True)))
    for subject, references in places.items():
        told: dict[str, list[Any]] = {}
        for reference, body in SUBJECTS[subject].read(sorted(references)).items():
            told.setdefault(reference, []).append(body)
        before = Revision.all_records.filter(subject=subject, reference__in=references)
        for revision in before.select_related("body"):
            told.setdefault(revision.reference, []).append(body_of(revision))
        for reference, bodies in told.items():
            if any(tells_name(text, name, shared=shared) for text in set(_texts(bodies))):
                yield f"{subject}:{reference}"


def _places_of(row: Submission) -> Places:
    """Return the records that came by a submission, or belong to whom it is about."""
    decided = Revision.all_records.filter(subject="submission", reference=row.number).order_by()
    made = Revision.all_records.filter(change__in=decided.values("change")).order_by()
    places: Places = {}
    for subject, reference in made.values_list("subject", "reference").distinct():
        if subject not in NOT_WORDS:
            places.setdefault(subject, set()).add(reference)
    parts = _parts(row)
    entries = {part.entry_id for part in parts if part.entry_id}
    people = {part.about_id for part in parts if part.about_id}
    cited = Entry.all_records.filter(pk__in=entries).values_list("source__slug", flat=True)
    places.setdefault("entry", set()).update(map(str, entries))
    places.setdefault("source", set()).update(cited)
    for model in (Photograph, Document, Biography):
        own = model.all_records.filter(Q(person__in=people)).values_list("pk", flat=True)
        places.setdefault(str(model._meta.model_name), set()).update(map(str, own))
    return {subject: found for subject, found in places.items() if found}


def _parts(row: Submission) -> list[Part]:
    return list(row.parts(manager="all_records").all())


def _names_of(people: Collection[int]) -> set[str]:
    """Return the stems of the names of people, of all their entries."""
    rows = EntryName.all_records.filter(entry__person__in=people).order_by()
    told = rows.values_list("full", "family", "given", "patronymic")
    return {stem for name in told for part in name for stem in stems_of(part)}


def _texts(told: Any) -> Iterator[str]:
    """Yield every text of bodies, however deep it stands."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for value in told.values():
            yield from _texts(value)
    elif isinstance(told, (list, tuple)):
        for value in told:
            yield from _texts(value)


def _by_subject(places: Collection[str]) -> Places:
    found: Places = {}
    for place in places:
        subject, _, reference = place.partition(":")
        found.setdefault(subject, set()).add(reference)
    return found
