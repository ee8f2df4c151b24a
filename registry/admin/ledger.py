"""The ledger on the desk: every act, to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy as _

from registry.models import ChangeKind
from registry.wording.reasons import why_words

from .base import MOST_REVISIONS, Look, shown
from .labels import ROLE_NAMES
from .told_changes import told_change

CHANGE_KINDS: dict[str, Any] = {
    ChangeKind.IMPORT: _("Import"),
    ChangeKind.EDIT: _("Edit"),
    ChangeKind.DECISION: _("Decision"),
    ChangeKind.MERGE: _("Merge"),
    ChangeKind.SPLIT: _("Split"),
    ChangeKind.PUBLISHING: _("Withdrawal or return"),
    ChangeKind.UNDO: _("Undoing"),
    ChangeKind.ERASURE: _("Erasure"),
}


class ChangeLook(Look):
    """Changes, newest first, with what each asserted."""

    names = (_("change"), _("changes"))
    subject = "change"
    parts = ("by",)
    change_list_template = "admin/registry/changes.html"
    list_display = (
        "chosen",
        shown("pk", _("No."), sorted_by="pk"),
        "when",
        "kind_shown",
        "role_shown",
        "reason_shown",
    )
    ordering = ("-pk",)
    fields = ("when", "kind_shown", "role_shown", "account", "reason_shown", "asserted")
    readonly_fields = fields

    list_display_links = ("when",)

    def called(self, row: Any) -> str:
        """Return the number and the reason, a reason of the program in the reader's language."""
        return f"{row.pk}: {why_words(row.reason)}"

    @admin.display(description=_("Undo"))
    def chosen(self, row: Any) -> Any:
        """Return a box by which the change is chosen to be undone with others."""
        return format_html(
            '<input type="checkbox" name="change" value="{}" form="chosen" aria-label="{}">',
            row.pk,
            gettext("Choose change %(number)s") % {"number": row.pk},
        )

    @admin.display(description=_("When"))
    def when(self, row: Any) -> str:
        """Return the moment, the same for every reader."""
        return f"{row.at:%Y-%m-%d %H:%M} UTC"

    @admin.display(description=_("Kind"))
    def kind_shown(self, row: Any) -> Any:
        """Return the kind in words."""
        return CHANGE_KINDS.get(row.kind, row.kind)

    @admin.display(description=_("Role"))
    def role_shown(self, row: Any) -> Any:
        """Return the role in words."""
        return ROLE_NAMES.get(row.role, row.role)

    @admin.display(description=_("Account"))
    def account(self, row: Any) -> str | None:
        """Return the account, which only the desk sees."""
        return row.by.get_username() if row.by else None

    @admin.display(description=_("Reason"))
    def reason_shown(self, row: Any) -> str:
        """Return the reason."""
        return why_words(row.reason)

    @admin.display(description=_("What it changed"))
    def asserted(self, row: Any) -> Any:
        """Return what the change did to the first two hundred of its records."""
        language = get_language() or "en"
        found = told_change(row.pk, language=language, most=MOST_REVISIONS)
        return mark_safe(  # noqa: S308 (a template has escaped it)
            render_to_string("admin/registry/changed.html", {"records": found})
        )
