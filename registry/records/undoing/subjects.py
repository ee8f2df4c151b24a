"""Every kind of record that the ledger keeps, what others hang on before what hangs on it."""

from __future__ import annotations

from registry.records.catalogue.photographs import DOCUMENT, PHOTOGRAPH
from registry.records.catalogue.site_status import SITE
from registry.records.catalogue.sources import SOURCE
from registry.records.catalogue.terms import SPELLING, TERM
from registry.records.ledger.acts import Subject
from registry.records.ledger.snapshots import ENTRY
from registry.records.people.biographies import BIOGRAPHY
from registry.records.people.choosing import CHOICE
from registry.records.people.identity import PERSON
from registry.records.people.judging import JUDGEMENT
from registry.records.people.relating import RELATION
from registry.records.people.statuses import PROPOSAL

SUBJECTS: dict[str, Subject] = {
    subject.name: subject
    for subject in (
        TERM,
        SPELLING,
        SOURCE,
        SITE,
        ENTRY,
        PERSON,
        RELATION,
        CHOICE,
        PROPOSAL,
        JUDGEMENT,
        BIOGRAPHY,
        PHOTOGRAPH,
        DOCUMENT,
    )
}
"""Entries stand before people: whoever is to be someone again must have entries first."""


def keep_subject(subject: Subject) -> None:
    """Have the ledger keep one more kind of record, which hangs on all there are.

    For layers above, as they are imported; `RegistryConfig.ready` sees to it that they are.
    """
    SUBJECTS[subject.name] = subject
