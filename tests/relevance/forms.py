"""Names as other languages write them: given names by a table, surnames by rules of the language.

The table (`given_forms.tsv`) and the rules for Ukrainian and Belarusian were written for the
measurement; those for languages of Latin letters are `tests.names.orthographies`, which the
readings of `registry.names` were checked against. They are rules for Russian names: where a
Ukrainian surname has an own form that no rule gives (Білоус, Белоус), it is not asked for.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.benchmarks.naming import Name, patronymic
from tests.names.orthographies import spell, write

LATIN = {
    "pl": "polish", "de": "german", "lt": "lithuanian", "lv": "latvian", "et": "estonian",
}  # fmt: skip
LANGUAGES = ("uk", "be", *LATIN)
_SAME = {letter: letter for letter in "абвгдежзийклмнопрстуфхцчшыэюя"}
_VOWELS = "аеёиоуыэюя"

CYRILLIC = {
    # Український правопис (1993), § 104: російські прізвища
    "uk": _SAME
    | {
        f"^е|(?<=[{_VOWELS}ьъ])е": "є", "^ё": "йо", "(?<=[жчшщц])ё": "о", "ё": "ьо",
        f"(?<=[{_VOWELS}])и": "ї", "(?<=[жчшщц])и": "и", "и(?=к$|ч$|ца|щ)": "и", "и": "і",
        "ий$": "ій", "(?<=[жчшщц])ий$": "ий", "ый$": "ий", "ский$": "ський", "цкий$": "цький",
        "ская$": "ська", "цкая$": "цька", "щ": "щ", "ь": "ь", "ъ": "'", "ы": "и",
        "э": "е",
    },
    # Правілы беларускай арфаграфіі (2008): ў, дз and ц, hard р ч ш ж, -скі; without the change
    # of unstressed vowels, which needs the stress
    "be": _SAME
    | {
        f"(?<=[{_VOWELS}])в(?![{_VOWELS}])": "ў", "и": "і", "(?<=[жчшщцр])и": "ы",
        "(?<=[жчшщцр])е": "э", "ё": "ё", "щ": "шч", "ь": "ь", "ъ": "'",
        "д(?=[еёиюяь])": "дз", "т(?=[еёиюяь])": "ц", "ский$": "скі", "цкий$": "цкі", "ий$": "і",
        "ый$": "ы", "(?<=[жчшщцр])ий$": "ы", "т(?=е(?:р|н|ль|лин)$)|(?<=ш)т": "т",
        "(?<=т)е(?=(?:р|н|ль|лин)$)": "э",
    },
}  # fmt: skip
FATHERS_UK = {
    "Микола": "Миколай", "Данило": "Данил", "Михайло": "Михайл", "Петро": "Петр",
    "Павло": "Павл", "Дмитро": "Дмитр", "Лев": "Льв", "Федір": "Федор", "Григорій": "Григор",
    "Микита": "Микит", "Кузьма": "Кузьм",
}  # fmt: skip
OWN_UK = {"Ілля": ("Ілліч", "Іллівна"), "Яків": ("Якович", "Яківна")}


@cache
def table() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return for each Russian given name its forms by language; "variants" are Russian too."""
    lines = Path(__file__).with_name("given_forms.tsv").read_text(encoding="utf-8").splitlines()
    columns = ("variants", "uk", "be", "pl", "de", "lt", "lv", "et")
    found = {}
    for line in lines:
        if not line.startswith("#"):
            name, *forms = line.split("\t")
            found[name] = {
                column: tuple(form.split())
                for column, form in zip(columns, forms, strict=True)
                if form != "-"
            }
    return found


def given(name: str, language: str) -> str:
    """Return the form a language has of a Russian given name, "" where the table has none."""
    return next(iter(table().get(name.replace("ё", "е"), {}).get(language, ())), "")


def family(name: str, language: str) -> str:
    """Return a surname by the rules of a language."""
    if language in CYRILLIC:
        return "-".join(spell(part, CYRILLIC[language]) for part in name.split("-"))
    return "-".join(write(part, LATIN[language]) for part in name.split("-"))


@cache
def _fathers() -> dict[str, str]:
    return {patronymic(name, woman=woman): name for name in table() for woman in (False, True)}


def ukrainian_patronymic(russian: str) -> str:
    """Return a patronymic in Ukrainian, "" where the table does not know the father."""
    father = given(_fathers().get(russian, ""), "uk")
    if not father:
        return ""
    woman = russian.endswith("на")
    if father in OWN_UK:
        return OWN_UK[father][woman]
    stem = FATHERS_UK.get(father, father)
    if not woman:
        return f"{stem}ович"
    return f"{stem[:-1]}ївна" if stem[-1] == "й" else f"{stem.removesuffix('ь')}івна"


def form(name: Name, language: str) -> str:
    """Return surname and given name (in Ukrainian the patronymic too) as a language has them."""
    words = [family(name.family, language), given(name.given, language)]
    if language == "uk":
        words.append(ukrainian_patronymic(name.patronymic))
    return " ".join(filter(None, words))
