import pytest

from registry.names import NameParts, match_name, match_token, parse_query

MANDELSTAM = NameParts("Мандельштам", "Осип", "Эмильевич")


@pytest.mark.parametrize(
    ("asked", "name", "kind", "scheme"),
    [
        ("мандельштам", "Мандельштам", "exact", ""),
        ("Mandelsztam", "Мандельштам", "reading", "polish"),
        ("Мандельштам", "Mandelstam", "reading", "german"),
        ("Косіор", "Косиор", "reading", "cyrillic"),
        ("Joseph", "Осип", "equivalent", "english"),
        ("Мандель", "Мандельштам", "prefix", ""),
        ("Mandelsh", "Мандельштам", "reading-prefix", "english"),
        ("О", "Осип", "initial", ""),
        ("Осип", "О.", "initial", ""),
        ("О", "О.", "exact", ""),
        ("Ya", "Яков", "reading-prefix", "english"),
        ("Я", "Yakov", "initial", "english"),
        ("Я", "Иван", None, None),
        ("В", "Vasily", "initial", "english"),
        ("V", "Василий", "initial", "english"),
        ("М", "Осип", None, None),
        ("Бабель", "Мандельштам", None, None),
        ("Мандельштамм", "Мандель", None, None),
        ("Осип", "—", None, None),
        ("1937", "1938", None, None),
    ],
)
def test_match_token_gives_the_best_reason(
    asked: str, name: str, kind: str | None, scheme: str | None
) -> None:
    match = match_token(parse_query(asked).tokens[0], name)
    assert (match and match.kind, match and match.scheme) == (kind, scheme)


def test_a_longer_prefix_is_worth_more_and_never_a_whole_word() -> None:
    scores = [
        match.score
        for asked in ("Ма", "Мандель", "Мандельшта", "Mandelshtam", "Мандельштам")
        if (match := match_token(parse_query(asked).tokens[0], "Мандельштам"))
    ]
    assert scores == sorted(scores)
    assert len(set(scores)) == 5


@pytest.mark.parametrize(
    "asked",
    [
        "Мандельштам",
        "мандельштам осип",
        "осип мандельштам",
        "О. Э. Мандельштам",
        "Mandelstam Joseph",
    ],
)
def test_match_name_finds_the_words_in_any_order(asked: str) -> None:
    match = match_name(parse_query(asked), MANDELSTAM)
    assert match
    assert 0 < match.score <= 1
    assert len(match.reasons) == len(parse_query(asked).tokens)


@pytest.mark.parametrize("asked", ["", "Мандельштам Исаак", "Осип Осип", "Осип О. Э. М. Ш."])
def test_match_name_needs_a_word_of_its_own_for_every_word_asked(asked: str) -> None:
    assert match_name(parse_query(asked), MANDELSTAM) is None


def test_match_name_of_a_name_without_words_is_none() -> None:
    assert match_name(parse_query("Осип"), NameParts()) is None


def test_words_take_the_places_that_serve_all_best() -> None:
    name = NameParts("Иванов", "Иван", "Иванович")
    match = match_name(parse_query("иванов иван ив"), name)
    assert match
    assert [reason.kind for reason in match.reasons] == ["exact", "exact", "prefix"]


def test_a_name_asked_in_full_as_printed_scores_one_and_less_asked_less() -> None:
    full = match_name(parse_query("Осип Эмильевич Мандельштам"), MANDELSTAM)
    part = match_name(parse_query("Осип Мандельштам"), MANDELSTAM)
    assert full
    assert part
    assert full.score == 1
    assert 0.9 < part.score < 1


def test_equivalents_are_asked_of_given_names_only() -> None:
    query = parse_query("Ян")
    assert match_name(query, NameParts("Бабель", "Иоганн"))
    assert match_name(query, NameParts("Иоганн", "Бабель")) is None


@pytest.mark.parametrize("asked", ["Чобан", "заде", "Чобан-заде", "Чобанзаде", "Choban-zade"])
def test_hyphened_names_answer_by_halves_and_joined(asked: str) -> None:
    assert match_name(parse_query(asked), NameParts("Чобан-заде", "Бекир"))


def test_a_joined_form_takes_up_its_halves() -> None:
    assert match_name(parse_query("Чобанзаде Чобан"), NameParts("Чобан-заде", "Бекир")) is None
