"""Photographs and scans of a submission: taken one by one, shown to its session alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.dates import parse_edtf
from registry.models import Part, Submission, SubmittedFile
from registry.records.drafts.uploads import MEGABYTE
from registry.submissions import limits
from registry.submissions.receiving import send_submission
from registry.web import sent_files, uploading
from registry.wording.submissions import file_refusal
from tests.databases import NOW
from tests.files.pictures import TOLD, jpeg, telling
from tests.web.visiting import HOW, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
PATH = "/submit/form/files/"
NAME = "бабушка-IMG_0001.jpg"


def upload(content: bytes, name: str = NAME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def sent() -> list[SubmittedFile]:
    return list(SubmittedFile.all_records.order_by("position"))


@pytest.fixture
def at_files(visitor: Visitor) -> Visitor:
    visitor.begin()
    return visitor.open(PATH)


def test_several_are_taken_and_one_that_fails_keeps_the_rest(at_files: Visitor) -> None:
    files = [
        upload(jpeg(60)),
        upload(b"no picture", "письмо.txt"),
        upload(telling("PNG")),
        upload(b"", "пусто.jpg"),
        upload(jpeg(60), "дважды.jpg"),
    ]
    at_files.send(files=files, go="stay", rights="Наш альбом.")
    assert at_files.status == 422
    for name, code in (
        ("письмо.txt", "not-a-picture"),
        ("пусто.jpg", "empty"),
        ("дважды.jpg", "already-there"),
    ):
        assert f"{name}: {file_refusal(code)}" in at_files.text.replace(" :", ":")
    assert [file.position for file in sent()] == [1, 2]
    assert at_files.form()["rights"] == "Наш альбом."
    assert Submission.all_records.get().rights == "Наш альбом."
    at_files.open(PATH)
    assert "IMG_0001" not in at_files.html


def test_nothing_a_file_tells_of_its_maker_is_kept(at_files: Visitor, media: Path) -> None:
    at_files.send(files=[upload(telling("JPEG"))])
    [file] = sent()
    kept = b"".join(path.read_bytes() for path in media.iterdir())
    assert TOLD not in kept
    assert not any("IMG" in path.name for path in media.iterdir())
    assert NAME not in str(file.__dict__)


def test_what_each_shows_is_said_and_kept_though_a_file_fails(at_files: Visitor) -> None:
    at_files.send(files=[upload(jpeg(40)), upload(jpeg(50))], go="stay")
    assert at_files.path == PATH
    at_files.send(
        **{
            "caption-1": "Примеров с братом", "date-1": "лето 1935", "kind-2": "document",
            "caption-2": "Справка", "files": [upload(b"no picture")], "go": "stay",
        }
    )  # fmt: skip
    assert at_files.status == 422
    one, two = sent()
    assert (one.caption, one.date, one.is_document) == ("Примеров с братом", "лето 1935", False)
    assert (two.caption, two.is_document) == ("Справка", True)
    at_files.send(**{"remove-1": "1", "rights": "Наш альбом."})
    assert [file.caption for file in sent()] == ["Справка"]
    assert at_files.path == "/submit/form/0/you/"


def test_a_caption_that_is_too_long_comes_back(at_files: Visitor) -> None:
    at_files.send(files=[upload(jpeg())], go="stay")
    at_files.send(**{"caption-1": "П" * 2_001})
    assert (at_files.status, at_files.form()["caption-1"]) == (422, "П" * 2_001)
    assert sent()[0].caption == ""


def test_a_picture_belongs_to_one_of_the_family(at_files: Visitor) -> None:
    at_files.open("/submit/form/0/who/").send(given_name="Примера", kinship="spouse")
    at_files.open(PATH).send(files=[upload(jpeg())], go="stay")
    assert '<select name="part-1">' in at_files.html
    at_files.send(**{"part-1": "2"})
    assert sent()[0].part == Part.all_records.get(position=2)
    at_files.open(PATH).send(**{"part-1": "9"})
    assert at_files.status == 422


def test_previews_are_shown_to_the_session_of_the_submission_alone(at_files: Visitor) -> None:
    at_files.send(files=[upload(jpeg())])
    name = f"{sent()[0].name}-40.jpg"
    answer = at_files.client.get(f"{PATH}{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert at_files.client.get(f"/files/{name}").status_code in {404, 410}
    other = Visitor()
    assert other.client.get(f"{PATH}{name}").status_code == 404
    other.begin(family_name="Другов")
    assert other.client.get(f"{PATH}{name}").status_code == 404
    assert at_files.client.get(f"{PATH}..%2Fsettings.py").status_code == 404
    at_files.open("/submit/leave/")
    assert at_files.client.get(f"{PATH}{name}").status_code == 404


def test_ten_at_a_time(at_files: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    monkeypatch.setattr(sent_files, "_take_one", lambda _own, one: taken.append(one.name) or "")
    at_files.send(files=[upload(b"x", f"{number}.jpg") for number in range(12)])
    assert taken == [f"{number}.jpg" for number in range(10)]
    assert at_files.text.count(file_refusal("too-many-at-once")) == 2


def test_what_takes_too_long_is_left_and_told(
    at_files: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 1.0, 16.0])
    clock = SimpleNamespace(monotonic=lambda: next(moments))
    monkeypatch.setattr(sent_files, "time", clock)
    at_files.send(files=[upload(jpeg(40)), upload(jpeg(50), "поздно.jpg")])
    assert file_refusal("out-of-time") in at_files.text
    assert len(sent()) == 1


def test_too_many_uploads_are_refused_and_what_was_typed_stays(
    at_files: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, "upload", replace(limits.LIMITS["upload"], most=1))
    at_files.send(files=[upload(jpeg(40)), upload(jpeg(50))], rights="Наш альбом.")
    assert (at_files.status, at_files.form()["rights"]) == (429, "Наш альбом.")
    assert sent() == []


def test_a_file_that_is_too_large_is_not_held_whole(
    at_files: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    check = sent_files.check_upload

    def looked_at(file: Any) -> Any:
        sizes.append(file.size)
        return check(file)

    monkeypatch.setattr(sent_files, "check_upload", looked_at)
    large = upload(b"\xff\xd8" + bytes(17 * MEGABYTE), "огромная.jpg")
    at_files.send(files=[large, upload(jpeg())])
    assert sizes[0] <= 15 * MEGABYTE + 1
    assert f"огромная.jpg: {file_refusal('too-large', 15)}" in at_files.text.replace(" :", ":")
    assert len(sent()) == 1


def test_what_is_dropped_of_a_form_stays_within_what_is_taken() -> None:
    handler = uploading.Bounded()
    assert handler.receive_data_chunk(b"12345", uploading.MOST_BYTES - 3) == b"123"
    assert handler.receive_data_chunk(b"12345", uploading.MOST_BYTES) is None
    for _ in range(11):
        handler.new_file("files", "x.jpg", "image/jpeg", None)
    assert handler.receive_data_chunk(b"12345", 0) is None


def test_files_and_no_word_of_whose_they_are_cannot_be_sent(at_files: Visitor) -> None:
    at_files.send(files=[upload(jpeg())])
    at_files.open("/submit/form/0/how/").send(**HOW)
    at_files.open("/submit/form/check/").send()
    assert at_files.status == 422
    assert f'href="{PATH}"' in at_files.html.partition('role="alert"')[2]
    assert "needed" in at_files.open("/submit/form/").text
    at_files.open(PATH).send(rights="Наш альбом.")
    at_files.open("/submit/form/check/").send()
    assert Submission.all_records.get().state == "waiting"


def test_more_are_added_while_it_waits(at_files: Visitor) -> None:
    at_files.open("/submit/form/0/how/").send(**HOW)
    send_submission(submission=Submission.all_records.get().pk, now=NOW)
    at_files.open("/receipt/open/")
    assert f'href="{PATH}"' in at_files.html
    at_files.open(PATH)
    assert 'name="rights"' not in at_files.html
    at_files.send(files=[upload(jpeg())])
    assert at_files.path == "/receipt/open/"
    assert f'src="{PATH}' in at_files.html
    assert [flag["code"] for flag in Submission.all_records.get().flags].count("files") == 1


def test_photographs_of_somebody_who_is_here(make_person: Callable[..., int]) -> None:
    person = make_person(death=parse_edtf("1938"))
    visitor = Visitor()
    visitor.open(f"/submit/files/{person}/").send(**HOW)
    visitor.go_on()
    assert visitor.path == PATH
    visitor.send()
    visitor.open("/submit/form/check/").send()
    assert visitor.status == 422
    visitor.open(PATH).send(files=[upload(jpeg())], rights="Наш альбом.")
    visitor.open("/submit/form/check/").send()
    row = Submission.all_records.get()
    assert (row.kind, row.state, Part.all_records.get().person_id) == ("files", "waiting", person)


def test_a_disk_that_takes_nothing_is_told_and_the_words_are_kept(
    at_files: Visitor, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.MEDIA_ROOT = Path("/proc/none")
    at_files.send(files=[upload(jpeg())], rights="Наш альбом.")
    assert file_refusal("not-stored") in at_files.text
    assert at_files.form()["rights"] == "Наш альбом."


def test_while_the_registry_only_reads_no_file_is_taken(at_files: Visitor, settings: Any) -> None:
    settings.READ_ONLY = True
    at_files.send(files=[upload(jpeg())], rights="Наш альбом.")
    assert (at_files.status, at_files.form()["rights"]) == (503, "Наш альбом.")
    assert sent() == []
