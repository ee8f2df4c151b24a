"""The first records are loaded through the domain, once, and a wrong line is named."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from registry.exchange import FileRefused, load_registry
from registry.models import Change, Entry, MemorialSite, Person, Relation, Source, Term
from tests.databases import NOW

pytestmark = pytest.mark.django_db

TERM = {"vocabulary": "fate", "code": "executed", "en": "Executed", "ru": "Р", "uk": "Р",
        "spellings": ["расстрелян"]}  # fmt: skip
SOURCE = {"slug": "book", "kind": "memory-book", "rank": 3, "title": "Invented book"}
SITE = {
    "slug": "grove",
    "kinds": ["mass-grave"],
    "country": "XX",
    "town": "Примерск",
    "period": "1937/1938",
    "period_sources": ["book"],
    "names": [{"language": "ru", "name": "Примерная роща"}],
    "figures": [{"measure": "estimate", "high": 10, "source": "book"}],
    "events": [{"kind": "found", "date": "1990", "text": "found", "source": "book"}],
}
ENTRIES = [
    {"source": "book", "key": key, "person_key": key, "fate": "расстрелян", "burial_site": "grove",
     "names": [{"kind": "main", "family": "Примеров", "given": given}]}
    for key, given in (("a", "Пример"), ("b", "Образец"))
]  # fmt: skip
FILES: dict[str, list[dict[str, Any]]] = {
    "terms": [TERM],
    "sources": [SOURCE, {"slug": "registry", "kind": "editorial", "title": "The editors"}],
    "sites": [SITE],
    "people": [{"person_key": "a", "id": 7}, {"person_key": "b", "id": 9}],
    "entries": ENTRIES,
    "relations": [
        {"person_key": "a", "other_key": "b", "kind": "sibling", "source": "book", "entry_key": "a"}
    ],
}


def written(folder: Path, **changed: list[dict[str, Any]]) -> Path:
    for name, lines in {**FILES, **changed}.items():
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text)
    return folder


def everything() -> list[int]:
    tables = (Term, Source, MemorialSite, Person, Entry, Relation, Change)
    return [table.all_records.count() for table in tables]


def test_a_directory_is_loaded_once(tmp_path: Path) -> None:
    report = load_registry(written(tmp_path), now=NOW)
    assert report.counts == {
        "terms": 1, "sources": 2, "sites": 1, "people": 2, "entries": 2, "relations": 1
    }  # fmt: skip
    assert sorted(Person.all_records.values_list("pk", flat=True)) == [7, 9]
    assert Entry.all_records.get(key="a").burial_site.slug == "grove"
    assert Entry.all_records.get(key="b").fate.term.code == "executed"
    before = everything()
    again = load_registry(tmp_path, now=NOW)
    assert not again.changed
    assert everything() == before


def test_what_differs_is_written_anew(tmp_path: Path) -> None:
    load_registry(written(tmp_path), now=NOW)
    newer = [{**ENTRIES[0], "comment": "…"}, ENTRIES[1]]
    counts = load_registry(written(tmp_path, entries=newer), now=NOW).counts
    assert {name: count for name, count in counts.items() if count} == {"entries": 1}


def test_files_that_are_not_there_are_passed_over(tmp_path: Path) -> None:
    assert not load_registry(tmp_path, now=NOW).changed
    assert everything() == [0] * 7


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("terms", {**TERM, "colour": "red"}, "colour"),
        ("terms", {**TERM, "vocabulary": "shoes"}, "vocabulary"),
        ("sources", {**SOURCE, "rank": 9}, "off-the-ladder"),
        ("sources", {"slug": "book"}, "title"),
        ("sites", {**SITE, "period": "1937-13"}, "impossible-month"),
        ("sites", {**SITE, "kinds": ["inn"]}, "kinds"),
        ("sites", {**SITE, "figures": [{"size": 1}]}, "size"),
        ("people", {"id": 7}, "person_key"),
        ("entries", {**ENTRIES[0], "key": "c", "names": [], "person_key": ""}, "no-name"),
        ("entries", {**ENTRIES[0], "key": "c", "burial_site": "nowhere"}, "unknown-site"),
        ("relations", {**FILES["relations"][0], "other_key": "z"}, "unknown-person"),
    ],
)
def test_a_wrong_line_refuses_all_and_is_named(
    tmp_path: Path, name: str, line: dict[str, Any], words: str
) -> None:
    lines = [line] if name in {"sources", "sites"} else [*FILES[name], line]
    with pytest.raises(FileRefused) as caught:
        load_registry(written(tmp_path, **{name: lines}), now=NOW)
    assert words in str(caught.value)
    assert f"{name}.jsonl" in str(caught.value)
    assert everything() == [0] * 7


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "terms.jsonl").write_text("{")
    with pytest.raises(FileRefused) as caught:
        load_registry(tmp_path, now=NOW)
    assert caught.value.code == "not-json"


# The demo ----------------------------------------------------------------------------------


def demo() -> str:
    out = io.StringIO()
    call_command("demo", "--no-serve", "--port", "8123", stdout=out)
    return out.getvalue()


def test_the_demo_sets_up_and_prints_addresses_and_a_password(
    registry_loaded: Path, settings: Any
) -> None:
    settings.DEBUG = True
    before = everything()[:-1]
    printed = demo()
    assert "They are there already." in printed
    assert "http://127.0.0.1:8123/people/?q=" in printed
    [password] = re.findall(r"editor, (\S{16,})", printed)
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (after the settings)

    editor = get_user_model().objects.get(username="editor")
    assert editor.check_password(password)
    assert password not in demo()
    assert everything()[:-1] == before


def test_the_demo_gives_no_password_away_in_production(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError):
        demo()
