"""What a page of review shows of each part: what the registry says, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.exchange.gathering import DateRead
from registry.linking import Similar
from registry.models import Entry, Part, PartKind, Person, Submission, SubmittedFile
from registry.records.biographies import BiographyDraft, read_biography
from registry.records.previewing import Preview
from registry.records.site_drafts import SiteDraft
from registry.records.sites import read_site_draft
from registry.wording.codes import RELATION_KINDS
from registry.wording.moderating import PARTS, fact_label, value_label, value_words

from .comparing import EntryLine, entry_lines, names_of, number_of
from .decision_forms import DecidedForm, SubmissionForm
from .file_forms import SentFile
from .foreseen import Outlook, outlook, titles_of
from .likely import Offered, find_likely, is_doubtful, named, offered_people
from .more_parts import FigurePart, LifePart, SitePart, TakedownPart
from .part_forms import OTHER, EntryPart, WhoForm

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
    looked: dict[int, _Looked] = {}
    for part in parts:
        form = sent.forms[part.position]
        if isinstance(form, EntryPart):
            looked[part.position] = _Looked(form, language)
    titles = titles_of((one.preview for one in looked.values()), language)
    return [_shown(part, sent, looked.get(part.position), titles) for part in parts]


class _Looked:
    """An entry as it is read now, the people like it, and what would come of it."""

    def __init__(self, form: EntryPart, language: str) -> None:
        self.similar: list[Similar] = []
        self.preview: Preview | None = None
        self.dates: tuple[DateRead, ...] = ()
        self.problems: tuple[str, ...] = ()
        if not form.names:
            return
        read = form.read()
        self.dates = read.dates
        if form.known is None:
            self.similar = find_likely(read.draft)
            if is_doubtful(self.similar) and not form.is_bound:
                form.initial["who"] = ""
        if read.draft is not None and form.said("who"):
            self.preview = form.preview(language, read.draft)


def _shown(part: Part, sent: Sent, looked: _Looked | None, titles: Mapping[str, str]) -> ShownPart:
    form = sent.forms[part.position]
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
        base |= _people(form, looked.similar if looked else [])
    if looked is not None:
        base["outlook"] = outlook(form, looked.preview, looked.dates, titles)
    base["told_now"] = _told_now(form)
    return ShownPart(**base)


def _people(form: WhoForm, similar: Sequence[Similar]) -> dict[str, Any]:
    """Return whom a part may be about, and what the registry has of who is chosen."""
    chosen = str(form.said("who") or "")
    number = form.person_number()
    asked = form.asked_for()
    found = named(asked) if form.is_bound and asked and number_of(asked) is None else []
    own = [pk for pk in (form.known and form.known.pk, number) if pk]
    people = offered_people([*own, *found], similar)
    person = Person.all_records.filter(pk=number).first() if number else None
    is_other = chosen == OTHER and number is not None and person is not None
    return {
        "offered": tuple(people),
        "chosen": str(number) if is_other else chosen,
        "may_be_new": form.may_be_new,
        "may_be_first": isinstance(form, LifePart) and form.part.position > 1,
        "person": person,
        "names": names_of([person.pk])[person.pk] if person else (),
        "entries": tuple(entry_lines(Entry.all_records.filter(person=person))) if person else (),
    }


def _told_now(form: Any) -> BiographyDraft | SiteDraft | None:
    if isinstance(form, LifePart):
        number = form.person_number()
        return read_biography(person=number, language=form.said("language")) if number else None
    if isinstance(form, (SitePart, FigurePart)):
        slug = form.said("slug")
        return read_site_draft(slug) if slug else None
    return None
