"""The same people and the same keys in tantivy, a full-text engine, in the same run.

A document is a name row: its folded words and its keys (`registry.names.name_tokens`), by role.
First every word must be met as written, as read, or by an equivalent; where that gives nobody, or
to fill a page fewer than ten people, misspelt as well (an automaton of one letter, two in long
keys). It is given what the search is given; ranking is its own, weighted by how a word was met.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import tantivy

from registry.models import EntryName, SourceStatus, Standing
from registry.names import (
    QueryToken,
    equivalents,
    name_tokens,
    parse_query,
    patronymic_equivalents,
)
from tests.relevance.measuring import FIRST
from tests.relevance.people import names_of
from tests.relevance.queries import Asked

from .timing import Times

AS_WRITTEN, AS_READ, EQUIVALENT, BEGINNING, MISSPELT = 4.0, 3.0, 2.0, 1.5, 1.0
LONG_KEY = 8
HEAP = 300_000_000
EQUIVALENTS = (("given", equivalents), ("patronymic", patronymic_equivalents))


class Yardstick:
    """An index of all names in use, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("person", stored=True, fast=True)
        for field in ("folded", "key", "given", "patronymic"):
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))

    def build(self) -> int:
        """Index the names of people in use; return how many rows."""
        rows = (
            EntryName.all_records.filter(
                entry__standing=Standing.IN_USE, entry__source__status=SourceStatus.IN_USE
            )
            .order_by()
            .values_list("entry__person", "family", "given", "patronymic", "full")
        )
        writer = self.index.writer(heap_size=HEAP, num_threads=1)
        count = 0
        for person, family, given, patronymic, full in rows.iterator(chunk_size=5_000):
            document = tantivy.Document()
            document.add_unsigned("person", person)
            for token in name_tokens(family, given, patronymic, full):
                document.add_text("folded", token.folded)
                document.add_text("key", token.key)
                if token.role in {"given", "patronymic"}:
                    document.add_text(token.role, token.key)
            writer.add_document(document)
            count += 1
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        return count

    def find(self, text: str, *, enough: int) -> list[int]:
        """Return the ids of the first ten people, with misspellings where fewer are enough."""
        tokens = parse_query(text).tokens
        found = self._ask(tokens, misspelt=False)
        if len(found) < enough:
            found += [one for one in self._ask(tokens, misspelt=True) if one not in found]
        return found[:FIRST]

    def _ask(self, tokens: Sequence[QueryToken], *, misspelt: bool) -> list[int]:
        must = [
            (tantivy.Occur.Must, tantivy.Query.disjunction_max_query(list(ways)))
            for ways in (self._ways(token, misspelt=misspelt) for token in tokens)
        ]
        if not must:
            return []
        result = self.searcher.search(tantivy.Query.boolean_query(must), FIRST * 2, count=False)
        people = [self.searcher.doc(address)["person"][0] for _, address in result.hits]
        return list(dict.fromkeys(people))

    def _ways(self, token: QueryToken, *, misspelt: bool) -> Iterator[tantivy.Query]:
        """Yield the ways in which a name may have the word."""
        keys = sorted(token.keys)
        yield self._set("folded", [token.folded], AS_WRITTEN)
        if token.initial:
            for key in keys:
                yield self._near(key, 0, BEGINNING, prefix=True)
            return
        yield self._set("key", keys, AS_READ)
        for role, others in EQUIVALENTS:
            if same := sorted({other for key in keys for other in others(key)}):
                yield self._set(role, same, EQUIVALENT)
        if misspelt:
            for key in keys[:3]:
                yield self._near(key, 2 if len(key) >= LONG_KEY else 1, MISSPELT)

    def _set(self, field: str, words: list[str], worth: float) -> tantivy.Query:
        found = tantivy.Query.term_set_query(self.schema, field, words)
        return tantivy.Query.const_score_query(found, worth)

    def _near(
        self, key: str, distance: int, worth: float, *, prefix: bool = False
    ) -> tantivy.Query:
        found = tantivy.Query.fuzzy_term_query(
            self.schema, "key", key, distance=distance, prefix=prefix
        )
        return tantivy.Query.const_score_query(found, worth)


def measure_yardstick(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return latency, share found and size of tantivy on the people of the registry at hand."""
    with tempfile.TemporaryDirectory(prefix="registry-tantivy-") as folder:
        yardstick = Yardstick(Path(folder))
        start = time.perf_counter()
        rows = yardstick.build()
        built = time.perf_counter() - start
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        told: dict[str, Any] = {"build s": round(built, 1), "bytes a name": round(size / rows, 1)}
        for name, enough in (("first level", 1), ("filled", FIRST)):
            times, right = Times(), 0
            typed = [one for one in asked if not one.suggested]
            for one in typed:
                text = " ".join(one.boxes.values())
                people = times.add(
                    lambda text=text, enough=enough: yardstick.find(text, enough=enough)
                )
                right += not one.nobody and _answered(one, people)
            told[name] = times.told()
            told[f"S@10 {name}"] = round(right / sum(not one.nobody for one in typed), 4)
    return told


def _answered(one: Asked, people: list[int]) -> bool:
    return any(one.answers(name) for names in names_of(people).values() for _, name in names)
