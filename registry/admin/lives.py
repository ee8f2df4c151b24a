"""Biographies and links to other people on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import LANGUAGES, Biography, Entry, Person, Relation
from registry.records.people.biographies import (
    BiographyDraft,
    BiographyRefused,
    read_biography,
    remove_biography,
    write_biography,
)
from registry.records.people.relating import Link, RelationRefused, remove_relation, state_relation
from registry.wording.codes import RELATION_KINDS

from .acts import OFFERED, ActForm, Offer, run_act
from .base import acting
from .comparing import number_of
from .matrix import may_use
from .source_fields import LIST_ID, SourcesField, offered_sources
from .watching import Edited
from .worded import in_words

LANGUAGE_NAMES = {"en": _("English"), "ru": _("Russian"), "uk": _("Ukrainian")}
BIOGRAPHY_REFUSALS = {
    "empty": _("This is needed."),
    "no-source": _("A biography rests on at least one source."),
    "unknown-source": _("This source has been withdrawn, or there is none of this name."),
    "unknown-language": _("A language is given by its code of two or three letters."),
    "unknown-person": _("There is no such person."),
    "merged": _("This person was joined with another; add it there."),
}
LINK_REFUSALS = {
    "unknown-person": _("There is no such person."),
    "merged": _("This person was joined with another; add it there."),
    "same-person": _("Nobody is linked to themselves."),
    "unknown-kind": _("This is not known."),
    "unknown-entry": _("This entry is about neither of the two."),
    "withdrawn": _("This entry, or its source, has been withdrawn."),
    "too-long": _("This is too long."),
    "unknown-relation": _("There is no such link any more."),
}


class BiographyForm(ActForm):
    """A life in one language, with its sources."""

    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(
        label=_("Text"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_("Markdown: an empty line parts paragraphs, *stars* stress. No HTML."),
    )
    sources = SourcesField(label=_("Sources"))
    credit = forms.CharField(label=_("Author"), max_length=300, required=False)
    licence = forms.CharField(label=_("Licence"), max_length=100, required=False)


class LinkForm(ActForm):
    """Who the other is, what to this one, and which entry states it."""

    other = forms.CharField(label=_("Another person (number or address)"), max_length=200)
    kind = forms.ChoiceField(label=_("The other is"), choices=[("", "—"), *RELATION_KINDS.items()])
    entry = forms.CharField(label=_("The entry that states it (number or address)"), max_length=200)
    text_en, text_ru, text_uk = (
        forms.CharField(label=label, max_length=500, required=False)
        for label in (_("Text in English"), _("Text in Russian"), _("Text in Ukrainian"))
    )

    def clean_other(self) -> int:
        """Return the number of the other."""
        return self._number("other")

    def clean_entry(self) -> int:
        """Return the number of the entry."""
        return self._number("entry")

    def _number(self, name: str) -> int:
        number = number_of(self.cleaned_data[name])
        if number is None:
            raise ValidationError(gettext("This is neither a number nor an address."))
        return number


def lives(request: HttpRequest, pk: int) -> HttpResponse:
    """Show in which languages a life is told, and lead on to each."""
    person = get_object_or_404(Person.all_records.all(), pk=pk)
    told = {row.language: row for row in Biography.all_records.filter(person=person)}
    route = "admin:registry_person_biography"
    rows = [
        (
            LANGUAGE_NAMES.get(code, code),
            told.get(code),
            reverse(route, args=[pk, code]),
            reverse("admin:registry_person_biography_remove", args=[pk, code]),
        )
        for code in dict.fromkeys([*LANGUAGES, *told])
    ]
    context = {
        "title": gettext("Biographies"),
        "about": person,
        "back": _page(pk),
        "rows": rows,
        "may_act": may_use(request, route, act=True),
    }
    return _answer(request, "admin/registry/lives.html", context)


def biography(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Write the life of a person in one language."""
    person = get_object_or_404(Person.all_records.all(), pk=pk)
    there = read_biography(person=pk, language=language)
    rows = Biography.all_records.filter(person=person, language=language)
    kept = rows.values_list("pk", flat=True).first()
    names = ("title", "text", "sources", "credit", "licence")
    first = {name: getattr(there, name) for name in names} if there else {}
    form = BiographyForm(request.POST if request.method == "POST" else None, initial=first)

    def do(told: Mapping[str, Any]) -> Any:
        texts = {name: told[name] for name in ("title", "text", "credit", "licence")}
        sources = tuple(source.slug for source in told["sources"])
        draft = BiographyDraft(person=pk, language=language, sources=sources, **texts)
        return write_biography(draft=draft, **_act(request, told))

    return run_act(
        request,
        title=gettext("Biography: %(language)s")
        % {"language": LANGUAGE_NAMES.get(language, language)},
        form=form,
        do=do,
        back=reverse("admin:registry_person_lives", args=[pk]),
        refusals=BIOGRAPHY_REFUSALS,
        refused=BiographyRefused,
        about=person,
        edits=Edited("biography", str(kept or 0)),
        template="admin/registry/file_form.html",
        context={
            "button": gettext("Save"),
            "list_id": LIST_ID,
            "offered_sources": offered_sources(),
        },
    )


def biography_removed(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Take the life of a person in one language away."""
    person = get_object_or_404(Person.all_records.all(), pk=pk)
    get_object_or_404(Biography.all_records.all(), person=person, language=language)

    def do(told: Mapping[str, Any]) -> Any:
        return remove_biography(person=pk, language=language, **_act(request, told))

    return run_act(
        request,
        title=gettext("Take this biography away: %(language)s")
        % {"language": LANGUAGE_NAMES.get(language, language)},
        form=ActForm(request.POST if request.method == "POST" else None),
        do=do,
        back=reverse("admin:registry_person_lives", args=[pk]),
        refusals={},
        refused=BiographyRefused,
        about=person,
    )


def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Show to whom a person is linked, and add a link."""
    person = get_object_or_404(Person.all_records.all(), pk=pk)
    form = LinkForm(request.POST if request.method == "POST" else None)
    own = Relation.all_records.filter(person=person).select_related("other", "entry__source")

    def do(told: Mapping[str, Any]) -> Any:
        wording = {code: told[f"text_{code}"] for code in LANGUAGES if code != "en"}
        link = Link(pk, told["other"], told["kind"], told["entry"], told["text_en"], wording)
        return state_relation(link=link, **_act(request, told))

    return run_act(
        request,
        title=gettext("Links to other people"),
        form=form,
        do=do,
        back=_page(pk),
        refusals=LINK_REFUSALS,
        refused=RelationRefused,
        about=person,
        template="admin/registry/links.html",
        context={
            "button": gettext("Add a link"),
            "links": [
                (row, RELATION_KINDS.get(row.kind, row.kind), in_words(row, "text")) for row in own
            ],
            "entries": Entry.all_records.filter(person=person).select_related("source"),
        },
    )


def link_removed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link away."""
    row = get_object_or_404(Relation.all_records.select_related("person", "other"), pk=pk)

    def do(told: Mapping[str, Any]) -> Any:
        return remove_relation(relation=pk, **_act(request, told))

    return run_act(
        request,
        title=gettext("Take this link away"),
        form=ActForm(request.POST if request.method == "POST" else None),
        do=do,
        back=reverse("admin:registry_person_links", args=[row.person_id]),
        refusals=LINK_REFUSALS,
        refused=RelationRefused,
        about=f"{row.person} – {row.other}",
    )


def _act(request: HttpRequest, told: Mapping[str, Any]) -> dict[str, Any]:
    by, role = acting(request)
    return {"by": by, "role": role, "reason": told["reason"], "now": timezone.now()}


def _page(person: int) -> str:
    return reverse("admin:registry_person_change", args=[person])


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


ROUTES = [
    path("person/<int:pk>/lives/", lives, name="registry_person_lives"),
    path("person/<int:pk>/lives/<slug:language>/", biography, name="registry_person_biography"),
    path(
        "person/<int:pk>/lives/<slug:language>/remove/",
        biography_removed,
        name="registry_person_biography_remove",
    ),
    path("person/<int:pk>/links/", links, name="registry_person_links"),
    path("relation/<int:pk>/remove/", link_removed, name="registry_relation_remove"),
]
OFFERED.setdefault("person", []).extend(
    [
        Offer("admin:registry_person_lives", _("Biographies"), to_look=True),
        Offer("admin:registry_person_links", _("Links to other people")),
    ]
)
