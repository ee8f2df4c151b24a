"""By what a form knows that a record still asserts what it showed when it was opened."""

from __future__ import annotations

import hashlib

from registry.records.ledger.changes import canonical, wait_for_turn

from .subjects import SUBJECTS

LENGTH = 16
"""Signs of a version: enough that no two states of one record share it."""


def version_of(subject: str, reference: str) -> str:
    """Return the version of a record by what it asserts; of none there, too."""
    body = SUBJECTS[subject].read([reference]).get(reference)
    return hashlib.sha256(canonical(body).encode()).hexdigest()[:LENGTH]


def is_still(subject: str, reference: str, version: str) -> bool:
    """Tell whether a record is what it was; till the caller's transaction ends it stays so."""
    wait_for_turn()
    return version_of(subject, reference) == version
