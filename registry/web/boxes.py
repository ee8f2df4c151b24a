"""The boxes of a page of a form: what is asked, what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language

from registry.submissions.questions import DATES, FACT_VALUES, NAME, Page, fact_name
from registry.wording import codes, questions as words
from registry.wording.submissions import REFUSALS
from registry.wording.words import Words

CHOICES: Mapping[str, Words] = {
    "sex": words.SEXES,
    "kinship": words.KINSHIPS,
    "knowledge": words.KNOWLEDGE,
    "credit": words.CREDITS,
    "place.kind": codes.SITE_KINDS,
    "measure": codes.MEASURES,
    "language": words.LANGUAGES,
}
"""Boxes with answers to choose from."""
AREAS = frozenset(
    {
        "how", "cites", "rights", "relatives", "comment", "stays", "fate", "charge",
        "arrest_circumstances", "what", "why", "note", "role", "basis", "text",
    }
)  # fmt: skip
LONG_AREAS = frozenset({"story.text", "place.text"})
ONE_OF: Mapping[str, tuple[str, ...]] = {
    "who": NAME,
    "how": ("how",),
    "story": ("text",),
    "place": ("name",),
    "figure": ("low", "high", "note"),
    "wish": ("what",),
}
"""Of these one must be filled in before the next page is shown."""
MISSING = {"who": "no-name", "how": "no-basis"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to choose."""

    code: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One thing that is asked; `kind` is `line`, `area`, `text`, `date` or `radio`."""

    name: str
    label: str
    kind: str
    value: str
    hint: str = ""
    error: str = ""
    needed: bool = False
    answers: tuple[Answer, ...] = ()

    @property
    def described(self) -> str:
        """The ids of what describes the box, for those who hear it read."""
        own = (("hint", self.hint), ("error", self.error))
        return " ".join(f"b-{self.name}-{which}" for which, text in own if text)


def asked(page: Page, field: str = "") -> tuple[str, ...]:
    """Return the names of the values a page asks for; those of a fact depend on the fact."""
    return FACT_VALUES[fact_name(field)] if page.code == "fact" else page.values


def boxes(
    page: Page,
    given: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    field: str = "",
    also: tuple[str, ...] = (),
) -> list[Box]:
    """Return the boxes of a page, filled with what was given; `also` are asked before them."""
    names = (*also, *asked(page, field))
    needed = _needed(page, field)
    return [
        box(name, page.code, given.get(name, ""), errors.get(name, ""), needed=[name] == needed)
        for name in names
    ]


def box(name: str, page: str, value: str, error: str = "", *, needed: bool = False) -> Box:
    """Return one box."""
    answers = CHOICES.get(f"{page}.{name}") or CHOICES.get(name)
    if name == "language" and not value:
        value = get_language() or settings.LANGUAGE_CODE
    return Box(
        name=name,
        label=words.value_words(name, page),
        kind="radio" if answers else _kind(name, page),
        value=value,
        hint=_hint(name, page),
        error=error,
        needed=needed,
        answers=tuple(
            Answer(code, str(label), code == value) for code, label in (answers or {}).items()
        ),
    )


def read(page: Page, data: QueryDict, *, field: str = "") -> dict[str, str]:
    """Return what was typed into the boxes of a page; an answer nobody offered is none."""
    found = {}
    for name in asked(page, field):
        text = data.get(name, "").replace("\r\n", "\n").strip()
        answers = CHOICES.get(f"{page.code}.{name}") or CHOICES.get(name)
        found[name] = text if answers is None or text in answers else ""
    return found


def answer_words(name: str, page: str, text: str) -> str:
    """Return what was typed, or the words of the answer that was chosen."""
    answers = CHOICES.get(f"{page}.{name}") or CHOICES.get(name) or {}
    return str(answers.get(text, text))


def missing(page: Page, given: Mapping[str, str], *, field: str = "") -> dict[str, str]:
    """Return in words what must be there and is not, by the box it belongs to."""
    wanted = asked(page, field) if page.code == "fact" else ONE_OF.get(page.code, ())
    if not page.needed or not wanted or any(given.get(name) for name in wanted):
        return {}
    return {wanted[0]: str(REFUSALS[MISSING.get(page.code, "empty")])}


def _needed(page: Page, field: str) -> list[str]:
    """Return the one box that must be filled in, where there is no choice between several."""
    if not page.needed:
        return []
    return list(asked(page, field) if page.code == "fact" else ONE_OF[page.code])


def _kind(name: str, page: str) -> str:
    if name in DATES:
        return "date"
    if f"{page}.{name}" in LONG_AREAS:
        return "text"
    return "area" if name in AREAS else "line"


def _hint(name: str, page: str) -> str:
    if name in DATES:
        return str(words.DATE_HINT)
    return words.hint_words(name, page) or (words.hint_words("fact") if page == "fact" else "")
