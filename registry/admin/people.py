"""People and entries on the desk: to look at, whatever their status. Editing comes later."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import (
    Choice,
    Entry,
    EntryName,
    EntryRole,
    PersonKey,
    PersonStatus,
    Relation,
    Repression,
    Ruling,
    Stay,
)
from registry.names import fold
from registry.records.conclusions.chosen import parse_field
from registry.records.conclusions.facts import canonical_field
from registry.records.drafts.readings import doubt_mark
from registry.records.people.choosing import standing_of
from registry.wording.codes import word
from registry.wording.paths import path_words

from .base import dated, shown
from .labels import FIELD_LABELS, SEXES, STANDINGS
from .looking import LookRows, LookWithRows, coded, linked, termed, told
from .worded import in_words

PERSON_STATUSES: dict[str, Any] = {
    PersonStatus.PUBLIC: _("Public"),
    PersonStatus.RESTRICTED: _("Restricted"),
    PersonStatus.HELD: _("Held"),
    PersonStatus.WITHDRAWN: _("Withdrawn"),
    PersonStatus.SUPPRESSED: _("Suppressed"),
    PersonStatus.MERGED: _("Merged"),
}


class EntryRows(LookRows):
    """The entries of a person."""

    model = Entry
    verbose_name, verbose_name_plural = _("entry"), _("entries")
    parts = ("source",)
    columns = (
        linked("source", _("Source")),
        shown("key", _("Key")),
        dated("birth", _("Born")),
        dated("death", _("Died")),
        "standing_shown",
        "page",
    )

    @admin.display(description=_("Standing"))
    def standing_shown(self, row: Any) -> Any:
        """Return the standing in words."""
        return STANDINGS.get(row.standing, row.standing)

    @admin.display(description=_("Entry"))
    def page(self, row: Any) -> Any:
        """Return a link to the entry."""
        address = reverse("admin:registry_entry_change", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, row.pk)


class KeyRows(LookRows):
    """The keys of a person."""

    model = PersonKey
    verbose_name, verbose_name_plural = _("key"), _("keys")
    columns = (shown("key", _("Key")),)


class ChoiceRows(LookRows):
    """What editors chose to believe, and whether it still applies."""

    model = Choice
    verbose_name, verbose_name_plural = _("choice"), _("choices")
    parts = ("entry__source",)
    columns = (
        "field_shown",
        linked("entry", _("Entry")),
        shown("reason", _("Reason")),
        "applies",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the live ones."""
        return super().get_queryset(request).filter(superseded_by__isnull=True)

    @admin.display(description=_("Field"))
    def field_shown(self, row: Any) -> str:
        """Return the name of the field, which the template puts into words."""
        return parse_field(row.field)[1]

    field_shown.words = "field"  # type: ignore[attr-defined]  # our own mark on it

    @admin.display(description=_("Standing"))
    def applies(self, row: Any) -> str:
        """Say where the entry has left; the choices of one person are looked at together."""
        person = row.person
        if not hasattr(person, "_lapsed"):
            stands = standing_of(person.pk)
            lapsed = stands.chosen.lapsed(stands.facts, stands.episodes)
            person._lapsed = {one.pk for one in lapsed}
        return gettext("An editor’s choice no longer applies.") if row.pk in person._lapsed else ""


class RelationRows(LookRows):
    """Links to other people."""

    model = Relation
    fk_name = "person"
    verbose_name, verbose_name_plural = _("relation"), _("relations")
    parts = ("other", "entry__source")
    columns = (
        coded("kind", _("Kind"), "relation"),
        linked("other", _("Person")),
        told("text", _("Text")),
        linked("entry", _("Entry")),
    )


class PersonLook(LookWithRows):
    """People: what was concluded of them, and from what."""

    names = (_("person"), _("people"))
    subject = "person"
    parts = ("fate",)
    list_display = (
        shown("pk", _("No."), sorted_by="pk"),
        shown("full", _("Name")),
        dated("birth", _("Born")),
        dated("death", _("Died")),
        termed("fate", _("Fate")),
        "status_shown",
        shown("entry_count", _("Entries")),
    )
    ordering = ("sort_key", "pk")
    inlines = (EntryRows, KeyRows, ChoiceRows, RelationRows)
    fields: ClassVar[Any] = (
        shown("full", _("Name")),
        "status_shown",
        linked("merged_into", _("Merged into")),
        dated("birth", _("Born")),
        told("birth_place", _("Place of birth")),
        dated("death", _("Died")),
        told("death_place", _("Place of death")),
        termed("fate", _("Fate")),
        termed("nationality", _("Nationality")),
        termed("party", _("Party")),
        termed("category", _("Category")),
        told("occupation", _("Occupation")),
        linked("burial_site", _("Burial")),
        shown("entry_count", _("Entries")),
    )
    readonly_fields: ClassVar[Any] = fields

    @admin.display(description=_("Status"))
    def status_shown(self, row: Any) -> Any:
        """Return the status in words."""
        return PERSON_STATUSES.get(row.status, row.status)

    def find(self, rows: QuerySet[Any], term: str) -> QuerySet[Any]:
        """Return the person of this number, or those whose name in lists begins so."""
        if term.isdecimal():
            return super().find(rows, term)
        return rows.filter(sort_key__startswith=fold(term) or term)


class NameRows(LookRows):
    """The names in an entry."""

    model = EntryName
    verbose_name, verbose_name_plural = _("name"), _("names")
    columns = (
        coded("kind", _("Kind"), "name"),
        shown("full", _("Name as printed")),
        shown("family", _("Surname")),
        shown("given", _("Given name")),
        shown("patronymic", _("Patronymic")),
        shown("language", _("Language")),
    )


class RepressionRows(LookRows):
    """The repressions in an entry."""

    model = Repression
    verbose_name, verbose_name_plural = _("repression"), _("repressions")
    parts = ("operation", "sentencing_body", "sentence_kind", "execution_site", "arrest_region")
    columns = (
        coded("kind", _("Kind"), "repression"),
        shown("episode", _("Episode")),
        dated("arrest", _("Arrested"), printed=True),
        told("arrested_by", _("Arrested by")),
        told("arrest_place", _("Place of arrest")),
        told("charge", _("Charge")),
        told("articles", _("Articles")),
        shown("operation", _("Operation")),
        shown("sentencing_body", _("Sentencing body")),
        dated("sentence_date", _("Sentenced"), printed=True),
        told("sentence", _("Sentence")),
        dated("execution", _("Shot"), printed=True),
        told("execution_place", _("Place of execution")),
        dated("release", _("Released"), printed=True),
        told("note", _("Note")),
    )


class RulingRows(LookRows):
    """The rulings in an entry."""

    model = Ruling
    verbose_name, verbose_name_plural = _("ruling"), _("rulings")
    parts = ("body", "repression")
    columns = (
        coded("kind", _("Kind"), "ruling"),
        dated("date", _("Date"), printed=True),
        shown("body", _("Body")),
        told("ground", _("Ground")),
        told("scope", _("Scope")),
        told("text", _("Text")),
    )


class StayRows(LookRows):
    """The stays in an entry."""

    model = Stay
    verbose_name, verbose_name_plural = _("stay"), _("stays")
    parts = ("site", "repression")
    columns = (
        coded("kind", _("Kind"), "stay"),
        told("place", _("Place")),
        linked("site", _("Memorial site")),
        dated("from_date", _("From"), printed=True),
        dated("to_date", _("To"), printed=True),
        told("note", _("Note")),
    )


class RoleRows(LookRows):
    """The posts held and acts signed in an entry."""

    model = EntryRole
    verbose_name, verbose_name_plural = _("role"), _("roles")
    columns = (
        coded("kind", _("Kind"), "role"),
        told("text", _("Text")),
        dated("from_date", _("From"), printed=True),
        dated("to_date", _("To"), printed=True),
    )


def _entry_columns() -> tuple[Any, ...]:
    """Return the read-only fields of an entry, in the order of the entry table."""
    columns: list[Any] = []
    for name, label in FIELD_LABELS.items():
        if name == "sex":
            columns.append("sex_shown")
        elif name in {"birth", "death"}:
            columns.append(dated(name, label, printed=True))
        else:
            columns.append(told("burial_place" if name == "burial" else name, label))
    return tuple(columns)


class EntryLook(LookWithRows):
    """Entries: what one source says about one person, as printed."""

    names = (_("entry"), _("entries"))
    subject = "entry"
    parts = (
        "source",
        "person",
        "passage",
        "nationality",
        "party",
        "category",
        "fate",
        "burial_site",
    )
    list_display = (
        shown("pk", _("No."), sorted_by="pk"),
        linked("source", _("Source")),
        shown("key", _("Key")),
        linked("person", _("Person")),
        "standing_shown",
    )
    ordering = ("pk",)
    inlines = (NameRows, RepressionRows, RulingRows, StayRows, RoleRows)
    fields = (
        linked("person", _("Person")),
        linked("source", _("Source")),
        shown("key", _("Key")),
        "standing_shown",
        "where",
        "printed",
        *_entry_columns(),
        linked("burial_site", _("Memorial site")),
        "discredited_shown",
        "reading_shown",
    )
    readonly_fields = fields

    @admin.display(description=_("Standing"))
    def standing_shown(self, row: Any) -> Any:
        """Return the standing in words."""
        return STANDINGS.get(row.standing, row.standing)

    @admin.display(description=_("Sex"))
    def sex_shown(self, row: Any) -> Any:
        """Return the sex in words."""
        return SEXES.get(row.sex, row.sex)

    @admin.display(description=_("Discredited"))
    def discredited_shown(self, row: Any) -> str:
        """Return what is not believed, with the reason, line by line."""
        return "\n".join(
            f"{word('field', canonical_field(name))}: {in_words(row, f'discredited.{name}') or why}"
            for name, why in row.discredited.items()
        )

    @admin.display(description=_("How it was read"))
    def reading_shown(self, row: Any) -> str:
        """Return what was not understood, and what was read anew, line by line."""
        doubts = {doubt_mark(name) for name in row.discredited}
        notes = ((path, note) for path, note in row.reading.items() if path not in doubts)
        return "\n".join(
            f"{path_words(path)}: {word('reading', note.get('reason', ''))}" for path, note in notes
        )

    @admin.display(description=_("Where in the source"))
    def where(self, row: Any) -> str | None:
        """Return the locator of the passage."""
        return row.passage.locator or None if row.passage else None

    @admin.display(description=_("Text"))
    def printed(self, row: Any) -> str | None:
        """Return the text of the passage."""
        return row.passage.text or None if row.passage else None

    def find(self, rows: QuerySet[Any], term: str) -> QuerySet[Any]:
        """Return the entry of this number, or those of a source whose key begins so.

        A source's entry is written `slug/key`.
        """
        slug, slash, key = term.partition("/")
        if slash:
            return rows.filter(source__slug=slug, key__startswith=key)
        return super().find(rows, term)
