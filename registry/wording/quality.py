"""The classes of questions by which the search is measured, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .words import Words

QUESTIONS: Words = {
    "exact": _("The whole name, as a book has it"),
    "boxes": _("The whole name, part by part in the fields of the form"),
    "surname only": _("The surname alone"),
    "no patronymic": _("Surname and given name"),
    "initials": _("Surname and initials"),
    "swapped": _("Given name, patronymic, surname"),
    "alias": _("Another name that is recorded"),
    "prefix": _("The beginning of a name, while it is typed"),
    "given variant": _("Another form of the given name"),
    "one typo": _("One mistake in typing"),
    "one typo in Latin": _("One mistake in typing, in Latin letters"),
    "two typos in two words": _("Two mistakes, in two words"),
    "two typos in the surname": _("Two mistakes in the surname"),
    "nobody: unknown surname": _("A name with a surname that nobody here has"),
    "nobody: never together": _("A name nobody has, of words that others have"),
    "real spelling": _("Real pairs: the same name spelt otherwise"),
    "real part_changed": _("Real pairs: one part of the name is another"),
    "real alias": _("Real pairs: another name altogether"),
    "real spelling, stored": _("The same name spelt otherwise, once it is recorded"),
    "real part_changed, stored": _("Another part of the name, once it is recorded"),
    "real alias, stored": _("Another name altogether, once it is recorded"),
    "Latin": _("In Latin letters, by customs the search was not tuned on"),
}
"""What was asked; "Latin" is all customs of writing Russian names together."""
