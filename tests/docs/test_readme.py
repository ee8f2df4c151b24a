"""The README names every command, setting, gate target and API address there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from registry.api import api
from tests.lint import GATES
from tests.relevance.publishing import BEGIN, END, PAGE, table

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    path.stem
    for path in (ROOT / "registry" / "management" / "commands").glob("*.py")
    if path.stem != "__init__"
)
SETTINGS = sorted(
    set(
        re.findall(
            r'(?:environ\.get|env_bool|env_count|env_list)\(\s*"([A-Z_]+)"',
            (ROOT / "memorial" / "settings.py").read_text(encoding="utf-8"),
        )
    )
)
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
PACKAGES = sorted(
    path.parent.name
    for pattern in ("*/__init__.py", "records/*/__init__.py")
    for path in (ROOT / "registry").glob(pattern)
)
OPTIONS = sorted(
    option
    for path in (ROOT / "registry" / "management" / "commands").glob("*.py")
    for option in re.findall(r'"(--[a-z-]+)"', path.read_text(encoding="utf-8"))
    if option != "--noreload"  # runserver's own, accepted and without effect
)


def test_there_is_something_to_name() -> None:
    assert COMMANDS
    assert {"DATABASE_URL", "SECRET_KEY", "READ_ONLY"} <= set(SETTINGS)
    assert {"demo", "test", "lint", "soak"} <= set(TARGETS)


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_named(command: str) -> None:
    assert f"`{command}" in README


@pytest.mark.parametrize("option", OPTIONS)
def test_option_is_named(option: str) -> None:
    assert f"`{option}" in README


@pytest.mark.parametrize("setting", [*SETTINGS, "REQUIRE_ALL"])
def test_setting_is_named(setting: str) -> None:
    assert f"`{setting}`" in README


@pytest.mark.parametrize("target", TARGETS)
def test_target_is_named(target: str) -> None:
    assert f"make {target}" in README


@pytest.mark.parametrize("package", PACKAGES)
def test_package_is_on_the_map(package: str) -> None:
    assert re.search(rf"^  .*\b{package}/", README, re.MULTILINE)


@pytest.mark.parametrize("address", sorted(api.get_openapi_schema()["paths"]))
def test_address_of_the_api_is_named(address: str) -> None:
    assert address.replace("{number}", "{id}") in README


def test_gates_are_named() -> None:
    row = next(line for line in README.splitlines() if line.startswith("| `make lint`"))
    assert [name.strip() for name in row.split(":")[1].strip(" |").split(",")] == [
        {"ruff": "rules"}.get(name, name) for name in GATES
    ]


def test_two_commands_stand_in_the_first_screen() -> None:
    assert {"make demo", "make test"} <= {
        line.partition("#")[0].strip() for line in README.splitlines()[:15]
    }


def test_the_figures_of_the_search_are_those_of_the_page() -> None:
    told = json.loads(PAGE.read_text(encoding="utf-8"))
    assert f"{BEGIN}{table(told)}{END}" in README
