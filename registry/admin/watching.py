"""No editor writes over another unseen: a form carries the version that it was opened with.

Where somebody else has saved since, nothing is written and nothing typed is lost: the form comes
back with what stands now beside it, and saves when it is sent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.records.undoing.versions import is_still, version_of

OPENED = "opened"
"""The name of the hidden field."""
SAVED_SINCE = _(
    "Somebody else has saved this since you opened it. Nothing of yours was written, and what you"
    " typed is kept here. Save again to put yours in its place; theirs stays in the history."
)


@dataclass(frozen=True, slots=True)
class Edited:
    """The record that a form edits, as the ledger names it; one that is not there yet is "0"."""

    subject: str
    reference: str

    @property
    def version(self) -> str:
        """Return the version there is now."""
        return version_of(self.subject, self.reference)


def opened_field() -> forms.CharField:
    """Return the field that carries the version."""
    return forms.CharField(widget=forms.HiddenInput, required=False)


def outdated(form: forms.Form | forms.ModelForm[Any], edited: Edited) -> bool:
    """Tell whether somebody else has saved since the form was opened, and say so in it.

    In the transaction in which the form is saved. Sent again, the form is up to date.
    """
    name = form.add_prefix(OPENED)
    if is_still(edited.subject, edited.reference, str(form.data.get(name, ""))):
        return False
    form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict, once sent
    form.data[name] = edited.version  # type: ignore[index]  # the same
    form.add_error(None, SAVED_SINCE)
    return True


def standing_now(form: forms.Form) -> list[tuple[Any, str]]:
    """Return what is there now where something else was typed: the labels, and the texts."""
    found = []
    for field in form.visible_fields():
        told = field.initial
        typed = field.data
        if isinstance(told, (list, tuple)):
            told, typed = ", ".join(map(str, told)), ", ".join(filter(None, typed or ()))
        if field.name != "reason" and isinstance(told, str) and told != _as_kept(typed):
            found.append((field.label, told or "—"))
    return found


def _as_kept(typed: Any) -> str:
    """Return a text as it would be kept: browsers send two signs at the end of a line."""
    return str(typed or "").replace("\r\n", "\n").strip()
