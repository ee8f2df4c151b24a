"""The index of names: a vocabulary, who is called by its words, and keys near to one another.

Kept in step with every write, in the same transaction, by `registry.search`. Some three million
people have some three hundred thousand words between them: what is misspelt is looked for among
the words, and people are only asked for by the numbers of words.
"""

from __future__ import annotations

from django.db import models

from .base import Record, RowNumber

FORMS_A_PERSON = 256
"""How many forms a person has room for: `NameForm.id` is the person's id times this, and more."""
KEY_LENGTH = 200
"""Letters of a folded word and of a key that are stored: `registry.names.MAX_STORED`."""


class WordRole(models.IntegerChoices):
    """Which part of a name a word is; a name of syllables is one word besides, the whole of it."""

    FAMILY = 1
    GIVEN = 2
    PATRONYMIC = 3
    SYLLABLES = 4


class NameWord(Record):
    """One word of names: its part, its letters, how it sounds, and how many people have it.

    `keys` are those of all its readings with a space between; what is written alike and read
    otherwise (Čaks, Caks) is two words. `frequency` 0: nobody has it any more.
    """

    id = models.AutoField(primary_key=True)
    role = models.PositiveSmallIntegerField(choices=WordRole.choices)
    folded = models.CharField(max_length=KEY_LENGTH)
    keys = models.TextField()
    frequency = models.IntegerField(default=0)

    class Meta(Record.Meta):
        constraints = [
            # On PostgreSQL a word's beginning is looked up by LIKE, which needs this class.
            models.UniqueConstraint(
                fields=["role", "folded", "keys"],
                opclasses=["int2_ops", "varchar_pattern_ops", "text_ops"],
                name="nameword_once",
            ),
        ]

    def __str__(self) -> str:
        return self.folded


class WordReading(Record):
    """One way a word is read: its key (see `registry.names.readings`), or itself without sound."""

    id = models.AutoField(primary_key=True)
    word = models.ForeignKey(
        NameWord, on_delete=models.CASCADE, related_name="readings", db_index=False
    )
    role = models.PositiveSmallIntegerField(choices=WordRole.choices)
    key = models.CharField(max_length=KEY_LENGTH)

    class Meta(Record.Meta):
        indexes = [
            models.Index(
                name="wordreading_key",
                fields=["role", "key", "word"],
                opclasses=["int2_ops", "varchar_pattern_ops", "int4_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.key


class KeyTrace(Record):
    """What a key leaves where letters are left out, as a number; the number is all there is.

    The reading stands in the last bits: `registry.search.index.traces`. Two keys that are a letter
    or two apart share a trace (the symmetric deletes of SymSpell).
    """

    id = RowNumber(primary_key=True)

    class Meta(Record.Meta):
        pass

    def __str__(self) -> str:
        return str(self.id)


class NameForm(Record):
    """One way to call a person: a word for each part; a part the name does not have is null.

    Every spelling is a row; one with a double surname or several given names is a row for each
    way to choose a word for each part. The person is `id // FORMS_A_PERSON`.
    """

    id = RowNumber(primary_key=True)
    family = models.ForeignKey(
        NameWord, null=True, on_delete=models.DO_NOTHING, related_name="+",
        db_index=False, db_constraint=False,
    )  # fmt: skip
    given = models.ForeignKey(
        NameWord, null=True, on_delete=models.DO_NOTHING, related_name="+",
        db_index=False, db_constraint=False,
    )  # fmt: skip
    patronymic = models.ForeignKey(
        NameWord, null=True, on_delete=models.DO_NOTHING, related_name="+",
        db_index=False, db_constraint=False,
    )  # fmt: skip

    class Meta(Record.Meta):
        indexes = [
            # Each pair begins one of them, and each has all that is asked for.
            models.Index(name="nameform_family", fields=["family", "given", "patronymic"]),
            models.Index(name="nameform_given", fields=["given", "patronymic", "family"]),
            models.Index(name="nameform_patronymic", fields=["patronymic", "family", "given"]),
        ]

    def __str__(self) -> str:
        return f"person {self.id // FORMS_A_PERSON}"


class IndexState(Record):
    """By which code the index of names was made, and how far its making anew has come; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    fingerprint = models.CharField(max_length=64, blank=True)
    building = models.CharField(max_length=64, blank=True)
    """The fingerprint of the index that is being made; empty when none is."""
    after = models.BigIntegerField(default=0)
    """The last person of whom it is made."""
    bare = models.BooleanField(default=False)
    """Whether it began with nothing, without its B-trees, which come at the end."""

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="indexstate_one_row"),
        ]

    def __str__(self) -> str:
        return self.fingerprint
