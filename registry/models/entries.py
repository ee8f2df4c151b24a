"""What one source says about one person: entries, names, repressions, rulings, stays, roles."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from .base import FuzzyDateColumns, Record, RecordQuerySet, Worded, date_in_order, one_of
from .changes import Change
from .people import SHOWN, BurialCertainty, Person, Sex
from .sources import Passage, Source, SourceStatus
from .terms import Spelling, Term


class Standing(models.TextChoices):
    """Whether an entry is read when a person is concluded.

    A reverted one is there no more: the act that brought it in was undone. Its row stays, so
    that the undoing can be undone, and comes back when its source is imported again. An erased
    one says nothing any more, by order of a court, and never comes back.
    """

    IN_USE = "in-use"
    WITHDRAWN = "withdrawn"
    REVERTED = "reverted"
    ERASED = "erased"


class EntryQuerySet(RecordQuerySet):
    """Entries; public when in use, of a source in use, and of a person shown."""

    def in_use(self) -> Self:
        """Keep entries that count for concluding: not withdrawn, of a source in use."""
        return self.filter(standing=Standing.IN_USE, source__status=SourceStatus.IN_USE)

    def visible(self) -> Self:
        """Keep entries in use about people the public may see."""
        return self.in_use().filter(person__status__in=SHOWN)


class Entry(Worded):
    """What one source says about one person: as printed, and as read.

    `discredited` maps a field, or `*` for the whole entry, to the reason (English, with its
    wording under the key `discredited.<field>`); such a field is shown as what it is and never
    concluded from. `reading` says what was read from where in the print and what was not
    understood: `{"field": {"reason": code}}`.
    """

    queryset_class = EntryQuerySet

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="entries")
    key = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="entries")
    """The change that brought the entry in."""
    content_hash = models.CharField(max_length=64, blank=True)
    """SHA-256 of the row it was read from: what tells a changed row from the same one."""
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.IN_USE)
    own_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    """Where this entry stands on the evidence ladder by itself, higher than its source: somebody
    of the registry has seen the document it rests on."""
    reading = models.JSONField(default=dict, blank=True)
    discredited = models.JSONField(default=dict, blank=True)

    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    birth = FuzzyDateColumns()
    birth_place = models.TextField(blank=True)
    birth_region = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    age = models.CharField(max_length=60, blank=True)
    nationality = models.ForeignKey(
        Spelling, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    citizenship = models.CharField(max_length=300, blank=True)
    social_origin = models.CharField(max_length=300, blank=True)
    education = models.TextField(blank=True)
    party = models.ForeignKey(
        Spelling, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    category = models.ForeignKey(
        Spelling, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    occupation = models.TextField(blank=True)
    residence = models.TextField(blank=True)
    residence_region = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    relatives = models.TextField(blank=True)
    death = FuzzyDateColumns()
    death_place = models.TextField(blank=True)
    death_cause = models.TextField(blank=True)
    fate = models.ForeignKey(
        Spelling, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    burial_place = models.TextField(blank=True)
    burial_site = models.ForeignKey(
        "MemorialSite",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="burial_entries",
    )
    burial_certainty = models.CharField(max_length=10, choices=BurialCertainty.choices, blank=True)
    archive_file = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    comment = models.TextField(blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="entry_key_unique"),
            one_of("standing", Standing),
            models.CheckConstraint(
                condition=Q(own_rank__isnull=True) | Q(own_rank__range=(1, 6)),
                name="entry_own_rank_on_ladder",
            ),
            one_of("sex", Sex),
            one_of("burial_certainty", BurialCertainty),
            date_in_order("birth"),
            date_in_order("death"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        # Never a query: a source that was not read with the entry is told by its number.
        known = Entry._meta.get_field("source").is_cached(self)
        return f"{self.source.slug if known else self.source_id}/{self.key}"


class EntryPartQuerySet(RecordQuerySet):
    """Rows that belong to an entry; public when the entry is."""

    def visible(self) -> Self:
        """Keep the parts of public entries."""
        return self.filter(
            entry__standing=Standing.IN_USE,
            entry__source__status=SourceStatus.IN_USE,
            entry__person__status__in=SHOWN,
        )


class NameKind(models.TextChoices):
    """What a name is to its bearer."""

    MAIN = "main"
    BIRTH = "birth"
    MARRIED = "married"
    RELIGIOUS = "religious"
    PSEUDONYM = "pseudonym"
    VARIANT = "variant"
    TRANSLITERATION = "transliteration"


class EntryName(Record):
    """One spelling of a name, as one entry has it. `full` is never empty."""

    queryset_class = EntryPartQuerySet

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=15, choices=NameKind.choices)
    family = models.CharField(max_length=200, blank=True)
    given = models.CharField(max_length=200, blank=True)
    patronymic = models.CharField(max_length=200, blank=True)
    full = models.CharField(max_length=400)
    language = models.CharField(max_length=10, blank=True)
    script = models.CharField(max_length=4, blank=True)

    class Meta(Record.Meta):
        constraints = [
            one_of("kind", NameKind),
            models.CheckConstraint(condition=~Q(full=""), name="entryname_not_empty"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(kind=NameKind.MAIN), name="entryname_one_main"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.full


class RepressionKind(models.TextChoices):
    """What was done to the person."""

    ARREST = "arrest"
    DEKULAKISATION = "dekulakisation"
    DEPORTATION = "deportation"
    EXILE = "exile"
    ABDUCTION = "abduction"
    PSYCHIATRIC = "psychiatric"
    DEPRIVATION = "deprivation"
    OTHER = "other"


class Repression(Worded):
    """One repression as one entry states it.

    `episode` is set only where an editor or the source itself says which episode of the
    person's life this is; otherwise `registry.records.conclusions.episodes` decides by the dates.
    """

    queryset_class = EntryPartQuerySet

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="repressions")
    position = models.PositiveSmallIntegerField()
    episode = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(
        max_length=15, choices=RepressionKind.choices, default=RepressionKind.ARREST
    )
    arrest = FuzzyDateColumns()
    arrested_by = models.CharField(max_length=300, blank=True)
    arrest_place = models.TextField(blank=True)
    arrest_region = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    arrest_circumstances = models.TextField(blank=True)
    charge = models.TextField(blank=True)
    articles = models.CharField(max_length=300, blank=True)
    article_terms = models.ManyToManyField(Term, blank=True, related_name="repressions")
    operation = models.ForeignKey(
        Spelling, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sentencing_body = models.ForeignKey(
        Spelling, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sentence_date = FuzzyDateColumns()
    sentence = models.TextField(blank=True)
    sentence_kind = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sentence_months = models.PositiveSmallIntegerField(null=True, blank=True)
    execution = FuzzyDateColumns()
    execution_place = models.TextField(blank=True)
    execution_site = models.ForeignKey(
        "MemorialSite",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="executions",
    )
    release = FuzzyDateColumns()
    note = models.TextField(blank=True)

    class Meta(Record.Meta):
        constraints = [
            one_of("kind", RepressionKind),
            models.UniqueConstraint(
                fields=["entry", "position"], name="repression_position_unique"
            ),
            *(date_in_order(name) for name in ("arrest", "sentence_date", "execution", "release")),
        ]
        indexes = [
            models.Index(fields=["arrest_earliest", "arrest_latest"]),
        ]
        ordering = ["entry", "position"]

    def __str__(self) -> str:
        return f"{self.entry_id}.{self.position}"


class RulingKind(models.TextChoices):
    """What was decided afterwards."""

    CHANGED = "changed"
    COMMUTED = "commuted"
    ANNULLED = "annulled"
    RESENTENCED = "resentenced"
    REHABILITATED = "rehabilitated"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    NO_INFORMATION = "no-information"


class Ruling(Worded):
    """What was decided about a repression afterwards; as many as there were."""

    queryset_class = EntryPartQuerySet

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="rulings")
    repression = models.ForeignKey(
        Repression, null=True, blank=True, on_delete=models.CASCADE, related_name="rulings"
    )
    kind = models.CharField(max_length=15, choices=RulingKind.choices)
    date = FuzzyDateColumns()
    body = models.ForeignKey(
        Spelling, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.TextField(blank=True)
    scope = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)

    class Meta(Record.Meta):
        constraints = [one_of("kind", RulingKind), date_in_order("date")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.kind}"


class StayKind(models.TextChoices):
    """Where someone was held or sent; empty when the source does not say."""

    UNKNOWN = "", "unknown"
    PRISON = "prison"
    CAMP = "camp"
    SPECIAL_SETTLEMENT = "special-settlement"
    EXILE = "exile"
    TRANSIT = "transit"
    LABOUR_ARMY = "labour-army"
    HOSPITAL = "hospital"


class Stay(Worded):
    """A place where the person was held or sent, from and to when."""

    queryset_class = EntryPartQuerySet

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="stays")
    repression = models.ForeignKey(
        Repression, null=True, blank=True, on_delete=models.CASCADE, related_name="stays"
    )
    kind = models.CharField(max_length=20, choices=StayKind.choices, blank=True)
    place = models.TextField()
    site = models.ForeignKey(
        "MemorialSite", null=True, blank=True, on_delete=models.PROTECT, related_name="stays"
    )
    from_date = FuzzyDateColumns()
    to_date = FuzzyDateColumns()
    note = models.TextField(blank=True)

    class Meta(Record.Meta):
        constraints = [
            one_of("kind", StayKind),
            date_in_order("from_date"),
            date_in_order("to_date"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.place


class RoleKind(models.TextChoices):
    """What someone did or was beyond being a victim: facts, not labels."""

    POST = "post"
    ACT = "act"
    SERVICE = "service"


class EntryRole(Worded):
    """A post held, an act signed or a service rendered, as one entry states it."""

    queryset_class = EntryPartQuerySet

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=10, choices=RoleKind.choices)
    text = models.TextField()
    from_date = FuzzyDateColumns()
    to_date = FuzzyDateColumns()

    class Meta(Record.Meta):
        constraints = [
            one_of("kind", RoleKind),
            date_in_order("from_date"),
            date_in_order("to_date"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
