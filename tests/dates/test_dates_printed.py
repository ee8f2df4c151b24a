"""Reading printed dates: the forms of the books, of visitors and of spreadsheets."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from registry.dates import Calendar, DateError, Reason, parse_edtf, read_printed

READ = [
    ("25.11.1937", "1937-11-25"),
    ("25/11/1937", "1937-11-25"),
    ("25-11-1937", "1937-11-25"),
    ("1937.11.25", "1937-11-25"),
    ("1937-1-5", "1937-01-05"),
    ("1937-11-25", "1937-11-25"),
    ("1937-11-25 00:00:00", "1937-11-25"),
    ("25.11.1937 0:00", "1937-11-25"),
    ("25.XI.1937", "1937-11-25"),
    ("25 XI 1937", "1937-11-25"),
    ("25.ХІ.1937", "1937-11-25"),  # Cyrillic letters
    ("XI.1937", "1937-11"),
    ("18 марта 1938 г.", "1938-03-18"),
    ("18-го марта 1938 года", "1938-03-18"),
    ("18марта 1938г.", "1938-03-18"),
    ("18 мар. 1938", "1938-03-18"),
    ("25 листопада 1937 р.", "1937-11-25"),
    ("1 травня 1937 року", "1937-05-01"),
    ("25th of November 1937", "1937-11-25"),
    ("25 November, 1937", "1937-11-25"),
    ("November 25, 1937", "1937-11-25"),
    ("Nov. 2nd 1937", "1937-11-02"),
    ("в апреле 1896", "1896-04"),
    ("у квітні 1896 р.", "1896-04"),
    ("in April of 1896", "1896-04"),
    ("листопад 1937", "1937-11"),
    ("1886 г.", "1886"),
    ("в 1943 г.", "1943"),
    ("в1943г", "1943"),
    ("нар. 1900 р.", "1900"),
    ("1903 р. н.", "1903"),
    ("1903 года рождения", "1903"),
    ("born in 1903", "1903"),
    ("1901 (1897)", "[1897,1901]"),
    ("1901 г. (1897 г.)", "[1897,1901]"),
    ("1924 или 1925", "[1924,1925]"),
    ("1924 або 1925 р.", "[1924,1925]"),
    ("1924 or 1925", "[1924,1925]"),
    ("11.02.1872, по другим данным 1870", "[1870,1872-02-11]"),
    ("1901 (за іншими даними - 1897)", "[1897,1901]"),
    ("в 1942(?) г.", "1942?"),
    ("1942 г. (?)", "1942?"),
    ("1942?", "1942?"),
    ("18 марта 1938 г.?", "1938-03-18?"),
    ("ок. 1899", "1899~"),
    ("около 1899", "1899~"),
    ("род. около 1899 г.", "1899~"),
    ("примерно в 1899 г.", "1899~"),
    ("бл. 1899", "1899~"),
    ("about 1899", "1899~"),
    ("c. 1899", "1899~"),
    ("ок. марта 1938", "1938-03~"),
    ("ок. 1899 (?)", "1899%"),
    ("осень 1937", "1937-23"),
    ("осенью 1937", "1937-23"),
    ("восени 1937", "1937-23"),
    ("autumn 1937", "1937-23"),
    ("spring of 1937", "1937-21"),
    ("влітку 1937", "1937-22"),
    ("зимой 1937", "[1936-24,1937-24]"),
    ("зимой 1936-1937 гг.", "1936-24"),
    ("зима 1936/37", "1936-24"),
    ("не позднее 1938", "[..1938]"),
    ("до 1938", "[..1938]"),
    ("не пізніше 25 листопада 1937", "[..1937-11-25]"),
    ("not later than 1938", "[..1938]"),
    ("не ранее 1937", "[1937..]"),
    ("после 1937", "[1937..]"),
    ("після листопада 1937", "[1937-11..]"),
    ("after 1937", "[1937..]"),
    ("1937-1938", "1937/1938"),
    ("1937—1938 гг.", "1937/1938"),
    ("1937 – 1938", "1937/1938"),
    ("в 1917-31 гг.", "1917/1931"),
    ("между 1937 и 1938", "1937/1938"),
    ("між 1937 та 1938", "1937/1938"),
    ("between 1937 and 1938", "1937/1938"),
    ("с 1937 по 1938 г.", "1937/1938"),
    ("от 18 марта до 20 апреля 1938", "1938-03-18/1938-04-20"),
    ("между 25 и 28 ноября 1937 г.", "1937-11-25/1937-11-28"),
    ("25-28 ноября 1937", "1937-11-25/1937-11-28"),
    ("25-28.11.1937", "1937-11-25/1937-11-28"),
    ("25.11-03.12.1937", "1937-11-25/1937-12-03"),
    ("25 ноября - 3 декабря 1937", "1937-11-25/1937-12-03"),
    ("25-11-1937 - 03-12-1937", "1937-11-25/1937-12-03"),
    ("ноябрь-декабрь 1937", "1937-11/1937-12"),
    ("весна-лето 1937", "1937-21/1937-22"),
    ("ноябрь 1937-март 1938", "1937-11/1938-03"),
    ("1930-е", "193X"),
    ("в 1930-х гг.", "193X"),
    ("1930-ті", "193X"),
    ("1930s", "193X"),
    ("1900-е", "190X"),
    # The parts of a year, month and decade: their edges overlap.
    ("начало 1937", "1937-01/1937-04"),
    ("на початку 1937", "1937-01/1937-04"),
    ("early 1937", "1937-01/1937-04"),
    ("середина 1937", "1937-04/1937-09"),
    ("mid-1937", "1937-04/1937-09"),
    ("в конце 1937 г.", "1937-09/1937-12"),
    ("наприкінці 1937 року", "1937-09/1937-12"),
    ("в начале апреля 1937", "1937-04-01/1937-04-15"),
    ("середина апреля 1937", "1937-04-08/1937-04-23"),
    ("конец февраля 1936", "1936-02-16/1936-02-29"),
    ("начало 1930-х", "1930/1934"),
    ("середина 1930-х", "1933/1937"),
    ("конец 1930-х", "1935/1939"),
]
# One of each form found in the printed entries and spreadsheets the project was developed on.
SAMPLES = [
    ("12 декабря 1930 г.", "1930-12-12"),
    ("3 октября 1937\xa0г.", "1937-10-03"),
    ("20 сентября 1957 года", "1957-09-20"),
    ("28 декабря 1955", "1955-12-28"),
    ("в 31 мая 1938 года", "1938-05-31"),
    ("Родилась\xa015 октября 1885 г.", "1885-10-15"),
    ("от 18 октября 1991 г.", "1991-10-18"),
    ("20.06.1937", "1937-06-20"),
    ("3.04.1931", "1931-04-03"),
    ("19.11.1938 г.", "1938-11-19"),
    ("18.10.1991г.", "1991-10-18"),
    ("18.06.1930 года", "1930-06-18"),
    ("01.02.1930 г..", "1930-02-01"),
    ("01.02 1930.", "1930-02-01"),
    ("до 10. 04. 1937", "[..1937-04-10]"),
    ("06.06.1908 г.р.", "1908-06-06"),
    ("род. 10.02.1874", "1874-02-10"),
    ("11-10-2013", "2013-10-11"),
    ("1948-10", "1948-10"),
    ("Родилась в 1923 г.", "1923"),
    ("Родилась в 1900", "1900"),
    ("Род. 1880", "1880"),
    ("р. 1896", "1896"),
    ("1903 г. р.", "1903"),
    ("1903 г.р.", "1903"),
    ("1920\xa0г.р.", "1920"),
    ("В 1935г.", "1935"),
    ("В 1936 г", "1936"),
    ("в 1956 году", "1956"),
    ("1905 года", "1905"),
    ("06.1937", "1937-06"),
    ("в 05.1938", "1938-05"),
    ("Родился 06.1900", "1900-06"),
    ("в апреле 1960 г.", "1960-04"),
    ("в февр. 1940 г", "1940-02"),
    ("от января 1938 г.", "1938-01"),
    ("ноября 1937 г.", "1937-11"),
    ("Осенью 1930", "1930-23"),
    ("весной 1931", "1931-21"),
    ("около 1934 г.", "1934~"),
    ("до 1936 г.", "[..1936]"),
    ("до 16.07.1937 г.", "[..1937-07-16]"),
    ("1930-1931", "1930/1931"),
    ("в 1914-1936 гг.", "1914/1936"),
    ("в 1921–1937 гг.", "1921/1937"),
    ("в 1928-1937", "1928/1937"),
    ("Родился 1891 (1889)", "[1889,1891]"),
    ("1897 (1898) г.р.", "[1897,1898]"),
    ("1883 (1881) г. р.", "[1881,1883]"),
    ("Родилась 1924, 1925", "[1924,1925]"),
    ("В 1919, 1920, 1921 гг.", "[1919,1920,1921]"),
    ("род. 11.02.1872 (по другим данным - 1870)", "[1870,1872-02-11]"),
    ("2 марта (по др. данным 2 апреля) 1938 г.", "[1938-03-02,1938-04-02]"),
]


@pytest.mark.parametrize(("text", "edtf"), READ + SAMPLES)
def test_read_printed_reads(text: str, edtf: str) -> None:
    found = read_printed(text)
    bounds = parse_edtf(edtf)
    assert (found.edtf, found.printed) == (edtf, text)
    assert (found.earliest, found.latest) == (bounds.earliest, bounds.latest)
    assert found.calendar is Calendar.UNKNOWN


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("25.11.37", "1937-11-25"),
        ("25/11/37", "1937-11-25"),
        ("25/XI-37 г.", "1937-11-25"),
        ("25 ноября 37 г.", "1937-11-25"),
        ("30.8.42", "1942-08-30"),
        ("23.09.32 г", "1932-09-23"),
        ("от 1.02.30 г..", "1930-02-01"),
        ("до 13.05.45 года", "[..1945-05-13]"),
        ("Родился 06.06.41", "1941-06-06"),
        ("в 37 г.", "1937"),
        ("30-е годы", "193X"),
        ("в 1917-31", "1917/1931"),
        # With four digits the century does not matter.
        ("25.11.1893", "1893-11-25"),
    ],
)
def test_two_digit_years_are_read_only_with_a_century(text: str, edtf: str) -> None:
    assert read_printed(text, century=1900).edtf == edtf
    if "1893" not in text:
        with pytest.raises(DateError) as caught:
            read_printed(text)
        assert (caught.value.reason, caught.value.text) == (Reason.TWO_DIGIT_YEAR, text)


@pytest.mark.parametrize("text", ["ноября 25", "между 25 и 28", "25, 26 ноября 1937", "11.37"])
def test_with_a_century_a_bare_day_is_not_taken_for_a_year(text: str) -> None:
    with pytest.raises(DateError, match="not-understood"):
        read_printed(text, century=1900)


@pytest.mark.parametrize("century", [-5, 19, 10**9])
def test_an_absurd_century_is_refused_like_any_other_year(century: int) -> None:
    with pytest.raises(DateError):
        read_printed("25.11.37", century=century)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1", "1900-01-01"),
        ("59", "1900-02-28"),
        ("61", "1900-03-01"),
        ("13478", "1936-11-24"),
        (" 13478.0 ", "1936-11-24"),
        ("73415", "2100-12-31"),
        ("1699", "1904-08-25"),
        ("1937", "1937"),
        ("1937.0", "1937"),
        ("25.11.1937", "1937-11-25"),
    ],
)
def test_serials_are_days_of_the_1900_system_and_years_stay_years(text: str, edtf: str) -> None:
    found = read_printed(text, serials=True)
    assert (found.edtf, found.printed) == (edtf, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0", Reason.IMPOSSIBLE_DAY),
        ("60", Reason.IMPOSSIBLE_DAY),
        ("73416", Reason.YEAR_OUT_OF_RANGE),
        ("999999", Reason.YEAR_OUT_OF_RANGE),
    ],
)
def test_serials_that_are_no_day_are_refused(text: str, reason: Reason) -> None:
    with pytest.raises(DateError) as caught:
        read_printed(text, serials=True)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("text", "edtf", "calendar"),
    [
        ("25 ноября (7 декабря) 1893", "1893-12-07", "gregorian"),
        ("7 декабря (25 ноября) 1893", "1893-12-07", "gregorian"),
        ("7 (19) декабря 1893 г.", "1893-12-19", "gregorian"),
        ("25.11(7.12).1893", "1893-12-07", "gregorian"),
        ("25 декабря 1892 г. (6 января 1893 г.)", "1893-01-06", "gregorian"),
        ("29 февраля (13 марта) 1900", "1900-03-13", "gregorian"),
        ("13 марта (29 февраля) 1900", "1900-03-13", "gregorian"),
        ("7.12.1893 (25.11.1893 ст. ст.)", "1893-12-07", "gregorian"),
        ("25 ноября ст. ст. (7 декабря н. ст.) 1893", "1893-12-07", "gregorian"),
        ("25 ноября (7 декабря) 1893 г. н. ст.", "1893-12-07", "gregorian"),
        # After the reform only where the print can mean nothing else.
        ("25 ноября (8 декабря) 1925", "1925-12-08", "gregorian"),
        ("25.11.1925 (08.12.1925 н. ст.)", "1925-12-08", "gregorian"),
        ("25.11.1925 (08.12.1925)", "[1925-11-25,1925-12-08]", "unknown"),
        # Two rival dates, not two calendars.
        ("25.11.1893 (08.12.1893)", "[1893-11-25,1893-12-08]", "unknown"),
        ("25.11.1893 (или 07.12.1893)", "[1893-11-25,1893-12-07]", "unknown"),
        ("25 ноября 1893 г. ст. ст.", "1893-11-25", "julian"),
        ("25.11.1893 (ст.ст.)", "1893-11-25", "julian"),
        ("25 ноября 1893 старого стиля", "1893-11-25", "julian"),
        ("25 листопада 1893 р. (за старим стилем)", "1893-11-25", "julian"),
        ("25 November 1893 O.S.", "1893-11-25", "julian"),
        ("ноябрь 1893, ст. ст.", "1893-11", "julian"),
        ("7.12.1893 н. ст.", "1893-12-07", "gregorian"),
        ("7.12.1893 (нового стиля)", "1893-12-07", "gregorian"),
        ("7 December 1893 (new style)", "1893-12-07", "gregorian"),
        # A day only the Julian calendar has.
        ("29 февраля 1900 г. ст. ст.", "1900-03-13", "gregorian"),
        ("29.02.1800 ст. ст.", "1800-03-12", "gregorian"),
    ],
)
def test_calendar(text: str, edtf: str, calendar: str) -> None:
    found = read_printed(text)
    assert (found.edtf, found.calendar, found.printed) == (edtf, calendar, text)


MONTHS = {
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ru genitive": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    ),
    "ru prepositional": (
        "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре"
    ),
    "ru short": "янв фев мар апр май июн июл авг сен окт ноя дек",
    "uk": (
        "січень лютий березень квітень травень червень"
        " липень серпень вересень жовтень листопад грудень"
    ),
    "uk genitive": (
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
    ),
    "uk locative": (
        "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні"
    ),
    "uk short": "січ лют бер кві тра чер лип сер вер жов лис гру",
    "en": "January February March April May June July August September October November December",
    "en short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "roman": "I II III IV V VI VII VIII IX X XI XII",
}


@pytest.mark.parametrize("row", MONTHS)
def test_every_name_of_a_month_is_read(row: str) -> None:
    for number, name in enumerate(MONTHS[row].split(), 1):
        for text in (f"{name} 1937", f"{name.upper()} 1937 г."):
            assert read_printed(text).edtf == f"1937-{number:02}", text


FORMS = {
    "iso": lambda day: day.isoformat(),
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "dots unpadded": lambda day: f"{day.day}.{day.month}.{day.year} г.",
    "slashes": lambda day: f"{day:%d/%m/%Y}",
    "roman": lambda day: f"{day.day}.{named(day, 'roman')}.{day.year}",
    "russian": lambda day: f"{day.day} {named(day, 'ru genitive')} {day.year} г.",
    "ukrainian": lambda day: f"{day.day} {named(day, 'uk genitive')} {day.year} р.",
    "english": lambda day: f"{named(day, 'en')} {day.day}, {day.year}",
}
FIRST, AFTER = date(1850, 1, 1), date(1961, 1, 1)


def named(day: date, row: str) -> str:
    return MONTHS[row].split()[day.month - 1]


@pytest.mark.parametrize("form", FORMS)
def test_every_day_from_1850_to_1960_reads_back_to_itself(form: str) -> None:
    for number in range((AFTER - FIRST).days):
        day = FIRST + timedelta(days=number)
        found = read_printed(FORMS[form](day))
        assert (found.earliest, found.latest) == (day, day)
        assert found.edtf == day.isoformat()


def test_every_day_from_1900_to_1960_is_read_with_two_digits_and_as_a_serial() -> None:
    for number in range((AFTER - date(1900, 3, 1)).days):
        day = date(1900, 3, 1) + timedelta(days=number)
        assert read_printed(f"{day:%d.%m.%y}", century=1900).earliest == day
        serial = (day - date(1899, 12, 30)).days
        if not 1700 <= serial <= 2100:
            assert read_printed(str(serial), serials=True).earliest == day


@given(st.dates(date(1850, 1, 1), date(1918, 1, 31)))
def test_a_day_in_both_calendars_reads_as_the_gregorian_in_either_order(julian: date) -> None:
    gregorian = julian + timedelta(days=12 if julian < date(1900, 3, 1) else 13)
    for first, second in ((julian, gregorian), (gregorian, julian)):
        found = read_printed(f"{first:%d.%m.%Y} ({second:%d.%m.%Y})")
        assert (found.earliest, found.calendar) == (gregorian, Calendar.GREGORIAN)
