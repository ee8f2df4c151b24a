"""The columns of the entry table, and how much each can hold."""

from __future__ import annotations

from registry.formats.rows import LONGEST

ANY = LONGEST
"""Characters of a text without a limit of its own: a row of a file is not longer."""
DATE, SPELLED, SHORT, CODE, LANGUAGE = 300, 500, 300, 80, 10

IDENTITY = {"source": CODE, "key": 120, "person_key": 120}
NAMES = {
    "family_name": 200,
    "given_name": 200,
    "patronymic": 200,
    "full_name": 400,
    "name_language": LANGUAGE,
    "other_names": ANY,
}
ENTRY_TEXTS = {
    "birth_place": ANY,
    "birth_region": CODE,
    "age": 60,
    "nationality": SPELLED,
    "citizenship": SHORT,
    "social_origin": SHORT,
    "education": ANY,
    "party": SPELLED,
    "category": SPELLED,
    "occupation": ANY,
    "residence": ANY,
    "residence_region": CODE,
    "relatives": ANY,
    "death_place": ANY,
    "death_cause": ANY,
    "fate": SPELLED,
    "burial_place": ANY,
    "burial_site": CODE,
    "archive_file": ANY,
    "basis": ANY,
    "comment": ANY,
}
"""Columns that go into the draft under their own name, as printed."""
ENTRY_OTHERS = {
    "sex": CODE,
    "birth_date": DATE,
    "birth_calendar": CODE,
    "death_date": DATE,
    "burial_certainty": CODE,
    "role": ANY,
    "discredited": ANY,
}
PASSAGE = {
    "locator": 500,
    "passage_url": 500,
    "quotes": 500,
    "language": LANGUAGE,
    "rendering": CODE,
    "verbatim": ANY,
}
REPRESSION_TEXTS = {
    "arrested_by": SHORT,
    "arrest_place": ANY,
    "arrest_region": CODE,
    "arrest_circumstances": ANY,
    "charge": ANY,
    "articles": SHORT,
    "operation": SPELLED,
    "sentencing_body": SPELLED,
    "sentence": ANY,
    "execution_place": ANY,
}
REPRESSION_DATES = {
    "arrest_date": "arrest",
    "sentence_date": "sentence_date",
    "execution_date": "execution",
    "release_date": "release",
}
"""Columns with dates, and the field of the draft each becomes."""
RULINGS = {
    "sentence_change": ANY,
    "rehabilitation_date": DATE,
    "rehabilitated_by": SPELLED,
    "rehabilitation_ground": ANY,
    "rehabilitation_outcome": ANY,
}

SILENT = frozenset(
    {"birth_date", "death_date", "fate", "death_place", "burial_place", *REPRESSION_DATES}
)
"""Columns in which words for "no information" are no value. That of a rehabilitation is one."""
OF_REPRESSION = frozenset(REPRESSION_TEXTS) | frozenset(REPRESSION_DATES)
REPEATED = OF_REPRESSION | frozenset(RULINGS) | {"stays", "source", "key"}
"""Columns a following row may fill anew; any other must say what the first row says."""
LIMITS = (
    IDENTITY
    | NAMES
    | ENTRY_TEXTS
    | ENTRY_OTHERS
    | PASSAGE
    | REPRESSION_TEXTS
    | dict.fromkeys(REPRESSION_DATES, DATE)
    | RULINGS
    | {"stays": ANY}
)
"""Every column of the table, and how many characters it holds."""
NESTED = frozenset(
    {
        "names",
        "repressions",
        "rulings",
        "stays",
        "roles",
        "discredited",
        "wording",
        "passage_wording",
        "birth_date",
        "death_date",
        "arrest_date",
        "sentence_date",
        "execution_date",
        "release_date",
        "rehabilitation_date",
    }
)
"""What JSON Lines may give as a list or an object."""

# Nested objects: their texts with the length of each, and their dates.
NAME_TEXTS = {
    "kind": CODE,
    "family": 200,
    "given": 200,
    "patronymic": 200,
    "full": 400,
    "language": LANGUAGE,
    "script": 4,
}
NESTED_REPRESSION = REPRESSION_TEXTS | {
    "kind": CODE,
    "sentence_kind": CODE,
    "execution_site": CODE,
    "note": ANY,
}
NESTED_RULING = {"kind": CODE, "body": SPELLED, "ground": ANY, "scope": SHORT, "text": ANY}
NESTED_STAY = {"kind": CODE, "place": ANY, "site": CODE, "note": ANY}
NESTED_ROLE = {"kind": CODE, "text": ANY}
