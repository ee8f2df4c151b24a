"""Controlled vocabularies: terms with labels in three languages, and the spellings of them."""

from __future__ import annotations

from django.db import models

from .base import LANGUAGES, Record, one_of


class Vocabulary(models.TextChoices):
    """The vocabularies; a term belongs to one of them."""

    NATIONALITY = "nationality"
    REGION = "region"
    OPERATION = "operation"
    SENTENCING_BODY = "sentencing-body"
    SENTENCE_KIND = "sentence-kind"
    FATE = "fate"
    REHABILITATION_BODY = "rehabilitation-body"
    VICTIM_CATEGORY = "victim-category"
    ARTICLE = "article"
    PARTY = "party"
    ROLE = "role"
    LEGAL_STATUS = "legal-status"
    FALSE_DEATH_PRACTICE = "false-death-practice"


class Term(Record):
    """One concept of a vocabulary: a code that never changes, and its labels."""

    vocabulary = models.CharField(max_length=30, choices=Vocabulary.choices)
    code = models.SlugField(max_length=60)
    label_en = models.CharField(max_length=200)
    label_ru = models.CharField(max_length=200)
    label_uk = models.CharField(max_length=200)
    note = models.JSONField(default=dict, blank=True)
    country = models.CharField(max_length=2, blank=True)
    """Of a region: the country it lies in today, ISO 3166-1 alpha-2."""

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="term_code_unique"),
            one_of("vocabulary", Vocabulary),
        ]
        ordering = ["vocabulary", "code"]

    def __str__(self) -> str:
        return self.label_en

    def label(self, language: str) -> str:
        """Return the label for a reader of `language` (English for an unknown one)."""
        return str(getattr(self, f"label_{language}" if language in LANGUAGES else "label_en"))


class Spelling(Record):
    """A text as printed in a source, and the term it was recognised as, if any.

    Entries point here, so that assigning a spelling to a term once settles every entry that
    has it. `folded` is the text folded for comparison (see `registry.names.fold`).
    """

    vocabulary = models.CharField(max_length=30, choices=Vocabulary.choices)
    text = models.CharField(max_length=500)
    folded = models.CharField(max_length=500, db_index=True)
    term = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="spellings"
    )

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "text"], name="spelling_text_unique"),
            one_of("vocabulary", Vocabulary),
        ]
        ordering = ["vocabulary", "text"]

    def __str__(self) -> str:
        return self.text
