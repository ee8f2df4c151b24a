"""Whom, what or where a form is about: as the public sees it, and as the form names it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.models import SubmissionKind
from registry.records import PersonUnknown, public_person, public_site
from registry.records.public.shapes import (
    PublicEntry,
    PublicEpisode,
    PublicFact,
    PublicName,
    PublicPerson,
    PublicRole,
    PublicRuling,
    PublicSite,
    PublicStay,
)
from registry.submissions.questions import FACT_VALUES, fact_name
from registry.submissions.starting import Target
from registry.wording.codes import EPISODE_FIELDS, PERSON_FIELDS

NEEDS_TARGET = frozenset(
    {
        SubmissionKind.ADDITION,
        SubmissionKind.CORRECTION,
        SubmissionKind.BIOGRAPHY,
        SubmissionKind.FILES,
    }
)
"""Kinds that say nothing without somebody, or some place, they are about."""
_OF_EPISODE = re.compile(r"episode:([0-9]{1,4})\.([a-z_]{1,40})")


@dataclass(frozen=True, slots=True)
class FactLink:
    """A fact that can be corrected: `path` as an address has it, `field` as words are found."""

    path: str
    field: str
    episode: PublicEpisode | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about. Of one fact `fact` is what is said now, and `entries` who says it.

    `choosing` are the facts to choose from, where none was chosen yet.
    """

    target: Target
    person: PublicPerson | None = None
    site: PublicSite | None = None
    field: str = ""
    episode: PublicEpisode | None = None
    fact: PublicFact | None = None
    names: tuple[PublicName, ...] = ()
    rulings: tuple[PublicRuling, ...] = ()
    stays: tuple[PublicStay, ...] = ()
    roles: tuple[PublicRole, ...] = ()
    entries: tuple[PublicEntry, ...] = ()
    choosing: tuple[FactLink, ...] = ()


def about_nobody() -> About:
    """Return the target of a form that is about somebody, or something, new."""
    return About(Target())


def about_person(kind: str, number: int, field: str, *, language: str) -> About:
    """Return whom a form is about, and of a correction which fact.

    Raises PersonUnknown (also where there is no such fact to correct), PersonGone, PersonMoved.
    """
    person = public_person(number, language=language)
    if kind == SubmissionKind.SITE:
        raise PersonUnknown(number)
    if kind != SubmissionKind.CORRECTION:
        return About(Target(person=number), person=person)
    if not field:
        return About(Target(person=number), person=person, choosing=tuple(fact_links(person)))
    return _about_fact(person, number, field)


def about_site(kind: str, slug: str, *, language: str) -> About:
    """Return which place a form is about. Raises SiteUnknown, SiteGone, PersonUnknown."""
    if kind not in (SubmissionKind.SITE, SubmissionKind.FILES):
        raise PersonUnknown(0)
    return About(Target(site=slug), site=public_site(slug, language=language))


def can_correct(path: str) -> bool:
    """Tell whether there are boxes for a fact."""
    return fact_name(path) in FACT_VALUES


def fact_links(person: PublicPerson) -> list[FactLink]:
    """Return the facts of a person that are shown, in the order of a life, the name first."""
    found = [FactLink("name", "name")]
    found += [FactLink(field, field) for field in PERSON_FIELDS if field in person.facts]
    for episode in person.episodes:
        found += [
            FactLink(f"episode:{episode.number}.{field}", field, episode)
            for field in EPISODE_FIELDS
            if field in episode.facts
        ]
    return [one for one in found if can_correct(one.path)]


def _about_fact(person: PublicPerson, number: int, path: str) -> About:
    match = _OF_EPISODE.fullmatch(path)
    episode = None
    facts = person.facts
    if match:
        episode = next((one for one in person.episodes if str(one.number) == match[1]), None)
        if episode is None:
            raise PersonUnknown(number)
        facts = episode.facts
    field = match[2] if match else path
    if field not in FACT_VALUES or (person.restricted and not _told_of_restricted(person, path)):
        raise PersonUnknown(number)
    of = episode or person
    fact = facts.get(field)
    names = person.names if field == "name" else ()
    rulings = of.rulings if field == "rehabilitation" else ()
    stays = of.stays if field == "stays" else ()
    roles = person.roles if field == "roles" else ()
    return About(
        Target(person=number, field=path),
        person=person,
        field=field,
        episode=episode,
        fact=fact,
        names=names,
        rulings=rulings,
        stays=stays,
        roles=roles,
        entries=_stating(person, fact, (*names, *rulings, *stays, *roles)),
    )


def _told_of_restricted(person: PublicPerson, path: str) -> bool:
    return path == "name" or path in person.facts


def _stating(
    person: PublicPerson,
    fact: PublicFact | None,
    rows: tuple[PublicName | PublicRuling | PublicStay | PublicRole, ...],
) -> tuple[PublicEntry, ...]:
    """Return the entries that state a fact in any version, or one of these rows."""
    marks = {mark for row in rows for mark in row.marks}
    if fact is not None:
        told = (*fact.values, *fact.rivals, *(one.value for one in fact.discredited))
        marks |= {mark for value in told for mark in value.marks}
    return tuple(entry for entry in person.entries if entry.mark in marks)
