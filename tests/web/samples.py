"""Plainly invented people as public objects, to render pages of without a database."""

from dataclasses import replace

from registry.dates import Calendar, FuzzyDate, parse_edtf
from registry.records.public.shapes import (
    Contradiction,
    Discredited,
    PublicEntry,
    PublicEpisode,
    PublicFact,
    PublicName,
    PublicPassage,
    PublicPerson,
    PublicRelation,
    PublicRole,
    PublicRuling,
    PublicSource,
    PublicStay,
    PublicValue,
    Text,
)


def day(edtf: str, calendar: Calendar = Calendar.UNKNOWN) -> FuzzyDate:
    return replace(parse_edtf(edtf), calendar=calendar)


def dated(field: str, edtf: str, *marks: int, **more: object) -> PublicFact:
    return PublicFact(field, (PublicValue(marks, date=day(edtf)),), **more)


def told(field: str, text: str, *marks: int, lang: str = "en", **more: object) -> PublicFact:
    return PublicFact(field, (PublicValue(marks, text=Text(text, lang)),), **more)


BOOK = PublicSource(
    slug="invented-book",
    kind="memory-book",
    rank=3,
    title=Text("Книга памяти выдуманной области", "ru"),
    author="А. Составитель",
    publisher="Издательство",
    year=1999,
    language="ru",
    url="",
    archived_url="",
    licence="",
    quotes=None,
    note=None,
)
CERTIFICATE = replace(
    BOOK,
    slug="invented-certificate",
    kind="certificate",
    rank=2,
    title=Text("Certificate of death No. 0", "en"),
    author="",
    publisher="",
    year=1956,
    language="en",
    unreliable_for=("death",),
)


def name(kind: str, full: str, lang: str, script: str, *marks: int) -> PublicName:
    family, _, rest = full.partition(" ")
    given, _, patronymic = rest.partition(" ")
    return PublicName(kind, family, given, patronymic, full, lang, script, marks)


def entry(mark: int, source: PublicSource, **more: object) -> PublicEntry:
    plain = PublicEntry(
        id=100 + mark,
        mark=mark,
        source=source,
        passage=PublicPassage(Text(f"p. {mark}", "en"), "", None, "summarised", None),
        names=(name("main", "Выдуманная Анна Петровна", "ru", "Cyrl", mark),),
        fields=(("birth", PublicValue((mark,), date=day("1901"))),),
        repressions=(),
        rulings=(),
        stays=(),
        roles=(),
        reading={},
        discredited={},
    )
    return replace(plain, **more)


SPARSE = PublicPerson(
    id=7,
    name=name("main", "Безымянцев Фома", "ru", "Cyrl", 1),
    reader_name=None,
    restricted=False,
    sex="",
    fate="",
    rehabilitated="",
    facts={"birth": dated("birth", "1891", 1), "birth_place": told("birth_place", "Nowhere", 1)},
    names=(name("main", "Безымянцев Фома", "ru", "Cyrl", 1),),
    episodes=(),
    rulings=(),
    stays=(),
    roles=(),
    relations=(),
    contradictions=(),
    entries=(entry(1, BOOK),),
    biographies=(),
)
"""Three facts: a name, a year and a place."""

_DEATH = PublicFact(
    "death",
    (PublicValue((1, 2), date=day("1938-10-27")),),
    rivals=(PublicValue((3,), date=day("1938-10-28")),),
    discredited=(
        Discredited(
            PublicValue((4,), date=day("1944-02-05")), Text("given to the family by order", "en")
        ),
    ),
    rule="count",
)
_RULINGS = (
    PublicRuling("refused", day("1956-01-30"), Text("A court", "en"), None, None, None, (1,)),
    PublicRuling(
        "rehabilitated",
        day("1987-10-28"),
        Text("Another court", "en"),
        Text("no crime", "en"),
        Text("whole case", "en"),
        Text("Said in words.", "en"),
        (2,),
    ),
)
_EPISODE = PublicEpisode(
    number=1,
    kind="arrest",
    facts={
        "arrest": dated("arrest", "1938-05", 1, 2),
        "charge": told("charge", "invented charge", 1),
        "sentencing_body": told("sentencing_body", "A body", 2),
        "sentence_date": dated("sentence_date", "1938-10-20", 2),
        "sentence": told("sentence", "shooting", 2),
        "execution": dated("execution", "1938-10-27", 2),
    },
    rulings=_RULINGS,
    stays=(
        PublicStay(
            "prison",
            Text("A prison", "en"),
            "invented-site",
            day("1938-05"),
            day("1938-10"),
            Text("cell 1", "en"),
            (2,),
        ),
    ),
    ambiguous=True,
)

RICH = PublicPerson(
    id=8,
    name=name("main", "Uydurma Ayşə Pötr qızı", "az", "Latn", 1),
    reader_name=name("transliteration", "Vydumannaya Anna Petrovna", "en", "Latn", 1),
    restricted=False,
    sex="f",
    fate="executed",
    rehabilitated="rehabilitated",
    facts={
        "sex": PublicFact("sex", (PublicValue((1,), code="f"),)),
        "birth": PublicFact(
            "birth",
            (PublicValue((1,), date=day("1901-01-14")),),
            rivals=(),
            rule="agreed",
            calendar=True,
        ),
        "birth_place": told("birth_place", "Выдуманск", 1, lang="ru"),
        "nationality": PublicFact(
            "nationality",
            (PublicValue((1,), text=Text("Pole", "en"), code="pole", printed=(Text("полька"),)),),
        ),
        "occupation": PublicFact(
            "occupation",
            (
                PublicValue((1,), text=Text("teacher", "en")),
                PublicValue((2,), text=Text("pianist", "en")),
            ),
            plural=True,
        ),
        "death": _DEATH,
        "death_place": told("death_place", "Баку", 2, lang="ru"),
        "fate": PublicFact(
            "fate", (PublicValue((2,), text=Text("Executed", "en"), code="executed"),)
        ),
        "burial": PublicFact(
            "burial",
            (
                PublicValue(
                    (2,), text=Text("A field", "en"), site="invented-site", certainty="presumed"
                ),
            ),
            rule="choice",
            reason="The act names it.",
        ),
    },
    names=(
        name("main", "Uydurma Ayşə Pötr qızı", "az", "Latn", 1),
        name("variant", "Выдуманная Анна Петровна", "ru", "Cyrl", 2, 3),
        name("transliteration", "Vydumannaya Anna Petrovna", "en", "Latn", 1),
    ),
    episodes=(_EPISODE, replace(_EPISODE, number=2, ambiguous=False, stays=(), rulings=())),
    rulings=(PublicRuling("no-information", None, None, None, None, None, (3,)),),
    stays=(PublicStay("", Text("A place", "en"), "", None, day("1939"), None, (3,)),),
    roles=(
        PublicRole("post", Text("Head of an office", "en"), day("1934"), day("1936"), (1,)),
        PublicRole("act", Text("Signed an order", "en"), day("1935-08-15"), None, (2,)),
    ),
    relations=(PublicRelation("spouse", 7, Text("Безымянцев Фома", "ru"), None, (1,)),),
    contradictions=(
        Contradiction("sentence-before-arrest", day("1938-05"), day("1938-04-01"), 1, (1, 2)),
    ),
    entries=(
        entry(1, BOOK),
        entry(
            2,
            BOOK,
            passage=PublicPassage(
                Text("т. 2, с. 5", "ru"),
                "",
                Text("file 5", "en"),
                "transcribed",
                Text("Выдуманная А. П. Расстреляна <27>.", "ru"),
            ),
        ),
        entry(3, BOOK, repressions=(_EPISODE,)),
        entry(4, CERTIFICATE, discredited={"death": Text("given to the family by order", "en")}),
    ),
    biographies=(),
)
