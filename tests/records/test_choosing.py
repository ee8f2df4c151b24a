"""Choices: which entry an editor believes, told with its reason, superseded and never deleted."""

from __future__ import annotations

from typing import Any

import pytest

from registry.dates import parse_edtf
from registry.models import Change, ChangeKind, Choice, Entry, Person, Role
from registry.records import public_person, refresh_people, withdraw_source
from registry.records.drafts.entries import RepressionDraft
from registry.records.ledger.acts import act
from registry.records.ledger.snapshots import ENTRY
from registry.records.people.choosing import CHOICE, ChoiceRefused, choose, drop_choice
from registry.records.undoing.reverting import undo_change
from tests.databases import NOW
from tests.records.drafting import draft, put_one

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"by": None, "role": Role.EDITOR, "now": NOW}
DEAD = parse_edtf("1938-01-15")


@pytest.fixture
def person(library: None, change: Change) -> int:
    """Someone of whom two books say different things; the first is the better."""
    return put_one(
        change,
        draft(
            "1", "book-a", person_key="p", birth=parse_edtf("1891"), birth_place="Орёл",
            birth_region="oryol", death=DEAD, death_place="Москва", occupation="поэт",
            repressions=(RepressionDraft(arrest=parse_edtf("1937-11-03")),),
        ),
        draft(
            "2", "book-b", person_key="p", birth=parse_edtf("1892"), birth_place="Тверь",
            birth_region="tver", death=parse_edtf("1942-05-02"), death_place="Магадан",
            repressions=(RepressionDraft(arrest=parse_edtf("1937-11-08")),),
        ),
    )  # fmt: skip


def entry(key: str) -> int:
    return int(Entry.all_records.get(key=key).pk)


def pick(person: int, field: str, key: str, reason: str = "seen in the file") -> Change | None:
    return choose(person=person, field=field, entry=entry(key), reason=reason, **ACT)


def fact(person: int, field: str) -> tuple[str, str, str]:
    """Return the believed date or text of a field, the rule and the reason."""
    told = public_person(person, language="en")
    found = {**told.facts, **{k: f for e in told.episodes for k, f in e.facts.items()}}[field]
    assert found.value
    return (
        found.value.date.edtf if found.value.date else str(found.value.text),
        found.rule,
        found.reason,
    )


def arrests(person: int) -> list[tuple[str, str]]:
    found = [one.facts["arrest"] for one in public_person(person, language="en").episodes]
    return [(one.value.date.edtf, one.rule) for one in found if one.value and one.value.date]


def test_a_choice_decides_and_is_told_with_its_reason(person: int) -> None:
    assert fact(person, "birth") == ("1891", "rank", "")
    made = pick(person, "birth", "2")
    assert made
    assert made.kind == ChangeKind.EDIT
    assert fact(person, "birth") == ("1892", "choice", "seen in the file")
    assert Person.all_records.get(pk=person).birth_edtf == "1892"
    assert CHOICE.read([f"{person}:birth"]) == {
        f"{person}:birth": {"entry": entry("2"), "reason": "seen in the file"}
    }


def test_the_same_choice_again_is_no_change(person: int) -> None:
    pick(person, "birth", "2")
    assert pick(person, "birth", "2") is None
    assert Choice.all_records.count() == 1


def test_a_choice_is_superseded_given_up_and_never_deleted(person: int) -> None:
    first = pick(person, "birth", "2")
    second = pick(person, "birth", "1", "read again")
    dropped = drop_choice(person=person, field="birth", entry=entry("1"), reason="no", **ACT)
    assert fact(person, "birth")[1] == "rank"
    rows = Choice.all_records.values_list("change", "superseded_by", "reason")
    assert first
    assert second
    assert list(rows) == [
        (first.pk, second.pk, "seen in the file"), (second.pk, dropped.pk, "read again"),
    ]  # fmt: skip


def test_undoing_a_choice_supersedes_and_adds(person: int) -> None:
    first = pick(person, "birth", "2")
    second = pick(person, "birth", "1", "read again")
    assert first
    assert second
    undone = undo_change(change=second.pk, reason="wrong", **ACT)
    assert undone.left == []
    assert fact(person, "birth") == ("1892", "choice", "seen in the file")
    assert Choice.all_records.count() == 3
    assert undo_change(change=first.pk, reason="wrong", **ACT).left == []
    assert fact(person, "birth")[1] == "rank"
    assert undone.change
    assert [left.code for left in undo_change(change=undone.change.pk, reason="x", **ACT).left] == [
        "changed-since"
    ]
    assert Choice.all_records.filter(superseded_by=None).count() == 0


def test_the_place_chosen_moves_the_region_of_lists(person: int) -> None:
    pick(person, "birth_place", "2")
    row = Person.all_records.get(pk=person)
    assert (row.birth_place, row.birth_region.code) == ("Тверь", "tver")


def test_the_version_of_the_death_is_chosen_as_one(person: int) -> None:
    pick(person, "death_place", "2")
    assert fact(person, "death_place") == ("Магадан", "choice", "seen in the file")
    assert fact(person, "death")[0] == "1942-05-02"
    pick(person, "death", "1")
    assert fact(person, "death") == ("1938-01-15", "choice", "seen in the file")


@pytest.mark.parametrize(
    ("field", "key", "code"),
    [
        ("height", "1", "unknown-field"), ("birth_region", "1", "unknown-field"),
        ("episode:1.birth", "1", "unknown-field"), ("episode:0.arrest", "1", "unknown-field"),
        ("occupation", "1", "several-values"), ("episode:1.charge", "1", "several-values"),
        ("birth", "other", "unknown-entry"), ("sex", "1", "not-stated"),
        ("episode:2.arrest", "1", "not-stated"), ("episode:1.release", "1", "not-stated"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_refused(
    person: int, change: Change, field: str, key: str, code: str
) -> None:
    put_one(change, draft("other", "book-a", birth=parse_edtf("1850"), death=DEAD))
    with pytest.raises(ChoiceRefused) as refused:
        pick(person, field, key)
    assert refused.value.code == code
    assert not Choice.all_records.exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"standing": "withdrawn"}, "withdrawn"),
        ({"discredited": {"birth_date": "forged"}}, "discredited"),
        ({"discredited": {"*": "forged"}}, "discredited"),
        ({"birth_edtf": "", "birth_earliest": None, "birth_latest": None}, "not-understood"),
    ],
)
def test_an_entry_that_is_not_believed_is_refused(
    person: int, values: dict[str, Any], code: str
) -> None:
    Entry.all_records.filter(key="2").update(**values)
    fields = ["birth"] if code == "not-understood" else ["birth", "episode:1.arrest"]
    if "birth_date" in values.get("discredited", {}):
        fields = ["birth"]
    for field in fields:
        with pytest.raises(ChoiceRefused) as refused:
            pick(person, field, "2")
        assert refused.value.code == code


@pytest.mark.parametrize("status", ["held", "withdrawn", "suppressed"])
def test_nothing_is_chosen_of_someone_hidden(person: int, status: str) -> None:
    Person.all_records.filter(pk=person).update(status=status, status_by_rule=False)
    for act_on in (choose, drop_choice):
        with pytest.raises(ChoiceRefused, match="hidden"):
            act_on(person=person, field="birth", entry=entry("2"), reason="x", **ACT)
    with pytest.raises(ChoiceRefused, match="unknown-person"):
        choose(person=0, field="birth", entry=entry("2"), reason="x", **ACT)


def test_there_must_be_a_choice_to_give_up(person: int) -> None:
    pick(person, "birth", "2")
    with pytest.raises(ChoiceRefused, match="no-choice"):
        drop_choice(person=person, field="birth", entry=entry("1"), reason="x", **ACT)
    with pytest.raises(ValueError, match="reason"):
        pick(person, "birth", "1", " ")


@pytest.mark.parametrize(
    "values",
    [{"standing": "withdrawn"}, {"discredited": {"*": "forged"}}, {"person": 0}],
    ids=["withdrawn", "discredited", "moved"],
)
def test_a_choice_whose_entry_left_is_ignored_and_told(
    person: int, change: Change, values: dict[str, Any]
) -> None:
    pick(person, "birth", "2")
    pick(person, "episode:1.arrest", "2")
    assert public_person(person, language="en").lapsed == ()
    if "person" in values:
        values = {"person": put_one(change, draft("other", "book-a", death=DEAD))}
    with act(kind=ChangeKind.EDIT, reason="left", **ACT) as doing:
        doing.touch(ENTRY, entry("2"))
        Entry.all_records.filter(key="2").update(**values)
    told = public_person(person, language="en")
    assert told.lapsed == ("birth", "arrest")
    assert (told.facts["birth"].rule, told.facts["birth"].reason) == ("only", "")
    assert doing.change
    undo_change(change=doing.change.pk, reason="back", **ACT)
    assert public_person(person, language="en").lapsed == ()
    assert fact(person, "birth")[1] == "choice"


def test_a_lapsed_choice_is_put_aside(person: int) -> None:
    pick(person, "birth", "2")
    pick(person, "episode:1.arrest", "2")
    withdraw_source(slug="book-b", reason="forged", **ACT)
    assert public_person(person, language="en").lapsed == ("birth", "arrest")
    for field in ("birth", "episode:1.arrest"):
        drop_choice(person=person, field=field, entry=entry("2"), reason="gone", **ACT)
    assert public_person(person, language="en").lapsed == ()


def test_a_choice_stays_with_its_repression_when_an_earlier_one_comes(
    person: int, change: Change
) -> None:
    pick(person, "episode:1.arrest", "2")
    assert arrests(person) == [("1937-11-08", "choice")]
    earlier = RepressionDraft(arrest=parse_edtf("1931-01-01"))
    put_one(change, draft("3", "book-a", person_key="p", repressions=(earlier,)))
    assert arrests(person) == [("1931-01-01", "only"), ("1937-11-08", "choice")]
    pick(person, "episode:1.arrest", "3")
    assert arrests(person) == [("1931-01-01", "choice"), ("1937-11-08", "choice")]


def test_another_entry_of_the_episode_supersedes(person: int) -> None:
    pick(person, "episode:1.arrest", "2")
    made = pick(person, "episode:1.arrest", "1", "the better scan")
    assert fact(person, "arrest") == ("1937-11-03", "choice", "the better scan")
    assert Choice.all_records.filter(superseded_by=None).count() == 1
    assert made
    assert undo_change(change=made.pk, reason="wrong", **ACT).left == []
    assert fact(person, "arrest") == ("1937-11-08", "choice", "seen in the file")
    assert Choice.all_records.filter(superseded_by=None).count() == 1


def test_of_two_choices_that_come_to_meet_the_later_counts(person: int, change: Change) -> None:
    far = RepressionDraft(arrest=parse_edtf("1934-05-17"))
    put_one(change, draft("3", "book-b", person_key="p", repressions=(far,)))
    pick(person, "episode:1.arrest", "3", "earlier")
    pick(person, "episode:1.arrest", "2", "later")
    assert arrests(person) == [("1934-05-17", "choice"), ("1937-11-08", "choice")]
    for row in Entry.all_records.filter(person=person):
        row.repressions(manager="all_records").update(episode=1)
    refresh_people([person], now=NOW)
    assert fact(person, "arrest") == ("1937-11-08", "choice", "later")
    assert public_person(person, language="en").lapsed == ()
    pick(person, "episode:1.arrest", "1", "last")
    assert Choice.all_records.filter(superseded_by=None).count() == 1
