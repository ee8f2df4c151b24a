"""The codes of an import in words; the one place where its report meets gettext."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CODES: dict[str, Promise] = {
    # The file as a whole.
    "unknown-format": _("The file is not in a format that can be read (CSV, JSON Lines)."),
    "not-utf-8": _("The text is not in UTF-8."),
    "nul": _("There is a NUL character."),
    "lone-surrogate": _("There is half of a surrogate pair, which is no character."),
    "too-long-line": _("The line is longer than 1 MB."),
    "no-header": _("The first row has no column names."),
    "unnamed-column": _("A column has no name."),
    "duplicate-header": _("Two columns have the same name."),
    "too-many-cells": _("The row has more cells than there are columns."),
    "bad-quote": _("A quotation mark stands where none can."),
    "unclosed-quote": _("A quotation mark is not closed."),
    "bare-return": _("Lines end in a way that is not read (carriage return alone)."),
    "not-json": _("The line is not JSON."),
    "not-an-object": _("The line is not a JSON object."),
    "duplicate-member": _("A JSON object has two members of one name."),
    "too-deep": _("The JSON object is nested too deeply."),
    "unreadable-file": _("The file cannot be opened."),
    "rows-apart": _("Rows with the same source and key do not stand together."),
    "too-many-rows": _("One source and key has too many rows."),
    "bad-record": _("A record cannot be kept as it is."),
    "unknown-source": _("The source is not in the registry."),
    "withdrawn-source": _("The source has been withdrawn."),
    "erased": _("This entry was erased by order of a court and does not come back."),
    "bad-source": _("The source cannot be created under this name."),
    # A row.
    "unknown-column": _("The column is not one of the entry table."),
    "missing-key": _("The key is missing."),
    "missing-source": _("No source is named."),
    "no-name": _("There is neither a name nor a key of a person."),
    "two-main-names": _("There are two main names."),
    "bad-name-kind": _("The kind of the name is not known."),
    "bad-sex": _("The sex is neither m nor f."),
    "bad-rendering": _("The rendering is neither transcribed nor summarised."),
    "bad-certainty": _("The certainty of the burial is not known."),
    "bad-calendar": _("The calendar is neither julian nor gregorian."),
    "bad-date": _("The stated date is not one."),
    "bad-discredited": _("It is not said which field is discredited, and why."),
    "bad-outcome": _("The outcome is not one that is known."),
    "bad-repression-kind": _("The kind of the repression is not known."),
    "bad-stay": _("The kind of the place is not known, or the place is missing."),
    "bad-role": _("The kind of the role is not known, or its text is missing."),
    "bad-type": _("The value is of a type that cannot stand here."),
    "bad-number": _("The value is not a whole number that can stand here."),
    "bad-wording": _("The wording is not given by field and language."),
    "too-long": _("The text is too long."),
    "differs-from-first-row": _("The first row of the entry says something else."),
    "unknown-code": _("The code is not in the vocabulary."),
    "unknown-site": _("The place is not in the registry."),
    "twice": _("The entry stands twice in the file."),
    "other-person": _("The key of a person is another person's; the entry stays where it was."),
    "copied-anew": _(
        "An editor copied this entry anew; undo that first to take the newer version."
    ),
    # A date or a cell that was kept as printed.
    "empty": _("There is no date."),
    "no-information": _("The cell says that there is no information, and is read as empty."),
    "not-understood": _("The date was not understood and is kept as printed."),
    "impossible-day": _("There is no such day; the date is kept as printed."),
    "impossible-month": _("There is no such month; the date is kept as printed."),
    "year-out-of-range": _("The year cannot be right; the date is kept as printed."),
    "two-digit-year": _("The century is not stated; the date is kept as printed."),
    "serial-number": _("This is the number of a day; it is kept as printed."),
    "backwards-interval": _("The span ends before it begins; it is kept as printed."),
    "spreadsheet-error": _("The cell holds an error of the spreadsheet and was left out."),
}
"""Every code a report can have."""

OUTCOMES: dict[str, Promise] = {
    "new": _("new"),
    "changed": _("changed"),
    "same": _("the same as before"),
    "refused": _("refused"),
    "unread": _("dates kept as printed"),
}
"""What became of entries, in the order of the summary."""
