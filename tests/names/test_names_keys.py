import sys
from pathlib import Path

import pytest

from registry.names import MAX_READINGS, Reading, key, name_tokens, readings

PAIRS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("pairs.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
SPELLINGS = [
    "Мандельштам Mandelshtam Mandelsztam Mandelstam Mandel'štam Мандэльштам",
    "Тухачевский Тухачевський Tukhachevsky Tuchaczewski Tuchatschewski Toukhatchevski",
    "Тухачевский Tukhačevskij Tuhacevskij Tukhachevskiy Tuhačevskij Tuxachevskij",
    "Мейерхольд Мейєрхольд Meyerhold Meierhold",
    "Вавилов Vavilov Wawilow Wawiłow",
    "Бабель Babel Babyel Babel'",
    "Кун Kun",
    "Гаибова Qayıbova Gayibova",
    "Сац Sats Satz",
    "Жумабаев Жұмабаев Zhumabayev Žumabaev Jumabaev",
    "Хадиджа Khadija Xədicə",
    "Чакс Čaks Chaks",
    "Лейко Leiko Leyko Lejko",
    "Ежов Єжов Yezhov Ezhov Jeschow Jeżow Ježov",
    "Косиор Косіор Kosior",
    "Гурович Hurovych Gurovich",
    "Евгения Євгенія Yevgenia Evgeniya Evgenija Jewgenija",
    "Ковальчук Kovalchuk Kowalczuk Kovaľčuk",
    "Хрущёв Хрущев Хрущов Khrushchev Khrushchov Chruschtschow Chruszczow Chruščëv Khrouchtchev",
    "Горбачёв Горбачов Gorbachev Gorbatschow Gorbaczow",
    "Мария Марія Марья Мар'я Марыя Maria Marija Mariya Marya",
    "Щербаков Shcherbakov Schtscherbakow Szczerbakow Ščerbakov Chtcherbakov",
    "Троцкий Троцький Trotsky Trotskii Trotckii Trocki Trotzki Trotzky",
    "Дзержинский Dzierżyński Dzerzhinsky",
    "Бронштейн Bronstein Bronshteyn",
    "Гейнц Heinz",
    "Неер Neher",
    "Нейман Neumann",
    "Миллер Müller Miller",
    "Захаров Sacharow Zakharov Zacharow",
    "Флоренский ფლორენსკი Florensky",
    "Чаренц Չարենց Charents",
    "Троцки טראָצקי",
    "Рахманинов Rachmaninoff Rakhmaninov",
    "Шостакович Schostakowitsch Shostakovich Chostakovitch Szostakowicz",
    "Иосиф Йосиф Iosif Yosif",
    "Исаак Ісаак Isaac Isaak",
]


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_spellings_of_one_name_meet(spellings: str) -> None:
    first, *others = spellings.split()
    for other in others:
        shared = {r.key for r in readings(first)} & {r.key for r in readings(other)}
        assert shared, (first, other, readings(first), readings(other))


@pytest.mark.parametrize(
    "names",
    [
        "Николай Микола",
        "Захаров Загаров",
        "Жуков Шуков",
        "Диана Дана",
        "Иванов Ивонов",
        "Щукин Шукин",
        "Зотов Сотов",
    ],
)
def test_names_that_sound_different_have_different_keys(names: str) -> None:
    first, second = names.split()
    assert key(first) != key(second)


def _family_keys(family: str) -> set[str]:
    return {token.key for token in name_tokens(family=family)}


def test_family_names_of_the_first_people_meet_in_both_scripts() -> None:
    met = [_family_keys(cyrillic) & _family_keys(latin) != set() for cyrillic, latin in PAIRS]
    assert len(met) > 100
    assert sum(met) / len(met) > 0.95


@pytest.mark.parametrize(("language", "floor"), [("uk", 0.95), ("be", 0.8)])
def test_names_of_ukrainians_and_belarusians_meet_the_russian_ones(
    language: str, floor: float
) -> None:
    lines = Path(__file__).with_name("cognates.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t")[1:] for line in lines if line.startswith(f"{language}\t")]
    met = [
        bool({r.key for r in readings(own)} & {r.key for r in readings(russian)})
        for own, russian in pairs
    ]
    sys.stdout.write(f"{language}: {sum(met)} of {len(met)}\n")
    assert len(met) > 50
    assert sum(met) / len(met) >= floor


def test_a_reading_names_its_orthography() -> None:
    assert readings("Мандельштам") == (Reading("mandelwtam", "cyrillic"),)
    assert readings("Mandelsztam")[0] == Reading("mandelwtam", "polish")
    assert Reading("mandelwtam", "german") in readings("Mandelstam")
    assert readings("ფლორენსკი")[1] == Reading("florenski", "georgian")
    assert readings("فطرت")[0].scheme == "general"


def test_a_word_without_sounds_has_no_reading() -> None:
    assert readings("1937") == ()
    assert readings("") == ()
    assert key("ь") == ""


def test_halves_of_a_hyphened_word_are_read_joined() -> None:
    assert readings("Чобан-заде") == readings("Чобанзаде")


def test_a_word_has_at_most_five_readings() -> None:
    assert len(readings("Hechszczjoxaquseinzhäst")) <= MAX_READINGS
    assert len(readings("Chojcehinski")) == MAX_READINGS


def test_a_word_of_mixed_scripts_is_read_piece_by_piece() -> None:
    assert key("Иvанов") == "ivanov"
    assert readings("I͡Agoda")[0].key == "iagoda"
