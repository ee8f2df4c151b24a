"""Taking away what a wish to hide is about, where less than the person is hidden."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from registry.models import Document, Entry, Photograph
from registry.records.catalogue.photographs import remove_file
from registry.records.entries.editing import discredit, withdraw_entry
from registry.records.people.biographies import read_biography, remove_biography
from registry.records.public.files import Kept

from .decisions import TakenAway
from .states import SubmissionRefused


def take_away(what: TakenAway, *, person: int, act: Mapping[str, Any]) -> None:
    """Take this away of a person; `act` says who does it, in what role, why and when.

    Raises SubmissionRefused (`not-theirs`: it is somebody else's, or there no more), and what
    the records refuse.
    """
    files: dict[Kept, tuple[int, ...]] = {
        Photograph: what.photographs,
        Document: what.documents,
    }
    for model, wanted in files.items():
        _check_theirs(model, wanted, person)
    _check_theirs(Entry, {*what.entries, *(entry for entry, _ in what.doubted)}, person)
    for entry, field in what.doubted:
        discredit(entry=entry, field=field, why=what.why, **act)
    for model, numbers in files.items():
        for number in numbers:
            remove_file(model=model, number=number, **act)
    for language in what.lives:
        if read_biography(person=person, language=language) is None:
            raise SubmissionRefused("not-theirs", field="take")
        remove_biography(person=person, language=language, **act)
    for entry in what.entries:
        withdraw_entry(entry=entry, **act)


def _check_theirs(model: Any, wanted: Collection[int], person: int) -> None:
    if model.all_records.filter(pk__in=wanted, person=person).count() != len(set(wanted)):
        raise SubmissionRefused("not-theirs", field="take")
