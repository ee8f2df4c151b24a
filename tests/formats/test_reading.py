"""Broken files are refused with a code and a row, and sound ones are read as they are."""

import io
import json
from typing import IO

import pytest

from registry.formats import FormatCode, FormatError, format_of, read_rows
from registry.formats.rows import DEEPEST, LONGEST


def rows(raw: bytes, kind: str = "csv") -> list[tuple[int, dict]]:
    return [(row.number, row.values) for row in read_rows(io.BytesIO(raw), format=kind)]


def refusal(raw: bytes, kind: str = "csv") -> tuple[FormatCode, int]:
    with pytest.raises(FormatError) as caught:
        rows(raw, kind)
    return caught.value.code, caught.value.row


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_header_tells_its_separator(separator: str, start: str, end: str) -> None:
    text = start + separator.join(["key", "family_name"]) + end + separator.join(["1", "Примеров"])
    assert rows(text.encode()) == [(2, {"key": "1", "family_name": "Примеров"})]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    raw = 'key,verbatim\n1,"две\nстроки"\n\n,\n2,одна\n'.encode()
    assert rows(raw) == [
        (2, {"key": "1", "verbatim": "две\nстроки"}),
        (5, {"key": "2", "verbatim": "одна"}),
    ]


def test_values_that_look_like_formulas_and_quotes_inside_words_stay() -> None:
    raw = 'key,residence\n1,-Болдинский р-н\n2,Колхоз "Маяк"\n3,=A1\n'.encode()
    assert [values["residence"] for _, values in rows(raw)] == [
        "-Болдинский р-н",
        'Колхоз "Маяк"',
        "=A1",
    ]


def test_empty_columns_at_the_edge_are_left_out_and_short_rows_allowed() -> None:
    assert rows(b"key,sex,,\n1,m,,\n2\n") == [
        (2, {"key": "1", "sex": "m"}),
        (3, {"key": "2"}),
    ]


def test_names_of_columns_have_no_case_and_no_spaces_at_their_ends() -> None:
    assert rows(b" Key, Full_Name ,\xc2\xa0SEX\n1,A,m\n") == [
        (2, {"key": "1", "full_name": "A", "sex": "m"})
    ]
    assert refusal(b"key,Key\n1,2\n") == (FormatCode.DUPLICATE_HEADER, 1)


@pytest.mark.parametrize("first", ["sep=;\n", "\ufeffSEP=;\r\n", "sep=; \n"])
def test_the_first_line_of_excel_states_the_separator(first: str) -> None:
    text = first + 'key;"a,b,c,d";sex\n1;x;m\n2;y,z;"f\n'
    with pytest.raises(FormatError) as caught:
        rows(text.encode())
    assert (caught.value.code, caught.value.row) == (FormatCode.UNCLOSED_QUOTE, 3)
    sound = text.replace('"f', "f").encode()
    assert rows(sound) == [
        (2, {"key": "1", "a,b,c,d": "x", "sex": "m"}),
        (3, {"key": "2", "a,b,c,d": "y,z", "sex": "f"}),
    ]


def test_a_stated_separator_is_a_tab_too_and_needs_a_header() -> None:
    assert rows(b"sep=\t\nkey\tsex\n1\tm\n") == [(2, {"key": "1", "sex": "m"})]
    assert refusal(b"sep=;\n") == (FormatCode.NO_HEADER, 1)
    assert rows(b"sep=|\nkey|sex\n") == [(2, {"sep=|": "key|sex"})]


def test_a_separator_inside_quotes_is_not_counted() -> None:
    assert rows(b'"a;b;c",key\nx,1\n') == [(2, {"a;b;c": "x", "key": "1"})]


@pytest.mark.parametrize(
    ("raw", "code", "row"),
    [
        (b"", FormatCode.NO_HEADER, 1),
        (b"\n1,2\n", FormatCode.NO_HEADER, 1),
        (b" , \n1,2\n", FormatCode.NO_HEADER, 1),
        (b"\xef\xbb\xbf", FormatCode.NO_HEADER, 1),
        (b"key,,sex\n1,2,m\n", FormatCode.UNNAMED_COLUMN, 1),
        (b"key,sex,key\n1,m,2\n", FormatCode.DUPLICATE_HEADER, 1),
        (b"key,sex\n1,m,3\n", FormatCode.TOO_MANY_CELLS, 2),
        (b'key,sex\n1,m\n2,"f\n', FormatCode.UNCLOSED_QUOTE, 3),
        (b'key,sex\n1,"m" or f\n', FormatCode.BAD_QUOTE, 2),
        (b"key,sex\r1,m\r2,f\r", FormatCode.BARE_RETURN, 1),
        (b"key,sex\n1,m\x00\n", FormatCode.NUL, 2),
        ("key,sex\n1,ж\n".encode("cp1251"), FormatCode.NOT_UTF8, 2),
        ("key,sex\n1,m\n".encode("utf-16"), FormatCode.NUL, 1),
        ("key,sex\n1,ж\n".encode("utf-16-le")[:14], FormatCode.NUL, 1),
        (b"PK\x03\x04\x14", FormatCode.UNKNOWN_FORMAT, 0),
        (b"<html><body>", FormatCode.UNKNOWN_FORMAT, 0),
        (b"key,sex\n1," + b"m" * LONGEST, FormatCode.TOO_LONG, 2),
        (b'key,sex\n1,"' + b"m\n" * LONGEST, FormatCode.UNCLOSED_QUOTE, 2),
    ],
)
def test_a_broken_csv_is_refused(raw: bytes, code: FormatCode, row: int) -> None:
    assert refusal(raw) == (code, row)


def test_a_field_of_almost_a_megabyte_is_read() -> None:
    text = "m" * (LONGEST - 10)
    assert rows(b"key,sex\n1," + text.encode() + b"\n") == [(2, {"key": "1", "sex": text})]


def test_json_lines_are_read_and_empty_ones_passed_over() -> None:
    raw = '\ufeff{"key":"1","names":[{"family":"Примеров"}]}\n\n  \n{"key":2}\n'.encode()
    assert rows(raw, "jsonl") == [
        (1, {"key": "1", "names": [{"family": "Примеров"}]}),
        (4, {"key": 2}),
    ]


def test_json_may_have_escapes_that_can_be_stored() -> None:
    raw = rb'{"key":"\ud83d\ude00","text":"\\u0000 \\ud800"}'
    assert rows(raw, "jsonl") == [(1, {"key": "😀", "text": r"\u0000 \ud800"})]


def nested(levels: int) -> bytes:
    return ('{"a":' * levels + "1" + "}" * levels).encode()


@pytest.mark.parametrize(
    ("raw", "code", "row"),
    [
        (b'{"key":1}\n{"key":', FormatCode.NOT_JSON, 2),
        (b'{"key":NaN}', FormatCode.NOT_JSON, 1),
        (b'{"key":-Infinity}', FormatCode.NOT_JSON, 1),
        (b'{"key":' + b"9" * 5000 + b"}", FormatCode.NOT_JSON, 1),
        (b'{"key":1} {"key":2}', FormatCode.NOT_JSON, 1),
        (b"key,sex\n", FormatCode.NOT_JSON, 1),
        (b'\n["key"]', FormatCode.NOT_AN_OBJECT, 2),
        (b"1", FormatCode.NOT_AN_OBJECT, 1),
        (b'{"key":1,"key":2}', FormatCode.DUPLICATE_MEMBER, 1),
        (b'{"a":{"b":1,"b":2}}', FormatCode.DUPLICATE_MEMBER, 1),
        (nested(DEEPEST + 1), FormatCode.TOO_DEEP, 1),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", FormatCode.TOO_DEEP, 1),
        (rb'{"key":"\u0000"}', FormatCode.NUL, 1),
        (rb'{"\u0000":"key"}', FormatCode.NUL, 1),
        (rb'{"key":"\ud800"}', FormatCode.LONE_SURROGATE, 1),
        (b'{"key":"\x00"}', FormatCode.NUL, 1),
        (b'{"key":"\xed\xa0\x80"}', FormatCode.NOT_UTF8, 1),
        (b'{"key":"' + b"1" * LONGEST + b'"}', FormatCode.TOO_LONG, 1),
    ],
)
def test_broken_json_lines_are_refused(raw: bytes, code: FormatCode, row: int) -> None:
    assert refusal(raw, "jsonl") == (code, row)


def test_nesting_is_allowed_to_the_limit_and_breadth_without_one() -> None:
    assert len(rows(nested(DEEPEST), "jsonl")) == 1
    wide = json.dumps({"rulings": [{"kind": "refused"}] * 50})
    assert len(rows(wide.encode(), "jsonl")) == 1


def test_an_unknown_format_is_refused_before_anything_is_read() -> None:
    assert refusal(b"key\n1\n", "xlsx") == (FormatCode.UNKNOWN_FORMAT, 0)


def test_the_format_is_told_by_the_name_of_the_file() -> None:
    assert format_of("a/b.CSV") == format_of("b.tsv") == "csv"
    assert format_of("entries.jsonl") == "jsonl"
    with pytest.raises(FormatError):
        format_of("entries.xlsx")


def test_an_error_names_its_row_in_its_text() -> None:
    assert str(FormatError(FormatCode.NUL, 7)) == "row 7: nul"


class Endless(io.RawIOBase):
    """A file without end, which counts what was read of it."""

    def __init__(self, line: bytes) -> None:
        self.line = line
        self.read_lines = 0

    def readline(self, _: int | None = -1, /) -> bytes:
        self.read_lines += 1
        return b"key\n" if self.read_lines == 1 else self.line


def test_no_more_is_read_than_is_asked_for() -> None:
    stream: IO[bytes] = Endless(b"1\n")  # type: ignore[assignment]
    found = read_rows(stream, format="csv")
    assert [next(found).number for _ in range(3)] == [2, 3, 4]
    assert stream.read_lines == 4
