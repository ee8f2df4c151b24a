"""One page of a list, and how a queryset is cut into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

Item = TypeVar("Item")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list: `number` from 1 to `pages`, `count` of the whole list."""

    items: tuple[Item, ...]
    number: int
    pages: int
    count: int

    def map(self, change: Callable[[Item], Other]) -> Page[Other]:
        """Return the same page with every item changed."""
        return self.with_items(tuple(change(item) for item in self.items))

    def with_items(self, items: tuple[Other, ...]) -> Page[Other]:
        """Return the same page with other items."""
        return Page(items=items, number=self.number, pages=self.pages, count=self.count)


def cut_page(rows: QuerySet[Any, Any], number: int, limit: int) -> Page[Any]:
    """Return page `number` of `limit` rows, in two queries; the nearest one past either end."""
    count = rows.count()
    pages = max(1, -(-count // limit))
    number = min(max(number, 1), pages)
    start = (number - 1) * limit
    return Page(items=tuple(rows[start : start + limit]), number=number, pages=pages, count=count)
