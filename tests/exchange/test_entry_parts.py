"""Rulings, stays, roles and refusals of the entry table."""

import io
import json
from typing import Any

import pytest

from registry.dates import Calendar
from registry.exchange.entry_table import EntryReader, Group
from registry.formats import Row, read_rows, write_rows
from tests.exchange.tables import NAMED, draft, problems

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
