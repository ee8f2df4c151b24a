from registry.names import MAX_STORED, NameToken, name_tokens, readings


def test_name_tokens_of_a_cyrillic_name_are_its_words() -> None:
    assert name_tokens("Мандельштам", "Осип", "Эмильевич") == [
        NameToken("family", "Мандельштам", "мандельштам", "mandelwtam"),
        NameToken("given", "Осип", "осип", "osip"),
        NameToken("patronymic", "Эмильевич", "эмильевич", "emileviq"),
    ]


def test_a_hyphened_name_has_its_halves_and_the_joined_form() -> None:
    for family in ("Чобан-заде", "Чобан—заде"):
        found = name_tokens(family)
        assert [token.folded for token in found] == ["чобан", "заде", "чобанзаде"]
        assert found[-1].text == "Чобан-заде"
    assert [token.folded for token in name_tokens("-заде", "Ли -")] == ["заде", "ли"]


def test_a_latin_name_has_a_row_for_every_reading() -> None:
    found = name_tokens(family="Qayıbova")
    assert [token.key for token in found] == [reading.key for reading in readings("Qayıbova")]
    assert {token.folded for token in found} == {"qayibova"}


def test_words_of_the_full_name_come_once() -> None:
    found = name_tokens("Кун", "Бела", full="Кун Бела Морисович")
    assert [(token.role, token.folded) for token in found] == [
        ("family", "кун"),
        ("given", "бела"),
        ("full", "морисович"),
    ]
    assert len(name_tokens("Бела", "Бела Бела")) == 2


def test_a_word_without_sounds_is_stored_without_a_key() -> None:
    assert name_tokens(full="12") == [NameToken("full", "12", "12", "")]
    assert name_tokens(full="— \u0301") == []


def test_folded_forms_and_keys_fit_the_columns() -> None:
    (token,) = name_tokens("я" * 1000)
    assert len(token.folded) == MAX_STORED
    assert len(token.key) == MAX_STORED
