"""Lives, places, figures, files, families and wishes to hide are decided on the same page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from registry.admin.part_forms import ORDER
from registry.dates import parse_edtf
from registry.models import (
    Biography,
    Document,
    Entry,
    MemorialSite,
    PartKind,
    Person,
    PersonStatus,
    Photograph,
    Proposal,
    Relation,
    Role,
    SubmissionKind,
    SubmittedFile,
)
from registry.records.catalogue.sites import read_site_draft
from registry.records.drafts.uploads import check_upload
from registry.submissions.files import FileNote, add_file, stored_file
from registry.submissions.own import own_submission
from registry.submissions.receiving import add_part, save_answers, save_part, send_submission
from registry.submissions.starting import Target
from registry.submissions.testimony import TESTIMONY
from tests.admin.conftest import WOOD
from tests.admin.reviewing import act, form_in, open_review, path, press, row
from tests.admin.sending import errors_of
from tests.databases import NOW
from tests.files.pictures import jpeg
from tests.submissions.sending import begin, send

pytestmark = pytest.mark.django_db
LIFE = {"language": "ru", "title": "Жизнь", "text": "Родился *в деревне*."}
PLACE = {
    "name": "Выдуманный лес",
    "kind": "mass-grave",
    "where": "Примерск",
    "coordinates": "55.1234, 37,5678",
    "text": "Здесь нашли кости.",
}


@pytest.fixture
def moderator(at_desk: Any) -> Client:
    client: Client = at_desk(Role.MODERATOR)
    return client


@pytest.fixture
def person(make_person: Any) -> int:
    made: int = make_person(birth=parse_edtf("1880"), death=parse_edtf("1937"))
    return made


def with_files(kind: SubmissionKind, values: dict[str, str], many: int, **given: Any) -> int:
    started = begin(kind, values, **given)
    sent = started.submission
    save_answers(submission=sent, answers={"rights": "мои"}, now=NOW)
    for number in range(many):
        note = FileNote(is_document=number == 1, caption="Портрет", date="около 1930")
        add_file(submission=sent, file=check_upload(jpeg(900 + number, 600)), now=NOW, note=note)
    send_submission(submission=sent, now=NOW)
    return sent


def test_a_life_is_edited_and_keeps_the_words_that_were_sent(
    moderator: Client, person: int
) -> None:
    sent = send(SubmissionKind.BIOGRAPHY, LIFE, target=Target(person))
    page = open_review(moderator, sent)
    assert "No life of this person in this language." in page
    answer = act(moderator, sent, "accept", p1__sources=["", ""])
    assert "This is needed." in errors_of(answer)
    answer = act(moderator, sent, "accept", p1__sources=["no-such-book"])
    assert "there is none of this name" in errors_of(answer)
    act(moderator, sent, "accept", p1__text="Родился в деревне.", p1__credit="Внучка")
    life = Biography.all_records.get()
    assert (life.person_id, life.language, life.title, life.text, life.credit) == (
        person, "ru", "Жизнь", "Родился в деревне.", "Внучка",
    )  # fmt: skip
    assert [source.slug for source in life.sources.all()] == [TESTIMONY]
    own = own_submission(sent).parts[0]
    assert own.values["text"] == "Родился *в деревне*."
    assert dict(own.edited) == {"text": "Родился в деревне."}
    again = send(SubmissionKind.BIOGRAPHY, LIFE, target=Target(person))
    assert "Accepting this replaces it." in open_review(moderator, again)


def test_a_new_place_and_its_figure_are_made_together(moderator: Client) -> None:
    started = begin(SubmissionKind.SITE, PLACE)
    here: dict[str, Any] = {"submission": started.submission, "now": NOW}
    figure = add_part(kind=PartKind.FIGURE, **here)
    save_part(position=figure, values={"measure": "estimate", "low": "1 000", "high": "x"}, **here)
    send_submission(**here)
    sent = started.submission
    assert "There is no such place: a new one is made." in open_review(moderator, sent)
    answer = act(moderator, sent, "accept", p1__slug="", p2__low="9", p2__high="3")
    assert "This is needed." in errors_of(answer)
    assert "the lower first" in errors_of(answer)
    answer = act(moderator, sent, "accept", p1__kinds=None, p1__longitude="")
    assert "A point has a latitude and a longitude." in errors_of(answer)
    act(moderator, sent, "accept", p1__note="")
    draft = read_site_draft("vydumanny-les")
    assert draft is not None
    assert [(name.language, name.name, name.source) for name in draft.names] == [
        ("ru", "Выдуманный лес", TESTIMONY)
    ]
    assert (draft.kinds, draft.town, draft.latitude, draft.longitude, draft.events) == (
        ("mass-grave",), "Примерск", 55.1234, 37.5678, (),
    )  # fmt: skip
    assert [(one.measure, one.low, one.high) for one in draft.figures] == [("estimate", 1000, None)]
    assert own_submission(sent).parts[0].left_out == ("text",)
    assert own_submission(sent).parts[0].site == "vydumanny-les"


def test_a_figure_joins_what_is_said_of_a_place(moderator: Client, wood: MemorialSite) -> None:
    sent = send(
        SubmissionKind.SITE, {"measure": "estimate", "low": "7", "high": "9"},
        target=Target(site=wood.slug),
    )  # fmt: skip
    assert "Invented Wood" in open_review(moderator, sent)
    answer = act(moderator, sent, "accept", p1__slug="no-such-wood")
    assert "There is no such place." in errors_of(answer)
    act(moderator, sent, "accept", p1__locator="с. 3")
    draft = read_site_draft(wood.slug)
    assert draft is not None
    assert len(draft.names) == len(WOOD.names)
    assert [(one.low, one.high, one.source) for one in draft.figures] == [
        (1, 2, "invented-book"), (7, 9, TESTIMONY),
    ]  # fmt: skip


def test_a_place_that_is_here_gets_what_it_lacks(moderator: Client, wood: MemorialSite) -> None:
    sent = send(SubmissionKind.SITE, PLACE)
    act(moderator, sent, "accept", p1__slug=wood.slug)
    draft = read_site_draft(wood.slug)
    assert draft is not None
    assert (draft.town, draft.latitude, len(draft.names), draft.events[-1].text) == (
        "Nowhere", 55.1234, 2, "Здесь нашли кости.",
    )  # fmt: skip


def test_photographs_are_shown_with_what_is_said_of_them(
    moderator: Client, media: Path, person: int
) -> None:
    sent = with_files(SubmissionKind.FILES, {}, 3, target=Target(person))
    page = open_review(moderator, sent)
    assert "мои" in page
    first = SubmittedFile.all_records.get(submission=sent, position=1)
    name = stored_file(first).parts[-1]
    assert f"{path(sent)}file/{name}" in page
    act(
        moderator, sent, "accept", f1__caption_en="A portrait", f1__day="1930~",
        f1__licence="CC0", f3__mark="reject", f3__why="rights", f3__why_text="Чьё это?",
    )  # fmt: skip
    photograph, scan = Photograph.all_records.get(), Document.all_records.get()
    assert (photograph.person_id, photograph.published, photograph.licence) == (
        person, True, "CC0",
    )  # fmt: skip
    assert photograph.caption == {"en": "A portrait", "ru": "Портрет"}
    assert photograph.date is not None
    assert photograph.date.edtf == "1930~"
    assert photograph.source is not None
    assert (photograph.source.slug, scan.person_id) == (TESTIMONY, person)
    third = own_submission(sent).files[2]
    assert (third.outcome, third.reason, third.reason_text) == ("rejected", "rights", "Чьё это?")


def test_a_file_is_served_to_who_decides_and_never_kept(
    moderator: Client, media: Path, person: int
) -> None:
    sent = with_files(SubmissionKind.FILES, {}, 1, target=Target(person))
    other = send()
    name = stored_file(SubmittedFile.all_records.get()).parts[0]
    answer = moderator.get(f"{path(sent)}file/{name}")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200, "image/jpeg", "no-store",
    )  # fmt: skip
    assert (
        answer.content == (media / name[:2] / name).read_bytes()
        if (media / name[:2] / name).exists()
        else answer.content[:2] == b"\xff\xd8"
    )
    for address in (f"{path(other)}file/{name}", f"{path(sent)}file/..%2F{name}",
                    f"{path(sent)}file/none.jpg"):  # fmt: skip
        assert moderator.get(address).status_code == 404, address
    assert Client().get(f"{path(sent)}file/{name}").status_code == 302
    assert Client().get(f"/media/{name}").status_code == 404


def test_what_is_shown_needs_a_source_and_a_day_that_is_one(
    moderator: Client, media: Path, person: int
) -> None:
    sent = with_files(SubmissionKind.FILES, {}, 1, target=Target(person))
    answer = act(moderator, sent, "accept", f1__source="", f1__day="someday")
    assert "This is needed." in errors_of(answer)
    assert "not understood as a date" in errors_of(answer)
    act(moderator, sent, "accept", f1__source="", f1__published=None)
    assert not Photograph.all_records.get().published


def test_a_file_that_came_meanwhile_is_to_be_decided_too(
    moderator: Client, media: Path, person: int
) -> None:
    sent = with_files(SubmissionKind.FILES, {}, 1, target=Target(person))
    page = open_review(moderator, sent)
    add_file(submission=sent, file=check_upload(jpeg(950, 600)), now=NOW)
    answer = press(moderator, sent, page, "accept", f1__licence="CC0")
    told = answer.content.decode()
    assert "Something came in the meantime." in told
    assert 'value="CC0"' in told
    assert 'id="file-2"' in told
    assert row(sent).state == "waiting"
    assert press(moderator, sent, told, "accept").status_code == 302
    assert Photograph.all_records.count() == 2


def family() -> int:
    started = begin()
    here: dict[str, Any] = {"submission": started.submission, "now": NOW}
    son = add_part(kind=PartKind.PERSON, **here)
    values = {"family_name": "Примеров", "given_name": "Другой", "death_date": "1938"}
    save_part(position=son, values=values, kinship="child", **here)
    life = add_part(kind=PartKind.BIOGRAPHY, **here)
    save_part(position=life, values=LIFE, **here)
    send_submission(**here)
    return started.submission


def test_a_family_is_decided_part_by_part(moderator: Client) -> None:
    sent = family()
    assert "To whom the first part is about: Child." in open_review(moderator, sent)
    answer = act(moderator, sent, "decide", p1__mark="accept")
    assert errors_of(answer).count("Say of this whether it is accepted or rejected.") == 2
    act(
        moderator, sent, "decide", p1__mark="accept", p2__mark="accept",
        p3__mark="reject", p3__why="rights",
    )  # fmt: skip
    link = Relation.all_records.get()
    assert link.kind == "child"
    assert not Biography.all_records.exists()
    outcomes = [part.outcome for part in own_submission(sent).parts]
    assert outcomes == ["accepted", "accepted", "rejected"]


def test_one_part_is_looked_at_by_itself_while_somebody_types_in_it(moderator: Client) -> None:
    sent = family()
    page = open_review(moderator, sent)
    answer = press(moderator, sent, page, "look", only="p2", p2__take__death_date=None)
    told = answer.content.decode()
    assert "p2-verdict-death_date" in told
    assert "It is left out." in told
    assert "p1-verdict" not in told


def test_a_family_without_its_link_and_the_life_of_the_first(moderator: Client) -> None:
    sent = family()
    act(moderator, sent, "accept", p2__link=None)
    assert not Relation.all_records.exists()
    people = list(Entry.all_records.order_by("pk").values_list("person", flat=True))
    assert Biography.all_records.get().person_id == people[0]


def test_a_family_of_forty_is_decided_at_once_with_the_second_factor_for_many(
    moderator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = begin()
    here: dict[str, Any] = {"submission": started.submission, "now": NOW}
    every = {name: "примерно" for name in ORDER if not name.endswith("_date")}
    for _one in range(39):
        position = add_part(kind=PartKind.PERSON, **here)
        values = {**every, "sex": "m", "other_names": "", "death_date": "1938"}
        save_part(position=position, values=values, **here)
    send_submission(**here)
    sent = started.submission
    page = open_review(moderator, sent)
    sizes = (len(v) if isinstance(v, list) else 1 for v in form_in(page).values())
    assert sum(sizes) > 1000
    monkeypatch.setattr("registry.admin.review.MOST_AT_ONCE", 39)
    monkeypatch.setattr("registry.admin.proving.PROOF_SECONDS", -1)
    assert press(moderator, sent, page, "accept").status_code == 403
    monkeypatch.setattr("registry.admin.review.MOST_AT_ONCE", 40)
    assert press(moderator, sent, page, "accept").status_code == 302
    assert Entry.all_records.count() == 40


def test_fields_of_what_is_rejected_do_not_matter(moderator: Client) -> None:
    sent = family()
    act(
        moderator, sent, "decide", p1__mark="accept", p2__mark="reject", p2__source="no-such",
        p3__mark="reject", all__why="other", all__why_text="Так.",
    )  # fmt: skip
    assert Entry.all_records.count() == 1
    assert {part.reason_text for part in own_submission(sent).parts[1:]} == {"Так."}


@pytest.mark.parametrize(
    ("hide", "status", "proposed"),
    [
        ("restricted", PersonStatus.RESTRICTED, 0),
        ("withdrawn", PersonStatus.WITHDRAWN, 0),
        ("suppress", PersonStatus.WITHDRAWN, 1),
        ("nothing", PersonStatus.PUBLIC, 0),
    ],
)
def test_a_wish_to_hide_is_done_at_once(
    moderator: Client, person: int, hide: str, status: str, proposed: int
) -> None:
    sent = send(SubmissionKind.TAKEDOWN, {"what": "всё", "why": "мы"}, target=Target(person))
    answer = act(moderator, sent, "accept")
    assert "This is needed." in errors_of(answer)
    done = None if hide != "nothing" else "Ссылка убрана."
    if done:
        answer = act(moderator, sent, "accept", p1__hide=hide)
        assert "Mark what is taken away, or say what was done." in errors_of(answer)
    assert act(moderator, sent, "accept", p1__hide=hide, p1__done=done).status_code == 302
    assert Person.all_records.get(pk=person).status == status
    assert Proposal.all_records.count() == proposed
    assert row(sent).state == "accepted"


def test_suppressing_takes_the_second_factor_again(
    moderator: Client, person: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = send(SubmissionKind.TAKEDOWN, {"what": "всё"}, target=Target(person))
    page = open_review(moderator, sent)
    monkeypatch.setattr("registry.admin.proving.PROOF_SECONDS", -1)
    answer = press(moderator, sent, page, "accept", p1__hide="suppress")
    assert answer.status_code == 403
    assert "Give the second factor again" in answer.content.decode()
    assert row(sent).state == "waiting"
    assert press(moderator, sent, page, "accept", p1__hide="withdrawn").status_code == 302


def test_a_wish_about_nobody_named_is_refused_or_given_a_person(
    moderator: Client, person: int
) -> None:
    sent = send(SubmissionKind.TAKEDOWN, {"what": "дед", "where": "на странице"})
    answer = act(moderator, sent, "accept", p1__hide="withdrawn")
    assert "This is needed." in errors_of(answer)
    act(moderator, sent, "accept", p1__hide="withdrawn", p1__who="other", p1__other=str(person))
    assert Person.all_records.get(pk=person).status == PersonStatus.WITHDRAWN
    refused = send(SubmissionKind.TAKEDOWN, {"what": "всё"})
    act(moderator, refused, "reject", all__why="other", all__why_text="Он давно умер.")
    assert row(refused).state == "rejected"
