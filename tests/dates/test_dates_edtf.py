"""Reading EDTF: what each form covers, what is refused and why, and that it reads back."""

import pickle
from datetime import date

import pytest
from hypothesis import example, given, strategies as st

from registry.dates import DateError, FuzzyDate, Precision, Reason, parse_edtf

COVERED = [
    ("1891", "1891-01-01", "1891-12-31", Precision.YEAR),
    ("1891-01", "1891-01-01", "1891-01-31", Precision.MONTH),
    ("1891-01-15", "1891-01-15", "1891-01-15", Precision.DAY),
    ("1936-02-29", "1936-02-29", "1936-02-29", Precision.DAY),
    ("1891~", "1889-01-01", "1893-12-31", Precision.YEARS),
    ("1891?", "1891-01-01", "1891-12-31", Precision.YEARS),
    ("1891%", "1889-01-01", "1893-12-31", Precision.DECADE),
    ("1891-01?", "1891-01-01", "1891-01-31", Precision.SEASON),
    ("1891-01~", "1890-11-01", "1891-03-31", Precision.YEAR),
    ("1891-01-15?", "1891-01-15", "1891-01-15", Precision.MONTH),
    ("1891-01-15~", "1891-01-01", "1891-01-29", Precision.MONTH),
    ("193X", "1930-01-01", "1939-12-31", Precision.DECADE),
    ("193X~", "1928-01-01", "1941-12-31", Precision.CENTURY),
    ("19XX", "1900-01-01", "1999-12-31", Precision.CENTURY),
    ("19XX?", "1900-01-01", "1999-12-31", Precision.CENTURY),
    ("1937-XX", "1937-01-01", "1937-12-31", Precision.YEAR),
    ("1937-XX-XX", "1937-01-01", "1937-12-31", Precision.YEAR),
    ("1936-02-XX", "1936-02-01", "1936-02-29", Precision.MONTH),
    ("1937-21", "1937-03-01", "1937-05-31", Precision.SEASON),
    ("1937-22", "1937-06-01", "1937-08-31", Precision.SEASON),
    ("1937-23", "1937-09-01", "1937-11-30", Precision.SEASON),
    ("1937-24", "1937-12-01", "1938-02-28", Precision.SEASON),
    ("1935-24", "1935-12-01", "1936-02-29", Precision.SEASON),
    ("1937-24~", "1937-10-01", "1938-04-30", Precision.YEAR),
    ("1934/1937", "1934-01-01", "1937-12-31", Precision.YEARS),
    ("1934~/1937-05", "1932-01-01", "1937-05-31", Precision.DECADE),
    ("1937-05/1937", "1937-05-01", "1937-12-31", Precision.YEAR),
    ("1934/..", "1934-01-01", None, Precision.OPEN),
    ("../1938", None, "1938-12-31", Precision.OPEN),
    ("[1870,1872]", "1870-01-01", "1872-12-31", Precision.YEARS),
    ("[1870..1872]", "1870-01-01", "1872-12-31", Precision.YEARS),
    ("[1870,1872-02-11]", "1870-01-01", "1872-02-11", Precision.YEARS),
    ("[1870..1872,1875]", "1870-01-01", "1875-12-31", Precision.DECADE),
    ("[..1938]", None, "1938-12-31", Precision.OPEN),
    ("[1937..]", "1937-01-01", None, Precision.OPEN),
    ("1700", "1700-01-01", "1700-12-31", Precision.YEAR),
    ("2100-12-31", "2100-12-31", "2100-12-31", Precision.DAY),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), COVERED)
def test_parse_edtf_covers(
    text: str, earliest: str | None, latest: str | None, precision: Precision
) -> None:
    assert parse_edtf(text) == FuzzyDate(
        printed=text,
        edtf=text,
        earliest=date.fromisoformat(earliest) if earliest else None,
        latest=date.fromisoformat(latest) if latest else None,
    )
    assert parse_edtf(text).precision is precision


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        (" 1891-01 \n", "1891-01"),
        ("[1872,1870]", "[1870,1872]"),
        ("[ 1870 , 1872 ]", "[1870,1872]"),
        ("[1872,1870,1872]", "[1870,1872]"),
        ("[1870]", "1870"),
        ("[1870,1870]", "1870"),
        ("[1872,1870-05,1870]", "[1870,1870-05,1872]"),
        ("[1870,1870-01]", "[1870-01,1870]"),
    ],
)
def test_parse_edtf_makes_canonical_and_keeps_what_was_printed(text: str, edtf: str) -> None:
    found = parse_edtf(text)
    assert (found.edtf, found.printed) == (edtf, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" \t\n", Reason.EMPTY),
        ("1937-02-29", Reason.IMPOSSIBLE_DAY),
        ("1900-02-29", Reason.IMPOSSIBLE_DAY),
        ("1937-11-31", Reason.IMPOSSIBLE_DAY),
        ("1937-01-00", Reason.IMPOSSIBLE_DAY),
        ("1937-02-29~", Reason.IMPOSSIBLE_DAY),
        ("1937-01-01/1937-02-29", Reason.IMPOSSIBLE_DAY),
        ("[1936,1937-02-29]", Reason.IMPOSSIBLE_DAY),
        ("1937-00", Reason.IMPOSSIBLE_MONTH),
        ("1937-13", Reason.IMPOSSIBLE_MONTH),
        ("1937-25", Reason.IMPOSSIBLE_MONTH),
        ("1937-13-01", Reason.IMPOSSIBLE_MONTH),
        ("1937-23-01", Reason.IMPOSSIBLE_MONTH),
        ("1937-23-XX", Reason.IMPOSSIBLE_MONTH),
        ("1699", Reason.YEAR_OUT_OF_RANGE),
        ("2101", Reason.YEAR_OUT_OF_RANGE),
        ("9999", Reason.YEAR_OUT_OF_RANGE),
        ("0000-01-01", Reason.YEAR_OUT_OF_RANGE),
        ("210X", Reason.YEAR_OUT_OF_RANGE),
        ("16XX", Reason.YEAR_OUT_OF_RANGE),
        ("1938/1937", Reason.BACKWARDS_INTERVAL),
        ("[1938..1937]", Reason.BACKWARDS_INTERVAL),
        ("1934/", Reason.NOT_UNDERSTOOD),
        ("/1938", Reason.NOT_UNDERSTOOD),
        ("../..", Reason.NOT_UNDERSTOOD),
        ("..", Reason.NOT_UNDERSTOOD),
        ("[]", Reason.NOT_UNDERSTOOD),
        ("[..]", Reason.NOT_UNDERSTOOD),
        ("[1870,]", Reason.NOT_UNDERSTOOD),
        ("[1870,1872..]", Reason.NOT_UNDERSTOOD),
        ("[..1870,1872]", Reason.NOT_UNDERSTOOD),
        ("[1870,..]", Reason.NOT_UNDERSTOOD),
        ("[1934/1937]", Reason.NOT_UNDERSTOOD),
        ("1934/1937/1938", Reason.NOT_UNDERSTOOD),
        ("{1870,1872}", Reason.NOT_UNDERSTOOD),
        ("193x", Reason.NOT_UNDERSTOOD),
        ("193X-XX", Reason.NOT_UNDERSTOOD),
        ("193X-05", Reason.NOT_UNDERSTOOD),
        ("1937-XX-05", Reason.NOT_UNDERSTOOD),
        ("XXXX", Reason.NOT_UNDERSTOOD),
        ("1891~?", Reason.NOT_UNDERSTOOD),
        ("1891-?01", Reason.NOT_UNDERSTOOD),
        ("19370101", Reason.NOT_UNDERSTOOD),
        ("1937-1-5", Reason.NOT_UNDERSTOOD),
        ("1937-01-01T00:00:00Z", Reason.NOT_UNDERSTOOD),
        ("١٩٣٧", Reason.NOT_UNDERSTOOD),
        ("[" + "1870," * 40 + "1871]", Reason.NOT_UNDERSTOOD),
    ],
)
def test_parse_edtf_refuses_with_a_reason_and_the_whole_text(text: str, reason: Reason) -> None:
    with pytest.raises(DateError) as caught:
        parse_edtf(text)
    assert (caught.value.reason, caught.value.text) == (reason, text)


def test_date_error_says_reason_and_shortened_text_and_survives_pickling() -> None:
    error = DateError(Reason.NOT_UNDERSTOOD, "д" * 500)
    assert str(error) == f"not-understood: '{'д' * 80}'"
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 -- its own bytes
    assert (copy.reason, copy.text) == (error.reason, error.text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1937-11-25", 1937),
        ("1937?", 1937),
        ("1937-23", 1937),
        ("1937-24", None),
        ("1937~", None),
        ("[1937-01,1937-05]", 1937),
        ("1937/1938", None),
        ("[..1937]", None),
        ("[1937..]", None),
    ],
)
def test_year_is_given_when_all_of_the_date_lies_in_it(text: str, year: int | None) -> None:
    assert parse_edtf(text).year == year


def test_precision_orders_the_doubted_below_the_sure() -> None:
    texts = ["[1937..]", "19XX", "193X", "1937~", "1937?", "1937", "1937-23", "1937-11"]
    ranks = [parse_edtf(text).precision for text in [*texts, "1937-11-25"]]
    assert ranks == sorted(ranks)
    assert parse_edtf("1937?").precision < parse_edtf("1937").precision


_YEARS = st.integers(1700, 2100).map(str)
_MONTHS = st.dates(date(1700, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat()[:7])
_DAYS = st.dates(date(1700, 1, 1), date(2100, 12, 31)).map(date.isoformat)
_SEASONS = st.tuples(_YEARS, st.integers(21, 24)).map(lambda pair: f"{pair[0]}-{pair[1]}")
_MARKED = st.tuples(st.one_of(_YEARS, _MONTHS, _DAYS, _SEASONS), st.sampled_from(["", *"?~%"]))
_DECADES = st.integers(170, 209).map(lambda tens: f"{tens}X")
_ATOMS = st.one_of(_MARKED.map("".join), _DECADES, st.sampled_from(["17XX", "18XX", "19XX"]))
_PAIRS = st.tuples(_ATOMS, _ATOMS)
DATES = st.one_of(
    _ATOMS,
    _PAIRS.map("/".join),
    _PAIRS.map(lambda pair: f"[{pair[0]}..{pair[1]}]"),
    st.lists(_ATOMS, min_size=1, max_size=5).map(lambda atoms: f"[{','.join(atoms)}]"),
    _ATOMS.map(lambda atom: f"[..{atom}]"),
    _ATOMS.map(lambda atom: f"[{atom}..]"),
    _ATOMS.map(lambda atom: f"../{atom}"),
    _ATOMS.map(lambda atom: f"{atom}/.."),
)


def attempt(text: str) -> FuzzyDate | DateError:
    try:
        return parse_edtf(text)
    except DateError as error:
        return error


@given(DATES)
def test_canonical_form_reads_back_to_itself(text: str) -> None:
    found = attempt(text)
    if isinstance(found, DateError):
        assert found.reason is Reason.BACKWARDS_INTERVAL
        return
    again = parse_edtf(found.edtf)
    assert again.edtf == found.edtf
    assert (again.earliest, again.latest) == (found.earliest, found.latest)
    if "," not in text and not (text.startswith("[") and ".." not in text):
        assert found.edtf == text
    if found.earliest and found.latest:
        assert found.earliest <= found.latest


@given(st.text(alphabet="0123456789X-/.,[]?~% ", max_size=30))
@example("[1937,")
def test_parse_edtf_raises_nothing_else(text: str) -> None:
    found = attempt(text)
    assert (found.text if isinstance(found, DateError) else found.printed) == text
