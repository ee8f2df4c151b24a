"""Records that must not be seen, each text of them marked, and where they could leak to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import time_machine
from django.contrib.auth.models import User
from django.test import Client

from registry.dates import FuzzyDate, parse_edtf
from registry.models import (
    Document,
    Entry,
    MediaType,
    MemorialSite,
    Person,
    PersonKey,
    PersonStatus,
    Photograph,
    Relation,
    RelationKind,
    Role,
    SiteStatus,
)
from registry.records import (
    SiteDraft,
    SiteFigureDraft,
    put_sites,
    refresh_people,
    reinstate_source,
    withdraw_source,
)
from registry.records.catalogue.photographs import FileDraft, add_file
from registry.records.catalogue.sites import SiteEventDraft, SiteNameDraft
from registry.records.drafts.entries import PassageDraft, RepressionDraft, RoleDraft, StayDraft
from registry.records.drafts.uploads import CheckedFile, store_file
from registry.records.people.statuses import decide_proposal, hide_person, propose_suppressing
from tests.addresses import PREFIXES, Shown, public_addresses
from tests.conftest import new_change
from tests.databases import NOW

MARK = "Утечкин"
LATIN_MARK = "zzleak"
HIDDEN = (
    PersonStatus.HELD,
    PersonStatus.WITHDRAWN,
    PersonStatus.SUPPRESSED,
    PersonStatus.MERGED,
)
QUERIES = (
    f"q={MARK}",
    "q=Utechkin",
    f"q={LATIN_MARK}",
    f"family={MARK}&exact=on",
    f"place={MARK}",
    f"occupation={MARK}",
    f"archive_file={LATIN_MARK}",
    "source=zzleak-withdrawn",
    "has=photo",
    "has=document",
    "site=invented-site",
    "birth_from=1811&birth_to=1811",
    "death_from=1899&death_to=1899",
    "arrest_from=1898&arrest_to=1898",
    "fate=invented-fate",
    "nationality=invented-nation",
    "sex=f",
    "undated=on&birth_from=1700",
)


@dataclass(frozen=True, slots=True)
class Registry:
    """A small registry: who is shown, who is not, and all addresses of the former."""

    shown: Shown
    hidden: tuple[int, ...] = ()
    entries: tuple[int, ...] = ()
    files: tuple[str, ...] = ()

    def addresses(self) -> Iterator[str]:
        """Yield every public address, and searches for what is hidden."""
        yield from public_addresses(self.shown)
        for query in QUERIES:
            yield from (f"{prefix}/people/?{query}" for prefix in PREFIXES)
            yield f"/api/v1/people?facets=1&{query}"
        for text in (MARK, MARK[:3], "Utech", LATIN_MARK):
            yield f"/api/v1/suggest?q={text}"


def leaking(name: str) -> dict[str, object]:
    """Return the fields of an entry every text of which is marked."""
    mark = f"{MARK} {LATIN_MARK} {name}"
    return {
        "family": MARK,
        "given": LATIN_MARK.title(),
        "patronymic": name.title(),
        "person_key": f"{LATIN_MARK}-{name}",
        "sex": "f",
        "birth": parse_edtf("1811-11-11"),
        "death": parse_edtf("1899-01-15"),
        "birth_place": mark,
        "residence": mark,
        "occupation": mark,
        "relatives": mark,
        "comment": mark,
        "archive_file": mark,
        "nationality": "invented nation",
        "fate": "invented fate",
        "burial_place": mark,
        "burial_site": "invented-site",
        "burial_certainty": "documented",
        "repressions": (
            RepressionDraft(
                arrest=parse_edtf("1898-05-05"),
                charge=mark,
                arrest_place=mark,
                stays=(StayDraft(place=mark),),
            ),
        ),
        "roles": (RoleDraft(kind="post", text=mark),),
        "passage": PassageDraft(text=mark, locator=mark, quotes=mark),
    }


def possibly_living() -> dict[str, object]:
    """Return the fields of an entry about someone possibly living, known from a published book."""
    return {
        **leaking("restricted"),
        "family": "Закрытов",
        "given": "Пример",
        "patronymic": "",
        "birth": parse_edtf("1990-11-11"),
        "death": None,
        # Told by the label of its term, and never as printed.
        "fate": f"{MARK} {LATIN_MARK} alive",
        "wording": {"fate": {"ru": MARK, "uk": MARK}},
        # That a grave is said to be theirs makes nobody dead.
        "burial_place": MARK,
        "repressions": (
            RepressionDraft(
                arrest=parse_edtf("1952-03-03"),
                charge=MARK,
                # A sentence that was changed stands in the column of executions at times.
                execution=FuzzyDate(f"{MARK}: заменён на 10 лет ИТЛ", "", None, None),
            ),
        ),
        "passage": PassageDraft(
            text=MARK,
            locator=f"{MARK}, p. 1",
            quotes=MARK,
            url=f"https://example.org/{LATIN_MARK}",
            wording={"locator": {"ru": MARK}, "quotes": {"uk": MARK}},
        ),
    }


def hide_records(
    registry: Registry, make_person: Callable[..., int], make_source: Callable[..., str]
) -> Registry:
    """Add one of everything that must not be seen; return the registry with their ids."""
    shown = registry.shown.person[0]
    people = [make_person(**leaking(status)) for status in HIDDEN]
    for person, status in zip(people, HIDDEN, strict=True):
        hide(person, status, into=shown)
    make_source("zzleak-withdrawn", title=f"{MARK} {LATIN_MARK}", rank=1)
    people.append(make_person(source="zzleak-withdrawn", **leaking("withdrawn-source")))
    # The same source also speaks of the person shown, and better than all others.
    make_person(
        source="zzleak-withdrawn",
        **{**leaking("about-the-one-shown"), "person_key": _key_of(shown)},
    )
    _link(shown, people)
    _hide_places()
    files = tuple(_hide_files(shown, people))
    withdraw_source(slug="zzleak-withdrawn", by=None, role="system", reason="a test", now=NOW)
    entries = Entry.all_records.filter(person__in=people).values_list("pk", flat=True)
    return Registry(registry.shown, tuple(people), tuple(entries), files)


def hide(person: int, status: PersonStatus, *, into: int) -> None:
    """Hide someone as editors do: one hides, two suppress; a merged address is set by hand."""
    signed: dict[str, Any] = {"role": Role.EDITOR, "reason": "a test", "now": NOW}
    one, two = (User.objects.get_or_create(username=name)[0] for name in ("one", "two"))
    if status == PersonStatus.SUPPRESSED:
        proposal = propose_suppressing(person=person, by=one, **signed)
        decide_proposal(proposal=proposal, accept=True, by=two, **signed)
    elif status == PersonStatus.MERGED:
        Person.all_records.filter(pk=person).update(
            status=status, status_by_rule=False, merged_into=into
        )
    else:
        hide_person(person=person, status=status, by=one, **signed)


def _key_of(person: int) -> str:
    """Give the person shown a key, by which another source joins its entry."""
    PersonKey(person_id=person, key="the-one-shown").save()
    return "the-one-shown"


def _link(shown: int, people: list[int]) -> None:
    for other in people:
        for one, two in ((shown, other), (other, shown)):
            entry = Entry.all_records.filter(person=one).first()
            Relation(
                person_id=one,
                other_id=two,
                kind=RelationKind.SPOUSE,
                text=f"{MARK} {LATIN_MARK}",
                entry=entry,
            ).save()


def _hide_places() -> None:
    change = new_change("places of the test")
    names = (SiteNameDraft("en", f"{MARK} {LATIN_MARK}"),)
    put_sites(drafts=[SiteDraft(slug="zzleak-site", kinds=("camp",), names=names)], change=change)
    MemorialSite.all_records.filter(slug="zzleak-site").update(status=SiteStatus.WITHDRAWN)
    site = MemorialSite.all_records.get(slug="invented-site")
    mark = f"{MARK} {LATIN_MARK}"
    draft = SiteDraft(
        slug=site.slug,
        kinds=tuple(site.kinds),
        names=tuple(SiteNameDraft(row.language, row.name) for row in site.names.all()),
        figures=(SiteFigureDraft("estimate", 777_777, None, "zzleak-withdrawn", mark, mark),),
        events=(SiteEventDraft("note", mark, "zzleak-withdrawn"),),
        status_today=mark,
        status_sources=("zzleak-withdrawn",),
    )
    put_sites(drafts=[draft], change=change)


def add_marked_file(number: int, **said: Any) -> Iterator[str]:
    """Add a photograph and a scan, every text of which is marked; yield where their files are.

    Who could see the picture would see it by its width.
    """
    mark = f"{MARK} {LATIN_MARK}"
    texts = dict.fromkeys(("en", "ru", "uk"), mark)
    draft = FileDraft(
        **{"source": "invented-book", "published": True, **said},
        credit=mark,
        licence=mark,
        caption=texts,
        alt=texts,
        date=FuzzyDate(mark, "", None, None),
    )
    for model in (Photograph, Document):
        stored = store_file(
            CheckedFile(MediaType.JPEG, ((number, 9),), (f"{mark} {number}".encode(),))
        )
        add_file(
            model=model, file=stored, draft=draft, by=None, role="editor", reason="a test", now=NOW
        )
        yield from (f"/files/{part}" for part in stored.parts)


def _hide_files(shown: int, people: list[int]) -> Iterator[str]:
    """Add files of whoever is hidden, and of the one shown what is not published or withdrawn."""
    for number, person in enumerate(people, start=1):
        if Person.all_records.get(pk=person).status != PersonStatus.MERGED:
            yield from add_marked_file(number, person=person)
    yield from add_marked_file(91, site="zzleak-site")
    yield from add_marked_file(92, person=shown, published=False)
    yield from add_marked_file(93, person=shown, source="zzleak-withdrawn")
    yield from add_marked_file(94, site="invented-site", published=False)
    yield from add_marked_file(95, site="invented-site", source="zzleak-withdrawn")


def show_records() -> None:
    """Show everything that was hidden, for the proof that it could have been seen."""
    Person.all_records.exclude(status=PersonStatus.PUBLIC).update(
        status=PersonStatus.PUBLIC, merged_into=None
    )
    MemorialSite.all_records.update(status=SiteStatus.PUBLIC)
    for model in (Photograph, Document):
        model.all_records.update(published=True)
    reinstate_source(slug="zzleak-withdrawn", by=None, role="system", reason="a test", now=NOW)
    refresh_people(list(Person.all_records.values_list("pk", flat=True)), now=NOW)


def fetch(client: Client, registry: Registry) -> dict[str, tuple[int, str]]:
    """Fetch every address, on the day of the year they all died: status and body."""
    return fetch_these(client, registry.addresses())


def fetch_these(client: Client, addresses: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Fetch these addresses on that day."""
    answers = {}
    with time_machine.travel(NOW, tick=False):
        for address in addresses:
            answer = client.get(address)
            answers[address] = (answer.status_code, answer.content.decode(errors="replace"))
    return answers
