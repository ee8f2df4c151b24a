"""Whatever text arrives, a date is read or DateError is raised, and soon."""

import time

import pytest
from hypothesis import given, settings, strategies as st

from registry.dates import DateError, FuzzyDate, parse_edtf, read_printed

PIECES = [
    *"0123456789.,-/()[]?~% X",
    *("1937", "25", "11", "ноября", "марта", "XI", "осень", "зимой", "начало", "1930-е", "mid"),
    *(" ", "г.", "гг.", "р.", "в ", "до ", "после ", "между ", " и ", "с ", " по ", "ок. "),
    *("род. ", "ст. ст.", "н. ст.", "(?)", "..", " - ", "или ", "по другим данным", "1900-02-29"),
    *("\0", "\ud800", "\u0301", "²", "٣", "—", "\xa0"),
]  # fmt: skip
ANYTHING = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(categories=["Cs", "Cc", "Nd", "No", "Zs"])),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


def attempt(text: str, century: int | None, *, serials: bool) -> FuzzyDate | DateError:
    try:
        return read_printed(text, century=century, serials=serials)
    except DateError as error:
        return error


@settings(max_examples=500, deadline=None)
@given(text=ANYTHING, century=st.sampled_from([None, 1800, 1900]), serials=st.booleans())
def test_any_text_is_read_or_refused_with_a_date_error(
    text: str, century: int | None, *, serials: bool
) -> None:
    found = attempt(text, century, serials=serials)
    if isinstance(found, DateError):
        assert found.text == text
        return
    assert found.printed == text
    again = parse_edtf(found.edtf)
    assert (again.edtf, again.earliest, again.latest) == (found.edtf, found.earliest, found.latest)
    if found.earliest and found.latest:
        assert found.earliest <= found.latest


@pytest.mark.parametrize("piece", [*PIECES, "г. ", "1 ", "a ", ", ", "()", "1.", "1-", "ст. "])
@pytest.mark.parametrize("length", [200, 10_000])
def test_reading_takes_milliseconds_however_the_text_repeats(piece: str, length: int) -> None:
    text = (piece * length)[:length]
    began = time.perf_counter()
    for given_text in (text, f"1937{text}"[:length], f"{text}!"[-length:], f"({text}"[:length]):
        try:
            read_printed(given_text, century=1900, serials=True)
        except DateError:
            continue
    # Measured 0.5 to 8 ms for all four; a backtracking expression would take minutes.
    assert time.perf_counter() - began < 1
