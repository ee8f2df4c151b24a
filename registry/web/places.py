"""Where one stands in a form: its pages in their order, and what each says so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from registry.models import PartKind, SubmissionKind
from registry.records import person_lines
from registry.records.public.shapes import PersonLine
from registry.submissions.own import OwnPart, OwnSubmission
from registry.submissions.questions import (
    ABOUT_A_PERSON,
    BIOGRAPHY,
    FACT,
    FIGURE,
    HOW,
    SITE,
    TAKEDOWN,
    WHO,
    Page,
)
from registry.wording.questions import NEW_RELATIVE, PAGES, value_words
from registry.wording.submissions import KINDS

from .boxes import ONE_OF, answer_words, asked

FIRST: Mapping[str, Page] = {
    SubmissionKind.PERSON: WHO,
    SubmissionKind.ADDITION: HOW,
    SubmissionKind.CORRECTION: FACT,
    SubmissionKind.BIOGRAPHY: BIOGRAPHY,
    SubmissionKind.FILES: HOW,
    SubmissionKind.SITE: SITE,
    SubmissionKind.TAKEDOWN: TAKEDOWN,
}
"""The page each kind begins with."""
WITH_FAMILY = frozenset({SubmissionKind.PERSON, SubmissionKind.ADDITION})
"""Kinds that can tell of several people."""


@dataclass(frozen=True, slots=True)
class Place:
    """One page of a form. `part` is 0 for what belongs to no part, or to one not yet made."""

    page: Page
    part: int = 0

    @property
    def address(self) -> str:
        """Where the page is."""
        if self.page.code == "files":
            return reverse("submit_files")
        return reverse("submit_page", args=[self.part, self.page.code])

    @property
    def title(self) -> str:
        """Its heading."""
        return str(PAGES[self.page.code])


@dataclass(frozen=True, slots=True)
class Task:
    """A page in the list of a form: `state` is `said`, `needed` or `open`."""

    place: Place
    state: str


@dataclass(frozen=True, slots=True)
class Said:
    """One value, as it was typed, or the words of the answer that was chosen."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A page with what it says, for looking it over."""

    place: Place
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The pages about one person or thing; `person` is whom of the registry it is about."""

    part: int
    title: str
    tasks: tuple[Task, ...]
    told: tuple[Told, ...]
    person: PersonLine | None = None
    can_go: bool = False
    """Whether it can be taken out."""


def find_place(own: OwnSubmission, part: int, code: str) -> Place | None:
    """Return the place an address names, or None where the form has no such page."""
    if part == 0 and code == "who" and own.kind in WITH_FAMILY:
        return Place(WHO)
    return next(
        (one for one in all_places(own) if one.part == part and one.page.code == code), None
    )


def all_places(own: OwnSubmission) -> list[Place]:
    """Return every page of a form: those of the first part with what is said once, then others."""
    return main_places(own) + [
        place for part in own.parts if part.position > 1 for place in part_places(own, part)
    ]


def main_places(own: OwnSubmission) -> list[Place]:
    """Return the pages that follow each other from the first one on."""
    found = []
    for page in own.pages:
        if page.of is None:
            found.append(Place(page))
            continue
        part = next((one for one in own.parts if one.kind == page.of), None)
        if part is not None and part.position == 1:
            found.append(Place(page, 1))
        elif page is FIGURE:
            # The figure of a new place: its part is made when it is saved.
            found.append(Place(page, part.position if part else 0))
    return found


def part_places(own: OwnSubmission, part: OwnPart) -> list[Place]:
    """Return the pages of a part that came after the first."""
    if part.kind == PartKind.PERSON:
        pages = ABOUT_A_PERSON if part.person and not part.values else (WHO, *ABOUT_A_PERSON)
        return [Place(page, part.position) for page in pages]
    return [Place(page, part.position) for page in own.pages if page.of == part.kind]


def next_address(own: OwnSubmission, place: Place) -> str:
    """Return where to go after a page was saved: the next one, or the last look."""
    if place.page is WHO:
        return reverse("submit_similar", args=[place.part])
    return address_after(own, place)


def address_after(own: OwnSubmission, place: Place) -> str:
    """Return the page after this one."""
    if own.kind == SubmissionKind.CORRECTION and place.page.code in {"fact", "how"}:
        return reverse("submit_check")
    row = main_places(own)
    if place not in row:
        part = next((one for one in own.parts if one.position == place.part), None)
        row = part_places(own, part) if part else []
        if place not in row or place == row[-1]:
            return reverse("submit_tasks")
    after = row[row.index(place) + 1 :]
    return after[0].address if after else reverse("submit_check")


def given(own: OwnSubmission, place: Place) -> dict[str, str]:
    """Return what a page says so far; a mail address is told to nobody."""
    if place.page.of is None:
        return {name: str(getattr(own, name, "")) for name in place.page.values}
    if place.part == 0:
        return {}
    part = own.part(place.part)
    return {**part.values, "kinship": part.kinship}


def groups(own: OwnSubmission) -> list[Group]:
    """Return the pages of a form by what they are about; one query for the people it names."""
    people = people_of(own)
    shared = [place for place in main_places(own) if place.part == 0 and place.page.of is None]
    found = []
    for part in own.parts:
        first = [place for place in main_places(own) if place.part == part.position]
        places = first if part.position == 1 else part_places(own, part)
        if places:
            person = people.get(part.person or 0)
            title = part_title(own, part, person)
            other = None if person and title == _name_of(person) else person
            found.append(_group(own, part.position, title, places, other))
    unmade = [place for place in main_places(own) if place.part == 0 and place.page.of is not None]
    found += [_group(own, 0, place.title, [place]) for place in unmade]
    return [*found, _group(own, 0, "", shared)]


def people_of(own: OwnSubmission) -> dict[int, PersonLine]:
    """Return a line for each person of the registry that a submission is about."""
    numbers = [part.person for part in own.parts if part.person]
    return {line.id: line for line in person_lines(numbers, language=get_language() or "en")}


def part_title(own: OwnSubmission, part: OwnPart, person: PersonLine | None = None) -> str:
    """Return what a part is called: by the name it gives, else by the person it is about."""
    names = (part.values.get(name) for name in ("family_name", "given_name", "patronymic"))
    told = " ".join(filter(None, names)) or part.values.get("name", "")
    if told and part.kind in (PartKind.PERSON, PartKind.SITE):
        return told
    if person is not None:
        return _name_of(person)
    return str(NEW_RELATIVE if part.position > 1 and part.kind == "person" else KINDS[own.kind])


def _name_of(person: PersonLine) -> str:
    return str(person.reader_name or person.name)


def _group(
    own: OwnSubmission,
    part: int,
    title: str,
    places: list[Place],
    person: PersonLine | None = None,
) -> Group:
    told = tuple(Told(place, said(own, place)) for place in places)
    return Group(
        part=part,
        title=title,
        tasks=tuple(Task(one.place, _state(own, one)) for one in told),
        told=told,
        person=person,
        can_go=part > 1,
    )


def said(own: OwnSubmission, place: Place) -> tuple[Said, ...]:
    """Return what a page says, each value with what it is called."""
    field = own.part(place.part).field if place.part else ""
    have, code = given(own, place), place.page.code
    names = (
        ("kinship", *asked(place.page, field)) if place.page is WHO else asked(place.page, field)
    )
    return tuple(
        Said(name, value_words(name, place.page.code), answer_words(name, code, have[name]))
        for name in names
        if have.get(name) and not (name == "credit" and have[name] == "anonymous")
    )


def _state(own: OwnSubmission, one: Told) -> str:
    if one.place.page.code == "files":
        return _state_of_files(own)
    if one.place.page.code == "you" and own.has_contact:
        return "said"
    wanted = ONE_OF.get(one.place.page.code)
    enough = any(said.name in wanted for said in one.said) if wanted else bool(one.said)
    about_known = one.place.page is WHO and bool(own.part(one.place.part).person)
    if one.place.page.needed and not enough and not about_known:
        return "needed"
    return "said" if one.said else "open"


def _state_of_files(own: OwnSubmission) -> str:
    if own.files:
        return "said" if own.rights else "needed"
    return "needed" if own.kind == SubmissionKind.FILES else "open"
