"""What is hidden changes no public answer by one byte, and is told by none.

Every public address is fetched twice: before and after records that must not be seen are added.
The answers are equal, so neither a string nor a count nor the order of anything tells of them.
Then they are shown, and the same addresses do tell of them: the test could have failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client

from registry.dates import parse_edtf
from registry.models import (
    Entry,
    MemorialSite,
    Person,
    PersonKey,
    PersonStatus,
    Relation,
    RelationKind,
    SiteStatus,
    Source,
    SourceStatus,
)
from registry.records import (
    SiteDraft,
    SiteFigureDraft,
    TermDraft,
    put_sites,
    put_terms,
    refresh_people,
    reinstate_source,
    withdraw_source,
)
from registry.records.drafts import PassageDraft, RepressionDraft, RoleDraft, StayDraft
from registry.records.sites import SiteEventDraft, SiteNameDraft
from tests.addresses import PREFIXES, Shown, public_addresses
from tests.conftest import new_change
from tests.databases import NOW

pytestmark = pytest.mark.django_db

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
        "fate": "",
        "burial_place": "",
        "burial_site": "",
        "burial_certainty": "",
        "repressions": (RepressionDraft(arrest=parse_edtf("1952-03-03"), charge=MARK),),
        # Where it stands in the source is told: whoever looks there finds what is printed.
        "passage": PassageDraft(text=MARK, locator="p. 1"),
    }


@pytest.fixture
def registry(make_person: Callable[..., int], make_source: Callable[..., str]) -> Registry:
    """Make a person, a place and a source that are shown."""
    change = new_change("vocabularies of the test")
    terms = [
        TermDraft(
            vocabulary=vocabulary,
            code=code,
            en=f"invented {word}",
            ru=f"выдуманное {word}",
            uk=f"вигадане {word}",
        )
        for vocabulary, code, word in (
            ("nationality", "invented-nation", "nation"),
            ("fate", "invented-fate", "fate"),
        )
    ]
    put_terms(drafts=terms, change=change)
    make_source()
    site = SiteDraft(
        slug="invented-site",
        kinds=("mass-grave",),
        names=tuple(
            SiteNameDraft(language, f"Invented place {language}") for language in ("en", "ru", "uk")
        ),
    )
    put_sites(drafts=[site], change=change)
    person = make_person(
        birth=parse_edtf("1890"),
        death=parse_edtf("1938-01-15"),
        fate="invented fate",
        nationality="invented nation",
        burial_place="Invented place",
        burial_site="invented-site",
        burial_certainty="documented",
    )
    make_person(given="Другой", fate="invented fate", person_key="other")
    entry = Entry.all_records.get(person=person)
    return Registry(
        Shown(
            person=[person],
            entry=[entry.pk],
            site=["invented-site"],
            source=["invented-book"],
            letter=["П", "P"],
            name=["Примеров", "Пример", "Primer"],
        )
    )


def hide_records(
    registry: Registry, make_person: Callable[..., int], make_source: Callable[..., str]
) -> Registry:
    """Add one of everything that must not be seen; return the registry with their ids."""
    shown = registry.shown.person[0]
    people = [make_person(**leaking(status)) for status in HIDDEN]
    for person, status in zip(people, HIDDEN, strict=True):
        into = shown if status == PersonStatus.MERGED else None
        Person.all_records.filter(pk=person).update(
            status=status, status_by_rule=False, merged_into=into
        )
    make_source("zzleak-withdrawn", title=f"{MARK} {LATIN_MARK}", rank=1)
    people.append(make_person(source="zzleak-withdrawn", **leaking("withdrawn-source")))
    # The same source also speaks of the person shown, and better than all others.
    make_person(
        source="zzleak-withdrawn",
        **{**leaking("about-the-one-shown"), "person_key": _key_of(shown)},
    )
    _link(shown, people)
    _hide_places()
    withdraw_source(slug="zzleak-withdrawn", by=None, role="system", reason="a test", now=NOW)
    entries = Entry.all_records.filter(person__in=people).values_list("pk", flat=True)
    return Registry(registry.shown, tuple(people), tuple(entries))


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


def show_records() -> None:
    """Show everything that was hidden, for the proof that it could have been seen."""
    Person.all_records.exclude(status=PersonStatus.PUBLIC).update(
        status=PersonStatus.PUBLIC, merged_into=None
    )
    MemorialSite.all_records.update(status=SiteStatus.PUBLIC)
    reinstate_source(slug="zzleak-withdrawn", by=None, role="system", reason="a test", now=NOW)
    refresh_people(list(Person.all_records.values_list("pk", flat=True)), now=NOW)


def fetch(client: Client, registry: Registry) -> dict[str, tuple[int, str]]:
    """Fetch every address, on the day of the year they all died: status and body."""
    answers = {}
    with time_machine.travel(NOW, tick=False):
        for address in registry.addresses():
            answer = client.get(address)
            answers[address] = (answer.status_code, answer.content.decode())
    return answers


def test_hidden_records_change_no_public_answer(
    registry: Registry,
    make_person: Callable[..., int],
    make_source: Callable[..., str],
    client: Client,
) -> None:
    before = fetch(client, registry)
    hide_records(registry, make_person, make_source)
    after = fetch(client, registry)
    changed = [address for address in before if before[address] != after[address]]
    assert changed == []
    show_records()
    with time_machine.travel(NOW, tick=False):
        told = [
            address
            for address in public_addresses(registry.shown, languages=[""])
            if MARK in client.get(address).content.decode()
        ]
    assert "/" in told or "/people/" in told, "nothing could have leaked: the test proves nothing"
    for needed in ("/people/?sort=name&limit=100", "/api/v1/people?limit=100&facets=1"):
        assert needed in told
    assert any(address.startswith("/sites/invented-site") for address in told)
    assert any(address.startswith("/people/") and address.endswith("/") for address in told)


@pytest.mark.parametrize("prefix", [*PREFIXES, "/api/v1"])
def test_hidden_records_have_no_page_of_their_own(
    registry: Registry,
    make_person: Callable[..., int],
    make_source: Callable[..., str],
    client: Client,
    prefix: str,
) -> None:
    found = hide_records(registry, make_person, make_source)
    slash = "" if prefix.startswith("/api") else "/"
    statuses = []
    for person in found.hidden:
        answer = client.get(f"{prefix}/people/{person}{slash}")
        statuses.append(answer.status_code)
        assert_untold(answer.content)
    assert statuses == [410, 410, 410, 301, 410]
    for entry in found.entries:
        answer = client.get(f"{prefix}/entries/{entry}{slash}")
        assert answer.status_code == 410
        assert_untold(answer.content)
    answer = client.get(f"{prefix}/sites/zzleak-site{slash}")
    assert answer.status_code == 410
    assert_untold(answer.content)
    if not prefix.startswith("/api"):
        answer = client.get(f"{prefix}/sources/zzleak-withdrawn/")
        assert answer.status_code == 410
        assert_untold(answer.content)


def assert_untold(body: bytes) -> None:
    """Assert that no marked text stands in an answer; addresses in lower case may be echoed."""
    text = body.decode()
    assert MARK not in text
    assert LATIN_MARK.title() not in text
    assert f"{MARK} {LATIN_MARK}" not in text


def test_restricted_person_tells_name_years_fate_and_source_alone(
    registry: Registry, make_person: Callable[..., int], client: Client
) -> None:
    person = make_person(**possibly_living())
    assert Person.all_records.get(pk=person).status == PersonStatus.RESTRICTED
    entry = Entry.all_records.get(person=person)
    shown = Shown(
        person=[person],
        entry=[entry.pk],
        site=["invented-site"],
        source=["invented-book"],
        letter=["З"],
        name=["Закрытов"],
    )
    for address, (status, body) in fetch(client, Registry(shown)).items():
        assert status == 200, address
        if MARK not in address and LATIN_MARK not in address:
            assert MARK not in body, address
            assert LATIN_MARK not in body.casefold(), address
            assert "1990-11-11" not in body, address
    page = client.get(f"/people/{person}/").content.decode()
    assert "Закрытов" in page
    assert "1990" in page


@pytest.mark.parametrize(
    "query",
    [
        f"place={MARK}",
        f"occupation={MARK}",
        f"archive_file={LATIN_MARK}",
        "sex=f",
        "arrest_to=1952",
        "nationality=invented-nation",
        "undated=on&arrest_from=1700",
    ],
)
def test_restricted_person_is_not_found_by_what_is_not_told(
    registry: Registry, make_person: Callable[..., int], client: Client, query: str
) -> None:
    person = make_person(**possibly_living())
    assert Person.all_records.get(pk=person).status == PersonStatus.RESTRICTED
    found = client.get(f"/api/v1/people?facets=1&{query}").content.decode()
    assert "Закрытов" not in found


def test_sources_are_all_in_use(registry: Registry) -> None:
    assert set(Source.all_records.values_list("status", flat=True)) == {SourceStatus.IN_USE}
