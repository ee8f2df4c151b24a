"""The tables of the package: tab-separated files read once, when they are first needed."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

__all__ = ["rows"]


@cache
def rows(table: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of `tables/<table>.tsv`, each a tuple of its cells.

    Lines that begin with `#` are the header (what the table is, where it comes from, its
    columns) and are left out, as are empty lines. Raises FileNotFoundError for a table that
    the package does not have.
    """
    text = files("registry.names").joinpath("tables", f"{table}.tsv").read_text("utf-8")
    return tuple(_cells(text))


def _cells(text: str) -> Iterator[tuple[str, ...]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))
