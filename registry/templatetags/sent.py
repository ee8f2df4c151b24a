"""Template library of what contributors send: its codes in words, dates understood, corrections."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.submissions.questions import DATES, FACT_VALUES
from registry.submissions.understanding import understood
from registry.wording import codes, questions, submissions
from registry.wording.words import Words

from . import datewords

register = template.Library()

TABLES: dict[str, Words] = {
    "kind": submissions.KINDS,
    "state": submissions.STATES,
    "state_note": submissions.STATE_NOTES,
    "outcome": submissions.OUTCOMES,
    "reason": submissions.REASONS,
    "next": submissions.NEXT_STEPS,
    "page": questions.PAGES,
    "page_note": questions.PAGE_NOTES,
    "credit": questions.CREDITS,
}


@register.filter
def sent(code: str, table: str) -> str:
    """Put a code of a submission into words; one without words says nothing."""
    return str(TABLES[table].get(code, ""))


@register.filter
def value_name(name: str, page: str = "") -> str:
    """Return what a value is called."""
    return questions.value_words(name, page)


@register.simple_tag
def echo(name: str, text: str) -> str:
    """Say how a date was understood, or that it was kept as typed; nothing of other values."""
    if name not in DATES or not text:
        return ""
    date = understood(text)
    if date is None or not date.edtf:
        return _("Kept as you wrote it; a moderator will read it.")
    return _("Understood: %(date)s") % {"date": datewords.date_words(date)}


@register.simple_tag(takes_context=True)
def fix(context: template.Context, field: str, episode: int | None = None) -> SafeString:
    """Offer a correction of one fact, where the page offers any and there are boxes for it.

    What is seen is one word; whoever hears the page read hears which fact it is about.
    """
    if field not in FACT_VALUES or not context.get("may_correct"):
        return SafeString("")
    path = f"episode:{episode}.{field}" if episode else field
    return format_html(
        '<a class="fix" href="{}">{}<span class="hidden">: {}</span></a>',
        reverse("submit_fact", args=[context["person"].id, path]),
        _("correct"),
        codes.word("field", field) if field != "rehabilitation" else _("Rehabilitation"),
    )


@register.simple_tag
def offered(person: Any, kind: str) -> str:
    """Return the address of a form about a person of the registry."""
    return reverse("submit_about", args=[kind, person.id])
