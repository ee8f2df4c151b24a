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
    F,
    Func,
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

from registry.models import (
    FORMS_A_PERSON,
    NameForm,
    NameWord,
    Person,
    PersonStatus,
    WordReading,
    WordRole,
)
from registry.names import equivalents, name_tokens
from registry.search.index.lookups import Begins
from registry.search.index.updating import PERSON

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
"""People of a given name or patronymic up to whom everyone who has it is looked through."""
MISSPELT = 3
"""Surnames of a profile of which misspellings are looked for: some 450 keys each."""
AT_ONCE = 8
"""Of so many is asked in one query: each names up to 1,500 keys, and SQLite takes 32,766."""
OTHER_NAMES = ("given", "patronymic")
BEGINS = f"readings__key__{Begins.lookup_name}"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
"""Sounds a surname needs to be misspelt (see `likeness`)."""
SHIFTS = (0, -13, -12, -11, 11, 12, 13)
"""Days between the Julian and the Gregorian date of one birth."""


ROLES = {
    "family": WordRole.FAMILY,
    "given": WordRole.GIVEN,
    "patronymic": WordRole.PATRONYMIC,
}


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keys of each part of a profile's names, and single letters."""

    family: frozenset[str]
    given: frozenset[str]
    patronymic: frozenset[str]
    initials: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the index of names is asked for: ids of words of each part, and single letters.

    `near` are surnames a letter off; `people` is how many have the words of each part.
    """

    family: frozenset[int]
    near: frozenset[int]
    given: frozenset[int]
    patronymic: frozenset[int]
    initials: tuple[tuple[str, str], ...]
    people: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Somebody who is looked for, the words of their names, and how much of a person agrees."""

    profile: Profile
    words: _Words
    points: Combinable


def find_candidates(
    profile: Profile, *, public_only: bool, besides: Collection[int] = ()
) -> list[int]:
    """Return the ids of people who may be the one described, in no order.

    At most `MOST`, in two queries. With `public_only` nobody hidden is found, and of whoever may
    be living no day of birth is asked.
    """
    return find_candidates_of([profile], public_only=public_only, besides=besides)[0]


def find_candidates_of(
    profiles: Sequence[Profile], *, public_only: bool, besides: Collection[int] = ()
) -> list[list[int]]:
    """Return the same for each of many: two queries for every eight of them."""
    everyone = Person.public.all() if public_only else _everyone()
    people = everyone.exclude(pk__in=list(besides)).order_by()
    found: list[list[int]] = []
    for start in range(0, len(profiles), AT_ONCE):
        some = profiles[start : start + AT_ONCE]
        asked = [
            _Asked(profile, words, _points(profile, words))
            for profile, words in zip(some, _words_of(some), strict=True)
        ]
        found += _answered(people, asked, public_only=public_only)
    return found


def _answered(
    people: QuerySet[Any], asked: Sequence[_Asked], *, public_only: bool
) -> list[list[int]]:
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
            _by_other_names(people, one),
            _by_birthday(people, one, public_only=public_only),
        )
        if look is not None
    ]
    found: list[dict[int, None]] = [{} for _ in asked]
    for number, person in looks[0].union(*looks[1:], all=True) if looks else ():
        found[number][person] = None
    return [list(own) for own in found]


def _everyone() -> QuerySet[Any]:
    return Person.all_records.exclude(status=PersonStatus.MERGED)


def _keys_of(profile: Profile) -> _Keys:
    """Return the keys of every name of a profile; surname and given name may be changed over."""
    found: dict[str, set[str]] = {"family": set(), "given": set(), "patronymic": set()}
    initials: dict[tuple[str, str], None] = {}
    for parts in spellings_of(profile):
        for token in name_tokens(parts.family, parts.given, parts.patronymic):
            if token.role not in ROLES:
                # A name of syllables: its words are asked for by their parts, as all others.
                continue
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


def _words_of(profiles: Sequence[Profile]) -> list[_Words]:
    """Return the words that have the keys of each profile, each in its part, in one query."""
    keys = [_keys_of(profile) for profile in profiles]
    wanted = [
        {
            **{role: getattr(own, role) for role in ROLES},
            "near": _near_surnames(profile) - own.family,
        }
        for profile, own in zip(profiles, keys, strict=True)
    ]
    asked = frozenset[str]().union(*(part for own in wanted for part in own.values()))
    rows = WordReading.all_records.filter(role__in=list(ROLES.values()), key__in=sorted(asked))
    read = list(rows.order_by().values_list("role", "key", "word", "word__frequency"))
    return [_fitting(read, own, one.initials) for own, one in zip(wanted, keys, strict=True)]


def _fitting(
    read: Sequence[tuple[int, str, int, int]],
    wanted: Mapping[str, frozenset[str]],
    initials: tuple[tuple[str, str], ...],
) -> _Words:
    """Return of the readings those that one profile asks for."""
    found: dict[str, set[int]] = {name: set() for name in wanted}
    people = dict.fromkeys(ROLES, 0)
    for role, key, word, frequency in read:
        for name, own in wanted.items():
            if key in own and role == ROLES.get(name, WordRole.FAMILY):
                found[name].add(word)
                if name in people:
                    people[name] += frequency
    words = {name: frozenset(own) for name, own in found.items()}
    return _Words(**words, initials=initials, people=people)


def _called(role: str, words: Iterable[int]) -> QuerySet[Any]:
    """Return the people who have one of these words as this part of a name."""
    rows = NameForm.all_records.filter(**{f"{role}__in": sorted(words)})
    return rows.order_by().values(person=PERSON)


def _having(role: str, words: _Words) -> Q:
    """Return that the outer person has a name of this part, or one that begins with an initial.

    A value that is there or not, and no EXISTS: PostgreSQL would read everyone of a common given
    name to make a table of them. SQLite would begin with them, too, for each person anew, where
    its index of words could be asked: so the word is a number that no index has.
    """
    wanted = Q(word__in=sorted(getattr(words, role)))
    for part, letter in words.initials:
        if part == role:
            beginning = NameWord.all_records.filter(role=ROLES[role], **{BEGINS: letter}).order_by()
            wanted |= Q(word__in=beginning.values("pk"))
    start = OuterRef("pk") * FORMS_A_PERSON
    forms = NameForm.all_records.filter(id__gte=start, id__lt=start + FORMS_A_PERSON)
    word = Func(F(f"{role}_id"), template="+%(expressions)s", output_field=IntegerField())
    own = forms.alias(word=word).filter(wanted)
    return Q(IsNull(Subquery(own.order_by().values("pk")[:1]), False))


def _points(profile: Profile, words: _Words) -> Combinable:
    """Return how much of a person agrees at a glance: two points a name, one the year of birth."""
    points: Combinable = Value(0)
    for condition in _named(words):
        points = points + _count(condition, 2)
    if born := _born_about(profile):
        points = points + _count(born, 1)
    return points


def _named(words: _Words) -> list[Q]:
    """Return that the given name agrees, and that the patronymic does, where they are asked."""
    asked = {role for role, _ in words.initials}
    return [_having(role, words) for role in OTHER_NAMES if getattr(words, role) or role in asked]


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
    if not asked.words.family:
        return None
    found = people.filter(pk__in=_called("family", asked.words.family))
    return _first(found.annotate(points=asked.points), BY_SURNAME)


def _by_near_surname(people: QuerySet[Any], asked: _Asked) -> QuerySet[Any] | None:
    """Return those whose surname is a letter off, and of whose other names one agrees."""
    named = _named(asked.words)
    if not asked.words.near or not named:
        return None
    found = people.filter(_any(named), pk__in=_called("family", asked.words.near))
    return _first(found.annotate(points=asked.points), BY_NEAR_SURNAME)


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


def _by_other_names(people: QuerySet[Any], asked: _Asked) -> QuerySet[Any] | None:
    """Return those of another surname whose given name and patronymic agree, unless both are
    so common that it would say nothing: the rarer one leads.
    """
    words = asked.words
    rarer, other = sorted(OTHER_NAMES, key=lambda role: words.people[role])
    if not words.given or not words.patronymic or words.people[rarer] > RARE:
        return None
    led = _called(rarer, getattr(words, rarer))
    found = people.filter(_having(other, words), pk__in=led)
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
    parts = [role for role in ROLES if getattr(asked.words, role)]
    if not days or not parts:
        return None
    if public_only:
        people = people.filter(status=PersonStatus.PUBLIC)
    found = people.filter(birth_earliest__in=days, birth_latest=F("birth_earliest"))
    named = _any(_having(role, asked.words) for role in parts)
    return _first(found.filter(named).annotate(points=Value(0)), BY_BIRTHDAY)


def _first(found: QuerySet[Any], most: int) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.order_by("-points", "pk").values("pk")[:most]
    return rows
