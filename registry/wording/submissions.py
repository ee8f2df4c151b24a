"""What becomes of what was sent, in words: kinds, states, reasons, and why something is refused."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .uploads import REFUSALS as OF_FILES
from .words import Words

KINDS: Words = {
    "person": _("Somebody who is not here yet"),
    "addition": _("More about somebody who is here"),
    "correction": _("A correction of one fact"),
    "biography": _("A biography"),
    "files": _("Photographs and scans"),
    "site": _("A memorial site, or a figure for one"),
    "takedown": _("A request to hide or remove something"),
}
"""What somebody came to send."""

STATES: Words = {
    "draft": _("Not sent yet"),
    "waiting": _("Sent; waits for a moderator"),
    "asked": _("A moderator has a question"),
    "accepted": _("Accepted"),
    "rejected": _("Not accepted"),
    "withdrawn": _("Withdrawn by you"),
}
STATE_NOTES: Words = {
    "draft": _("Nobody reads it before it is sent. Go on with it, or withdraw it."),
    "waiting": _("It is read in the order in which it came. Nothing of it is public yet."),
    "asked": _("The question stands below. It is decided sooner if you can answer it."),
    "accepted": _("What was taken stands in the registry, with its source. See each part below."),
    "rejected": _("Nothing of it was taken. The reason stands below, and what can be done."),
    "withdrawn": _("Nothing of what you sent is kept, except that there was something."),
}

OUTCOMES: Words = {
    "accepted": _("Taken"),
    "rejected": _("Not taken"),
}

REASONS: Words = {
    "no-source": _("There is nothing by which it could be checked."),
    "contradicted": _("A source that stands higher says otherwise."),
    "known": _("The registry says this already."),
    "other-person": _("It is about somebody else, whose name is similar."),
    "not-in-scope": _("It is outside of what this registry holds."),
    "living": _("It is about someone who may still be living."),
    "rights": _("It is not clear that the picture may be shown."),
    "unreadable": _("The picture cannot be read."),
    "no-answer": _("A question was not answered."),
    "other": _("For another reason, which stands beside it."),
}
"""Why something was not taken."""

NEXT_STEPS: Words = {
    "no-source": _(
        "If you find a paper, a page of a book, or who it was told by, please send it again with"
        " that."
    ),
    "contradicted": _("If there is a document that says what you wrote, please send a scan of it."),
    "known": _("Nothing needs to be done. Thank you all the same."),
    "other-person": _(
        "If you know what tells them apart (patronymic, year, place), please send it as somebody"
        " new."
    ),
    "not-in-scope": _("The page “About” says who is included, and why."),
    "living": _(
        "Such things are shown only of people who have died. They themselves may write to us."
    ),
    "rights": _("If you can say whose the picture is and that it may be shown, send it again."),
    "unreadable": _("A new scan or a photograph in daylight may be readable."),
    "no-answer": _("It can be sent again at any time, with the answer."),
    "other": _("It can be sent again at any time."),
}
"""What whoever reads the reason can do."""

REFUSALS: dict[str, Promise] = {
    "unknown-person": _("This person is not shown here."),
    "unknown-site": _("This place is not shown here."),
    "unknown-field": _("There is no such fact."),
    "unknown-value": _("This is not one of the answers."),
    "unknown-kinship": _("This is not one of the answers."),
    "unknown-part": _("This part is not there any more."),
    "unknown-file": _("This picture is not there any more."),
    "too-long": _("This is too long. Please shorten it, or send it in two parts."),
    "nul": _("There is a sign in it that cannot be kept. Please type it anew."),
    "too-many": _("There is no room for more in one submission. Please send this one first."),
    "too-many-files": _("Forty pictures are the most in one submission. Please send this first."),
    "already-there": _("The same picture is there already."),
    "not-a-picture": _("Files of this kind are not taken here."),
    "empty": _("Please write something."),
    "not-now": _("This cannot be changed any more: a decision was made, or it was taken back."),
    "unread-name": _(
        "Another name would be public unread. Leave the one that was read, or take it away."
    ),
    "first-part": _("This part cannot be taken out."),
    "no-name": _("A name is missing. One name alone is enough."),
    "no-basis": _("How you know is missing."),
    "nothing-said": _("Nothing is said yet that could be decided on."),
    "no-rights": _("Whose the pictures are, and whether they may be shown, is missing."),
}
"""Why something cannot be done with a submission, by the code of the refusal."""

MISTYPED: Words = {
    "not-digits": _("A receipt has digits only. There is something else in what you typed."),
    "length": _("A receipt has 24 digits. Please count them."),
    "check-digit": _("A digit is wrong, or two stand in each other’s place. Please compare them."),
}
"""Why something cannot be a receipt at all."""
UNKNOWN_RECEIPT = _(
    "There is nothing under this receipt. A draft that nobody went on with for 30 days is deleted."
)

CHOOSE = _("Please choose one of them, or that it is none of them.")
NO_ADDRESS = _("This is not an e-mail address.")

TRAPPED: Words = {
    "too-fast": _("That was very fast. Please look once more and press the button again."),
    "too-old": _("This page lay open for more than a day. Please press the button again."),
    "forged": _("Please press the button again: the page was not shown by this site just now."),
    "filled-in": _("Please press the button again. What your browser filled in was left out."),
}
"""Why a form is shown again as it was sent."""

TOO_MANY = _(
    "Too much has come from your connection within the last hour. What you typed is still here:"
    " wait a little and press the button again."
)
CLOSED = _(
    "The registry can only be read at the moment. What you typed is still here: leave this page"
    " open and press the button again later."
)


def refusal_words(code: str) -> str:
    """Return why something was refused."""
    return str(REFUSALS.get(code, _("This is not possible.")))


def file_refusal(code: str, limit: Any = None) -> str:
    """Return why a file was not taken; the most that is taken is named where it is about that."""
    words = str(OF_FILES.get(code) or REFUSALS.get(code, code))
    return words % {"limit": limit} if "%(limit)s" in words else words
