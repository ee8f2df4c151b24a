"""What is decided of a photograph or a scan that was sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.dates import DateError, read_printed
from registry.models import LANGUAGES, Submission, SubmittedFile
from registry.records.catalogue.photographs import FileDraft
from registry.records.public.received import credit_mark
from registry.submissions.decisions import FileDecision
from registry.submissions.files import stored_file
from registry.submissions.testimony import TESTIMONY

from .days import HELP, day_text, read_day
from .decision_forms import CREDIT_HELP, MISSING, DecidedForm, SourceSlug
from .files import ALTS, CAPTIONS
from .typed_fields import PrintedField


class SentFile(DecidedForm):
    """One file: what it is, what is said of it, and whether readers see it."""

    is_document = forms.BooleanField(label=_("A scan of a document"), required=False)
    caption_en, caption_ru, caption_uk = (
        PrintedField(label=label, max_length=1000) for label in CAPTIONS.values()
    )
    alt_en, alt_ru, alt_uk = (PrintedField(label=label, max_length=1000) for label in ALTS.values())
    day = forms.CharField(label=_("Date"), max_length=80, required=False, help_text=HELP)
    credit = PrintedField(label=_("Credit"), max_length=300, help_text=CREDIT_HELP)
    licence = PrintedField(label=_("Licence"), max_length=100)
    source = SourceSlug()
    published = forms.BooleanField(label=_("Shown to the public"), required=False, initial=True)

    def __init__(self, data: Any, *, file: SubmittedFile, row: Submission) -> None:
        self.file = file
        super().__init__(data, prefix=f"f{file.position}")
        try:
            self.read = read_printed(file.date) if file.date else None
        except DateError:
            self.read = None
        language = row.language if row.language in LANGUAGES else "ru"
        self.initial.update(
            {
                "is_document": file.is_document,
                f"caption_{language}": file.caption[:1000],
                "day": day_text(self.read),
                "credit": credit_mark(row.number),
                "source": TESTIMONY,
            }
        )

    @property
    def largest(self) -> str:
        """The name of the largest size."""
        return stored_file(self.file).parts[-1]

    @property
    def smallest(self) -> str:
        """The name of the smallest size."""
        return stored_file(self.file).parts[0]

    @property
    def middle(self) -> str:
        """The name of the size that the page shows."""
        return stored_file(self.file).parts[self._middle]

    @property
    def middle_width(self) -> int:
        """Its width in pixels."""
        return int(self.file.sizes[self._middle][0])

    @property
    def middle_height(self) -> int:
        """Its height in pixels."""
        return int(self.file.sizes[self._middle][1])

    @property
    def _middle(self) -> int:
        return min(1, len(self.file.sizes) - 1)

    def clean_day(self) -> Any:
        """Return the date, with its print where it was not touched."""
        return read_day(self.cleaned_data["day"], self.read)

    def accepted(self) -> FileDecision | None:
        """Return what accepting comes to, or say on the form what is wrong."""
        if self.said("published") and not self.said("source") and "source" not in self.errors:
            self.add_error("source", MISSING)
        if self.errors:
            return None
        return FileDecision(
            self.file.position,
            True,
            is_document=bool(self.said("is_document")),
            draft=FileDraft(
                source=self.said("source") or "",
                credit=self.said("credit").strip(),
                licence=self.said("licence").strip(),
                caption=self._texts("caption"),
                alt=self._texts("alt"),
                date=self.said("day") or None,
                published=bool(self.said("published")),
            ),
        )

    def _texts(self, name: str) -> dict[str, str]:
        found = {code: self.said(f"{name}_{code}").strip() for code in CAPTIONS}
        return {code: text for code, text in found.items() if text}
