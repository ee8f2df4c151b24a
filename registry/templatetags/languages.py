"""Names of languages and countries, and the language a fragment is most likely in."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from registry.names import script_of
from registry.wording.words import Words

LANGUAGES: Words = {
    "ar": _("Arabic"),
    "az": _("Azerbaijani"),
    "be": _("Belarusian"),
    "bg": _("Bulgarian"),
    "crh": _("Crimean Tatar"),
    "cs": _("Czech"),
    "cv": _("Chuvash"),
    "de": _("German"),
    "en": _("English"),
    "es": _("Spanish"),
    "et": _("Estonian"),
    "fi": _("Finnish"),
    "fr": _("French"),
    "he": _("Hebrew"),
    "hu": _("Hungarian"),
    "hy": _("Armenian"),
    "it": _("Italian"),
    "ka": _("Georgian"),
    "kk": _("Kazakh"),
    "ky": _("Kyrgyz"),
    "lt": _("Lithuanian"),
    "lv": _("Latvian"),
    "mn": _("Mongolian"),
    "pl": _("Polish"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "tg": _("Tajik"),
    "tk": _("Turkmen"),
    "tr": _("Turkish"),
    "tt": _("Tatar"),
    "uk": _("Ukrainian"),
    "uz": _("Uzbek"),
    "yi": _("Yiddish"),
    "zh": _("Chinese"),
}

COUNTRIES: Words = {
    "AM": _("Armenia"),
    "AZ": _("Azerbaijan"),
    "BY": _("Belarus"),
    "DE": _("Germany"),
    "EE": _("Estonia"),
    "FI": _("Finland"),
    "GE": _("Georgia"),
    "KG": _("Kyrgyzstan"),
    "KZ": _("Kazakhstan"),
    "LT": _("Lithuania"),
    "LV": _("Latvia"),
    "MD": _("Moldova"),
    "MN": _("Mongolia"),
    "PL": _("Poland"),
    "RU": _("Russia"),
    "TJ": _("Tajikistan"),
    "TM": _("Turkmenistan"),
    "UA": _("Ukraine"),
    "UZ": _("Uzbekistan"),
}

# Scripts whose texts here are nearly always of one language; the rest are named as a script.
_BY_SCRIPT = {"Geor": "ka", "Armn": "hy", "Hebr": "yi"}
_CYRILLIC = frozenset({"be", "bg", "cv", "kk", "ky", "mn", "ru", "tg", "tt", "uk"})
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")


def language_name(code: str) -> str:
    """Return the name of a language for the reader, or the code where it has none."""
    found = LANGUAGES.get(code)
    return code if found is None else str(found)


def country_name(code: str) -> str:
    """Return the name of a country (ISO 3166-1 alpha-2) for the reader, or the code."""
    found = COUNTRIES.get(code.upper())
    return code if found is None else str(found)


def language_of(text: str, stated: str, page: str) -> str:
    """Return the BCP 47 tag of a text, empty where it is, or may be, that of the page.

    The language stated counts, unless the script shows that the text is not in it: a work in
    Russian can have an author in Latin letters.
    """
    script = script_of(text)
    cyrillic = stated in _CYRILLIC
    if stated and not (cyrillic and script == "Latn") and not (not cyrillic and script == "Cyrl"):
        return "" if stated == page else stated
    return likely_language(text, page)


def likely_language(text: str, page: str) -> str:
    """Return the BCP 47 tag of a text as printed; empty where it may be that of the page."""
    script = script_of(text)
    if script == "Cyrl":
        return _likely_cyrillic(text, page)
    if script == "Zyyy" or (script == "Latn" and page == "en"):
        return ""
    return _BY_SCRIPT.get(script, f"und-{script}")


def _likely_cyrillic(text: str, page: str) -> str:
    if _UKRAINIAN.search(text):
        return "" if page == "uk" else "uk"
    # Without a letter that only one of the two has, the reader's own language is as likely.
    if page == "ru" or (page == "uk" and not _RUSSIAN.search(text)):
        return ""
    return "ru"
