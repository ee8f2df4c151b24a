"""Places where people were killed, held and buried, and where they are remembered."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from .base import FuzzyDateColumns, Record, RecordQuerySet, Worded, date_in_order, one_of
from .sources import Source, SourceStatus
from .terms import Term


class SiteKind(models.TextChoices):
    """What a place is."""

    EXECUTION_SITE = "execution-site"
    MASS_GRAVE = "mass-grave"
    CEMETERY = "cemetery"
    CAMP = "camp"
    PRISON = "prison"
    MONUMENT = "monument"
    MUSEUM = "museum"


class SiteStatus(models.TextChoices):
    """Whether a place is shown."""

    PUBLIC = "public"
    WITHDRAWN = "withdrawn"


class SiteQuerySet(RecordQuerySet):
    """Places; withdrawn ones are not public."""

    def visible(self) -> Self:
        """Keep the places shown."""
        return self.filter(status=SiteStatus.PUBLIC)


class MemorialSite(Worded):
    """A place of killing, burial, imprisonment or memory.

    `kinds` is a list of `SiteKind` values. `latitude` and `longitude` are WGS 84 degrees,
    `precision_m` how far off they may be, in metres. `status_today` is text, worded.
    """

    queryset_class = SiteQuerySet

    slug = models.SlugField(max_length=80, unique=True)
    kinds = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=SiteStatus.choices, default=SiteStatus.PUBLIC)
    country = models.CharField(max_length=2, blank=True)
    region = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="sites"
    )
    region_then = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    precision_m = models.PositiveIntegerField(null=True, blank=True)
    coordinates_note = models.CharField(max_length=300, blank=True)
    coordinates_sources = models.ManyToManyField(Source, blank=True, related_name="+")
    period = FuzzyDateColumns()
    period_note = models.TextField(blank=True)
    period_sources = models.ManyToManyField(Source, blank=True, related_name="+")
    status_today = models.TextField(blank=True)
    status_sources = models.ManyToManyField(Source, blank=True, related_name="+")

    class Meta(Record.Meta):
        constraints = [
            one_of("status", SiteStatus),
            date_in_order("period"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="memorialsite_coordinates_whole",
            ),
        ]
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class SitePartQuerySet(RecordQuerySet):
    """Rows that belong to a place; public when the place and a source of the row are."""

    def visible(self) -> Self:
        """Keep the parts of public places."""
        return self.filter(site__status=SiteStatus.PUBLIC)


class SourcedSitePartQuerySet(SitePartQuerySet):
    """Rows with a source of their own, which a withdrawn source takes away."""

    def visible(self) -> Self:
        """Keep rows of public places whose source is in use."""
        return super().visible().filter(source__status=SourceStatus.IN_USE)


class SiteNameQuerySet(SitePartQuerySet):
    """Names of places; some have a source of their own, which may be withdrawn."""

    def visible(self) -> Self:
        """Keep names of public places that no withdrawn source alone states."""
        in_use = Q(source__isnull=True) | Q(source__status=SourceStatus.IN_USE)
        return super().visible().filter(in_use)


class SiteName(Record):
    """A name of a place in one language."""

    queryset_class = SiteNameQuerySet

    site = models.ForeignKey(MemorialSite, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="sitename_not_empty"),
            models.UniqueConstraint(
                fields=["site", "language", "name"], name="sitename_stated_once"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Measure(models.TextChoices):
    """What a figure counts; figures of different measures never stand in one range."""

    NAMES_IN_ACTS = "names-in-acts"
    REMAINS_EXHUMED = "remains-exhumed"
    EXECUTED_IN_REGION = "executed-in-region"
    PASSED_THROUGH = "passed-through"
    ESTIMATE = "estimate"


class SiteFigure(Worded):
    """A number one source gives for a place; an open bound is null."""

    queryset_class = SourcedSitePartQuerySet

    site = models.ForeignKey(MemorialSite, on_delete=models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=20, choices=Measure.choices)
    low = models.PositiveIntegerField(null=True, blank=True)
    high = models.PositiveIntegerField(null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="site_figures")
    locator = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta(Record.Meta):
        constraints = [
            one_of("measure", Measure),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(high__isnull=False),
                name="sitefigure_has_a_bound",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=models.F("high")),
                name="sitefigure_in_order",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.measure} {self.low}-{self.high}"


class SiteEventKind(models.TextChoices):
    """What happened at a place."""

    FOUND = "found"
    OPENED = "opened"
    COMMEMORATED = "commemorated"
    NOTE = "note"


class SiteEvent(Worded):
    """Something that happened at a place, as one source tells it."""

    queryset_class = SourcedSitePartQuerySet

    site = models.ForeignKey(MemorialSite, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=15, choices=SiteEventKind.choices)
    date = FuzzyDateColumns()
    text = models.TextField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="site_events")
    locator = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        constraints = [one_of("kind", SiteEventKind), date_in_order("date")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
