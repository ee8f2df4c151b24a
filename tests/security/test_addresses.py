"""Every public address answers, and every route is known to the tests that walk them all."""

from __future__ import annotations

from pathlib import Path

from django.test import Client

from registry.models import Entry, MemorialSite, Person, Source
from tests.addresses import (
    FORMS,
    NO_ADDRESS,
    PAGES,
    UNPREFIXED,
    Shown,
    form_addresses,
    public_addresses,
    routes,
)


def test_every_public_route_is_in_the_table() -> None:
    assert routes() == set(PAGES) | set(UNPREFIXED) | set(FORMS) | NO_ADDRESS


def test_every_public_address_answers(registry_loaded: Path, client: Client) -> None:
    person = Person.public.get(pk=1)
    shown = Shown(
        person=[person.pk],
        entry=[Entry.public.filter(person=person).first().pk],
        site=[MemorialSite.public.first().slug],
        source=[Source.public.last().slug],
        letter=[person.letter, person.latin_letter],
        name=[person.family],
    )
    addresses = [*public_addresses(shown), *form_addresses(shown)]
    answers = {address: client.get(address).status_code for address in addresses}
    assert {address: code for address, code in answers.items() if code != 200} == {}
