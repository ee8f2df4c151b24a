"""The published facts as JSON-LD (schema.org), for machines that read pages."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from registry.dates import Calendar, FuzzyDate
from registry.records.public.shapes import PublicPerson, PublicPhotograph, PublicSite

_ISO = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?")


def person_data(person: PublicPerson, url: str) -> SafeString:
    """Return a person as the text of a JSON-LD script; what is not published is not in it."""
    spellings = {name.full for name in person.names} - {person.name.full}
    genders = {"m": "Male", "f": "Female"}
    return _script(
        {
            "@type": "Person",
            "@id": url,
            "url": url,
            "name": person.name.full,
            "familyName": person.name.family,
            "givenName": person.name.given,
            "additionalName": person.name.patronymic,
            "alternateName": sorted(spellings),
            "gender": genders.get(person.sex, ""),
            "birthDate": _date(person, "birth"),
            "birthPlace": _place(person, "birth_place"),
            "deathDate": _date(person, "death"),
            "deathPlace": _place(person, "death_place"),
            "image": _images(person.photographs, url),
        }
    )


def site_data(site: PublicSite, url: str) -> SafeString:
    """Return a place as the text of a JSON-LD script."""
    geo = None
    if site.latitude is not None and site.longitude is not None:
        geo = {
            "@type": "GeoCoordinates",
            "latitude": site.latitude,
            "longitude": site.longitude,
        }
    return _script(
        {
            "@type": "Place",
            "@id": url,
            "url": url,
            "name": site.name.value,
            "alternateName": sorted({name.value for name in site.names} - {site.name.value}),
            "geo": geo,
            "image": _images(site.photographs, url),
        }
    )


def _images(photographs: Sequence[PublicPhotograph], page: str) -> list[dict[str, str]]:
    """Return photographs by the address of their largest size, on the site of the page."""
    told = (
        {
            "@type": "ImageObject",
            "contentUrl": urljoin(page, reverse("file", args=[one.file])),
            "caption": str(one.caption or ""),
            "creditText": one.credit,
        }
        for one in photographs
    )
    return [{key: value for key, value in one.items() if value} for one in told]


def _script(data: dict[str, Any]) -> SafeString:
    known = {key: value for key, value in data.items() if value}
    text = json.dumps({"@context": "https://schema.org", **known}, ensure_ascii=False)
    # The only characters that could end the script or open another.
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308


def _date(person: PublicPerson, field: str) -> str:
    fact = person.facts.get(field)
    if fact and fact.rivals and fact.rule == "order":
        # Nothing tells the versions apart: a machine is told none of them.
        return ""
    date: FuzzyDate | None = fact.value.date if fact and fact.value else None
    if date is None or date.calendar is Calendar.JULIAN or not _ISO.fullmatch(date.edtf):
        return ""
    return date.edtf


def _place(person: PublicPerson, field: str) -> dict[str, str] | None:
    fact = person.facts.get(field)
    if fact is None or fact.value is None or fact.value.text is None:
        return None
    return {"@type": "Place", "name": fact.value.text.value}
