"""Every kind of record that the ledger keeps, what others hang on before what hangs on it."""

from __future__ import annotations

from .acts import Subject
from .biographies import BIOGRAPHY
from .choosing import CHOICE
from .judging import JUDGEMENT
from .people import PERSON
from .photographs import DOCUMENT, PHOTOGRAPH
from .relating import RELATION
from .site_status import SITE
from .snapshots import ENTRY
from .sources import SOURCE
from .statuses import PROPOSAL
from .terms import SPELLING, TERM

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
