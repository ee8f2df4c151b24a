"""The public history of a person or a place: every change, with what it changed in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from registry.models import Change, ChangeKind, PersonStatus, Role
from registry.records.public.lines import reader_names
from registry.records.public.pages import Page
from registry.records.public.rows import shown_person
from registry.records.public.sites import shape_site, shown_site

from .concerning import read_concern, read_site_concern
from .events import Teller
from .shapes import EVENT_CODES, Event, HistoryChange, PublicHistory
from .site_events import SiteTeller

CHANGES_A_PAGE = 50
EXPLAINING = {ChangeKind.PUBLISHING, ChangeKind.UNDO, ChangeKind.ERASURE}
"""Acts that take away: why they did is told also where what they took is not."""


def person_history(person: int, *, language: str, page: int = 1) -> PublicHistory:
    """Return one page of what changed of a person shown, newest first; past the end, the last.

    The number of queries does not depend on the number of changes. Raises PersonUnknown,
    PersonGone, PersonMoved.
    """
    row = shown_person(person)
    concern = read_concern(row, language=language)
    teller = Teller(concern)
    events: dict[int, list[Event]] = {}
    for step in concern.trail.steps():
        events.setdefault(step.change, []).extend(teller.events(step))
    told_of = (row, *(entry.person for entry in concern.entries.values()))
    restricted = any(one.status == PersonStatus.RESTRICTED for one in told_of)
    changes = _page(events, page, restricted=restricted)
    name = reader_names([row], language=language)[row.pk]
    return PublicHistory(name=name, changes=changes, person=row.pk)


def site_history(slug: str, *, language: str, page: int = 1) -> PublicHistory:
    """Return one page of what changed of a place shown, newest first; past the end, the last.

    Raises SiteUnknown, SiteGone.
    """
    site = shown_site(slug)
    concern = read_site_concern(site, language=language)
    teller = SiteTeller(concern)
    events: dict[int, list[Event]] = {}
    for step in concern.trail.steps():
        events.setdefault(step.change, []).extend(teller.events(step))
    changes = _page(events, page, restricted=False)
    return PublicHistory(name=shape_site(site, language).name, changes=changes, site=slug)


def _page(events: Mapping[int, list[Event]], page: int, *, restricted: bool) -> Page[HistoryChange]:
    told = sorted((number for number, own in events.items() if own), reverse=True)
    pages = max(1, -(-len(told) // CHANGES_A_PAGE))
    number = min(max(page, 1), pages)
    shown = told[(number - 1) * CHANGES_A_PAGE : number * CHANGES_A_PAGE]
    rows = Change.all_records.in_bulk(shown)
    undone = _undone(shown, told)
    items = tuple(
        HistoryChange(
            number=pk,
            day=rows[pk].at.date(),
            kind=rows[pk].kind,
            role=Role(rows[pk].role).value,
            reason=_reason(rows[pk], events[pk], restricted=restricted),
            events=_in_order(events[pk]),
            undoes=rows[pk].undoes_id if rows[pk].undoes_id in events else None,
            undone_by=undone.get(pk, ()),
        )
        for pk in shown
    )
    return Page(items=items, number=number, pages=pages, count=len(told))


def _undone(shown: Iterable[int], told: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return the changes told here by which others were undone."""
    rows = Change.all_records.filter(undoes__in=list(shown)).order_by("pk")
    found: dict[int, tuple[int, ...]] = {}
    known = set(told)
    for undoing, undoes in rows.values_list("pk", "undoes"):
        if undoing in known:
            found[undoes] = (*found.get(undoes, ()), undoing)
    return found


def _reason(change: Change, events: Iterable[Event], *, restricted: bool) -> str:
    """Return why it was done, unless that could tell of what is hidden now."""
    own = list(events)
    private = restricted and any(event.withheld for event in own)
    if change.kind in EXPLAINING or (any(event.tells for event in own) and not private):
        return str(change.reason)
    return ""


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (EVENT_CODES.index(event.code), event.entry)))
