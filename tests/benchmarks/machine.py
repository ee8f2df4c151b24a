"""What machine the figures were measured on: they mean nothing without it."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """Return the processor, cores, memory, load and versions of the programs that are measured."""
    from django.db import connection  # noqa: PLC0415 (the settings must be named first)

    database = f"SQLite {sqlite3.sqlite_version}"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            database = f"PostgreSQL {cursor.fetchone()[0]}"
    return {
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(int(_field("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "load": round(os.getloadavg()[0], 2),
        # Debian's takes a fifth less time than one compiled with default options.
        "python": f"{platform.python_version()} {Path(sys.executable).resolve()}",
        "database": database,
        **{name: version(name) for name in ("django", "rapidfuzz", "numpy", "tantivy")},
    }


def peak_mb() -> int:
    """Return the most memory this process has held, in MB.

    `ru_maxrss` tells of a child the memory of its parent too, of which it is a copy until its
    program is loaded.
    """
    return int(_field("/proc/self/status", "VmHWM").split()[0]) // 1024


def _field(path: str, name: str) -> str:
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return "0"
