import pytest

from registry.names import romanise


@pytest.mark.parametrize(
    ("text", "language", "latin"),
    [
        ("Мандельштам Осип Эмильевич", "ru", "Mandelshtam Osip Emilyevich"),
        ("Салтыков-ЩЕДРИН, О. Э.", "ru", "Saltykov-SHCHEDRIN, O. E."),
        ("щука Щ.", "ru", "shchuka Shch."),
        ("Королёв Хрущёв Ёлкин Белый", "ru", "Korolyov Khrushchov Yolkin Bely"),
        ("Подъячев Ильинична Юрьевич", "ru", "Podyachev Ilyinichna Yuryevich"),
        ("Підмогильний Валер'ян", "uk", "Pidmohylnyi Valerian"),
        ("Єгоров Юрій Згурський Їжак Йосип", "uk", "Yehorov Yurii Zghurskyi Yizhak Yosyp"),
        ("Шчарбакоў Гурло", "be", "Shcharbakou Hurlo"),
        ("Жұмабаев Мағжан", "kk", "Zhumabayev Maghzhan"),
        ("Չարենց Եղիշե", "hy", "Charents Yeghishe"),
        ("ტაბიძე", "ka", "tabidze"),
        ("מאַנדעלשטאַם", "yi", "mandelshtam"),
        ("加", "zh", "Jia"),
        ("Mandelstam (1891)", "ru", "Mandelstam (1891)"),
        ("Ь", "ru", ""),
        ("ІВАН", "uk", "IVAN"),
        ("Ѿ", "ru", "Ot"),
        ("аЯ", "ru", "aya"),
        ("", "ru", ""),
    ],
)
def test_romanise_follows_its_standards(text: str, language: str, latin: str) -> None:
    assert romanise(text, language=language) == latin
