"""Dates in words, in the reader's language, made from EDTF so that no name needs a declension.

Three forms: `plain` stands alone (October 1938), `when` says when something happened (in October
1938), and `after` follows "not later than" (in Russian and Ukrainian the genitive).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy

from registry.dates import Calendar, FuzzyDate

_ATOM = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)")

MONTHS = (
    gettext_lazy("January"), gettext_lazy("February"), gettext_lazy("March"),
    gettext_lazy("April"), gettext_lazy("May"), gettext_lazy("June"),
    gettext_lazy("July"), gettext_lazy("August"), gettext_lazy("September"),
    gettext_lazy("October"), gettext_lazy("November"), gettext_lazy("December"),
)  # fmt: skip
MONTHS_OF = (
    pgettext_lazy("day of", "January"), pgettext_lazy("day of", "February"),
    pgettext_lazy("day of", "March"), pgettext_lazy("day of", "April"),
    pgettext_lazy("day of", "May"), pgettext_lazy("day of", "June"),
    pgettext_lazy("day of", "July"), pgettext_lazy("day of", "August"),
    pgettext_lazy("day of", "September"), pgettext_lazy("day of", "October"),
    pgettext_lazy("day of", "November"), pgettext_lazy("day of", "December"),
)  # fmt: skip
IN_MONTHS = (
    pgettext_lazy("when", "in January"), pgettext_lazy("when", "in February"),
    pgettext_lazy("when", "in March"), pgettext_lazy("when", "in April"),
    pgettext_lazy("when", "in May"), pgettext_lazy("when", "in June"),
    pgettext_lazy("when", "in July"), pgettext_lazy("when", "in August"),
    pgettext_lazy("when", "in September"), pgettext_lazy("when", "in October"),
    pgettext_lazy("when", "in November"), pgettext_lazy("when", "in December"),
)  # fmt: skip
# Spring is 21 in EDTF, winter 24; each season as name, as "when" and after "not later than".
SEASONS: dict[int, tuple[Promise, Promise, Promise]] = {
    21: (
        gettext_lazy("spring"),
        pgettext_lazy("when", "in spring"),
        pgettext_lazy("not later than", "spring"),
    ),
    22: (
        gettext_lazy("summer"),
        pgettext_lazy("when", "in summer"),
        pgettext_lazy("not later than", "summer"),
    ),
    23: (
        gettext_lazy("autumn"),
        pgettext_lazy("when", "in autumn"),
        pgettext_lazy("not later than", "autumn"),
    ),
    24: (
        gettext_lazy("winter"),
        pgettext_lazy("when", "in winter"),
        pgettext_lazy("not later than", "winter"),
    ),
}


@dataclass(frozen=True, slots=True)
class Forms:
    """One date in its three forms."""

    plain: str
    when: str
    after: str


def date_words(date: FuzzyDate) -> str:
    """Say a date so that it stands alone; what was not read is given as printed."""
    return _with_calendar(_forms(date.edtf).plain, date) if date.edtf else date.printed


def when_words(date: FuzzyDate) -> str:
    """Say when something happened; empty for what was not read: it says nothing."""
    return _with_calendar(_forms(date.edtf).when, date) if date.edtf else ""


def year_words(date: FuzzyDate | None) -> str:
    """Say the year of a date, as short as a line of years needs it; empty for none."""
    if date is None or (date.earliest is None and date.latest is None):
        return ""
    if date.earliest is None or date.latest is None:
        bound = date.latest or date.earliest
        either = (
            pgettext("year", "until %(year)s") if date.latest else pgettext("year", "from %(year)s")
        )
        return either % {"year": bound.year if bound else ""}
    if re.fullmatch(r"\d{4}[~%]", date.edtf):
        return pgettext("year", "c. %(year)s") % {"year": date.edtf[:4]}
    first, last = date.earliest.year, date.latest.year
    if first == last:
        return str(first)
    # A slash where one of two is meant, so that the dash of a life stays readable.
    return f"{first}/{last}"


def life_words(birth: FuzzyDate | None, *deaths: FuzzyDate | None) -> str:
    """Say the years of a life: 1891–1938, or only the one that is known.

    Of several dates of death each year is said: 1886–1938/1939.
    """
    born = year_words(birth)
    died = "/".join(dict.fromkeys(filter(None, map(year_words, deaths))))
    if born and died:
        return f"{born}–{died}"
    if born:
        return pgettext("years of a life", "b. %(year)s") % {"year": born}
    if died:
        return pgettext("years of a life", "d. %(year)s") % {"year": died}
    return ""


def is_told_in(text: str, date: FuzzyDate) -> bool:
    """Tell whether a text already says the date, to the day or month it is known to."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", date.edtf)
    if parts is None or parts[1] not in text:
        return False
    year, month, day = parts.groups()
    if month is None:
        return True
    if not 1 <= int(month) <= 12:
        return False
    if day and re.search(rf"\b{day}\.{month}\.{year}\b", text):
        return True
    names = (MONTHS, MONTHS_OF, IN_MONTHS)
    named = any(str(forms[int(month) - 1]).casefold() in text.casefold() for forms in names)
    return named and (day is None or bool(re.search(rf"\b{int(day)}\b", text)))


def day_words(date: FuzzyDate) -> str:
    """Say the day and the month of an exact day, without the year; empty for any other date."""
    exact = re.fullmatch(r"\d{4}-(\d\d)-(\d\d)", date.edtf)
    if exact is None:
        return ""
    values = {"day": int(exact[2]), "month": MONTHS_OF[int(exact[1]) - 1]}
    return pgettext("day of the year", "%(day)s %(month)s") % values


def iso_of(date: FuzzyDate | None) -> str:
    """Return the date as ISO 8601 for machines, where EDTF and ISO are the same; else empty."""
    if date is None or date.calendar is Calendar.JULIAN:
        return ""
    return date.edtf if re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", date.edtf) else ""


def _with_calendar(words: str, date: FuzzyDate) -> str:
    if date.calendar is Calendar.JULIAN:
        return _("%(date)s (Old Style)") % {"date": words}
    return words


def _forms(edtf: str) -> Forms:
    if edtf.startswith("["):
        return _set_forms(edtf[1:-1])
    if "/" in edtf:
        first, last = edtf.split("/")
        return _interval_forms(first.replace("..", ""), last.replace("..", ""))
    return _atom_forms(edtf)


def _set_forms(inner: str) -> Forms:
    members = [
        _interval_forms(*member.strip().split("..")) if ".." in member else _atom_forms(member)
        for member in inner.split(",")
    ]
    found = members[0]
    for member in members[1:]:
        found = Forms(
            *(
                _("%(first)s or %(last)s") % {"first": one, "last": other}
                for one, other in zip(_each(found), _each(member), strict=True)
            )
        )
    return found


def _each(forms: Forms) -> tuple[str, str, str]:
    return forms.plain, forms.when, forms.after


def _interval_forms(first: str, last: str) -> Forms:
    if not first:
        text = _("not later than %(date)s") % {"date": _atom_forms(last).after}
        return Forms(text, text, text)
    if not last:
        text = _("not earlier than %(date)s") % {"date": _atom_forms(first).after}
        return Forms(text, text, text)
    begin, end = _atom_forms(first), _atom_forms(last)
    when = _("not earlier than %(first)s and not later than %(last)s") % {
        "first": begin.after,
        "last": end.after,
    }
    return Forms(f"{begin.plain} – {end.plain}", when, when)


def _atom_forms(edtf: str) -> Forms:
    match = _ATOM.fullmatch(edtf.strip())
    if match is None:
        return Forms(edtf, edtf, edtf)
    year, month, day, mark = match.groups()
    forms = _unmarked(year, month, day)
    if not mark:
        return forms
    qualified = {
        "~": _("%(date)s (approximately)"),
        "?": _("%(date)s (uncertain)"),
        "%": _("%(date)s (approximately, uncertain)"),
    }[mark]
    return Forms(*(qualified % {"date": form} for form in _each(forms)))


def _unmarked(year: str, month: str | None, day: str | None) -> Forms:
    if "X" in year:
        return _span_of_years(int(year.replace("X", "0")), int(year.replace("X", "9")))
    if month in (None, "XX"):
        return _year(year)
    number = int(month or 0)
    if number in SEASONS:
        return _season(int(year), number)
    if not 1 <= number <= 12:
        return _year(year)
    if day in (None, "XX"):
        return _month(year, number)
    values = {"day": int(day or 0), "month": MONTHS_OF[number - 1], "year": year}
    return Forms(
        pgettext("day", "%(day)s %(month)s %(year)s") % values,
        pgettext("when, day", "on %(day)s %(month)s %(year)s") % values,
        pgettext("not later than, day", "%(day)s %(month)s %(year)s") % values,
    )


def _year(year: str) -> Forms:
    return Forms(
        year,
        pgettext("when, year", "in %(year)s") % {"year": year},
        pgettext("not later than, year", "%(year)s") % {"year": year},
    )


def _month(year: str, number: int) -> Forms:
    return Forms(
        pgettext("month", "%(month)s %(year)s") % {"month": MONTHS[number - 1], "year": year},
        pgettext("when, month", "%(in_month)s %(year)s")
        % {"in_month": IN_MONTHS[number - 1], "year": year},
        pgettext("not later than, month", "%(month)s %(year)s")
        % {"month": MONTHS_OF[number - 1], "year": year},
    )


def _season(year: int, number: int) -> Forms:
    name, when, after = SEASONS[number]
    # Winter is the one that begins in the December of the year.
    years = f"{year}/{year + 1}" if number == 24 else str(year)
    return Forms(
        pgettext("season", "%(season)s %(year)s") % {"season": name, "year": years},
        pgettext("when, season", "%(in_season)s %(year)s") % {"in_season": when, "year": years},
        pgettext("not later than, season", "%(season)s %(year)s")
        % {"season": after, "year": years},
    )


def _span_of_years(first: int, last: int) -> Forms:
    if last - first == 9:
        decade = {"decade": first}
        return Forms(
            f"{first}–{last}",
            pgettext("when, decade", "in the %(decade)ss") % decade,
            pgettext("not later than, decade", "the %(decade)ss") % decade,
        )
    values = {"first": first, "last": last}
    when = pgettext("when, years", "between %(first)s and %(last)s") % values
    return Forms(f"{first}–{last}", when, when)
