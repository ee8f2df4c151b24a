"""How languages of Latin letters write Russian (and Belarusian) names: for tests, one table each.

After the reference works named at each; independent of `registry/names/tables`, which reads them.
"""

from __future__ import annotations

import re
from functools import cache

VOWELS = "аеёиоуыэюяіў"
HISSES = "жчшщц"

_SAME = dict(zip("абвдзиклмнопрстуф", "abvdziklmnoprstuf", strict=True))

ORTHOGRAPHIES: dict[str, dict[str, str]] = {
    # Duden, Die deutsche Rechtschreibung: Umschrift des Russischen
    "german": _SAME
    | {
        f"^е|(?<=[{VOWELS}ьъ])е": "je", "е": "e", f"(?<=[{HISSES}])ё": "o", "ё": "jo", "ж": "sch",
        f"(?<=[{VOWELS}])с(?=[{VOWELS}])": "ss", "в": "w", "з": "s", "ий$": "i", "ый$": "y",
        "г": "g", "й": "i", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch", "ъ": "",
        "ы": "y", "ь": "", "э": "e", "ю": "ju", "я": "ja",
    },
    # Słownik ortograficzny PWN: transkrypcja współczesnego alfabetu rosyjskiego
    "polish": _SAME
    | {
        f"^е|(?<=[{VOWELS}ьъ])е": "je", f"(?<=[{HISSES}лж])е": "e", "е": "ie",
        f"^ё|(?<=[{VOWELS}ьъ])ё": "jo", f"(?<=[{HISSES}л])ё": "o", "ё": "io", "в": "w", "г": "g",
        "ж": "ż", f"(?<=[{HISSES}])и": "y", "ий$": "i", "ый$": "y", "лю": "lu", "ля": "la",
        "ль": "l", "л(?=[еёиюя])": "l", "л": "ł", "й": "j", "х": "ch", "ц": "c", "ч": "cz",
        "ш": "sz", "щ": "szcz", "ы": "y", "э": "e", "нь": "ń", "сь": "ś", "зь": "ź", "ь": "",
        "ъ": "", f"^ю|(?<=[{VOWELS}ьъ])ю": "ju", "ю": "iu",
        f"^я|(?<=[{VOWELS}ьъ])я": "ja", "я": "ia",
    },
    # Valsts valodas centrs: names of Russian in Latvian, with the endings of Latvian
    "latvian": _SAME
    | {
        f"^е|(?<=[{VOWELS}ьъ])е": "je", "е": "e", f"(?<=[{HISSES}])ё": "o", "ё": "jo", "г": "g",
        "ж": "ž", "(?:с)кий$": "skis", "цкий$": "ckis", "ий$": "ijs", "ый$": "ijs", "ой$": "ojs",
        "й": "j", "ль|л(?=[юя])": "ļ", "нь|н(?=[юя])": "ņ", "х": "h", "ц": "c", "ч": "č", "ш": "š",
        "щ": "šč", "ъ": "", "ы": "i", "ь": "", "э": "e", "(?<=[лн])ю": "u", "ю": "ju",
        "(?<=[лн])я": "a", "я": "ja", "в$": "vs", "н$": "ns", "к$": "ks", "ч$": "čs",
    },
    # Valstybinė lietuvių kalbos komisija: names of Russian in Lithuanian, with its endings
    "lithuanian": _SAME
    | {
        f"^е|(?<=[{VOWELS}ьъ])е": "je", "е": "e", "ё": "io", "г": "g", "ж": "ž", "ский$": "skis",
        "цкий$": "ckis", "ий$": "ijus", "ый$": "as", "ой$": "ojus", "й": "j", "х": "ch", "ц": "c",
        "ч": "č", "ш": "š", "щ": "šč", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
        "в$": "vas", "н$": "nas", "к$": "kas", "ч$": "čius", "о$": "o",
    },
    # Eesti keele sõnaraamat ÕS: vene-eesti transkriptsioon
    "estonian": _SAME
    | {
        f"^е|(?<=[{VOWELS}ьъ])е": "je", "е": "e", f"(?<=[{HISSES}])ё": "o", "ё": "jo", "г": "g",
        "ж": "ž", f"(?<=[{VOWELS}])и": "i", "ий$": "i", "ый$": "õi", "й": "i", "х": "h", "ц": "ts",
        "ч": "tš", "ш": "š", "щ": "štš", "ъ": "", "ы": "õ", "ь": "", "э": "e", "ю": "ju", "я": "ja",
        f"(?<=[{VOWELS}])с$": "ss",
    },
    # SFS 4900: venäjän kielen kyrilliset kirjaimet suomeksi
    "finnish": _SAME
    | {
        f"^е|(?<=[{VOWELS}ьъ])е": "je", "е": "e", f"(?<=[{HISSES}])ё": "o", "ё": "jo", "г": "g",
        "ж": "ž", "ий$": "i", "ый$": "yi", "й": "i", "х": "h", "ц": "ts", "ч": "tš", "ш": "š",
        "щ": "štš", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "ju", "я": "ja",
    },
    # Instruction of Belarus of 2000 (2007): Belarusian in Latin letters
    "belarusian": _SAME
    | {
        "г": "h", f"^е|(?<=[{VOWELS}ьў'])е": "je", "(?<=л)е": "e", "е": "ie", "л(?=[еёіюяь])": "l",
        "л": "ł", "ль": "l", f"^ё|(?<=[{VOWELS}ьў'])ё": "jo", "(?<=л)ё": "o", "ё": "io", "ж": "ž",
        "і": "i", "й": "j", "ў": "ŭ", "х": "ch", "ць": "ć", "зь": "ź", "сь": "ś", "нь": "ń",
        "ц": "c", "ч": "č", "ш": "š", "ы": "y", "ь": "", "э": "e", "'": "",
        f"^ю|(?<=[{VOWELS}ьў'])ю": "ju", "(?<=л)ю": "u", "ю": "iu",
        f"^я|(?<=[{VOWELS}ьў'])я": "ja", "(?<=л)я": "a", "я": "ia",
    },
}  # fmt: skip


def write(name: str, orthography: str) -> str:
    """Return a Cyrillic name as the orthography has it."""
    return spell(name, ORTHOGRAPHIES[orthography])


def spell(name: str, table: dict[str, str]) -> str:
    """Return a Cyrillic word by a table of patterns, of which the longest is tried first.

    Raises AssertionError for a letter that the table does not know.
    """
    word = name.lower()
    rules = _rules(tuple(table.items()))
    written, at = "", 0
    while at < len(word):
        for pattern, letters in rules:
            if match := pattern.match(word, at):
                written += letters
                at = match.end()
                break
        else:
            raise AssertionError(f"no letter for {word[at]} in {name}")
    return written.capitalize()


@cache
def _rules(table: tuple[tuple[str, str], ...]) -> list[tuple[re.Pattern[str], str]]:
    ordered = sorted(table, key=lambda rule: (rule[0].isalpha(), -len(rule[0])))
    return [(re.compile(pattern), letters) for pattern, letters in ordered]
