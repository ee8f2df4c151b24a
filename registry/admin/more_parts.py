"""What is decided of a life, a place, a figure and a wish to hide that were sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import LANGUAGES, Measure, Part, SiteKind, Submission
from registry.names import romanise
from registry.records.catalogue.sites import read_site_draft
from registry.records.drafts.sites import (
    SiteDraft,
    SiteEventDraft,
    SiteFigureDraft,
    SiteNameDraft,
)
from registry.records.people.biographies import BiographyDraft
from registry.records.public.received import credit_mark
from registry.submissions.decisions import FieldDecision, PartDecision
from registry.submissions.testimony import TESTIMONY
from registry.wording.codes import MEASURES, SITE_KINDS

from .decision_forms import CREDIT_HELP, MISSING, DecidedForm, SourceSlug, lines
from .part_forms import CITED, WhoForm
from .source_fields import SourcesField
from .typed_fields import SITES, PrintedField

FIRST = "first"
"""Chosen for whom a life is about: whoever the first part is."""
POINT = re.compile(r"^\s*(-?\d{1,2}[.,]\d+)\s*[,;\s]\s*(-?\d{1,3}[.,]\d+)\s*$")
NAMES = {"en": _("Name in English"), "ru": _("Name in Russian"), "uk": _("Name in Ukrainian")}


class SlugsField(SourcesField):
    """Any number of sources in use, cleaned to their slugs; the testimonies always are."""

    def clean(self, value: Any) -> Any:
        """Return the slugs, each once."""
        slugs = [str(one).strip() for one in value or []]
        return [SourceSlug().clean(slug) for slug in dict.fromkeys(filter(None, slugs))]


class LifePart(WhoForm):
    """A life in one language."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("en", _("English")), ("ru", _("Russian")), ("uk", _("Ukrainian"))],
    )
    title = PrintedField(label=_("Title"), max_length=300)
    text = lines(
        _("Text"),
        16,
        max_length=100_000,
        help_text=_("Markdown: an empty line parts paragraphs, *stars* stress. No HTML."),
    )
    sources = SlugsField(label=_("Sources"))
    credit = PrintedField(label=_("Author"), max_length=300, help_text=CREDIT_HELP)
    licence = PrintedField(label=_("Licence"), max_length=100)
    may_be_new = False

    def __init__(self, data: Any, *, part: Part, row: Submission) -> None:
        super().__init__(data, part=part, row=row)
        told = part.values.get("language", row.language)
        self.initial.update(
            {
                "language": told if told in LANGUAGES else row.language,
                "title": self._first("title"),
                "text": self._first("text"),
                "sources": [] if row.knowledge in CITED else [TESTIMONY],
                "credit": credit_mark(row.number),
            }
        )

    def first_person(self) -> str:
        """Return the person, or whoever the first part is about."""
        return str(self.known.pk) if self.known else FIRST

    def check_person(self) -> int | None:
        """Return the person; none where it is whoever the first part becomes."""
        if self.said("who") == FIRST and self.part.position > 1:
            return None
        return super().check_person()

    def accepted(self) -> PartDecision | None:
        """Return what accepting comes to, or say on the form what is wrong."""
        person = self.check_person()
        for name in ("title", "text", "sources"):
            if name not in self.errors and not self.said(name):
                self.add_error(name, MISSING)
        if self.errors:
            return None
        names = ("language", "title", "text", "credit", "licence")
        told = {name: str(self.said(name) or "").strip() for name in names}
        draft = BiographyDraft(person=person or 0, sources=tuple(self.said("sources")), **told)
        values = {name: self._decision(name, told[name]) for name in self.part.values}
        return PartDecision(self.part.position, True, values=values, person=person, biography=draft)

    def _first(self, name: str) -> str:
        edited = self.part.decisions.get(name, {}).get("edited")
        return str(edited or self.part.values.get(name, ""))

    def _decision(self, name: str, text: str) -> FieldDecision:
        return FieldDecision(True, None if text == self.part.values[name].strip() else text)


class PlaceForm(DecidedForm):
    """What a part says of a place: one that is there, or one that is made."""

    slug = forms.SlugField(
        label=_("Slug of the place"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": SITES, "autocomplete": "off"}),
        help_text=_("Of a place that is here, or what the address of the new one ends in."),
    )
    source = SourceSlug()

    def __init__(self, data: Any, *, part: Part, row: Submission, slug: str = "") -> None:
        self.part = part
        self.row = row
        super().__init__(data, prefix=f"p{part.position}")
        self.initial["source"] = "" if row.knowledge in CITED else TESTIMONY
        self.initial["slug"] = part.site.slug if part.site else slug

    def check_place(self) -> str:
        """Return the slug and say on the form where it, or the source, is missing."""
        for name in ("slug", "source"):
            if name not in self.errors and not self.said(name):
                self.add_error(name, MISSING)
        if (
            self.row.knowledge in CITED
            and "source" not in self.errors
            and self.said("source") == TESTIMONY
        ):
            self.add_error("source", gettext("It rests on a book or a file: name that source."))
        return str(self.said("slug") or "")


class SitePart(PlaceForm):
    """A place: its names and kinds, where it is, and what is known of it."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        required=False,
        choices=[(code, SITE_KINDS[code]) for code in SiteKind.values],
        widget=forms.CheckboxSelectMultiple,
    )
    name_en, name_ru, name_uk = (
        PrintedField(label=label, max_length=300) for label in NAMES.values()
    )
    town = PrintedField(label=_("Town"), max_length=200)
    latitude = forms.DecimalField(
        label=_("Latitude"), required=False, min_value=-90, max_value=90, decimal_places=5
    )
    longitude = forms.DecimalField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, decimal_places=5
    )
    precision_m = forms.IntegerField(
        label=_("Precision, metres"), required=False, min_value=0, max_value=1_000_000
    )
    note = lines(
        _("What is known of it"),
        4,
        max_length=20_000,
        help_text=_("Shown among what happened at the place, with its source."),
    )

    def __init__(self, data: Any, *, part: Part, row: Submission) -> None:
        values: Mapping[str, str] = part.values
        name = values.get("name", "")
        language = row.language if row.language in LANGUAGES else "ru"
        guess = slugify(romanise(name, language=language))[:80]
        super().__init__(data, part=part, row=row, slug=guess)
        point = POINT.match(values.get("coordinates", ""))
        self.initial.update(
            {
                f"name_{language}": name,
                "kinds": [values["kind"]] if values.get("kind") in SiteKind.values else [],
                "town": values.get("where", "")[:200],
                "note": values.get("text", ""),
            }
        )
        if point:
            pair = zip(("latitude", "longitude"), point.groups(), strict=True)
            self.initial.update({half: text.replace(",", ".") for half, text in pair})

    def accepted(self) -> PartDecision | None:
        """Return what accepting comes to, or say on the form what is wrong."""
        if not self.part.values:
            return PartDecision(self.part.position, True)
        slug = self.check_place()
        there = read_site_draft(slug) if slug else None
        if (self.said("latitude") is None) != (self.said("longitude") is None):
            self.add_error("latitude", gettext("A point has a latitude and a longitude."))
        draft = there or SiteDraft(slug=slug, kinds=())
        draft = self._completed(draft)
        if not draft.kinds:
            self.add_error("kinds", MISSING)
        if not draft.names:
            self.add_error(f"name_{self.row.language}", MISSING)
        if self.errors:
            return None
        values = {name: FieldDecision(self._is_taken(name)) for name in self.part.values}
        return PartDecision(self.part.position, True, values=values, site=draft)

    def _completed(self, draft: SiteDraft) -> SiteDraft:
        """Return the place with what the form says beside what is there; nothing there goes."""
        source = str(self.said("source") or "")
        known = {(row.language, row.name) for row in draft.names}
        typed = ((code, str(self.said(f"name_{code}") or "").strip()) for code in NAMES)
        names = [SiteNameDraft(code, name, source) for code, name in typed
                 if name and (code, name) not in known]  # fmt: skip
        kinds = dict.fromkeys([*draft.kinds, *(self.said("kinds") or ())])
        note = str(self.said("note") or "").strip()
        told = {event.text for event in draft.events}
        events = [SiteEventDraft("note", note, source)] if note and note not in told else []
        latitude, longitude = self.said("latitude"), self.said("longitude")
        draft = replace(
            draft,
            kinds=tuple(kinds),
            names=(*draft.names, *names),
            events=(*draft.events, *events),
            town=draft.town or str(self.said("town") or ""),
        )
        if draft.latitude is not None or latitude is None or longitude is None:
            return draft
        return replace(
            draft,
            latitude=float(latitude),
            longitude=float(longitude),
            precision_m=self.said("precision_m"),
            coordinates_sources=(source,),
        )

    def _is_taken(self, name: str) -> bool:
        fields = {
            "name": [f"name_{code}" for code in NAMES],
            "kind": ["kinds"],
            "where": ["town"],
            "coordinates": ["latitude"],
            "text": ["note"],
        }
        return any(self.said(field) not in (None, "", []) for field in fields.get(name, []))


class FigurePart(PlaceForm):
    """A number that one source gives for a place."""

    measure = forms.ChoiceField(
        label=_("What was counted"),
        required=False,
        choices=[(code, MEASURES[code]) for code in Measure.values],
    )
    low = forms.IntegerField(label=_("At least"), required=False, min_value=0)
    high = forms.IntegerField(label=_("At most"), required=False, min_value=0)
    note = lines(_("Note"), 2)
    locator = PrintedField(label=_("Place in the source"), max_length=300)

    def __init__(self, data: Any, *, part: Part, row: Submission, slug: str = "") -> None:
        super().__init__(data, part=part, row=row, slug=slug)
        values: Mapping[str, str] = part.values
        measure = values.get("measure", "")
        self.initial.update(
            {
                "measure": measure if measure in Measure.values else Measure.ESTIMATE,
                "note": values.get("note", ""),
                **{bound: _whole(values.get(bound, "")) for bound in ("low", "high")},
            }
        )

    def accepted(self, drafts: Mapping[str, SiteDraft]) -> PartDecision | None:
        """Return what accepting comes to; `drafts` are places that other parts make or change."""
        slug = self.check_place()
        low, high = self.said("low"), self.said("high")
        if (low is None and high is None) or (None not in (low, high) and low > high):
            self.add_error("low", gettext("A figure has one bound at least, the lower first."))
        there = drafts.get(slug) or (read_site_draft(slug) if slug else None)
        if there is None and "slug" not in self.errors:
            self.add_error("slug", gettext("There is no such place."))
        if self.errors or there is None:
            return None
        source, locator, note = (
            str(self.said(name) or "").strip() for name in ("source", "locator", "note")
        )
        measure = str(self.said("measure"))
        figure = SiteFigureDraft(measure, low, high, source, locator=locator, note=note)
        values = {name: FieldDecision(accept=True) for name in self.part.values}
        draft = replace(there, figures=(*there.figures, figure))
        return PartDecision(self.part.position, True, values=values, site=draft)


def _whole(text: str) -> int | None:
    """Return the number that a text is, spaces between its digits or not."""
    digits = "".join(text.split())
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None
