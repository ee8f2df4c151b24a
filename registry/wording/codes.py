"""The words for codes: what a field, a kind, a rank, a rule is called in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from .asking import MATCHES, PARAMETERS, SCHEMES
from .quality import QUESTIONS
from .words import Words

FIELDS: Words = {
    "name": _("Name"),
    "names": _("Names"),
    "sex": _("Sex"),
    "birth": _("Born"),
    "birth_place": _("Place of birth"),
    "birth_region": _("Region of birth"),
    "age": _("Age"),
    "nationality": _("Nationality, as the source has it"),
    "citizenship": _("Citizenship"),
    "social_origin": _("Social origin"),
    "education": _("Education"),
    "party": _("Party membership"),
    "category": _("Category"),
    "occupation": _("Occupation"),
    "residence": _("Place of residence"),
    "residence_region": _("Region of residence"),
    "relatives": _("Relatives"),
    "death": _("Date of death"),
    "death_place": _("Place of death"),
    "death_cause": _("Cause of death"),
    "fate": _("Fate"),
    "burial": _("Burial"),
    "burial_place": _("Burial"),
    "burial_site": _("Burial site"),
    "burial_certainty": _("Certainty of the burial"),
    "archive_file": _("Archive file"),
    "basis": _("Basis of the entry"),
    "comment": _("Comment"),
    "arrest": _("Arrested"),
    "arrested_by": _("Arrested by"),
    "arrest_place": _("Place of arrest"),
    "arrest_region": _("Region of arrest"),
    "arrest_circumstances": _("Circumstances of the arrest"),
    "charge": _("Accused of"),
    "articles": _("Articles of the code"),
    "operation": _("Operation"),
    "sentencing_body": _("Sentenced by"),
    "sentence_date": _("Date of the sentence"),
    "sentence": _("Sentence"),
    "sentence_kind": _("Kind of sentence"),
    "sentence_months": _("Term in months"),
    "execution": _("Executed"),
    "execution_place": _("Place of execution"),
    "execution_site": _("Place of execution"),
    "release": _("Released"),
    "note": _("Note"),
    "episode": _("Repression"),
    "repressions": _("Repressions"),
    "rulings": _("What was decided afterwards"),
    "stays": _("Places of confinement"),
    "roles": _("Posts held and acts signed"),
    "from_date": _("From"),
    "to_date": _("To"),
    "date": _("Date"),
    "*": _("The whole entry"),
}
"""Fields of entries, people and episodes."""

PERSON_FIELDS = (
    "sex", "birth", "birth_place", "age", "nationality", "citizenship", "social_origin",
    "education", "party", "category", "occupation", "residence", "relatives", "death",
    "death_place", "death_cause", "fate", "burial", "archive_file", "basis", "comment",
)  # fmt: skip
"""The fields of "what we know", in the order of a life."""

EPISODE_FIELDS = (
    "arrest", "arrested_by", "arrest_place", "arrest_circumstances", "charge", "articles",
    "operation", "sentencing_body", "sentence_date", "sentence", "execution",
    "execution_place", "release", "note",
)  # fmt: skip
"""The fields of one repression, in the order of a case."""

SEXES: Words = {"m": _("man"), "f": _("woman")}

RULES: Words = {
    "only": _("Only one source states it."),
    "agreed": _("All sources that state it agree."),
    "choice": _("Chosen by an editor."),
    "rank": _("Preferred, because the source stands higher on the ladder of evidence."),
    "count": _("Preferred, because more sources agree on it."),
    "precision": _("Preferred, because it is more precise and sources of equal rank differ."),
    "group": _(
        "Death, fate and burial go together: this is from a source whose version of the death is"
        " not the preferred one."
    ),
    "order": _(
        "Nothing in rank, number or precision tells these apart; the first in a fixed order of"
        " sources is shown first."
    ),
    "unreliable-source": _("This source is not believed for this field."),
}
"""What decided between rival values, or against one."""

NAME_KINDS: Words = {
    "main": _("main name"),
    "birth": _("name at birth"),
    "married": _("married name"),
    "religious": _("religious name"),
    "pseudonym": _("pseudonym"),
    "variant": _("variant"),
    "transliteration": _("transliteration"),
}

REPRESSION_KINDS: Words = {
    "arrest": _("Arrest and sentence"),
    "dekulakisation": _("Dekulakisation"),
    "deportation": _("Deportation"),
    "exile": _("Exile"),
    "abduction": _("Abduction"),
    "psychiatric": _("Psychiatric commitment"),
    "deprivation": _("Deprivation of rights or citizenship"),
    "other": _("Other repression"),
}

RULING_KINDS: Words = {
    "changed": _("Sentence changed"),
    "commuted": _("Sentence commuted"),
    "annulled": _("Sentence annulled"),
    "resentenced": _("Sentenced anew"),
    "rehabilitated": _("Rehabilitation"),
    "refused": _("Rehabilitation refused"),
    "cancelled": _("Rehabilitation cancelled"),
    "no-information": _("No information on rehabilitation"),
}

STAY_KINDS: Words = {
    "": _("Place of confinement"),
    "prison": _("Prison"),
    "camp": _("Camp"),
    "special-settlement": _("Special settlement"),
    "exile": _("Exile"),
    "transit": _("Transit"),
    "labour-army": _("Labour army"),
    "hospital": _("Hospital"),
}

ROLE_KINDS: Words = {
    "post": _("Post held"),
    "act": _("Act signed"),
    "service": _("Service"),
}

RELATION_KINDS: Words = {
    "parent": _("Parent"),
    "child": _("Child"),
    "spouse": _("Spouse"),
    "sibling": _("Brother or sister"),
    "relative": _("Relative"),
    "co-defendant": _("Accused in the same case"),
    "colleague": _("Colleague"),
    "prosecuted-by": _("Signed, judged or ordered in this case"),
    "prosecutor-of": _("Case this person signed, judged or ordered"),
    "same-fate": _("Shared the same fate"),
    "other": _("Linked"),
}
"""What the other person is to this one."""

FAMILY_KINDS = frozenset({"parent", "child", "spouse", "sibling", "relative"})

CERTAINTIES: Words = {
    "documented": _("documented"),
    "presumed": _("presumed"),
    "cenotaph": _("symbolic grave, no body"),
    "reburied": _("reburied"),
}

RENDERINGS: Words = {
    "transcribed": _("As printed"),
    "summarised": _("Summarised in our own words"),
}

SOURCE_KINDS: Words = {
    "archive": _("Archival case file"),
    "certificate": _("Official certificate"),
    "document": _("Official document"),
    "memory-book": _("Book of Memory"),
    "database": _("Database"),
    "encyclopedia": _("Encyclopedia"),
    "book": _("Book"),
    "article": _("Article"),
    "memoir": _("Memoir"),
    "testimony": _("Family testimony"),
    "press": _("Press"),
    "web": _("Web page"),
    "editorial": _("Editors of this registry"),
}

RANKS: Words = {
    "1": _("archival case file, seen as such"),
    "2": _("official certificate or official act"),
    "3": _("Book of Memory or scholarly database"),
    "4": _("encyclopedia, monograph or article"),
    "5": _("memoir or family testimony"),
    "6": _("press or web page"),
    "": _("editors of this registry, outside the ladder"),
}
"""The evidence ladder; the rank of each source is set by hand."""

RANK_STEPS: Words = {
    "1": _("the highest step of the ladder of evidence"),
    "2": _("the second step of the ladder of evidence"),
    "3": _("the third step of the ladder of evidence"),
    "4": _("the fourth step of the ladder of evidence"),
    "5": _("the last but one step of the ladder of evidence"),
    "6": _("the lowest step of the ladder of evidence"),
    "": _("editors of this registry, outside the ladder"),
}
"""Where a source stands, without a word on what it is: that is its kind."""

SITE_KINDS: Words = {
    "execution-site": _("execution site"),
    "mass-grave": _("mass grave"),
    "cemetery": _("cemetery"),
    "camp": _("camp"),
    "prison": _("prison"),
    "monument": _("monument"),
    "museum": _("museum"),
}

MEASURES: Words = {
    "names-in-acts": _("Names in documents"),
    "remains-exhumed": _("Remains exhumed"),
    "executed-in-region": _("Executed in the region"),
    "passed-through": _("Passed through"),
    "estimate": _("Estimates"),
}

MEASURE_NOTES: Words = {
    "names-in-acts": _("People whose names stand in acts of execution or in lists."),
    "remains-exhumed": _("Remains that were found in excavations."),
    "executed-in-region": _("Executed in the whole region; not the number buried here."),
    "passed-through": _("Prisoners who passed through; not a number of deaths."),
    "estimate": _("Estimates, not counts."),
}

EVENT_KINDS: Words = {
    "found": _("Found"),
    "opened": _("Opened or designated"),
    "commemorated": _("Commemoration"),
    "note": _("Note"),
}

REHABILITATIONS: Words = {
    "rehabilitated": _("Rehabilitated"),
    "partly": _("Rehabilitated in part"),
    "refused": _("Rehabilitation refused"),
    "cancelled": _("Rehabilitation cancelled"),
    "no-information": _("No information on rehabilitation"),
}

CONTRADICTIONS: Words = {
    "death-before-birth": _("The death lies before the birth."),
    "arrest-before-birth": _("The arrest lies before the birth."),
    "sentence-before-birth": _("The sentence lies before the birth."),
    "sentence-before-arrest": _("The sentence lies before the arrest."),
    "execution-before-arrest": _("The execution lies before the arrest."),
    "execution-before-sentence": _("The execution lies before the sentence."),
    "release-before-arrest": _("The release lies before the arrest."),
    "death-before-arrest": _("The death lies before the arrest."),
    "death-before-sentence": _("The death lies before the sentence."),
    "death-before-release": _("The death lies before the release."),
    "ruling-before-sentence": _("A later ruling lies before the sentence."),
    "execution-differs-from-death": _(
        "By one date the execution, by another the death: the days differ."
    ),
}
"""Two statements that cannot both be true."""

READING: Words = {
    "empty": _("nothing printed"),
    "not-understood": _("not understood, kept as printed"),
    "impossible-day": _("a day that does not exist, kept as printed"),
    "impossible-month": _("a month that does not exist, kept as printed"),
    "year-out-of-range": _("a year outside 1700 to 2100, kept as printed"),
    "two-digit-year": _("a year of two digits, kept as printed"),
    "serial-number": _("probably a spreadsheet number, kept as printed"),
    "backwards-interval": _("an interval that ends before it begins, kept as printed"),
    "corrected": _("read anew by an editor; the print stays"),
}
"""Why a text was not read as a value."""

EVENTS: Words = {
    "birth": pgettext_lazy("event", "Birth"),
    "arrest": pgettext_lazy("event", "Arrest"),
    "sentence_date": pgettext_lazy("event", "Sentence"),
    "execution": pgettext_lazy("event", "Execution"),
    "release": pgettext_lazy("event", "Release"),
    "death": pgettext_lazy("event", "Death"),
    **RULING_KINDS,
}
"""What happened on a day of the timeline; stays and roles are worded by their kind."""

TABLES: dict[str, Words] = {
    "field": FIELDS,
    "sex": SEXES,
    "rule": RULES,
    "name": NAME_KINDS,
    "repression": REPRESSION_KINDS,
    "ruling": RULING_KINDS,
    "stay": STAY_KINDS,
    "role": ROLE_KINDS,
    "relation": RELATION_KINDS,
    "certainty": CERTAINTIES,
    "rendering": RENDERINGS,
    "source": SOURCE_KINDS,
    "rank": RANKS,
    "step": RANK_STEPS,
    "site": SITE_KINDS,
    "measure": MEASURES,
    "measure_note": MEASURE_NOTES,
    "site_event": EVENT_KINDS,
    "rehabilitated": REHABILITATIONS,
    "contradiction": CONTRADICTIONS,
    "reading": READING,
    "match": MATCHES,
    "scheme": SCHEMES,
    "parameter": PARAMETERS,
    "event": EVENTS,
    "question": QUESTIONS,
}


def word(table: str, code: str) -> str:
    """Return the words for `code` of `table`, or the code itself where it has none."""
    found = TABLES[table].get(code)
    return code if found is None else str(found)
