"""Photographs and scanned documents of people and places."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from .base import FuzzyDateColumns, Record, RecordQuerySet, date_in_order
from .people import Person, PersonStatus
from .sites import MemorialSite
from .sources import Source, SourceStatus


class FileRecordQuerySet(RecordQuerySet):
    """Files; public when published, of a source in use, and of someone shown in full."""

    def visible(self) -> Self:
        """Keep published files."""
        return self.filter(
            Q(source__isnull=True) | Q(source__status=SourceStatus.IN_USE),
            Q(person__isnull=True) | Q(person__status=PersonStatus.PUBLIC),
            Q(site__isnull=True) | Q(site__status="public"),
            published=True,
        )


class FileRecord(Record):
    """What photographs and documents share. `checksum` is the SHA-256 of the stored file."""

    queryset_class = FileRecordQuerySet

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    site = models.ForeignKey(
        MemorialSite, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    file = models.FileField(upload_to="files/")
    checksum = models.CharField(max_length=64)
    credit = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    caption = models.JSONField(default=dict, blank=True)
    published = models.BooleanField(default=False)

    class Meta(Record.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, site__isnull=True)
                | Q(person__isnull=True, site__isnull=False),
                name="%(class)s_of_a_person_or_a_site",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.checksum[:12]


class Photograph(FileRecord):
    """A picture of a person or a place."""

    date = FuzzyDateColumns()

    class Meta(FileRecord.Meta):
        constraints = [*FileRecord.Meta.constraints, date_in_order("date")]


class Document(FileRecord):
    """A scanned paper about a person or a place."""

    date = FuzzyDateColumns()

    class Meta(FileRecord.Meta):
        constraints = [*FileRecord.Meta.constraints, date_in_order("date")]
