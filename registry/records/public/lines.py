"""People in lists: one line each, by ids, by letter, by the day of their death."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import F

from registry.dates import FuzzyDate, parse_edtf
from registry.models import EntryName, Person, PersonStatus, SourceStatus, Standing

from .pages import Page, cut_page
from .shapes import PersonLine, Text
from .shaping import worded_text

READER_ORDER = (
    "main",
    "transliteration",
    "married",
    "variant",
    "birth",
    "religious",
    "pseudonym",
)
"""Which name a reader of another language meets: the main one, else its transliteration."""
PEOPLE_A_PAGE = 50
DIED_ON_DAY = 12
"""How many of those who died on a day are named on the first page."""


def person_lines(people: Sequence[int], *, language: str) -> list[PersonLine]:
    """Return a line for each of these ids that the public may see, in the order asked."""
    return lines_of(shown_rows(people), language=language)


def shown_rows(people: Sequence[int]) -> list[Person]:
    """Return the rows of these ids that the public may see, in the order asked, in one query."""
    rows = Person.public.filter(pk__in=people).select_related("fate").in_bulk()
    return [rows[pk] for pk in people if pk in rows]


def lines_of(rows: Sequence[Person], *, language: str) -> list[PersonLine]:
    """Return a line for each of these rows, all of which the public may see."""
    names = reader_names(rows, language=language)
    return [_line(row, names[row.pk], language) for row in rows]


def _line(person: Person, reader_name: Text, language: str) -> PersonLine:
    restricted = person.status == PersonStatus.RESTRICTED
    main = Text(person.full, person.name_language)
    return PersonLine(
        id=person.pk,
        name=main,
        reader_name=None if reader_name.value == person.full else reader_name,
        birth=_told(person.birth, restricted=restricted),
        death=_told(person.death, restricted=restricted),
        birth_place=None if restricted else worded_text(person, "birth_place", language),
        occupation=None if restricted else worded_text(person, "occupation", language),
        fate=Text(person.fate.label(language), language) if person.fate else None,
        entries=person.entry_count,
        restricted=restricted,
        sex="" if restricted else person.sex,
        fate_code=person.fate.code if person.fate else "",
    )


def _told(day: FuzzyDate | None, *, restricted: bool) -> FuzzyDate | None:
    return year_of(day) if restricted else day


def year_of(date: FuzzyDate | None) -> FuzzyDate | None:
    """Return the year of a date, or None where it does not lie in one year."""
    return parse_edtf(str(date.year)) if date and date.year else None


def reader_names(people: Iterable[Person], *, language: str) -> dict[int, Text]:
    """Return the name of each of these people for a reader of `language`, in one query.

    The main name where it is in that language, else a row that is, else the main name.
    """
    rows = list(people)
    found = {row.pk: Text(row.full, row.name_language) for row in rows}
    foreign = [row.pk for row in rows if row.name_language != language]
    names = sorted(_names_in(foreign, language), key=lambda name: READER_ORDER.index(name[1]))
    # The best known comes last, and stays.
    found |= {person: Text(full, language) for person, _, full in reversed(names)}
    return found


def _names_in(people: Collection[int], language: str) -> Iterable[tuple[int, str, str]]:
    """Yield person, kind and full name of their rows in a language, best source first.

    What an entry says that is discredited as a whole is left out.
    """
    return (
        EntryName.all_records.filter(
            entry__person__in=people,
            entry__standing=Standing.IN_USE,
            entry__source__status=SourceStatus.IN_USE,
            language=language,
        )
        .exclude(entry__discredited__has_key="*")
        .order_by(
            F("entry__source__rank").asc(nulls_last=True), "entry__source__slug", "entry__key", "pk"
        )
        .values_list("entry__person", "kind", "full")
        if people
        else ()
    )


def index_letters() -> dict[str, list[str]]:
    """Return the letters that names begin with, by script: `cyrillic` and `latin`."""
    letters = Person.public.order_by().exclude(letter="").values_list("letter", flat=True)
    latin = Person.public.order_by().exclude(latin_letter="")
    return {
        "cyrillic": sorted(set(letters.distinct())),
        "latin": sorted(set(latin.values_list("latin_letter", flat=True).distinct())),
    }


def people_by_letter(letter: str, *, page: int = 1, language: str) -> Page[PersonLine]:
    """Return a page of the people whose name begins with a letter, Cyrillic or Latin."""
    column = "latin_letter" if letter.isascii() else "letter"
    rows = Person.public.filter(**{column: letter.upper()}).order_by("sort_key", "pk")
    found = cut_page(rows.values_list("pk", flat=True), page, PEOPLE_A_PAGE)
    return found.with_items(tuple(person_lines(found.items, language=language)))


def died_on(day: date, *, language: str) -> list[PersonLine]:
    """Return some of the people who died on this day of the year, those longest dead first."""
    rows = Person.public.filter(
        status=PersonStatus.PUBLIC, death_month_day=day.month * 100 + day.day
    ).order_by("death_earliest", "sort_key", "pk")
    return person_lines(list(rows.values_list("pk", flat=True)[:DIED_ON_DAY]), language=language)
