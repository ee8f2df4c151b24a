"""Template library: codes, dates, names and values in words, marked up with their language.

Nothing here reads the database; everything is made of the frozen objects of `registry.records`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date as day
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _, ngettext

from registry.dates import FuzzyDate
from registry.records.public.shapes import (
    Discredited,
    PersonLine,
    PublicEpisode,
    PublicFigure,
    PublicName,
    PublicPerson,
    PublicRole,
    PublicSite,
    PublicSource,
    PublicValue,
    PublicVia,
    Text,
)
from registry.search import Match, Reason
from registry.wording import codes, paths
from registry.wording.asking import SCHEMES

from . import datewords, fates, languages, versions

register = template.Library()

register.filter("country", languages.country_name)
register.filter("language_name", languages.language_name)
register.filter("iso", datewords.iso_of)
register.filter("path", paths.path_words)


@register.filter
def word(code: str | int | None, table: str) -> str:
    """Put a code into words: `{{ ruling.kind|word:"ruling" }}`."""
    return codes.word(table, "" if code is None else str(code))


@register.filter
def text(value: Text | str | None) -> SafeString | str:
    """Print a text, with its language where that is not the page's."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    lang = languages.language_of(value.value, value.lang, get_language() or "en")
    if not lang:
        return conditional_escape(value.value)
    return format_html('<span lang="{}">{}</span>', lang, value.value)


@register.filter
def printed(value: str, lang: str) -> SafeString | str:
    """Print a plain string that is in the language `lang`."""
    return text(Text(value, lang))


@register.filter
def as_printed(value: str) -> SafeString | str:
    """Print a plain string as it stands in a source or a question, in a language not stated."""
    return text(Text(value))


@register.filter
def date(value: FuzzyDate | None) -> SafeString | str:
    """Say a date so that it stands alone."""
    if value is None:
        return ""
    return datewords.date_words(value) if value.edtf else text(Text(value.printed))


@register.filter
def day_and_month(value: FuzzyDate) -> str:
    """Say the day of the year, without the year."""
    return datewords.day_words(value)


@register.filter
def year(value: FuzzyDate | None) -> str:
    """Say the year of a date."""
    return datewords.year_words(value)


@register.filter
def years(thing: PublicPerson | PersonLine) -> str:
    """Say the years of a life: 1891–1938."""
    if isinstance(thing, PublicPerson):
        birth = versions.believed_date(thing, "birth")
        deaths = sorted(
            versions.death_dates(thing), key=lambda d: d.earliest or d.latest or day.min
        )
        return datewords.life_words(birth, *deaths)
    return datewords.life_words(thing.birth, thing.death)


@register.simple_tag
def period(first: FuzzyDate | None, last: FuzzyDate | None) -> str:
    """Say from when to when: both, one, or nothing."""
    if first and last:
        if first.edtf and first.edtf == last.edtf:
            return datewords.date_words(first)
        return f"{datewords.date_words(first)} – {datewords.date_words(last)}"
    if first:
        return _("from: %(date)s") % {"date": datewords.date_words(first)}
    return _("until: %(date)s") % {"date": datewords.date_words(last)} if last else ""


@register.filter
def marks(numbers: Iterable[int]) -> SafeString:
    """Print the marks of the entries that state something, each a link to its entry."""
    listed = tuple(numbers)
    if not listed:
        return SafeString("")
    links = format_html_join(" ", '<a href="#entry-{}">{}</a>', ((n, n) for n in listed))
    # Few marks stay on the line of what they mark; many may break.
    return format_html("<sup>{}</sup>" if len(listed) < 8 else "<sup class=many>{}</sup>", links)


@register.filter
def name(value: PublicName | None) -> SafeString | str:
    """Print a name in full, with its language where that is not the page's."""
    return "" if value is None else text(Text(value.full, value.lang))


@register.filter
def line_name(line: PersonLine) -> SafeString | str:
    """Print the name of a person in a list: for the reader first, then the person's own."""
    own = text(line.name)
    if line.reader_name is None:
        return own
    return format_html('{} <span class="own">{}</span>', text(line.reader_name), own)


@register.simple_tag
def value(found: PublicValue, field: str = "", sex: str = "") -> SafeString:
    """Print one value of a fact: its text or date, its place, certainty, print, and marks."""
    parts: list[SafeString | str] = [_wording(found, field, sex)]
    if found.certainty:
        parts.append(f"({codes.word('certainty', found.certainty)})")
    differing = [text(one) for one in found.printed if one.value != str(found.text or "")]
    if differing:
        shown = format_html_join(", ", "{}", ((one,) for one in differing))
        parts.append(format_html('<span class="printed">{} {}</span>', _("as printed:"), shown))
    body = format_html_join(" ", "{}", ((part,) for part in parts if part))
    return format_html("{}{}", body, marks(found.marks))


def _wording(found: PublicValue, field: str, sex: str) -> SafeString | str:
    if found.date is not None:
        return date(found.date)
    if field == "sex":
        return codes.word("sex", found.code)
    if field == "fate" and (fate_of := fates.fate_words(found.code, sex)):
        return fate_of
    shown = text(found.text)
    if found.site:
        address = reverse("site", args=[found.site])
        return format_html('<a href="{}">{}</a>', address, shown or found.site)
    return shown


@register.simple_tag
def plain_value(
    found: PublicValue | None, field: str = "", sex: str | None = ""
) -> SafeString | str:
    """Print the value of one entry's field: text or date, without marks."""
    return _wording(found, field, sex or "") if found else ""


@register.filter
def line_fate(line: PersonLine) -> SafeString | str:
    """Say the fate of a person in a list, in the right gender where the sex is known."""
    return fates.fate_words(line.fate_code, line.sex) or text(line.fate)


@register.filter
def brackets(role: PublicRole) -> str:
    """Say when a post was held or an act signed, unless its text says that already."""
    dates = [date for date in (role.from_date, role.to_date) if date]
    if all(datewords.is_told_in(str(role.text), date) for date in dates):
        return ""
    if role.kind == "act" and role.from_date and not role.to_date:
        return f"({datewords.date_words(role.from_date)})"
    return f"({period(role.from_date, role.to_date)})"


@register.filter
def fate(person: PublicPerson) -> SafeString:
    """Say in one sentence what became of a person, and where."""
    if rival := versions.fate_versions(person):
        return conditional_escape(fates.versions_sentence(rival, person.sex))
    stated = person.facts.get("fate")
    label = str(stated.value.text or "") if stated and stated.value else ""
    sentence = fates.fate_sentence(
        fate=person.fate,
        label=label,
        sex=person.sex,
        deaths=versions.death_dates(person),
        begun=_beginning(person.episodes),
    )
    place = person.facts.get("death_place")
    if place is None or place.value is None or place.value.text is None:
        return conditional_escape(sentence)
    where = text(place.value.text)
    stop = "" if str(place.value.text).endswith(".") else "."
    return format_html("{} {} {}{}", sentence, _("Place:"), where, stop)


@register.filter
def rehabilitation(person: PublicPerson) -> str:
    """Say in one sentence what is known of the rehabilitation; empty for nothing."""
    return fates.rehabilitation_sentence(person.rehabilitated, person.sex)


def _beginning(episodes: tuple[PublicEpisode, ...]) -> tuple[str, FuzzyDate | None]:
    if not episodes:
        return "", None
    first = episodes[0]
    for field in ("arrest", "sentence_date"):
        fact = first.facts.get(field)
        if fact and fact.value and fact.value.date:
            return first.kind, fact.value.date if field == "arrest" else None
    return first.kind, None


@register.simple_tag
def episode_year(episode: PublicEpisode) -> str:
    """Say the year an episode began in; empty when no date is known."""
    for field in ("arrest", "sentence_date", "execution", "release"):
        fact = episode.facts.get(field)
        date = fact.value.date if fact and fact.value else None
        if began := datewords.year_words(date):
            return began
    return ""


@register.simple_tag
def rows(facts: dict[str, Any], which: str) -> list[tuple[str, Any]]:
    """Return the facts in the order of a life (`person`) or of a case (`episode`)."""
    order = codes.PERSON_FIELDS if which == "person" else codes.EPISODE_FIELDS
    known = [(field, facts[field]) for field in order if field in facts]
    return known + [(field, fact) for field, fact in facts.items() if field not in order]


@register.simple_tag
def citation(
    source: PublicSource, locator: Text | None = None, via: PublicVia | None = None
) -> SafeString:
    """Print a source as it is cited: author, title, publisher, year, place in it, who sent it."""
    parts = [
        text(Text(source.author, source.language)) if source.author else "",
        format_html("<cite>{}</cite>", text(source.title)),
        text(Text(source.publisher, source.language)) if source.publisher else "",
        str(source.year) if source.year else "",
        text(locator),
        via.credit if via else "",
    ]
    return format_html("{}.", format_html_join(". ", "{}", ((part,) for part in parts if part)))


@register.filter
def same_discredited(values: Iterable[Discredited]) -> list[Discredited]:
    """Join values that are not believed for one and the same reason, with all their marks."""
    found: dict[tuple[object, ...], Discredited] = {}
    for one in values:
        told = one.value
        said = told.date and (told.date.edtf or told.date.printed)
        key = (str(told.text or ""), said, told.code, told.site, one.reason, one.rule)
        before = found[key].value.marks if key in found else ()
        found[key] = replace(one, value=replace(told, marks=(*before, *told.marks)))
    return list(found.values())


@register.filter
def same_figures(figures: Iterable[PublicFigure]) -> list[list[PublicFigure]]:
    """Gather figures that say the same in the same words, so that it is printed once."""
    groups: dict[tuple[object, ...], list[PublicFigure]] = {}
    for one in figures:
        groups.setdefault((one.low, one.high, one.note), []).append(one)
    return list(groups.values())


@register.simple_tag
def figure(found: PublicFigure) -> str:
    """Say the number one source gives for a place: one number, a range, or one bound."""
    low, high = (
        "" if bound is None else number_format(bound, force_grouping=True)
        for bound in (found.low, found.high)
    )
    if low == high:
        return low
    if not high:
        return _("at least %(number)s") % {"number": low}
    if not low:
        return _("up to %(number)s") % {"number": high}
    return f"{low}–{high}"


@register.simple_tag
def coordinates(place: PublicSite) -> SafeString:
    """Print the coordinates of a place, with no more digits than their precision bears."""
    digits = 2 if (place.precision_m or 0) >= 1000 else 4
    # A point and not the comma of the reader's language: these are copied into maps.
    return format_html(
        '<span class="number">{}, {}</span>',
        f"{place.latitude:.{digits}f}",
        f"{place.longitude:.{digits}f}",
    )


@register.simple_tag
def because(reasons: Iterable[Reason]) -> SafeString:
    """Say why each word of the question fits: the word, and how it was understood."""
    return format_html_join("; ", "<q>{}</q>: {}", ((r.asked, _how(r)) for r in reasons))


def _how(reason: Reason) -> str:
    if reason.kind == "close":
        letters = ngettext(
            "%(letters)d letter differs", "%(letters)d letters differ", reason.letters
        )
        return letters % {"letters": reason.letters}
    how = codes.word("match", reason.kind)
    if reason.scheme in SCHEMES:
        return f"{how}, {codes.word('scheme', reason.scheme)}"
    return how


@register.simple_tag
def matched_name(match: Match) -> SafeString:
    """Print the name that matched, as its source has it, with the words that did marked."""
    words = (
        format_html("<mark>{}</mark>" if word in match.marked else "{}", word)
        for word in match.name.split()
    )
    return format_html(
        '<span lang="">{}</span>', format_html_join(" ", "{}", ((w,) for w in words))
    )


@register.simple_tag(takes_context=True)
def with_parameters(context: template.Context, **changes: object) -> str:
    """Return the query of this page with some parameters set, or left out when empty."""
    query = context["request"].GET.copy()
    for parameter, given in changes.items():
        query.pop(parameter, None)
        if given not in ("", None):
            query[parameter] = str(given)
    return "?" + urlencode(list(query.lists()), doseq=True)


@register.filter
def html(biography: str) -> SafeString:
    """Print the HTML of a biography, which `registry.records` has already made safe."""
    return mark_safe(biography)  # noqa: S308
