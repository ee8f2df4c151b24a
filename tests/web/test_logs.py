"""What the log says of requests, and whom it never names."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from registry.models import Role
from registry.records.ledger.accounts import create_staff_account
from registry.web import forms, search
from registry.web.logs import JsonLines
from tests.databases import NOW, ROOT
from tests.routes import PREFIXES, every_route
from tests.web.visiting import Visitor

pytestmark = pytest.mark.django_db
SECRET = "Забытов"  # stands for whatever nobody may find in a log
HOSTILE = (
    SECRET,
    "203.0.113.77",
    "2001:db8::77",
    "SomeBrowser/1.0",
    "invented-username",
    "eighteen-quiet-herons",
    "Примеров",
    "evil.example",
    "person-of-the-path",
    "cookie-of-someone",
    "what was typed",
    "BREW",
    "line\nbroken",
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Catch what the site writes to standard error, as the settings have it."""
    [handler] = [
        one
        for one in logging.getLogger().handlers
        if isinstance(one, logging.StreamHandler) and isinstance(one.formatter, JsonLines)
    ]
    caught = io.StringIO()
    before = handler.setStream(caught)
    yield caught
    handler.setStream(before)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def browser() -> Client:
    return Client(
        raise_request_exception=False,
        REMOTE_ADDR="203.0.113.77",
        HTTP_X_FORWARDED_FOR="2001:db8::77",
        HTTP_USER_AGENT="SomeBrowser/1.0",
        HTTP_COOKIE="cookie-of-someone=1; sessionid=cookie-of-someone",
        HTTP_REFERER=f"https://evil.example/?q={SECRET}",
    )


def test_a_request_is_one_line(log: io.StringIO, client: Client) -> None:
    client.get("/ru/people/", {"q": SECRET})
    client.get("/none-such/")
    first, second = lines(log)
    assert set(first) == {
        "time", "level", "logger", "event", "request",
        "method", "route", "status", "milliseconds",
    }  # fmt: skip
    assert (first["event"], first["route"], first["status"]) == ("request", "people", 200)
    assert (second["route"], second["status"], second["level"]) == ("-", 404, "INFO")
    assert first["request"] != second["request"]
    assert isinstance(first["milliseconds"], int)


def test_nobody_asks_after_the_health_of_a_site_in_its_log(log: io.StringIO) -> None:
    Client().get("/healthz")
    assert lines(log) == []


def test_nobody_is_named_whatever_is_asked(log: io.StringIO) -> None:
    client = browser()
    for _name, path in every_route():
        for prefix in PREFIXES:
            client.get(f"{prefix}{path}", {"q": SECRET, "next": "https://evil.example/"})
        client.post(path, {"reason": "what was typed", "login": "invented-username"})
    for path in (
        f"/people/person-of-the-path/?q={SECRET}",
        f"/{SECRET}/../person-of-the-path",
        "/people/?q=%00%0aline%0abroken&page=person-of-the-path",
        "//evil.example/%2e%2e",
        f"/admin/registry/source/person-of-the-path/change/?q={SECRET}",
        "/sources/person-of-the-path/",
        f"/api/v1/people?q={SECRET}&birth_from=person-of-the-path",
        "/api/v1/suggest?q=" + "Примеров" * 500,
    ):
        client.get(path)
        client.generic("BREW", path, "what was typed")
    client.get("/", headers={"Host": "evil.example"})
    client.post("/people/", "what was typed" * 10, content_type="multipart/form-data; boundary=x")
    client.get("/people/?" + "&".join(f"{SECRET}{n}=1" for n in range(2000)))
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR="203.0.113.77")
    strict.post("/accounts/login/", {"login": "invented-username", "csrfmiddlewaretoken": SECRET})
    text = log.getvalue()
    assert len(lines(log)) > 300
    assert [word for word in HOSTILE if word in text or json.dumps(word)[1:-1] in text] == []


def test_nobody_is_named_who_logs_in(log: io.StringIO) -> None:
    create_staff_account(username="invented-username", role=Role.EDITOR, now=NOW)
    client = browser()
    for password in ("eighteen-quiet-herons", SECRET):
        client.post("/accounts/login/", {"login": "invented-username", "password": password})
    text = log.getvalue()
    assert "account_login" in text
    assert [word for word in HOSTILE if word in text] == []


def test_a_fault_is_told_by_its_types_and_our_own_lines(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise KeyError(f"{SECRET} at 203.0.113.77")

    monkeypatch.setattr(search, "answer", lambda *_args, **_kwargs: fail())
    assert browser().get(f"/people/?q={SECRET}").status_code == 500
    [fault, request] = lines(log)
    assert (fault["level"], fault["logger"]) == ("ERROR", "django.request")
    assert fault["exceptions"] == ["builtins.KeyError"]
    assert any(frame.startswith("registry/web/search.py:") for frame in fault["frames"])
    assert fault["request"] == request["request"]
    assert request["status"] == 500
    assert [word for word in HOSTILE if word in log.getvalue()] == []


def test_a_database_that_is_gone_is_told_by_its_type(log: io.StringIO) -> None:
    def fail(*_args: object) -> None:
        raise OperationalError(f'password authentication failed for "{SECRET}"')

    with connection.execute_wrapper(fail):
        assert browser().get("/people/1/").status_code == 503
    fault = lines(log)[0]
    assert (fault["event"], fault["logger"]) == ("unavailable", "registry.web.errors")
    assert fault["exceptions"] == ["django.db.utils.OperationalError"]
    assert SECRET not in log.getvalue()
    assert json.dumps(SECRET)[1:-1] not in log.getvalue()


def test_what_others_log_keeps_no_value(log: io.StringIO) -> None:
    for name in ("gunicorn.error", "django.security.DisallowedHost", "some.package", "registry.x"):
        logging.getLogger(name).error("Invalid request from %s", "203.0.113.77")
    logging.getLogger("some.package").error(f"Asked for {SECRET}")
    logging.getLogger("gunicorn.access").critical("203.0.113.77 GET /people/")
    logging.getLogger("django.server").critical("GET /people/?q=%s", SECRET)
    told = lines(log)
    assert len(told) == 5
    assert [word for word in HOSTILE if word in log.getvalue()] == []
    assert told[3]["event"] == "Invalid request from %s"
    assert told[4]["event"].startswith("test_logs.")


def test_a_process_of_its_own_writes_nothing_else(tmp_path: Any) -> None:
    """Ask as production does, where no test has a hand in the handlers."""
    script = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "c = Client(raise_request_exception=False, SERVER_NAME='localhost')\n"
        f"c.get('/people/?q={SECRET}')\n"  # there is no table: the database is not usable
        "c.get('/about/', headers={'Host': 'evil.example'})\n"
        "c.get('/none-such/person-of-the-path')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={
            "DJANGO_SETTINGS_MODULE": "memorial.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
            "PATH": "",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [one["status"] for one in told if one["event"] == "request"] == [503, 400, 404]
    assert [word for word in HOSTILE if word in done.stderr] == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_no_line_tells_that_a_contributor_was_here(log: io.StringIO, prefix: str) -> None:
    visitor = Visitor(prefix)
    receipt = visitor.begin()
    visitor.open("/submit/form/1/birth/").send(birth_date=SECRET)
    visitor.open("/receipt/").send(receipt=receipt)
    visitor.open("/submit/leave/")
    visitor.client.handler.enforce_csrf_checks = True
    visitor.client.post(f"{prefix}/submit/person/", {"family_name": SECRET})
    script: Any = visitor.client.get("/static/registry/leave.js")
    assert b"Escape" in b"".join(script.streaming_content)
    script.close()
    assert lines(log) == []
    visitor.open("/about/")
    assert [line["route"] for line in lines(log)] == ["about"]


def test_a_fault_on_a_contributors_page_tells_the_day_alone(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "groups", lambda _: 1 // 0)
    visitor = Visitor()
    visitor.client.raise_request_exception = False
    visitor.begin()
    assert visitor.open("/submit/form/").status == 500
    [line] = lines(log)
    assert set(line) == {"time", "level", "logger", "event", "exceptions", "frames"}
    assert len(line["time"]) == len("2026-01-15")
    assert line["exceptions"] == ["builtins.ZeroDivisionError"]
