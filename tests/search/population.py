"""A few invented people of whom all is known, for the search to find."""

from __future__ import annotations

from typing import Any

from registry.dates import parse_edtf
from registry.records.drafts.entries import EntryDraft, NameDraft, RepressionDraft, RulingDraft
from tests.records.drafting import draft


def named(family: str, given: str = "Пример", patronymic: str = "") -> tuple[NameDraft, ...]:
    full = " ".join(part for part in (family, given, patronymic) if part)
    return (NameDraft("main", full, family, given, patronymic, "ru", "Cyrl"),)


def arrested(day: str = "", **fields: Any) -> RepressionDraft:
    return RepressionDraft(arrest=parse_edtf(day) if day else None, **fields)


def said(key: str, family: str, source: str = "book-a", **fields: Any) -> EntryDraft:
    dates = {n: parse_edtf(fields.pop(n)) for n in ("birth", "death") if n in fields}
    return draft(f"{key}-{source}", source, person_key=key, names=named(family), **dates, **fields)


POPULATION = (
    said(
        "a", "Примеров", birth="1891-01-15", death="1937-11-03", sex="m", fate="расстрелян",
        birth_place="г. Орёл", birth_region="oryol", nationality="русский", occupation="Слесарь",
        burial_site="grave", burial_certainty="documented", archive_file="Ф. 1, Дело Р-12",
        party="ВКП(б)", category="кулак",
        repressions=(
            arrested(
                "1937-07", articles="58-10", article_codes=("58-10",), operation="приказ 00447",
                sentencing_body="тройка", arrest_place="Тверь",
                rulings=(RulingDraft("rehabilitated", parse_edtf("1956")),),
            ),
        ),
    ),
    said(
        "b", "Примерова", birth="1900~", death="1938/1940", sex="f", fate="умер в лагере",
        birth_place="Тверь", residence_region="oryol", nationality="немец",
        occupation="поэт, слесарь", archive_file="П-7",
        repressions=(
            arrested("1930", article_codes=("58-11",)),
            arrested("1938-05-03", rulings=(RulingDraft("refused"),)),
        ),
    ),
    said("b", "Примерова", "book-b"),
    said(
        "c", "Ёжиков", birth="[..1890]", death="[1941..]", nationality="великоросс",
        birth_region="tver", residence_region="tver", burial_site="camp",
        burial_certainty="cenotaph",
    ),
    said("d", "Безвестный", "book-b", death="1937"),
    said(
        "x", "Живущий", birth="1950", sex="m", birth_place="Орёл", birth_region="oryol",
        nationality="русский", occupation="слесарь", party="ВКП(б)", category="кулак",
        archive_file="Р-12", burial_certainty="", fate="survived en",
        repressions=(
            arrested(
                "1937-07", article_codes=("58-10",), operation="приказ 00447",
                sentencing_body="тройка", rulings=(RulingDraft("rehabilitated"),),
            ),
        ),
    ),
    said("h", "Скрытый", "book-b", birth="1950", sex="m", birth_place="Орёл"),
)  # fmt: skip
