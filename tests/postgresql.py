"""A PostgreSQL of the tests' own: started in a temporary folder, stopped by its own process id."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

UNSAFE_AND_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
INITDB_OPTIONS = ("-U", "registry", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
START_SECONDS = 60


class ServerFailed(RuntimeError):
    """The database server did not start; the message is the end of its log."""


@contextmanager
def postgresql(folder: Path, settings: Sequence[str] = UNSAFE_AND_FAST) -> Iterator[str]:
    """Start a server with the programs in `folder`; yield the `DATABASE_URL` of it, stop it after.

    initdb refuses to run as root, so root hands the server to the `postgres` user.
    """
    home = Path(tempfile.mkdtemp(prefix="registry-postgresql-"))
    become = _become_postgres(home)
    port = _free_port()
    data, log = home / "data", home / "log"
    try:
        subprocess.run(
            [*become, folder / "initdb", "-D", data, *INITDB_OPTIONS],
            check=True,
            cwd=home,
            stdout=subprocess.DEVNULL,
        )
        settings = (
            *settings,
            f"port={port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={home}",
            "max_connections=100",
        )
        options = [option for setting in settings for option in ("-c", setting)]
        with log.open("wb") as output:
            server = subprocess.Popen(
                [*become, folder / "postgres", "-D", data, *options],
                cwd=home,
                stdout=output,
                stderr=output,
                # Ctrl-C reaches the tests; the server is stopped after they have let go of it.
                start_new_session=True,
            )
        try:
            _wait_until_ready(folder, port, server, log)
            yield f"postgresql://registry@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(timeout=START_SECONDS)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _become_postgres(home: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(home, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(folder: Path, port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the server to answer; pg_isready itself waits between its attempts."""
    for _ in range(START_SECONDS):
        ready = subprocess.run(
            [folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", "registry"],
            check=False,
        )
        if ready.returncode == 0:
            return
        try:
            server.wait(timeout=0.3)
        except subprocess.TimeoutExpired:
            continue
        break
    raise ServerFailed(log.read_text(errors="replace")[-2000:])
