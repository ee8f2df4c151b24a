"""How Russian names are written in Latin letters: standards to tune on, and others to be judged by.

`CUSTOMS`: the custom of a language or a place, one table each after the work named at it, in the
notation of `tests.names.orthographies`; none was written from the tables of `registry.names`. Those
in `TUNED_ON`, and the schemes of iuliia, may be looked at while readings of Latin letters are
tuned; the others are held out: the published figures are theirs, and nobody tunes on them. (All
schemes of iuliia, and the orthographies of German, Polish, Latvian, Lithuanian, Estonian and
Finnish, were used to tune the readings of `registry.names` before this measure was made.)
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache

from tests.names.orthographies import HISSES, VOWELS, spell

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import iuliia

_PLAIN = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True)) | {
    "ь": "", "ъ": "",
}  # fmt: skip
_IOTATED = f"^е|(?<=[{VOWELS}ьъ])е"
_AFTER_HISS = f"(?<=[{HISSES}])ё"
_SCIENTIFIC = _PLAIN | {
    "й": "j", "ж": "ž", "х": "ch", "ц": "c", "ч": "č", "ш": "š", "щ": "šč", "ю": "ju", "я": "ja",
    _AFTER_HISS: "o", "ё": "jo",
}  # fmt: skip

CUSTOMS: dict[str, dict[str, str]] = {
    # DIN 1460 (1982), libraries of Germany
    "DIN 1460": _SCIENTIFIC | {"ё": "ë", "ь": "'", "ъ": '"', "э": "ė"},
    # Gaj's alphabet: Croatian and Serbian custom (Pravopis Matice srpske)
    "Serbian": _SCIENTIFIC | {"х": "h", "щ": "šč", "ы": "i", "ий$": "i", "ый$": "i"},
    # Svenska skrivregler; the custom of Swedish newspapers (TT)
    "Swedish": _PLAIN
    | {
        _IOTATED: "je", "ё": "jo", "ж": "zj", "й": "j", "ий$": "ij", "ый$": "yj", "х": "ch",
        "ц": "ts", "ч": "tj", "ш": "sj", "щ": "sjtj", "ю": "ju", "я": "ja",
    },
    # Språkrådet: Omskriving av russiske namn
    "Norwegian": _PLAIN
    | {
        _IOTATED: "je", "ё": "jo", "ж": "zj", "й": "j", "ий$": "ij", "ый$": "yj", "х": "kh",
        "ц": "ts", "ч": "tsj", "ш": "sj", "щ": "sjtsj", "ю": "ju", "я": "ja",
    },
    # Dansk Sprognævn: Russiske navne
    "Danish": _PLAIN
    | {
        _IOTATED: "je", "ё": "jo", "ж": "zj", "й": "j", "ий$": "ij", "ый$": "yj", "х": "kh",
        "ц": "ts", "ч": "tj", "ш": "sj", "щ": "sjtj", "ю": "ju", "я": "ja",
    },
    # Nederlandse Taalunie: transcriptie van het Russisch
    "Dutch": _PLAIN
    | {
        _IOTATED: "je", "ё": "jo", "ж": "zj", "й": "j", "ий$": "i", "ый$": "y", "у": "oe",
        "х": "ch", "ц": "ts", "ч": "tsj", "ш": "sj", "щ": "sjtsj", "ю": "joe", "я": "ja",
    },
    # A magyar helyesírás szabályai (1984): cirill betűs nevek átírása
    "Hungarian": _PLAIN
    | {
        _IOTATED: "je", "ё": "jo", "ж": "zs", "й": "j", "ий$": "ij", "ый$": "ij", "с": "sz",
        "х": "h", "ц": "c", "ч": "cs", "ш": "s", "щ": "scs", "ы": "i", "ю": "ju", "я": "ja",
    },
    # Academia Română: Dicționarul ortografic
    "Romanian": _PLAIN
    | {
        _IOTATED: "ie", "ё": "io", "ж": "j", "х": "h", "ц": "ț", "ч(?=[еиё])": "c", "ч": "ci",
        "г(?=[еи])": "gh", "к(?=[еи])": "ch", "ш": "ș", "щ": "șci", "ы": "î", "ю": "iu",
        "я": "ia", "ий$": "i", "ый$": "îi",
    },
    # Ortografía y Fundéu: transcripción del ruso
    "Spanish": _PLAIN
    | {
        "ё": "io", "ж": "zh", "г(?=[еи])": "gu", "х": "j", "ц": "ts", "ч": "ch", "ш": "sh",
        "щ": "sch", "ю": "iu", "я": "ia", "ий$": "i", "ый$": "y",
    },
    # Manuais de redação of newspapers in Portuguese
    "Portuguese": _PLAIN
    | {
        f"(?<=[{VOWELS}])с(?=[{VOWELS}])": "ss", "ё": "io", "ж": "j", "г(?=[еи])": "gu",
        "х": "kh", "ц": "ts", "ч": "tch", "ш": "ch", "щ": "chtch", "ы": "i", "ю": "iu",
        "я": "ia", "ий$": "i", "ый$": "i",
    },
    # Albanian custom (Gjuha letrare shqipe: emrat e huaj)
    "Albanian": _PLAIN
    | {
        "ё": "jo", "ж": "zh", "й": "j", "х": "h", "ц": "c", "ч": "ç", "ш": "sh", "щ": "shç",
        "ю": "ju", "я": "ja", "ий$": "ij",
    },
    # Türk Dil Kurumu: Rusça adların yazılışı
    "Turkish": _PLAIN
    | {
        _IOTATED: "ye", "ё": "yo", "ж": "j", "й": "y", "х": "h", "ц": "ts", "ч": "ç", "ш": "ş",
        "щ": "şç", "ы": "ı", "ю": "yu", "я": "ya", "ий$": "iy",
    },
    # French newspapers and encyclopedias between the wars (Larousse du XXe siècle)
    "French": _PLAIN
    | {
        "в$": "ff", "ин$": "ine", f"(?<=[{VOWELS}])с(?=[{VOWELS}])": "ss", "ё": "io", "ж": "j",
        "г(?=[еи])": "gu", "у": "ou", "х": "kh", "ц": "tz", "ч": "tch", "ш": "ch", "щ": "chtch",
        "ю": "iou", "я": "ia", "й": "ï", "ий$": "y", "ый$": "y",
    },
    # Emigrants' papers in English, 1920s
    "emigrant": _PLAIN
    | {
        "в$": "ff", "ё": "eo", "ж": "j", "й": "y", "ий$": "y", "ый$": "y", "х": "kh", "ц": "tz",
        "ч": "tch", "ш": "sh", "щ": "stch", "ю": "iu", "я": "ia",
    },
    # English newspapers of today (The Guardian and Observer style guide: Russian names)
    "English": _PLAIN
    | {
        "ё": "e", f"(?<=[{HISSES}])ё": "o", "ж": "zh", "й": "i", "ий$": "y", "ый$": "y",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya",
        f"(?<=[{VOWELS}ь])е": "ye",
    },
    # What people type in social networks, without a standard
    "typed": _PLAIN
    | {
        "ё": "e", "ж": "zh", "й": "j", "ий$": "iy", "х": "h", "ц": "c", "ч": "ch", "ш": "sh",
        "щ": "sch", "ю": "yu", "я": "ya",
    },
}  # fmt: skip
TUNED_ON = ("Swedish", "Norwegian", "Danish", "Dutch", "Hungarian", "Romanian", "Spanish")
SCHEMES = (
    "ALA_LC", "BGN_PCGN", "GOST_52535", "GOST_779", "ICAO_DOC_9303", "ISO_9_1968", "MVD_310_FR",
    "SCIENTIFIC", "TELEGRAM", "WIKIPEDIA",
)  # fmt: skip

Writer = Callable[[str], str]


def standards(which: str) -> dict[str, Writer]:
    """Return the writers of one set, "tuning" or "held-out", each from a word to a word."""
    if which == "held-out":
        return {name: _custom(name) for name in CUSTOMS if name not in TUNED_ON}
    assert which == "tuning", which
    schemes = {name: getattr(iuliia, name).translate for name in SCHEMES}
    return schemes | {name: _custom(name) for name in TUNED_ON}


@cache
def _custom(name: str) -> Writer:
    table = CUSTOMS[name]
    return lambda word: spell(word, table)
