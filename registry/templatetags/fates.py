"""One plain sentence on the fate of a person, right in gender, with no name to decline."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext_lazy

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
        pgettext_lazy("man", "Died on a prison transport"),
        pgettext_lazy("woman", "Died on a prison transport"),
        pgettext_lazy("person", "Died on a prison transport"),
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
    return gendered(FATES[code], sex) if code in FATES else ""


def sentence(words: str, date: FuzzyDate | None) -> str:
    """Join words and the time into a sentence with exactly one full stop."""
    text = f"{words} {when_words(date)}" if date else words
    return text if text.endswith(".") else f"{text}."


def fate_sentence(
    *, fate: str, label: str, sex: str, death: FuzzyDate | None, begun: tuple[str, FuzzyDate | None]
) -> str:
    """Say what became of a person; `begun` is the kind and date of the first repression.

    `label` is the term of the fate for a code that has no sentence of its own. Kind `""` means
    that no repression is known.
    """
    if fate in FATES:
        return sentence(gendered(FATES[fate], sex), death)
    if fate == "survived":
        survived = gendered(SURVIVED, sex)
        return f"{survived} {sentence(gendered(DIED, sex), death)}" if death else survived
    if fate not in ("", "unknown"):
        return sentence(f"{label}." if death is None else f"{label}:", death)
    if death:
        return sentence(gendered(DIED, sex), death)
    kind, date = begun
    if kind:
        started = sentence(gendered(BEGINNINGS.get(kind, BEGINNINGS["other"]), sex), date)
        unknown = _("What happened afterwards is not known here.")
        return f"{started} {unknown}"
    return _("What happened to this person is not known here.")


def rehabilitation_sentence(code: str, sex: str) -> str:
    """Say what is known of the rehabilitation over all cases; empty for nothing."""
    return gendered(REHABILITATED[code], sex) if code in REHABILITATED else ""
