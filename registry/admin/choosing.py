"""The acts of choosing: which entry to believe where the sources differ, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy as _

from registry.models import SHOWN, Person
from registry.records.people.choosing import ChoiceRefused, choose, drop_choice
from registry.records.people.rivals import rivals_of

from .acts import OFFERED, ActForm, Offer, run_act
from .base import acting

REFUSALS = {
    "unknown-person": _("There is no such person."),
    "hidden": _("This person is hidden. Nothing is chosen for someone readers cannot see."),
    "unknown-field": _("Nothing can be chosen for this field."),
    "several-values": _("The values of this field stand side by side; none is preferred."),
    "unknown-entry": _("This entry is not one of this person any more."),
    "withdrawn": _("This entry, or its source, has been withdrawn."),
    "discredited": _("What this entry says here is not believed: it was discredited."),
    "not-stated": _("This entry does not state it any more."),
    "not-understood": _("The date in this entry was not understood, and others have one that was."),
    "no-choice": _("There is no such choice any more."),
}
BACK_TO_RULE = "rule:"


class ChooseForm(ActForm):
    """One value of all that are in dispute, or back to the rule, and why."""

    pick = forms.ChoiceField(
        label=_("Believe"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the values."),
            "invalid_choice": _("This can no longer be chosen: what the sources say has changed."),
        },
    )

    def __init__(self, *args: Any, picks: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pick"]
        field.choices = [(pick, pick) for pick in picks]
        self.fields["reason"].help_text = _(
            "Readers see it beside the value: what was seen, and where. No names of living people."
        )


def choose_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Believe one of the values the sources differ on, or let the rule decide again."""
    person = get_object_or_404(Person.all_records.all(), pk=pk)
    rivals, lapsed = rivals_of(pk, language=get_language() or "en")
    picks = [side.pick for one in rivals for side in one.sides]
    drops = [one.drop for one in rivals] + [one.drop for one in lapsed]
    picks += [BACK_TO_RULE + drop for drop in drops if drop]

    def do(data: Mapping[str, Any]) -> Any:
        by, role = acting(request)
        dropped = data["pick"].startswith(BACK_TO_RULE)
        entry, _colon, field = data["pick"].removeprefix(BACK_TO_RULE).partition(":")
        act = drop_choice if dropped else choose
        return act(
            person=pk,
            field=field,
            entry=int(entry),
            by=by,
            role=role,
            reason=data["reason"],
            now=timezone.now(),
        )

    return run_act(
        request,
        title=gettext("Choose what to believe"),
        form=ChooseForm(request.POST or None, picks=picks),
        do=do,
        back=reverse("admin:registry_person_change", args=[pk]),
        refusals=REFUSALS,
        refused=ChoiceRefused,
        about=person,
        template="admin/registry/choose.html",
        context={"rivals": rivals, "lapsed": lapsed, "sex": person.sex},
    )


ROUTES = [path("person/<int:pk>/choose/", choose_entry, name="registry_person_choose")]
OFFERED.setdefault("person", []).append(
    Offer("admin:registry_person_choose", _("Choose…"), fits=lambda row: row.status in SHOWN)
)
