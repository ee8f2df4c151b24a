"""A contributor who tells everything about herself without knowing it: none of it is kept.

She comes with a marked address, browser, referrer, language and file, at one exact second, and
sends a picture that tells where and when it was taken. Then everything that is kept anywhere is
read: each table, the file of the database, the media, the log, the cache, the mail, a backup.
"""

from __future__ import annotations

import io
import json
import logging
import pickle
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from registry.models import Photograph, Submission, SubmittedFile
from registry.preservation import back_up
from registry.submissions.opening import open_by_receipt
from registry.submissions.outbox import send_mails
from registry.submissions.triage import ask_contributor
from registry.web.logs import JsonLines
from tests.submissions.pictures import mark, marked, marks_in
from tests.submissions.sending import accept_all, moderator

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = datetime(2026, 1, 14, 13, 37, 42, 987_654, tzinfo=UTC)
DECIDED = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
ADDRESS, FORWARDED = "203.0.113.77", "2001:db8::7777"
OURS = (
    "agent", "referrer", "language", "cookie", "file-name", "content-type", "boundary", "query",
)  # fmt: skip
MEANT = "Примеров"
"""What she means to tell, and what is kept: else the silence of everything would mean nothing."""
PREVIEW = re.compile(r'src="(/submit/form/files/[^"]+)"')
GROUP = re.compile(r"<span>(\d{4})</span>")


class Contributor:
    """A browser that tells all it can."""

    def __init__(self) -> None:
        self.client = Client(
            REMOTE_ADDR=ADDRESS,
            HTTP_X_FORWARDED_FOR=f"{FORWARDED}, {ADDRESS}",
            HTTP_USER_AGENT=mark("agent"),
            HTTP_REFERER=f"https://example.org/{mark('referrer')}",
            HTTP_ACCEPT_LANGUAGE=f"ru, x-{mark('language')};q=0.5",
        )
        self.client.cookies["own"] = mark("cookie")

    def get(self, address: str) -> str:
        answer = self.client.get(f"{address}?q={mark('query')}")
        assert answer.status_code == 200, address
        return answer.content.decode()

    def post(self, address: str, *, status: int = 200, **values: Any) -> str:
        answer = self.client.post(f"{address}?q={mark('query')}", values, follow=True)
        assert answer.status_code == status, (address, answer.content.decode())
        return answer.content.decode()


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    return found[1] if found else ""


def files() -> list[SimpleUploadedFile]:
    """Return a marked picture of each kind, with a name and a type that tell something, too."""
    return [
        SimpleUploadedFile(
            f"{mark('file-name')} {kind}.jpg",
            # No two alike: the same picture is taken once.
            marked(kind, width=400 + 10 * number),
            content_type=mark("content-type"),
        )
        for number, kind in enumerate(("JPEG", "PNG", "WEBP"))
    ]


def come_and_send() -> str:
    """Send somebody new with three pictures, all within one second; return the receipt."""
    she = Contributor()
    with time_machine.travel(MOMENT - timedelta(seconds=5), tick=False):
        for address in ("/", "/people/", "/sites/", "/submit/"):
            she.get(address)
        token = token_of(she.get("/submit/person/"))
    with time_machine.travel(MOMENT, tick=False):
        page = she.post(
            "/submit/person/", token=token, family_name=MEANT, given_name="Пример", go="next"
        )
        groups = GROUP.findall(page)
        assert len(groups) == 6
        she.post("/submit/form/0/how/", knowledge="memory", how="Рассказ", cites="", go="list")
        she.post("/submit/form/1/death/", death_date="05.11.1937", go="list")
        she.post("/submit/form/files/", files=files(), rights="мои", go="list")
        previews = PREVIEW.findall(she.get("/submit/form/files/"))
        assert len(previews) == 3
        for preview in previews:
            she.client.get(preview).getvalue()
        she.post(
            "/submit/form/0/you/", contact="someone@example.org", credit="anonymous", go="list"
        )
        she.post("/submit/form/check/", go="send")
    return " ".join(groups)


def come_back(receipt: str) -> None:
    """Answer a question with the receipt."""
    she = Contributor()
    with time_machine.travel(MOMENT - timedelta(seconds=5), tick=False):
        she.get("/receipt/")
        token = token_of(she.post("/receipt/", receipt=receipt))
    with time_machine.travel(MOMENT, tick=False):
        she.post("/receipt/open/", act="reply", text="Ответ", token=token)
        she.post("/receipt/", receipt=f"1234 {mark('query')}", status=422)
        she.client.get("/submit/form/files/nothing.jpg")
        she.get("/submit/leave/")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Catch what the site writes to standard error, every level of it."""
    [handler] = [
        one
        for one in logging.getLogger().handlers
        if isinstance(one, logging.StreamHandler) and isinstance(one.formatter, JsonLines)
    ]
    caught = io.StringIO()
    before = handler.setStream(caught)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.INFO)
    yield caught
    logging.getLogger().setLevel(level)
    handler.setStream(before)


def tables() -> Iterator[tuple[str, bytes]]:
    """Yield every table of the database, as its rows are read."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = [
                [bytes(one) if isinstance(one, memoryview) else one for one in row]
                for row in cursor.fetchall()
            ]
            # As text, and each number and moment as it would be written.
            told = "\n".join(str(one) for row in rows for one in row)
            yield table, told.encode() + repr(rows).encode()


def database_files() -> Iterator[tuple[str, bytes]]:
    """Yield the files of SQLite, the log of what was written included."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        for ending in ("", "-wal"):
            if Path(name + ending).exists():
                yield f"the database{ending}", Path(name + ending).read_bytes()


def kept_in_a_backup(folder: Path) -> Iterator[tuple[str, bytes]]:
    back_up(folder=folder, now=DECIDED)
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".pgdump":
            told = subprocess.run(
                ["pg_restore", "--file=-", str(path)],
                capture_output=True, check=True,
            )  # fmt: skip
            yield path.name, told.stdout
        elif path.is_file():
            yield path.name, path.read_bytes()


def everything(folder: Path, media: Path, log: str) -> Iterator[tuple[str, bytes]]:
    """Yield all that is kept anywhere, by what it is called."""
    yield from tables()
    yield from database_files()
    for path in sorted(media.rglob("*")):
        yield f"media {path.name}", path.name.encode() + b"\n" + path.read_bytes()
    yield "the log", log.encode()
    yield "the cache", pickle.dumps(cache._cache)  # type: ignore[attr-defined]
    yield "the mail", b"".join(one.message().as_bytes() for one in mail.outbox)
    yield from kept_in_a_backup(folder)


def told_of_her(content: bytes) -> list[str]:
    """Name what of her is in some bytes."""
    exact = {
        ADDRESS, FORWARDED, f"{MOMENT:%H:%M:%S}", str(int(MOMENT.timestamp())),
        str(int(MOMENT.timestamp()) - 5), f"{MOMENT:%H%M%S}.", "987654",
    }  # fmt: skip
    return [*marks_in(content, also=OURS), *(one for one in exact if one.encode() in content)]


def test_nothing_she_did_not_mean_to_tell_is_kept_anywhere(
    media: Path, tmp_path: Path, log: io.StringIO, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "registry@example.org"
    settings.STAFF_MAIL = "desk@example.org"
    cache.clear()
    receipt = come_and_send()
    number = open_by_receipt(receipt)
    assert SubmittedFile.all_records.filter(submission=number).count() == 3
    ask_contributor(submission=number, text="Откуда?", by=moderator(), now=DECIDED)
    come_back(receipt)
    row = Submission.all_records.get(pk=number)
    assert (row.state, row.since.isoformat()) == ("waiting", "2026-01-12")
    send_mails(now=DECIDED, limit=100)
    assert {to for one in mail.outbox for to in one.to} == {
        "desk@example.org", "someone@example.org",
    }  # fmt: skip
    accept_all(number, now=DECIDED)
    assert Photograph.public.count() == 3

    # Before anything here reads the files: she has looked at them herself by now.
    times = {(path.stat().st_mtime, path.stat().st_atime) for path in media.iterdir()}
    assert times == {(946_684_800, 946_684_800)}
    told = list(everything(tmp_path / "backup", media, log.getvalue()))
    assert {name: told_of_her(content) for name, content in told if told_of_her(content)} == {}
    # What she did mean is there, and so this reads what is kept.
    assert MEANT.encode() in dict(told)["registry_entryname"]
    # Of the pages of contributors no log tells at all, of the others each request.
    assert [json.loads(line)["route"] for line in log.getvalue().splitlines()] == [
        "home", "people", "sites",
    ]  # fmt: skip
    assert len(dict(told)["the cache"]) > 100
    assert receipt.replace(" ", "")[8:].encode() not in b"".join(content for _, content in told)


def test_what_tells_of_her_would_be_found() -> None:
    """Else the silence above would mean nothing."""
    for told in (ADDRESS, f"{MOMENT}", f"{MOMENT.timestamp()}", mark("agent")):
        assert told_of_her(f"x{told}y".encode())
    assert told_of_her(marked("PNG"))
    assert not told_of_her(b"Primer 2026-01-14 13:00:00")
