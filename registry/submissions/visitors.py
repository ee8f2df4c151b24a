"""Where a request comes from, as far as it is known here: a number that means nothing tomorrow.

Limits must tell one visitor from another and are to keep nothing about anyone. They count under
an HMAC of the address, made with a key of the day: nobody who reads the cache learns an address,
and what was counted yesterday cannot be joined to what is counted today.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUSEHOLD = 64
"""Bits of an IPv6 address that are a household's; it draws the others as it likes."""
_WITH_PORT = re.compile(r"\[([^\]]+)\](?::\d+)?|([\d.]+):\d+")


def address_of(meta: Mapping[str, Any]) -> str:
    """Return the address a request came from, of `request.META`; empty where it cannot be told.

    Behind proxies it is what the outermost of them (`TRUSTED_PROXIES` from the end) saw; what a
    visitor says before that is not looked at.
    """
    passed = str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    proxies: int = settings.TRUSTED_PROXIES
    if proxies and len(passed) >= proxies and passed != [""]:
        return passed[-proxies].strip()
    return str(meta.get("REMOTE_ADDR", ""))


def keyed_address(address: str) -> str:
    """Return what an address is counted by today: 64 hexadecimal digits.

    IPv6 is taken by the household. What is no address, such as a mail address or nothing, is
    taken as it stands.
    """
    day = timezone.now().date().isoformat()
    return salted_hmac(f"visitors:{day}", _household(address), algorithm="sha256").hexdigest()


def _household(address: str) -> str:
    with_port = _WITH_PORT.fullmatch(address)
    try:
        found = ip_address(next(filter(None, with_port.groups())) if with_port else address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), HOUSEHOLD), strict=False))
