"""Places in the ledger: what each asserts, and whether it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from registry.models import Change, ChangeKind, MemorialSite, Role, SiteStatus
from registry.records.drafts.sites import SiteRefused, draft_from_body
from registry.records.ledger.acts import Act, Body, CannotRestore, Subject, act
from registry.records.public.sites import SiteUnknown, whole_sites

from .sites import put_sites, site_draft


def _read(references: Sequence[str]) -> dict[str, Body]:
    rows = whole_sites().filter(slug__in=references)
    return {row.slug: {**asdict(site_draft(row)), "status": row.status} for row in rows}


def _write(reference: str, body: Body | None, doing: Act) -> None:
    """Make a place assert a body again; what no longer is to be there is withdrawn."""
    rows = MemorialSite.all_records.filter(slug=reference)
    if body is None:
        rows.update(status=SiteStatus.WITHDRAWN)
        return
    rows.update(status=body["status"])
    try:
        put_sites(drafts=[draft_from_body(body)], change=doing.under, keep=False)
    except SiteRefused as refused:
        # Sources stay for ever, and what hangs together comes back whole: only a region can go.
        raise CannotRestore("term-gone") from refused


TOGETHER = {
    "latitude": "point", "longitude": "point", "coordinates_sources": "point",
    "period": "period", "period_note": "period", "period_sources": "period",
    "status_today": "today", "status_sources": "today",
}  # fmt: skip
"""What is restored together: a statement is nothing by halves, and nothing without its sources."""
SITE = Subject(
    "site",
    _read,
    _write,
    group=lambda field: TOGETHER.get(field.partition(".")[0], field),
)


def withdraw_site(
    *, slug: str, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """Take a place out of every output; its address answers that it was withdrawn.

    Returns the change, or None when it was withdrawn already. Raises SiteUnknown.
    """
    return _set_status(
        slug=slug, status=SiteStatus.WITHDRAWN, by=by, role=role, reason=reason, now=now
    )


def reinstate_site(
    *, slug: str, by: AbstractBaseUser | None, role: Role, reason: str, now: datetime
) -> Change | None:
    """Show a withdrawn place again. Returns the change, or None when it was shown.

    Raises SiteUnknown.
    """
    return _set_status(
        slug=slug, status=SiteStatus.PUBLIC, by=by, role=role, reason=reason, now=now
    )


def _set_status(
    *,
    slug: str,
    status: SiteStatus,
    by: AbstractBaseUser | None,
    role: Role,
    reason: str,
    now: datetime,
) -> Change | None:
    with act(kind=ChangeKind.PUBLISHING, by=by, role=role, reason=reason, now=now) as doing:
        if not doing.touch(SITE, slug):
            raise SiteUnknown(slug)
        MemorialSite.all_records.filter(slug=slug).update(status=status)
    return doing.change
