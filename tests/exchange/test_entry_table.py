"""Rows of the entry table become drafts, or are refused by field with a code."""

import pytest

from registry.dates import Calendar
from registry.exchange.entry_table import MOST_ROWS, group_rows
from registry.exchange.gathering import ReadingOptions
from registry.formats import Row
from tests.exchange.tables import NAMED, draft, problems, read

# Printed forms -----------------------------------------------------------------------------


def test_an_entry_of_memorials_form_is_read() -> None:
    found = draft(
        {
            "key": "1",
            "family_name": "Примеров",
            "given_name": "Пример",
            "patronymic": "Примерович",
            "sex": "м",
            "birth_date": "в 1901 (1897) г.",
            "birth_place": "Примерская обл., д. Нижние Ключи",
            "nationality": "русский",
            "party": "б/п",
            "occupation": "сторож",
            "residence": "-Болдинский р-н",
            "arrest_date": "28 июля 1937 г.",
            "sentencing_body": "тройка при УНКВД по Примерской обл.",
            "sentence_date": "26.09.1937",
            "charge": "по ст. 58-10, 11",
            "sentence": "ВМН",
            "execution_date": "31 октября 1937 г.",
            "rehabilitation_date": "23 марта 1967 г.",
            "rehabilitated_by": "Примерский облсуд",
            "rehabilitation_ground": "за отсутствием состава преступления",
            "locator": "т. 2, с. 15",
            "verbatim": "Примеров Пример Примерович …",
        }
    )
    [name] = found.names
    assert (name.kind, name.full, name.script) == ("main", "Примеров Пример Примерович", "Cyrl")
    assert found.sex == "m"
    assert found.birth is not None
    assert (found.birth.edtf, found.birth.printed) == ("[1897,1901]", "в 1901 (1897) г.")
    assert (found.birth_region, found.residence) == ("example", "-Болдинский р-н")
    [repression] = found.repressions
    assert repression.arrest is not None
    assert repression.arrest.edtf == "1937-07-28"
    assert repression.kind == "arrest"
    assert repression.article_codes == ("58-10", "58-11")
    assert (repression.sentence_kind, repression.sentence_months) == ("shooting", None)
    [ruling] = repression.rulings
    assert (ruling.kind, ruling.body, ruling.text) == ("rehabilitated", "Примерский облсуд", "")
    assert ruling.date is not None
    assert ruling.date.edtf == "1967-03-23"
    assert found.passage is not None
    assert found.passage.rendering == "transcribed"
    assert found.passage.key


def test_a_family_in_one_line_shares_its_passage() -> None:
    line = {"locator": "с. 5", "verbatim": "Примеровы, с семьёй, 5 чел."}
    one, other = draft(NAMED | line), draft(NAMED | line | {"key": "2"})
    assert one.passage is not None
    assert other.passage is not None
    assert one.passage.key == other.passage.key != ""
    apart = draft(NAMED | line | {"locator": "с. 6"}).passage
    assert apart is not None
    assert apart.key != one.passage.key


def test_what_cannot_be_read_is_kept_as_printed_and_named() -> None:
    found = read(NAMED | {"birth_date": "31.02.1901", "arrest_date": "в 9999 г.", "age": "#Н/Д"})
    assert found.draft is not None
    assert found.draft.birth is not None
    assert (found.draft.birth.printed, found.draft.birth.edtf) == ("31.02.1901", "")
    assert found.draft.reading == {
        "birth": {"reason": "impossible-day"},
        "repressions.1.arrest": {"reason": "year-out-of-range"},
        "age": {"reason": "spreadsheet-error"},
    }
    assert found.draft.age == ""
    assert [(date.field, date.edtf, date.code) for date in found.dates] == [
        ("birth", "", "impossible-day"),
        ("repressions.1.arrest", "", "year-out-of-range"),
    ]


@pytest.mark.parametrize(
    "text",
    ["нет сведений", "Сведений нет.", "неизвестно", "(не установлено)", "Н/Д", "-", "—", "?",
     "відомостей немає", "НЕВІДОМО", "не  вказано", "unknown", "No data"],
)  # fmt: skip
def test_a_cell_that_says_there_is_no_information_is_read_as_empty(text: str) -> None:
    cells = dict.fromkeys(
        ("birth_date", "death_date", "arrest_date", "execution_date", "release_date",
         "sentence_date", "fate", "death_place", "burial_place"),
        text,
    )  # fmt: skip
    found = read(NAMED | cells | {"verbatim": f"Примеров … {text}"})
    assert found.draft is not None
    assert (found.draft.birth, found.draft.death, found.draft.repressions) == (None, None, ())
    assert (found.draft.fate, found.draft.death_place, found.draft.burial_place) == ("", "", "")
    assert found.draft.reading == {}
    assert {(date.field, date.printed, date.edtf, date.code) for date in found.dates} == {
        (column, text, "", "no-information") for column in cells
    }
    assert not any(date.is_unread for date in found.dates)
    assert found.draft.passage is not None
    assert found.draft.passage.text.endswith(text)
    assert (
        found.draft.content_hash == draft(NAMED | {"verbatim": f"Примеров … {text}"}).content_hash
    )


def test_other_texts_keep_what_they_say_of_no_information() -> None:
    found = draft(
        NAMED | {"birth_place": "неизвестно", "comment": "?", "fate": "судьба неизвестна"}
    )
    assert (found.birth_place, found.comment) == ("неизвестно", "?")
    assert found.fate == "судьба неизвестна"


def test_no_information_on_a_rehabilitation_is_a_ruling_and_a_dash_is_none() -> None:
    [ruling] = draft(NAMED | {"rehabilitation_date": "неизвестно"}).rulings
    assert (ruling.kind, ruling.date) == ("no-information", None)
    for text in ("—", "н/д"):
        found = read(NAMED | {"rehabilitation_date": text})
        assert found.draft is not None
        assert found.draft.rulings == ()
        assert [(d.field, d.code) for d in found.dates] == [
            ("rehabilitation_date", "no-information")
        ]


def test_nested_dates_that_say_there_is_no_information_are_none() -> None:
    repression = {"arrest_date": "невідомо", "execution_date": {"printed": "—"}, "note": "…"}
    found = read(NAMED | {"birth_date": {"printed": "нет данных"}, "repressions": [repression]})
    assert found.draft is not None
    assert found.draft.birth is None
    [only] = found.draft.repressions
    assert (only.arrest, only.execution, only.note) == (None, None, "…")
    assert [(date.field, date.code) for date in found.dates] == [
        ("birth", "no-information"),
        ("repressions.1.arrest", "no-information"),
        ("repressions.1.execution", "no-information"),
    ]


def test_an_execution_that_is_no_date_is_kept_as_printed() -> None:
    found = read(NAMED | {"execution_date": "в подвале"})
    assert found.draft is not None
    execution = found.draft.repressions[0].execution
    assert execution is not None
    assert (execution.printed, execution.edtf) == ("в подвале", "")
    assert [(date.field, date.is_unread) for date in found.dates] == [
        ("repressions.1.execution", True)
    ]


def test_what_was_understood_is_echoed_unless_it_was_edtf() -> None:
    found = read(NAMED | {"birth_date": "25.11.1901", "death_date": "1938"})
    assert [(date.printed, date.edtf) for date in found.dates] == [("25.11.1901", "1901-11-25")]


def test_two_digit_years_and_serials_are_read_only_where_it_is_stated() -> None:
    row = NAMED | {"birth_date": "25/11/97", "arrest_date": "13725"}
    assert {value["reason"] for value in draft(row).reading.values()} == {
        "two-digit-year",
        "serial-number",
    }
    options = ReadingOptions({"birth_date": 1800}, frozenset({"arrest_date"}))
    found = draft(row, options=options)
    assert found.birth is not None
    assert found.birth.edtf == "1897-11-25"
    arrest = found.repressions[0].arrest
    assert arrest is not None
    assert arrest.edtf == "1937-07-29"
    for_all = draft(row, options=ReadingOptions({"*": 1800}, frozenset({"*"})))
    assert for_all.birth == found.birth
    assert for_all.content_hash != found.content_hash != draft(row).content_hash


def test_a_calendar_stands_beside_its_date() -> None:
    found = draft(NAMED | {"birth_date": "1890-01-03", "birth_calendar": "julian"})
    assert found.birth is not None
    assert found.birth.calendar is Calendar.JULIAN


# Names -------------------------------------------------------------------------------------


def test_a_full_name_is_parted_and_kept() -> None:
    [name] = draft({"key": "1", "full_name": "Примеров П. П."}).names
    assert (name.family, name.given, name.patronymic) == ("Примеров", "П.", "П.")
    assert name.full == "Примеров П. П."


def test_other_names_have_kinds() -> None:
    names = draft(
        NAMED | {"other_names": "birth:Иванова Мария; Премьеров;;religious: Пётр", "sex": "f"}
    ).names
    assert [(name.kind, name.full) for name in names[1:]] == [
        ("birth", "Иванова Мария"),
        ("variant", "Премьеров"),
        ("religious", "Пётр"),
    ]


def test_an_entry_may_have_no_name_when_its_person_is_known() -> None:
    assert draft({"key": "1", "person_key": "p", "comment": "…"}).names == ()


def test_scripts_are_told_apart() -> None:
    full = {"full_name": "Exampleson Example", "other_names": "Примеров; 王", "name_language": "en"}
    names = draft({"key": "1", **full}).names
    assert [(name.script, name.language) for name in names] == [
        ("Latn", "en"),
        ("Cyrl", "en"),
        ("Hani", "en"),
    ]
    assert draft({"key": "1", "full_name": "1234"}).names[0].script == ""


# Following rows ----------------------------------------------------------------------------


def test_following_rows_add_repressions_and_rulings() -> None:
    found = draft(
        NAMED
        | {"arrest_date": "1934", "sentence": "3 года ИТЛ", "rehabilitation_outcome": "отказано"},
        {"key": "1", "rehabilitation_date": "1987", "stays": "camp:Примерлаг, 1934–1937"},
        NAMED | {"arrest_date": "1938", "rehabilitation_date": "нет сведений"},
    )
    first, second = found.repressions
    assert [ruling.kind for ruling in first.rulings] == ["refused", "rehabilitated"]
    assert [(stay.kind, stay.place) for stay in first.stays] == [("camp", "Примерлаг")]
    assert [(ruling.kind, ruling.text) for ruling in second.rulings] == [
        ("no-information", "нет сведений")
    ]
    assert found.rulings == ()


def test_what_belongs_to_no_repression_belongs_to_the_entry() -> None:
    found = draft(NAMED | {"rehabilitation_outcome": "no-information", "stays": "Примерск"})
    assert [ruling.kind for ruling in found.rulings] == ["no-information"]
    assert [stay.place for stay in found.stays] == ["Примерск"]
    assert found.repressions == ()


def test_a_following_row_that_says_something_else_of_the_person_is_refused() -> None:
    assert problems(NAMED, {"key": "1", "sex": "m", "arrest_date": "1937"}) == [
        (3, "sex", "differs-from-first-row")
    ]


def test_rows_are_gathered_by_source_and_key() -> None:
    rows = [
        Row(2, {"key": "1"}),
        Row(3, {"key": "1", "source": "other"}),
        Row(4, {"key": 1, "source": "other"}),
        Row(5, {"key": ""}),
        Row(6, {"key": ""}),
        Row(7, {"key": ["x"]}),
    ]
    groups = [(g.source, g.key, len(g.rows)) for g in group_rows(iter(rows), source="book")]
    assert groups == [
        ("book", "1", 1),
        ("other", "1", 2),
        ("book", "", 1),
        ("book", "", 1),
        ("book", "", 1),
    ]
    many = (Row(n, {"key": "1"}) for n in range(MOST_ROWS + 1))
    assert [len(group.rows) for group in group_rows(many, source="")] == [MOST_ROWS, 1]
    assert list(group_rows(iter([]), source="")) == []
