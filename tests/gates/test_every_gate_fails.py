"""Each gate of `make lint` is seen to fail on a violation planted in a copy of the tree."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import lint

pytestmark = pytest.mark.gates

MODULE = "registry/planted.py"
DOCSTRING = '"""A planted violation."""\n\n'
TEMPLATE = "templates/planted.html"

# gate, file, what is appended to it (or what it is made of), what the gate must name
PLANTED = [
    ("format", MODULE, DOCSTRING + "planted = ( 1 )\n", "planted.py"),
    ("ruff", MODULE, DOCSTRING + "import os\n", "F401"),
    ("ruff", MODULE, "planted = 1\n", "D100"),
    ("types", MODULE, DOCSTRING + "def planted(x):\n    return x\n", "planted.py"),
    ("imports", "registry/names/planted.py", DOCSTRING + "import registry.search\n", "one way"),
    ("imports", "registry/formats/planted.py", DOCSTRING + "import django.http\n", "no Django"),
    ("imports", "registry/planted/__init__.py", DOCSTRING, "registry.planted"),
    ("imports", "registry/web/planted.py", DOCSTRING + "import registry.api\n", "one way"),
    ("templates", TEMPLATE, '<img src="planted.png">\n', "planted.html"),
    (
        "migrations",
        "registry/models/terms.py",
        "\n\nclass Planted(Record):\n    planted = models.CharField(max_length=3)\n",
        "Planted",
    ),
    ("deployment", "memorial/settings.py", "\nSECURE_HSTS_SECONDS = 0\n", "W004"),
    ("sizes", MODULE, DOCSTRING + "planted = 1\n" * 400, "planted.py: 402 lines"),
    (
        "locks",
        "requirements/base.txt",
        "\npyrate-limiter[all]==4.5.1\npsycopg==3.3.9\n",
        "psycopg[pool]",
    ),
    ("hosts", "requirements/base.txt", "\n--index" + "-url https://packages.example\n", "base.txt"),
    pytest.param(
        "messages",
        TEMPLATE,
        '{% load i18n %}{% translate "A planted message" %}\n',
        "A planted message",
        marks=pytest.mark.gettext,
    ),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the tree as git would keep it; the types are read from the cache where there is one."""
    folder = tmp_path_factory.mktemp("gates") / "tree"
    for path in lint.files():
        target = folder / path.relative_to(lint.ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    cache = lint.ROOT / ".mypy_cache"
    if cache.exists():
        shutil.copytree(cache, folder / cache.name)
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


@pytest.fixture
def plant(copy: Path) -> Iterator[dict[Path, bytes | None]]:
    """Put back afterwards what the test has planted."""
    kept: dict[Path, bytes | None] = {}
    yield kept
    for path, content in kept.items():
        if content is None:
            path.unlink()
            if path.parent.name == "planted":
                shutil.rmtree(path.parent)
        else:
            path.write_bytes(content)


@pytest.mark.parametrize(("gate", "file", "text", "named"), PLANTED)
def test_gate_fails_on_a_planted_violation(
    copy: Path, plant: dict[Path, bytes | None], *, gate: str, file: str, text: str, named: str
) -> None:
    path = copy / file
    plant[path] = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(text)
    done = subprocess.run(
        [sys.executable, "-m", "tests.lint", gate],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"These gates failed: {gate}" in done.stdout
    assert named in done.stdout


def test_every_gate_is_planted_for() -> None:
    planted = {row.values[0] if hasattr(row, "values") else row[0] for row in PLANTED}
    assert planted == set(lint.GATES)


def test_runner_refuses_a_gate_that_is_none() -> None:
    assert lint.main(["no-such-gate"]) == 2
