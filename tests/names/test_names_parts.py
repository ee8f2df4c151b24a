import pytest

from registry.names import NameParts, Order, gender_from_patronymic, split_full
from registry.names.patronymics import is_particle


@pytest.mark.parametrize(
    ("text", "family", "given", "patronymic"),
    [
        ("Мандельштам Осип Эмильевич", "Мандельштам", "Осип", "Эмильевич"),
        ("Осип Эмильевич Мандельштам", "Мандельштам", "Осип", "Эмильевич"),
        ("О. Э. Мандельштам", "Мандельштам", "О.", "Э."),
        ("О.Э. Мандельштам", "Мандельштам", "О.", "Э."),
        ("О.Э.Мандельштам", "Мандельштам", "О.", "Э."),
        ("Мандельштам О.Э.", "Мандельштам", "О.", "Э."),
        ("МАНДЕЛЬШТАМ Осип Эмильевич", "МАНДЕЛЬШТАМ", "Осип", "Эмильевич"),
        ("Осип МАНДЕЛЬШТАМ", "МАНДЕЛЬШТАМ", "Осип", ""),
        ("Mandelstam Osip Emilyevich", "Mandelstam", "Osip", "Emilyevich"),
        ("Osip Emilyevich Mandelstam", "Mandelstam", "Osip", "Emilyevich"),
        ("Mandelstam, Osip Emilyevich", "Mandelstam", "Osip", "Emilyevich"),
        ("Зеров Микола Костянтинович", "Зеров", "Микола", "Костянтинович"),
        ("Марія Іванівна Зерова", "Зерова", "Марія", "Іванівна"),
        ("Иван Петрович Рабинович", "Рабинович", "Иван", "Петрович"),
        ("Рабинович Иван Петрович", "Рабинович", "Иван", "Петрович"),
        ("Ульянов Владимир Ильич", "Ульянов", "Владимир", "Ильич"),
        ("Осип Эмильевич", "", "Осип", "Эмильевич"),
        (
            "Курбас Лесь (Александр Зенон) Степанович",
            "Курбас",
            "Лесь (Александр Зенон)",
            "Степанович",
        ),
        ("Станчев (Раковски) Кръстьо Георгиев", "Станчев (Раковски)", "Кръстьо", "Георгиев"),
        ("Гаибова Хадиджа Осман кызы", "Гаибова", "Хадиджа", "Осман кызы"),
        ("Хадиджа Осман кызы", "", "Хадиджа", "Осман кызы"),
        ("Осман кызы", "", "", "Осман кызы"),
        ("Qayıbova Xədicə Osman bəy qızı", "Qayıbova", "Xədicə", "Osman bəy qızı"),
        ("ГАИБОВА Хадиджа Осман кызы", "ГАИБОВА", "Хадиджа", "Осман кызы"),
        ("Осман кызы ГАИБОВА", "ГАИБОВА", "Осман", "кызы"),
        ("Лю Тен Го", "Лю", "Тен Го", ""),
        ("Пу Жин-Чжоу", "Пу", "Жин-Чжоу", ""),
        ("Накамура Кукудзи", "Накамура", "Кукудзи", ""),
        ("Ким Хе Нир", "Ким", "Хе Нир", ""),
        ("Ким Василий Николаевич", "Ким", "Василий", "Николаевич"),
        ("Мандельштам Осип", "Мандельштам", "Осип", ""),
        ("Миллер Евгений Людвиг Карлович", "Миллер", "Евгений Людвиг", "Карлович"),
        ("Евгений Людвиг Карлович Миллер", "Миллер", "Евгений Людвиг", "Карлович"),
        ("Чулпан", "Чулпан", "", ""),
        ("Чулпан,", "Чулпан", "", ""),
        ("(Чулпан)", "(Чулпан)", "", ""),
        ("Мандельштам — Осип ) Эмильевич", "Мандельштам", "Осип", "Эмильевич"),
        ("Ян …", "Ян", "", ""),
        ("", "", "", ""),
        (" .,- \x00", "", "", ""),
    ],
)
def test_split_full_reads_the_signs_in_the_name(
    text: str, family: str, given: str, patronymic: str
) -> None:
    assert split_full(text) == NameParts(family, given, patronymic)


@pytest.mark.parametrize(
    ("text", "order", "parts"),
    [
        ("Osip Mandelstam", "given-first", NameParts("Mandelstam", "Osip")),
        ("Тен Го Лю", "given-first", NameParts("Лю", "Тен", "Го")),
        ("Bruno Franz Markevich", "given-first", NameParts("Markevich", "Bruno", "Franz")),
        ("Osip Emilyevich", "family-first", NameParts("Osip", "Emilyevich")),
        ("Маркевич Петрович Ян", "family-first", NameParts("Маркевич", "Петрович", "Ян")),
    ],
)
def test_split_full_obeys_a_known_order(text: str, order: Order, parts: NameParts) -> None:
    assert split_full(text, order=order) == parts


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Эмильевич", "m"),
        ("Львович", "m"),
        ("Ильич", "m"),
        ("Кузьмич", "m"),
        ("Карловна", "f"),
        ("Алексеевна", "f"),
        ("Ильинична", "f"),
        ("Кузьминична", "f"),
        ("Лукична", "f"),
        ("Миколайович", "m"),
        ("Іванівна", "f"),
        ("Сергіївна", "f"),
        ("Аляксандравіч", "m"),
        ("Мікалаеўна", "f"),
        ("Emilyevich", "m"),
        ("Stepanovych", "m"),
        ("Emiljewitsch", "m"),
        ("Stepanowicz", "m"),
        ("Karlovna", "f"),
        ("Mykolaivna", "f"),
        ("Осман кызы", "f"),
        ("Османкызы", "f"),
        ("Osman bəy qızı", "f"),
        ("Мамед оглы", "m"),
        ("Abdurahmon oʻgʻli", "m"),
        ("Бекенұлы", "m"),
        ("იუსტინეს ძე", "m"),
        ("Савич", None),
        ("Иван", None),
        ("Э.", None),
        ("", None),
        ("—", None),
    ],
)
def test_gender_from_patronymic_goes_by_the_ending(text: str, sex: str | None) -> None:
    assert gender_from_patronymic(text) == sex


def test_a_particle_is_a_word_of_its_own() -> None:
    assert is_particle("qızı")
    assert not is_particle("Осман")
