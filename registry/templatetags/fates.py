"""One plain sentence on the fate of a person, right in gender, with no name to decline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext, pgettext_lazy

from registry.dates import FuzzyDate

from .datewords import when_words

Gendered = tuple[Promise, Promise, Promise]
"""Of a man, of a woman, of someone whose sex is not known."""

FATES: dict[str, Gendered] = {
    "executed": (
        pgettext_lazy("man", "Shot"),
        pgettext_lazy("woman", "Shot"),
        pgettext_lazy("person", "Shot"),
    ),
    "died-in-camp": (
        pgettext_lazy("man", "Died in a camp"),
        pgettext_lazy("woman", "Died in a camp"),
        pgettext_lazy("person", "Died in a camp"),
    ),
    "died-in-custody": (
        pgettext_lazy("man", "Died in confinement"),
        pgettext_lazy("woman", "Died in confinement"),
        pgettext_lazy("person", "Died in confinement"),
    ),
    "died-in-prison": (
        pgettext_lazy("man", "Died in prison"),
        pgettext_lazy("woman", "Died in prison"),
        pgettext_lazy("person", "Died in prison"),
    ),
    "died-in-prison-under-investigation": (
        pgettext_lazy("man", "Died in prison under investigation"),
        pgettext_lazy("woman", "Died in prison under investigation"),
        pgettext_lazy("person", "Died in prison under investigation"),
    ),
    "died-in-special-settlement": (
        pgettext_lazy("man", "Died in a special settlement"),
        pgettext_lazy("woman", "Died in a special settlement"),
        pgettext_lazy("person", "Died in a special settlement"),
    ),
    "died-in-exile": (
        pgettext_lazy("man", "Died in exile"),
        pgettext_lazy("woman", "Died in exile"),
        pgettext_lazy("person", "Died in exile"),
    ),
    "died-in-labour-army": (
        pgettext_lazy("man", "Died in the labour army"),
        pgettext_lazy("woman", "Died in the labour army"),
        pgettext_lazy("person", "Died in the labour army"),
    ),
    "died-in-transit": (
        pgettext_lazy("man", "Died in transit"),
        pgettext_lazy("woman", "Died in transit"),
        pgettext_lazy("person", "Died in transit"),
    ),
    "suicide-under-persecution": (
        pgettext_lazy("man", "Persecuted, took his own life"),
        pgettext_lazy("woman", "Persecuted, took her own life"),
        pgettext_lazy("person", "Persecuted, died by suicide"),
    ),
    "abducted-executed": (
        pgettext_lazy("man", "Abducted abroad and executed"),
        pgettext_lazy("woman", "Abducted abroad and executed"),
        pgettext_lazy("person", "Abducted abroad and executed"),
    ),
    "assassinated": (
        pgettext_lazy("man", "Assassinated abroad"),
        pgettext_lazy("woman", "Assassinated abroad"),
        pgettext_lazy("person", "Assassinated abroad"),
    ),
}
"""Fates that end in death: the date and place of death follow the words."""

SURVIVED: Gendered = (
    pgettext_lazy("man", "Survived the repression."),
    pgettext_lazy("woman", "Survived the repression."),
    pgettext_lazy("person", "Survived the repression."),
)
DIED: Gendered = (
    pgettext_lazy("man", "Died"),
    pgettext_lazy("woman", "Died"),
    pgettext_lazy("person", "Died"),
)

BEGINNINGS: dict[str, Gendered] = {
    "arrest": (
        pgettext_lazy("man", "Arrested"),
        pgettext_lazy("woman", "Arrested"),
        pgettext_lazy("person", "Arrested"),
    ),
    "dekulakisation": (
        pgettext_lazy("man", "Dekulakised"),
        pgettext_lazy("woman", "Dekulakised"),
        pgettext_lazy("person", "Dekulakised"),
    ),
    "deportation": (
        pgettext_lazy("man", "Deported"),
        pgettext_lazy("woman", "Deported"),
        pgettext_lazy("person", "Deported"),
    ),
    "exile": (
        pgettext_lazy("man", "Exiled"),
        pgettext_lazy("woman", "Exiled"),
        pgettext_lazy("person", "Exiled"),
    ),
    "abduction": (
        pgettext_lazy("man", "Abducted"),
        pgettext_lazy("woman", "Abducted"),
        pgettext_lazy("person", "Abducted"),
    ),
    "psychiatric": (
        pgettext_lazy("man", "Committed to a psychiatric hospital"),
        pgettext_lazy("woman", "Committed to a psychiatric hospital"),
        pgettext_lazy("person", "Committed to a psychiatric hospital"),
    ),
    "deprivation": (
        pgettext_lazy("man", "Deprived of rights"),
        pgettext_lazy("woman", "Deprived of rights"),
        pgettext_lazy("person", "Deprived of rights"),
    ),
    "other": (
        pgettext_lazy("man", "Repressed"),
        pgettext_lazy("woman", "Repressed"),
        pgettext_lazy("person", "Repressed"),
    ),
}
"""How a repression began, for people of whose fate nothing more is known."""

REHABILITATED: dict[str, Gendered] = {
    "rehabilitated": (
        pgettext_lazy("man", "Rehabilitated."),
        pgettext_lazy("woman", "Rehabilitated."),
        pgettext_lazy("person", "Rehabilitated."),
    ),
    "partly": (
        pgettext_lazy("man", "Rehabilitated in one case, not in all."),
        pgettext_lazy("woman", "Rehabilitated in one case, not in all."),
        pgettext_lazy("person", "Rehabilitated in one case, not in all."),
    ),
    "refused": (
        pgettext_lazy("man", "Rehabilitation was refused."),
        pgettext_lazy("woman", "Rehabilitation was refused."),
        pgettext_lazy("person", "Rehabilitation was refused."),
    ),
    "cancelled": (
        pgettext_lazy("man", "Rehabilitated; the rehabilitation was cancelled."),
        pgettext_lazy("woman", "Rehabilitated; the rehabilitation was cancelled."),
        pgettext_lazy("person", "Rehabilitated; the rehabilitation was cancelled."),
    ),
    "no-information": (
        pgettext_lazy("man", "There is no information on rehabilitation."),
        pgettext_lazy("woman", "There is no information on rehabilitation."),
        pgettext_lazy("person", "There is no information on rehabilitation."),
    ),
}


def gendered(words: Gendered, sex: str) -> str:
    """Choose the words for `m`, `f`, or anything else."""
    return str(words[{"m": 0, "f": 1}.get(sex, 2)])


def fate_words(code: str, sex: str) -> str:
    """Name a fate in the right gender, without a full stop; empty for a code without words."""
    if code == "survived":
        return gendered(SURVIVED, sex).removesuffix(".")
    if code == "unknown":
        return _("Fate unknown")
    return gendered(FATES[code], sex) if code in FATES else ""


@dataclass(frozen=True, slots=True)
class Version:
    """One of several fates: its code (none where only the death is stated), label and dates."""

    code: str
    label: str
    dates: tuple[FuzzyDate, ...]


def with_time(words: str, dates: Iterable[FuzzyDate]) -> str:
    """Add when it happened; of several dates each is named, and one that was not read never."""
    first, *others = [when_words(date) for date in dates if date.edtf] or [""]
    if not others:
        return f"{words} {first}" if first else words
    last, *rest = reversed(others)
    for one in rest:
        last = _("%(first)s or %(last)s") % {"first": one, "last": last}
    told = _("%(first)s or, by other sources, %(others)s") % {"first": first, "others": last}
    return f"{words} {told}"


def sentence(words: str, dates: Iterable[FuzzyDate] = ()) -> str:
    """Join words and the time into a sentence with exactly one full stop."""
    text = with_time(words, dates)
    return text if text.endswith(".") else f"{text}."


def fate_sentence(
    *,
    fate: str,
    label: str,
    sex: str,
    deaths: Sequence[FuzzyDate],
    begun: tuple[str, FuzzyDate | None],
) -> str:
    """Say what became of a person; `begun` is the kind and date of the first repression.

    `label` is the term of the fate for a code that has no sentence of its own. Kind `""` means
    that no repression is known. Of several `deaths` none is said as settled.
    """
    if fate in FATES:
        return sentence(gendered(FATES[fate], sex), deaths)
    if fate == "survived":
        survived = gendered(SURVIVED, sex)
        return f"{survived} {sentence(gendered(DIED, sex), deaths)}" if deaths else survived
    if fate not in ("", "unknown"):
        return sentence(f"{label}:" if deaths else label, deaths)
    if deaths:
        return sentence(gendered(DIED, sex), deaths)
    kind, date = begun
    if kind:
        words = gendered(BEGINNINGS.get(kind, BEGINNINGS["other"]), sex)
        started = sentence(words, [date] if date else ())
        unknown = _("What happened afterwards is not known here.")
        return f"{started} {unknown}"
    return _("What happened to this person is not known here.")


def versions_sentence(versions: Sequence[Version], sex: str) -> str:
    """Say fates that nothing tells apart, none of them as settled."""
    told = [_version_words(version, sex) for version in versions]
    if len(told) == 1:
        return sentence(_("By one version: %(fate)s") % {"fate": told[0]})
    last, *rest = reversed(told)
    for one in rest:
        last = pgettext("rival fates", "%(first)s, or %(last)s") % {"first": one, "last": last}
    return sentence(_("The sources differ: %(versions)s") % {"versions": last})


def _version_words(version: Version, sex: str) -> str:
    if version.code or version.label:
        words = fate_words(version.code, sex) or version.label
    else:
        words = gendered(DIED, sex)
    return with_time(words[:1].lower() + words[1:], version.dates)


def rehabilitation_sentence(code: str, sex: str) -> str:
    """Say what is known of the rehabilitation over all cases; empty for nothing."""
    return gendered(REHABILITATED[code], sex) if code in REHABILITATED else ""
