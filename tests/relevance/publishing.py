"""Where the figures stand for readers: the page about the registry, and a table in the README."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "registry" / "web" / "quality.json"
README = ROOT / "README.md"
BEGIN, END = "<!-- python -m tests.relevance --publish -->\n", "<!-- end of what it writes -->\n"
REAL = "real "
"""How the classes of real pairs begin."""
POOLED = {"Latin: ": "Latin letters, {} customs", "form: ": "forms of {} languages"}


def publish(told: Mapping[str, Any]) -> None:
    """Write the figures where the page reads them, and into the README."""
    PAGE.write_text(f"{json.dumps(told, ensure_ascii=False, indent=1)}\n", encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}{table(told)}{END}{after}", encoding="utf-8")


def add_pairs(told: dict[str, Any], other: Mapping[str, Any]) -> None:
    """Take the figures of the real pairs from another measurement, and how many people it had."""
    pairs = {kind: own for kind, own in other["classes"].items() if kind.startswith(REAL)}
    told["classes"] |= pairs
    told["pairs_people"] = other["pairs_people"]


def table(told: Mapping[str, Any]) -> str:
    """Return the figures in Markdown: a row a class, Latin customs and languages each as one."""
    about = (
        f"{told['measured']}, {told['people']:,} people on {told['database']}, seed {told['seed']},"
        f" {told['queries']:,} queries, {told['standards']} standards; the real pairs among"
        f" {told['pairs_people']:,}"
    )
    lines = [
        about,
        "",
        "| class | queries | S@1 | S@10 | MRR | empty |",
        "|---|---|---|---|---|---|",
    ]
    for name, own in _rows(told):
        shares = " | ".join(f"{own[column]:.3f}" for column in ("s1", "s10", "mrr", "empty"))
        lines.append(f"| {name} | {own['queries']} | {shares} |")
    return "\n".join(["", *lines, "", ""])


def _rows(told: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, float]]]:
    together: dict[str, dict[str, Mapping[str, float]]] = {}
    for kind, own in told["classes"].items():
        group = next((start for start in POOLED if kind.startswith(start)), kind)
        together.setdefault(group, {})[kind] = own
    for group, classes in together.items():
        if group not in POOLED:
            yield group, classes[group]
            continue
        lowest = min(classes, key=lambda kind, found=classes: found[kind]["s10"])
        least = f"{lowest.removeprefix(group)} {classes[lowest]['s10']:.3f}"
        yield f"{POOLED[group].format(len(classes))} (lowest S@10: {least})", pooled(classes)
    yield from ((f"**{name}**", own) for name, own in told["all"].items())


def pooled(classes: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return the figures of several classes together."""
    queries = sum(own["queries"] for own in classes.values())
    shares = {
        name: sum(own[name] * own["queries"] for own in classes.values()) / queries
        for name in ("s1", "s10", "mrr", "empty")
    }
    return {"queries": queries, **shares}
