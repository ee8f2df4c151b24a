"""People: clusters of entries with one permanent address, and what editors say of them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from .base import FuzzyDateColumns, Record, RecordQuerySet, Worded, date_in_order, one_of
from .changes import Change
from .sources import Source, SourceStatus
from .terms import Term


class Sex(models.TextChoices):
    """Sex as recorded; empty when unknown."""

    UNKNOWN = "", "unknown"
    MALE = "m"
    FEMALE = "f"


class PersonStatus(models.TextChoices):
    """What the public may see of a person."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    SUPPRESSED = "suppressed"
    MERGED = "merged"


SHOWN = (PersonStatus.PUBLIC, PersonStatus.RESTRICTED)


class Rehabilitation(models.TextChoices):
    """What is known of the rehabilitation of a person, over all episodes."""

    UNKNOWN = "", "unknown"
    FULL = "rehabilitated"
    PARTIAL = "partly"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    NO_INFORMATION = "no-information"


class BurialCertainty(models.TextChoices):
    """How certain a burial place is."""

    UNKNOWN = "", "unknown"
    DOCUMENTED = "documented"
    PRESUMED = "presumed"
    CENOTAPH = "cenotaph"
    REBURIED = "reburied"


class PersonQuerySet(RecordQuerySet):
    """People; only those shown and with at least one entry in use are public."""

    def visible(self) -> Self:
        """Keep people the public may find."""
        return self.filter(status__in=SHOWN, entry_count__gt=0)


class Person(Worded):
    """What all entries about someone say, read together.

    Every column but `status`, `status_by_rule` and `merged_into` is concluded by
    `registry.records` and never written by hand. `family`, `given`, `patronymic`, `full` are
    the main name as its source has it; `sort_key` is that name folded.
    """

    queryset_class = PersonQuerySet

    status = models.CharField(
        max_length=10, choices=PersonStatus.choices, default=PersonStatus.PUBLIC
    )
    status_by_rule = models.BooleanField(default=True)
    """Whether the rule about possibly living people decides the status, or an editor did."""
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_people"
    )

    family = models.CharField(max_length=200, blank=True)
    given = models.CharField(max_length=200, blank=True)
    patronymic = models.CharField(max_length=200, blank=True)
    full = models.CharField(max_length=400, blank=True)
    name_language = models.CharField(max_length=10, blank=True)
    sort_key = models.CharField(max_length=400, blank=True)
    letter = models.CharField(max_length=4, blank=True)
    """First letter of the sort key, upper case: the letter of the index in its script."""
    latin_letter = models.CharField(max_length=4, blank=True)

    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    birth = FuzzyDateColumns()
    birth_place = models.TextField(blank=True)
    birth_region = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    death = FuzzyDateColumns()
    death_place = models.TextField(blank=True)
    death_month_day = models.PositiveSmallIntegerField(null=True, blank=True)
    """Month times 100 plus day of an exactly known death: who died on this day."""
    fate = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    burial_site = models.ForeignKey(
        "MemorialSite", null=True, blank=True, on_delete=models.PROTECT, related_name="buried"
    )
    burial_certainty = models.CharField(max_length=10, choices=BurialCertainty.choices, blank=True)
    nationality = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    party = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    category = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    occupation = models.TextField(blank=True)
    places_folded = models.TextField(blank=True)
    """Every word of every place of every entry, folded, each after a space."""
    occupations_folded = models.TextField(blank=True)
    residence_region = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    arrest_earliest = models.DateField(null=True, blank=True)
    """Earliest and latest day of the first repression, of all its entries."""
    arrest_latest = models.DateField(null=True, blank=True)
    rehabilitated = models.CharField(max_length=15, choices=Rehabilitation.choices, blank=True)
    has_role = models.BooleanField(default=False)
    """Whether a source states a post held or an act signed: victim and perpetrator in one."""
    entry_count = models.PositiveIntegerField(default=0)

    class Meta(Record.Meta):
        constraints = [
            one_of("status", PersonStatus),
            one_of("sex", Sex),
            one_of("rehabilitated", Rehabilitation),
            one_of("burial_certainty", BurialCertainty),
            date_in_order("birth"),
            date_in_order("death"),
            models.CheckConstraint(
                condition=Q(status=PersonStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=PersonStatus.MERGED) & Q(merged_into__isnull=True)),
                name="person_merged_has_target",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="person_not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"]),
            models.Index(fields=["letter", "sort_key"]),
            models.Index(fields=["latin_letter", "sort_key"]),
            models.Index(fields=["birth_earliest", "id"]),
            models.Index(fields=["death_earliest", "id"]),
            models.Index(
                fields=["death_month_day"],
                condition=Q(death_month_day__isnull=False),
                name="person_died_on_day",
            ),
        ]
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.full


class PersonKey(Record):
    """A registry-wide external key by which imports join entries of one person."""

    key = models.CharField(max_length=120, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="keys")

    class Meta(Record.Meta):
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Choice(Record):
    """An editor's decision which entry to believe for a field, and why; never deleted.

    `field` is a field of an entry, or `episode:n.field`, where n is the position of the believed
    repression within its own entry.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="choices")
    field = models.CharField(max_length=60)
    entry = models.ForeignKey("Entry", on_delete=models.PROTECT, related_name="chosen_for")
    reason = models.TextField()
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="choices")
    superseded_by = models.ForeignKey(
        Change, null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_choices"
    )

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=Q(superseded_by__isnull=True) & ~Q(field__startswith="episode:"),
                name="choice_one_live",
            ),
            models.UniqueConstraint(
                fields=["person", "field", "entry"],
                condition=Q(superseded_by__isnull=True),
                name="choice_one_live_an_entry",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="choice_has_reason"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.field}: entry {self.entry_id}"


class BiographyQuerySet(RecordQuerySet):
    """Texts about a person; those of hidden people, or without a source in use, are not public."""

    def visible(self) -> Self:
        """Keep what belongs to people shown in full, and rests on a source."""
        sourced = Biography.sources.through._base_manager.filter(
            biography=models.OuterRef("pk"), source__status=SourceStatus.IN_USE
        )
        return self.filter(
            models.Exists(sourced), person__status=PersonStatus.PUBLIC, person__entry_count__gt=0
        )


class Biography(Record):
    """A life told by editors in one language, in Markdown, with its sources."""

    queryset_class = BiographyQuerySet

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="biographies")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    text = models.TextField()
    credit = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    sources = models.ManyToManyField(Source, related_name="biographies")

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "language"], name="biography_one_a_language")
        ]
        ordering = ["language"]

    def __str__(self) -> str:
        return self.title


class RelationKind(models.TextChoices):
    """What `other` is to `person`; each kind has its inverse in `INVERSE`."""

    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    SIBLING = "sibling"
    RELATIVE = "relative"
    CO_DEFENDANT = "co-defendant"
    COLLEAGUE = "colleague"
    PROSECUTED_BY = "prosecuted-by"
    PROSECUTOR_OF = "prosecutor-of"
    SAME_FATE = "same-fate"
    OTHER = "other"


INVERSE = {
    RelationKind.PARENT: RelationKind.CHILD,
    RelationKind.CHILD: RelationKind.PARENT,
    RelationKind.PROSECUTED_BY: RelationKind.PROSECUTOR_OF,
    RelationKind.PROSECUTOR_OF: RelationKind.PROSECUTED_BY,
}
"""The kinds whose inverse is another kind; every other kind is its own inverse."""


class RelationQuerySet(RecordQuerySet):
    """Links between people; public when both people and the entry's source are."""

    def visible(self) -> Self:
        """Keep links whose both ends are shown in full and whose source is in use."""
        return self.filter(
            person__status=PersonStatus.PUBLIC,
            person__entry_count__gt=0,
            other__status=PersonStatus.PUBLIC,
            other__entry_count__gt=0,
            entry__standing="in-use",
            entry__source__status="in-use",
        )


class Relation(Worded):
    """A link between two people as one entry states it."""

    queryset_class = RelationQuerySet

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations_to")
    kind = models.CharField(max_length=15, choices=RelationKind.choices)
    text = models.CharField(max_length=500, blank=True)
    entry = models.ForeignKey("Entry", on_delete=models.PROTECT, related_name="relations")

    class Meta(Record.Meta):
        constraints = [
            one_of("kind", RelationKind),
            models.UniqueConstraint(
                fields=["entry", "person", "other", "kind"], name="relation_stated_once"
            ),
            models.CheckConstraint(
                condition=~Q(person=models.F("other")), name="relation_between_two"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.other_id}"


class Verdict(models.TextChoices):
    """The answer to: are these two entries about the same person?"""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class Judgement(Record):
    """Whether two entries are about one person: asked once, never again."""

    left = models.ForeignKey("Entry", on_delete=models.PROTECT, related_name="judged_left")
    right = models.ForeignKey("Entry", on_delete=models.PROTECT, related_name="judged_right")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField()
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="judgements")

    class Meta(Record.Meta):
        constraints = [
            one_of("verdict", Verdict),
            models.UniqueConstraint(fields=["left", "right"], name="judgement_asked_once"),
            models.CheckConstraint(
                condition=Q(left__lt=models.F("right")), name="judgement_lower_entry_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} {self.verdict} {self.right_id}"
