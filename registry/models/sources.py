"""Where knowledge comes from: sources, and passages of them."""

from __future__ import annotations

from typing import Self

from django.db import models

from .base import Record, RecordQuerySet, Worded, one_of


class SourceKind(models.TextChoices):
    """What a source is."""

    CASE_FILE = "archive"
    CERTIFICATE = "certificate"
    DOCUMENT = "document"
    MEMORY_BOOK = "memory-book"
    DATABASE = "database"
    ENCYCLOPEDIA = "encyclopedia"
    BOOK = "book"
    ARTICLE = "article"
    MEMOIR = "memoir"
    TESTIMONY = "testimony"
    PRESS = "press"
    WEB = "web"
    EDITORIAL = "editorial"


class SourceStatus(models.TextChoices):
    """Whether what the source says may be shown; withdrawn is obeyed by every output."""

    IN_USE = "in-use"
    WITHDRAWN = "withdrawn"


class LivingRule(models.TextChoices):
    """What happens to a possibly living person known from this source only."""

    RESTRICT = "restrict"
    HOLD = "hold"


class SourceQuerySet(RecordQuerySet):
    """Sources; withdrawn ones are not public."""

    def visible(self) -> Self:
        """Keep the sources in use."""
        return self.filter(status=SourceStatus.IN_USE)


class Source(Worded):
    """A work, file, database or testimony that entries come from.

    `rank` is the evidence ladder, set by hand: 1 archival case file seen as such, 2 official
    certificate, 3 Book of Memory or scholarly database, 4 encyclopedia, monograph or article,
    5 memoir or family testimony, 6 press or web page. Only the editors' own source has none.
    `unreliable_for` names fields that are never concluded from it.
    """

    queryset_class = SourceQuerySet

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=500)
    author = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    url = models.CharField(max_length=500, blank=True)
    archived_url = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    quotes = models.CharField(max_length=500, blank=True)
    """The document the work quotes; the rank stays that of the quoting work."""
    unreliable_for = models.JSONField(default=list, blank=True)
    living_rule = models.CharField(
        max_length=10, choices=LivingRule.choices, default=LivingRule.HOLD
    )
    status = models.CharField(
        max_length=10, choices=SourceStatus.choices, default=SourceStatus.IN_USE
    )
    note = models.TextField(blank=True)

    class Meta(Record.Meta):
        constraints = [
            one_of("kind", SourceKind),
            one_of("status", SourceStatus),
            one_of("living_rule", LivingRule),
            models.CheckConstraint(
                # A null compared is not false, and a check lets it pass: hence the first half.
                condition=models.Q(rank__isnull=False, rank__range=(1, 6))
                | models.Q(rank__isnull=True, kind=SourceKind.EDITORIAL),
                name="source_rank_on_ladder",
            ),
        ]
        ordering = ["rank", "title", "slug"]

    def __str__(self) -> str:
        return self.title


class Rendering(models.TextChoices):
    """How a passage gives its source: the print itself, or our own words."""

    TRANSCRIBED = "transcribed"
    SUMMARISED = "summarised"


class PassageQuerySet(RecordQuerySet):
    """Passages; those of withdrawn sources are not public."""

    def visible(self) -> Self:
        """Keep passages of sources in use."""
        return self.filter(source__status=SourceStatus.IN_USE)


class Passage(Worded):
    """A place in a source and what stands there; it can carry several entries."""

    queryset_class = PassageQuerySet

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="passages")
    locator = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=500, blank=True)
    """The page of this passage where the source is a database or a site."""
    quotes = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=10, blank=True)
    rendering = models.CharField(
        max_length=12, choices=Rendering.choices, default=Rendering.TRANSCRIBED
    )
    text = models.TextField(blank=True)

    class Meta(Record.Meta):
        constraints = [one_of("rendering", Rendering)]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.locator}"
