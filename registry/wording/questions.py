"""What a contributor is asked, in words: the pages of a form, their values, and what helps."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from .codes import word
from .words import Words

PAGES: Words = {
    "who": _("Who is it about?"),
    "birth": _("Birth"),
    "life": _("Life before the repression"),
    "repression": _("Arrest and sentence"),
    "death": _("Death and burial"),
    "rehabilitation": _("Rehabilitation"),
    "family": _("Family"),
    "more": _("Anything else"),
    "how": _("How do you know?"),
    "files": _("Photographs and scans"),
    "you": _("How you are named and reached"),
    "story": _("The biography"),
    "place": _("The place"),
    "figure": _("How many"),
    "wish": _("What should be hidden or removed?"),
    "fact": _("What is right?"),
    "similar": _("Is it one of them?"),
}
"""The pages of a form, as their headings."""

PAGE_NOTES: Words = {
    "who": _("Write the name as you know it. One name alone is enough."),
    "birth": _("A year, or a guess, helps to tell people of one name apart."),
    "life": _("What stands in a paper, or what is remembered in the family."),
    "repression": _(
        "If there was more than one arrest, write of the first here and of the others under"
        " “Anything else”."
    ),
    "death": _(
        "If the family was told one thing and found another later, write both, and where each"
        " is from."
    ),
    "rehabilitation": _("It may also have been refused; write that, too."),
    "family": _("Who belonged to the family, as far as they are no longer living."),
    "how": _("Without this nobody can decide. Memory is as good an answer as a document."),
    "files": _(
        "Pictures as a telephone or a scanner makes them: JPEG, PNG or WebP. Ten at a time, forty"
        " in all, each of 15 MB at most. Where and when a picture was taken, and by which device,"
        " is removed from it at once."
    ),
    "you": _("All of this can be left empty and changed later with the receipt."),
    "story": _("A life told in your own words. An editor may shorten it and will say so."),
    "place": _("A place where people were killed, buried, held, or are remembered."),
    "figure": _(
        "Figures of different sources stand side by side and are never added up. Say what was"
        " counted, and by whom."
    ),
    "wish": _(
        "Photographs, addresses, families and health are hidden at once, as soon as a moderator"
        " has read this. The name of someone long dead that stands in a published book is decided"
        " on within 30 days, with a reason."
    ),
}
"""What stands below the heading."""

NEW_RELATIVE = _("Somebody else of the family")

VALUES: Words = {
    "family_name": _("Family name"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "other_names": _("Other names and spellings"),
    "sex": _("Sex"),
    "kinship": _("What this person is to the first one"),
    "birth_date": _("Date of birth"),
    "birth_place": _("Place of birth"),
    "nationality": _("Nationality, as a document has it"),
    "arrest_date": _("Date of the arrest"),
    "arrest_place": _("Place of arrest"),
    "stays": _("Prisons, camps, places of exile"),
    "release_date": _("Date of the release"),
    "fate": _("What became of this person"),
    "execution_date": _("Date of the execution"),
    "death_date": _("Date of death"),
    "burial_place": _("Place of burial"),
    "rehabilitation_date": _("Date of the rehabilitation"),
    "rehabilitated_by": _("Rehabilitated by"),
    "rehabilitation_outcome": _("Outcome, where it was not granted"),
    "role": _("Posts held and acts signed"),
    "comment": _("What has no place elsewhere"),
    "knowledge": _("How you know"),
    "how": _("In your own words"),
    "cites": _("Where it can be looked up"),
    "rights": _("Whose the pictures are"),
    "credit": _("How you are to be named"),
    "credit_name": _("The initials or the name"),
    "contact": _("E-mail address"),
    "language": _("Language of the text"),
    "title": _("Title"),
    "text": _("Text"),
    "place.name": _("Name of the place"),
    "place.kind": _("What kind of place it is"),
    "place.where": _("Where it lies"),
    "place.text": _("What is known of it"),
    "coordinates": _("Coordinates"),
    "measure": _("What was counted"),
    "low": _("The number, or the lowest"),
    "high": _("The highest, where it is a range"),
    "note": _("Who counted, when, and where it is published"),
    "wish.what": _("What is to be hidden or removed"),
    "wish.why": _("Why"),
    "wish.kin": _("Who you are to this person"),
    "wish.where": _("The name, or the address of the page"),
    "reply.text": _("Your message to the moderators"),
    "caption": _("What it shows"),
    "date": _("When it was made"),
}
"""The names of values; one that means something else on some page stands with that page."""

HINTS: Words = {
    "other_names": _("A name at birth, in marriage, in religion; other spellings in documents."),
    "birth_place": _("As it was called then, or is called now; whichever you know."),
    "occupation": _("Work, rank, place of work."),
    "residence": _("Before the arrest. No address where relatives live today."),
    "party": _("Also: no party."),
    "charge": _("What the person was accused of; the article, if you know it."),
    "sentencing_body": _("A troika, a court, a tribunal, the Special Council."),
    "sentence": _("For example: shooting; ten years of camp; exile."),
    "stays": _("Each with its years, if you know them."),
    "fate": _("For example: shot, died in a camp, came back."),
    "burial_place": _("Also one that is only presumed; please say so."),
    "relatives": _("Please do not name anybody who is living."),
    "archive_file": _("Archive, collection, inventory, file."),
    "comment": _("Also a second arrest, a post held, a story."),
    "how": _("Who told it, to whom, when; or which paper you have seen, and where it is."),
    "cites": _("Book and page, archive and file, address of a web page."),
    "rights": _(
        "For example: from our family album, and may be shown here. Or whose permission there is."
    ),
    "credit_name": _("It will be public. Leave it empty to stay unnamed."),
    "contact": _(
        "Only to be told that there is an answer. It is kept apart from what you send, shown to"
        " nobody, and deleted 30 days after the decision."
    ),
    "coordinates": _("For example 50.47, 30.66. Leave it empty if you do not know."),
    "low": _("In digits."),
    "wish.what": _("For example: a photograph, an address, everything about the family, the name."),
    "wish.why": _("You need not explain more than you wish."),
    "wish.kin": _("Yourself, a daughter, a grandson, nobody."),
    "caption": _("Who is on it, from left to right; or which document it is."),
    "story.text": _("Up to about ten pages. Do not write of people who are living."),
    "fact": _("As it should be. Leave it empty if you do not know."),
}
"""What helps to answer, below the name of a value."""

DATE_HINT = _(
    "As you know it: 05.11.1937, November 1937, autumn 1937, about 1899, before 1938. A part is"
    " enough."
)

SEXES: Words = {
    "m": _("man"),
    "f": _("woman"),
    "": pgettext_lazy("answer", "I do not know"),
}
KNOWLEDGE: Words = {
    "memory": _("It is remembered in the family"),
    "papers": _("From papers of the family"),
    "file": _("I have seen the case file"),
    "book": _("From a book"),
    "web": _("From a page of the web"),
    "other": _("In another way"),
}
CREDITS: Words = {
    "anonymous": _("Not at all"),
    "initials": _("By initials"),
    "name": _("By name"),
}
KINSHIPS: Words = {
    "parent": _("Father or mother"),
    "child": _("Son or daughter"),
    "spouse": _("Husband or wife"),
    "sibling": _("Brother or sister"),
    "relative": _("Another relative"),
    "co-defendant": _("Accused in the same case"),
}
"""What somebody of the family is to the first person; a choice out of the kinds of relations."""

LANGUAGES: Words = {
    "ru": _("Russian"),
    "uk": _("Ukrainian"),
    "en": _("English"),
    "other": _("Another language"),
}


def value_words(name: str, page: str = "") -> str:
    """Return what a value is called, on a certain page where that matters."""
    found = VALUES.get(f"{page}.{name}") or VALUES.get(name)
    return str(found) if found else word("field", name)


def hint_words(name: str, page: str = "") -> str:
    """Return what helps to answer, or nothing."""
    found = HINTS.get(f"{page}.{name}") or HINTS.get(name)
    return str(found) if found else ""
