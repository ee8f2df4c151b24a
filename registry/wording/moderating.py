"""What is sent, and what is decided of it, in the words of those who decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from registry.records.conclusions.facts import canonical_field
from registry.records.public.received import shown_number
from registry.records.undoing.words import SUBJECT_WORDS

from .codes import CONTRADICTIONS, FIELDS, MEASURES, SITE_KINDS, word
from .words import Words

KINDS: Words = {
    "person": _("Somebody new"),
    "addition": _("More about somebody"),
    "correction": _("Correction of a fact"),
    "biography": _("Biography"),
    "files": _("Photographs and scans"),
    "site": _("A place"),
    "takedown": _("A wish to hide or remove"),
}
PARTS: Words = {
    "person": _("A person"),
    "fact": _("A fact"),
    "biography": _("A biography"),
    "site": _("A place"),
    "figure": _("A figure for a place"),
    "takedown": _("A wish to hide or remove"),
}
STATES: Words = {
    "waiting": pgettext_lazy("submission", "Waits for a decision"),
    "asked": pgettext_lazy("submission", "A question waits for an answer"),
    "accepted": pgettext_lazy("submission", "Accepted"),
    "rejected": pgettext_lazy("submission", "Rejected"),
    "withdrawn": pgettext_lazy("submission", "Withdrawn by whoever sent it"),
}
OUTCOMES: Words = {
    "accepted": pgettext_lazy("part of a submission", "Accepted"),
    "rejected": pgettext_lazy("part of a submission", "Rejected"),
}
REASONS: Words = {
    "no-source": _("Nothing says how this is known"),
    "contradicted": _("Better sources say otherwise"),
    "known": _("The registry has it already"),
    "other-person": _("It is about somebody else"),
    "not-in-scope": _("It is not about what this registry keeps"),
    "living": _("It is about somebody who may be alive"),
    "rights": _("The rights to it are not clear"),
    "unreadable": _("It cannot be read or understood"),
    "no-answer": _("A question was not answered"),
    "other": _("Another reason, told below"),
}
"""Why a part is not taken, in the order of the list; the contributor reads it in words."""
KNOWLEDGE: Words = {
    "": _("Not said"),
    "memory": _("From memory, or from what was told in the family"),
    "papers": _("From papers of the family"),
    "file": _("From an archive file"),
    "book": _("From a book"),
    "web": _("From a page of the web"),
    "other": _("Otherwise"),
}
CREDITS: Words = {
    "anonymous": _("not to be named"),
    "initials": pgettext_lazy("how to be named", "by initials"),
    "name": pgettext_lazy("how to be named", "by name"),
}
FLAGS: Words = {
    "possibly-living": _("May be about somebody alive"),
    "takedown": _("Somebody wishes that something be hidden"),
    "names-contributor": _("Tells an address, a telephone number, or who sent it"),
    "contradiction": _("Has dates that cannot both be true"),
    "duplicate": _("Another one that waits is about the same"),
    "files": _("Has photographs or scans"),
    "cites": _("Rests on a book, a file or a page"),
    "answered": _("Whoever sent it has written since"),
    "still-named": _("May name whoever sent it, who does not wish that"),
}
"""The flags, as the filter of the queue names them."""
VALUES: Words = {
    "family_name": _("Surname"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "other_names": _("Other names"),
    "role": _("Posts held and acts signed"),
    "stays": _("Places of confinement"),
    "rehabilitation_date": _("Rehabilitated"),
    "rehabilitated_by": _("Rehabilitated by"),
    "rehabilitation_outcome": _("Outcome, where it was not granted"),
}
"""Values of a person that are no field of their own."""
OTHER_VALUES: Mapping[str, Words] = {
    "biography": {
        "language": _("Language"),
        "title": _("Title"),
        "text": _("Text"),
    },
    "site": {
        "name": pgettext_lazy("of a place", "Name"),
        "kind": _("Kind"),
        "where": _("Where it is"),
        "coordinates": _("Coordinates"),
        "text": _("What is known of it"),
    },
    "figure": {
        "measure": _("What was counted"),
        "low": _("At least"),
        "high": _("At most"),
        "note": _("Note"),
    },
    "takedown": {
        "what": _("What is to be hidden"),
        "why": _("Why"),
        "kin": _("What they are to the person"),
        "where": _("Where it stands"),
    },
}
VERDICTS: Words = {
    "new": _("The registry says nothing of this yet."),
    "same": _("The registry says the same."),
    "exact": _("It agrees with what the registry says, and is more exact."),
    "beside": _("It would stand beside what the registry says."),
    "instead": _("It differs, and would be believed instead of what the registry says."),
    "rival": _("It differs. What the registry says would still be believed, this stand beside."),
    "unread": _("It is not understood as a date, and would be kept as written."),
    "left": _("It is left out."),
}
"""What a value would do to what the registry says."""


FLAG_SENTENCES: Words = {
    "possibly-living": _(
        "Part %(about)s may be about somebody alive: no death is told, and 110 years have not"
        " passed since the birth."
    ),
    "takedown": _("Somebody wishes that something be hidden or removed."),
    "names-contributor": _(
        "The text tells an address, a telephone number, or the name of whoever sent it. Take that"
        " out before accepting."
    ),
    "contradiction": _("Dates that cannot both be true: %(about)s"),
    "duplicate": _("Another submission that waits is about the same: %(about)s."),
    "files": _("Photographs or scans: %(about)s."),
    "cites": _("It rests on: %(about)s"),
    "answered": _("Whoever sent it has written since."),
    "still-named": _(
        "Whoever sent it does not wish to be named, or not so any more. What was written by hand"
        " may still name them: %(about)s."
    ),
}
REHABILITATION = _("Rehabilitation")
UNNAMED = _("a book or a file that is not named")


def flag_words(flag: Mapping[str, Any]) -> str:
    """Say why a submission has a flag; what is said of one part names it by its number."""
    code, told = str(flag.get("code", "")), flag.get("about", "")
    about = ", ".join(map(place_words, told)) if isinstance(told, list) else str(told)
    if code == "contradiction":
        about = str(CONTRADICTIONS.get(about, about))
    elif code == "duplicate":
        about = shown_number(about)
    elif code == "cites" and not about:
        about = str(UNNAMED)
    return str(FLAG_SENTENCES.get(code, code)) % {"about": about}


def place_words(place: str) -> str:
    """Return a record in words: `photograph:12` is "photograph 12"."""
    subject, _colon, reference = place.partition(":")
    return f"{SUBJECT_WORDS.get(subject, subject)} {reference}"


def value_label(kind: str, name: str) -> str:
    """Return what a value of a part is called."""
    words = OTHER_VALUES.get(kind, VALUES)
    found: Promise | None = words.get(name) or FIELDS.get(canonical_field(name))
    return name if found is None else str(found)


def fact_label(field: str) -> str:
    """Return what a fact is called that is corrected: `birth`, `episode:2.arrest`."""
    name = field.rpartition(".")[2]
    return str(REHABILITATION) if name == "rehabilitation" else word("field", name)


def value_words(kind: str, name: str, value: str) -> str:
    """Return a value as it is read: a code in words, all else as it was typed."""
    if (kind, name) == ("site", "kind"):
        return str(SITE_KINDS.get(value, value))
    if (kind, name) == ("figure", "measure"):
        return str(MEASURES.get(value, value))
    return word("sex", value) if name == "sex" else value
