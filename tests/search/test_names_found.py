"""Who is found by which question, in which order, and why: on a few invented people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.dates import parse_edtf
from registry.models import Change, Person, PersonKey
from registry.records import put_entries
from registry.search import Match, PeopleQuery, Suggested, find_people, suggest
from registry.search.matching import retrieving
from tests.databases import NOW
from tests.records.drafting import draft
from tests.search.population import arrested, named

pytestmark = pytest.mark.django_db

PEOPLE: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "nikolai": (("Примеров", "Николай", "Николаевич"), {"birth": "1891", "death": "1937-11"}),
    "mykola": (("Примерів", "Микола", "Миколайович"), {"birth": "1905"}),
    "alone": (("Примеров", "Николай"), {}),
    "letter": (("Примеров", "Н.", "Н."), {}),
    "rebekka": (("Примерова", "Ревекка", "Осиповна"), {"birth": "1900"}),
    "maiden": (("Девичьева", "Ревекка", "Осиповна"), {}),
    "double": (("Образцов-Тестов", "Иван", "Петрович"), {}),
    "kin": (("Тестович", "Афанасий", "Петрович"), {}),
    "two": (("Гостева", "Анна Мария"), {}),
    "kyzy": (("Гостиева", "Зейнаб", "Осман кызы"), {}),
    "latin": (("Čaksin", "Jānis"), {}),
    "syllables": (("Лю", "Тен Го"), {}),
}
"""The name and the dates of each; of all it is known that they died in a camp."""


@pytest.fixture
def people(library: None, change: Change) -> dict[int, str]:
    drafts = [
        draft(
            key, "book-a", person_key=key, names=named(*name), fate="умер",
            repressions=(arrested("1937") if key == "nikolai" else arrested(),),
            **{date: parse_edtf(text) for date, text in ({"death": "1938"} | dates).items()},
        )
        for key, (name, dates) in PEOPLE.items()
    ]  # fmt: skip
    put_entries(drafts=drafts, change=change, now=NOW)
    return {pk: key for key, pk in PersonKey.all_records.values_list("key", "person")}


def found(people: dict[int, str], **asked: Any) -> tuple[list[str], list[str]]:
    """The keys of who answers in full, and of whose name is near, each in order."""
    page = find_people(PeopleQuery(**asked)).page(1, 100)
    assert page.count == len(page.hits)
    near = [hit.match is not None and hit.match.near for hit in page.hits]
    assert near == sorted(near)
    assert page.full == near.count(False)
    keys = [people[hit.person] for hit in page.hits]
    return keys[: page.full], keys[page.full :]


def match(people: dict[int, str], key: str, **asked: Any) -> Match:
    hits = find_people(PeopleQuery(**asked)).page(1, 100).hits
    [match] = [hit.match for hit in hits if people[hit.person] == key]
    assert match is not None
    return match


@pytest.mark.parametrize(
    ("asked", "full"),
    [
        # As typed, then as it sounds, then another form, then what is only an initial.
        ("Примеров Николай Николаевич", ["nikolai", "mykola", "letter"]),
        ("Николай Николаевич Примеров", ["nikolai", "mykola", "letter"]),
        ("Primerov Nikolaj Nikolajevitsch", ["nikolai", "mykola", "letter"]),
        ("Примерів Микола Миколайович", ["mykola", "nikolai"]),
        ("Николай Николаевич", ["nikolai", "mykola", "letter"]),
        ("Примеров Николаевич", ["nikolai", "mykola", "letter"]),
        ("Примеров Н. Н.", ["letter", "nikolai"]),
        ("Н.Н. Примеров", ["letter", "nikolai"]),
        ("Девич", ["maiden"]),
        ("Ревекка Дев", ["maiden"]),
        ("Дев Рев", ["maiden"]),
        # Double surnames whole, by halves, with and without a hyphen.
        ("Образцов-Тестов Иван", ["double"]),
        ("Образцов Тестов Иван Петрович", ["double"]),
        ("Тестов Иван Петрович", ["double"]),
        ("Иван Образцов", ["double"]),
        ("Анна Мария Гостева", ["two"]),
        ("Мария Гостева", ["two"]),
        ("Гостиева Зейнаб Осман кызы", ["kyzy"]),
        ("Caksin Janis", ["latin"]),
        ("Чаксин Янис", ["latin"]),
        ("Лю Тенго", ["syllables"]),
        ("Лютенго", []),
        # Wildcards.
        ("При*ова", ["rebekka"]),
        ("*вичьева", ["maiden"]),
        ("Д?вичьева Р*", ["maiden"]),
        ("Девичьев?", ["maiden"]),
        ("Пр*в Николай", ["alone", "nikolai", "mykola", "letter"]),
        # In quotes, as typed and no otherwise.
        ('"Примеров" Николай', ["alone", "nikolai", "letter"]),
        ("«Primerov»", []),
        ("“Примеров Николай Николаевич”", ["nikolai"]),
    ],
)
def test_who_answers_in_full_and_in_which_order(
    people: dict[int, str], asked: str, full: list[str]
) -> None:
    first = found(people, q=asked)[0]
    assert [key for key in first if key in full] == full
    assert set(first) <= {*full, "alone", "letter"}


@pytest.mark.parametrize(
    ("asked", "full"),
    [
        ({"family": "Примеров"}, ["alone", "letter", "nikolai", "mykola", "rebekka"]),
        ({"family": "Николай"}, []),
        ({"given": "Мария"}, ["two"]),
        ({"given": "Анна Мария"}, ["two"]),
        ({"patronymic": "Осман кызы"}, ["kyzy"]),
        ({"family": "Примеров", "given": "Микола"}, ["mykola", "alone", "nikolai"]),
        ({"family": "Примеров", "given": "Николай", "exact": True}, ["alone", "nikolai"]),
        ({"family": "Primerov", "exact": True}, []),
        ({"q": "Примеров", "given": "Николай", "patronymic": "Николаевич"}, ["nikolai"]),
        ({"q": "Николаевич", "family": "Приме*"}, ["nikolai"]),
        ({"family": "Образцов Тестов"}, ["double"]),
    ],
)
def test_a_box_is_answered_by_its_part_of_the_name(
    people: dict[int, str], asked: dict[str, Any], full: list[str]
) -> None:
    assert found(people, **asked)[0][: len(full)] == full


@pytest.mark.parametrize(
    ("asked", "key", "reasons"),
    [
        ("Примерав Николай", "nikolai", "close:1 exact"),
        ("Прмиеров Николай Николаевич", "nikolai", "close:1 exact exact"),
        ("Прмевов Николай Николаевич", "nikolai", "close:2 exact exact"),
        ("Primerow Nikolaj", "nikolai", "reading reading"),
        ("Тестов Афанасий", "kin", "close:2 exact"),
        ("Тестенко Афанасий", "kin", "kin exact"),
        ("Мужнева Ревекка Осиповна", "maiden", "differs-family exact exact"),
        ("Девичьева Фекла Осиповна", "maiden", "exact differs-given exact"),
        ("Девичьева Ревекка Львовна", "maiden", "exact exact differs-patronymic"),
        ("Примеров Николай Петрович", "alone", "exact exact missing-patronymic"),
        ("Иноземцев Афанасий", "kin", "differs-family exact"),
        ("Лю Тен Га", "syllables", "syllable syllable syllable"),
    ],
)
def test_a_near_name_is_found_and_told_how_it_differs(
    people: dict[int, str], asked: str, key: str, reasons: str
) -> None:
    why = match(people, key, q=asked)
    assert why.near == (reasons != "reading reading")
    told = [f"{r.kind}:{r.letters}" if r.kind == "close" else r.kind for r in why.reasons]
    assert " ".join(told) == reasons
    assert [r.asked for r in why.reasons] == asked.split()


def test_whoever_differs_comes_after_everyone_who_does_not(people: dict[int, str]) -> None:
    full, near = found(people, q="Примерова Ревекка Осиповна")
    assert full == ["rebekka"]
    assert near[0] == "maiden"
    # Nearer names before farther ones, and a letter before another name.
    assert found(people, q="Девячьева Ревекка Осиповна")[1][:2] == ["maiden", "rebekka"]


def test_the_last_word_may_be_a_beginning_though_it_is_a_name(
    library: None, change: Change
) -> None:
    names = [("Пробнов", "Примериан"), ("Гостьев", "При")]
    drafts = [draft(family, "book-a", names=named(family, given)) for family, given in names]
    put_entries(drafts=drafts, change=change, now=NOW)

    assert [hit.match.name for hit in suggest("Пробнов При").hits if hit.match] == [
        "Пробнов Примериан"
    ]


@pytest.mark.parametrize("asked", ["Гостьев М. И.", "М.И. Гостьев", "Гостьев М И"])
def test_initials_are_those_of_given_name_and_patronymic_first(
    library: None, change: Change, asked: str
) -> None:
    names = [("Игнат", "Мартынович"), ("Мартын", "Игнатьевич")]
    drafts = [draft(name, "book-a", names=named("Гостьев", name, other)) for name, other in names]
    put_entries(drafts=drafts, change=change, now=NOW)

    hits = find_people(PeopleQuery(q=asked)).page().hits

    told = [hit.match.name for hit in hits if hit.match]
    assert told == ["Гостьев Мартын Игнатьевич", "Гостьев Игнат Мартынович"]


def test_a_misspelt_surname_comes_before_all_who_share_the_given_name(
    library: None, change: Change
) -> None:
    """Many have the given name, and nobody of them a patronymic that would tell them apart."""
    surnames = ["Небывалых", *(f"Гость{one}{other}ский" for one in "бвгджз" for other in "аеиоуыэ")]
    put_entries(
        drafts=[draft(name, "book-a", names=named(name, "Фекла")) for name in surnames],
        change=change,
        now=NOW,
    )

    hits = find_people(PeopleQuery(q="Нефывлых Фекла")).page().hits

    assert [hit.match.name for hit in hits if hit.match] == ["Небывалых Фекла"]


@pytest.mark.parametrize(
    "asked", ["Щукозавров Еремей Щукозаврович", "Zzzyx", "Вымышленников Протасий", "Ы Ъ Ь"]
)
def test_a_made_up_name_is_nobody_s(people: dict[int, str], asked: str) -> None:
    full, near = found(people, q=asked)
    assert full == []
    assert set(near) <= {"kin", "double"}


@pytest.mark.parametrize("asked", [{"exact": True}, {"sort": "name"}])
def test_near_names_are_told_of_only_where_they_may_help(
    people: dict[int, str], asked: dict[str, Any]
) -> None:
    """Not where it must be exact; beside others only in the order of how well they match."""
    full, near = found(people, q="Примерова Ревекка", **asked)
    assert (full, near) == (["rebekka"], [])


@pytest.mark.parametrize(
    ("asked", "full"),
    [
        # 1937 may be the year in which whoever lacks a date was arrested.
        ("Примеров Николай 1891", ["nikolai", "alone", "letter"]),
        ("Примеров Николай 1937", ["nikolai", "alone", "mykola", "letter"]),
        ("Примеров 1900 Николай", ["alone", "mykola", "letter"]),
        ("Примеров Николай (1891–1937)", ["nikolai", "alone", "letter"]),
        ("Примеров Николай 1905", ["mykola", "alone", "letter"]),
        ("1891", ["nikolai"]),
        ("1905", ["mykola"]),
        ("1750", []),
        ("12345", []),
        ("Примеров Николай 9999", []),
    ],
)
def test_a_year_in_the_box_is_a_year(people: dict[int, str], asked: str, full: list[str]) -> None:
    first = found(people, q=asked)[0]
    assert [key for key in first if key in full] == full
    assert "nikolai" not in set(first) - set(full)


def test_a_hit_tells_the_spelling_that_matched_and_marks_it(people: dict[int, str]) -> None:
    why = match(people, "double", q="тестов ив")
    assert (why.name, why.marked) == ("Образцов-Тестов Иван Петрович", ("Образцов-Тестов", "Иван"))
    why = match(people, "nikolai", q="Nikolaj Primerov")
    assert [(r.kind, r.scheme, r.found) for r in why.reasons] == [
        ("reading", "english", "николай"), ("reading", "english", "примеров"),
    ]  # fmt: skip
    assert why.marked == ("Примеров", "Николай")
    why = match(people, "kyzy", q="Гостиева Зейнаб Осман кызы")
    assert why.marked == ("Гостиева", "Зейнаб", "Осман")


def test_suggestions_are_the_best_of_what_is_found(people: dict[int, str]) -> None:
    for typed in ("Дев", "Девичьева Р", "Девичьева Рев", "Devichyeva", "девичьева"):
        assert people[suggest(typed).hits[0].person] == "maiden"
    assert people[suggest("Девичьиева").hits[0].person] == "maiden"
    assert suggest("Щукозавров") == Suggested()
    assert len(suggest("П", limit=2).hits) == 2


def test_spellings_end_what_was_typed_as_names_of_people_found_do(people: dict[int, str]) -> None:
    for typed, spelled in (
        ("Девич", ("Девичьева",)),
        ("Ревекка девич", ("Ревекка Девичьева",)),
        ("Devichyeva", ("Девичьева",)),
        # As typed: there is nothing to add. A near name: it is spelled as somebody has it.
        ("Девичьева", ()),
        ("Девичьиева", ("Девичьева",)),
        ("Щукозавров", ()),
    ):
        assert suggest(typed).spellings == spelled, typed
    Person.all_records.filter(pk=suggest("Девич").hits[0].person).update(status="held")
    assert suggest("Девич") == Suggested()
    assert 0 < len(suggest("Пр").spellings) <= 4


HOSTILE = (
    "", " ", "\0", "\x00\x01\x02", "\ud800", "?", "*", "**??**", "* * *", "а*", "?а?", "%", "_",
    "%_%", "\\", "'", '"', "''''", '""', "«»", "'; DROP TABLE registry_person; --",
    "\" OR 1=1 --", "$$", "%s %s", "%(x)s", "{0}", "<script>alert(1)</script>", "🙂", "　",
    "а" * 10_000, "а " * 200, "Иванов " * 200, "*а" * 100, "1937 " * 50, "-" * 200, "а-" * 100,
    "Примеров\0Николай", "РRIMЕRОВ", "Приmеров", "مثال", "אבג", "例え", "ก" * 50, "ﬁ", "İ", "ß",
    "9" * 200, "²³¹", "\u202eПримеров", "a\u0300" * 90, ".", "О.Э.", "'" * 200, "(((((", "[a-z]*",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_answered(people: dict[int, str], text: str) -> None:
    """Never an error, and never more questions to the database than for a name."""
    for name in ("q", "family", "given", "patronymic"):
        for exact in (False, True):
            query = replace(PeopleQuery(), exact=exact, **{name: text})
            with CaptureQueriesContext(connection) as captured:
                page = find_people(query).page()
            assert len(captured) < 120
            assert page.count >= len(page.hits)
    assert len(suggest(text).hits) <= 10


@pytest.mark.parametrize("text", ["", " ", "\0", "?", "*", "**??**", "%", "«»", "-" * 200, "🙂"])
def test_signs_alone_find_nobody(people: dict[int, str], text: str) -> None:
    assert suggest(text) == Suggested()
    count = find_people(PeopleQuery(q=text)).page().count
    assert count == (len(PEOPLE) if not text.strip(" \0") else 0)


def test_all_of_a_large_result_are_counted_and_walked(
    people: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    everyone = found(people, q="Примеров")[0]
    monkeypatch.setattr(retrieving, "RANKED", 2)
    answer = find_people(PeopleQuery(q="Примеров"))
    walked = [
        hit.person
        for number in range(1, 5)
        for hit in find_people(PeopleQuery(q="Примеров")).page(number, 2).hits
    ]
    assert answer.page().count == answer.page().full == len(everyone) == 5
    assert len(walked) == len(set(walked)) == 5
    assert {people[pk] for pk in walked} == set(everyone)
    assert people[walked[0]] in {"alone", "letter", "nikolai"}


def test_of_a_vague_question_the_count_is_honest(
    people: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not all who answer are looked through, and it is said that there are more."""
    monkeypatch.setattr(retrieving, "RANKED", 1)
    monkeypatch.setattr(retrieving, "MOST_OF_VAGUE", 2)
    vague, clear = (find_people(PeopleQuery(q=text)).page(1, 10) for text in ("При*", "Примеров"))
    assert (vague.count_is_exact, clear.count_is_exact) == (False, True)
    assert (len(vague.hits), len(clear.hits)) == (vague.count, 5)
    assert vague.count < 5


def test_a_letter_off_is_near_though_the_others_are_read_otherwise_for_it(
    library: None, change: Change
) -> None:
    """Without its н the ы is not heard: of a short name two sounds are too many to be another."""
    fallen = draft("short", "book-a", names=named("Пынев"), death=parse_edtf("1938"), fate="умер")
    put_entries(drafts=[fallen], change=change, now=NOW)
    [hit] = find_people(PeopleQuery(q="Пыев Пример")).page().hits
    assert hit.match is not None
    assert [reason.kind for reason in hit.match.reasons] == ["close", "exact"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_the_vocabulary_is_never_read_whole_for_a_misspelt_word(people: dict[int, str]) -> None:
    with CaptureQueriesContext(connection) as captured:
        found(people, family="Прмиеров")
    [near] = [row["sql"] for row in captured if row["sql"].startswith("WITH wanted(low, high)")]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {near}")
        plan = [told for *_, told in cursor.fetchall()]
    [words] = [told for told in plan if told.split()[1] == "w"]
    assert words == "SEARCH w USING INTEGER PRIMARY KEY (rowid=?)"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_who_is_called_so_is_told_by_the_trees_of_names_alone(people: dict[int, str]) -> None:
    """Their leaves have the number of the row, and no row is read to learn who that is."""
    with CaptureQueriesContext(connection) as captured:
        found(people, q="Примеров Иван Иванович")
    plans: list[str] = []
    with connection.cursor() as cursor:
        for asked in (row["sql"] for row in captured if "registry_nameform" in row["sql"]):
            cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
            plans += [told for *_, told in cursor.fetchall() if "registry_nameform" in told]
    assert plans
    assert [told for told in plans if "USING COVERING INDEX nameform_" not in told] == []
