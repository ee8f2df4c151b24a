"""What contributors type, put into its place: only what is asked for, and no more than is taken."""

from __future__ import annotations

from collections.abc import Mapping

from registry.models import (
    Credit,
    Knowledge,
    MemorialSite,
    Part,
    Person,
    PersonStatus,
    SiteStatus,
    Submission,
)
from registry.names import fold

from .questions import ANSWERS, LONGEST, values_of
from .rows import check_text
from .states import SubmissionRefused

MOST_TEXT = 500_000
"""Characters in all values of one submission: a book. Whoever writes more sends a file."""


def fill_part(part: Part, values: Mapping[str, str]) -> None:
    """Set values of a part; empty ones go. Raises SubmissionRefused."""
    allowed = values_of(part.kind, part.field)
    kept = dict(part.values)
    for name, text in values.items():
        if name not in allowed:
            raise SubmissionRefused("unknown-value", field=name)
        kept[name] = clean_text(text, name, LONGEST)
    part.values = {name: text for name, text in kept.items() if text}
    names = (part.values.get("family_name", ""), part.values.get("given_name", ""))
    part.name_key = fold(" ".join(name for name in names if name))[:200]


def clean_text(text: str, field: str, longest: int) -> str:
    """Return a text as it is kept. Raises SubmissionRefused (`too-long`, `nul`)."""
    text = text.strip().replace("\r\n", "\n")
    if len(text) > longest:
        raise SubmissionRefused("too-long", field=field)
    check_text(text, field)
    return text


def check_size(row: Submission) -> None:
    """Raise SubmissionRefused where all parts together say more than is taken."""
    told = row.parts(manager="all_records").values_list("values", flat=True)
    if sum(len(text) for values in told for text in values.values()) > MOST_TEXT:
        raise SubmissionRefused("too-long")


def fill_answers(row: Submission, answers: Mapping[str, str]) -> None:
    """Set what is said once for all parts. Raises SubmissionRefused."""
    for name, text in answers.items():
        if name not in ANSWERS:
            raise SubmissionRefused("unknown-value", field=name)
        longest = 200 if name == "credit_name" else LONGEST
        value = clean_text(text, name, longest)
        if (name == "knowledge" and value not in Knowledge.values) or (
            name == "credit" and value not in Credit.values
        ):
            raise SubmissionRefused("unknown-value", field=name)
        setattr(row, name, value)


def part_at(row: Submission, position: int) -> Part:
    """Return one part of a submission. Raises SubmissionRefused (`unknown-part`)."""
    part: Part | None = row.parts(manager="all_records").filter(position=position).first()
    if part is None:
        raise SubmissionRefused("unknown-part")
    return part


def shown_person(number: int | None) -> Person | None:
    """Return somebody the public may see; of whoever was merged, into whom."""
    if number is None:
        return None
    person: Person | None = Person.all_records.filter(pk=number).first()
    while person is not None and person.status == PersonStatus.MERGED:
        person = person.merged_into
    if person is None or not Person.public.filter(pk=person.pk).exists():
        raise SubmissionRefused("unknown-person", field="person")
    return person


def shown_site(slug: str) -> MemorialSite | None:
    """Return a place the public may see. Raises SubmissionRefused (`unknown-site`)."""
    if not slug:
        return None
    check_text(slug, "site")
    site: MemorialSite | None = MemorialSite.all_records.filter(
        slug=slug, status=SiteStatus.PUBLIC
    ).first()
    if site is None:
        raise SubmissionRefused("unknown-site", field="site")
    return site
