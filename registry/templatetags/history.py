"""Template library: what changed, in words: acts, roles, events, and values as they were."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from registry.dates import parse_edtf
from registry.records.history.shapes import Difference, Line, ToldValue
from registry.wording import codes
from registry.wording.reasons import why_words
from registry.wording.words import Words

from . import datewords, languages, words

register = template.Library()

ACTS: Words = {
    "import": pgettext_lazy("kind of act", "Import"),
    "edit": pgettext_lazy("kind of act", "Edit"),
    "decision": pgettext_lazy("kind of act", "Decision on what was received through a submission"),
    "merge": pgettext_lazy("kind of act", "Joining of records"),
    "split": pgettext_lazy("kind of act", "Separation of records"),
    "publishing": pgettext_lazy("kind of act", "Withdrawal or return"),
    "undo": pgettext_lazy("kind of act", "Undoing"),
    "erasure": pgettext_lazy("kind of act", "Erasure for good"),
}
ROLES: Words = {
    "system": _("by the program itself"),
    "moderator": _("by a moderator"),
    "editor": _("by an editor"),
    "administrator": _("by an administrator"),
}
EVENTS: Words = {
    "entry-added": _("An entry was added."),
    "entry-changed": _("An entry was changed."),
    "entry-withdrawn": _("An entry was withdrawn."),
    "entry-undone": _("An entry was taken back."),
    "entry-back": _("An entry came back."),
    "entry-from": _("An entry was moved here."),
    "entry-to": _("An entry was moved away."),
    "source-withdrawn": _("A source was withdrawn."),
    "source-back": _("A source is in use again."),
    "choice-made": _("An editor chose which entry to believe."),
    "choice-dropped": _("A choice was given up; the rule decides again."),
    "biography-added": _("A biography was added."),
    "biography-changed": _("A biography was changed."),
    "biography-removed": _("A biography was taken away."),
    "relation-added": _("A link to another person was added."),
    "relation-changed": _("A link to another person was changed."),
    "relation-removed": _("A link to another person was taken away."),
    "photograph-added": _("A photograph was added."),
    "photograph-changed": _("What is said of a photograph was changed."),
    "photograph-removed": _("A photograph was taken away."),
    "document-added": _("A scan was added."),
    "document-changed": _("What is said of a scan was changed."),
    "document-removed": _("A scan was taken away."),
    "person-status": _("What is shown of this person was changed."),
    "person-joined": _("Another record of this person was joined with this one."),
    "person-separated": _("A record that was joined with this one was separated again."),
    "site-added": _("The place was added."),
    "site-changed": _("What is said of the place was changed."),
    "site-withdrawn": _("The place was withdrawn."),
    "site-back": _("The place came back."),
}
STATUSES: Words = {
    "by-rule": _("by the rule about the living"),
    "public": _("shown"),
    "restricted": _("shown in part"),
    "held": _("held back"),
    "withdrawn": _("withdrawn"),
    "suppressed": _("suppressed"),
    "merged": _("joined with another record"),
}
FIELDS: Words = {
    "status": _("What is shown"),
    "discredited": _("Not believed"),
    "reading": _("How the print was read"),
    "passage_locator": _("Place in the source"),
    "passage_url": _("Address in the source"),
    "passage_quotes": _("What the source quotes"),
    "passage_rendering": _("How the source is given"),
    "passage_text": _("Text of the source"),
    "biography_title": _("Title"),
    "biography_text": _("Text"),
    "biography_credit": _("Author"),
    "biography_licence": _("Licence"),
    "file_caption": _("Caption"),
    "file_alt": _("What it shows"),
    "place": _("Place"),
    "site": _("Burial site"),
    "body": _("Decided by"),
    "ground": _("Ground"),
    "scope": _("Scope"),
    "text": _("Text"),
    "site_kinds": _("Kind of place"),
    "country": _("Country"),
    "region": _("Region now"),
    "region_then": _("Region then"),
    "town": _("Nearest town"),
    "coordinates": _("Coordinates"),
    "coordinates_note": _("Note on the coordinates"),
    "coordinates_sources": _("Sources of the coordinates"),
    "period": _("Period"),
    "period_note": _("Note on the period"),
    "period_sources": _("Sources of the period"),
    "status_today": _("Today"),
    "status_sources": _("Sources of the state today"),
    "figures": _("How many"),
    "events": _("What happened here since"),
    # The columns of the records themselves, for the desk and for what an undoing leaves.
    "account": _("Account"),
    "active": _("Account"),
    "archived_url": _("Archived copy"),
    "author": _("Author"),
    "code": _("Code"),
    "en": _("English"),
    "field": _("Field"),
    "files": _("Photographs and scans"),
    "keys": _("Key"),
    "kind": _("Kind"),
    "kinds": _("Kinds"),
    "language": _("Language"),
    "latitude": _("Latitude"),
    "living_rule": _("Possibly living people"),
    "locator": _("Where in the source"),
    "longitude": _("Longitude"),
    "low": _("At least"),
    "high": _("At most"),
    "measure": _("Measure"),
    "other": _("The other person"),
    "parts": _("What was sent"),
    "precision_m": _("Precision, metres"),
    "publisher": _("Publisher"),
    "quotes": _("Document it quotes"),
    "role": _("Role"),
    "ru": _("Russian"),
    "slug": _("Slug"),
    "source": _("Source"),
    "state": _("State"),
    "uk": _("Ukrainian"),
    "unreliable_for": _("Not believed for"),
    "url": _("Address"),
    "vocabulary": _("Vocabulary"),
    "year": _("Year"),
    "alt": _("What it shows"),
    "caption": _("Caption"),
    "credit": _("Author"),
    "entry": _("Entry"),
    "licence": _("Licence"),
    "merged_into": _("Joined with"),
    "outcome": _("What was decided"),
    "passage": _("Text of the source"),
    "person": _("Person"),
    "published": _("Shown to the public"),
    "rank": _("Rank"),
    "reason": _("Reason"),
    "sources": _("Sources"),
    "standing": _("Standing"),
    "term": _("Term"),
    "title": _("Title"),
    "verdict": _("Same person or not"),
    "wish": _("What is proposed"),
    "wording": _("Wording"),
}
NAMES = {"country": languages.country_name, "language": languages.language_name}
TABLES = {"act": ACTS, "acting": ROLES, "change": EVENTS, "status": STATUSES, "told": FIELDS}


@register.filter
def told(code: str, table: str) -> str:
    """Put a code of the history into words; what it shares with the pages is worded as there."""
    found = TABLES[table].get(code)
    if found is not None:
        return str(found)
    return codes.word("field", code) if table == "told" else code


@register.filter
def why(reason: str) -> str:
    """Say a reason of the program in the language of the reader; a person's stays as written."""
    return why_words(reason)


@register.filter
def line(found: Line) -> SafeString:
    """Print one line of a difference: its parts, each named where it is one of several."""
    return format_html_join("; ", "{}", ((_part(one),) for one in found))


def _part(one: ToldValue) -> SafeString:
    value = _value(one)
    return format_html("{}: {}", told(one.field, "told"), value) if one.field else value


def _value(one: ToldValue) -> SafeString:
    if one.date is not None:
        return format_html("{}", words.date(one.date))
    if one.text is not None:
        return format_html("{}", words.text(one.text))
    if one.words in NAMES:
        return format_html("{}", NAMES[one.words](one.code))
    if one.words in TABLES:
        return format_html("{}", told(one.code, one.words))
    return format_html("{}", codes.word(one.words, one.code) if one.words else one.code)


@register.filter
def is_replaced(difference: Difference) -> bool:
    """Tell whether one value stands in the place of one other, so that both fit on a line."""
    return len(difference.before) == len(difference.after) == 1


@register.filter
def edtf(text: str) -> str:
    """Say a date in EDTF in the reader's language."""
    return datewords.date_words(parse_edtf(text))


@register.filter
def day(found: date) -> str:
    """Say a day in the reader's language."""
    return datewords.date_words(parse_edtf(found.isoformat()))
