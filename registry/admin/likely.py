"""Whom something sent may be about: the likely same people, with reasons, hidden ones too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from registry.linking import (
    POSSIBLE,
    KnownName,
    Profile,
    Similar,
    find_similar_of,
    profile_of,
)
from registry.models import Person, PersonStatus
from registry.records.drafts.entries import EntryDraft
from registry.records.public.shaping import worded_text
from registry.search import PeopleQuery, find_people
from registry.wording.similar import ReasonLine, chance_words, reason_lines, reason_words

from .comparing import told
from .people import PERSON_STATUSES

LIKELY_SHOWN = 5
FOUND_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody whom a part may be about; `chance` and `reasons` where they were compared."""

    id: int
    name: str
    life: str
    place: str
    fate: str
    status: Any
    chance: str = ""
    score: int = 0
    blocked: str = ""
    reasons: tuple[ReasonLine, ...] = ()


def profile_of_draft(draft: EntryDraft) -> Profile:
    """Return what an entry says of somebody, to be compared."""
    arrests = tuple(row.arrest for row in draft.repressions if row.arrest)
    sentences = tuple(row.sentence_date for row in draft.repressions if row.sentence_date)
    executed = (row.execution for row in draft.repressions if row.execution)
    return profile_of(
        *(KnownName(one.family, one.given, one.patronymic, one.full) for one in draft.names),
        sex=draft.sex,
        birth=draft.birth,
        death=draft.death or next(executed, None),
        birth_place=draft.birth_place,
        residence=draft.residence,
        arrests=arrests,
        sentences=sentences,
        occupation=draft.occupation,
        nationality=draft.nationality,
        archive_file=draft.archive_file,
    )


def find_likely(drafts: Sequence[EntryDraft]) -> list[list[Similar]]:
    """Return of each who is told of the people most like them, whether readers see them or not."""
    profiles = [profile_of_draft(draft) for draft in drafts]
    return find_similar_of(profiles, public_only=False, limit=LIKELY_SHOWN)


def is_doubtful(found: Iterable[Similar]) -> bool:
    """Tell whether somebody is so like that nobody new is made without a look."""
    return any(one.blocked is None and one.score >= POSSIBLE for one in found)


def named(text: str) -> list[int]:
    """Return the people shown whose names answer best."""
    hits = find_people(PeopleQuery(q=text)).page(1, FOUND_SHOWN).hits
    return [hit.person for hit in hits]


def offered_people(
    people: Sequence[int], compared: Sequence[Similar], rows: Mapping[int, Person]
) -> list[Offered]:
    """Return these people, hidden or not, each once, of the rows read: those compared with why."""
    by_person = {one.person: one for one in compared}
    wanted = dict.fromkeys([*people, *by_person])
    return [_offered(rows[pk], by_person.get(pk)) for pk in wanted if pk in rows]


def _offered(row: Person, found: Similar | None) -> Offered:
    language = get_language() or "en"
    days = [told(row.birth), told(row.death)]
    hidden = row.status != PersonStatus.PUBLIC
    own = Offered(
        id=row.pk,
        name=row.full or str(row),
        life="–".join(day or "?" for day in days) if any(days) else "",
        place=str(worded_text(row, "birth_place", language) or ""),
        fate=row.fate.label(language) if row.fate else "",
        status=PERSON_STATUSES.get(row.status, row.status) if hidden else "",
    )
    if found is None:
        return own
    return Offered(
        own.id, own.name, own.life, own.place, own.fate, own.status,
        chance=chance_words(found.score, blocked=found.blocked is not None),
        score=found.score,
        blocked=reason_words(found.blocked) if found.blocked else "",
        reasons=tuple(reason_lines(found.reasons)),
    )  # fmt: skip
