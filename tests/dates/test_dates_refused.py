"""Printed texts that are not read: each with its reason, and never with a guess."""

import gc
from contextlib import suppress

import pytest

from registry.dates import DateError, Reason, read_printed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n", Reason.EMPTY),
        ("1937-02-29", Reason.IMPOSSIBLE_DAY),
        ("29.02.1937", Reason.IMPOSSIBLE_DAY),
        ("29.02.1900", Reason.IMPOSSIBLE_DAY),
        ("31 ноября 1937 г.", Reason.IMPOSSIBLE_DAY),
        ("00.11.1937", Reason.IMPOSSIBLE_DAY),
        ("31 ноября (13 декабря) 1893", Reason.IMPOSSIBLE_DAY),
        ("1900 (или 29.02.1901)", Reason.IMPOSSIBLE_DAY),
        ("25.13.1937", Reason.IMPOSSIBLE_MONTH),
        ("23.1937", Reason.IMPOSSIBLE_MONTH),
        ("1937-13", Reason.IMPOSSIBLE_MONTH),
        ("11/25/1937", Reason.IMPOSSIBLE_MONTH),
        ("в 9999 г.", Reason.YEAR_OUT_OF_RANGE),
        ("12.05.1037", Reason.YEAR_OUT_OF_RANGE),
        ("зима 1700", Reason.YEAR_OUT_OF_RANGE),
        ("1938-1937", Reason.BACKWARDS_INTERVAL),
        ("28-25 ноября 1937", Reason.BACKWARDS_INTERVAL),
        ("12", Reason.TWO_DIGIT_YEAR),
        ("1917-31", Reason.TWO_DIGIT_YEAR),
        ("30-е", Reason.TWO_DIGIT_YEAR),
        ("13478", Reason.SERIAL_NUMBER),
        ("13478,0", Reason.SERIAL_NUMBER),
        *(
            (text, Reason.NOT_UNDERSTOOD)
            for text in (
                # As found in print.
                "#Н/Д",
                ".",
                "—",
                "Арестован 1937",
                "с 1919",
                "1941-",
                "вапр. 1942 г.",
                "1927.1936",
                ".02.42",
                "_18.10.1991",
                "ум. 1939",
                "нет данных",
                "1894 р/к",
                # Two readings, or half a date.
                "18 марта",
                "март",
                "10-11.2013",
                "1898-02 гг.",
                "1900s",
                "в 1933 и 1936",
                "20 декабря (1 января) 1893",
                "25 ноября (6 декабря) 1893",
                "25 ноября (декабрь) 1893",
                "25 ноября (1937",
                "1937 (Москва)",
                "7.12.1893 (24.11.1893 ст. ст.)",
                "7.12.1893 ст. ст. (25.11.1893 н. ст.)",
                "25 ноября ст. ст. (7 декабря ст. ст.) 1893",
                "1893 ст. ст. (1894 ст. ст.)",
                "25 ноября (7 декабря) 1893 ст. ст.",
                "1937-11-25 12:30",
                "IIII.1937",
                "25 мартобря 1937",
                "25 11 1937",
                "ок. зимы 1937",
                "начало осени 1937",
                "начало 25 ноября 1937",
                "начало Москвы",
                "до начала 1937",
                "после Москвы",
                "до Москвы",
                "зима 1936/38",
                "осень 1936/37",
                "дом 25-28 ноября",
                "25-28 мартобря 1937",
                "25-28 1937",
                "1937, Москва",
                "1937 (?) (1938)(1939)",
                "25²",
                "²5.11.1937",
                "٢٥.١١.١٩٣٧",
                "19 марта 1938 г. и позже",
                "г" * 201,
            )
        ),
    ],
)
def test_read_printed_refuses_with_a_reason_and_the_whole_text(text: str, reason: Reason) -> None:
    with pytest.raises(DateError) as caught:
        read_printed(text)
    assert (caught.value.reason, caught.value.text) == (reason, text)


def test_a_text_that_is_no_date_leaves_nothing_for_the_garbage_collector() -> None:
    """An import reads millions of them, and does not stop to collect."""
    gc.collect()
    gc.disable()
    try:
        for number in range(100):
            with suppress(DateError):
                read_printed(f"неизвестно {number}")
        assert gc.collect() < 100
    finally:
        gc.enable()
