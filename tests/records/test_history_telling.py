"""What the history tells of an entry, field by field: words for ids, and only what differs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import (
    ChangeKind,
    Entry,
    EntryName,
    MemorialSite,
    Passage,
    PersonStatus,
    Repression,
    SiteStatus,
    Spelling,
    Term,
)
from registry.records import SiteDraft, SiteNameDraft, TermDraft, put_sites, put_terms
from registry.records.drafts.entries import NameDraft, PassageDraft, RepressionDraft, RoleDraft
from registry.records.entries.editing import discredit
from registry.records.history.shapes import Event
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY
from tests.conftest import new_change
from tests.records.test_history import DEAD, edit, entry_of, only_event, set_status, told
from tests.records.test_history_more import EDIT, words

pytestmark = pytest.mark.django_db


@contextmanager
def editing(entry: Entry) -> Iterator[None]:
    """Change parts of an entry in one act."""
    with act(kind=ChangeKind.EDIT, **EDIT) as doing:
        doing.touch(ENTRY, entry.pk)
        yield


def newest(person: int, language: str = "en") -> Event:
    return only_event(told(person, language)[0])


@pytest.fixture
def vocabulary() -> None:
    drafts = [
        TermDraft("fate", "survived", "survived", "выжил", "вижив", spellings=("жив",)),
        TermDraft("region", "r", "Invented region", "Область", "Область"),
    ]
    put_terms(drafts=drafts, change=new_change("words"))
    sites = [
        SiteDraft(slug=slug, kinds=("camp",), names=(SiteNameDraft("en", slug),))
        for slug in ("shown-wood", "hidden-wood")
    ]
    put_sites(drafts=sites, change=new_change("places"))
    MemorialSite.all_records.filter(slug="hidden-wood").update(status=SiteStatus.WITHDRAWN)


@pytest.mark.usefixtures("vocabulary")
def test_ids_are_told_by_their_words(make_person: Any) -> None:
    person = make_person(nationality="выдуманный", occupation="smith", **DEAD)
    edit(
        entry_of(person),
        sex="m",
        nationality=Spelling.all_records.get(text="жив"),
        birth_region=Term.all_records.get(code="r"),
        burial_site=MemorialSite.all_records.get(slug="shown-wood"),
        burial_certainty="presumed",
        wording={"occupation": {"ru": "кузнец"}},
    )
    assert words(newest(person, "ru")) == {
        "sex": ([], ["m"]),
        "birth_region": ([], ["Область"]),
        "nationality": (["выдуманный"], ["жив"]),
        "occupation": (["smith"], ["кузнец"]),
        "burial_site": ([], ["shown-wood"]),
        "burial_certainty": ([], ["presumed"]),
    }
    edit(entry_of(person), burial_site=MemorialSite.all_records.get(slug="hidden-wood"))
    assert words(newest(person)) == {"burial_site": (["shown-wood"], [])}


def test_of_a_repression_only_the_parts_that_differ_are_told(make_person: Any) -> None:
    repression = RepressionDraft(charge="примерная", sentence="пять лет", sentence_months=60)
    person = make_person(repressions=(repression,), **DEAD)
    with editing(entry_of(person)):
        Repression.all_records.update(sentence="десять лет", sentence_months=120)
    assert words(newest(person)) == {
        "repressions": (
            ["arrest|sentence=пять лет|sentence_months=60"],
            ["arrest|sentence=десять лет|sentence_months=120"],
        )
    }
    with editing(entry_of(person)):
        Repression.all_records.update(kind="exile")
    assert words(newest(person)) == {
        "repressions": (
            ["arrest|charge=примерная|sentence=десять лет|sentence_months=120"],
            ["exile|charge=примерная|sentence=десять лет|sentence_months=120"],
        )
    }


def test_lines_in_another_order_are_no_difference(make_person: Any) -> None:
    rows = (("main", "Примеров"), ("variant", "Примерев"), ("variant", "Премеров"))
    names = tuple(NameDraft(kind, full, full, language="ru", script="Cyrl") for kind, full in rows)
    person = make_person(names=names, **DEAD)
    with editing(entry_of(person)):
        one, other = EntryName.all_records.filter(kind="variant").order_by("pk")
        one.full, other.full = other.full, one.full
        one.family, other.family = other.family, one.family
        one.save()
        other.save()
    event = newest(person)
    assert (event.code, event.differences, event.withheld) == ("entry-changed", (), True)


def test_of_a_long_text_only_the_lines_that_differ_are_told(make_person: Any) -> None:
    passage = PassageDraft(locator="с. 5", text="первая\n\nвторая\nтретья")
    person = make_person(passage=passage, **DEAD)
    with editing(entry_of(person)):
        Passage.all_records.update(locator="с. 6", text="первая\nиная\nтретья")
    assert words(newest(person)) == {
        "passage_locator": (["с. 5"], ["с. 6"]),
        "passage_text": (["вторая"], ["иная"]),
    }


def test_what_is_not_believed_is_told_with_why(make_person: Any) -> None:
    person = make_person(occupation="кузнец", **DEAD)
    why = {"en": "another man", "ru": "другой человек"}
    discredit(entry=entry_of(person).pk, field="occupation", why=why, **EDIT)
    for language, text in (("ru", "другой человек"), ("uk", "another man")):
        assert words(newest(person, language)) == {"discredited": ([], [f"occupation|{text}"])}


def test_how_the_print_was_read_is_told(make_person: Any) -> None:
    person = make_person(**DEAD)
    edit(
        entry_of(person), reading={"birth": {"reason": "no-date"}, "death": {"reason": "corrected"}}
    )
    assert words(newest(person)) == {"reading": ([], ["birth|no-date"])}


def test_posts_are_told_where_they_may_be(make_person: Any) -> None:
    person = make_person(roles=(RoleDraft("post", "пост", parse_edtf("1936")),), **DEAD)
    with editing(entry_of(person)):
        entry_of(person).roles(manager="all_records").update(
            to_date_printed="1937", to_date_edtf="1937"
        )
    [(field, (before, after))] = words(newest(person)).items()
    assert (field, before) == ("roles", ["post"])
    assert after == ["post|to_date=1937"]


@pytest.mark.usefixtures("vocabulary")
def test_of_the_possibly_living_the_fate_is_told_by_its_term(make_person: Any) -> None:
    person = make_person(fate="Утечкин", birth=parse_edtf("1990"), residence="Утечкинск")
    set_status(person, PersonStatus.RESTRICTED)
    edit(
        entry_of(person),
        fate=Spelling.all_records.get(text="жив"),
        birth=parse_edtf("1990/1991"),
    )
    assert words(newest(person, "ru")) == {"fate": ([], ["выжил"]), "birth": (["1990"], [])}
    assert "Утечкин" not in repr(told(person))
