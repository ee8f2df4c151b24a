"""What is asked for: the parameters of the search, validated, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass

RELEVANCE = "relevance"
"""The order where no other is asked: the best match first, or by name where no name is asked."""
PAGE_LIMIT = 20
MOST_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """One search. Years are whole Gregorian years; codes are those of terms, places, sources.

    Empty means: not asked. Several codes of one parameter mean any of them; different
    parameters mean all of them.
    """

    q: str = ""
    family: str = ""
    given: str = ""
    patronymic: str = ""
    exact: bool = False
    birth_from: int | None = None
    birth_to: int | None = None
    death_from: int | None = None
    death_to: int | None = None
    arrest_from: int | None = None
    arrest_to: int | None = None
    undated: bool = False
    place: str = ""
    region: tuple[str, ...] = ()
    occupation: str = ""
    nationality: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    fate: tuple[str, ...] = ()
    operation: tuple[str, ...] = ()
    sentencing_body: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    rehabilitated: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    source: str = ""
    archive_file: str = ""
    has: tuple[str, ...] = ()
    sort: str = RELEVANCE
    page: int = 1
    limit: int = PAGE_LIMIT
