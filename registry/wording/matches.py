"""The words for why a name was found: the kind of match, and the orthography it was read in."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MATCHES: dict[str, Promise] = {
    "exact": _("same spelling"),
    "reading": _("same name in another spelling"),
    "prefix": _("the name begins so"),
    "reading-prefix": _("the name begins so in another spelling"),
    "equivalent": _("another form of the same name"),
    "syllable": _("another spelling of the same syllables"),
    "initial": _("same initial"),
}
"""Why a word of the question fits a word of a name."""

SCHEMES: dict[str, Promise] = {
    "english": _("read as English"),
    "ukrainian": _("read as Ukrainian"),
    "belarusian": _("read as Belarusian"),
    "latvian": _("read as Latvian"),
    "lithuanian": _("read as Lithuanian"),
    "turkic": _("read as Turkic"),
    "polish": _("read as Polish"),
    "german": _("read as German"),
    "scientific": _("read as scientific transliteration"),
    "gost": _("read as GOST transliteration"),
    "french": _("read as French"),
    "hungarian": _("read as Hungarian"),
    "finnish": _("read as Finnish"),
    "cyrillic": _("read in Cyrillic"),
    "georgian": _("read in Georgian"),
    "armenian": _("read in Armenian"),
    "yiddish": _("read in Yiddish or Hebrew"),
    "hebrew": _("read in Yiddish or Hebrew"),
}
"""The orthography a word of the question was read in."""
