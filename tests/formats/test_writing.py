"""What is written reads back as it was, whatever the texts."""

import io
from typing import Any

import pytest
from hypothesis import given, strategies as st

from registry.formats import FormatCode, FormatError, RowWriter, read_rows, write_rows

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
# Names of columns are read without case, and without spaces at their ends.
NAME = (
    TEXT.map(lambda name: name.strip().lower())
    .filter(bool)
    .filter(lambda name: not name.startswith(("<", "\ufeff")))
)
NAMES = st.lists(NAME, min_size=1, max_size=5, unique=True)
MORE = st.dictionaries(TEXT, TEXT | st.integers() | st.booleans(), max_size=3)


def written(rows: list[dict[str, Any]], columns: list[str], kind: str) -> bytes:
    stream = io.BytesIO()
    assert write_rows(stream, rows, columns=columns, format=kind) == len(rows)
    return stream.getvalue()


def test_a_tab_in_a_name_of_two_lines_parts_nothing() -> None:
    rows = [{"0\t\n0": "1", "key": "2"}]
    raw = written(rows, list(rows[0]), "csv")
    assert [row.values for row in read_rows(io.BytesIO(raw), format="csv")] == rows


@given(st.data())
def test_csv_round_trip(data: st.DataObject) -> None:
    columns = data.draw(NAMES)
    cells = st.fixed_dictionaries(dict.fromkeys(columns, TEXT))
    rows = data.draw(st.lists(cells.filter(lambda row: any(row.values())), max_size=5))
    raw = written(rows, columns, "csv")
    assert [row.values for row in read_rows(io.BytesIO(raw), format="csv")] == rows


@given(st.data())
def test_json_round_trip(data: st.DataObject) -> None:
    columns = data.draw(st.lists(TEXT, min_size=1, max_size=5, unique=True))
    value = TEXT | st.integers() | st.lists(TEXT | MORE, max_size=3)
    rows = data.draw(
        st.lists(st.dictionaries(st.sampled_from(columns), value, min_size=1), max_size=5)
    )
    raw = written(rows, columns, "jsonl")
    assert [row.values for row in read_rows(io.BytesIO(raw), format="jsonl")] == rows


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_what_is_none_or_no_column_is_left_out(kind: str) -> None:
    raw = written([{"key": "1", "sex": None, "age": "40"}], ["sex", "key"], kind)
    assert raw == (b"sex,key\r\n,1\r\n" if kind == "csv" else b'{"key":"1"}\n')


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize(
    ("text", "code"), [("a\0", FormatCode.NUL), ("\ud800", FormatCode.LONE_SURROGATE)]
)
def test_what_no_file_can_hold_is_refused(kind: str, text: str, code: FormatCode) -> None:
    with pytest.raises(FormatError) as caught:
        written([{"key": text}], ["key"], kind)
    assert caught.value.code == code


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(FormatError):
        RowWriter(io.BytesIO(), columns=["key"], format="xlsx")


def test_rows_are_added_to_a_file_that_has_a_header() -> None:
    stream = io.BytesIO()
    RowWriter(stream, columns=["key"], format="csv").write({"key": "1"})
    RowWriter(stream, columns=["key"], format="csv", header=False).write({"key": "2"})
    assert stream.getvalue() == b"key\r\n1\r\n2\r\n"
