"""What is decided of a wish to hide: how much of somebody, and what of it is taken away at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _, ngettext, override

from registry.models import Biography, Document, Entry, Part, PersonStatus, Photograph, Submission
from registry.records.conclusions.facts import canonical_field
from registry.records.conclusions.saying import facts_of_people
from registry.records.entries.editing import DOUBTED
from registry.submissions.decisions import FieldDecision, PartDecision, TakenAway
from registry.wording.codes import word

from .comparing import entry_lines, number_of
from .decision_forms import MISSING, lines
from .part_forms import OTHER, WhoForm
from .worded import in_reader_language

SUPPRESS, NOTHING = "suppress", "nothing"
HIDING: dict[str, Any] = {
    PersonStatus.RESTRICTED: _("Hide at once all but name, years, fate and source"),
    PersonStatus.WITHDRAWN: _("Hide everything at once"),
    SUPPRESS: _("Hide everything at once, and propose to suppress: nothing is told, not even why"),
    NOTHING: _("Hide nobody: take away what is marked below, or say what else was done"),
}
HIDDEN: dict[str, Any] = {
    PersonStatus.RESTRICTED: _("All but the name, years, fate and source is hidden."),
    PersonStatus.WITHDRAWN: _("All of it is hidden."),
    SUPPRESS: _("All of it is hidden."),
}
"""What whoever wished it reads."""
KINDS = {"photograph": "photographs", "document": "documents", "entry": "entries"}
"""Things that are named by their ids, and where `TakenAway` has them."""
Choices = list[tuple[str, str]]


class TakedownPart(WhoForm):
    """A wish that somebody be hidden: how much of them, at once, or what is taken away."""

    hide = forms.ChoiceField(
        label=_("What is done"),
        required=False,
        widget=forms.RadioSelect,
        choices=list(HIDING.items()),
    )
    take = forms.MultipleChoiceField(
        label=_("Taken away"), required=False, widget=forms.CheckboxSelectMultiple
    )
    doubt = forms.MultipleChoiceField(
        label=_("Not believed any more"), required=False, widget=forms.CheckboxSelectMultiple
    )
    doubt_why = lines(
        _("Why it is not believed"), 2, max_length=500, help_text=_("Readers see it beside it.")
    )
    done = lines(
        _("What else was done"),
        2,
        max_length=2000,
        help_text=_("Read under the receipt, after what is marked above."),
    )
    may_be_new = False

    def __init__(self, data: Any, *, part: Part, row: Submission) -> None:
        super().__init__(data, part=part, row=row)
        person = self._whose(data)
        for name, found in (("take", _things(person)), ("doubt", _facts(person))):
            self.fields[name].choices = found  # type: ignore[attr-defined]  # it has choices

    def _whose(self, data: Any) -> int | None:
        """Return whose things can be marked: of whoever is chosen on the page as it was sent."""
        if data is None:
            return self.known.pk if self.known else None
        chosen, other = (str(data.get(self.add_prefix(name), "")) for name in ("who", "other"))
        return number_of(other if chosen == OTHER else chosen)

    def accepted(self) -> PartDecision | None:
        """Return what granting it comes to, or say on the form what is wrong."""
        chosen = str(self.said("hide") or "")
        taken = self._taken()
        if not chosen:
            self.add_error("hide", MISSING)
        if chosen == NOTHING and taken is None and not self.said("done"):
            self.add_error("done", gettext("Mark what is taken away, or say what was done."))
        if self.said("doubt") and not self.said("doubt_why"):
            self.add_error("doubt_why", MISSING)
        person = None if chosen == NOTHING and taken is None else self.check_person()
        if self.errors:
            return None
        hide = {SUPPRESS: PersonStatus.WITHDRAWN, NOTHING: ""}.get(chosen, chosen)
        return PartDecision(
            self.part.position,
            True,
            reason_text=self._told(chosen, taken),
            values={name: FieldDecision(accept=True) for name in self.part.values},
            person=person,
            hide=str(hide),
            suppress=chosen == SUPPRESS,
            taken=taken,
        )

    def _taken(self) -> TakenAway | None:
        """Return what is marked, if anything is."""
        marked = [one.partition(":") for one in self.said("take") or ()]
        doubted = [one.partition(":") for one in self.said("doubt") or ()]
        if not marked and not doubted:
            return None
        ids = {
            name: tuple(int(what) for own, _, what in marked if own == kind)
            for kind, name in KINDS.items()
        }
        return TakenAway(
            lives=tuple(what for kind, _, what in marked if kind == "life"),
            doubted=tuple((int(entry), field) for entry, _, field in doubted),
            why={"en": str(self.said("doubt_why") or "").strip()},
            **ids,
        )

    def _told(self, chosen: str, taken: TakenAway | None) -> str:
        """Return what was done in the language of whoever wished it."""
        with override(self.row.language):
            told = [str(HIDDEN[chosen])] if chosen in HIDDEN else []
            told += _counted(taken) if taken else []
        return "\n".join(filter(None, [*told, str(self.said("done") or "").strip()]))


def _counted(taken: TakenAway) -> list[str]:
    """Return in words how much was taken away of each kind."""
    pictures = len(taken.photographs) + len(taken.documents)
    lives, entries, facts = len(taken.lives), len(taken.entries), len(taken.doubted)
    words = (
        (pictures, ngettext("%(n)s picture is taken away.", "%(n)s pictures are taken away.",
                            pictures)),
        (lives, ngettext("%(n)s biography is taken away.", "%(n)s biographies are taken away.",
                         lives)),
        (entries, ngettext("What %(n)s source says is taken away.",
                           "What %(n)s sources say is taken away.", entries)),
        (facts, ngettext("%(n)s statement is marked as not believed.",
                         "%(n)s statements are marked as not believed.", facts)),
    )  # fmt: skip
    return [told % {"n": count} for count, told in words if count]


def _things(person: int | None) -> Choices:
    """Return the pictures, lives and entries of somebody that can be taken away."""
    if person is None:
        return []
    found: Choices = []
    for model, kind, label in (
        (Photograph, "photograph", gettext("Photograph")),
        (Document, "document", gettext("Scan")),
    ):
        for row in model.all_records.filter(person=person).order_by("pk"):
            told = (label, str(row.pk), in_reader_language(row.caption))
            found.append((f"{kind}:{row.pk}", " ".join(filter(None, told))))
    lives = Biography.all_records.filter(person=person).order_by("language")
    for language, title in lives.values_list("language", "title"):
        found.append((f"life:{language}", f"{gettext('Biography')} ({language}): {title}"))
    entries = Entry.all_records.get_queryset().in_use().filter(person=person)
    for line in entry_lines(entries):
        where = f"{gettext('Entry')} {line.id} {line.source} {line.where}"
        found.append((f"entry:{line.id}", where.strip()))
    return found


def _facts(person: int | None) -> Choices:
    """Return what the entries of somebody say, entry by entry, that may be believed no more."""
    if person is None:
        return []
    found: dict[str, str] = {}
    for entry in facts_of_people([person]).get(person, ()):
        for said in (entry.values, *(row.values for row in entry.repressions)):
            for name in map(canonical_field, said):
                if name in DOUBTED:
                    label = f"{gettext('Entry')} {entry.ref.id}: {word('field', name)}"
                    found[f"{entry.ref.id}:{name}"] = label
    return list(found.items())
