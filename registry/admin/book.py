"""Data entry from a book: hundreds of entries an evening, by keyboard."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from registry.records.entries.alike import next_key
from registry.records.entries.editing import EntryRefused, add_entry
from registry.records.ledger.reasons import own_reason

from .book_forms import KEPT, LAST_SOURCES, BookForm, offered_books
from .editing import REFUSALS, act_of

KEPT_AS = "book"
"""What the signed session keeps: the fields that go on, and the sources used last."""
TRIES = 3


def book(request: HttpRequest) -> HttpResponse:
    """Take one entry after another; source, page and place go on from each to the next."""
    kept: dict[str, Any] = request.session.get(KEPT_AS, {})
    form = BookForm(request.POST or None, initial={name: kept.get(name, "") for name in KEPT})
    looking = "look" in request.POST
    ready = request.method == "POST" and form.is_valid() and not looking and not form.unseen()
    if ready and _save(request, form):
        _keep(request, form, kept.get("sources", []))
        return HttpResponseRedirect(reverse("admin:registry_book"))
    form.focus()
    context = {
        **admin.site.each_context(request),
        "title": gettext("Data entry from a book"),
        "form": form,
        "stopped": request.method == "POST" and not looking and form.is_valid(),
        "offered": offered_books(kept.get("sources", [])),
        **_looked(form),
    }
    return TemplateResponse(request, "admin/registry/book.html", context)


def look(request: HttpRequest) -> HttpResponse:
    """Answer with how what is typed was understood, and the entries like it."""
    form = BookForm(request.POST)
    form.is_valid()
    return TemplateResponse(request, "admin/registry/_book_echo.html", _looked(form))


def _looked(form: BookForm) -> dict[str, Any]:
    return {
        "echo": form.echo() if form.is_bound else [],
        "alike": form.alike,
        "proposed": form.proposed,
        "seen": " ".join(str(one.entry) for one in form.alike),
    }


def _save(request: HttpRequest, form: BookForm) -> bool:
    """Add the entry; a key that was only proposed gives way to whoever was quicker."""
    assert form.draft is not None  # noqa: S101 (the form is valid)
    draft, data = form.draft, form.cleaned_data
    reason = own_reason("book", place=f"{draft.source}, {data['locator'] or draft.key}")
    for _try in range(TRIES):
        try:
            _change, entry = add_entry(draft=draft, **act_of(request, reason))
        except EntryRefused as refused:
            if refused.code == "taken" and not data["given_key"]:
                key = next_key(source=draft.source, locator=data["locator"])
                draft = form.keyed(key)
                continue
            name = refused.field if refused.field in form.fields else None
            form.add_error(name, str(REFUSALS.get(refused.code, gettext("This is not possible."))))
            return False
        else:
            name = draft.names[0].full if draft.names else draft.key
            address = reverse("admin:registry_entry_change", args=[entry])
            told = format_html('<a href="{}">{}</a> ({})', address, name, draft.key)
            messages.success(request, format_html(gettext("Saved: {}"), told))
            return True
    form.add_error("key", str(REFUSALS["taken"]))
    return False


def _keep(request: HttpRequest, form: BookForm, sources: list[str]) -> None:
    data = form.cleaned_data
    last = dict.fromkeys([data["source"], *sources])
    request.session[KEPT_AS] = {
        **{name: data[name] for name in KEPT},
        "sources": list(last)[:LAST_SOURCES],
    }


ROUTES: list[URLPattern] = [
    path("book/", book, name="registry_book"),
    path("book/look/", look, name="registry_book_look"),
]
