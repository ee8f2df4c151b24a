"""Facets, filters and pages over the columns: `filters_and_facets`, run in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

MODULE = "tests.benchmarks.filters_and_facets"


def measure_facets() -> dict[str, Any]:
    """Return the milliseconds of each question, beside the bar for three million people."""
    with tempfile.TemporaryDirectory(prefix="registry-facets-") as folder:
        path = Path(folder) / "told.json"
        subprocess.run(
            [sys.executable, "-m", MODULE, "--write", "--out", path],
            check=True, stdout=subprocess.DEVNULL, env=os.environ,
        )  # fmt: skip
        told = json.loads(path.read_text(encoding="utf-8"))
    rows = {
        row["question"]: {"ms": round(row["columns"], 2), "bar": row["bar"]} for row in told["rows"]
    }
    return {"columns": told["columns"], **rows}
