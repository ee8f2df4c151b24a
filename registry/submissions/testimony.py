"""The registry's own source of testimonies: of what people tell it, and nothing else cites."""

from __future__ import annotations

from datetime import datetime

from registry.models import ChangeKind, Role, Source
from registry.records import begin_change
from registry.records.catalogue.sources import SourceDraft, put_sources
from registry.records.ledger.changes import wait_for_turn
from registry.records.ledger.reasons import own_reason

TESTIMONY = "testimony"
"""The source of what people tell the registry, and nothing else that can be cited."""
TESTIMONY_SOURCE = SourceDraft(
    slug=TESTIMONY,
    kind="testimony",
    rank=5,
    title="Testimony received by this registry",
    living_rule="hold",
    wording={
        "title": {
            "ru": "Свидетельства, полученные этим реестром",
            "uk": "Свідчення, отримані цим реєстром",
        }
    },
)


def have_testimonies(*, now: datetime) -> None:
    """Make the registry's own source of testimonies where there is none yet.

    It is a change of its own: undoing the first decision leaves it to the next. The caller's
    transaction.
    """
    # Asked in turn: of two first decisions at once, one makes it and the other finds it.
    wait_for_turn()
    if Source.all_records.filter(slug=TESTIMONY).exists():
        return
    reason = own_reason("testimony")
    change = begin_change(kind=ChangeKind.EDIT, by=None, role=Role.SYSTEM, reason=reason, now=now)
    put_sources(drafts=[TESTIMONY_SOURCE], change=change)
