"""Rows of the entry table become drafts, or are refused by field with a code."""

import io
import json
from typing import Any

import pytest

from registry.dates import Calendar
from registry.exchange.entry_table import MOST_ROWS, EntryReader, Group, Read, group_rows
from registry.exchange.gathering import Known, ReadingOptions
from registry.exchange.recognising import RegionBook
from registry.exchange.wording import CODES
from registry.formats import Row, read_rows, write_rows
from registry.records.drafts import EntryDraft

KNOWN = Known(
    articles=frozenset({"58-1", "58-10", "58-11"}),
    sentence_kinds=frozenset({"camp", "shooting", "special-settlement"}),
    regions=RegionBook([("Примерская обл.", "example")]),
)
NAMED = {"key": "1", "full_name": "Примеров Пример Примерович"}


def read(*rows: dict[str, Any], options: ReadingOptions | None = None) -> Read:
    numbered = (Row(number, values) for number, values in enumerate(rows, start=2))
    [group] = group_rows(numbered, source="book")
    return EntryReader(options=options, known=KNOWN).read(group)


def draft(*rows: dict[str, Any], options: ReadingOptions | None = None) -> EntryDraft:
    found = read(*rows, options=options)
    assert found.problems == ()
    assert found.draft is not None
    return found.draft


def problems(*rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    found = read(*rows)
    assert (found.draft is None) == bool(found.problems)
    assert {problem.code for problem in found.problems} <= CODES.keys()
    return [(problem.row, problem.field, problem.code) for problem in found.problems]


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


# Rulings, stays, roles, discredited ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("23.05.1938 заменено на 10 лет ИТЛ", "commuted", "1938-05-23"),
        ("приговор отменён", "annulled", None),
        ("срок снижен до 5 лет", "changed", None),
        ("снижен 1.2.1940 и 3.4.1941", "changed", None),
        ("32.13.1940 снижен", "changed", None),
    ],
)
def test_changes_of_a_sentence_are_rulings(text: str, kind: str, date: str | None) -> None:
    [ruling] = draft(NAMED | {"sentence": "ВМН", "sentence_change": text}).repressions[0].rulings
    assert (ruling.kind, ruling.text) == (kind, text)
    assert (ruling.date.edtf if ruling.date else None) == date


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("rehabilitated", "rehabilitated"),
        ("реабилитирован посмертно", "rehabilitated"),
        ("Реабилитована", "rehabilitated"),
        ("в реабилитации отказано", "refused"),
        ("не подлежит реабилитации", "refused"),
        ("реабилитация отменена", "cancelled"),
        ("нет сведений о реабилитации", "no-information"),
        ("немає відомостей", "no-information"),
    ],
)
def test_outcomes_are_read_in_three_languages(text: str, kind: str) -> None:
    [ruling] = draft(NAMED | {"rehabilitation_outcome": text}).rulings
    assert ruling.kind == kind
    assert ruling.text == ("" if text == kind else text)


@pytest.mark.parametrize("text", ["не реабилитирован", "признан пострадавшим"])
def test_an_outcome_that_is_not_plain_is_refused(text: str) -> None:
    assert problems(NAMED | {"rehabilitation_outcome": text}) == [
        (2, "rehabilitation_outcome", "bad-outcome")
    ]


def test_stays_have_kinds_and_spans_where_they_say_so() -> None:
    text = (
        "camp:Примерлаг, 1938–1942; prison:Тюрьма № 1, г. Примерск; Ключи, Примерская обл.;"
        "exile:Примерск, 1934-1937; camp:Дальний, 1938; camp:Ближний, – 1940; x"
    )
    stays = draft(NAMED | {"stays": text}).stays
    found = [
        (
            stay.kind,
            stay.place,
            stay.from_date.edtf if stay.from_date else "",
            stay.to_date.edtf if stay.to_date else "",
        )
        for stay in stays
    ]
    assert found == [
        ("camp", "Примерлаг", "1938", "1942"),
        ("prison", "Тюрьма № 1, г. Примерск", "", ""),
        ("", "Ключи, Примерская обл.", "", ""),
        ("exile", "Примерск", "1934", "1937"),
        ("camp", "Дальний", "1938", ""),
        ("camp", "Ближний", "", "1940"),
        ("", "x", "", ""),
    ]


def test_roles_are_posts_unless_they_say_otherwise() -> None:
    roles = draft(
        NAMED | {"role": "начальник примерного отдела; act:подписал примерный список"}
    ).roles
    assert [(role.kind, role.text) for role in roles] == [
        ("post", "начальник примерного отдела"),
        ("act", "подписал примерный список"),
    ]


def test_discredited_fields_have_reasons() -> None:
    found = draft(NAMED | {"discredited": "death_date: false; told in 1955; *: forged;"})
    assert found.discredited == {"death_date": "false; told in 1955", "*": "forged"}


# Refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"key": ""}, "key", "missing-key"),
        ({"key": "1" * 121}, "key", "too-long"),
        ({"key": ["1"]}, "key", "bad-type"),
        ({"full_name": ""}, "full_name", "no-name"),
        ({"full_name": "Пример " * 60}, "full_name", "too-long"),
        ({"full_name": "", "family_name": "П" * 150, "given_name": "П" * 150,
          "patronymic": "П" * 150}, "full_name", "too-long"),
        ({"sex": "x"}, "sex", "bad-sex"),
        ({"rendering": "copied"}, "rendering", "bad-rendering"),
        ({"burial_certainty": "sure"}, "burial_certainty", "bad-certainty"),
        ({"birth_date": "1890", "birth_calendar": "old"}, "birth", "bad-calendar"),
        ({"birth_date": "1" * 301}, "birth_date", "too-long"),
        ({"birth_date": {"printed": "1" * 301}}, "birth.printed", "too-long"),
        ({"birth_date": {"edtf": "1890-13"}}, "birth", "bad-date"),
        ({"birth_date": {"date": "1890"}}, "birth", "bad-date"),
        ({"birth_date": {"printed": " "}}, "birth", "bad-date"),
        ({"birth_date": ["1890"]}, "birth", "bad-type"),
        ({"birth_date": True}, "birth_date", "bad-type"),
        ({"age": 40.5}, "age", "bad-type"),
        ({"other_names": "maiden:Иванова"}, "other_names", "bad-name-kind"),
        ({"other_names": "main:Иванова"}, "other_names", "bad-name-kind"),
        ({"stays": "cmap:Примерлаг"}, "stays", "bad-stay"),
        ({"stays": "camp:"}, "stays", "bad-stay"),
        ({"role": "job:сторож"}, "role", "bad-role"),
        ({"discredited": "death date false"}, "discredited", "bad-discredited"),
        ({"discredited": "shoe_size: 40"}, "discredited", "bad-discredited"),
        ({"discredited": {"death_date": ""}}, "discredited", "bad-discredited"),
        ({"discredited": ["death_date"]}, "discredited", "bad-discredited"),
        ({"shoe_size": "40"}, "shoe_size", "unknown-column"),
        ({"shoe_size": ["40"]}, "shoe_size", "bad-type"),
        ({"wording": {"comment": "x"}}, "wording", "bad-wording"),
        ({"wording": {"comment": {"la": "x"}}}, "wording", "bad-wording"),
        ({"passage_wording": ["x"]}, "passage_wording", "bad-wording"),
        ({"names": "x"}, "names", "unknown-column"),
        ({"names": ["x"]}, "names", "bad-type"),
        ({"names": [{"kind": "main", "family": "П"}]}, "names", "two-main-names"),
        ({"names": [{"kind": "nick", "family": "П"}]}, "names.1", "bad-name-kind"),
        ({"names": [{"kind": "variant"}]}, "names.1", "no-name"),
        ({"names": [{"kind": "variant", "full": "П", "age": 1}]}, "names.1.age", "unknown-column"),
        ({"names": [{"kind": "variant", "family": "П" * 201}]}, "names.1.family", "too-long"),
        ({"repressions": {"kind": "arrest"}}, "repressions", "bad-type"),
        ({"repressions": [{"kind": "war"}]}, "repressions.1.kind", "bad-repression-kind"),
        ({"repressions": [{"episode": "1"}]}, "repressions.1.episode", "bad-number"),
        ({"repressions": [{"sentence_months": -1}]}, "repressions.1.sentence_months", "bad-number"),
        (
            {"repressions": [{"rulings": [{"kind": "odd"}]}]},
            "repressions.1.rulings.1.kind",
            "bad-outcome",
        ),
        ({"repressions": [{"stays": [{"kind": "camp"}]}]}, "repressions.1.stays.1", "bad-stay"),
        ({"rulings": [{"date": "1956"}]}, "rulings.1.kind", "bad-outcome"),
        ({"stays": [{"kind": "inn", "place": "П"}]}, "stays.1", "bad-stay"),
        ({"roles": [{"kind": "act"}]}, "roles.1", "bad-role"),
    ],
)  # fmt: skip
def test_a_row_is_refused_by_field(change: dict[str, Any], field: str, code: str) -> None:
    assert problems(NAMED | change) == [(2, field, code)]


def test_a_row_without_a_source_is_refused() -> None:
    found = EntryReader().read(Group("", "1", (Row(2, dict(NAMED)),)))
    assert [(p.field, p.code) for p in found.problems] == [("source", "missing-source")]


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    assert len(problems({"key": "", "sex": "x", "rendering": "copied"})) == 4


# JSON Lines --------------------------------------------------------------------------------


def test_nested_parts_are_read() -> None:
    found = draft(
        {
            "key": 1,
            "names": [
                {"kind": "main", "family": "Примеров", "given": "Пример", "language": "ru"},
                {"kind": "transliteration", "full": "Primerov Primer", "script": "Latn"},
            ],
            "birth_date": {"printed": "3 (15) января 1890", "edtf": "1890-01-15"},
            "death_date": {"printed": "неведомо когда"},
            "arrest_date": 1934,
            "arrest_place": "Примерская обл.",
            "repressions": [
                {
                    "kind": "exile",
                    "episode": 2,
                    "sentence": "3 года ИТЛ",
                    "sentence_months": 30,
                    "execution_date": {"edtf": "1938", "calendar": "gregorian"},
                    "rulings": [{"kind": "refused", "date": "1956", "text": "no"}],
                    "stays": [{"kind": "camp", "place": "Примерлаг", "from": "1934", "to": "1937"}],
                    "wording": {"note": {"ru": "…"}},
                }
            ],
            "rulings": [{"kind": "rehabilitated", "wording": {"scope": {"uk": "…"}}}],
            "stays": [],
            "roles": [{"kind": "act", "text": "…", "from": "1934"}],
            "discredited": {"death_date": "told to the family"},
            "wording": {"comment": {"ru": "…", "uk": "…"}},
            "passage_wording": {"locator": {"ru": "…"}},
            "rendering": "summarised",
            "comment": None,
        }
    )
    assert [(name.full, name.script) for name in found.names] == [
        ("Примеров Пример", "Cyrl"),
        ("Primerov Primer", "Latn"),
    ]
    assert found.birth is not None
    assert (found.birth.printed, found.birth.edtf) == ("3 (15) января 1890", "1890-01-15")
    assert found.death is not None
    assert (found.death.edtf, found.reading) == ("", {"death": {"reason": "not-understood"}})
    flat, nested = found.repressions
    assert (flat.arrest and flat.arrest.edtf, flat.arrest_region) == ("1934", "example")
    assert (nested.kind, nested.episode) == ("exile", 2)
    assert (nested.sentence_kind, nested.sentence_months) == ("camp", 30)
    assert nested.execution is not None
    assert nested.execution.calendar is Calendar.GREGORIAN
    assert [ruling.text for ruling in nested.rulings] == ["no"]
    assert [stay.place for stay in nested.stays] == ["Примерлаг"]
    assert [ruling.kind for ruling in found.rulings] == ["rehabilitated"]
    assert [role.text for role in found.roles] == ["…"]
    assert found.passage is not None
    assert (found.passage.rendering, found.passage.key) == ("summarised", "")


def test_nested_stays_of_an_entry_without_repression_are_the_entrys() -> None:
    found = draft(NAMED | {"stays": [{"place": "Примерск"}]})
    assert [stay.place for stay in found.stays] == ["Примерск"]


# The same content --------------------------------------------------------------------------


def test_the_hash_is_of_what_is_said_and_not_of_how() -> None:
    row = NAMED | {"sex": "m", "source": "book"}
    stream = io.BytesIO()
    write_rows(stream, [row], columns=["sex", "key", "full_name", "age"], format="csv")
    stream.seek(0)
    [as_csv] = [r.values for r in read_rows(stream, format="csv")]
    as_json = json.loads(json.dumps({"key": 1, "sex": " m ", **NAMED}))
    assert draft(as_csv).content_hash == draft(as_json).content_hash == draft(row).content_hash
    assert draft(row | {"sex": "f"}).content_hash != draft(row).content_hash


def test_only_known_terms_are_recognised() -> None:
    row = NAMED | {"articles": "58-1а, 58-6", "sentence": "3 года ссылки"}
    [repression] = draft(row).repressions
    assert repression.article_codes == ("58-1",)
    assert (repression.sentence_kind, repression.sentence_months) == ("", None)
