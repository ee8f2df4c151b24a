"""What is decided of a person or a fact that was sent: each value, whom it is about, its source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from registry.exchange.entry_table import Read
from registry.exchange.gathering import Known
from registry.exchange.importing import known_terms
from registry.exchange.typed import read_typed
from registry.exchange.wording import CODES
from registry.models import Knowledge, Part, PartKind, Person, PersonStatus, Submission
from registry.names import script_of
from registry.records.conclusions.episodes import SINGLE as EPISODE_SINGLE
from registry.records.conclusions.facts import canonical_field
from registry.records.drafts.entries import EntryDraft, PassageDraft
from registry.records.entries.previewing import Proposed
from registry.records.people.choosing import CHOOSABLE, standing_of
from registry.submissions.decisions import FieldDecision, PartDecision
from registry.submissions.questions import ABOUT_A_PERSON, NAME, WHO
from registry.submissions.testimony import TESTIMONY
from registry.wording.codes import RANKS
from registry.wording.moderating import value_label

from .comparing import number_of
from .decision_forms import MISSING, DecidedForm, SourceSlug, lines
from .typed_fields import PrintedField

NEW, OTHER = "new", "other"
ORDER = [name for page in (WHO, *ABOUT_A_PERSON) for name in page.values]
LONG = 60
"""From so many letters on a value has several lines."""
CITED = (Knowledge.BOOK, Knowledge.FILE)
RANK_CHOICES = [("", _("as its source"))] + [(code, words) for code, words in RANKS.items() if code]


def ordered(values: Mapping[str, str]) -> list[str]:
    """Return the names of values in the order in which they were asked for."""
    places = {name: number for number, name in enumerate(ORDER)}
    return sorted(values, key=lambda name: (places.get(name, len(places)), name))


def choosable(name: str) -> str:
    """Return the field by which an entry is preferred for a value, or nothing."""
    field = canonical_field(name)
    if field in CHOOSABLE:
        return field
    return f"episode:1.{field}" if field in EPISODE_SINGLE else ""


def value_at(path: str, names: Iterable[str]) -> str:
    """Return the value that is read at a path of an entry: `repressions.1.arrest`."""
    last = path.rpartition(".")[2]
    told = "rehabilitation_date" if last == "date" else last
    return next((name for name in names if told in {name, canonical_field(name)}), "")


class WhoForm(DecidedForm):
    """Whom a part is about: somebody of those offered, somebody by number, or somebody new."""

    who = forms.CharField(required=False, max_length=20)
    other = forms.CharField(label=_("Number, address or name"), required=False, max_length=200)
    may_be_new = True

    def __init__(self, data: Any, *, part: Part, row: Submission) -> None:
        self.part = part
        self.row = row
        super().__init__(data, prefix=f"p{part.position}")
        self.initial["who"] = self.first_person()

    @property
    def known(self) -> Person | None:
        """The person whom whoever sent it named, joined with another or not."""
        person = self.part.person
        while person is not None and person.status == PersonStatus.MERGED:
            person = person.merged_into
        return person

    def first_person(self) -> str:
        """Return who is chosen before anybody chooses."""
        if self.known is not None:
            return str(self.known.pk)
        return NEW if self.may_be_new else ""

    def asked_for(self) -> str:
        """Return the name or number that was typed to find another."""
        return str(self.said("other") or "").replace("\x00", "").strip()

    def person_number(self) -> int | None:
        """Return the person chosen; None for somebody new, and where nobody was found."""
        chosen = self.said("who") or ""
        text = self.asked_for() if chosen == OTHER else chosen
        return None if chosen == NEW else number_of(text)

    def check_person(self) -> int | None:
        """Return the person chosen, following who was joined; say on the form what is wrong."""
        chosen = self.said("who")
        if chosen == NEW and self.may_be_new:
            return None
        number = self.person_number()
        if number is None:
            told = gettext("This is neither a number nor an address.")
            self.add_error("other" if chosen == OTHER else "who", told if chosen else MISSING)
            return None
        person = Person.all_records.filter(pk=number).first()
        while person is not None and person.status == PersonStatus.MERGED:
            person = person.merged_into
        if person is None:
            self.add_error("other", gettext("There is no such person."))
            return None
        return int(person.pk)


class EntryPart(WhoForm):
    """A person or a fact: value by value, as an entry of a source."""

    source = SourceSlug()
    locator = PrintedField(label=_("Place in the source"), max_length=500)
    verbatim = lines(_("Text as printed there"), 3, max_length=20_000)
    quotes = PrintedField(
        label=_("It quotes"),
        max_length=500,
        help_text=_(
            "A testimony that rests on a book or a file which could not be looked up says here"
            " what it quotes. Readers see it."
        ),
    )
    own_rank = forms.ChoiceField(
        label=_("Rank of this entry, where its document was seen"),
        required=False,
        choices=RANK_CHOICES,
    )
    link = forms.BooleanField(required=False, initial=True)

    def __init__(self, data: Any, *, part: Part, row: Submission, guess: str = ""):
        # A fact is somebody's; and a person without values is one who is here.
        self.may_be_new = part.kind == PartKind.PERSON and bool(part.values)
        super().__init__(data, part=part, row=row)
        self.initial["source"] = guess or ("" if self.cites else TESTIMONY)
        self.names = ordered(part.values)
        for name in self.names:
            self._add_value(name, part.values[name])

    def _add_value(self, name: str, text: str) -> None:
        label = value_label(self.part.kind, name)
        decided = self.part.decisions.get(name, {})
        self.fields[f"take-{name}"] = forms.BooleanField(
            label=_("Take"), required=False, initial=decided.get("accept", True)
        )
        rows = 0 if len(text) < LONG and "\n" not in text else 3
        self.fields[f"v-{name}"] = PrintedField(label=label, rows=rows, max_length=20_000)
        self.initial[f"v-{name}"] = decided.get("edited") or text
        if choosable(name):
            self.fields[f"prefer-{name}"] = forms.CharField(
                label=_("Prefer it, because"), required=False, max_length=500
            )

    @property
    def cites(self) -> bool:
        """Tell whether what is said rests on a book or a file."""
        return self.row.knowledge in CITED

    def episode(self) -> int | None:
        """Return the number of the episode that a fact is of, where the person still has it."""
        start, _dot, _name = self.part.field.rpartition(".")
        number = start.removeprefix("episode:")
        if self.known is None or not number.isdecimal() or self.person_number() != self.known.pk:
            return None
        there = {str(one.number) for one in standing_of(self.known.pk).episodes}
        return int(number) if number in there else None

    def taken(self) -> dict[str, str]:
        """Return the values that are taken, as they are to be read."""
        found = {
            name: str(self.said(f"v-{name}") or "").strip()
            for name in self.names
            if self.said(f"take-{name}")
        }
        return {name: text for name, text in found.items() if text}

    def preferred(self) -> dict[str, str]:
        """Return by value why this entry is to be believed for it."""
        reasons = {
            name: str(self.said(f"prefer-{name}") or "").strip()
            for name in self.taken()
            if choosable(name)
        }
        return {name: why for name, why in reasons.items() if why}

    def read(self, terms: Callable[[], Known] = known_terms) -> Read:
        """Read the values taken as an entry of the source named; `terms` are the vocabularies."""
        values = self.taken()
        name = " ".join(values.get(one, "") for one in NAME)
        latin = script_of(name) == "Latn"
        fits = not name.strip() or latin == (self.row.language == "en")
        return read_typed(
            source=self.said("source") or TESTIMONY,
            key="new",
            values=values,
            language=self.row.language if fits else "",
            known_person=self.said("who") != NEW,
            terms=terms,
        )

    def proposed(self, draft: EntryDraft, people: Collection[int]) -> Proposed:
        """Return what is proposed as it stands; `people` are those that there are."""
        rank = str(self.said("own_rank") or "")
        person = self.person_number()
        return Proposed(
            draft,
            person if person in people else None,
            prefer={choosable(name) for name in self.preferred()},
            own_rank=int(rank) if rank else None,
            episode=self.episode(),
        )

    def accepted(self) -> PartDecision | None:
        """Return what accepting comes to, or say on the form what is wrong."""
        person = self.check_person()
        values = {name: self._decision(name) for name in self.names}
        if not self.names:
            return None if self.errors else PartDecision(self.part.position, True, person=person)
        if not self.taken():
            self.add_error(None, gettext("Nothing of it is taken. Reject it, and say why."))
            return None
        read = self.read()
        self._tell_problems(read)
        quotes = self.said("quotes")
        if self.cites and self.said("source") in {"", TESTIMONY} and not quotes:
            self.add_error(
                "source",
                gettext(
                    "It rests on a book or a file: name that source. An editor adds one that is"
                    " not in the registry. Where it cannot be looked up, name the testimonies and"
                    " say what is quoted."
                ),
            )
        elif not self.said("source"):
            self.add_error("source", MISSING)
        if self.errors or read.draft is None:
            return None
        rank = self.said("own_rank")
        return PartDecision(
            self.part.position,
            True,
            values=values,
            draft=replace(read.draft, passage=self._passage()),
            person=person,
            prefer={choosable(name): why for name, why in self.preferred().items()},
            own_rank=int(rank) if rank else None,
            episode=self.episode(),
            link=bool(self.said("link")),
        )

    def _decision(self, name: str) -> FieldDecision:
        text = str(self.said(f"v-{name}") or "").strip()
        if not self.said(f"take-{name}") or not text:
            return FieldDecision(accept=False)
        return FieldDecision(True, None if text == self.part.values[name] else text)

    def _tell_problems(self, read: Read) -> None:
        for problem in read.problems:
            name = f"v-{value_at(problem.field, self.names)}"
            words = CODES.get(problem.code, gettext("This is not possible."))
            self.add_error(name if name in self.fields else None, str(words))

    def _passage(self) -> PassageDraft | None:
        """Return where in the source it stands; who told a testimony is read from elsewhere."""
        locator, text, quotes = (
            str(self.said(name) or "").strip() for name in ("locator", "verbatim", "quotes")
        )
        if not (locator or text or quotes):
            return None
        language = self.row.language if text else ""
        return PassageDraft(locator=locator, language=language, text=text, quotes=quotes)
