"""What printed texts plainly say is recognised, and what they do not say is not."""

import pytest

from registry.exchange.recognising import (
    RegionBook,
    articles_in,
    repression_kind,
    sentence_in,
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("58-10, 11", ("58-10", "58-11")),
        ("58 – 8", ("58-8",)),
        ('58-1 "а"', ("58-1a",)),
        ("58-1б", ("58-1b",)),
        ("58-1 п. «г»", ("58-1g",)),
        ("58-01", ("58-1",)),
        ("58 п. 10 и 11", ("58-10", "58-11")),
        ("ст. 58 п.п. 6, 9, 11", ("58-6", "58-9", "58-11")),
        ("по ст. 58-10 УК РСФСР", ("58-10",)),
        ("58-10 ч.2, 58-11", ("58-10", "58-11")),
        ("ст.ст. 58-1а, 58-8, 58-11 УК РСФСР", ("58-1a", "58-8", "58-11")),
        ("58-2, 58-6, 59-3", ("58-2", "58-6")),
        ("58-10-11", ("58-10", "58-11")),
        ("17-58-8", ("58-8",)),
        ("54-10 ч. 1 УК УССР", ("54-10",)),
        ("58-7, закон от 7 августа", ("58-7",)),
        ("58-10, 5 лет", ("58-10",)),
        ("58-7, 7 августа 1932", ("58-7",)),
        ("68 УК БССР – шпионаж", ()),
        ("158-10", ()),
        ("58-99", ()),
        ("АСА", ()),
    ],
)
def test_articles_are_recognised(text: str, codes: tuple[str, ...]) -> None:
    assert articles_in(text) == codes


@pytest.mark.parametrize(
    ("text", "kind", "months"),
    [
        ("10 лет ИТЛ", "camp", 120),
        ("к 10 г. ИТЛ, 5 г. п/п", "camp", 120),
        ("8 (восемь) лет ИТЛ", "camp", 96),
        ("заключить в ИТЛ сроком на 10 лет", "camp", 120),
        ("25 лет ИТЛ с последующим поражением в правах на 5 лет", "camp", 300),
        ("10 лет ИТЛ и 5 лет ссылки", "camp", 120),
        ("10 років ВТТ", "camp", 120),
        ("10 years of camp", "camp", 120),
        ("ИТЛ", "camp", None),
        ("3 года ИТК", "labour-colony", 36),
        ("ВМН", "shooting", None),
        ("расстрел с конфискацией", "shooting", None),
        ("розстріл", "shooting", None),
        ("к 3 годам высылки", "exile", 36),
        ("высылка на 3 года в степной край", "exile", 36),
        ("2 года 6 месяцев тюрьмы", "prison", 30),
        ("6 мес. принудительных работ", "compulsory-work", 6),
        ("спецпоселение - Приречный р-н", "special-settlement", None),
        ("дело прекращено", "case-closed", None),
        ("поражение в правах на 5 лет", "loss-of-rights", 60),
        ("конфискация имущества", "confiscation", None),
        ("10 лет лишения свободы", "", None),
        ("ВМН с заменой на 10 лет ИТЛ", "", None),
        ("5 лет ИТЛ условно", "", None),
        ("5 лет в 3 года ИТЛ", "camp", None),
        ("раскулачивание", "", None),
    ],
)
def test_sentences_are_recognised_where_they_are_plain(
    text: str, kind: str, months: int | None
) -> None:
    assert sentence_in(text) == (kind, months)


@pytest.mark.parametrize(
    ("sentence", "charge", "kind"),
    [
        ("раскулачены и выселены на спецпоселение", "", "dekulakisation"),
        ("спецпоселение", "кулаки", "dekulakisation"),
        ("спецпоселение", "", "deportation"),
        ("лишена избирательных прав", "", "deprivation"),
        ("10 лет ИТЛ", "лишен избирательных прав", "arrest"),
        ("10 лет ИТЛ", "шпионаж", "arrest"),
        ("", "", "arrest"),
    ],
)
def test_what_was_done_without_an_arrest_is_recognised(
    sentence: str, charge: str, kind: str
) -> None:
    assert repression_kind(sentence, charge) == kind


def test_a_region_is_found_inside_a_place_by_its_longest_name() -> None:
    book = RegionBook(
        [("Омск", "omsk"), ("Омская обл.", "omsk-oblast"), ("Орёл", "oryol"), (".", "none")]
    )
    assert book.region_in("г. Омск, Омская обл.") == "omsk-oblast"
    assert book.region_in("г. Омск, ул. Прямая") == "omsk"
    assert book.region_in("г.Орел") == "oryol"
    assert book.region_in("Омскоград") == ""
    assert book.region_in("") == ""
    assert RegionBook([]).region_in("Омск") == ""
