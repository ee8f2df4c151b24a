"""What contributors sent of an entry, a person or a file that a court has erased goes with it.

That it was sent, and what was decided of it, stays; what it said does not.
"""

from __future__ import annotations

from django.db.models import Q

from registry.models import Part, PartOutcome, Submission, SubmittedFile
from registry.records.undoing.erasing import ALSO, Erased

from .contacts import forget_contact
from .files import drop_from_disk
from .named import note_named, places_noted, put_noted


def forget_erased(erased: Erased) -> None:
    """Empty the parts and files concerned; a submission that says nothing else is emptied whole."""
    theirs = Q(person__in=erased.people) | Q(about__in=erased.people)
    parts = Part.all_records.filter(Q(entry__in=erased.entries) | theirs)
    files = SubmittedFile.all_records.filter(Q(name__in=erased.files) | Q(part__in=parts))
    concerned = {
        *parts.order_by().values_list("submission", flat=True),
        *files.order_by().values_list("submission", flat=True),
    }
    for part in parts:
        part.values, part.decisions = {}, {}
        part.name_key = part.reason_text = ""
        part.save()
    _empty(list(files))
    for row in Submission.all_records.filter(pk__in=concerned):
        if not row.parts(manager="all_records").exclude(values={}).exists():
            _forget_rest(row)


def _forget_rest(row: Submission) -> None:
    # What a court has erased says nothing; what else came with it may name whoever sent it.
    name, row.credit_name = row.credit_name, ""
    note_named(row, name)
    noted = places_noted(row)
    row.how = row.cites = row.rights = row.note = ""
    row.flags = []
    put_noted(row, noted)
    row.save()
    row.messages(manager="all_records").all().delete()
    _empty(list(row.files(manager="all_records").all()))
    forget_contact(row)


def _empty(files: list[SubmittedFile]) -> None:
    drop_from_disk([file for file in files if file.outcome != PartOutcome.ACCEPTED])
    for file in files:
        file.caption = file.date = file.reason_text = ""
        file.save()


ALSO.append(forget_erased)
