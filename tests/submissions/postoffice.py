"""A mail server on loopback, real enough for `smtplib`: it takes, refuses, hangs, or falls."""

from __future__ import annotations

import base64
import email
import email.policy
import re
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage


class PostOffice(socketserver.ThreadingTCPServer):
    """What it took stands in `letters`, as (address, letter); the rest says how it behaves.

    `answers` maps what an address contains to what it answers: to `RCPT` a code and words, or
    `hang`, or `fall` (it drops the connection after it has read the letter).
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.letters: list[tuple[str, EmailMessage]] = []
        self.answers: dict[str, str] = {}
        self.greeting = "220 invented.example"
        self.password = ""
        self.seconds_a_letter = 0.0
        self.asked: Counter[str] = Counter()
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        """The port it was given."""
        return int(self.server_address[1])

    @property
    def addresses(self) -> list[str]:
        """Whom it took letters for, in order."""
        return [address for address, _ in self.letters]

    def answer_to(self, address: str) -> str:
        """Return how a letter to an address is answered."""
        return next((said for part, said in self.answers.items() if part in address), "250 good")

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: who called may hang up."""


class Session(socketserver.StreamRequestHandler):
    """One connection."""

    server: PostOffice

    def handle(self) -> None:
        """Speak SMTP until the other leaves."""
        office = self.server
        office.asked["connections"] += 1
        if office.greeting == "hang":
            office.closing.wait(30)
            return
        self.say(office.greeting)
        address = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            office.asked[verb] += 1
            if verb == "EHLO":
                self.say("250-invented.example")
                self.say("250 AUTH PLAIN" if office.password else "250 8BITMIME")
            elif verb == "AUTH":
                given = base64.b64decode(line.split()[-1]).split(b"\0")[-1].decode()
                self.say("235 in" if given == office.password else "535 out")
            elif verb == "RCPT":
                [address] = re.findall(r"<(.*?)>", line)
                said = office.answer_to(address)
                if said == "hang":
                    office.closing.wait(30)
                    return
                self.say("250 good" if said == "fall" else said)
            elif verb == "DATA":
                self.say("354 go on")
                letter = self.read_letter()
                if office.answer_to(address) == "fall":
                    return
                time.sleep(office.seconds_a_letter)
                office.letters.append((address, letter))
                self.say("250 taken")
            else:
                self.say("221 bye" if verb == "QUIT" else "250 good")

    def say(self, line: str) -> None:
        """Answer with a line."""
        self.wfile.write(f"{line}\r\n".encode())

    def read_letter(self) -> EmailMessage:
        """Read up to the dot."""
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        return letter


def closed_port() -> int:
    """Return a port at which nobody answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def open_office() -> Iterator[PostOffice]:
    """Open a mail server and close it again, with whoever still hangs on it."""
    with PostOffice() as office:
        worker = threading.Thread(target=office.serve_forever, args=(0.02,), daemon=True)
        worker.start()
        try:
            yield office
        finally:
            office.closing.set()
            office.shutdown()
            worker.join()
