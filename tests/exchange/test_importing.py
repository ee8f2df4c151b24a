"""A file is imported once, in one Change, and a row that is wrong does not spoil the others."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.exchange import FileRefused, ReadingOptions, import_entries, importing
from registry.exchange.wording import CODES, OUTCOMES
from registry.formats import FormatCode, write_rows
from registry.models import Change, Entry, ImportRun, Person, Repression, Role, Source
from registry.records import withdraw_source
from tests.databases import NOW

pytestmark = pytest.mark.django_db

PEOPLE = [
    {
        "key": "1",
        "full_name": "Примеров Пример Примерович",
        "birth_date": "25.11.1901",
        "arrest_date": "28 июля 1937 г.",
        "sentence": "ВМН",
    },
    {"key": "2", "full_name": "Образцова Образа Образцовна", "birth_date": "1903"},
    {"key": "3", "full_name": "Невымышленко Небыл Небылович", "birth_date": "в 9999 г."},
]
COLUMNS = ["source", "key", "person_key", "full_name", "sex", "birth_date", "arrest_date",
           "sentence", "execution_date", "fate", "burial_site", "shoe_size"]  # fmt: skip


@pytest.fixture
def book(make_source: Callable[..., str]) -> str:
    return make_source("invented-book")


@pytest.fixture
def make_file(tmp_path: Path) -> Callable[..., Path]:
    def build(rows: list[dict[str, Any]], name: str = "people.csv") -> Path:
        path = tmp_path / name
        used = [column for column in COLUMNS if any(column in row for row in rows)]
        with path.open("wb") as stream:
            write_rows(stream, rows, columns=used, format=name.rpartition(".")[2])
        return path

    return build


def run(path: Path, **options: Any) -> Any:
    given = {"source_slug": "invented-book", "role": Role.SYSTEM, "reason": "a test", "now": NOW}
    return import_entries(path=path, **{**given, **options})


def counts(**found: int) -> dict[str, int]:
    return {**dict.fromkeys(("new", "changed", "same", "refused", "unread"), 0), **found}


@pytest.mark.parametrize("name", ["people.csv", "people.jsonl"])
def test_a_file_is_imported_in_one_change(book: str, make_file: Any, name: str) -> None:
    before = Change.all_records.count()
    report = run(make_file(PEOPLE, name))
    assert report.counts == counts(new=3, unread=1)
    assert Change.all_records.count() == before + 1
    entry = Entry.all_records.get(source__slug=book, key="1")
    assert (entry.change_id, entry.birth.edtf) == (report.change, "1901-11-25")
    assert Repression.all_records.get(entry=entry).arrest.printed == "28 июля 1937 г."
    unread = Entry.all_records.get(key="3")
    assert unread.birth.printed == "в 9999 г."
    assert unread.reading == {"birth": {"reason": "year-out-of-range"}}


def test_a_second_import_changes_nothing_and_makes_no_change(book: str, make_file: Any) -> None:
    path = make_file(PEOPLE)
    run(path)
    before = Change.all_records.count(), ImportRun.all_records.count()
    report = run(path)
    assert (report.counts, report.change) == (counts(same=3, unread=1), None)
    assert (Change.all_records.count(), ImportRun.all_records.count()) == before
    assert Person.all_records.count() == 3


def test_an_import_that_comes_to_nothing_makes_no_change(book: str, make_file: Any) -> None:
    before = Change.all_records.count()
    report = run(make_file([{**PEOPLE[0], "burial_site": "nowhere"}]))
    assert (report.counts, report.change) == (counts(refused=1), None)
    assert Change.all_records.count() == before
    assert not Entry.all_records.exists()


def test_a_newer_version_changes_what_differs(book: str, make_file: Any, tmp_path: Path) -> None:
    run(make_file(PEOPLE))
    newer = [{**PEOPLE[0], "birth_date": "1902"}, *PEOPLE[1:]]
    log = tmp_path / "report.jsonl"
    report = run(make_file(newer, "newer.csv"), report=log)
    assert report.counts == counts(changed=1, same=2, unread=1)
    assert Entry.all_records.get(key="1").birth.edtf == "1902"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    changed = [line for line in lines if line["outcome"] == "changed"]
    assert {line["key"] for line in changed} == {"1"}
    assert any("birth" in line["field"] for line in changed)


def test_a_row_that_is_wrong_is_refused_alone(book: str, make_file: Any, tmp_path: Path) -> None:
    rows = [
        PEOPLE[0],
        {"key": "2", "full_name": "", "sex": "x"},
        {**PEOPLE[2], "key": ""},
        {**PEOPLE[1], "key": "4", "source": "no-such-book"},
        {**PEOPLE[1], "key": "5", "burial_site": "nowhere"},
    ]
    log = tmp_path / "report.csv"
    report = run(make_file(rows), report=log)
    assert report.counts == counts(new=1, refused=4, unread=1)
    with log.open(newline="") as stream:
        lines = [line for line in csv.DictReader(stream) if line["outcome"] == "refused"]
    found = [(line["row"], line["key"], line["field"], line["code"]) for line in lines]
    assert found == [
        ("3", "2", "full_name", "no-name"),
        ("3", "2", "sex", "bad-sex"),
        ("4", "", "key", "missing-key"),
        ("5", "4", "source", "unknown-source"),
        ("6", "5", "burial_site", "unknown-site"),
    ]
    assert all(line["message"] for line in lines)


def test_rows_of_one_key_must_stand_together(book: str, make_file: Any) -> None:
    with pytest.raises(FileRefused) as caught:
        run(make_file([PEOPLE[0], PEOPLE[1], {"key": "1", "arrest_date": "1938"}]))
    assert (caught.value.code, caught.value.row) == ("rows-apart", 4)
    assert not Entry.all_records.exists()


def test_one_entry_has_not_hundreds_of_rows(book: str, make_file: Any) -> None:
    with pytest.raises(FileRefused) as caught:
        run(make_file([PEOPLE[0]] * 501))
    assert caught.value.code == "too-many-rows"


def test_an_unknown_column_refuses_a_csv_and_a_line_of_json(book: str, make_file: Any) -> None:
    rows = [PEOPLE[0], {**PEOPLE[1], "shoe_size": "40"}]
    with pytest.raises(FileRefused) as caught:
        run(make_file(rows))
    assert (caught.value.code, caught.value.field) == ("unknown-column", "shoe_size")
    assert run(make_file(rows, "people.jsonl")).counts == counts(new=1, refused=1)


@pytest.mark.parametrize(
    ("raw", "name", "code", "row"),
    [
        (b"", "a.csv", "no-header", 1),
        (b"key,full_name\n1,\xff\n", "a.csv", "not-utf-8", 2),
        (b"key,full_name\n1,a\x00\n", "a.csv", "nul", 2),
        (b'key,full_name\n1,"a\n', "a.csv", "unclosed-quote", 2),
        (b"key,key\n1,2\n", "a.csv", "duplicate-header", 1),
        (b"key,full_name\n1,a,b\n", "a.csv", "too-many-cells", 2),
        (b"key\n" + b"1" * 2_000_000, "a.csv", "too-long-line", 2),
        (b'{"key": "1"', "a.jsonl", "not-json", 1),
        (b'{"key": "\\ud800"}', "a.jsonl", "lone-surrogate", 1),
        (b"[" * 100_000, "a.jsonl", "too-deep", 1),
        (b"key\n1\n", "a.xlsx", "unknown-format", 0),
        (b"PK\x03\x04", "a.csv", "unknown-format", 0),
    ],
)
def test_a_broken_file_is_refused_whole(  # noqa: PLR0917 (fixtures and a table)
    book: str, tmp_path: Path, raw: bytes, name: str, code: str, row: int
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(FileRefused) as caught:
        run(path)
    assert (caught.value.code, caught.value.row) == (code, row)
    assert code in str(caught.value)


def test_a_file_broken_late_is_refused_before_anything_is_written(
    book: str, tmp_path: Path
) -> None:
    path = tmp_path / "late.csv"
    path.write_text("key,full_name\n" + "".join(f"{n},П\n" for n in range(1500)) + '"')
    with pytest.raises(FileRefused):
        run(path)
    assert not Entry.all_records.exists()


def test_a_missing_file_is_refused(book: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        run(tmp_path / "none.csv")
    assert caught.value.code == "unreadable-file"


def test_a_file_without_rows_changes_nothing(book: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"\n")
    assert run(path).counts == counts()


def test_an_unknown_source_is_refused_unless_it_is_created(make_file: Any) -> None:
    path = make_file(PEOPLE)
    with pytest.raises(FileRefused) as caught:
        run(path)
    assert caught.value.code == "unknown-source"
    report = run(path, create_source_title="Invented book")
    source = Source.all_records.get(slug="invented-book")
    assert (source.title, source.rank) == ("Invented book", 6)
    assert Change.all_records.count() == 1
    assert report.counts == counts(new=3, unread=1)
    assert run(path, create_source_title="Invented book").counts == counts(same=3, unread=1)


@pytest.mark.parametrize("slug", ["no slug", "x" * 81])
def test_a_source_is_created_only_under_a_slug(make_file: Any, slug: str) -> None:
    with pytest.raises(FileRefused) as caught:
        run(make_file(PEOPLE), source_slug=slug, create_source_title="Invented book")
    assert caught.value.code == "bad-source"


def test_a_withdrawn_source_is_refused(book: str, make_file: Any) -> None:
    withdraw_source(slug=book, by=None, role=Role.ADMINISTRATOR, reason="forged", now=NOW)
    with pytest.raises(FileRefused) as caught:
        run(make_file(PEOPLE))
    assert caught.value.code == "withdrawn-source"


def test_a_dry_run_reports_everything_and_writes_nothing(book: str, make_file: Any) -> None:
    before = Change.all_records.count()
    report = run(make_file(PEOPLE), dry_run=True)
    assert (report.counts, report.change) == (counts(new=3, unread=1), None)
    assert not Entry.all_records.exists()
    assert not Person.all_records.exists()
    assert Change.all_records.count() == before


def test_entries_of_one_person_key_are_one_person(book: str, make_file: Any) -> None:
    rows = [{**row, "person_key": "p"} for row in PEOPLE[:2]]
    run(make_file(rows))
    assert Person.all_records.count() == 1


def test_an_entry_is_not_moved_to_another_person(book: str, make_file: Any, tmp_path: Path) -> None:
    first, second = ({**PEOPLE[n], "person_key": f"p{n}"} for n in range(2))
    run(make_file([first, second]))
    owners = dict(Entry.all_records.values_list("key", "person"))
    log = tmp_path / "report.jsonl"
    moved = make_file([{**first, "person_key": "p1", "birth_date": "1902"}, second], "moved.csv")
    assert run(moved, report=log).counts == counts(same=1, refused=1)
    refused = [line for line in map(json.loads, log.read_text().splitlines())
               if line["outcome"] == "refused"]  # fmt: skip
    assert [(line["key"], line["field"], line["code"]) for line in refused] == [
        ("1", "person_key", "other-person")
    ]
    assert all(line["message"] for line in refused)
    assert dict(Entry.all_records.values_list("key", "person")) == owners
    assert Entry.all_records.get(key="1").birth.edtf == "1901-11-25"


def test_cells_without_information_are_told_in_the_report_and_counted_nowhere(
    book: str, make_file: Any, tmp_path: Path
) -> None:
    log = tmp_path / "report.jsonl"
    row = {**PEOPLE[1], "arrest_date": "нет сведений", "fate": "—"}
    assert run(make_file([row]), report=log).counts == counts(new=1)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    told = [line for line in lines if line["outcome"] == "read"]
    assert [(line["field"], line["code"], line["printed"]) for line in told] == [
        ("arrest_date", "no-information", "нет сведений"),
        ("fate", "no-information", "—"),
    ]
    assert all(line["message"] and "read" not in line for line in told)
    assert not Repression.all_records.exists()
    assert Entry.all_records.get().fate is None


def test_an_execution_that_is_no_date_implies_nothing(book: str, make_file: Any) -> None:
    row = {**PEOPLE[1], "execution_date": "приговор исполнен"}
    assert run(make_file([row])).counts == counts(new=1, unread=1)
    assert Repression.all_records.get().execution.printed == "приговор исполнен"
    person = Person.all_records.get()
    assert (person.fate, person.death) == (None, None)


def test_progress_is_told_after_every_batch(
    book: str, make_file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    told: list[tuple[int, int]] = []
    run(make_file(PEOPLE), progress=lambda row, last: told.append((row, last)))
    assert told == [(3, 4), (4, 4)]


def test_an_import_cut_off_goes_on_under_its_change(
    book: str, make_file: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    path, log = make_file(PEOPLE), tmp_path / "report.jsonl"

    def stop(row: int, _: int) -> None:
        if row == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(path, progress=stop, report=log)
    assert Entry.all_records.count() == 2
    cut_off = ImportRun.all_records.get(finished_at=None)
    report = run(path, report=log)
    assert (report.resumed, report.change) == (True, cut_off.change_id)
    assert report.counts == counts(new=3, unread=1)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["key"] for line in lines if line["outcome"] == "new"] == ["1", "2", "3"]
    assert not ImportRun.all_records.filter(finished_at=None).exists()


def test_options_make_another_import_of_the_same_file(book: str, make_file: Any) -> None:
    path = make_file([{**PEOPLE[0], "birth_date": "25/11/01"}])
    assert run(path).counts == counts(new=1, unread=1)
    stated = run(path, options=ReadingOptions({"birth_date": 1900}))
    assert stated.counts == counts(changed=1)
    assert Entry.all_records.get().birth.edtf == "1901-11-25"


def queries(path: Path) -> list[str]:
    with CaptureQueriesContext(connection) as found, pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "_unlogged", importing.nullcontext)
        run(path)
    return [row["sql"] for row in found]


def test_a_batch_costs_the_same_queries_for_2_entries_and_for_20(book: str, make_file: Any) -> None:
    def cost(count: int, name: str) -> int:
        rows = [{**PEOPLE[0], "key": f"{name}{n}"} for n in range(count)]
        return len(queries(make_file(rows, f"{name}.csv")))

    cost(1, "first")
    assert cost(2, "a") == cost(20, "b")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_a_source_is_never_read_whole_for_a_batch(book: str, make_file: Any) -> None:
    asked = [sql for sql in queries(make_file(PEOPLE)) if '"registry_entry"."key" IN' in sql]
    assert len(asked) == 2
    for sql in asked:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [told for *_, told in cursor.fetchall()]
        assert any("(source_id=? AND key=?)" in told for told in plan), plan


def test_every_code_has_words() -> None:
    assert {code.value for code in FormatCode} <= CODES.keys()
    assert all(str(text) for text in [*CODES.values(), *OUTCOMES.values()])


# The command -------------------------------------------------------------------------------


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_entries", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_imports_and_prints_counts(make_file: Any, tmp_path: Path) -> None:
    log = tmp_path / "report.jsonl"
    printed = command(
        str(make_file(PEOPLE)), "--source", "invented", "--create-source", "Invented book",
        "--report", str(log),
    )  # fmt: skip
    assert "new: 3" in printed
    assert "refused: 0" in printed
    assert log.read_text().count("\n") == 3 + 3


def test_the_command_says_what_is_wrong(book: str, make_file: Any) -> None:
    with pytest.raises(CommandError, match="not in the registry"):
        command(str(make_file(PEOPLE)), "--source", "nowhere")
    with pytest.raises(CommandError, match="--century"):
        command(str(make_file(PEOPLE)), "--source", book, "--century", "birth_date=37")


def test_the_command_takes_options_for_columns(book: str, make_file: Any) -> None:
    rows = [{**PEOPLE[0], "birth_date": "25/11/01", "arrest_date": "13725"}]
    options = ["--century", "1900", "--serials", "arrest_date", "--dry-run"]
    printed = command(str(make_file(rows)), "--source", book, *options)
    assert "dates kept as printed: 0" in printed
    assert "nothing was written" in printed
