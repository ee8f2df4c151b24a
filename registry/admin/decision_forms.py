"""What is decided of a submission as forms: of each part and file by itself, and of it all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.models import Source, SourceStatus, Submission
from registry.submissions.deciding import default_reason
from registry.submissions.testimony import TESTIMONY
from registry.wording.moderating import REASONS
from registry.wording.reasons import why_words

from .source_fields import LIST_ID
from .typed_fields import PrintedField

ACCEPT, REJECT = "accept", "reject"
MARKS = {ACCEPT: _("Accept"), REJECT: _("Reject")}
MISSING = _("This is needed.")
CREDIT_HELP = _("“submission:…” is read as whoever sent it wishes to be named, now and later on.")
UNKNOWN_SOURCE = _("This source has been withdrawn, or there is none of this name.")


def lines(label: Any, rows: int, **kwargs: Any) -> forms.CharField:
    """Return a field of several lines."""
    given = {"required": False, "max_length": 5000, **kwargs}
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **given)


class SourceSlug(forms.CharField):
    """The slug of a source in use; that of the testimonies, also where it is not there yet."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"list": LIST_ID, "autocomplete": "off", "spellcheck": "false"}
        given: dict[str, Any] = {"label": _("Source"), "required": False, "max_length": 80}
        super().__init__(widget=forms.TextInput(attrs=attributes), **{**given, **kwargs})

    def clean(self, value: Any) -> str:
        """Return the slug."""
        slug: str = super().clean(value)
        rows = Source.all_records.filter(slug=slug)
        known = rows.values_list("status", flat=True).first() if slug else SourceStatus.IN_USE
        if known is None and slug == TESTIMONY:
            return slug
        if known != SourceStatus.IN_USE:
            raise ValidationError(UNKNOWN_SOURCE)
        return slug


class Spoken(forms.Form):
    """A form of which it can be asked what stands in a field, before and after it is sent."""

    def said(self, name: str) -> Any:
        """Return what stands in a field now: what was sent and could be read, else the first."""
        if self.is_bound:
            return getattr(self, "cleaned_data", {}).get(name, "")
        return self.get_initial_for_field(self.fields[name], name)


class DecidedForm(Spoken):
    """What is decided of one part or file: accepted, rejected and why, or as the rest."""

    mark = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        widget=forms.RadioSelect,
        choices=list(MARKS.items()),
    )
    why = forms.ChoiceField(
        label=_("Why not"), required=False, choices=[("", _("As below")), *REASONS.items()]
    )
    why_text = lines(_("To whoever sent it"), 2)

    def is_accepted(self, rest: str) -> bool | None:
        """Tell what is decided; `rest` is what the button says of what has no mark."""
        mark = self.said("mark") or rest
        return None if mark not in MARKS else mark == ACCEPT


class SubmissionForm(Spoken):
    """What is said of a submission as a whole."""

    why = forms.ChoiceField(
        label=_("Why what is rejected is not taken"),
        required=False,
        widget=forms.RadioSelect,
        choices=list(REASONS.items()),
    )
    why_text = lines(
        _("To whoever sent it"),
        3,
        help_text=_("Read under the receipt, with the reason. What could they do next?"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Readers see it in the history: no names of living people or informants."),
    )
    question = lines(
        _("Question to whoever sent it"),
        3,
        help_text=_("Read and answered with the receipt. The submission goes on waiting."),
    )
    note = PrintedField(
        label=_("Note to colleagues"),
        rows=2,
        max_length=5000,
        help_text=_("Whoever sent it never reads this."),
    )

    def __init__(self, data: Any, *, row: Submission) -> None:
        first = {"reason": why_words(default_reason(row)), "note": row.note}
        super().__init__(data, prefix="all", initial=first)
