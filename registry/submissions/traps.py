"""Two traps for programs that fill forms in: a field nobody sees, and a form sent in no time.

A person may fall into either: a browser fills in what it knows, a practised hand is fast, a form
lies open overnight. So nothing is refused. The form comes back with what was typed and a quiet
request to send it again, and the second time it passes.

When a form was shown stands, signed, in the form alone, with a number that no other form has: it
goes to the browser and comes back, and is kept nowhere.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

HONEYPOT = "homepage"
"""The field that nobody sees; called so that programs like it and browsers do not know it."""
LEAST = timedelta(seconds=2)
"""Nobody reads and answers a page sooner, and no program that is worth running waits so long."""
MOST = timedelta(hours=24)
"""A form may lie open for a day; one collected for later use is shown anew."""
CLOCKS = timedelta(minutes=1)
"""How much the clocks of two machines that serve the site may differ."""
ONCE_BYTES = 16
_SALT = "registry.submissions.traps"


@dataclass(frozen=True, slots=True)
class Trapped:
    """What came of the traps: `code` is empty where neither was sprung.

    Else it is `too-fast`, `too-old`, `forged` (or none was given) or `filled-in`, and `token` is
    what the form is to be shown with again. `once` is the same as often as one form is sent.
    """

    code: str
    token: str
    once: str = ""

    def __bool__(self) -> bool:
        """Tell whether the form is to be sent again."""
        return bool(self.code)


def form_token(form: str, *, now: datetime, once: str = "") -> str:
    """Return what the form of this name, and no other, carries in a hidden field."""
    return _signer(form).sign(f"{int(now.timestamp())}.{once or secrets.token_hex(ONCE_BYTES)}")


def once_of(token: str) -> str:
    """Return the number that no other form has, of a token whether it was signed here or not."""
    return token.partition(":")[0].partition(".")[2]


def check_traps(
    form: str, *, token: str, honeypot: str, now: datetime, least: timedelta = LEAST
) -> Trapped:
    """Tell whether a form that was sent fell into a trap.

    One that was sent too fast is shown again with the token it had, so that whoever sends it
    again passes; in every other case a new token begins the time anew.
    """
    anew = form_token(form, now=now)
    if honeypot:
        return Trapped("filled-in", anew)
    try:
        shown = int(_signer(form).unsign(token).partition(".")[0])
    except (signing.BadSignature, ValueError):
        return Trapped("forged", anew)
    open_for = now.timestamp() - shown
    if open_for < -CLOCKS.total_seconds():
        return Trapped("forged", anew)
    if open_for < least.total_seconds():
        return Trapped("too-fast", token)
    if open_for > MOST.total_seconds():
        return Trapped("too-old", anew)
    return Trapped("", token, once_of(token))


def _signer(form: str) -> signing.Signer:
    return signing.Signer(salt=f"{_SALT}.{form}")
