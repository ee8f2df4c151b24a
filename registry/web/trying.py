"""Doing what a form asks: why it cannot be done is said in words, and nothing typed is lost."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from registry.submissions.limits import NotCounted, allows
from registry.submissions.states import SubmissionRefused
from registry.submissions.traps import HONEYPOT, Trapped, check_traps, form_token
from registry.submissions.visitors import address_of
from registry.wording.submissions import CLOSED, TOO_MANY, TRAPPED, refusal_words

from .errors import WORDS_OF_CODE
from .trouble import trouble_of

_LOGGER = logging.getLogger(__name__)
WHOLE = ""
"""What is wrong with a form as a whole, and with no box of it, stands under this name."""


@dataclass(slots=True)
class Tried:
    """What came of a form: `errors` in words by the box they belong to, and the `status`.

    `token` is what it is to be shown with again, `once` the number that no other form has.
    """

    errors: dict[str, str] = field(default_factory=dict)
    status: int = 200
    token: str = ""
    once: str = ""

    def __bool__(self) -> bool:
        """Tell whether it was done."""
        return not self.errors

    def refuse(self, words: Any, *, name: str = WHOLE, status: int = 422) -> None:
        """Say what is wrong."""
        self.errors.setdefault(name, str(words))
        self.status = status

    @property
    def whole(self) -> str:
        """What is wrong with the form as a whole."""
        return self.errors.get(WHOLE, "")


def closed(tried: Tried) -> bool:
    """Refuse while the registry can only be read."""
    if settings.READ_ONLY:
        tried.refuse(CLOSED, status=503)
    return settings.READ_ONLY


def within(request: HttpRequest, bucket: str, tried: Tried, *, amount: int = 1) -> bool:
    """Count an act, and refuse what is more than `limits` lets pass, or what cannot be counted."""
    try:
        if allows(bucket, address_of(request.META), amount=amount):
            return True
        tried.refuse(TOO_MANY, status=429)
    except NotCounted:
        tried.refuse(WORDS_OF_CODE["no-cache"], status=503)
    return False


def untrapped(request: HttpRequest, form: str, tried: Tried) -> bool:
    """Ask once more for what fell into a trap for programs."""
    trapped: Trapped = check_traps(
        form,
        token=request.POST.get("token", ""),
        honeypot=request.POST.get(HONEYPOT, ""),
        now=timezone.now(),
    )
    tried.token, tried.once = trapped.token, trapped.once
    if trapped:
        tried.refuse(TRAPPED[trapped.code])
    return not trapped


def new_token(form: str) -> str:
    """Return what a form that is shown for the first time carries."""
    return form_token(form, now=timezone.now())


def changes_language(request: HttpRequest) -> bool:
    """Tell whether a form was sent to go on with it in another language."""
    return request.POST.get("go") == "language"


def attempt(tried: Tried, do: Callable[[], Any]) -> Any:
    """Do it, if nothing was wrong so far, and return what it returns; say in words why not.

    A database or a disk that fails is answered on the same page, with all that was typed.
    """
    if not tried or closed(tried):
        return None
    try:
        return do()
    except SubmissionRefused as refused:
        tried.refuse(refusal_words(refused.code), name=refused.field)
    except Exception as error:
        code = trouble_of(error)
        if not code:
            raise
        _LOGGER.exception(code)
        tried.refuse(WORDS_OF_CODE[code], status=503)
    return None
