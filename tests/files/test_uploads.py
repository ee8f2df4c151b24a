"""What is taken of the files that people send, and how it lies on the disk."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.formats import pictures
from registry.records.drafts import uploads
from registry.records.drafts.uploads import (
    MEGABYTE,
    ROOT,
    CheckedFile,
    UploadRefused,
    check_upload,
    drop_file,
    is_stored,
    on_disk,
    read_stored,
    store_file,
)
from tests.files.pictures import (
    TOLD,
    file_of,
    jpeg,
    picture,
    png_of_size,
    telling,
    tells_nothing,
)

PAPER = b"%PDF-1.4\n1 0 obj<</Author(" + TOLD + b")>>endobj\n%%EOF"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_in_a_process_of_its_own(kind: str) -> None:
    checked = check_upload(telling(kind))
    assert checked.media_type == "image/jpeg"
    assert checked.sizes == ((40, 30),)
    assert all(tells_nothing(content) for content in checked.contents)
    assert TOLD not in b"".join(checked.contents)


def test_what_a_file_calls_itself_counts_for_nothing() -> None:
    sent = SimpleUploadedFile("my-uncle.svg", jpeg(300, 200), content_type="text/html")
    checked = check_upload(sent)
    assert checked.sizes == ((240, 160), (300, 200))
    with pytest.raises(UploadRefused, match="not-a-picture"):
        check_upload(SimpleUploadedFile("x.jpg", b"<svg/>", content_type="image/jpeg"))


@pytest.mark.parametrize(
    ("data", "code", "limit"),
    [
        (b"", "empty", None),
        (bytes(15 * MEGABYTE + 1), "too-large", 15),
        (jpeg()[:-200], "unreadable", None),
        (png_of_size(100_000, 100_000, MEGABYTE), "too-many-pixels", 40),
        (file_of(picture(), "GIF"), "not-a-picture", None),
        (PAPER, "not-a-picture", None),
    ],
    ids=["empty", "large", "truncated", "bomb", "gif", "pdf"],
)
def test_each_refusal_has_its_code(data: bytes, code: str, limit: int | None) -> None:
    for sent in (data, BytesIO(data)):
        with pytest.raises(UploadRefused) as refused:
            check_upload(sent)
        assert (refused.value.code, refused.value.limit) == (code, limit)


def test_a_scan_in_pdf_is_taken_of_staff_as_it_is() -> None:
    checked = check_upload(PAPER, scans=True)
    assert checked == CheckedFile(uploads.MediaType.PDF, (), (PAPER,))
    assert check_upload(jpeg(), scans=True).sizes == ((40, 30),)


def run(program: str, seconds: float = 20) -> subprocess.CompletedProcess[bytes]:
    """Run a program after it gave up what the maker of pictures gives up."""
    limited = f"from registry.formats.pictures import *\n{program}"
    return subprocess.run(
        [sys.executable, "-c", limited],
        cwd=ROOT,
        env={},
        capture_output=True,
        timeout=seconds,
        check=False,
    )


def test_the_process_cannot_take_more_memory_or_time_or_write(tmp_path: Path) -> None:
    done = run("limit_process()\ntry:\n bytearray(2 * MEMORY)\nexcept MemoryError:\n print('no')")
    assert done.stdout == b"no\n"
    done = run("limit_process()\nwhile True: pass")
    assert done.returncode == -signal.SIGPROF
    done = run(f"limit_process()\nwith open('{tmp_path}/x', 'w') as out: out.write('x')")
    assert b"File too large" in done.stderr
    assert (tmp_path / "x").read_bytes() == b""


def test_the_process_has_no_key_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    real = subprocess.run

    def watched(*args: Any, **kwargs: Any) -> Any:
        given.update(kwargs)
        return real(*args, **kwargs)

    monkeypatch.setattr(subprocess, "run", watched)
    monkeypatch.setenv("SECRET_KEY", "of the site")
    check_upload(jpeg())
    assert given["env"] == {"LANG": "C.UTF-8"}
    assert given["timeout"] < 30


@pytest.mark.parametrize(
    ("answer", "code"), [(-9, "too-heavy"), (1, "unreadable"), (None, "too-heavy")]
)
def test_a_process_that_ends_otherwise_refuses(
    answer: int | None, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_args: Any, **_kwargs: Any) -> Any:
        if answer is None:
            raise subprocess.TimeoutExpired("x", 1)
        return subprocess.CompletedProcess([], answer, b"")

    monkeypatch.setattr(subprocess, "run", end)
    with pytest.raises(UploadRefused) as refused:
        check_upload(jpeg())
    assert refused.value.code == code


def test_files_lie_flat_under_random_names_of_one_moment(media: Path) -> None:
    stored = [store_file(check_upload(jpeg(300, 200))) for _ in range(2)]
    assert stored[0].name != stored[1].name
    names = sorted(path.name for path in media.iterdir())
    assert names == sorted(part for one in stored for part in one.parts)
    for path in media.iterdir():
        assert re.fullmatch(r"[0-9a-f]{32}-(240|300)\.jpg", path.name)
        told = path.stat()
        assert {told.st_mtime, told.st_atime} == {datetime(2000, 1, 1, tzinfo=UTC).timestamp()}
        assert told.st_mode & 0o777 & ~0o640 == 0
    assert all(is_stored(one) for one in stored)
    drop_file(stored[0])
    drop_file(stored[0])
    assert [is_stored(one) for one in stored] == [False, True]


def test_reading_a_file_leaves_no_trace_where_it_is_ours(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = store_file(check_upload(jpeg()))
    path = media / stored.parts[0]
    before = path.stat()
    assert read_stored(stored.parts[0]) == path.read_bytes()
    os.utime(path, (before.st_atime, before.st_mtime))
    real = os.open

    def of_somebody_else(name: Any, flags: int, *rest: Any) -> int:
        if flags & os.O_NOATIME:
            raise PermissionError
        return real(name, flags, *rest)

    read_stored(stored.parts[0])
    assert path.stat().st_atime == before.st_atime
    monkeypatch.setattr(os, "open", of_somebody_else)
    assert read_stored(stored.parts[0]) == path.read_bytes()
    with pytest.raises(FileNotFoundError):
        read_stored("nothing.jpg")


def test_a_file_the_disk_does_not_take_leaves_nothing(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check_upload(jpeg(300, 200))
    written: list[int] = []

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UploadRefused, match="not-stored"):
        store_file(checked)
    assert list(media.iterdir()) == []
    shutil.rmtree(media)
    media.write_text("no folder")
    with pytest.raises(UploadRefused, match="not-stored"):
        store_file(checked)


def test_a_file_stored_for_what_fails_goes_again(media: Path) -> None:
    checked = check_upload(jpeg())
    with pytest.raises(RuntimeError), on_disk(checked):
        raise RuntimeError
    assert list(media.iterdir()) == []
    kept = store_file(checked)
    with pytest.raises(RuntimeError), on_disk(kept):
        raise RuntimeError
    assert is_stored(kept)
    for one in (checked, kept):
        with on_disk(one) as stored:
            assert is_stored(stored)
        assert is_stored(stored)


def test_the_limits_are_those_of_the_rules() -> None:
    assert uploads.MOST_MEGABYTES == 15
    assert uploads.MOST_MEGAPIXELS * 1_000_000 == pictures.MOST_PIXELS == 40_000_000
    assert pictures.LIMITS[resource.RLIMIT_CPU] < uploads.SECONDS < 30
