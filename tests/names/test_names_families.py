import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from registry.names import (
    NameParts,
    family_stem,
    gender_from_family,
    gender_from_name,
    key,
    split_full,
    syllables,
)
from registry.names.loading import rows

ENDINGS = [end for end, _, _ in rows("family")]


@pytest.mark.parametrize(
    "names",
    [
        "Климов Климович Клименко Климский Климова",
        "Авдеев Авдеенко",
        "Новик Новиков",
        "Кравец Кравцов",
        "Гудков Гудович",
        "Кузмицкий Кузменко",
        "Скрипка Скрипко",
        "Московский Московских",
        "Белоконь Белоконин",
        "Голубцов Голубцев",
        "Ковальский Kowalski Ковальская",
    ],
)
def test_family_names_of_one_stem_share_it(names: str) -> None:
    assert len({family_stem(key(name)) for name in names.split()}) == 1


@pytest.mark.parametrize("names", ["Иванов Петров", "Климов Климентов", "Ко Ка", "Ли Лик"])
def test_other_family_names_do_not(names: str) -> None:
    first, second = names.split()
    assert family_stem(key(first)) != family_stem(key(second))


def test_real_family_names_share_a_stem_more_often_than_a_key() -> None:
    lines = Path(__file__).with_name("variants.tsv").read_text("utf-8").splitlines()
    names = [line.split("\t")[:2] for line in lines if line[0] != "#"]
    families = [
        tuple(key(split_full(name).family) for name in pair)
        for pair in names
        if not any(syllables(name) for name in pair)
    ]
    unlike = [pair for pair in families if pair[0] != pair[1]]
    met = sum(family_stem(one) == family_stem(other) for one, other in unlike)
    sys.stdout.write(f"{met} of {len(unlike)} family names that differ are of one stem\n")
    assert met >= 18


@given(st.text(st.sampled_from("abdeiklmnorstuvwq"), min_size=3, max_size=8), st.data())
def test_a_stem_is_a_beginning_of_three_sounds_and_has_no_ending_left(
    text: str, data: st.DataObject
) -> None:
    name = text + data.draw(st.sampled_from(ENDINGS))
    stem = family_stem(name)
    assert name.startswith(stem)
    assert len(stem) >= 2
    assert family_stem(stem) == stem


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Иванова", "f"),
        ("Иванов", "m"),
        ("Ковальська", "f"),
        ("Kowalska", "f"),
        ("Троцкий", "m"),
        ("Лесовая", "f"),
        ("Салтыков-Щедрин", None),
        ("Калина", None),
        ("Шевченко", None),
        ("Мандельштам", None),
        ("Сова", None),
        ("", None),
        ("—", None),
    ],
)
def test_a_family_name_tells_the_sex_by_its_ending(name: str, sex: str | None) -> None:
    assert gender_from_family(name) == sex


@pytest.mark.parametrize(
    ("parts", "sex"),
    [
        (NameParts("Мандельштам", "Осип", "Эмильевич"), "m"),
        (NameParts("Шевченко", "Марія", ""), "f"),
        (NameParts("Гаибова", "Хадиджа", "Осман кызы"), "f"),
        (NameParts("Иванова", "Саша", ""), "f"),
        (NameParts("Иванов", "Мария", ""), None),
        (NameParts("Шевченко", "Саша", ""), None),
        (NameParts("Лю", "Тен Го", ""), None),
        (NameParts("Урусова", "Н.", "В."), "f"),
        (NameParts(), None),
    ],
)
def test_a_name_tells_the_sex_where_its_parts_agree(parts: NameParts, sex: str | None) -> None:
    assert gender_from_name(parts) == sex


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_text_raises(family: str, own: str, patronymic: str) -> None:
    assert gender_from_name(NameParts(family, own, patronymic)) in {"m", "f", None}
