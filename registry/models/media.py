"""Photographs and scanned documents of people and places."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from .base import FuzzyDateColumns, Record, RecordQuerySet, date_in_order, one_of
from .people import Person, PersonStatus
from .sites import MemorialSite, SiteStatus
from .sources import Source, SourceStatus


class MediaType(models.TextChoices):
    """What a stored file is: pictures are made anew, scans in PDF are as they were sent."""

    JPEG = "image/jpeg", "JPEG"
    PDF = "application/pdf", "PDF"


class FileRecordQuerySet(RecordQuerySet):
    """Files; public when published, of a source in use, and of someone shown in full."""

    def visible(self) -> Self:
        """Keep published files."""
        return self.filter(
            Q(source__isnull=True) | Q(source__status=SourceStatus.IN_USE),
            Q(person__isnull=True)
            | Q(person__status=PersonStatus.PUBLIC, person__entry_count__gt=0),
            Q(site__isnull=True) | Q(site__status=SiteStatus.PUBLIC),
            published=True,
        )


class FileRecord(Record):
    """What photographs and documents share.

    `name` is random and the beginning of the names of its files, `sizes` are their widths and
    heights, smallest first (none known of a PDF); `checksum` is the SHA-256 of the largest.
    `caption` and `alt`, what it shows in words, are texts by language.
    """

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
    name = models.CharField(max_length=40, unique=True)
    media_type = models.CharField(max_length=20, choices=MediaType.choices, default=MediaType.JPEG)
    sizes = models.JSONField(default=list)
    checksum = models.CharField(max_length=64)
    credit = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    caption = models.JSONField(default=dict, blank=True)
    alt = models.JSONField(default=dict, blank=True)
    published = models.BooleanField(default=False)

    class Meta(Record.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, site__isnull=True)
                | Q(person__isnull=True, site__isnull=False),
                name="%(class)s_of_a_person_or_a_site",
            ),
            models.CheckConstraint(
                condition=Q(published=False) | Q(source__isnull=False),
                name="%(class)s_published_has_source",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.checksum[:12]


class Photograph(FileRecord):
    """A picture of a person or a place."""

    date = FuzzyDateColumns()

    class Meta(FileRecord.Meta):
        constraints = [
            *FileRecord.Meta.constraints,
            date_in_order("date"),
            models.CheckConstraint(
                condition=Q(media_type=MediaType.JPEG), name="photograph_is_a_picture"
            ),
        ]


class Document(FileRecord):
    """A scanned paper about a person or a place."""

    date = FuzzyDateColumns()

    class Meta(FileRecord.Meta):
        constraints = [
            *FileRecord.Meta.constraints,
            date_in_order("date"),
            one_of("media_type", MediaType),
        ]
