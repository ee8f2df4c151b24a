"""After a name: people of the registry who are similar, and whether it is one of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from registry.linking import KnownName, Reason, find_similar, profile_of
from registry.models import PartKind
from registry.records import person_lines
from registry.records.public.shapes import PersonLine
from registry.submissions.own import OwnPart, OwnSubmission, own_submission
from registry.submissions.questions import WHO
from registry.submissions.receiving import name_person
from registry.submissions.understanding import understood
from registry.wording.similar import ReasonLine, reason_lines
from registry.wording.submissions import CHOOSE

from .answers import answer
from .owning import with_own
from .places import Place, address_after, part_title
from .trying import Tried, attempt

MOST = 5
NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant, and why, in words."""

    line: PersonLine
    reasons: tuple[str, ...]


@with_own
def similar(request: HttpRequest, own: OwnSubmission, part: int) -> HttpResponse:
    """Ask whether a new person is one of those who are here; lead on where nobody is similar."""
    told = next((one for one in own.parts if one.position == part), None)
    if told is None or told.kind != PartKind.PERSON:
        raise Http404
    if own.state != "draft":
        return HttpResponseRedirect(reverse("receipt_open"))
    tried = Tried()
    chosen = ""
    found = candidates(told)
    if request.method == "POST":
        chosen = request.POST.get("person", "")
        numbers = {str(one.line.id): one.line.id for one in found}
        if chosen not in {*numbers, NOBODY}:
            tried.refuse(CHOOSE)
        attempt(
            tried,
            lambda: name_person(
                submission=own.id, position=part, person=numbers.get(chosen), now=timezone.now()
            ),
        )
        if tried:
            return _onward(own_submission(own.id), part)
    elif not found:
        return _onward(own, part)
    context = {
        "own": own,
        "candidates": found,
        "title": part_title(own, told),
        "chosen": chosen or str(told.person or ""),
        "nobody": NOBODY,
        "tried": tried,
        "who": Place(WHO, part),
    }
    return answer(request, "registry/submit/similar.html", context, status=tried.status)


def candidates(part: OwnPart) -> list[Candidate]:
    """Return the people most like the one who is told of, of those the public may see."""
    values = part.values
    name = KnownName(
        values.get("family_name", ""), values.get("given_name", ""), values.get("patronymic", "")
    )
    if not any(name):
        return []
    profile = profile_of(
        name,
        sex=values.get("sex", ""),
        birth=understood(values.get("birth_date", "")),
        death=understood(values.get("death_date", "")),
        birth_place=values.get("birth_place", ""),
        residence=values.get("residence", ""),
        occupation=values.get("occupation", ""),
    )
    found = find_similar(profile=profile, public_only=True, limit=MOST)
    likely = {one.person: one for one in found if one.blocked is None}
    lines = person_lines(list(likely), language=get_language() or "en")
    return [
        Candidate(line, tuple(reason.text for reason in _for(likely[line.id].reasons)))
        for line in lines
    ]


def _for(reasons: tuple[Reason, ...]) -> list[ReasonLine]:
    """Return what speaks for it; what is shown is to be recognised, and not argued with."""
    return [line for line in reason_lines(reasons) if line.weight > 0]


def _onward(own: OwnSubmission, part: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(address_after(own, Place(WHO, part)))
