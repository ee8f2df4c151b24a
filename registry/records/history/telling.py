"""What bodies of revisions say, field by field, in lines that a reader can compare."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from registry.dates import Calendar, FuzzyDate
from registry.models import MemorialSite, Spelling, Term
from registry.names import fold
from registry.records.conclusions.facts import canonical_field
from registry.records.drafts.readings import COPIED, CORRECTED, MARKED
from registry.records.ledger.acts import Body
from registry.records.ledger.snapshots import DATE_PARTS
from registry.records.public.lines import year_of
from registry.records.public.restricting import RESTRICTED_FIELDS
from registry.records.public.shapes import Text

from .shapes import Line, ToldValue

SPELLED = (
    "nationality", "party", "category", "fate", "operation", "sentencing_body", "body",
)  # fmt: skip
TERMED = ("birth_region", "residence_region", "arrest_region", "sentence_kind")
PLACED = ("burial_site", "execution_site", "site")
CODED = {"sex": "sex", "burial_certainty": "certainty", "rendering": "rendering"}
KINDS = {
    "names": "name", "repressions": "repression", "rulings": "ruling", "stays": "stay",
    "roles": "role",
}  # fmt: skip
"""The rows of an entry, and the table of the words for their kinds."""
TOLD_OTHERWISE = frozenset(
    {
        "source_id", "person_id", "change_id", "content_hash", "key", "standing", "wording",
        "kind", "position", "repression", "script", "family", "given", "patronymic", "language",
    }
)  # fmt: skip
"""What is an event of its own, part of the line's beginning, or nothing a reader compares."""
DATE_ENDS = tuple(f"_{part}" for part in DATE_PARTS)
ORDER = (
    "names", "sex", "birth", "birth_place", "birth_region", "age", "nationality", "citizenship",
    "social_origin", "education", "party", "category", "occupation", "residence",
    "residence_region", "relatives", "arrest", "arrested_by", "arrest_place", "arrest_region",
    "arrest_circumstances", "charge", "articles", "operation", "sentencing_body",
    "sentence_date", "sentence", "sentence_kind", "sentence_months", "execution",
    "execution_place", "execution_site", "release", "death", "death_place", "death_cause",
    "fate", "burial_place", "burial_site", "burial_certainty", "date", "place", "site",
    "from_date", "to_date", "body", "text", "ground", "scope", "note", "repressions", "rulings",
    "stays", "roles", "archive_file", "basis", "comment",
)  # fmt: skip
"""The order in which a reader meets fields; what is not named here comes last."""
Told = dict[str, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words for the ids in bodies, for a reader of `language`; places only where shown."""

    language: str
    terms: Mapping[int, Term] = field(default_factory=dict)
    spellings: Mapping[int, Spelling] = field(default_factory=dict)
    sites: Mapping[int, MemorialSite] = field(default_factory=dict)

    def term(self, number: int) -> Text | None:
        """Return the label of a term."""
        found = self.terms.get(number)
        return Text(found.label(self.language), self.language) if found else None


def read_labels(bodies: Collection[Body], *, language: str) -> Labels:
    """Read the words for every id that these bodies name, in three queries."""
    terms, spellings, sites = set[int](), set[int](), set[int]()
    for row in (row for body in bodies for row in _rows(body)):
        terms.update(row.get("articles_read", ()))
        for names, found in ((TERMED, terms), (SPELLED, spellings), (PLACED, sites)):
            found.update(row[f"{name}_id"] for name in names if row.get(f"{name}_id"))
    return Labels(
        language,
        Term.all_records.in_bulk(terms),
        Spelling.all_records.select_related("term").in_bulk(spellings),
        MemorialSite.public.in_bulk(sites),
    )


def _rows(body: Body) -> Iterator[Body]:
    yield body
    for name in KINDS:
        yield from body.get(name, ())


def date_of(row: Mapping[str, Any], name: str) -> FuzzyDate | None:
    """Return a date from its five columns, as a row or JSON has them."""
    printed, edtf = row.get(f"{name}_printed", ""), row.get(f"{name}_edtf", "")
    if not printed and not edtf:
        return None
    calendar = row.get(f"{name}_calendar")
    return FuzzyDate(
        printed=printed,
        edtf=edtf,
        earliest=_day(row.get(f"{name}_earliest")),
        latest=_day(row.get(f"{name}_latest")),
        calendar=Calendar(calendar) if calendar else Calendar.UNKNOWN,
    )


def _day(told: Any) -> date | None:
    return date.fromisoformat(told) if isinstance(told, str) and told else told or None


def worded(row: Mapping[str, Any], name: str, language: str) -> Text | None:
    """Return a text of a body for the reader, and the language it is in."""
    texts = row.get("wording", {}).get(name, {})
    if texts.get(language):
        return Text(texts[language], language)
    return Text(row[name], "en" if texts else "") if row.get(name) else None


def tell_row(row: Mapping[str, Any], labels: Labels) -> dict[str, ToldValue]:
    """Return what one row says, by field: dates whole, ids by their words."""
    found: dict[str, ToldValue] = {}
    for column, value in row.items():
        name = column.removesuffix("_id")
        if column.endswith(DATE_ENDS):
            name = column.rpartition("_")[0]
            if told := date_of(row, name):
                found[name] = ToldValue(date=told)
        elif column in TOLD_OTHERWISE or value in (None, "", [], {}):
            continue
        elif name in SPELLED and column != name:
            text = labels.spellings.get(value)
            found[name] = ToldValue(text=Text(text.text) if text else None)
        elif name in TERMED:
            found[name] = ToldValue(text=labels.term(value))
        elif name in PLACED:
            if site := labels.sites.get(value):
                found[name] = ToldValue(text=Text(site.slug))
        elif name in CODED:
            found[name] = ToldValue(code=value, words=CODED[name])
        elif isinstance(value, str):
            found[name] = ToldValue(text=worded(row, name, labels.language))
        elif isinstance(value, int) and not isinstance(value, bool):
            found[name] = ToldValue(text=Text(str(value)))
    return found


def tell_entry(
    body: Body, labels: Labels, *, roles: Collection[tuple[str, str]], restricted: bool
) -> Told:
    """Return what an entry said, by field; of the possibly living only what may be told.

    Of posts and acts only those of `roles` are told (see `tellable_roles`).
    """
    told: Told = {name: ((value,),) for name, value in tell_row(body, labels).items()}
    told["names"] = tuple(_name(row) for row in body["names"])
    if restricted:
        kept = {name: told[name] for name in sorted(RESTRICTED_FIELDS & told.keys())}
        return {"names": told["names"], **_in_years(kept, body, labels)}
    for name in ("repressions", "rulings", "stays"):
        told[name] = tuple(_line(row, KINDS[name], labels) for row in body[name])
    shown = [row for row in body["roles"] if (row["kind"], fold(row["text"])) in roles]
    told["roles"] = tuple(_line(row, KINDS["roles"], labels) for row in shown)
    for name, value in tell_row(body.get("passage") or {}, labels).items():
        told[f"passage_{name}"] = _paragraphs(value)
    told["discredited"] = tuple(_discredited(body, labels.language))
    told["reading"] = tuple(
        (ToldValue(code=name, words="field"), ToldValue(code=_reason(what), words="reading"))
        for name, what in sorted(body["reading"].items())
        # What editors note of their own acts is told by what they changed.
        if _reason(what) not in {CORRECTED, COPIED, MARKED}
    )
    return {name: lines for name, lines in sorted(told.items(), key=_order) if lines}


def _reason(what: Any) -> str:
    return str(what.get("reason", "")) if isinstance(what, Mapping) else ""


def _order(item: tuple[str, Any]) -> int:
    return ORDER.index(item[0]) if item[0] in ORDER else len(ORDER)


def _in_years(kept: Told, body: Body, labels: Labels) -> Told:
    found: Told = {}
    for name, ((value,), *_) in kept.items():
        if name == "fate":
            spelling = labels.spellings.get(body["fate_id"])
            term = spelling.term if spelling else None
            label = Text(term.label(labels.language), labels.language) if term else None
            cut = ToldValue(text=label)
        else:
            cut = ToldValue(date=year_of(value.date))
        if cut.text or cut.date:
            found[name] = ((cut,),)
    return found


def _name(row: Body) -> Line:
    return (
        ToldValue(code=row["kind"], words="name"),
        ToldValue(text=Text(row["full"], row.get("language", ""))),
    )


def _line(row: Body, words: str, labels: Labels) -> Line:
    parts = tell_row(row, labels)
    told = [replace(value, field=name) for name, value in sorted(parts.items(), key=_order)]
    return (ToldValue(code=row["kind"], words=words), *told)


def _discredited(body: Body, language: str) -> Iterator[Line]:
    for name, reason in sorted(body["discredited"].items()):
        texts = body["wording"].get(f"discredited.{name}", {})
        text = Text(texts.get(language, reason), language if language in texts else "en")
        yield (ToldValue(code=canonical_field(name), words="field"), ToldValue(text=text))


def _paragraphs(value: ToldValue) -> tuple[Line, ...]:
    """Cut a long text into its lines, so that only those that differ are told."""
    if value.text is None or "\n" not in value.text.value:
        return ((value,),)
    lines = value.text.value.splitlines()
    return tuple((ToldValue(text=Text(line, value.text.lang)),) for line in lines if line.strip())


def tell_relation(body: Body, labels: Labels) -> Told:
    """Return what a link between two people says; who they are is told otherwise."""
    text = worded(body, "text", labels.language)
    return {"note": ((ToldValue(text=text),),)} if text else {}


def tell_biography(body: Body, _labels: Labels) -> Told:
    """Return what a biography says, line by line."""
    language = body["language"]
    texts = {name: body.get(name) for name in ("title", "text", "credit", "licence")}
    return {
        f"biography_{name}": _paragraphs(ToldValue(text=Text(text, language)))
        for name, text in texts.items()
        if text
    }


def tell_file(body: Body, labels: Labels) -> Told:
    """Return what is said of a photograph or a scan, never the name of its file."""
    told: Told = {}
    for name in ("caption", "alt"):
        texts = body[name]
        for language in (labels.language, "en", *sorted(texts)):
            if texts.get(language):
                told[f"file_{name}"] = ((ToldValue(text=Text(texts[language], language)),),)
                break
    if when := date_of(body, "date"):
        told["date"] = ((ToldValue(date=when),),)
    for name in ("credit", "licence"):
        if body[name]:
            told[f"biography_{name}"] = ((ToldValue(text=Text(body[name])),),)
    return told


Teller = Callable[[Body, Labels], Told]


def missing(lines: Iterable[Line], others: Collection[Line]) -> tuple[Line, ...]:
    """Return the lines that are not among others."""
    return tuple(line for line in lines if line not in others)
