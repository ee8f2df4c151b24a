"""Who may be meant: some hundreds of people out of millions, by the keys of names and by days.

Each question is answered from an index and has an end; whoever answers is compared with care
afterwards. Questions about several people are put together: a family is looked for at once. A
misspelt surname is asked for as every key one letter away: some hundred exact look-ups, nearly
all of which meet nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.lookups import IsNull

from registry.models import NameToken, Person, PersonStatus
from registry.names import equivalents, name_tokens
from registry.search.narrowing import BEGINS

from .dating import read_dates
from .naming import spellings_of
from .profiles import Profile

BY_SURNAME = 150
BY_NEAR_SURNAME = 80
BY_OTHER_NAMES = 60
BY_BIRTHDAY = 60
MOST = BY_SURNAME + BY_NEAR_SURNAME + BY_OTHER_NAMES + BY_BIRTHDAY
"""So many people are read and compared at the most, however many millions there are."""
RARE = 10_000
"""Rows of a given name or patronymic up to which everyone who has it is looked through."""
MISSPELT = 3
"""Surnames of a profile of which misspellings are looked for: some 450 keys each."""
AT_ONCE = 8
"""Of so many is asked in one query: each names up to 1,500 keys, and SQLite takes 32,766."""
OTHER_NAMES = ("given", "patronymic")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
"""Sounds a surname needs to be misspelt (see `likeness`)."""
SHIFTS = (0, -13, -12, -11, 11, 12, 13)
"""Days between the Julian and the Gregorian date of one birth."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """What the index of names is asked for: keys of each part, and single letters."""

    family: frozenset[str]
    given: frozenset[str]
    patronymic: frozenset[str]
    initials: tuple[tuple[str, str], ...]


def find_candidates(
    profile: Profile, *, public_only: bool, besides: Collection[int] = ()
) -> list[int]:
    """Return the ids of people who may be the one described, in no order.

    At most `MOST`, in two queries or one. With `public_only` nobody hidden is found, and of
    whoever may be living no day of birth is asked.
    """
    return find_candidates_of([profile], public_only=public_only, besides=besides)[0]


def find_candidates_of(
    profiles: Sequence[Profile], *, public_only: bool, besides: Collection[int] = ()
) -> list[list[int]]:
    """Return the same for each of many: two queries for every eight of them."""
    found: list[list[int]] = []
    for start in range(0, len(profiles), AT_ONCE):
        asked = [_asked(one) for one in profiles[start : start + AT_ONCE]]
        found += _answered(asked, public_only=public_only, besides=besides)
    return found


def _answered(
    asked: Sequence[_Asked], *, public_only: bool, besides: Collection[int]
) -> list[list[int]]:
    everyone = Person.public.all() if public_only else _everyone()
    people = everyone.exclude(pk__in=list(besides)).order_by()
    counts = _counts(asked)
    looks = [
        # Each has an end of its own: within a union only what is asked from within one may.
        Person.all_records.filter(pk__in=look)
        .order_by()
        .annotate(asked=Value(number))
        .values_list("asked", "pk")
        for number, one in enumerate(asked)
        for look in (
            _by_surname(people, one),
            _by_near_surname(people, one),
            _by_other_names(people, one, counts[number]),
            _by_birthday(people, one, public_only=public_only),
        )
        if look is not None
    ]
    found: list[dict[int, None]] = [{} for _ in asked]
    for number, person in looks[0].union(*looks[1:], all=True) if looks else ():
        found[number][person] = None
    return [list(own) for own in found]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Somebody who is looked for, and what the index of names is asked for them."""

    profile: Profile
    keys: _Keys
    points: Combinable


def _asked(profile: Profile) -> _Asked:
    keys = _keys_of(profile)
    return _Asked(profile, keys, _points(profile, keys))


def _everyone() -> QuerySet[Any]:
    return Person.all_records.exclude(status=PersonStatus.MERGED)


def _keys_of(profile: Profile) -> _Keys:
    """Return the keys of every name of a profile; surname and given name may be changed over."""
    found: dict[str, set[str]] = {"family": set(), "given": set(), "patronymic": set()}
    initials: dict[tuple[str, str], None] = {}
    for parts in spellings_of(profile):
        for token in name_tokens(parts.family, parts.given, parts.patronymic):
            if len(token.folded) > 1:
                found[token.role].add(token.key)
            elif token.key:
                initials[(token.role, token.key)] = None
    turned = found["family"] | found["given"]
    same = {other for key in found["given"] for other in equivalents(key)}
    return _Keys(
        frozenset(turned - {""}),
        frozenset((turned | same) - {""}),
        frozenset(found["patronymic"] - {""}),
        tuple(initials),
    )


def _tokens(role: str, keys: Iterable[str]) -> QuerySet[Any]:
    rows = NameToken.all_records.filter(role__in=(role, "full"), key__in=sorted(keys))
    return rows.order_by()


def _having(role: str, keys: _Keys) -> Q:
    """Return that the outer person has a name of this part, or one that begins with an initial.

    A value that is there or not, and no EXISTS: PostgreSQL would read everyone of a common given
    name to make a table of them. Of one role alone: each key and role is a look-up.
    """
    wanted = Q(key__in=sorted(getattr(keys, role)))
    for part, letter in keys.initials:
        if part == role:
            wanted |= Q(**{f"key__{BEGINS}": letter})
    rows = NameToken.all_records.filter(wanted, person=OuterRef("pk"), role=role).order_by()
    return Q(IsNull(Subquery(rows.values("pk")[:1]), False))


def _points(profile: Profile, keys: _Keys) -> Combinable:
    """Return how much of a person agrees at a glance: two points a name, one the year of birth."""
    points: Combinable = Value(0)
    for condition in _named(keys):
        points = points + _count(condition, 2)
    if born := _born_about(profile):
        points = points + _count(born, 1)
    return points


def _named(keys: _Keys) -> list[Q]:
    """Return that the given name agrees, and that the patronymic does, where they are asked."""
    asked = {role for role, _ in keys.initials}
    return [_having(role, keys) for role in OTHER_NAMES if getattr(keys, role) or role in asked]


def _count(condition: Q, points: int) -> Case:
    return Case(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())


def _born_about(profile: Profile) -> Q:
    """Return that a birth lies within a year of one of the profile's; empty if none was read."""
    about = Q()
    for birth in read_dates(profile.births):
        condition = ~Q(birth_edtf="")
        if birth.earliest:
            condition &= Q(birth_latest__gte=date(birth.earliest.year - 1, 1, 1))
        if birth.latest:
            condition &= Q(birth_earliest__lte=date(birth.latest.year + 1, 12, 31))
        about |= condition
    return about


def _by_surname(people: QuerySet[Any], asked: _Asked) -> QuerySet[Any] | None:
    if not asked.keys.family:
        return None
    found = people.filter(pk__in=_tokens("family", asked.keys.family).values("person"))
    return _first(found.annotate(points=asked.points), BY_SURNAME)


def _by_near_surname(people: QuerySet[Any], asked: _Asked) -> QuerySet[Any] | None:
    """Return those whose surname is a letter off, and of whose other names one agrees."""
    near = _near_surnames(asked.profile) - asked.keys.family
    named = _named(asked.keys)
    if not near or not named:
        return None
    found = people.filter(pk__in=_tokens("family", near).values("person"))
    return _first(found.filter(_any(named)).annotate(points=asked.points), BY_NEAR_SURNAME)


def _any(conditions: Iterable[Q]) -> Q:
    either = Q()
    for condition in conditions:
        either |= condition
    return either


def _near_surnames(profile: Profile) -> frozenset[str]:
    surnames = dict.fromkeys(
        token.key
        for parts in spellings_of(profile)
        for token in name_tokens(parts.family)[:1]
        if len(token.key) >= SHORTEST
    )
    # Иванов is no misspelt Иванова: of the commonest surnames the other half is not read.
    return frozenset(
        near
        for key in list(surnames)[:MISSPELT]
        for near in keys_near(key)
        if f"{near}a" != key and f"{key}a" != near
    )


def keys_near(key: str) -> set[str]:
    """Return every key one letter away: left out, changed, put in, or swapped with the next."""
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    return (
        {start + end[1:] for start, end in cuts if end}
        | {start + end[1] + end[0] + end[2:] for start, end in cuts if len(end) > 1}
        | {start + letter + end[1:] for start, end in cuts if end for letter in LETTERS}
        | {start + letter + end for start, end in cuts for letter in LETTERS}
    ) - {key, ""}


def _counts(asked: Sequence[_Asked]) -> list[dict[str, int]]:
    """Return how many rows there are of each given name and patronymic, up to one too many."""
    rows = [
        NameToken.all_records.filter(
            pk__in=_tokens(role, getattr(one.keys, role)).values("pk")[: RARE + 1]
        )
        .order_by()
        .values(asked=Value(number), of=Value(role))
        .annotate(count=Count("pk"))
        .values_list("asked", "of", "count")
        for number, one in enumerate(asked)
        if one.keys.given and one.keys.patronymic
        for role in OTHER_NAMES
    ]
    found: list[dict[str, int]] = [dict.fromkeys(OTHER_NAMES, 0) for _ in asked]
    for number, role, count in rows[0].union(*rows[1:], all=True) if rows else ():
        found[number][role] = count
    return found


def _by_other_names(
    people: QuerySet[Any], asked: _Asked, counts: Mapping[str, int]
) -> QuerySet[Any] | None:
    """Return those of another surname whose given name and patronymic agree, unless both are
    so common that it would say nothing: the rarer one leads.
    """
    keys = asked.keys
    rarer, other = sorted(counts, key=lambda role: counts[role])
    if not keys.given or not keys.patronymic or counts[rarer] > RARE:
        return None
    led = _tokens(rarer, getattr(keys, rarer)).values("person")
    found = people.filter(_having(other, keys), pk__in=led)
    return _first(found.annotate(points=asked.points), BY_OTHER_NAMES)


def _by_birthday(
    people: QuerySet[Any], asked: _Asked, *, public_only: bool
) -> QuerySet[Any] | None:
    """Return those born on the same day, in either calendar, of whose names any agrees."""
    days = {
        birth.earliest + timedelta(days=shift)
        for birth in read_dates(asked.profile.births)
        if birth.earliest and birth.earliest == birth.latest
        for shift in SHIFTS
    }
    if not days:
        return None
    if public_only:
        people = people.filter(status=PersonStatus.PUBLIC)
    found = people.filter(birth_earliest__in=days, birth_latest=F("birth_earliest"))
    parts = [role for role in ("family", *OTHER_NAMES) if getattr(asked.keys, role)]
    named = _any(_having(role, asked.keys) for role in parts)
    return _first(found.filter(named).annotate(points=Value(0)), BY_BIRTHDAY)


def _first(found: QuerySet[Any], most: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.order_by("-points", "pk").values("pk")[:most]
    return rows
