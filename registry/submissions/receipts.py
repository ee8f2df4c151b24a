"""Receipts: 24 digits by which someone without an account comes back to what she sent.

Eight digits find the row, fifteen are the secret, the last is a check digit. Of all but the first
eight only a hash is kept, so that nobody who reads the database can use a receipt. The words
around a receipt belong to the pages.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac

DIGITS = 24
FINDER = 8
GROUP = 4
SALT_BYTES = 16
HASH_BYTES = 32
COST = {"n": 2**14, "r": 8, "p": 1}
"""38 ms and 16 MiB a try on a 2-core server of 2024: sixteen threads that all try take 256 MiB.

The fifteen digits are 50 bits. Whoever steals the database and has a thousand such cores looks
for one receipt for some six hundred years on the average; whoever has only the page is stopped by
`limits`.
"""
MEMORY = 32 * 2**20
"""What OpenSSL may take for a try: twice what it needs, its own default."""
LONGEST = 400
"""Characters that are read: room for every way to part 24 digits, and no more."""

# A totally anti-symmetric quasigroup of order 10 (H. Michael Damm, Total anti-symmetrische
# Quasigruppen, Marburg 2004): no wrong digit and no swap of neighbours keeps the check digit.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_PARTING = frozenset({"Pd", "Zs", "Zl", "Zp", "Cc", "Cf"})
"""Dashes, spaces, line breaks, and the unseen marks that are copied along with a text."""
_SIGNS = frozenset("\N{MINUS SIGN}_.,·•|/")
"""What else people and keyboards put between groups."""
_LOOKALIKES = str.maketrans("OoОоΟοIlіІЗзбБSsВB", "000000111133665588")
"""Letters that are written like a digit; what was another one the check digit tells."""


class ReceiptMistyped(ValueError):
    """What was typed cannot be a receipt: `code` is `not-digits`, `length` or `check-digit`.

    It is told before anything is looked up, and so says nothing about which receipts there are.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Receipt:
    """A new receipt: `digits` are shown once, `finder`, `salt` and `hash` are kept.

    The digits stay out of its representation, and so out of every report of a fault.
    """

    digits: str = field(repr=False)
    salt: bytes
    hash: bytes

    @property
    def shown(self) -> str:
        """The digits in six groups of four."""
        return grouped(self.digits)

    @property
    def finder(self) -> str:
        """The first eight digits: they find the row and open nothing."""
        return finder_of(self.digits)


def new_receipt() -> Receipt:
    """Make a receipt nobody can foresee.

    Finders are drawn from 100 million: the caller draws again where the row's unique finder is
    taken.
    """
    chosen = f"{secrets.randbelow(10 ** (DIGITS - 1)):0{DIGITS - 1}d}"
    return _receipt(chosen)


def receipt_of(once: str, turn: int = 0) -> Receipt:
    """Make the receipt of a form: the same as often as that form is sent.

    Whoever presses twice is shown the answer to the second press alone, and must be able to use
    the receipt that stands there. `once` is known to her browser alone, and what it comes to to
    this server alone. Of `turn` the caller takes the next where the finder is taken.
    """
    digest = salted_hmac("receipts", f"{turn}.{once}", algorithm="sha256").digest()
    chosen = f"{int.from_bytes(digest) % 10 ** (DIGITS - 1):0{DIGITS - 1}d}"
    return _receipt(chosen)


def read_receipt(text: str) -> str:
    """Return the 24 digits of what somebody typed, pasted or read aloud.

    Digits of every script count, also full-width ones, however they are parted, and letters that
    look like them, as whoever reads a picture of them puts in. Raises ReceiptMistyped.
    """
    if len(text) > LONGEST:
        raise ReceiptMistyped("length")
    digits = "".join(_digit(character) for character in text.translate(_LOOKALIKES))
    if len(digits) != DIGITS:
        raise ReceiptMistyped("length")
    if check_digit(digits) != "0":
        raise ReceiptMistyped("check-digit")
    return digits


def grouped(digits: str) -> str:
    """Return digits in groups of four, as they are shown."""
    return " ".join(re.findall(f".{{1,{GROUP}}}", digits))


def finder_of(digits: str) -> str:
    """Return the part of a receipt that finds its row."""
    return digits[:FINDER]


def matches(digits: str, salt: bytes, hash: bytes) -> bool:  # noqa: A002 (as the column is named)
    """Tell whether a receipt is the one a row was made with; it takes as long either way."""
    return hmac.compare_digest(_hashed(digits, salt), hash)


def pretend(digits: str) -> bool:
    """Do the work of `matches` for a finder no row has, and say no.

    Without it an answer that comes at once would tell that there is no such finder.
    """
    return matches(digits, bytes(SALT_BYTES), bytes(HASH_BYTES))


def check_digit(digits: str) -> str:
    """Return the digit that makes these whole; of what is whole already it is 0."""
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return str(state)


def _receipt(chosen: str) -> Receipt:
    digits = chosen + check_digit(chosen)
    salt = secrets.token_bytes(SALT_BYTES)
    return Receipt(digits=digits, salt=salt, hash=_hashed(digits, salt))


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(value)
    if unicodedata.category(character) in _PARTING or character in _SIGNS:
        return ""
    raise ReceiptMistyped("not-digits")


def _hashed(digits: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        digits[FINDER:].encode("ascii"), salt=salt, dklen=HASH_BYTES, maxmem=MEMORY, **COST
    )
