"""Nothing of what a picture tells of its maker is in what is kept of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from registry.records.drafts.uploads import check_upload, store_file
from tests.files.pictures import tells_nothing
from tests.submissions.pictures import KINDS, MOMENT, mark, marked, marks_in, places, plain


@pytest.mark.parametrize("kind", KINDS)
def test_a_marked_picture_tells_in_every_place(kind: str) -> None:
    """Else its silence afterwards would mean nothing."""
    sent = marked(kind)
    assert marks_in(sent) == sorted(places(kind))
    assert marks_in(plain(kind)) == []
    with Image.open(BytesIO(sent)) as opened:
        opened.load()
        assert opened.format == kind
        exif = opened.getexif()
        assert exif[0x010F] == mark("exif-maker")
        assert exif.get_ifd(0x8769)[0x9003] == MOMENT
        degrees = exif.get_ifd(0x8825)[2][0]
        assert f"{float(degrees):.5f}" == "55.92167"
        assert mark("profile").encode() in opened.info["icc_profile"]
        assert mark("xmp") in str(opened.info)


def test_a_mark_is_found_in_other_clothes() -> None:
    text = mark("comment")
    for dressed in (text.upper(), text.lower(), text.encode().hex()):
        assert marks_in(b"x" + dressed.encode() + b"y") == ["comment"]
    assert marks_in(text.encode("utf-16-le")) == ["comment"]
    assert marks_in(mark("a field").encode(), also=("a field",)) == ["a field"]
    assert marks_in(b"nothing of it") == []


@pytest.mark.parametrize("kind", KINDS)
def test_none_of_it_is_kept(kind: str, media: Path) -> None:
    sent = SimpleUploadedFile(f"{mark('name')}.jpg", marked(kind), content_type=mark("type"))
    checked = check_upload(sent)
    assert checked.sizes == ((240, 180), (400, 300))
    store_file(checked)
    kept = sorted(media.iterdir())
    assert len(kept) == 2
    for path, content in zip(kept, checked.contents, strict=True):
        assert path.read_bytes() == content
        assert marks_in(content + path.name.encode(), also=("name", "type")) == []
        assert tells_nothing(content)
        with Image.open(BytesIO(content)) as opened:
            opened.load()
            assert (opened.format, dict(opened.getexif())) == ("JPEG", {})
