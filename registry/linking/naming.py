"""Two people's names: the pair of spellings that agrees best, and what each part says."""

from __future__ import annotations

from functools import lru_cache

from registry.names import NameParts, gender_from_patronymic, split_full, tokens

from .evidence import Reason, found
from .likeness import AGREEING, Likeness, compare_part, has_same_stem, is_father, is_syllable_off
from .profiles import MOST_NAMES, KnownName, Profile

PARTS = ("family", "given", "patronymic")
LONGEST_SYLLABLE = 5
"""Letters of a word that can be a syllable of a Chinese or Korean name: Чжуан, Сян."""
IN_ONE_FAMILY = AGREEING | {Likeness.NEAR, Likeness.PART}
"""What surnames and patronymics are to each other among brothers and sisters."""


def compare_names(left: Profile, right: Profile) -> tuple[Reason, ...]:
    """Return what the names of two profiles say, by the two spellings that agree best.

    Empty where one of them has no name.
    """
    pairs = (
        _compare_pair(one, other) for one in spellings_of(left) for other in spellings_of(right)
    )
    return min(pairs, key=_rank, default=())


def _rank(reasons: tuple[Reason, ...]) -> tuple[object, ...]:
    """Order by agreement; of equals the same one comes first, whichever side is left."""
    sides = ([str(reason.left) for reason in reasons], [str(reason.right) for reason in reasons])
    return (-sum(reason.weight for reason in reasons), *sorted(sides))


def sexes_of(profile: Profile) -> set[str]:
    """Return the sex as recorded, else what the patronymics tell: both where they disagree."""
    if profile.sex:
        return {profile.sex}
    told = {gender_from_patronymic(parts.patronymic) for parts in spellings_of(profile)}
    return {sex for sex in told if sex}


def spellings_of(profile: Profile) -> list[NameParts]:
    """Return the names of a profile in parts, each once."""
    found_parts = (_parts(name) for name in profile.names[:MOST_NAMES])
    return [parts for parts in dict.fromkeys(found_parts) if parts != NameParts()]


@lru_cache(maxsize=65536)
def _parts(name: KnownName) -> NameParts:
    parts = NameParts(name.family, name.given, name.patronymic)
    if parts == NameParts():
        parts = split_full(name.full)
    if _is_syllabic(parts):
        # Лю Тен Го, Сун Бен-Нан: a given name of two syllables, and no patronymic.
        syllables = [*tokens(parts.given), *tokens(parts.patronymic)]
        return NameParts(parts.family, " ".join(syllables), "")
    return parts


def _is_syllabic(parts: NameParts) -> bool:
    """Tell whether a name is written like a Chinese or Korean one: three short words."""
    syllables = [*tokens(parts.given), *tokens(parts.patronymic)]
    every = [*tokens(parts.family), *syllables]
    return (
        len(syllables) > 1
        and all(len(word) <= LONGEST_SYLLABLE for word in every)
        and any(len(word) > 1 for word in syllables)
        and gender_from_patronymic(parts.patronymic) is None
    )


@lru_cache(maxsize=16384)
def _compare_pair(left: NameParts, right: NameParts) -> tuple[Reason, ...]:
    family = compare_part(left.family, right.family, "family")
    given = compare_part(left.given, right.given, "given")
    if family == Likeness.DIFFERS and given in {Likeness.DIFFERS, Likeness.UNKNOWN}:
        turned = NameParts(right.given, right.family, right.patronymic)
        if compare_part(left.family, turned.family, "family") in AGREEING and (
            compare_part(left.given, turned.given, "given") in AGREEING
        ):
            return (found("name.order", _whole(left), _whole(right)), *_compare_pair(left, turned))
    patronymic = compare_part(left.patronymic, right.patronymic, "patronymic")
    if family == Likeness.DIFFERS and given in AGREEING:
        family = _related(left, right, patronymic)
    codes = {"family": family.value, "given": given.value, "patronymic": patronymic.value}
    if given == Likeness.DIFFERS and family in IN_ONE_FAMILY:
        if patronymic in IN_ONE_FAMILY:
            codes["given"] = "siblings"
        elif is_father(left.given, right.patronymic) or is_father(right.given, left.patronymic):
            codes["given"] = "parent"
    return tuple(
        found(f"{part}.{codes[part]}", getattr(left, part), getattr(right, part))
        for part in PARTS
        if codes[part] != "unknown" or part != "patronymic"
    )


def _related(left: NameParts, right: NameParts, patronymic: Likeness) -> Likeness:
    """Return what two surnames are that differ, where the given names agree."""
    if _is_syllabic(left) and _is_syllabic(right) and is_syllable_off(left.family, right.family):
        return Likeness.NEAR
    if patronymic in AGREEING and has_same_stem(left.family, right.family):
        return Likeness.STEM
    return Likeness.DIFFERS


def _whole(parts: NameParts) -> str:
    return " ".join(text for text in (parts.family, parts.given, parts.patronymic) if text)
