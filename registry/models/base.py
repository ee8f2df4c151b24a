"""What all tables share: the two managers, fuzzy dates in columns, wording in three languages."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models

from registry.dates import Calendar, FuzzyDate

LANGUAGES = ("en", "ru", "uk")


class RecordQuerySet(models.QuerySet[Any]):
    """The queryset of a table in which nothing is hidden; others override `visible`."""

    def visible(self) -> Self:
        """Keep what the public may see."""
        return self


class PublicManager(models.Manager[Any]):
    """The default manager, so that related sets are safe: it gives what the public may see."""

    use_in_migrations = False

    def get_queryset(self) -> Any:
        """Return what the public may see."""
        return self.model.queryset_class(self.model, using=self._db).visible()


class AllRecordsManager(models.Manager[Any]):
    """The base manager: everything. Only domain code and the admin's base class ask for it."""

    use_in_migrations = False

    def get_queryset(self) -> Any:
        """Return every row."""
        return self.model.queryset_class(self.model, using=self._db)


class Record(models.Model):
    """Base of every table: managers `public` and `all_records`, and no `objects`."""

    queryset_class: ClassVar[type[RecordQuerySet]] = RecordQuerySet

    public = PublicManager()
    all_records = AllRecordsManager()

    class Meta:
        abstract = True
        default_manager_name = "public"
        base_manager_name = "all_records"


class RowNumber(models.BigIntegerField):  # type: ignore[type-arg]  # no argument when it runs
    """A primary key that is a number given by us: on SQLite the row's own, stored once.

    There `bigint` would be a column beside the row's number, with a B-tree of its own; and an
    index that leads to the row's number need not read the row to tell it.
    """

    def db_type(self, connection: Any) -> str | None:
        """Return the type whose primary key SQLite takes for the number of the row."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Worded(Record):
    """A row whose own free texts may carry checked Russian and Ukrainian wording.

    `wording` maps a field of the row to texts by language: `{"birth_place": {"ru": "…"}}`.
    Only what is our own summary is worded; print is never translated silently.
    """

    wording = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def worded(self, field: str, language: str) -> tuple[str, str]:
        """Return the text of `field` for a reader of `language`, and the language it is in.

        The second value is empty when the text is as printed, in a language of its own.
        """
        texts: dict[str, str] = self.wording.get(field) or {}
        if language in texts:
            return texts[language], language
        return getattr(self, field), "en" if texts else ""


COLUMNS = ("printed", "edtf", "earliest", "latest", "calendar")
"""What the names of the columns of a date end in."""


class FuzzyDateColumns:
    """A date as printed, as EDTF, its earliest and latest day, and its calendar: five columns.

    `birth = FuzzyDateColumns()` adds `birth_printed`, `birth_edtf`, `birth_earliest`,
    `birth_latest` and `birth_calendar`; `row.birth` reads and writes them as one `FuzzyDate`.
    What was printed and not understood has text and no EDTF; an open end is null. It becomes a
    property of the model, so that a row can be made with it: `Entry(birth=…)`.
    """

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        """Add the columns to the model; Django calls this for every attribute that has it."""
        self.name = name
        self.columns = tuple(f"{name}_{suffix}" for suffix in COLUMNS)
        columns: tuple[models.Field[Any, Any], ...] = (
            models.CharField(max_length=300, blank=True),
            models.CharField(max_length=80, blank=True),
            models.DateField(null=True, blank=True),
            models.DateField(null=True, blank=True),
            models.CharField(max_length=10, blank=True),
        )
        for column, field in zip(self.columns, columns, strict=True):
            field.contribute_to_class(cls, column)
        setattr(cls, name, property(self.__get__, self.__set__))

    def __get__(self, row: Any, owner: type | None = None) -> FuzzyDate | None:
        """Return the date, or None where nothing is printed."""
        if row is None:
            raise AttributeError(f"{self.name} is read from a row, not from the table")
        printed: str = getattr(row, self.columns[0])
        edtf: str = getattr(row, self.columns[1])
        if not printed and not edtf:
            return None
        earliest: date | None
        latest: date | None
        earliest, latest, calendar = (getattr(row, column) for column in self.columns[2:])
        return FuzzyDate(
            printed=printed,
            edtf=edtf,
            earliest=earliest,
            latest=latest,
            calendar=Calendar(calendar) if calendar else Calendar.UNKNOWN,
        )

    def __set__(self, row: Any, value: FuzzyDate | None) -> None:
        """Spread the date over its columns; None empties them."""
        if value is None and self.__get__(row) is None:
            # Most dates of most entries: empty, and empty before.
            return
        row.__dict__.update(zip(self.columns, _spread(value), strict=True))


def _spread(value: FuzzyDate | None) -> tuple[str, str, date | None, date | None, str]:
    if value is None:
        return ("", "", None, None, "")
    calendar = "" if value.calendar is Calendar.UNKNOWN else value.calendar.value
    return (value.printed, value.edtf, value.earliest, value.latest, calendar)


def date_in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that `earliest` is not after `latest` for the date `name`."""
    earliest, latest = f"{name}_earliest", f"{name}_latest"
    return models.CheckConstraint(
        condition=models.Q(**{f"{earliest}__isnull": True})
        | models.Q(**{f"{latest}__isnull": True})
        | models.Q(**{f"{earliest}__lte": models.F(latest)}),
        name=f"%(class)s_{name}_in_order",
    )


def one_of(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """Return the constraint that `field` holds one of the declared choices."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": choices.values}), name=f"%(class)s_{field}_known"
    )
