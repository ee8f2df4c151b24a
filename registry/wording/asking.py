"""The words of the search: what can be asked, and why a name answers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .words import Words

MATCHES: Words = {
    "exact": _("same spelling"),
    "reading": _("same name in another spelling"),
    "prefix": _("the name begins so"),
    "reading-prefix": _("the name begins so in another spelling"),
    "equivalent": _("another form of the same name"),
    "syllable": _("another spelling of the same syllables"),
    "initial": _("same initial"),
    "pattern": _("the name has this form"),
    "sound": _("sounds alike"),
    "kin": _("the same name with another ending"),
    "differs-family": _("the surname differs"),
    "differs-given": _("the given name differs"),
    "differs-patronymic": _("the patronymic differs"),
    "missing-family": _("no surname is known"),
    "missing-given": _("no given name is known"),
    "missing-patronymic": _("no patronymic is known"),
}
"""Why a word of the question fits a word of a name."""

SCHEMES: Words = {
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
    "scandinavian": _("read as Scandinavian"),
    "dutch": _("read as Dutch"),
    "hungarian": _("read as Hungarian"),
    "finnish": _("read as Finnish"),
    "cyrillic": _("read in Cyrillic"),
    "georgian": _("read in Georgian"),
    "armenian": _("read in Armenian"),
    "yiddish": _("read in Yiddish or Hebrew"),
    "hebrew": _("read in Yiddish or Hebrew"),
}
"""The orthography a word of the question was read in."""

PARAMETERS: Words = {
    "q": _("Name"),
    "family": _("Family name"),
    "given": _("Given name"),
    "patronymic": _("Patronymic"),
    "exact": _("Exact spelling only"),
    "birth_from": _("Born from"),
    "birth_to": _("Born to"),
    "death_from": _("Died from"),
    "death_to": _("Died to"),
    "arrest_from": _("Arrested from"),
    "arrest_to": _("Arrested to"),
    "undated": _("Include undated"),
    "place": _("Any place"),
    "region": _("Region"),
    "occupation": _("Occupation"),
    "nationality": _("Nationality, as the source has it"),
    "sex": _("Sex"),
    "party": _("Party membership"),
    "category": _("Category"),
    "fate": _("Fate"),
    "operation": _("Operation"),
    "sentencing_body": _("Sentenced by"),
    "article": _("Article of the code"),
    "rehabilitated": _("Rehabilitation"),
    "site": _("Burial site"),
    "source": _("Source"),
    "archive_file": _("Archive file"),
    "has": _("With"),
    "sort": _("Order"),
    "page": _("Page"),
    "limit": _("On one page"),
}
"""The parameters of the search."""
