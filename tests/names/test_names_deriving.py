import pytest
from hypothesis import given, strategies as st

from registry.names import (
    NameParts,
    derive_patronymics,
    fathers,
    gender_from_patronymic,
    given_names,
    key,
    match_name,
    parse_query,
    patronymic_equivalents,
)
from registry.names.given import TABLES
from registry.names.loading import rows

FATHERS = [
    (form, language)
    for table in TABLES
    for _, sex, language, forms in rows(table)
    if sex == "m" and language in {"ru", "uk", "be"}
    for form in forms.split()
    if len(key(form)) > 3
]


@pytest.mark.parametrize(
    ("father", "language", "son", "daughter"),
    [
        ("Иван", "ru", "Иванович", "Ивановна"),
        ("Лев", "ru", "Львович", "Львовна"),
        ("Пётр", "ru", "Петрович", "Петровна"),
        ("Яков", "ru", "Яковлевич", "Яковлевна"),
        ("Илья", "ru", "Ильич", "Ильинична"),
        ("Никита", "ru", "Никитич", "Никитична"),
        ("Дмитрий", "ru", "Дмитриевич", "Дмитриевна"),
        ("Василий", "ru", "Васильевич", "Васильевна"),
        ("Михаил", "ru", "Михайлович", "Михайловна"),
        ("Гавриил", "ru", "Гаврилович", "Гавриловна"),
        ("Игорь", "ru", "Игоревич", "Игоревна"),
        ("Мойше", "ru", "Мойшевич", "Мойшевна"),
        ("Микола", "uk", "Миколайович", "Миколаївна"),
        ("Федір", "uk", "Федорович", "Федорівна"),
        ("Андрій", "uk", "Андрійович", "Андріївна"),
        ("Ілля", "uk", "Ілліч", "Іллівна"),
        ("Мікалай", "be", "Мікалаевіч", "Мікалаеўна"),
        ("Якаў", "be", "Якаўлевіч", "Якаўлеўна"),
        ("Мамед", "az", "Мамедоглы", "Мамедкызы"),
    ],
)
def test_the_usual_patronymics_come_first(
    father: str, language: str, son: str, daughter: str
) -> None:
    made = derive_patronymics(father, language=language)
    assert (made.sons[0], made.daughters[0]) == (son, daughter)


@pytest.mark.parametrize(
    "pair",
    [
        "Николаевич Миколайович",
        "Николаевич Мікалаевіч",
        "Николаевич Mykolaiovych",
        "Николаевна Миколаївна",
        "Иосифович Осипович",
        "Беркович Борисович",
        "Парфеньевич Парфенович",
        "Шлемович Соломонович",
        "Ильинична Іллівна",
        "Прокопьевич Прокофьевич",
        "Никитович Никитич",
        "Исакович Исаакович",
        "Мамедович Магомедович",
        "Османовна Осман",
        "Орушонович Орушонавіч",
    ],
)
def test_one_patronymic_in_two_languages_is_equivalent(pair: str) -> None:
    first, second = map(key, pair.split())
    assert first == second or second in patronymic_equivalents(first)


@pytest.mark.parametrize("pair", ["Иванович Ивановна", "Петрович Павлович", "Иван Иванович"])
def test_other_patronymics_are_not_equivalent(pair: str) -> None:
    first, second = map(key, pair.split())
    assert second not in patronymic_equivalents(first)


def test_a_patronymic_tells_the_father() -> None:
    assert fathers(key("Миколаївна"))[0].name == "Николай"
    assert fathers(key("Львович"))[0].name == "Лев"
    assert fathers(key("Орушонович")) == ()
    assert fathers(key("Марьич")) == ()


def test_a_patronymic_is_met_in_its_own_place_only() -> None:
    query = parse_query("Зеров Микола Миколайович")
    assert match_name(query, NameParts("Зеров", "Николай", "Николаевич"))
    assert match_name(parse_query("Миколайович"), NameParts("Николаевич", "Николай")) is None


@given(st.sampled_from(FATHERS), st.data())
def test_a_patronymic_leads_back_to_the_father_and_to_the_others(
    father: tuple[str, str], data: st.DataObject
) -> None:
    form, language = father
    made = derive_patronymics(form, language=language)
    assert all(gender_from_patronymic(text) in {"m", None} for text in made.sons)
    assert all(gender_from_patronymic(text) in {"f", None} for text in made.daughters)
    for group in (made.sons, made.daughters):
        one = key(data.draw(st.sampled_from(group)))
        back = {name.name for name in fathers(one)}
        assert back & {name.name for name in given_names(key(form)) if name.sex == "m"}
        assert {key(text) for text in group} - {one} <= patronymic_equivalents(one)


@given(st.text(max_size=30), st.sampled_from(["ru", "uk", "be", "az"]))
def test_every_text_has_patronymics(text: str, language: str) -> None:
    made = derive_patronymics(text, language=language)
    assert made.sons
    assert made.daughters
    assert key(text) not in patronymic_equivalents(key(text))


@given(st.text(st.sampled_from("ivanoeqlukgz"), max_size=14))
def test_no_patronymic_is_equivalent_to_itself(text: str) -> None:
    assert text not in patronymic_equivalents(text)
