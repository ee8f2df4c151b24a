import pytest

from registry.names import mend_lookalikes, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Мандельштам", "Cyrl"),
        ("Mandelstam", "Latn"),
        ("ტაბიძე", "Geor"),
        ("Չարենց", "Armn"),
        ("מאַנדעלשטאַם", "Hebr"),
        ("فطرت", "Arab"),
        ("ᠭᠡᠨᠳᠦᠩ", "Mong"),
        ("김", "Hang"),
        ("加伦", "Hani"),
        ("", "Zyyy"),
        ("1937 — ?", "Zyyy"),
        ("Ωμέγα", "Zyyy"),
        ("Ivan Иванов", "Cyrl"),
        ("Иван Ivan", "Cyrl"),
        ("Ivan Иван", "Latn"),
    ],
)
def test_script_of_names_the_script_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("token", "mended"),
    [
        ("Hиколай", "Николай"),
        ("Cергeй", "Сергей"),
        ("Иvанов", "Иvанов"),  # v looks like no Cyrillic letter: mended whole or not at all
        ("Вabel", "Babel"),
        ("Маndеlstam", "Mandelstam"),
        ("Зz", "Зz"),  # one letter against one
        ("ЗzАА", "ЗzАА"),  # z has no counterpart
        ("ЗGOO", "ЗGOO"),
        ("ЗNаоо", "ЗNаоо"),
        ("НеHe", "НеHe"),  # every letter could be either
        ("COP", "COP"),
        ("СОР", "СОР"),
        ("", ""),
    ],
)
def test_mend_lookalikes_lets_the_certain_letters_decide(token: str, mended: str) -> None:
    assert mend_lookalikes(token) == mended
