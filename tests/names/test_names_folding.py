import pytest

from registry.names import cleaned, fold, tokens, words
from registry.names.loading import rows


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Королёв", "королев"),
        ("Салтыков-Щедрин", "салтыков щедрин"),
        ("Салтыков—Щедрин", "салтыков щедрин"),
        ("Валер'ян", "валерян"),
        ("Валер’ян", "валерян"),
        ("Валерʼян", "валерян"),
        ("Валер`ян", "валерян"),
        ("Валер′ян", "валерян"),
        ("Ґудзь Їжак Єва Іван Быкаў Йод", "гудзь їжак єва іван быкаў йод"),
        ("Ма\u0301ндельштам", "мандельштам"),
        ("и\u0306од", "йод"),
        ("Qayıbova Xədicə", "qayibova xadica"),
        ("Wawiłow Weiß Søren Đorđe", "wawilow weiss soren dorde"),
        ("Hиколай", "николай"),
        ("İbrahim", "ibrahim"),
        ("О.Э.", "о э"),
        ("Лесь (Александр)", "лесь александр"),
        ("מאַנדעלשטאַם", "מאנדעלשטאם"),
        ("हिन्दी", "हिन्दी"),
        ("Ｉｖａｎ ﬁ", "ivan fi"),
        ("Bǽrge", "baerge"),  # without its accent the letter is one that becomes two
        (" \u0301 - ", ""),
    ],
)
def test_fold_leaves_letters(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert tokens(text) == folded.split()


def test_words_keep_case_and_accents() -> None:
    assert words("Čaks-Hиколай, О.Э.") == ["Čaks", "Николай", "О", "Э"]


def test_cleaned_removes_what_cannot_be_printed_and_keeps_white_space_as_one_space() -> None:
    assert cleaned(" а\x00\ud800б\u200b\t\nв\x1b ") == "аб в"


def test_rows_of_a_table_the_package_does_not_have_raise() -> None:
    with pytest.raises(FileNotFoundError):
        rows("missing")
