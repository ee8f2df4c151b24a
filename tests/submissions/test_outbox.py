"""Mail waits in a table and is sent by a command, against a mail server on loopback."""

from __future__ import annotations

import io
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from registry.models import OutboxMail
from registry.submissions import outbox
from registry.submissions.outbox import (
    DELAYS,
    FORGOTTEN_AFTER,
    NO_BACKEND,
    TRIES,
    Sending,
    drop_mails,
    is_queued,
    queue_mail,
    send_mails,
    sends_mail,
)
from tests.processes import database_in_use, start
from tests.submissions.postoffice import PostOffice, closed_port, open_office

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 15, 12, 34, 56, 789, tzinfo=UTC)
TEXT = "Ваше сообщение Nr. 123 прочитано.\n.\n..точка"


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    """Open a mail server that the site sends to."""
    with open_office() as opened:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", opened.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.4
        settings.DEFAULT_FROM_EMAIL = "Registry <registry@registry.example>"
        yield opened


def put(*names: str, **said: Any) -> None:
    for name in names:
        values = {"language": "ru", "subject": "Ваш вопрос", "body": TEXT, "now": NOW, **said}
        assert queue_mail(address=f"{name}@mail.example", **values)


def send(now: datetime = NOW, limit: int = 100) -> Sending:
    return send_mails(now=now, limit=limit)


def waiting() -> list[str]:
    rows = OutboxMail.all_records.filter(failed_code="").order_by("pk")
    return [address.partition("@")[0] for address in rows.values_list("address", flat=True)]


def test_a_mail_is_sent_and_nothing_of_it_is_kept(office: PostOffice) -> None:
    put("one", "two")
    assert OutboxMail.public.count() == 0
    assert send() == Sending(sent=2)
    assert office.addresses == ["one@mail.example", "two@mail.example"]
    assert office.asked["connections"] == 1
    assert not OutboxMail.all_records.exists()
    letter = office.letters[0][1]
    assert letter["Subject"] == "Ваш вопрос"
    assert letter["From"] == "Registry <registry@registry.example>"
    assert letter["To"] == "one@mail.example"
    assert letter["Content-Language"] == "ru"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n").rstrip() == TEXT
    # Neither the machine that sends nor the moment at which it was written.
    assert letter["Message-ID"].endswith("@registry.example>")
    assert socket.gethostname() not in letter["Message-ID"]
    assert send() == Sending()


def test_a_mail_is_there_when_what_it_tells_of_is(office: PostOffice) -> None:
    def fail() -> None:
        with transaction.atomic():
            put("one")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert send() == Sending()
    assert office.letters == []


def test_a_waiting_mail_tells_the_week_and_no_more(office: PostOffice) -> None:
    put("one")
    row = OutboxMail.all_records.get()
    assert row.not_before == datetime(2026, 1, 12, tzinfo=UTC)
    assert {field.name for field in OutboxMail._meta.concrete_fields} == {
        "id", "address", "language", "subject", "body", "attempts", "not_before", "failed_code",
    }  # fmt: skip
    office.answers = {"one": "451 later"}
    send()
    row.refresh_from_db()
    assert (row.attempts, row.not_before) == (1, datetime(2026, 1, 15, 14, tzinfo=UTC))


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "one@mail.example\nBcc: two@mail.example", "x" * 300 + "@a.bc"]
)
def test_to_what_is_no_address_nothing_is_sent_and_nothing_fails(address: str) -> None:
    assert not queue_mail(address=address, language="ru", subject="s", body="b")
    assert not OutboxMail.all_records.exists()


def test_a_subject_is_one_line(office: PostOffice) -> None:
    put("one", subject="a\r\nBcc: two@mail.example\n" + "b" * 300)
    assert send().sent == 1
    [(_, letter)] = office.letters
    assert letter["Bcc"] is None
    assert letter["Subject"].startswith("a Bcc: two@mail.example bbb")


@pytest.mark.parametrize("answer", ["550 no such box", "451 later", "fall", "hang"])
def test_one_failing_mail_never_stops_the_others(answer: str, office: PostOffice) -> None:
    put("one", "bad", "two")
    office.answers = {"bad": answer}
    assert send() == Sending(sent=2, postponed=1, waiting=1)
    assert office.addresses == ["one@mail.example", "two@mail.example"]
    assert waiting() == ["bad"]
    # It waits its time, and goes when the server takes it.
    office.answers = {}
    assert send() == Sending(waiting=1)
    assert send(NOW + timedelta(hours=2)) == Sending(sent=1)


def test_a_mail_that_cannot_be_written_is_given_up_at_once(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = outbox._message_of

    def write(row: OutboxMail, connection: Any) -> Any:
        if row.address.startswith("bad"):
            raise TypeError("of someone@mail.example")
        return real(row, connection)

    monkeypatch.setattr(outbox, "_message_of", write)
    put("bad", "two")
    assert send() == Sending(sent=1, given_up=1)
    assert OutboxMail.all_records.get().failed_code == "unsendable"


@pytest.mark.parametrize(
    ("answer", "code"), [("550 no", "refused"), ("451 later", "refused"), ("fall", "interrupted")]
)
def test_a_mail_is_given_up_after_so_many_tries_and_its_address_dropped(
    answer: str, code: str, office: PostOffice
) -> None:
    put("bad")
    office.answers = {"bad": answer}
    now, waits = NOW, []
    for attempt in range(1, TRIES + 1):
        assert send(now) == (
            Sending(postponed=1, waiting=1) if attempt < TRIES else Sending(given_up=1)
        )
        due = OutboxMail.all_records.get().not_before
        waits.append(due - now)
        now = due
    assert all(
        delay <= wait <= delay + timedelta(hours=1)
        for delay, wait in zip(DELAYS, waits, strict=False)
    )
    assert list(DELAYS) == sorted(DELAYS)
    row = OutboxMail.all_records.get()
    assert (row.failed_code, row.attempts) == (code, TRIES)
    assert row.address == row.subject == row.body == ""
    office.answers = {}
    assert send(now + timedelta(days=30)) == Sending()
    assert office.letters == []
    send(now + FORGOTTEN_AFTER + timedelta(hours=2))
    assert not OutboxMail.all_records.exists()


SERVER_WORDS = {
    "unreachable": "The mail server does not answer or does not take the mail.",
    "log-in-refused": "The mail server refuses the name or the password.",
}


def command(*options: str) -> tuple[str, str]:
    """Run the command; return what it said, and the line it ended with where it failed."""
    told, words = io.StringIO(), ""
    with time_machine.travel(NOW):
        try:
            call_command("send_mail", *options, stdout=told)
        except CommandError as error:
            words = str(error) if error.returncode == 1 else "another exit code"
    return told.getvalue(), words


def no_server(office: PostOffice, settings: Any) -> None:
    settings.EMAIL_PORT = closed_port()


def hanging_server(office: PostOffice, settings: Any) -> None:
    office.greeting = "hang"


def closing_server(office: PostOffice, settings: Any) -> None:
    office.greeting = "554 not now"


def no_tls(office: PostOffice, settings: Any) -> None:
    settings.EMAIL_USE_TLS = True


def wrong_password(office: PostOffice, settings: Any) -> None:
    office.password = "the right one"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "registry", "a wrong one"


def odd_password(office: PostOffice, settings: Any) -> None:
    office.password = "the right one"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "registry", "пароль"


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (no_server, "unreachable"),
        (hanging_server, "unreachable"),
        (closing_server, "unreachable"),
        (no_tls, "unreachable"),
        (odd_password, "unreachable"),
        (wrong_password, "log-in-refused"),
    ],
)
def test_a_server_that_is_gone_ends_the_command_with_a_line_and_loses_nothing(
    trouble: Callable[[PostOffice, Any], None],
    code: str,
    office: PostOffice,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    names = [f"name{number}" for number in range(20)]
    put(*names)
    before = list(OutboxMail.all_records.values())
    trouble(office, settings)
    started = time.monotonic()
    assert send() == Sending(waiting=20, stopped=code)
    assert time.monotonic() - started < 5, "it was asked for every mail"
    # No try is counted: it waits as long as the server does not answer.
    assert list(OutboxMail.all_records.values()) == before
    told, words = command()
    assert words == SERVER_WORDS[code]
    assert "waiting: 20" in told
    assert caplog.messages == [code, code]
    said = told + words + caplog.text
    assert "mail.example" not in said
    assert "Ваш" not in said


def test_a_server_that_drops_one_letter_after_another_is_left_alone(office: PostOffice) -> None:
    put(*(f"name{number}" for number in range(20)))
    office.answers = {"name": "fall"}
    assert send() == Sending(postponed=3, waiting=20, stopped="unreachable")
    assert send() == Sending(postponed=3, waiting=20, stopped="unreachable")
    office.answers = {}
    assert send() == Sending(sent=14, waiting=6)
    assert send(NOW + timedelta(hours=3)).sent == 6


def test_a_password_lets_in(office: PostOffice, settings: Any) -> None:
    office.password = settings.EMAIL_HOST_PASSWORD = "the right one"
    settings.EMAIL_HOST_USER = "registry"
    put("one")
    assert send().sent == 1


def test_no_more_than_the_limit_goes_at_once(office: PostOffice) -> None:
    put("one", "two", "three")
    assert send(limit=0) == Sending(waiting=3)
    assert send(limit=2) == Sending(sent=2, waiting=1)
    told = "Mails sent: 1; to be tried again: 0; given up: 0; waiting: 0.\n"
    assert command("--limit", "2") == (told, "")


def test_mail_is_taken_off_with_the_address_it_would_go_to(office: PostOffice) -> None:
    put("one", "two", "One")
    assert is_queued("ONE@mail.example")
    assert drop_mails(address="ONE@mail.example") == 2
    assert drop_mails(address="") == 0
    assert waiting() == ["two"]
    assert not is_queued("one@mail.example")
    assert not is_queued("")


def test_a_mail_taken_off_while_it_is_due_is_not_sent(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("one", "two")
    real = outbox._opened

    def drop(connection: Any) -> str:
        drop_mails(address="one@mail.example")
        return real(connection)

    monkeypatch.setattr(outbox, "_opened", drop)
    assert send() == Sending(sent=1)
    assert office.addresses == ["two@mail.example"]


def test_a_site_without_a_mail_server_sends_nothing_and_keeps_no_address(settings: Any) -> None:
    put("one")
    settings.EMAIL_BACKEND = NO_BACKEND
    assert not sends_mail()
    assert not queue_mail(address="a@mail.example", language="ru", subject="s", body="b", now=NOW)
    # Of one that had a server until now, what waits is not lost, but told of.
    assert send() == Sending(waiting=1, stopped="no-mail")
    assert command()[1] == "No mail server is set (EMAIL_URL)."
    assert send(NOW + FORGOTTEN_AFTER) == Sending(given_up=1, stopped="no-mail")
    assert not OutboxMail.all_records.exists()
    assert command()[1] == ""
    assert django_mail.outbox == []


SEND = """
import sys, time, django
from pathlib import Path
django.setup()
from django.core.management import call_command
print("ready", flush=True)
while not Path(sys.argv[1]).exists():
    time.sleep(0.005)
call_command("send_mail")
"""


@pytest.fixture
def processes(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[[int], list[subprocess.Popen[str]]]]:
    """Give what starts so many processes that send the mail of this database, all at once."""
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{office.port}")
    monkeypatch.setenv("MAIL_FROM", "registry@registry.example")
    started: list[subprocess.Popen[str]] = []

    def begin(number: int) -> list[subprocess.Popen[str]]:
        started.extend(start(database_in_use(), SEND, str(tmp_path / "go")) for _ in range(number))
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        (tmp_path / "go").touch()
        return started

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.django_db(transaction=True)
def test_processes_that_send_at_once_send_nothing_twice(
    office: PostOffice, processes: Callable[[int], list[subprocess.Popen[str]]]
) -> None:
    put(*(f"name{number}" for number in range(40)), now=timezone.now())
    office.seconds_a_letter = 0.02
    begun = processes(3)
    told = [process.communicate() for process in begun]
    assert [process.returncode for process in begun] == [0, 0, 0], told
    assert sorted(office.addresses) == sorted(f"name{n}@mail.example" for n in range(40))
    assert not OutboxMail.all_records.exists()
    assert office.asked["connections"] > 1, "only one of them sent"


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_leaves_what_was_not_sent(
    office: PostOffice, processes: Callable[[int], list[subprocess.Popen[str]]]
) -> None:
    put(*(f"name{number}" for number in range(6)), now=timezone.now())
    office.answers = {"name3": "hang"}
    [process] = processes(1)
    while office.asked["RCPT"] < 4:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    assert office.addresses == [f"name{n}@mail.example" for n in range(3)]
    left = OutboxMail.all_records.values_list("address", "attempts")
    assert list(left) == [
        ("name4@mail.example", 0), ("name5@mail.example", 0), ("name3@mail.example", 1),
    ]  # fmt: skip
