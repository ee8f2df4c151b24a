"""How much one visitor may do in a while, counted in the cache and nowhere else.

Nobody's address is kept (`visitors`). Many people share one: a family, a school, a mobile
network, whoever comes by Tor. So the limits leave room for a crowd and stop only programs; what a
person reads is limited by what a person can read.

There is none on tries of one receipt from everywhere: its secret cannot be guessed, and whoever saw
the first two groups of someone's receipt could shut her out with it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.core.cache import cache

from .visitors import keyed_address

HOUR = 60 * 60
DAY = 24 * HOUR
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many of something within so many seconds; `why` these.

    `closed` is what happens when the cache is gone: a limit that is closed lets nobody pass, one
    that is not lets everybody.
    """

    most: int
    seconds: int
    why: str
    closed: bool = False


LIMITS = {
    "start": Limit(
        40, HOUR, "A class of thirty sends what each of them heard at home, in one lesson."
    ),
    "save": Limit(
        1_000, HOUR, "Forty who write at once, each saving two dozen pages; a page costs little."
    ),
    "upload": Limit(
        400, HOUR, "Ten whole case files of forty pages; each file may cost two seconds of work."
    ),
    "receipt": Limit(
        60,
        HOUR,
        "Typed once a visit, from paper, with slips of the hand. A try costs 38 ms and 16 MiB.",
        closed=True,
    ),
    "reply": Limit(60, HOUR, "Each is read by a moderator."),
    "take-down": Limit(
        20, HOUR, "Each hides something at once or is read by a moderator before all others."
    ),
    "mail": Limit(
        5,
        DAY,
        "Counted by the mail address and not by the visitor's: nobody has strangers written to.",
        closed=True,
    ),
}
"""What is limited, by the name of the bucket it is counted in."""


class NotCounted(Exception):
    """The cache does not count, and this limit is closed then.

    The pages answer it as they answer a cache that is gone: in words, with status 503.
    """


def allows(bucket: str, address: str, *, amount: int = 1) -> bool:
    """Count an act in one of `LIMITS` and tell whether it is still within it.

    Raises NotCounted, where the cache is gone and the limit is closed.
    """
    limit = LIMITS[bucket]
    return count(
        bucket,
        address,
        limit=limit.most,
        seconds=limit.seconds,
        amount=amount,
        closed=limit.closed,
    )


def count(
    bucket: str,
    address: str,
    *,
    limit: int,
    seconds: int,
    amount: int = 1,
    closed: bool = False,
) -> bool:
    """Add to what was counted since the first act, and tell whether it is within the limit.

    The time begins with the first act and is not drawn out by later ones; at midnight (UTC) the
    key of the day changes, and with it all begins anew. A cache that is gone is no reason to
    lose what someone wrote: it is as if there were no limit, unless `closed`. Raises NotCounted.
    """
    key = f"limit:{bucket}:{keyed_address(address)}"
    try:
        return _added(key, amount, seconds) <= limit
    except Exception as error:  # each kind of cache has exceptions of its own
        _LOGGER.exception("not-counted")
        if closed:
            raise NotCounted from error
        return True


def _added(key: str, amount: int, seconds: int) -> int:
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key, amount))
    except ValueError:
        # Its time ended between the two; where it is not there again, the cache forgets.
        cache.add(key, 0, timeout=seconds)
        return int(cache.incr(key, amount))
