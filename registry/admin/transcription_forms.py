"""The form by which an entry is copied anew: all that is printed, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from registry.exchange.entry_table import EntryReader, Group
from registry.exchange.importing import known_terms
from registry.exchange.wording import CODES
from registry.formats import Row
from registry.models import MemorialSite
from registry.records.drafts.entries import EntryDraft, RulingDraft, StayDraft
from registry.records.drafts.transcribing import transcribe
from registry.wording import codes

from .acts import ActForm
from .labels import SEXES
from .row_forms import (
    NameRow,
    RepressionRow,
    RoleRow,
    RowForm,
    Rows,
    RulingRow,
    StayRow,
    Typed,
    printed,
)
from .typed_fields import SITES, CodeField, Offered, PrintedField, offered_sites

UNKNOWN = ("", _("not known"))
DRAFTED = {
    "birth": "birth_date",
    "death": "death_date",
    "arrest": "arrest_date",
    "execution": "execution_date",
    "release": "release_date",
    "from_date": "from",
    "to_date": "to",
}
"""Fields of a draft whose field of the form is called otherwise."""
PASSAGE = ("locator", "passage_url", "quotes", "language", "rendering", "verbatim")
PERSON = (
    "sex", "birth_date", "birth_place", "age", "nationality", "citizenship", "social_origin",
    "education", "party", "category", "occupation", "residence", "relatives",
)  # fmt: skip
DEATH = (
    "death_date", "death_place", "death_cause", "fate", "burial_place", "burial_site",
    "burial_certainty",
)  # fmt: skip
OTHERS = ("archive_file", "basis", "comment")
GROUPS = (
    (_("Where in the source"), PASSAGE),
    (_("The person"), PERSON),
    (_("Death and burial"), DEATH),
    (_("Other"), OTHERS),
)


class Transcription(ActForm):
    """An entry as printed; `cleaned_data["draft"]` is what it says then."""

    locator = PrintedField(label=_("Page, or place in the source"), max_length=500)
    passage_url = PrintedField(label=_("Address of the passage"), max_length=500)
    quotes = PrintedField(label=_("Document it quotes"), max_length=500)
    language = PrintedField(label=_("Language"), max_length=10)
    rendering = forms.ChoiceField(
        label=_("Rendering"), required=False, choices=[("", ""), *codes.RENDERINGS.items()]
    )
    verbatim = PrintedField(label=_("Text as printed"), rows=6)
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[UNKNOWN, *SEXES.items()])
    birth_date = PrintedField(label=_("Born"), max_length=300)
    birth_place = PrintedField(label=_("Place of birth"), rows=1)
    age = PrintedField(label=_("Age"), max_length=60)
    nationality = PrintedField(label=_("Nationality"), max_length=500)
    citizenship = PrintedField(label=_("Citizenship"), max_length=300)
    social_origin = PrintedField(label=_("Social origin"), max_length=300)
    education = PrintedField(label=_("Education"), rows=1)
    party = PrintedField(label=_("Party"), max_length=500)
    category = PrintedField(label=_("Category"), max_length=500)
    occupation = PrintedField(label=_("Occupation"), rows=1)
    residence = PrintedField(label=_("Residence"), rows=1)
    relatives = PrintedField(label=_("Relatives"), rows=1)
    death_date = PrintedField(label=_("Died"), max_length=300)
    death_place = PrintedField(label=_("Place of death"), rows=1)
    death_cause = PrintedField(label=_("Cause of death"), rows=1)
    fate = PrintedField(label=_("Fate"), max_length=500)
    burial_place = PrintedField(label=_("Burial"), rows=1)
    burial_site = CodeField(label=_("Burial site"), offered=SITES)
    burial_certainty = forms.ChoiceField(
        label=_("Certainty of the burial"),
        required=False,
        choices=[UNKNOWN, *codes.CERTAINTIES.items()],
    )
    archive_file = PrintedField(label=_("Archive file"), rows=1)
    basis = PrintedField(label=_("Basis"), rows=1)
    comment = PrintedField(label=_("Comment"), rows=1)

    def __init__(
        self,
        data: Any = None,
        *,
        draft: EntryDraft,
        typed: Typed | None = None,
        typed_rows: Mapping[str, list[Typed]] | None = None,
    ) -> None:
        shown = typed if typed is not None else _flat(draft)
        super().__init__(data, initial=shown)
        self.old = draft
        rows = typed_rows if typed_rows is not None else _rows(draft)
        self.rows = [
            Rows(name, title, form, data, initial=rows[name])
            for name, title, form in (
                ("names", _("Names"), NameRow),
                ("repressions", _("Repressions"), RepressionRow),
                ("rulings", _("What was decided afterwards"), RulingRow),
                ("stays", _("Places of confinement"), StayRow),
                ("roles", _("Posts held and acts signed"), RoleRow),
            )
        ]
        self.offered: Offered = offered_sites()

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    def wants_row(self) -> bool:
        """Tell whether what was sent asks for one more row, and for nothing else."""
        return self.data.get("add", "") in {rows.name for rows in self.rows}

    def with_row(self) -> Transcription:
        """Return the form as it was typed, with one more row of the kind asked for."""
        typed_rows = {rows.name: rows.typed() for rows in self.rows}
        asked = str(self.data["add"])
        typed_rows[asked].append({})
        form = Transcription(
            draft=self.old,
            typed={name: self[name].data for name in self.fields},
            typed_rows=typed_rows,
        )
        [rows] = [rows for rows in form.rows if rows.name == asked]
        first = next(iter(rows.forms[-1].fields.values()))
        first.widget.attrs["autofocus"] = True
        return form

    def clean(self) -> dict[str, Any]:
        """Read what is printed, as an import would."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if [rows for rows in self.rows if not rows.valid()]:
            self.add_error(None, gettext("Some of the rows below cannot be kept as they are."))
        elif not self.errors:
            data["draft"] = self._draft(data)
            if data["draft"] is None and not self.errors:
                self.add_error(None, gettext("Some of the rows below cannot be kept as they are."))
        return data

    def _draft(self, data: Mapping[str, Any]) -> EntryDraft | None:
        values: dict[str, Any] = {
            name: data[name] for _title, names in GROUPS for name in names if data[name]
        }
        where = self._add_rows(values)
        if not self.old.names:
            # It has been about somebody known all along, and may go on without a name.
            values["person_key"] = "-"
        group = Group(self.old.source, self.old.key, (Row(1, values),))
        read = EntryReader(known=known_terms()).read(group)
        for problem in read.problems:
            self._refuse(problem.field, problem.code, where)
        for form, name, slug in self._unknown_sites(data):
            form.add_error(name, gettext("There is no place “%(slug)s”.") % {"slug": slug})
        if read.draft is None or self.errors or not all(rows.valid() for rows in self.rows):
            return None
        return transcribe(self.old, self._with_names(read.draft, where))

    def _add_rows(self, values: dict[str, Any]) -> dict[str, RowForm]:
        """Put the rows into the values; return the forms they are from by their paths."""
        names, repressions, rulings, stays, roles = self.rows
        where: dict[str, RowForm] = {}
        at: dict[int, tuple[str, dict[str, Any]]] = {}
        for number, form in enumerate(repressions.forms, start=1):
            if said := form.said():
                values.setdefault("repressions", []).append(said)
                path = f"repressions.{len(values['repressions'])}"
                at[number] = (f"{path}.", said)
                where[path] = form
        for rows in (names, rulings, stays, roles):
            for form in rows.forms:
                said = form.said()
                of = said.pop("of", None)
                if of is not None and of not in at:
                    form.add_error("of", gettext("There is no repression of this number."))
                if not said:
                    continue
                before, target = at.get(of or 0, ("", values))
                target.setdefault(rows.name, []).append(said)
                where[f"{before}{rows.name}.{len(target[rows.name])}"] = form
        return where

    def _with_names(self, draft: EntryDraft, where: Mapping[str, RowForm]) -> EntryDraft:
        """Return the draft with the names that were left as they are exactly as they are."""
        forms_of = {id(form): number for number, form in enumerate(self.rows[0].forms)}
        names = list(draft.names)
        for number in range(len(names)):
            form = where[f"names.{number + 1}"]
            before = forms_of[id(form)]
            if not form.has_changed() and before < len(self.old.names):
                names[number] = self.old.names[before]
        return replace(draft, names=tuple(names))

    def _unknown_sites(self, data: Mapping[str, Any]) -> Iterator[tuple[Any, str, str]]:
        """Yield the form, the field and the slug of every place that is not there."""
        every: list[tuple[Any, Mapping[str, Any]]] = [(self, data)]
        every += [(form, form.cleaned_data) for rows in self.rows for form in rows.forms]
        typed = [
            (form, name, said[name])
            for form, said in every
            for name in ("burial_site", "execution_site", "site")
            if said.get(name) and not said.get("remove")
        ]
        slugs = {slug for _form, _name, slug in typed}
        rows = MemorialSite.all_records.filter(slug__in=slugs) if slugs else ()
        known = {row.slug for row in rows}
        yield from (one for one in typed if one[2] not in known)

    def _refuse(self, path: str, code: str, where: Mapping[str, RowForm]) -> None:
        """Say beside the field a path names why it cannot be kept."""
        words = str(CODES[code])
        steps = path.split(".")
        for cut in range(len(steps), 0, -1):
            form = where.get(".".join(steps[:cut]))
            if form is not None:
                name = DRAFTED.get(steps[-1], steps[-1]) if cut < len(steps) else ""
                form.add_error(name if name in form.fields else None, words)
                return
        name = DRAFTED.get(path, path)
        self.add_error(name if name in self.fields else None, words)


def _flat(draft: EntryDraft) -> Typed:
    """Return what the fields of the entry itself show."""
    passage = draft.passage
    shown: Typed = {
        name: getattr(draft, name) for name in (*PERSON, *DEATH, *OTHERS) if hasattr(draft, name)
    }
    shown["birth_date"], shown["death_date"] = printed(draft.birth), printed(draft.death)
    if passage is not None:
        shown.update(
            locator=passage.locator,
            passage_url=passage.url,
            quotes=passage.quotes,
            language=passage.language,
            rendering=passage.rendering,
            verbatim=passage.text,
        )
    return shown


def _rows(draft: EntryDraft) -> dict[str, list[Typed]]:
    """Return what the rows show; those of a repression with its number."""
    repressions = list(enumerate(draft.repressions, start=1))
    rulings = [(number, own) for number, row in repressions for own in row.rulings]
    stays = [(number, own) for number, row in repressions for own in row.stays]
    return {
        "names": [_shown(name, NameRow) for name in draft.names],
        "repressions": [_shown(row, RepressionRow) for _number, row in repressions],
        "rulings": [_of(number, own, RulingRow) for number, own in rulings]
        + [_of(None, own, RulingRow) for own in draft.rulings],
        "stays": [_of(number, own, StayRow) for number, own in stays]
        + [_of(None, own, StayRow) for own in draft.stays],
        "roles": [_shown(role, RoleRow) for role in draft.roles],
    }


def _of(number: int | None, row: RulingDraft | StayDraft, form: type[RowForm]) -> Typed:
    return {**_shown(row, form), "of": number}


def _shown(row: Any, form: type[RowForm]) -> Typed:
    found: Typed = {}
    backwards = {name: own for own, name in DRAFTED.items()}
    for name in form().fields:
        own = name if hasattr(row, name) else backwards.get(name, "")
        value = getattr(row, own, None)
        found[name] = printed(value) if value is not None and hasattr(value, "edtf") else value
    return found
