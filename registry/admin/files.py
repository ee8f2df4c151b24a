"""Photographs and scans on the desk: those of a person or a place, added, edited and removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from registry.models import Document, MemorialSite, Person, Photograph
from registry.records.catalogue.photographs import (
    FileDraft,
    FileRefused,
    add_file,
    edit_file,
    file_draft,
    remove_file,
)
from registry.records.drafts.uploads import UploadRefused, check_upload
from registry.records.public.files import FileUnknown, Kept, any_file
from registry.records.undoing.erasing import removed_files
from registry.wording.uploads import REFUSALS as UPLOADS

from .acts import OFFERED, ActForm, Offer, run_act
from .base import acting
from .days import HELP, day_text, read_day
from .matrix import may_use
from .source_fields import LIST_ID, SourceField, offered_sources
from .watching import Edited
from .worded import in_reader_language

KINDS: dict[str, Kept] = {"photograph": Photograph, "document": Document}
OWNERS: dict[str, type[Person | MemorialSite]] = {"person": Person, "site": MemorialSite}
ADD = {"photograph": _("Add a photograph"), "document": _("Add a scan")}
EDIT = {"photograph": _("Edit this photograph"), "document": _("Edit this scan")}
REMOVE = {"photograph": _("Remove this photograph"), "document": _("Remove this scan")}
TAKEN = {
    "photograph": _("JPEG, PNG or WebP, 15 MB and 40 megapixels at most."),
    "document": _("JPEG, PNG, WebP or PDF, 15 MB and 40 megapixels at most."),
}
CAPTIONS = {
    "en": _("Caption in English"),
    "ru": _("Caption in Russian"),
    "uk": _("Caption in Ukrainian"),
}
ALTS = {
    "en": _("What it shows, in English"),
    "ru": _("What it shows, in Russian"),
    "uk": _("What it shows, in Ukrainian"),
}
REFUSALS: dict[str, Any] = {
    **UPLOADS,
    "missing": _("What is shown to the public has a source."),
    "merged": _("This person was joined with another; add it there."),
}


class FileForm(ActForm):
    """What is said of a photograph or a scan."""

    source = SourceField(required=False)
    credit = forms.CharField(label=_("Credit"), max_length=300, required=False)
    licence = forms.CharField(label=_("Licence"), max_length=100, required=False)
    day = forms.CharField(label=_("Date"), max_length=80, required=False, help_text=HELP)
    caption_en, caption_ru, caption_uk = (
        forms.CharField(label=label, max_length=1000, required=False) for label in CAPTIONS.values()
    )
    alt_en, alt_ru, alt_uk = (
        forms.CharField(
            label=label,
            max_length=1000,
            required=False,
            help_text=_("Read out to who does not see the picture."),
        )
        for label in ALTS.values()
    )
    published = forms.BooleanField(label=_("Shown to the public"), required=False)

    def __init__(self, *args: Any, said: FileDraft, **kwargs: Any) -> None:
        self.said = said
        first = {
            "source": said.source,
            "credit": said.credit,
            "licence": said.licence,
            "day": day_text(said.date),
            "published": said.published,
            **{f"caption_{language}": text for language, text in said.caption.items()},
            **{f"alt_{language}": text for language, text in said.alt.items()},
        }
        super().__init__(*args, initial=first, **kwargs)

    def clean_day(self) -> Any:
        """Return the date, which stays as printed where it was not touched."""
        return read_day(self.cleaned_data["day"], self.said.date)

    def draft(self) -> FileDraft:
        """Return what the form says."""
        data = self.cleaned_data
        return FileDraft(
            person=self.said.person,
            site=self.said.site,
            source=data["source"].slug if data["source"] else "",
            credit=data["credit"],
            licence=data["licence"],
            caption={language: data[f"caption_{language}"] for language in CAPTIONS},
            alt={language: data[f"alt_{language}"] for language in ALTS},
            date=data["day"],
            published=data["published"],
        )


class NewFileForm(FileForm):
    """The same with the file itself, which is checked and made anew at once."""

    upload = forms.FileField(label=_("File"))

    field_order = ("upload",)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        upload = self.fields["upload"]
        upload.help_text = TAKEN[kind]
        upload.widget.attrs["accept"] = "image/jpeg,image/png,image/webp" + (
            ",application/pdf" if kind == "document" else ""
        )

    def clean_upload(self) -> Any:
        """Return the file as it may be kept."""
        try:
            return check_upload(self.cleaned_data["upload"], scans=self.kind == "document")
        except UploadRefused as refused:
            words = REFUSALS[refused.code]
            raise ValidationError(words, params={"limit": refused.limit}) from refused

    def clean(self) -> dict[str, Any]:
        """Say that the file is to be chosen again, since a browser does not send it twice."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors and "upload" in data:
            self.add_error("upload", gettext("Choose the file again."))
        return data


def listed(request: HttpRequest, pk: int, *, of: str) -> HttpResponse:
    """Show all photographs and scans of a person or a place, published or not."""
    owner = get_object_or_404(OWNERS[of].all_records, pk=pk)
    found = [
        (
            kind,
            row,
            in_reader_language(row.caption),
            *(f"admin:registry_{kind}_{act}" for act in ("edit", "remove", "erase", "forget")),
        )
        for kind, model in KINDS.items()
        for row in model.all_records.filter(**{of: owner}).select_related("source").order_by("pk")
    ]
    may_add = may_use(request, f"admin:registry_{of}_photograph", act=True)
    erases = [kind for kind in KINDS if may_use(request, f"admin:registry_{kind}_erase", act=True)]
    context = {
        "may_erase": bool(erases),
        "removed": [
            (
                kind,
                number,
                in_reader_language(body["caption"]) or body["credit"],
                f"admin:registry_{kind}_erase",
            )
            for kind, number, body in (removed_files(f"{of}:{pk}") if erases else ())
        ],
        "title": gettext("Photographs and scans"),
        "about": owner,
        "back": _page_of(owner),
        "files": found,
        "adding": [
            (reverse(f"admin:registry_{of}_{kind}", args=[pk]), label)
            for kind, label in ADD.items()
        ]
        if may_add
        else [],
    }
    return _answer(request, "admin/registry/files.html", context)


def added(request: HttpRequest, pk: int, *, of: str, kind: str) -> HttpResponse:
    """Add a photograph or a scan to a person or a place."""
    owner: Any = get_object_or_404(OWNERS[of].all_records, pk=pk)
    said = FileDraft(person=owner.pk) if of == "person" else FileDraft(site=owner.slug)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewFileForm(*data, said=said, kind=kind)

    def do(told: Mapping[str, Any]) -> Any:
        return add_file(
            model=KINDS[kind], file=told["upload"], draft=form.draft(), **_act(request, told)
        )

    return _run(request, form, do, owner, ADD[kind])


def edited(request: HttpRequest, pk: int, *, kind: str) -> HttpResponse:
    """Say something else of a photograph or a scan."""
    row = get_object_or_404(KINDS[kind].all_records, pk=pk)
    form = FileForm(request.POST if request.method == "POST" else None, said=file_draft(row))

    def do(told: Mapping[str, Any]) -> Any:
        return edit_file(model=KINDS[kind], number=pk, draft=form.draft(), **_act(request, told))

    edits = Edited(kind, str(pk))
    return _run(request, form, do, _owner(row), EDIT[kind], edits=edits, kind=kind, row=row)


def removed(request: HttpRequest, pk: int, *, kind: str) -> HttpResponse:
    """Take a photograph or a scan out of every output."""
    row = get_object_or_404(KINDS[kind].all_records, pk=pk)
    form = ActForm(request.POST if request.method == "POST" else None)

    def do(told: Mapping[str, Any]) -> Any:
        return remove_file(model=KINDS[kind], number=pk, **_act(request, told))

    return _run(request, form, do, _owner(row), REMOVE[kind], kind=kind, row=row)


def content(_request: HttpRequest, pk: int, *, kind: str) -> HttpResponse:
    """Send the file itself, published or not."""
    try:
        found = any_file(KINDS[kind], pk)
    except FileUnknown as error:
        raise Http404 from error
    return HttpResponse(found.content, headers=found.headers)


def _run(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[Mapping[str, Any]], Any],
    owner: Any,
    title: Any,
    *,
    edits: Edited | None = None,
    **context: Any,
) -> HttpResponse:
    of = "person" if isinstance(owner, Person) else "site"
    return run_act(
        request,
        title=title,
        form=form,
        do=do,
        back=reverse(f"admin:registry_{of}_files", args=[owner.pk]),
        refusals=REFUSALS,
        refused=(FileRefused, FileUnknown, UploadRefused),
        about=owner,
        edits=edits,
        template="admin/registry/file_form.html",
        context={"list_id": LIST_ID, "offered_sources": offered_sources(), **context},
    )


def _act(request: HttpRequest, told: Mapping[str, Any]) -> dict[str, Any]:
    by, role = acting(request)
    return {"by": by, "role": role, "reason": told["reason"], "now": timezone.now()}


def _owner(row: Photograph | Document) -> Any:
    return row.person or row.site


def _page_of(owner: Person | MemorialSite) -> str:
    return reverse(f"admin:registry_{owner._meta.model_name}_change", args=[owner.pk])


def _answer(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


ROUTES = [
    path(f"{of}/<int:pk>/files/", partial(listed, of=of), name=f"registry_{of}_files")
    for of in OWNERS
]
for _kind in KINDS:
    ROUTES += [
        path(
            f"{of}/<int:pk>/files/{_kind}/",
            partial(added, of=of, kind=_kind),
            name=f"registry_{of}_{_kind}",
        )
        for of in OWNERS
    ]
    ROUTES += [
        path(f"{_kind}/<int:pk>/", partial(edited, kind=_kind), name=f"registry_{_kind}_edit"),
        path(
            f"{_kind}/<int:pk>/remove/",
            partial(removed, kind=_kind),
            name=f"registry_{_kind}_remove",
        ),
        path(
            f"{_kind}/<int:pk>/file/", partial(content, kind=_kind), name=f"registry_{_kind}_file"
        ),
    ]
for _of in OWNERS:
    OFFERED.setdefault(_of, []).append(
        Offer(f"admin:registry_{_of}_files", _("Photographs and scans"), to_look=True)
    )
