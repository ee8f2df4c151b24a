"""The parts of an entry: names, repressions, rulings, stays and roles, flat and nested."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from registry.models import NameKind, RepressionKind, RoleKind, RulingKind, StayKind
from registry.names import NameParts, script_of, split_full
from registry.names.scripts import UNKNOWN
from registry.records.drafts.entries import (
    NameDraft,
    RepressionDraft,
    RoleDraft,
    RulingDraft,
    StayDraft,
)

from .columns import (
    NAME_TEXTS,
    NESTED_REPRESSION,
    NESTED_ROLE,
    NESTED_RULING,
    NESTED_STAY,
    OF_REPRESSION,
    REPRESSION_DATES,
    REPRESSION_TEXTS,
)
from .gathering import Gathering, read_date
from .recognising import articles_in, repression_kind, sentence_in

Cells = Mapping[str, Any]

_NAME_KINDS = frozenset(NameKind.values)
_REPRESSION_KINDS = frozenset(RepressionKind.values)
_RULING_KINDS = frozenset(RulingKind.values)
_ROLE_KINDS = frozenset(RoleKind.values)
_STAY_KINDS = frozenset(kind for kind in StayKind.values if kind)

_NAME_MEMBERS = frozenset(NAME_TEXTS)
_DATED = frozenset({"date", "wording"})
_FROM_TO = frozenset({"from", "to", "wording"})
_RULING_MEMBERS = frozenset(NESTED_RULING) | _DATED
_STAY_MEMBERS = frozenset(NESTED_STAY) | _FROM_TO
_ROLE_MEMBERS = frozenset(NESTED_ROLE) | _FROM_TO
_REPRESSION_MEMBERS = (
    frozenset(NESTED_REPRESSION)
    | frozenset(REPRESSION_DATES)
    | {"episode", "sentence_months", "rulings", "stays", "wording"}
)

_KIND_BEFORE = re.compile(r"([a-z][a-z-]*):\s*(.*)", re.DOTALL)
_CYRILLIC = re.compile(r"[\u0400-\u052f\W\d_]*[\u0400-\u052f][\u0400-\u052f\W\d_]*")


# Names -------------------------------------------------------------------------------------


def read_names(cells: Cells, gathering: Gathering) -> tuple[NameDraft, ...]:
    """Return the names of an entry, the main one first where there is one."""
    language = cells.get("name_language", "")
    names = _flat_names(cells, language, gathering)
    if "names" in cells:
        for number, item in enumerate(
            gathering.objects(cells["names"], "names", _NAME_MEMBERS), start=1
        ):
            name = _nested_name(item, f"names.{number}", gathering)
            if name is not None:
                names.append(name)
    if sum(name.kind == NameKind.MAIN for name in names) > 1:
        gathering.refuse("names", "two-main-names")
    return tuple(names)


def _flat_names(cells: Cells, language: str, gathering: Gathering) -> list[NameDraft]:
    family = cells.get("family_name", "")
    given = cells.get("given_name", "")
    patronymic = cells.get("patronymic", "")
    full = cells.get("full_name", "")
    names: list[NameDraft] = []
    if full and not (family or given or patronymic):
        names.append(_name("main", split_full(full), full, language, gathering))
    elif family or given or patronymic:
        names.append(_name("main", NameParts(family, given, patronymic), full, language, gathering))
    others = (text.strip() for text in cells.get("other_names", "").split(";"))
    return names + [_other_name(text, language, gathering) for text in others if text]


def _other_name(text: str, language: str, gathering: Gathering) -> NameDraft:
    kind = "variant"
    if match := _KIND_BEFORE.fullmatch(text):
        kind, text = match.groups()
        if kind not in _NAME_KINDS or kind == NameKind.MAIN:
            gathering.refuse("other_names", "bad-name-kind", kind)
            kind = "variant"
    return _name(kind, split_full(text), text, language, gathering)


def _name(kind: str, parts: NameParts, full: str, language: str, gathering: Gathering) -> NameDraft:
    full = full or " ".join(filter(None, (parts.family, parts.given, parts.patronymic)))
    if len(full) > 400 or len(parts.family) > 200 or len(parts.given) > 200:
        gathering.refuse("full_name", "too-long", full)
    # Positional: the call is made for every name of every row.
    return NameDraft(
        kind, full, parts.family, parts.given, parts.patronymic, language, _script(full)
    )


@lru_cache(maxsize=32768)
def _other_script(text: str) -> str:
    script = script_of(text)
    return "" if script == UNKNOWN else script


def _script(text: str) -> str:
    return "Cyrl" if _CYRILLIC.fullmatch(text) else _other_script(text)


def _nested_name(item: Cells, at: str, gathering: Gathering) -> NameDraft | None:
    texts = gathering.texts(item, NAME_TEXTS, at)
    kind = texts.get("kind", "main")
    parts = NameParts(texts.get("family", ""), texts.get("given", ""), texts.get("patronymic", ""))
    if kind not in _NAME_KINDS:
        gathering.refuse(at, "bad-name-kind", kind)
    if not any((parts.family, parts.given, parts.patronymic)) and "full" in texts:
        parts = split_full(texts["full"])
    elif not any((parts.family, parts.given, parts.patronymic)):
        if not gathering.refused({f"{at}.{name}" for name in NAME_TEXTS}):
            gathering.refuse(at, "no-name")
        return None
    name = _name(kind, parts, texts.get("full", ""), texts.get("language", ""), gathering)
    if "script" not in texts:
        return name
    return NameDraft(
        kind, name.full, name.family, name.given, name.patronymic, name.language, texts["script"]
    )


# Repressions -------------------------------------------------------------------------------


def flat_repression(cells: Cells, at: str, gathering: Gathering) -> RepressionDraft | None:
    """Return the repression of one row of the table, with its rulings and stays, if any."""
    if OF_REPRESSION.isdisjoint(cells):
        return None
    fields: dict[str, Any] = {name: cells[name] for name in REPRESSION_TEXTS if name in cells}
    if "arrest_date" not in cells and "arrested_by" not in cells:
        fields["kind"] = repression_kind(cells.get("sentence", ""), cells.get("charge", ""))
    return _repression(cells, fields, at, gathering, flat=True)


def nested_repressions(cells: Cells, first: int, gathering: Gathering) -> list[RepressionDraft]:
    """Return the repressions JSON Lines nest; `first` is the number of the first of them."""
    found = []
    items = gathering.objects(cells["repressions"], "repressions", _REPRESSION_MEMBERS)
    for number, item in enumerate(items, start=first):
        at = f"repressions.{number}"
        fields: dict[str, Any] = dict(gathering.texts(item, NESTED_REPRESSION, at))
        if fields.get("kind", "arrest") not in _REPRESSION_KINDS:
            gathering.refuse(f"{at}.kind", "bad-repression-kind", fields["kind"])
        for name in ("episode", "sentence_months"):
            fields[name] = gathering.number(item.get(name), f"{at}.{name}")
        fields["wording"] = gathering.wording(item.get("wording"), f"{at}.wording")
        found.append(_repression(item, fields, at, gathering, flat=False))
    return found


def _repression(
    cells: Cells, fields: dict[str, Any], at: str, gathering: Gathering, *, flat: bool
) -> RepressionDraft:
    for column, name in REPRESSION_DATES.items():
        if column in cells:
            fields[name] = gathering.date(cells[column], column, f"{at}.{name}")
    _recognise(fields, gathering)
    if flat:
        fields["rulings"] = flat_rulings(cells, at, gathering)
        fields["stays"] = flat_stays(cells, at, gathering)
    else:
        fields["rulings"] = nested_rulings(cells, f"{at}.rulings", gathering)
        fields["stays"] = nested_stays(cells, f"{at}.stays", gathering)
    return RepressionDraft(**fields)


def _recognise(fields: dict[str, Any], gathering: Gathering) -> None:
    """Add what the texts of a repression plainly say in terms of the vocabularies."""
    known = gathering.known
    if text := fields.get("articles") or fields.get("charge"):
        fields["article_codes"] = _known_articles(text, known.articles)
    if "sentence" in fields and "sentence_kind" not in fields:
        kind, months = sentence_in(fields["sentence"])
        if kind in known.sentence_kinds:
            fields["sentence_kind"] = kind
            if fields.get("sentence_months") is None:
                fields["sentence_months"] = months
    if "arrest_place" in fields and "arrest_region" not in fields:
        fields["arrest_region"] = known.regions.region_in(fields["arrest_place"])


@lru_cache(maxsize=32768)
def _known_articles(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the codes that are terms; `58-1a` counts as `58-1` where only that is one."""
    codes = (code if code in known else code.rstrip("abvg") for code in articles_in(text))
    return tuple(dict.fromkeys(code for code in codes if code in known))


# Rulings -----------------------------------------------------------------------------------

_OUTCOMES = (
    # The order matters: "отмена реабилитации" and "в реабилитации отказано" name it too.
    (
        "no-information",
        r"нет (?:сведений|данных|информации)|сведений нет|не ?известн\w*"  # noqa: ISC004 (one pattern)
        r"|немає відомостей|відомостей немає|no information",
    ),
    ("refused", r"отказ\w*|відмов\w*|не подлежит|не підлягає|refused"),
    ("cancelled", r"отмен\w*|скасован\w*|cancelled"),
    ("rehabilitated", r"(?<!не )(?<!не)реаб\w*"),
)  # fmt: skip
_OUTCOME = tuple((code, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for code, words in _OUTCOMES)
_CHANGES = (
    ("commuted", re.compile(r"замен|замін|commut", re.IGNORECASE)),
    ("annulled", re.compile(r"отмен|скасов|annul", re.IGNORECASE)),
)
_DATE_INSIDE = re.compile(
    r"\b[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b"
    r"|\b[0-9]{1,2} [а-яії]+ [0-9]{4}\b"
)


def flat_rulings(cells: Cells, at: str, gathering: Gathering) -> tuple[RulingDraft, ...]:
    """Return what a row of the table says was decided afterwards."""
    rulings = []
    prefix = f"{at}.rulings" if at else "rulings"
    if text := cells.get("sentence_change"):
        kind = next((code for code, words in _CHANGES if words.search(text)), "changed")
        dates = _DATE_INSIDE.findall(text)
        date = read_date(dates[0], None, False)[0] if len(dates) == 1 else None
        rulings.append(RulingDraft(kind, date if date and date.edtf else None, text=text))
    stated = cells.get("rehabilitation_outcome", "")
    printed = cells.get("rehabilitation_date")
    if isinstance(printed, str) and outcome_in(printed) == "no-information":
        stated, printed = stated or printed, None
    elif isinstance(printed, str) and gathering.is_silent(printed, "rehabilitation_date"):
        printed = None
    body = cells.get("rehabilitated_by", "")
    ground = cells.get("rehabilitation_ground", "")
    if stated or printed or body or ground:
        kind = outcome_in(stated) if stated else "rehabilitated"
        if not kind:
            gathering.refuse("rehabilitation_outcome", "bad-outcome", stated)
            return tuple(rulings)
        field = f"{prefix}.{len(rulings) + 1}.date"
        date = gathering.date(printed, "rehabilitation_date", field)
        text = "" if stated in _RULING_KINDS else stated
        rulings.append(RulingDraft(kind, date, body, ground, text=text))
    return tuple(rulings)


@lru_cache(maxsize=8192)
def outcome_in(text: str) -> str:
    """Return the kind of ruling a printed outcome names, empty where none is plain."""
    if text in _RULING_KINDS:
        return text
    return next((code for code, words in _OUTCOME if words.search(text)), "")


def nested_rulings(cells: Cells, at: str, gathering: Gathering) -> tuple[RulingDraft, ...]:
    """Return the rulings JSON Lines nest under `rulings`."""
    found = []
    items = gathering.objects(cells.get("rulings") or [], at, _RULING_MEMBERS)
    for number, item in enumerate(items, start=1):
        here = f"{at}.{number}"
        texts = gathering.texts(item, NESTED_RULING, here)
        if texts.setdefault("kind", "") not in _RULING_KINDS:
            gathering.refuse(f"{here}.kind", "bad-outcome", texts["kind"])
        date = gathering.date(item.get("date"), "rehabilitation_date", f"{here}.date")
        wording = gathering.wording(item.get("wording"), f"{here}.wording")
        found.append(RulingDraft(**texts, date=date, wording=wording))
    return tuple(found)


# Stays and roles ---------------------------------------------------------------------------

_SPAN = re.compile(r"(.*?)\s*(?:[–—]|\s-\s)\s*(.*)")
_YEARS = re.compile(r"([0-9]{4})-([0-9]{4})")


def flat_stays(cells: Cells, at: str, gathering: Gathering) -> tuple[StayDraft, ...]:
    """Return the places of a `stays` cell: `kind:place, from–to`, with `;` between."""
    stays = []
    text = cells.get("stays", "")
    if not isinstance(text, str):
        return nested_stays(cells, f"{at}.stays" if at else "stays", gathering)
    for part in text.split(";"):
        if place := part.strip():
            kind = ""
            if match := _KIND_BEFORE.fullmatch(place):
                kind, place = match.groups()
            if (match and kind not in _STAY_KINDS) or not place:
                gathering.refuse("stays", "bad-stay", part.strip())
                continue
            stays.append(_stay(kind, place))
    return tuple(stays)


@lru_cache(maxsize=8192)
def _stay(kind: str, text: str) -> StayDraft:
    place, _, when = text.rpartition(",")
    span = _SPAN.fullmatch(when.strip()) or _YEARS.fullmatch(when.strip())
    ends = span.groups() if span else (when.strip(), "")
    dates = [read_date(end, None, False)[0] if end else None for end in ends]
    if not place.strip() or not any(ends) or any(date and not date.edtf for date in dates):
        # What follows the comma is no date: it belongs to the place.
        return StayDraft(text, kind)
    return StayDraft(place.strip(), kind, from_date=dates[0], to_date=dates[1])


def nested_stays(cells: Cells, at: str, gathering: Gathering) -> tuple[StayDraft, ...]:
    """Return the stays JSON Lines nest under `stays`."""
    found = []
    items = gathering.objects(cells.get("stays") or [], at, _STAY_MEMBERS)
    for number, item in enumerate(items, start=1):
        here = f"{at}.{number}"
        texts = gathering.texts(item, NESTED_STAY, here)
        kind = texts.get("kind", "")
        if (kind and kind not in _STAY_KINDS) or "place" not in texts:
            gathering.refuse(here, "bad-stay", kind)
            continue
        found.append(
            StayDraft(
                **texts,
                from_date=gathering.date(item.get("from"), "stays", f"{here}.from_date"),
                to_date=gathering.date(item.get("to"), "stays", f"{here}.to_date"),
                wording=gathering.wording(item.get("wording"), f"{here}.wording"),
            )
        )
    return tuple(found)


def read_roles(cells: Cells, gathering: Gathering) -> tuple[RoleDraft, ...]:
    """Return the posts and acts of an entry: `kind:text` with `;` between, or nested."""
    roles = []
    for part in cells.get("role", "").split(";"):
        if text := part.strip():
            match = _KIND_BEFORE.fullmatch(text)
            kind, text = match.groups() if match else ("post", text)
            if kind not in _ROLE_KINDS or not text:
                gathering.refuse("role", "bad-role", part.strip())
            roles.append(RoleDraft(kind, text))
    items = gathering.objects(cells.get("roles") or [], "roles", _ROLE_MEMBERS)
    for number, item in enumerate(items, start=1):
        here = f"roles.{number}"
        texts = gathering.texts(item, NESTED_ROLE, here)
        if texts.get("kind") not in _ROLE_KINDS or "text" not in texts:
            gathering.refuse(here, "bad-role", texts.get("kind", ""))
            continue
        roles.append(
            RoleDraft(
                **texts,
                from_date=gathering.date(item.get("from"), "roles", f"{here}.from_date"),
                to_date=gathering.date(item.get("to"), "roles", f"{here}.to_date"),
                wording=gathering.wording(item.get("wording"), f"{here}.wording"),
            )
        )
    return tuple(roles)
