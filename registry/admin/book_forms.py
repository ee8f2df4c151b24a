"""The form by which volunteers enter a book: one entry of it, in the order of the print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from registry.dates import DateError, FuzzyDate, parse_edtf, read_printed
from registry.exchange.gathering import DateRead
from registry.exchange.typed import read_typed
from registry.exchange.wording import CODES
from registry.models import Source, SourceStatus
from registry.records.drafts.entries import EntryDraft
from registry.records.entries.alike import Alike, find_alike, next_key
from registry.wording.codes import RULING_KINDS
from registry.wording.paths import path_words

from .typed_fields import CodeField, Offered, PrintedField

SOURCES = "offered-sources"
LAST_SOURCES = 8
KEPT = ("source", "locator", "residence")
"""What goes on from entry to entry."""
NAMES = ("full_name", "family_name", "given_name", "patronymic")
FIRST = (
    *NAMES, "sex", "birth_date", "birth_place", "nationality", "education", "party", "occupation",
    "arrest_date", "arrested_by", "charge", "articles", "sentencing_body", "sentence_date",
    "sentence", "execution_date", "execution_place", "burial_place", "rehabilitation_date",
    "rehabilitated_by",
)  # fmt: skip
MORE = (
    "age", "citizenship", "social_origin", "category", "relatives", "arrest_place", "operation",
    "stays", "release_date", "sentence_change", "rehabilitation_outcome",
    "rehabilitation_ground", "death_date", "death_place", "death_cause", "fate", "archive_file",
    "basis", "comment",
)  # fmt: skip
DATES = (
    "birth_date", "arrest_date", "sentence_date", "execution_date", "release_date",
    "rehabilitation_date", "death_date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Echo:
    """How something typed was understood: a text, a date, or the code of why it was not."""

    label: str
    text: str = ""
    date: FuzzyDate | None = None
    code: str = ""


def _typed(label: Any, key: str = "", **kwargs: Any) -> PrintedField:
    field = PrintedField(label=label, **kwargs)
    if key:
        field.widget.attrs["accesskey"] = key
    return field


class BookForm(forms.Form):
    """One entry of a book, in the columns of the entry table."""

    source = CodeField(label=_("Source"), offered=SOURCES, max_length=80)
    locator = _typed(_("Page"), "g", max_length=500)
    residence = _typed(_("Place of residence"), "l", max_length=500)
    verbatim = _typed(_("Text as printed"), "t", rows=5)
    key = _typed(_("Key"), "k", max_length=120)
    full_name = _typed(_("Name as printed"), "n", max_length=400)
    family_name = _typed(_("Surname"), max_length=200)
    given_name = _typed(_("Given name"), max_length=200)
    patronymic = _typed(_("Patronymic"), max_length=200)
    sex = _typed(_("Sex"), max_length=10)
    birth_date = _typed(_("Born"), "b", max_length=300)
    birth_place = _typed(_("Place of birth"))
    age = _typed(_("Age"), max_length=60)
    nationality = _typed(_("Nationality"), max_length=500)
    citizenship = _typed(_("Citizenship"), max_length=300)
    social_origin = _typed(_("Social origin"), max_length=300)
    education = _typed(_("Education"))
    party = _typed(_("Party"), max_length=500)
    category = _typed(_("Category"), max_length=500)
    occupation = _typed(_("Occupation"))
    relatives = _typed(_("Relatives"))
    arrest_date = _typed(_("Arrested"), "a", max_length=300)
    arrested_by = _typed(_("Arrested by"), max_length=300)
    arrest_place = _typed(_("Place of arrest"))
    charge = _typed(_("Accused of"))
    articles = _typed(_("Articles of the code"), max_length=300)
    operation = _typed(_("Operation"), max_length=500)
    sentencing_body = _typed(_("Sentenced by"), max_length=500)
    sentence_date = _typed(_("Date of the sentence"), "d", max_length=300)
    sentence = _typed(_("Sentence"))
    stays = _typed(_("Places of confinement"))
    release_date = _typed(_("Released"), max_length=300)
    execution_date = _typed(_("Executed"), "x", max_length=300)
    execution_place = _typed(_("Place of execution"))
    burial_place = _typed(_("Burial"))
    sentence_change = _typed(_("Sentence changed"))
    rehabilitation_date = _typed(_("Rehabilitated"), "r", max_length=300)
    rehabilitated_by = _typed(_("Rehabilitated by"), max_length=500)
    rehabilitation_ground = _typed(_("Ground of the rehabilitation"))
    rehabilitation_outcome = _typed(_("Outcome, where it was not granted"))
    death_date = _typed(_("Died"), "e", max_length=300)
    death_place = _typed(_("Place of death"))
    death_cause = _typed(_("Cause of death"))
    fate = _typed(_("Fate"), max_length=500)
    archive_file = _typed(_("Archive file"))
    basis = _typed(_("Basis"))
    comment = _typed(_("Comment"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft: EntryDraft | None = None
        self.dates: tuple[DateRead, ...] = ()
        self.alike: list[Alike] = []
        self.proposed = ""
        self.fields["source"].widget.attrs["accesskey"] = "s"
        self.fields["verbatim"].widget.attrs["autofocus"] = True
        self.fields["sex"].help_text = _("м or ж, m or f")
        self.fields["birth_date"].help_text = _(
            "Dates as printed; where one is not understood, add = and how it is read:"
            " “осень 37 = 1937-23”."
        )

    @property
    def kept(self) -> list[forms.BoundField]:
        """Return the fields that go on from entry to entry."""
        return [self[name] for name in KEPT]

    @property
    def first(self) -> list[forms.BoundField]:
        """Return the fields that most entries have."""
        return [self[name] for name in FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        """Return the fields that some entries have."""
        return [self[name] for name in MORE]

    @property
    def has_more(self) -> bool:
        """Tell whether any of those is filled, or wrong."""
        return any(field.value() or field.errors for field in self.more)

    def clean(self) -> dict[str, Any]:
        """Read the entry as an import would, and look for others like it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        source = self._source(data.get("source", ""))
        if source is None:
            return data
        self.proposed = next_key(source=source.slug, locator=data.get("locator", ""))
        data["given_key"] = bool(data.get("key"))
        key = data.get("key") or self.proposed
        values = self._values(data)
        read = read_typed(source=source.slug, key=key, values=values, language=source.language)
        self.draft, self.dates = read.draft, read.dates
        for problem in read.problems:
            name = problem.field if problem.field in self.fields else None
            self.add_error(name, str(CODES[problem.code]))
        if read.draft and read.draft.names:
            main = read.draft.names[0]
            typed = key if data["given_key"] else ""
            self.alike = find_alike(
                source=source.slug, family=main.family, given=main.given, key=typed
            )
        return data

    def _source(self, slug: str) -> Source | None:
        source = Source.all_records.filter(slug=slug).first() if slug else None
        if not slug:
            self.add_error("source", gettext("This is needed."))
        elif source is None:
            words = gettext("There is no source “%(slug)s”.") % {"slug": slug}
            self.add_error("source", words)
        elif source.status != SourceStatus.IN_USE:
            self.add_error("source", gettext("The source has been withdrawn."))
            return None
        return source

    def _values(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the row of the entry table."""
        names = (*KEPT[1:], "verbatim", *FIRST, *MORE)
        values: dict[str, Any] = {name: data[name] for name in names if data.get(name)}
        values.update({name: self._dated(name, values[name]) for name in DATES if name in values})
        return values

    def _dated(self, name: str, text: str) -> Any:
        """Return a date as the table takes it; `print = reading` states both."""
        printed, equals, reading = (part.strip() for part in text.partition("="))
        if not equals:
            return text
        try:
            read = read_printed(reading)
        except DateError:
            self.add_error(name, gettext("What stands after = is not understood as a date."))
            return printed
        calendar = read.calendar.value
        stated = {"calendar": calendar} if calendar != "unknown" else {}
        return {"printed": printed or reading, "edtf": read.edtf, **stated}

    def echo(self) -> list[Echo]:
        """Tell how the name and the dates were understood."""
        told: list[Echo] = []
        if self.draft is None:
            return told
        for name in self.draft.names[:1]:
            parts = (name.family, name.given, name.patronymic)
            told.append(Echo(gettext("Name"), text=" · ".join(part or "—" for part in parts)))
        for read in self.dates:
            day = parse_edtf(read.edtf) if read.edtf else None
            told.append(Echo(self._label(read.field), date=day, code=read.code))
        row = self.draft.repressions[0] if self.draft.repressions else None
        if row and row.article_codes:
            told.append(Echo(path_words("article_codes"), text=", ".join(row.article_codes)))
        rulings = row.rulings if row else self.draft.rulings
        label = gettext("Decided afterwards")
        return told + [Echo(label, text=str(RULING_KINDS[ruling.kind])) for ruling in rulings]

    def _label(self, path: str) -> str:
        """Return what the form calls a date, by its path in the draft."""
        last = path.rpartition(".")[2]
        names = ("rehabilitation_date" if last == "date" else last, f"{last}_date")
        return str(
            next((self.fields[n].label for n in names if n in self.fields), path_words(path))
        )

    def keyed(self, key: str) -> EntryDraft:
        """Return what was typed under another key."""
        assert self.draft is not None  # noqa: S101 (only asked where the form is valid)
        return replace(self.draft, key=key)

    def focus(self) -> None:
        """Put the focus where the first mistake is."""
        wrong = next((name for name in self.fields if name in self.errors), None)
        if wrong is not None:
            del self.fields["verbatim"].widget.attrs["autofocus"]
            self.fields[wrong].widget.attrs["autofocus"] = True

    def unseen(self) -> bool:
        """Tell whether there are entries like it that whoever types has not been shown."""
        seen = self.cleaned_data.get("seen", "").split()
        return any(str(one.entry) not in seen for one in self.alike)


def offered_books(last: list[str]) -> Offered:
    """Return slug and title of the sources used last, or of those that came last."""
    rows = Source.all_records.filter(status=SourceStatus.IN_USE)
    rows = rows.filter(slug__in=last) if last else rows.order_by("-pk")[:LAST_SOURCES]
    return {SOURCES: list(rows.values_list("slug", "title"))}
