import pytest

from registry.names import MAX_TOKENS, parse_query, readings


def _words(text: str) -> list[tuple[str, bool]]:
    return [(token.folded, token.initial) for token in parse_query(text).tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мандельштам Осип", [("мандельштам", False), ("осип", False)]),
        ("О.Э. Мандельштам", [("о", True), ("э", True), ("мандельштам", False)]),
        ("Салтыков-Щедрин", [("салтыков", False), ("щедрин", False)]),
        ("加", [("加", False)]),
        ("ба\x00бе\ud800ль\x07", [("бабель", False)]),
        ("", []),
        (" .,?! ", []),
        ("\u0301", []),
    ],
)
def test_parse_query_gives_words_and_initials(text: str, expected: list[tuple[str, bool]]) -> None:
    assert _words(text) == expected


def test_parse_query_reads_eight_words_of_two_hundred_characters() -> None:
    assert len(parse_query("аб " * 100).tokens) == MAX_TOKENS
    assert [len(token.text) for token in parse_query("а" * 10_000).tokens] == [200]


def test_a_token_carries_its_text_readings_and_keys() -> None:
    (token,) = parse_query("Čaks").tokens
    assert token.text == "Čaks"
    assert token.folded == "caks"
    assert token.readings == readings("Čaks")
    assert "qaks" in token.keys
