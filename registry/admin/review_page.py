"""What a page of review shows of each part: what the registry says, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from registry.exchange.entry_table import Read
from registry.exchange.importing import known_terms
from registry.linking import Similar
from registry.models import Entry, Part, PartKind, Person, Submission, SubmittedFile
from registry.records.catalogue.sites import read_site_draft
from registry.records.drafts.sites import SiteDraft
from registry.records.entries.previewing import Preview, preview_entries
from registry.records.people.biographies import BiographyDraft, read_biography
from registry.wording.codes import RELATION_KINDS
from registry.wording.moderating import PARTS, fact_label, value_label, value_words

from .comparing import EntryLine, entry_lines, names_of, number_of
from .decision_forms import DecidedForm, SubmissionForm
from .file_forms import SentFile
from .foreseen import Outlook, outlook, titles_of
from .likely import Offered, find_likely, is_doubtful, named, offered_people
from .more_parts import FigurePart, LifePart, SitePart
from .part_forms import OTHER, EntryPart, WhoForm
from .taking_away import TakedownPart

FORMS: Mapping[str, Any] = {
    PartKind.PERSON: EntryPart,
    PartKind.FACT: EntryPart,
    PartKind.BIOGRAPHY: LifePart,
    PartKind.SITE: SitePart,
    PartKind.FIGURE: FigurePart,
    PartKind.TAKEDOWN: TakedownPart,
}
TEMPLATES: Mapping[str, str] = {
    PartKind.BIOGRAPHY: "life",
    PartKind.SITE: "place",
    PartKind.FIGURE: "place",
    PartKind.TAKEDOWN: "takedown",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission with its parts and files, the forms that decide them, and sources to offer."""

    row: Submission
    parts: tuple[Part, ...]
    files: tuple[SubmittedFile, ...]
    forms: Mapping[int, Any]
    file_forms: Mapping[int, SentFile]
    whole: SubmissionForm
    offered: tuple[tuple[str, str], ...]

    def all_forms(self) -> list[Any]:
        """Return every form of the page."""
        return [*self.forms.values(), *self.file_forms.values(), self.whole]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part on the page of its review."""

    id: int
    position: int
    kind: Any
    about: str
    kinship: Any
    template: str
    form: DecidedForm
    values: tuple[tuple[str, str, str], ...]
    offered: tuple[Offered, ...] = ()
    chosen: str = ""
    may_be_new: bool = False
    may_be_first: bool = False
    person: Person | None = None
    names: tuple[str, ...] = ()
    entries: tuple[EntryLine, ...] = ()
    outlook: Outlook | None = None
    problems: tuple[str, ...] = ()
    told_now: BiographyDraft | SiteDraft | None = None


def forms_of(
    row: Submission,
    parts: Sequence[Part],
    files: Sequence[SubmittedFile],
    *,
    data: Any,
    offered: Sequence[tuple[str, str]],
) -> Sent:
    """Return the forms of a submission, bound to what was sent where something was."""
    guess = _guessed_source(row, offered)
    forms: dict[int, Any] = {}
    slug = ""
    for part in parts:
        given: dict[str, Any] = {"part": part, "row": row}
        if part.kind in {PartKind.PERSON, PartKind.FACT}:
            given["guess"] = guess
        if part.kind == PartKind.FIGURE:
            given["slug"] = slug
        form = FORMS[part.kind](data, **given)
        if part.kind == PartKind.SITE:
            slug = form.initial["slug"]
        forms[part.position] = form
    sent = Sent(
        row,
        tuple(parts),
        tuple(files),
        forms,
        {file.position: SentFile(_own(data, file), file=file, row=row) for file in files},
        SubmissionForm(data, row=row),
        tuple(offered),
    )
    if data is not None:
        for form in sent.all_forms():
            form.is_valid()
    return sent


def _own(data: Any, file: SubmittedFile) -> Any:
    """Return what was sent about a file; nothing, of one that came after the page was opened."""
    return data if data is None or f"f{file.position}-day" in data else None


def _guessed_source(row: Submission, offered: Sequence[tuple[str, str]]) -> str:
    """Return the source whose title, or slug, stands in what the contributor cites."""
    cites = row.cites.casefold()
    found = [
        (len(title), slug)
        for slug, title in offered
        if cites and (title.casefold() in cites or slug == cites)
    ]
    return max(found)[1] if found else ""


def shown_parts(sent: Sent, *, language: str, only: str = "") -> list[ShownPart]:
    """Return the parts as they are shown, with what would come of each as its form stands.

    `only` is the prefix of the one part that is asked for while somebody types in it.
    """
    parts = [part for part in sent.parts if only in {"", sent.forms[part.position].prefix}]
    forms = {part.position: sent.forms[part.position] for part in parts}
    looked = _look(forms, language)
    people = _People(forms, looked)
    titles = titles_of((one.preview for one in looked.values()), language)
    return [_shown(part, forms[part.position], looked, people, titles) for part in parts]


@dataclass(slots=True)
class _Looked:
    """An entry as it is read now, the people like it, and what would come of it."""

    read: Read
    similar: Sequence[Similar] = ()
    preview: Preview | None = None


def _look(forms: Mapping[int, Any], language: str) -> dict[int, _Looked]:
    """Look at all entries at once: the number of queries hardly grows with a family."""
    terms = cache(known_terms)
    looked = {
        position: _Looked(form.read(terms))
        for position, form in forms.items()
        if isinstance(form, EntryPart) and form.names
    }
    drafts = {at: one.read.draft for at, one in looked.items() if one.read.draft is not None}
    new = {at: one for at, one in drafts.items() if forms[at].known is None and one.names}
    for at, similar in zip(new, find_likely(list(new.values())), strict=True):
        looked[at].similar = similar
        if is_doubtful(similar) and not forms[at].is_bound:
            forms[at].initial["who"] = ""
    asked = {at: draft for at, draft in drafts.items() if forms[at].said("who")}
    numbers = {forms[at].person_number() for at in asked} - {None}
    there = set(Person.all_records.filter(pk__in=numbers).values_list("pk", flat=True))
    proposed = [forms[at].proposed(draft, there) for at, draft in asked.items()]
    for at, preview in zip(asked, preview_entries(proposed, language=language), strict=True):
        looked[at].preview = preview
    return looked


def _shown(
    part: Part,
    form: Any,
    looked: Mapping[int, _Looked],
    people: _People,
    titles: Mapping[str, str],
) -> ShownPart:
    base: dict[str, Any] = {
        "id": part.pk,
        "position": part.position,
        "kind": PARTS[part.kind],
        "about": fact_label(part.field) if part.field else "",
        "kinship": RELATION_KINDS.get(part.kinship, ""),
        "template": f"admin/registry/_review_{TEMPLATES.get(part.kind, 'entry')}.html",
        "form": form,
        "values": tuple(
            (name, value_label(part.kind, name), value_words(part.kind, name, text))
            for name, text in part.values.items()
        ),
    }
    if isinstance(form, WhoForm):
        base |= people.of(part.position)
    if isinstance(form, EntryPart):
        one = looked.get(part.position)
        dates = one.read.dates if one else ()
        base["outlook"] = outlook(form, one.preview if one else None, dates, titles)
    base["told_now"] = _told_now(form)
    return ShownPart(**base)


class _People:
    """Whom the parts may be about, and what the registry has of who is chosen, read at once."""

    def __init__(self, forms: Mapping[int, Any], looked: Mapping[int, _Looked]) -> None:
        self.forms = {at: form for at, form in forms.items() if isinstance(form, WhoForm)}
        self.similar = {at: looked[at].similar if at in looked else () for at in self.forms}
        self.numbers = {at: form.person_number() for at, form in self.forms.items()}
        self.wanted = {at: self._wanted(at) for at in self.forms}
        every = {pk for own in self.wanted.values() for pk in own}
        every |= {one.person for own in self.similar.values() for one in own}
        rows = Person.all_records.filter(pk__in=every).select_related("fate")
        self.rows: dict[int, Person] = rows.in_bulk() if every else {}
        chosen = [pk for pk in self.numbers.values() if pk in self.rows]
        self.names = names_of(chosen) if chosen else {}
        self.entries: dict[int, list[EntryLine]] = {}
        for line in entry_lines(Entry.all_records.filter(person__in=chosen)) if chosen else ():
            self.entries.setdefault(line.person, []).append(line)

    def _wanted(self, at: int) -> list[int]:
        form = self.forms[at]
        asked = form.asked_for()
        found = named(asked) if form.is_bound and asked and number_of(asked) is None else []
        known = form.known.pk if form.known else None
        return [pk for pk in (known, self.numbers[at], *found) if pk]

    def of(self, at: int) -> dict[str, Any]:
        """Return what is shown of a part."""
        form, number = self.forms[at], self.numbers[at]
        person = self.rows.get(number or 0)
        chosen = str(form.said("who") or "")
        return {
            "offered": tuple(offered_people(self.wanted[at], self.similar[at], self.rows)),
            "chosen": str(number) if chosen == OTHER and person is not None else chosen,
            "may_be_new": form.may_be_new,
            "may_be_first": isinstance(form, LifePart) and form.part.position > 1,
            "person": person,
            "names": self.names.get(person.pk, ()) if person else (),
            "entries": tuple(self.entries.get(person.pk, ())) if person else (),
        }


def _told_now(form: Any) -> BiographyDraft | SiteDraft | None:
    if isinstance(form, LifePart):
        number = form.person_number()
        return read_biography(person=number, language=form.said("language")) if number else None
    if isinstance(form, (SitePart, FigurePart)):
        slug = form.said("slug")
        return read_site_draft(slug) if slug else None
    return None
