"""The address of the mail server, as the environment gives it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from memorial.settings import mail_server
from tests.processes import ROOT

SAY = """
from memorial import settings
print(settings.EMAIL_BACKEND.split(".")[-2], settings.DEFAULT_FROM_EMAIL, settings.EMAIL_TIMEOUT)
"""
PRODUCTION = {"DEBUG": "0", "SECRET_KEY": "x" * 60}
FROM = {"MAIL_FROM": "Registry <a@registry.example>"}


def said(**environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in an environment of their own."""
    command = [sys.executable, "-c", SAY]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_without_a_server_development_prints_and_production_sends_nothing() -> None:
    assert said().stdout == "console registry@localhost 10\n"
    assert said(**PRODUCTION).stdout == "dummy registry@localhost 10\n"


def test_a_server_needs_a_sender() -> None:
    url = {"EMAIL_URL": "smtp://mail.example/?tls=1"}
    assert said(**url, **FROM).stdout == f"smtp {FROM['MAIL_FROM']} 10\n"
    refused = said(**url)
    assert refused.returncode == 1
    assert "MAIL_FROM must be set" in refused.stderr


def test_the_settings_read_the_address_of_the_server() -> None:
    assert mail_server("smtp://registry:p%40ss@mail.example:2525/?tls=1") == {
        "host": "mail.example", "port": 2525, "user": "registry", "password": "p@ss",
        "tls": True, "ssl": False,
    }  # fmt: skip
    ports = {"smtp://h": 25, "smtp://h/?tls=0": 25, "smtp://h/?tls=1": 587, "smtps://h": 465}
    assert {url: mail_server(url)["port"] for url in ports} == ports
    assert mail_server("smtps://h")["ssl"]


@pytest.mark.parametrize(
    "url",
    [
        "mail.example", "http://mail.example", "smtp://", "smtp:///?tls=1", "smtp://h/?tls=yes",
        "smtps://h/?tls=1", "smtp://u:secret@h/?ssl=1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_understood_stops_the_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as stopped:
        mail_server(url)
    assert "secret" not in str(stopped.value)
